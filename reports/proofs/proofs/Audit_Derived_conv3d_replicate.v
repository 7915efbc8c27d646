(* Derived_conv3d_replicate: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Derived_conv3d_replicate.

Definition pin_derived_conv3d_replicate_output_size_T :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall t : Z,
  (1 <= t <= (P_T + Q_T + T + 2)) ->
  ((((D_T * (K_T + (-1))) + (S_T * (t + (-1))) + 1) <= (P_T + Q_T + T)) <-> (t <= (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_output_size_T.
Goal True. idtac "theorem" "derived_conv3d_replicate_output_size_T". Abort.
Definition pin_derived_conv3d_replicate_output_size_H :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall i : Z,
  (1 <= i <= (H + P_H + Q_H + 2)) ->
  ((((D_H * (K_H + (-1))) + (S_H * (i + (-1))) + 1) <= (H + P_H + Q_H)) <-> (i <= (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_output_size_H.
Goal True. idtac "theorem" "derived_conv3d_replicate_output_size_H". Abort.
Definition pin_derived_conv3d_replicate_output_size_W :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall j : Z,
  (1 <= j <= (P_W + Q_W + W + 2)) ->
  ((((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W)) <-> (j <= (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_output_size_W.
Goal True. idtac "theorem" "derived_conv3d_replicate_output_size_W". Abort.
Definition pin_derived_conv3d_replicate_forward :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall t : Z,
  (1 <= t <= O_T) ->
  forall i : Z,
  (1 <= i <= O_H) ->
  forall j : Z,
  (1 <= j <= O_W) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall m : Z,
  (1 <= m <= M) ->
  forall K : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  (radd (Bias g m) (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (rmul (K q k l c g m) (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)))))))))))
  = (radd (Bias g m) (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (if (((H + P_H + Q_H) >=? ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1)) && ((P_T + Q_T + T) >=? ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1)) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then (rmul (K q k l c g m) (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))))))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_forward.
Goal True. idtac "theorem" "derived_conv3d_replicate_forward". Abort.
Definition pin_derived_conv3d_replicate_gradient_padded :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall e : Z,
  (1 <= e <= (P_T + Q_T + T)) ->
  forall a : Z,
  (1 <= a <= (H + P_H + Q_H)) ->
  forall b : Z,
  (1 <= b <= (P_W + Q_W + W)) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall K : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  forall dZ : Z -> Z -> Z -> Z -> Z -> Z -> R,
  let Pre (n t i j g m : Z) : R :=
    (radd (Bias g m) (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (if (((H + P_H + Q_H) >=? ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1)) && ((P_T + Q_T + T) >=? ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1)) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then (rmul (K q k l c g m) (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4 at5 at6, D (K at1 at2 at3 at4 at5 at6) = rO) ->
  (forall at1 at2 at3 at4 at5 at6, D (Padded at1 at2 at3 at4 at5 at6) = (rmul (rmul (rmul (rmul (rmul (delta n at1) (delta e at2)) (delta a at3)) (delta b at4)) (delta g at5)) (delta c at6))) ->
  (forall at1 at2, D (Bias at1 at2) = rO) ->
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (rmul (dZ n' t i j g' m) (D (Pre n' t i j g' m)))))))))))))))
  = (sum M (fun m => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + S_T + e + (-1)) mod S_T) =? 0) && (((((-1) * D_W * (l + (-1))) + S_W + b + (-1)) mod S_W) =? 0) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_H * k) + D_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + e + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + b + (-1)) >=? 0)) then (rmul (K q k l c g m) (dZ n (((((-1) * D_T * q) + D_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1) g m)) else rO))))))))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_gradient_padded.
Goal True. idtac "theorem" "derived_conv3d_replicate_gradient_padded". Abort.
Definition pin_derived_conv3d_replicate_gradient_kernel :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall q : Z,
  (1 <= q <= K_T) ->
  forall k : Z,
  (1 <= k <= K_H) ->
  forall l : Z,
  (1 <= l <= K_W) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall m : Z,
  (1 <= m <= M) ->
  forall K : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  forall dZ : Z -> Z -> Z -> Z -> Z -> Z -> R,
  let Pre (n t i j g m : Z) : R :=
    (radd (Bias g m) (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (if (((H + P_H + Q_H) >=? ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1)) && ((P_T + Q_T + T) >=? ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1)) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then (rmul (K q k l c g m) (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4 at5 at6, D (K at1 at2 at3 at4 at5 at6) = (rmul (rmul (rmul (rmul (rmul (delta q at1) (delta k at2)) (delta l at3)) (delta c at4)) (delta g at5)) (delta m at6))) ->
  (forall at1 at2 at3 at4 at5 at6, D (Padded at1 at2 at3 at4 at5 at6) = rO) ->
  (forall at1 at2, D (Bias at1 at2) = rO) ->
  (sum N (fun n => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (rmul (dZ n t i j g' m') (D (Pre n t i j g' m')))))))))))))))
  = (sum N (fun n => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (if (((H + P_H + Q_H) >=? ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1)) && ((P_T + Q_T + T) >=? ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1)) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then (rmul (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c) (dZ n t i j g m)) else rO))))))))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_gradient_kernel.
