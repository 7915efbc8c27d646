(* Derived_max_pool1d_ceil: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Derived_max_pool1d_ceil.

Definition pin_derived_max_pool1d_ceil_output_size_W :
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
  forall D_W : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  ((P_W <= (D_W * (K_W + (-1))))) ->
  ((Q_W <= (D_W * (K_W + (-1))))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) ->
  forall j : Z,
  (1 <= j <= (P_W + Q_W + W + 2)) ->
  ((((j > 1) /\ ((S_W * (j + (-1))) < (P_W + W)) /\ (((D_W * (K_W + (-1))) + (S_W * (j + (-2))) + 1) < (P_W + Q_W + W))) \/ (((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W))) <-> (j <= (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)))))
  := @Convproof.Derived_max_pool1d_ceil.derived_max_pool1d_ceil_output_size_W.
Goal True. idtac "theorem" "derived_max_pool1d_ceil_output_size_W". Abort.
Definition pin_derived_max_pool1d_ceil_forward :
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
  forall D_W : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  ((P_W <= (D_W * (K_W + (-1))))) ->
  ((Q_W <= (D_W * (K_W + (-1))))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall j : Z,
  (1 <= j <= O_W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall X : Z -> Z -> Z -> R,
  forall less : R -> R -> bool,
  let Padded (n r_W c : Z) : option R :=
    (if ((W >=? (((-1) * P_W) + r_W)) && ((P_W + ((-1) * r_W)) <=? (-1))) then (Some (X n (((-1) * P_W) + r_W) c)) else None) in
  (top less K_W (fun l => (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) c)))
  = (top less K_W (fun l => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (Some (X n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else None))))
  := @Convproof.Derived_max_pool1d_ceil.derived_max_pool1d_ceil_forward.
Goal True. idtac "theorem" "derived_max_pool1d_ceil_forward". Abort.
Definition pin_derived_max_pool1d_ceil_gradient_x :
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
  forall D_W : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  ((P_W <= (D_W * (K_W + (-1))))) ->
  ((Q_W <= (D_W * (K_W + (-1))))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall b : Z,
  (1 <= b <= W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall X : Z -> Z -> Z -> R,
  forall Post : Z -> Z -> Z -> R,
  forall dY : Z -> Z -> Z -> R,
  forall less : R -> R -> bool,
  let Win (n j c : Z) : Z :=
    first less K_W (fun t => (fun l => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (Some (X n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else None)) t) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3, D (X at1 at2 at3) = (rmul (rmul (delta n at1) (delta b at2)) (delta c at3))) ->
  (forall n j c, D (Post n j c) =
  (fun l => if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then D (X n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c) else rO) (Win n j c)) ->
  (sum N (fun n' => (sum O_W (fun j => (sum C (fun c' => (rmul (dY n' j c') (D (Post n' j c')))))))))
  = (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then (rmul (delta l (Win n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) (dY n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else rO))))
  := @Convproof.Derived_max_pool1d_ceil.derived_max_pool1d_ceil_gradient_x.
Goal True. idtac "theorem" "derived_max_pool1d_ceil_gradient_x". Abort.
Definition theorems :=
 (pin_derived_max_pool1d_ceil_output_size_W,
  pin_derived_max_pool1d_ceil_forward,
  pin_derived_max_pool1d_ceil_gradient_x).
Print Assumptions theorems.
