(* Derived_avg_pool2d_ceil: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Derived_avg_pool2d_ceil.

Definition pin_derived_avg_pool2d_ceil_output_size_H :
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
  forall H : Z,
  forall K_H : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (0 < W) ->
  (((H + ((-1) * K_H) + P_H + Q_H) >= 0)) ->
  ((P_H <= (K_H + (-1)))) ->
  ((Q_H <= (K_H + (-1)))) ->
  (((((-1) * K_W) + P_W + Q_W + W) >= 0)) ->
  ((P_W <= (K_W + (-1)))) ->
  ((Q_W <= (K_W + (-1)))) ->
  (O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) ->
  forall i : Z,
  (1 <= i <= (H + P_H + Q_H + 2)) ->
  ((((i > 1) /\ ((S_H * (i + (-1))) < (H + P_H)) /\ ((K_H + (S_H * (i + (-2)))) < (H + P_H + Q_H))) \/ ((K_H + (S_H * (i + (-1)))) <= (H + P_H + Q_H))) <-> (i <= (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1)))))
  := @Convproof.Derived_avg_pool2d_ceil.derived_avg_pool2d_ceil_output_size_H.
Goal True. idtac "theorem" "derived_avg_pool2d_ceil_output_size_H". Abort.
Definition pin_derived_avg_pool2d_ceil_output_size_W :
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
  forall H : Z,
  forall K_H : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (0 < W) ->
  (((H + ((-1) * K_H) + P_H + Q_H) >= 0)) ->
  ((P_H <= (K_H + (-1)))) ->
  ((Q_H <= (K_H + (-1)))) ->
  (((((-1) * K_W) + P_W + Q_W + W) >= 0)) ->
  ((P_W <= (K_W + (-1)))) ->
  ((Q_W <= (K_W + (-1)))) ->
  (O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) ->
  forall j : Z,
  (1 <= j <= (P_W + Q_W + W + 2)) ->
  ((((j > 1) /\ ((S_W * (j + (-1))) < (P_W + W)) /\ ((K_W + (S_W * (j + (-2)))) < (P_W + Q_W + W))) \/ ((K_W + (S_W * (j + (-1)))) <= (P_W + Q_W + W))) <-> (j <= (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1)))))
  := @Convproof.Derived_avg_pool2d_ceil.derived_avg_pool2d_ceil_output_size_W.
Goal True. idtac "theorem" "derived_avg_pool2d_ceil_output_size_W". Abort.
Definition pin_derived_avg_pool2d_ceil_divisor_H :
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
  forall H : Z,
  forall K_H : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (0 < W) ->
  (((H + ((-1) * K_H) + P_H + Q_H) >= 0)) ->
  ((P_H <= (K_H + (-1)))) ->
  ((Q_H <= (K_H + (-1)))) ->
  (((((-1) * K_W) + P_W + Q_W + W) >= 0)) ->
  ((P_W <= (K_W + (-1)))) ->
  ((Q_W <= (K_W + (-1)))) ->
  (O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) ->
  forall i : Z,
  (1 <= i <= O_H) ->
  Convproof.Sums.sum Z 0 Z.add K_H (fun k => if ((H + P_H + Q_H) >=? ((S_H * (i + (-1))) + k)) then 1 else 0)
  = (Z.min K_H (H + P_H + Q_H + ((-1) * S_H * (i + (-1))))))
  := @Convproof.Derived_avg_pool2d_ceil.derived_avg_pool2d_ceil_divisor_H.
Goal True. idtac "theorem" "derived_avg_pool2d_ceil_divisor_H". Abort.
Definition pin_derived_avg_pool2d_ceil_divisor_W :
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
  forall H : Z,
  forall K_H : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (0 < W) ->
  (((H + ((-1) * K_H) + P_H + Q_H) >= 0)) ->
  ((P_H <= (K_H + (-1)))) ->
  ((Q_H <= (K_H + (-1)))) ->
  (((((-1) * K_W) + P_W + Q_W + W) >= 0)) ->
  ((P_W <= (K_W + (-1)))) ->
  ((Q_W <= (K_W + (-1)))) ->
  (O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) ->
  forall j : Z,
  (1 <= j <= O_W) ->
  Convproof.Sums.sum Z 0 Z.add K_W (fun l => if ((P_W + Q_W + W) >=? ((S_W * (j + (-1))) + l)) then 1 else 0)
  = (Z.min K_W (P_W + Q_W + ((-1) * S_W * (j + (-1))) + W)))
  := @Convproof.Derived_avg_pool2d_ceil.derived_avg_pool2d_ceil_divisor_W.
