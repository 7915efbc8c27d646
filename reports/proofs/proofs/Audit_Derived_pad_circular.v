(* Derived_pad_circular: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Derived_pad_circular.

Definition pin_derived_pad_circular_forward :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall C : Z,
  forall N : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < N) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < W) ->
  ((P_W <= W)) ->
  ((Q_W <= W)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall r : Z,
  (1 <= r <= (P_W + Q_W + W)) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall X : Z -> Z -> Z -> R,
  (X n (((((-1) * P_W) + W + r + (-1)) mod W) + 1) c)
  = (if (P_W >=? r) then (X n (((-1) * P_W) + W + r) c) else (if (r <=? (P_W + W)) then (X n (((-1) * P_W) + r) c) else (X n (((-1) * P_W) + ((-1) * W) + r) c))))
  := @Convproof.Derived_pad_circular.derived_pad_circular_forward.
Goal True. idtac "theorem" "derived_pad_circular_forward". Abort.
Definition pin_derived_pad_circular_gradient_x :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall C : Z,
  forall N : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < N) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < W) ->
  ((P_W <= W)) ->
  ((Q_W <= W)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall b : Z,
  (1 <= b <= W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall X : Z -> Z -> Z -> R,
  forall dPadded : Z -> Z -> Z -> R,
  let Padded (n r c : Z) : R :=
    (if (P_W >=? r) then (X n (((-1) * P_W) + W + r) c) else (if (r <=? (P_W + W)) then (X n (((-1) * P_W) + r) c) else (X n (((-1) * P_W) + ((-1) * W) + r) c))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3, D (X at1 at2 at3) = (rmul (rmul (delta n at1) (delta b at2)) (delta c at3))) ->
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r => (sum C (fun c' => (rmul (dPadded n' r c') (D (Padded n' r c')))))))))
  = (radd (radd (if (Q_W >=? b) then (dPadded n (P_W + W + b) c) else rO) (if ((P_W + ((-1) * W) + b) >=? 1) then (dPadded n (P_W + ((-1) * W) + b) c) else rO)) (dPadded n (P_W + b) c)))
  := @Convproof.Derived_pad_circular.derived_pad_circular_gradient_x.
Goal True. idtac "theorem" "derived_pad_circular_gradient_x". Abort.
Definition theorems :=
 (pin_derived_pad_circular_forward,
  pin_derived_pad_circular_gradient_x).
Print Assumptions theorems.
