(* Equivariance: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Equivariance.
Require Convproof.Statements_Equivariance.
Definition mean_matrix : @Convproof.Equivariance.matrix =
(fun R : Type => Z -> Z -> R)
  := eq_refl.
Definition mean_same : @Convproof.Equivariance.same =
(fun (R : Type) (n m : Z) (U V : Equivariance.matrix R) =>
forall a j : Z, 1 <= a <= n -> 1 <= j <= m -> U a j = V a j)
  := eq_refl.
Definition mean_by_rows : @Convproof.Equivariance.by_rows =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (m : Z) (U V : Equivariance.matrix R) (a b : Z)
=> Sums.sum R rO radd m (fun j : Z => rmul (U a j) (V b j)))
  := eq_refl.
Definition mean_preactivations : @Convproof.Equivariance.preactivations =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (d : Z) (W x : Equivariance.matrix R) =>
Equivariance.by_rows R rO radd rmul d x W)
  := eq_refl.
Definition mean_turned : @Convproof.Equivariance.turned =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (d : Z) (Q U : Equivariance.matrix R) =>
Equivariance.by_rows R rO radd rmul d U Q)
  := eq_refl.
Definition mean_isometry : @Convproof.Equivariance.isometry =
(fun (R : Type) (rO rI : R) (radd rmul : R -> R -> R) (d e : Z) (Q : Equivariance.matrix R) =>
forall j l : Z,
1 <= j <= d ->
1 <= l <= d ->
Sums.sum R rO radd e (fun k : Z => rmul (Q k j) (Q k l)) = (if j =? l then rI else rO))
  := eq_refl.
Definition mean_outer : @Convproof.Equivariance.outer =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (n : Z) (delta x : Equivariance.matrix R)
  (a j : Z) => Sums.sum R rO radd n (fun i : Z => rmul (delta i a) (x i j)))
  := eq_refl.
Definition mean_inner : @Convproof.Equivariance.inner =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (n m : Z) (U V : Equivariance.matrix R) =>
Sums.sum R rO radd n (fun a : Z => Equivariance.by_rows R rO radd rmul m U V a a))
  := eq_refl.
Definition mean_moves : @Convproof.Equivariance.moves =
(fun (R T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop) (n m : Z)
  (c : T -> Equivariance.matrix R) (U V : Equivariance.matrix R) =>
forall a j : Z,
1 <= a <= n -> 1 <= j <= m -> c t0 a j = U a j /\ slope (fun t : T => c t a j) (V a j))
  := eq_refl.
Definition mean_gradient_at : @Convproof.Equivariance.gradient_at =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (T : Type) (t0 : T)
  (slope : (T -> R) -> R -> Prop) (n m : Z) (L : Equivariance.matrix R -> R)
  (U g : Equivariance.matrix R) =>
forall (c : T -> Equivariance.matrix R) (V : Equivariance.matrix R),
Equivariance.moves R T t0 slope n m c U V ->
slope (fun t : T => L (c t)) (Equivariance.inner R rO radd rmul n m g V))
  := eq_refl.
