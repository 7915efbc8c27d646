(* avg_pool2d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.avg_pool2d.

Definition pin_avg_pool2d_grad_x_is_adjoint :
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
  forall S_H : Z,
  forall S_W : Z,
  forall W : Z,
  forall X : Z -> Z -> Z -> Z -> R,
  forall dY : Z -> Z -> Z -> Z -> R,
  forall inv_R_H : Z -> R,
  forall inv_R_W : Z -> R,
  let y (n i j c : Z) : R :=
    (rmul (rmul (inv_R_H i) (inv_R_W j)) (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else rO)))))) in
  let dX (n a b c : Z) : R :=
    (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_W + b + ((-1) * l)) mod S_W) =? 0) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then (rmul (rmul (inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) (inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1))) (dY n (((P_H + a + ((-1) * k)) / S_H) + 1) (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else rO))))) in
  (0 < S_H) ->
  (0 < S_W) ->
  (sum N (fun n => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c => (rmul (dY n i j c) (y n i j c))))))))))
  = (sum N (fun n => (sum H (fun a => (sum W (fun b => (sum C (fun c => (rmul (X n a b c) (dX n a b c)))))))))))
  := @Convproof.avg_pool2d.avg_pool2d_grad_x_is_adjoint.
Goal True. idtac "theorem" "avg_pool2d_grad_x_is_adjoint". Abort.
Definition theorems :=
 (pin_avg_pool2d_grad_x_is_adjoint).
Print Assumptions theorems.