Goal True. idtac "theorem" "derived_avg_pool2d_ceil_divisor_W". Abort.
Definition pin_derived_avg_pool2d_ceil_forward :
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
  forall H : Z,
  forall K_H : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (0 < W) ->
  (((H + ((-1) * K_H) + P_H + Q_H) >= 0)) ->
  ((P_H <= (K_H + (-1)))) ->
  ((Q_H <= (K_H + (-1)))) ->
  (((((-1) * K_W) + P_W + Q_W + W) >= 0)) ->
  ((P_W <= (K_W + (-1)))) ->
  ((Q_W <= (K_W + (-1)))) ->
  (O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall i : Z,
  (1 <= i <= O_H) ->
  forall j : Z,
  (1 <= j <= O_W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall inv_R_H : Z -> R,
  forall inv_R_W : Z -> R,
  forall X : Z -> Z -> Z -> Z -> R,
  let Padded (n r_H r_W c : Z) : R :=
    (if ((H >=? (((-1) * P_H) + r_H)) && (W >=? (((-1) * P_W) + r_W)) && ((P_H + ((-1) * r_H)) <=? (-1)) && ((P_W + ((-1) * r_W)) <=? (-1))) then (X n (((-1) * P_H) + r_H) (((-1) * P_W) + r_W) c) else rO) in
  (rmul (rmul (inv_R_H i) (inv_R_W j)) (sum K_H (fun k => (sum K_W (fun l => (Padded n ((S_H * (i + (-1))) + k) ((S_W * (j + (-1))) + l) c))))))
  = (rmul (rmul (inv_R_H i) (inv_R_W j)) (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else rO)))))))
  := @Convproof.Derived_avg_pool2d_ceil.derived_avg_pool2d_ceil_forward.
Goal True. idtac "theorem" "derived_avg_pool2d_ceil_forward". Abort.
Definition pin_derived_avg_pool2d_ceil_gradient_x :
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
  forall H : Z,
  forall K_H : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_W) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (0 < W) ->
  (((H + ((-1) * K_H) + P_H + Q_H) >= 0)) ->
  ((P_H <= (K_H + (-1)))) ->
  ((Q_H <= (K_H + (-1)))) ->
  (((((-1) * K_W) + P_W + Q_W + W) >= 0)) ->
  ((P_W <= (K_W + (-1)))) ->
  ((Q_W <= (K_W + (-1)))) ->
  (O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) ->
  (O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall a : Z,
  (1 <= a <= H) ->
  forall b : Z,
  (1 <= b <= W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall inv_R_H : Z -> R,
  forall inv_R_W : Z -> R,
  forall X : Z -> Z -> Z -> Z -> R,
  forall dY : Z -> Z -> Z -> Z -> R,
  let Post (n i j c : Z) : R :=
    (rmul (rmul (inv_R_H i) (inv_R_W j)) (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else rO)))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1, D (inv_R_H at1) = rO) ->
  (forall at1, D (inv_R_W at1) = rO) ->
  (forall at1 at2 at3 at4, D (X at1 at2 at3 at4) = (rmul (rmul (rmul (delta n at1) (delta a at2)) (delta b at3)) (delta c at4))) ->
  (sum N (fun n' => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (rmul (dY n' i j c') (D (Post n' i j c')))))))))))
  = (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_W + b + ((-1) * l)) mod S_W) =? 0) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then (rmul (rmul (inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) (inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1))) (dY n (((P_H + a + ((-1) * k)) / S_H) + 1) (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else rO))))))
  := @Convproof.Derived_avg_pool2d_ceil.derived_avg_pool2d_ceil_gradient_x.
Goal True. idtac "theorem" "derived_avg_pool2d_ceil_gradient_x". Abort.
Definition theorems :=
 (pin_derived_avg_pool2d_ceil_output_size_H,
  pin_derived_avg_pool2d_ceil_output_size_W,
  pin_derived_avg_pool2d_ceil_divisor_H,
  pin_derived_avg_pool2d_ceil_divisor_W,
  pin_derived_avg_pool2d_ceil_forward,
  pin_derived_avg_pool2d_ceil_gradient_x).
Print Assumptions theorems.
