(* max_pool1d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.max_pool1d.

Definition pin_max_pool1d_grad_x_is_adjoint :
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
  forall S_W : Z,
  forall W : Z,
  forall X : Z -> Z -> Z -> R,
  forall dY : Z -> Z -> Z -> R,
  forall Win : Z -> Z -> Z -> Z,
  let y (n j c : Z) : R :=
    (sum K_W (fun l => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (rmul (delta l (Win n j c)) (X n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else rO))) in
  let dX (n b c : Z) : R :=
    (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then (rmul (delta l (Win n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) (dY n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else rO))) in
  (0 < S_W) ->
  (sum N (fun n => (sum O_W (fun j => (sum C (fun c => (rmul (dY n j c) (y n j c))))))))
  = (sum N (fun n => (sum W (fun b => (sum C (fun c => (rmul (X n b c) (dX n b c)))))))))
  := @Convproof.max_pool1d.max_pool1d_grad_x_is_adjoint.
Goal True. idtac "theorem" "max_pool1d_grad_x_is_adjoint". Abort.
Definition theorems :=
 (pin_max_pool1d_grad_x_is_adjoint).
Print Assumptions theorems.