Definition mean_alike : @Convproof.Equivariance.alike =
(fun (R : Type) (h K : Z) (P P' : Z -> Z -> Equivariance.matrix R) =>
forall p q : Z, 1 <= p <= K + 1 -> 1 <= q <= K + 1 -> Equivariance.same R h h (P p q) (P' p q))
  := eq_refl.
Definition mean_state : @Convproof.Equivariance.state =
(fun R Theta : Type => ((Z -> Equivariance.matrix R) * Theta)%type)
  := eq_refl.
Definition mean_minibatch : @Convproof.Equivariance.minibatch =
(fun (R : Type) (pick : nat -> Z -> Z) (t : nat) (x : Equivariance.matrix R) (i : Z) =>
x (pick t i))
  := eq_refl.
Definition mean_point : @Convproof.Equivariance.point =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (K : Z)
  (look : nat -> Theta -> Z -> R) (t : nat) (s : Equivariance.state R Theta) 
  (a j : Z) => Sums.sum R rO radd K (fun q : Z => rmul (look t (snd s) q) (fst s q a j)))
  := eq_refl.
Definition mean_seen : @Convproof.Equivariance.seen =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (K : Z) 
  (pick : nat -> Z -> Z) (look : nat -> Theta -> Z -> R) (d : Z) (x : Equivariance.matrix R)
  (t : nat) (s : Equivariance.state R Theta) =>
Equivariance.preactivations R rO radd rmul d (Equivariance.point R rO radd rmul Theta K look t s)
  (Equivariance.minibatch R pick t x))
  := eq_refl.
Definition mean_gradient : @Convproof.Equivariance.gradient =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (K : Z) 
  (size : nat -> Z) (pick : nat -> Z -> Z) (look : nat -> Theta -> Z -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R) 
  (d : Z) (x : Equivariance.matrix R) (t : nat) (s : Equivariance.state R Theta) =>
Equivariance.outer R rO radd rmul (size t)
  (delta t (snd s) (Equivariance.seen R rO radd rmul Theta K pick look d x t s))
  (Equivariance.minibatch R pick t x))
  := eq_refl.
Definition mean_all : @Convproof.Equivariance.all =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (K : Z) 
  (size : nat -> Z) (pick : nat -> Z -> Z) (look : nat -> Theta -> Z -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R) 
  (d : Z) (x : Equivariance.matrix R) (t : nat) (s : Equivariance.state R Theta) 
  (p : Z) =>
if p =? K + 1
then Equivariance.gradient R rO radd rmul Theta K size pick look delta d x t s
else fst s p)
  := eq_refl.
Definition mean_gram : @Convproof.Equivariance.gram =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (K : Z) 
  (size : nat -> Z) (pick : nat -> Z -> Z) (look : nat -> Theta -> Z -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R) 
  (d : Z) (x : Equivariance.matrix R) (t : nat) (s : Equivariance.state R Theta) 
  (p q : Z) =>
Equivariance.by_rows R rO radd rmul d
  (Equivariance.all R rO radd rmul Theta K size pick look delta d x t s p)
  (Equivariance.all R rO radd rmul Theta K size pick look delta d x t s q))
  := eq_refl.
Definition mean_step : @Convproof.Equivariance.step =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (h K : Z) 
  (size : nat -> Z) (pick : nat -> Z -> Z) (look : nat -> Theta -> Z -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
  (multiplier : nat ->
                Theta ->
                Equivariance.matrix R ->
                (Z -> Z -> Equivariance.matrix R) -> Z -> Z -> Equivariance.matrix R)
  (others : nat -> Theta -> Equivariance.matrix R -> (Z -> Z -> Equivariance.matrix R) -> Theta)
  (d : Z) (x : Equivariance.matrix R) (t : nat) (s : Equivariance.state R Theta) =>
(fun q a j : Z =>
 Sums.sum R rO radd (K + 1)
   (fun p : Z =>
    Sums.sum R rO radd h
      (fun b : Z =>
       rmul
         (multiplier t (snd s) (Equivariance.seen R rO radd rmul Theta K pick look d x t s)
            (Equivariance.gram R rO radd rmul Theta K size pick look delta d x t s) q p a b)
         (Equivariance.all R rO radd rmul Theta K size pick look delta d x t s p b j))),
 others t (snd s) (Equivariance.seen R rO radd rmul Theta K pick look d x t s)
   (Equivariance.gram R rO radd rmul Theta K size pick look delta d x t s)))
  := eq_refl.
