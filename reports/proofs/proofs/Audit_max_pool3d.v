(* max_pool3d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.max_pool3d.

Definition pin_max_pool3d_grad_x_is_adjoint :
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
  forall H : Z,
  forall K_H : Z,
  forall K_T : Z,
  forall K_W : Z,
  forall N : Z,
  forall O_H : Z,
  forall O_T : Z,
  forall O_W : Z,
  forall P_H : Z,
  forall P_T : Z,
  forall P_W : Z,
  forall S_H : Z,
  forall S_T : Z,
  forall S_W : Z,
  forall T : Z,
  forall W : Z,
  forall X : Z -> Z -> Z -> Z -> Z -> R,
  forall dY : Z -> Z -> Z -> Z -> Z -> R,
  forall Win : Z -> Z -> Z -> Z -> Z -> Z,
  let y (n t i j c : Z) : R :=
    (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (rmul (delta ((K_H * K_W * q) + ((-1) * K_H * K_W) + (K_W * k) + ((-1) * K_W) + l) (Win n t i j c)) (X n ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else rO))))))) in
  let dX (n e a b c : Z) : R :=
    (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then (rmul (delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else rO))))))) in
  (0 < S_T) ->
  (0 < S_H) ->
  (0 < S_W) ->
  (sum N (fun n => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c => (rmul (dY n t i j c) (y n t i j c))))))))))))
  = (sum N (fun n => (sum T (fun e => (sum H (fun a => (sum W (fun b => (sum C (fun c => (rmul (X n e a b c) (dX n e a b c)))))))))))))
  := @Convproof.max_pool3d.max_pool3d_grad_x_is_adjoint.
Goal True. idtac "theorem" "max_pool3d_grad_x_is_adjoint". Abort.
Definition theorems :=
 (pin_max_pool3d_grad_x_is_adjoint).
Print Assumptions theorems.