Goal True. idtac "theorem" "derived_conv3d_replicate_gradient_kernel". Abort.
Definition pin_derived_conv3d_replicate_gradient_bias :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall m : Z,
  (1 <= m <= M) ->
  forall K : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Padded : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall Bias : Z -> Z -> R,
  forall dZ : Z -> Z -> Z -> Z -> Z -> Z -> R,
  let Pre (n t i j g m : Z) : R :=
    (radd (Bias g m) (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (if (((H + P_H + Q_H) >=? ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1)) && ((P_T + Q_T + T) >=? ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1)) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then (rmul (K q k l c g m) (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else rO)))))))))) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4 at5 at6, D (K at1 at2 at3 at4 at5 at6) = rO) ->
  (forall at1 at2 at3 at4 at5 at6, D (Padded at1 at2 at3 at4 at5 at6) = rO) ->
  (forall at1 at2, D (Bias at1 at2) = (rmul (delta g at1) (delta m at2))) ->
  (sum N (fun n => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (rmul (dZ n t i j g' m') (D (Pre n t i j g' m')))))))))))))))
  = (sum N (fun n => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (dZ n t i j g m))))))))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_gradient_bias.
Goal True. idtac "theorem" "derived_conv3d_replicate_gradient_bias". Abort.
Definition pin_derived_conv3d_replicate_gradient_x :
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
  forall D_H : Z,
  forall D_T : Z,
  forall D_W : Z,
  forall G : Z,
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall M : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall Q_H : Z,
  forall Q_T : Z,
  forall Q_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  (0 < C) ->
  (0 < D_H) ->
  (0 < D_T) ->
  (0 < D_W) ->
  (0 < G) ->
  (0 < H) ->
  (0 < K_H) ->
  (0 < K_T) ->
  (0 < K_W) ->
  (0 < M) ->
  (0 < N) ->
  (0 < O_H) ->
  (0 < O_T) ->
  (0 < O_W) ->
  (0 <= P_H) ->
  (0 <= P_T) ->
  (0 <= P_W) ->
  (0 <= Q_H) ->
  (0 <= Q_T) ->
  (0 <= Q_W) ->
  (0 < S_H) ->
  (0 < S_T) ->
  (0 < S_W) ->
  (0 < T) ->
  (0 < W) ->
  (((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0)) ->
  (((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0)) ->
  (((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0)) ->
  (O_T = (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)) ->
  (O_H = (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)) ->
  (O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)) ->
  forall n : Z,
  (1 <= n <= N) ->
  forall e : Z,
  (1 <= e <= T) ->
  forall a : Z,
  (1 <= a <= H) ->
  forall b : Z,
  (1 <= b <= W) ->
  forall g : Z,
  (1 <= g <= G) ->
  forall c : Z,
  (1 <= c <= C) ->
  forall X : Z -> Z -> Z -> Z -> Z -> Z -> R,
  forall dPadded : Z -> Z -> Z -> Z -> Z -> Z -> R,
  let Padded (n r_T r_H r_W g c : Z) : R :=
    (X n (Z.min T (Z.max 1 (((-1) * P_T) + r_T))) (Z.min H (Z.max 1 (((-1) * P_H) + r_H))) (Z.min W (Z.max 1 (((-1) * P_W) + r_W))) g c) in
  forall D : R -> R,
  (derivation D) ->
  (forall at1 at2 at3 at4 at5 at6, D (X at1 at2 at3 at4 at5 at6) = (rmul (rmul (rmul (rmul (rmul (delta n at1) (delta e at2)) (delta a at3)) (delta b at4)) (delta g at5)) (delta c at6))) ->
  (sum N (fun n' => (sum (P_T + Q_T + T) (fun r_T => (sum (H + P_H + Q_H) (fun r_H => (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => (rmul (dPadded n' r_T r_H r_W g' c') (D (Padded n' r_T r_H r_W g' c')))))))))))))))
  = (sum (P_T + Q_T + T) (fun r_T => (sum (H + P_H + Q_H) (fun r_H => (sum (P_W + Q_W + W) (fun r_W => (rmul (rmul (rmul (delta a (Z.min H (Z.max 1 (((-1) * P_H) + r_H)))) (delta b (Z.min W (Z.max 1 (((-1) * P_W) + r_W))))) (delta e (Z.min T (Z.max 1 (((-1) * P_T) + r_T))))) (dPadded n r_T r_H r_W g c)))))))))
  := @Convproof.Derived_conv3d_replicate.derived_conv3d_replicate_gradient_x.
Goal True. idtac "theorem" "derived_conv3d_replicate_gradient_x". Abort.
Definition theorems :=
 (pin_derived_conv3d_replicate_output_size_T,
  pin_derived_conv3d_replicate_output_size_H,
  pin_derived_conv3d_replicate_output_size_W,
  pin_derived_conv3d_replicate_forward,
  pin_derived_conv3d_replicate_gradient_padded,
  pin_derived_conv3d_replicate_gradient_kernel,
  pin_derived_conv3d_replicate_gradient_bias,
  pin_derived_conv3d_replicate_gradient_x).
Print Assumptions theorems.