Definition mean_train : @Convproof.Equivariance.train =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (h K : Z) 
  (size : nat -> Z) (pick : nat -> Z -> Z) (look : nat -> Theta -> Z -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
  (multiplier : nat ->
                Theta ->
                Equivariance.matrix R ->
                (Z -> Z -> Equivariance.matrix R) -> Z -> Z -> Equivariance.matrix R)
  (others : nat -> Theta -> Equivariance.matrix R -> (Z -> Z -> Equivariance.matrix R) -> Theta)
=>
fix train
  (d : Z) (x : Equivariance.matrix R) (steps : nat) (s : Equivariance.state R Theta) {struct
   steps} : Equivariance.state R Theta :=
  match steps with
  | 0%nat => s
  | S t =>
      Equivariance.step R rO radd rmul Theta h K size pick look delta multiplier others d x t
        (train d x t s)
  end)
  := eq_refl.
Definition mean_turned_state : @Convproof.Equivariance.turned_state =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (h K d e : Z)
  (Q : Equivariance.matrix R) (s s' : Equivariance.state R Theta) =>
(forall q : Z,
 1 <= q <= K ->
 Equivariance.same R h e (fst s' q) (Equivariance.turned R rO radd rmul d Q (fst s q))) /\
snd s' = snd s)
  := eq_refl.
Definition mean_ahead : @Convproof.Equivariance.ahead =
(fun (R : Type) (radd rmul : R -> R -> R) (Theta : Type) (look : nat -> R) 
  (t : nat) (s : Equivariance.momentum R Theta) (a j : Z) =>
radd (Equivariance.weight R Theta s a j) (rmul (look t) (Equivariance.velocity R Theta s a j)))
  := eq_refl.
Definition mean_view : @Convproof.Equivariance.view =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (pick : nat -> Z -> Z)
  (look : nat -> R) (d : Z) (x : Equivariance.matrix R) (t : nat)
  (s : Equivariance.momentum R Theta) =>
Equivariance.preactivations R rO radd rmul d (Equivariance.ahead R radd rmul Theta look t s)
  (fun i : Z => x (pick t i)))
  := eq_refl.
Definition mean_slant : @Convproof.Equivariance.slant =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (size : nat -> Z)
  (pick : nat -> Z -> Z) (look decay : nat -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R) 
  (d : Z) (x : Equivariance.matrix R) (t : nat) (s : Equivariance.momentum R Theta) 
  (a j : Z) =>
radd
  (Equivariance.outer R rO radd rmul (size t)
     (delta t (Equivariance.rest R Theta s)
        (Equivariance.view R rO radd rmul Theta pick look d x t s)) (fun i : Z => x (pick t i)) a
     j) (rmul (decay t) (Equivariance.weight R Theta s a j)))
  := eq_refl.
Definition mean_next_velocity : @Convproof.Equivariance.next_velocity =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (size : nat -> Z)
  (pick : nat -> Z -> Z) (look keep add decay : nat -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R) 
  (d : Z) (x : Equivariance.matrix R) (t : nat) (s : Equivariance.momentum R Theta) 
  (a j : Z) =>
radd (rmul (keep t) (Equivariance.velocity R Theta s a j))
  (rmul (add t) (Equivariance.slant R rO radd rmul Theta size pick look decay delta d x t s a j)))
  := eq_refl.
Definition mean_update : @Convproof.Equivariance.update =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (size : nat -> Z)
  (pick : nat -> Z -> Z) (look keep add shrink along straight decay : nat -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
  (others : nat -> Theta -> Equivariance.matrix R -> Theta) (d : Z) (x : Equivariance.matrix R)
  (t : nat) (s : Equivariance.momentum R Theta) =>
{|
  Equivariance.weight :=
    fun a j : Z =>
    radd
      (radd (rmul (shrink t) (Equivariance.weight R Theta s a j))
         (rmul (along t)
            (Equivariance.next_velocity R rO radd rmul Theta size pick look keep add decay delta
               d x t s a j)))
      (rmul (straight t)
         (Equivariance.slant R rO radd rmul Theta size pick look decay delta d x t s a j));
  Equivariance.velocity :=
    Equivariance.next_velocity R rO radd rmul Theta size pick look keep add decay delta d x t s;
  Equivariance.rest :=
    others t (Equivariance.rest R Theta s)
      (Equivariance.view R rO radd rmul Theta pick look d x t s)
|})
  := eq_refl.
