(* Axis: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Axis.
Definition mean_pos : @Convproof.Axis.pos =
(fun (a : Axis.axis) (i k : Z) =>
Axis.stride a * (i - 1) + Axis.dilation a * (k - 1) + 1 - Axis.pad a)
  := eq_refl.
Definition mean_offset : @Convproof.Axis.offset =
(fun (a : Axis.axis) (x k : Z) => x + Axis.pad a - 1 - Axis.dilation a * (k - 1))
  := eq_refl.
Definition mean_hits : @Convproof.Axis.hits =
(fun (a : Axis.axis) (x k : Z) =>
(Axis.offset a x k mod Axis.stride a =? 0) && (0 <=? Axis.offset a x k) &&
(Axis.offset a x k / Axis.stride a + 1 <=? Axis.outs a))
  := eq_refl.
Definition mean_window : @Convproof.Axis.window =
(fun (a : Axis.axis) (x k : Z) => Axis.offset a x k / Axis.stride a + 1)
  := eq_refl.
Definition mean_positions : @Convproof.Axis.positions =
(fix positions (A : list Axis.axis) (is ks : list Z) {struct A} : list Z :=
  match A with
  | [] => []
  | a :: A' =>
      match is with
      | [] => []
      | i :: is' =>
          match ks with
          | [] => []
          | k :: ks' => Axis.pos a i k :: positions A' is' ks'
          end
      end
  end)
  := eq_refl.
Definition mean_inside : @Convproof.Axis.inside =
(fix inside (A : list Axis.axis) (is ks : list Z) {struct A} : bool :=
  match A with
  | [] => true
  | a :: A' =>
      match is with
      | [] => true
      | i :: is' =>
          match ks with
          | [] => true
          | k :: ks' => Sums.within (Axis.size a) (Axis.pos a i k) && inside A' is' ks'
          end
      end
  end)
  := eq_refl.
Definition mean_windows : @Convproof.Axis.windows =
(fix windows (A : list Axis.axis) (xs ks : list Z) {struct A} : list Z :=
  match A with
  | [] => []
  | a :: A' =>
      match xs with
      | [] => []
      | x :: xs' =>
          match ks with
          | [] => []
          | k :: ks' => Axis.window a x k :: windows A' xs' ks'
          end
      end
  end)
  := eq_refl.
Definition mean_reached : @Convproof.Axis.reached =
(fix reached (A : list Axis.axis) (xs ks : list Z) {struct A} : bool :=
  match A with
  | [] => true
  | a :: A' =>
      match xs with
      | [] => true
      | x :: xs' =>
          match ks with
          | [] => true
          | k :: ks' => Axis.hits a x k && reached A' xs' ks'
          end
      end
  end)
  := eq_refl.
Definition mean_sizes : @Convproof.Axis.sizes =
(map Axis.size)
  := eq_refl.
Definition mean_kernels : @Convproof.Axis.kernels =
(map Axis.kernel)
  := eq_refl.
Definition mean_outputs : @Convproof.Axis.outputs =
(map Axis.outs)
  := eq_refl.
Definition mean_moving : @Convproof.Axis.moving =
(Forall (fun a : Axis.axis => 0 < Axis.stride a))
  := eq_refl.
Definition made_Build_axis :
Z -> Z -> Z -> Z -> Z -> Z -> Axis.axis
  := @Convproof.Axis.Build_axis.
Definition pin_gather_is_scatter :
  forall (a : Axis.axis) (i k x : Z),
       0 < Axis.stride a ->
       1 <= i <= Axis.outs a /\ Axis.pos a i k = x <->
       Axis.hits a x k = true /\ Axis.window a x k = i
  := @Convproof.Axis.gather_is_scatter.
Goal True. idtac "theorem" "gather_is_scatter". Abort.
Definition pin_axis_swap :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (a : Axis.axis) (k : Z) (F : Z -> Z -> R),
       0 < Axis.stride a ->
       Sums.sum R rO radd (Axis.outs a)
         (fun i : Z =>
          if Sums.within (Axis.size a) (Axis.pos a i k) then F i (Axis.pos a i k) else rO) =
       Sums.sum R rO radd (Axis.size a)
         (fun x : Z => if Axis.hits a x k then F (Axis.window a x k) x else rO)
  := @Convproof.Axis.axis_swap.
Goal True. idtac "theorem" "axis_swap". Abort.
Definition pin_axes_swap :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall A : list Axis.axis,
       Axis.moving A ->
       forall (ks : list Z) (F : list Z -> list Z -> R),
       length ks = length A ->
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z => if Axis.inside A is ks then F is (Axis.positions A is ks) else rO) =
       Sums.msum R rO radd (Axis.sizes A)
         (fun xs : list Z => if Axis.reached A xs ks then F (Axis.windows A xs ks) xs else rO)
  := @Convproof.Axis.axes_swap.
Goal True. idtac "theorem" "axes_swap". Abort.
Definition theorems :=
 (pin_gather_is_scatter,
  pin_axis_swap,
  pin_axes_swap).
Print Assumptions theorems.
