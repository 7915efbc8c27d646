(* Pooling: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Pooling.
Definition mean_plane : @Convproof.Pooling.plane =
(fun R : Type => list Z -> R)
  := eq_refl.
Definition mean_local : @Convproof.Pooling.local =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis)
  (s : list Z -> list Z -> R) (x : Pooling.plane R) (is : list Z) =>
Sums.msum R rO radd (Axis.kernels A)
  (fun ks : list Z =>
   if Axis.inside A is ks then rmul (s is ks) (x (Axis.positions A is ks)) else rO))
  := eq_refl.
Definition mean_local_grad : @Convproof.Pooling.local_grad =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis)
  (s : list Z -> list Z -> R) (dy : Pooling.plane R) (xs : list Z) =>
Sums.msum R rO radd (Axis.kernels A)
  (fun ks : list Z =>
   if Axis.reached A xs ks
   then rmul (s (Axis.windows A xs ks) ks) (dy (Axis.windows A xs ks))
   else rO))
  := eq_refl.
Definition mean_average : @Convproof.Pooling.average =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) (r x : Pooling.plane R) =>
Pooling.local R rO radd rmul A (fun is _ : list Z => r is) x)
  := eq_refl.
Definition mean_is_tap : @Convproof.Pooling.is_tap =
(fun a b : list Z => if list_eq_dec Z.eq_dec a b then true else false)
  := eq_refl.
Definition mean_select : @Convproof.Pooling.select =
(fun (R : Type) (rO rI : R) (radd rmul : R -> R -> R) (A : list Axis.axis)
  (win : list Z -> list Z) (x : Pooling.plane R) =>
Pooling.local R rO radd rmul A
  (fun is ks : list Z => if Pooling.is_tap ks (win is) then rI else rO) x)
  := eq_refl.
Definition mean_first_maximum : @Convproof.Pooling.first_maximum =
(fun (V : Type) (less : V -> V -> bool) =>
fix first_maximum (n : nat) (f : nat -> V) {struct n} : nat :=
  match n with
  | 0%nat => 0%nat
  | S p => let best := first_maximum p f in if less (f best) (f (S p)) then S p else best
  end)
  := eq_refl.
Definition pin_adjoint_local :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (s : list Z -> list Z -> R) (x : Pooling.plane R)
         (dy : list Z -> R),
       Axis.moving A ->
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z => rmul (dy is) (Pooling.local R rO radd rmul A s x is)) =
       Sums.msum R rO radd (Axis.sizes A)
         (fun xs : list Z => rmul (x xs) (Pooling.local_grad R rO radd rmul A s dy xs))
  := @Convproof.Pooling.adjoint_local.
Goal True. idtac "theorem" "adjoint_local". Abort.
Definition pin_adjoint_average :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (r x : Pooling.plane R) (dy : list Z -> R),
       Axis.moving A ->
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z => rmul (dy is) (Pooling.average R rO radd rmul A r x is)) =
       Sums.msum R rO radd (Axis.sizes A)
         (fun xs : list Z =>
          rmul (x xs) (Pooling.local_grad R rO radd rmul A (fun is _ : list Z => r is) dy xs))
  := @Convproof.Pooling.adjoint_average.
Goal True. idtac "theorem" "adjoint_average". Abort.
Definition pin_adjoint_select :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (win : list Z -> list Z) (x : Pooling.plane R)
         (dy : list Z -> R),
       Axis.moving A ->
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z => rmul (dy is) (Pooling.select R rO rI radd rmul A win x is)) =
       Sums.msum R rO radd (Axis.sizes A)
         (fun xs : list Z =>
          rmul (x xs)
            (Pooling.local_grad R rO radd rmul A
               (fun is ks : list Z => if Pooling.is_tap ks (win is) then rI else rO) dy xs))
  := @Convproof.Pooling.adjoint_select.
Goal True. idtac "theorem" "adjoint_select". Abort.
Definition pin_select_winner :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (win : list Z -> list Z) (x : Pooling.plane R) (is : list Z),
       Layers.in_range (Axis.kernels A) (win is) ->
       Axis.inside A is (win is) = true ->
       Pooling.select R rO rI radd rmul A win x is = x (Axis.positions A is (win is))
  := @Convproof.Pooling.select_winner.
Goal True. idtac "theorem" "select_winner". Abort.
Definition pin_first_maximum_is_first :
  forall (V : Type) (less : V -> V -> bool),
       (forall a : V, less a a = false) ->
       (forall a b c : V, less a b = true -> less b c = true -> less a c = true) ->
       (forall a b : V, less a b = false -> less b a = false -> a = b) ->
       forall (n : nat) (f : nat -> V),
       (Pooling.first_maximum V less n f <= n)%nat /\
       (forall j : nat, (j <= n)%nat -> less (f (Pooling.first_maximum V less n f)) (f j) = false) /\
       (forall j : nat,
        (j < Pooling.first_maximum V less n f)%nat ->
        less (f j) (f (Pooling.first_maximum V less n f)) = true)
  := @Convproof.Pooling.first_maximum_is_first.
Goal True. idtac "theorem" "first_maximum_is_first". Abort.
Definition theorems :=
 (pin_adjoint_local,
  pin_adjoint_average,
  pin_adjoint_select,
  pin_select_winner,
  pin_first_maximum_is_first).
Print Assumptions theorems.