Definition mean_descend : @Convproof.Equivariance.descend =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (size : nat -> Z)
  (pick : nat -> Z -> Z) (look keep add shrink along straight decay : nat -> R)
  (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
  (others : nat -> Theta -> Equivariance.matrix R -> Theta) =>
fix descend
  (d : Z) (x : Equivariance.matrix R) (steps : nat) (s : Equivariance.momentum R Theta) {struct
   steps} : Equivariance.momentum R Theta :=
  match steps with
  | 0%nat => s
  | S t =>
      Equivariance.update R rO radd rmul Theta size pick look keep add shrink along straight
        decay delta others d x t (descend d x t s)
  end)
  := eq_refl.
Definition mean_turned_run : @Convproof.Equivariance.turned_run =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (Theta : Type) (h d e : Z)
  (Q : Equivariance.matrix R) (s s' : Equivariance.momentum R Theta) =>
Equivariance.same R h e (Equivariance.weight R Theta s')
  (Equivariance.turned R rO radd rmul d Q (Equivariance.weight R Theta s)) /\
Equivariance.same R h e (Equivariance.velocity R Theta s')
  (Equivariance.turned R rO radd rmul d Q (Equivariance.velocity R Theta s)) /\
Equivariance.rest R Theta s' = Equivariance.rest R Theta s)
  := eq_refl.
Definition made_Build_momentum :
forall R Theta : Type,
       Equivariance.matrix R -> Equivariance.matrix R -> Theta -> Equivariance.momentum R Theta
  := @Convproof.Equivariance.Build_momentum.
Definition pin_preactivations_stay :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (d e : Z) (Q W x : Equivariance.matrix R) (i a : Z),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.preactivations R rO radd rmul e (Equivariance.turned R rO radd rmul d Q W)
         (Equivariance.turned R rO radd rmul d Q x) i a =
       Equivariance.preactivations R rO radd rmul d W x i a
  := @Convproof.Equivariance.preactivations_stay.
Definition pin_preactivations_stay_2 :
  Convproof.Statements_Equivariance.preactivations_stay_statement
  := @Convproof.Equivariance.preactivations_stay.
Goal True. idtac "theorem" "preactivations_stay". Abort.
Definition pin_outer_turned :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (d n : Z) (delta Q x : Equivariance.matrix R) (a k : Z),
       Equivariance.outer R rO radd rmul n delta (Equivariance.turned R rO radd rmul d Q x) a k =
       Equivariance.turned R rO radd rmul d Q (Equivariance.outer R rO radd rmul n delta x) a k
  := @Convproof.Equivariance.outer_turned.
Definition pin_outer_turned_2 :
  Convproof.Statements_Equivariance.outer_turned_statement
  := @Convproof.Equivariance.outer_turned.
Goal True. idtac "theorem" "outer_turned". Abort.
Definition pin_first_layer_gradient :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
       (forall a : R, slope (fun _ : T => a) rO) ->
       (forall (f g : T -> R) (a b : R),
        slope f a -> slope g b -> slope (fun t : T => radd (f t) (g t)) (radd a b)) ->
       (forall (f : T -> R) (a c : R), slope f a -> slope (fun t : T => rmul c (f t)) (rmul c a)) ->
       forall (n h d : Z) (loss : Equivariance.matrix R -> R) (delta W x : Equivariance.matrix R),
       Equivariance.gradient_at R rO radd rmul T t0 slope n h loss
         (Equivariance.preactivations R rO radd rmul d W x) delta ->
       Equivariance.gradient_at R rO radd rmul T t0 slope h d
         (fun W0 : Equivariance.matrix R =>
          loss (Equivariance.preactivations R rO radd rmul d W0 x)) W
         (Equivariance.outer R rO radd rmul n delta x)
  := @Convproof.Equivariance.first_layer_gradient.
Definition pin_first_layer_gradient_2 :
  Convproof.Statements_Equivariance.first_layer_gradient_statement
  := @Convproof.Equivariance.first_layer_gradient.
Goal True. idtac "theorem" "first_layer_gradient". Abort.
Definition pin_step_turns :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Theta : Type) (h K : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
         (look : nat -> Theta -> Z -> R)
         (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
         (multiplier : nat ->
                       Theta ->
                       Equivariance.matrix R ->
                       (Z -> Z -> Equivariance.matrix R) -> Z -> Z -> Equivariance.matrix R)
         (others : nat ->
                   Theta -> Equivariance.matrix R -> (Z -> Z -> Equivariance.matrix R) -> Theta),
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' ->
        Equivariance.same R (size t) h (delta t theta Z) (delta t theta Z')) ->
       (forall (t : nat) (theta : Theta) (Z0 Z' : Equivariance.matrix R)
          (P P' : Z -> Z -> Equivariance.matrix R),
        Equivariance.same R (size t) h Z0 Z' ->
        Equivariance.alike R h K P P' ->
        forall q p : Z,
        1 <= q <= K ->
        1 <= p <= K + 1 ->
        Equivariance.same R h h (multiplier t theta Z0 P q p) (multiplier t theta Z' P' q p)) ->
       (forall (t : nat) (theta : Theta) (Z0 Z' : Equivariance.matrix R)
          (P P' : Z -> Z -> Equivariance.matrix R),
        Equivariance.same R (size t) h Z0 Z' ->
        Equivariance.alike R h K P P' -> others t theta Z0 P = others t theta Z' P') ->
       forall (d e : Z) (Q x : Equivariance.matrix R) (t : nat)
         (s s' : Equivariance.state R Theta),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.turned_state R rO radd rmul Theta h K d e Q s s' ->
       Equivariance.turned_state R rO radd rmul Theta h K d e Q
         (Equivariance.step R rO radd rmul Theta h K size pick look delta multiplier others d x t
            s)
         (Equivariance.step R rO radd rmul Theta h K size pick look delta multiplier others e
            (Equivariance.turned R rO radd rmul d Q x) t s')
  := @Convproof.Equivariance.step_turns.
Goal True. idtac "theorem" "step_turns". Abort.
Definition pin_training_turns :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Theta : Type) (h K : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
         (look : nat -> Theta -> Z -> R)
         (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
         (multiplier : nat ->
                       Theta ->
                       Equivariance.matrix R ->
                       (Z -> Z -> Equivariance.matrix R) -> Z -> Z -> Equivariance.matrix R)
         (others : nat ->
                   Theta -> Equivariance.matrix R -> (Z -> Z -> Equivariance.matrix R) -> Theta),
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' ->
        Equivariance.same R (size t) h (delta t theta Z) (delta t theta Z')) ->
       (forall (t : nat) (theta : Theta) (Z0 Z' : Equivariance.matrix R)
          (P P' : Z -> Z -> Equivariance.matrix R),
        Equivariance.same R (size t) h Z0 Z' ->
        Equivariance.alike R h K P P' ->
        forall q p : Z,
        1 <= q <= K ->
        1 <= p <= K + 1 ->
        Equivariance.same R h h (multiplier t theta Z0 P q p) (multiplier t theta Z' P' q p)) ->
       (forall (t : nat) (theta : Theta) (Z0 Z' : Equivariance.matrix R)
          (P P' : Z -> Z -> Equivariance.matrix R),
        Equivariance.same R (size t) h Z0 Z' ->
        Equivariance.alike R h K P P' -> others t theta Z0 P = others t theta Z' P') ->
       forall (d e : Z) (Q x : Equivariance.matrix R) (s s' : Equivariance.state R Theta)
         (steps : nat),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.turned_state R rO radd rmul Theta h K d e Q s s' ->
       Equivariance.turned_state R rO radd rmul Theta h K d e Q
         (Equivariance.train R rO radd rmul Theta h K size pick look delta multiplier others d x
            steps s)
         (Equivariance.train R rO radd rmul Theta h K size pick look delta multiplier others e
            (Equivariance.turned R rO radd rmul d Q x) steps s')
  := @Convproof.Equivariance.training_turns.
Definition pin_training_turns_2 :
  Convproof.Statements_Equivariance.training_turns_statement
  := @Convproof.Equivariance.training_turns.
Goal True. idtac "theorem" "training_turns". Abort.
Definition pin_predictions_stay :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Theta : Type) (h K : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
         (look : nat -> Theta -> Z -> R)
         (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
         (multiplier : nat ->
                       Theta ->
                       Equivariance.matrix R ->
                       (Z -> Z -> Equivariance.matrix R) -> Z -> Z -> Equivariance.matrix R)
         (others : nat ->
                   Theta -> Equivariance.matrix R -> (Z -> Z -> Equivariance.matrix R) -> Theta),
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' ->
        Equivariance.same R (size t) h (delta t theta Z) (delta t theta Z')) ->
       (forall (t : nat) (theta : Theta) (Z0 Z' : Equivariance.matrix R)
          (P P' : Z -> Z -> Equivariance.matrix R),
        Equivariance.same R (size t) h Z0 Z' ->
        Equivariance.alike R h K P P' ->
        forall q p : Z,
        1 <= q <= K ->
        1 <= p <= K + 1 ->
        Equivariance.same R h h (multiplier t theta Z0 P q p) (multiplier t theta Z' P' q p)) ->
       (forall (t : nat) (theta : Theta) (Z0 Z' : Equivariance.matrix R)
          (P P' : Z -> Z -> Equivariance.matrix R),
        Equivariance.same R (size t) h Z0 Z' ->
        Equivariance.alike R h K P P' -> others t theta Z0 P = others t theta Z' P') ->
       forall (d e : Z) (Q x : Equivariance.matrix R) (s s' : Equivariance.state R Theta)
         (steps : nat) (y : Equivariance.matrix R) (i a : Z),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.turned_state R rO radd rmul Theta h K d e Q s s' ->
       1 <= K ->
       1 <= a <= h ->
       snd
         (Equivariance.train R rO radd rmul Theta h K size pick look delta multiplier others e
            (Equivariance.turned R rO radd rmul d Q x) steps s') =
       snd
         (Equivariance.train R rO radd rmul Theta h K size pick look delta multiplier others d x
            steps s) /\
       Equivariance.preactivations R rO radd rmul e
         (fst
            (Equivariance.train R rO radd rmul Theta h K size pick look delta multiplier others e
               (Equivariance.turned R rO radd rmul d Q x) steps s') 1)
         (Equivariance.turned R rO radd rmul d Q y) i a =
       Equivariance.preactivations R rO radd rmul d
         (fst
            (Equivariance.train R rO radd rmul Theta h K size pick look delta multiplier others d
               x steps s) 1) y i a
  := @Convproof.Equivariance.predictions_stay.
Definition pin_predictions_stay_2 :
  Convproof.Statements_Equivariance.predictions_stay_statement
  := @Convproof.Equivariance.predictions_stay.
Goal True. idtac "theorem" "predictions_stay". Abort.
Definition pin_update_turns :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Theta : Type) (h : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
         (look keep add shrink along straight decay : nat -> R)
         (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
         (others : nat -> Theta -> Equivariance.matrix R -> Theta),
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' ->
        Equivariance.same R (size t) h (delta t theta Z) (delta t theta Z')) ->
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' -> others t theta Z = others t theta Z') ->
       forall (d e : Z) (Q x : Equivariance.matrix R) (t : nat)
         (s s' : Equivariance.momentum R Theta),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.turned_run R rO radd rmul Theta h d e Q s s' ->
       Equivariance.turned_run R rO radd rmul Theta h d e Q
         (Equivariance.update R rO radd rmul Theta size pick look keep add shrink along straight
            decay delta others d x t s)
         (Equivariance.update R rO radd rmul Theta size pick look keep add shrink along straight
            decay delta others e (Equivariance.turned R rO radd rmul d Q x) t s')
  := @Convproof.Equivariance.update_turns.
Goal True. idtac "theorem" "update_turns". Abort.
Definition pin_momentum_training_turns :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Theta : Type) (h : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
         (look keep add shrink along straight decay : nat -> R)
         (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
         (others : nat -> Theta -> Equivariance.matrix R -> Theta),
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' ->
        Equivariance.same R (size t) h (delta t theta Z) (delta t theta Z')) ->
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' -> others t theta Z = others t theta Z') ->
       forall (d e : Z) (Q x : Equivariance.matrix R) (s s' : Equivariance.momentum R Theta)
         (steps : nat),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.turned_run R rO radd rmul Theta h d e Q s s' ->
       Equivariance.turned_run R rO radd rmul Theta h d e Q
         (Equivariance.descend R rO radd rmul Theta size pick look keep add shrink along straight
            decay delta others d x steps s)
         (Equivariance.descend R rO radd rmul Theta size pick look keep add shrink along straight
            decay delta others e (Equivariance.turned R rO radd rmul d Q x) steps s')
  := @Convproof.Equivariance.momentum_training_turns.
Goal True. idtac "theorem" "momentum_training_turns". Abort.
Definition pin_momentum_predictions_stay :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Theta : Type) (h : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
         (look keep add shrink along straight decay : nat -> R)
         (delta : nat -> Theta -> Equivariance.matrix R -> Equivariance.matrix R)
         (others : nat -> Theta -> Equivariance.matrix R -> Theta),
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' ->
        Equivariance.same R (size t) h (delta t theta Z) (delta t theta Z')) ->
       (forall (t : nat) (theta : Theta) (Z Z' : Equivariance.matrix R),
        Equivariance.same R (size t) h Z Z' -> others t theta Z = others t theta Z') ->
       forall (d e : Z) (Q x : Equivariance.matrix R) (s s' : Equivariance.momentum R Theta)
         (steps : nat) (y : Equivariance.matrix R) (i a : Z),
       Equivariance.isometry R rO rI radd rmul d e Q ->
       Equivariance.turned_run R rO radd rmul Theta h d e Q s s' ->
       1 <= a <= h ->
       Equivariance.rest R Theta
         (Equivariance.descend R rO radd rmul Theta size pick look keep add shrink along straight
            decay delta others e (Equivariance.turned R rO radd rmul d Q x) steps s') =
       Equivariance.rest R Theta
         (Equivariance.descend R rO radd rmul Theta size pick look keep add shrink along straight
            decay delta others d x steps s) /\
       Equivariance.preactivations R rO radd rmul e
         (Equivariance.weight R Theta
            (Equivariance.descend R rO radd rmul Theta size pick look keep add shrink along
               straight decay delta others e (Equivariance.turned R rO radd rmul d Q x) steps s'))
         (Equivariance.turned R rO radd rmul d Q y) i a =
       Equivariance.preactivations R rO radd rmul d
         (Equivariance.weight R Theta
            (Equivariance.descend R rO radd rmul Theta size pick look keep add shrink along
               straight decay delta others d x steps s)) y i a
  := @Convproof.Equivariance.momentum_predictions_stay.
Goal True. idtac "theorem" "momentum_predictions_stay". Abort.
Definition theorems :=
 (pin_preactivations_stay,
  pin_outer_turned,
  pin_first_layer_gradient,
  pin_step_turns,
  pin_training_turns,
  pin_predictions_stay,
  pin_update_turns,
  pin_momentum_training_turns,
  pin_momentum_predictions_stay).
Print Assumptions theorems.
