(* Derived_conv1d_replicate: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Derived_conv1d_replicate.

Definition pin_derived_conv1d_replicate_output_size_W :
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
  forall G : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall j : Z,
  (1 <= j <= (P_W + Q_W + W + 2)) ->
  ((((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W)) <-> (j <= (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))))
  := @Convproof.Derived_conv1d_replicate.derived_conv1d_replicate_output_size_W.
Goal True. idtac "theorem" "derived_conv1d_replicate_output_size_W". Abort.
Definition pin_derived_conv1d_replicate_forward :
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
  forall G : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall j : Z,
  (1 <= j <= O_W) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall m : Z,
  (1 <= m <= M) ->
  forall K : Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  (radd (Bias g m) (sum K_W (fun l => (sum C (fun c => (rmul (K l c g m) (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)))))))
  = (radd (Bias g m) (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then (rmul (K l c g m) (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))))
  := @Convproof.Derived_conv1d_replicate.derived_conv1d_replicate_forward.
Goal True. idtac "theorem" "derived_conv1d_replicate_forward". Abort.
Definition pin_derived_conv1d_replicate_gradient_padded :
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
  forall G : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall b : Z,
  (1 <= b <= (P_W + Q_W + W)) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall K : Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  forall dZ : Z -> Z -> Z -> Z -> R,
  let Pre (n j g m : Z) : R :=
    (radd (Bias g m) (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then (rmul (K l c g m) (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = rO) ->
  (forall at1 at2 at3 at4, D (Padded at1 at2 at3 at4) = (rmul (rmul (rmul (delta n at1) (delta b at2)) (delta g at3)) (delta c at4))) ->
  (forall at1 at2, D (Bias at1 at2) = rO) ->
  (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (rmul (dZ n' j g' m) (D (Pre n' j g' m)))))))))))
  = (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + b + (-1)) >=? 0)) then (rmul (K l c g m) (dZ n (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1) g m)) else rO))))))
  := @Convproof.Derived_conv1d_replicate.derived_conv1d_replicate_gradient_padded.
Goal True. idtac "theorem" "derived_conv1d_replicate_gradient_padded". Abort.
Definition pin_derived_conv1d_replicate_gradient_kernel :
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
  forall G : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall l : Z,
  (1 <= l <= K_W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall m : Z,
  (1 <= m <= M) ->
  forall K : Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  forall dZ : Z -> Z -> Z -> Z -> R,
  let Pre (n j g m : Z) : R :=
    (radd (Bias g m) (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then (rmul (K l c g m) (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = (rmul (rmul (rmul (delta l at1) (delta c at2)) (delta g at3)) (delta m at4))) ->
  (forall at1 at2 at3 at4, D (Padded at1 at2 at3 at4) = rO) ->
  (forall at1 at2, D (Bias at1 at2) = rO) ->
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (rmul (dZ n j g' m') (D (Pre n j g' m')))))))))))
  = (sum N (fun n => (sum O_W (fun j => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then (rmul (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c) (dZ n j g m)) else rO))))))
  := @Convproof.Derived_conv1d_replicate.derived_conv1d_replicate_gradient_kernel.
Goal True. idtac "theorem" "derived_conv1d_replicate_gradient_kernel". Abort.
Definition pin_derived_conv1d_replicate_gradient_bias :
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
  forall G : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall m : Z,
  (1 <= m <= M) ->
  forall K : Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  forall dZ : Z -> Z -> Z -> Z -> R,
  let Pre (n j g m : Z) : R :=
    (radd (Bias g m) (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then (rmul (K l c g m) (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = rO) ->
  (forall at1 at2 at3 at4, D (Padded at1 at2 at3 at4) = rO) ->
  (forall at1 at2, D (Bias at1 at2) = (rmul (delta g at1) (delta m at2))) ->
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (rmul (dZ n j g' m') (D (Pre n j g' m')))))))))))
  = (sum N (fun n => (sum O_W (fun j => (dZ n j g m))))))
  := @Convproof.Derived_conv1d_replicate.derived_conv1d_replicate_gradient_bias.
Goal True. idtac "theorem" "derived_conv1d_replicate_gradient_bias". Abort.
Definition pin_derived_conv1d_replicate_gradient_x :
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
  forall G : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_W : Z,
  forall P_W : Z,
  forall Q_W : Z,
  forall S_W : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_W) ->
  (0 <= P_W) ->
  (0 <= Q_W) ->
  (0 < S_W) ->
  (0 < W) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall b : Z,
  (1 <= b <= W) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall X : Z -> Z -> Z -> Z -> R,
  forall dPadded : Z -> Z -> Z -> Z -> R,
  let Padded (n r_W g c : Z) : R :=
    (X n (Z.min W (Z.max 1 (((-1) * P_W) + r_W))) g c) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4, D (X at1 at2 at3 at4) = (rmul (rmul (rmul (delta n at1) (delta b at2)) (delta g at3)) (delta c at4))) ->
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => (rmul (dPadded n' r_W g' c') (D (Padded n' r_W g' c')))))))))))
  = (sum (P_W + Q_W + W) (fun r_W => (rmul (delta b (Z.min W (Z.max 1 (((-1) * P_W) + r_W)))) (dPadded n r_W g c)))))
  := @Convproof.Derived_conv1d_replicate.derived_conv1d_replicate_gradient_x.
Goal True. idtac "theorem" "derived_conv1d_replicate_gradient_x". Abort.
Definition theorems :=
 (pin_derived_conv1d_replicate_output_size_W,
  pin_derived_conv1d_replicate_forward,
  pin_derived_conv1d_replicate_gradient_padded,
  pin_derived_conv1d_replicate_gradient_kernel,
  pin_derived_conv1d_replicate_gradient_bias,
  pin_derived_conv1d_replicate_gradient_x).
Print Assumptions theorems.
