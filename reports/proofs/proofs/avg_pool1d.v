(* Generated from the derivation of avg_pool1d (5743b11b015b4cad); not edited by hand. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Rules Greatest. (* for the words of the statements *)
From Convproof Require Import Sums Axis Layers Pooling Same.
Import ListNotations.
Open Scope Z_scope.

Set Default Proof Using "All".

Section Derived.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Variables (C K_W N O_W P_W S_W W : Z).
Variables (X : Z -> Z -> Z -> R) (dY : Z -> Z -> Z -> R) (inv_R_W : Z -> R).

Definition y (n j c : Z) : R :=
  ((inv_R_W j) [*] (sum K_W (fun l => (if ((W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else [0])))).

Definition dX (n b c : Z) : R :=
  (sum K_W (fun l => (if ((((P_W + b + ((-1) * l)) mod S_W) =? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then ((inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1)) [*] (dY n (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else [0]))).

Definition axes := [{| size := W; kernel := K_W; stride := S_W; dilation := 1; pad := P_W; outs := O_W |}].
Definition x (n c : Z) (is : list Z) : R := match is with [b] => (X n b c) | _ => [0] end.
Definition dy (n c : Z) (is : list Z) : R := match is with [j] => (dY n j c) | _ => [0] end.
Definition s (n c : Z) (is ks : list Z) : R := match is with [j] => match ks with [l] => (inv_R_W j) | _ => [0] end | _ => [0] end.

Theorem avg_pool1d_grad_x_is_adjoint : 0 < S_W ->
  (sum N (fun n => (sum O_W (fun j => (sum C (fun c => (dY n j c) [*] (y n j c)))))))
  = (sum N (fun n => (sum W (fun b => (sum C (fun c => (X n b c) [*] (dX n b c))))))).
Proof.
  intros.
  transitivity (sum N (fun n => sum C (fun c => msum R rO radd (outputs axes) (fun is =>
    dy n c is [*] local R rO radd rmul axes (s n c) (x n c) is)))).
  { apply sum_ext; intros n ?. rewrite <- (msum_sum R rO rI radd rmul rsub ropp laws).
    unfold axes, outputs, local, kernels, x, dy, s, y. bare. same. }
  transitivity (sum N (fun n => sum C (fun c => msum R rO radd (sizes axes) (fun is =>
    x n c is [*] local_grad R rO radd rmul axes (s n c) (dy n c) is)))).
  { apply sum_ext; intros n ?. apply sum_ext; intros c ?.
    apply (adjoint_local R rO rI radd rmul rsub ropp laws). repeat constructor; assumption. }
  apply sum_ext; intros n ?. rewrite <- (msum_sum R rO rI radd rmul rsub ropp laws).
  unfold axes, Axis.sizes, local_grad, kernels, x, dy, s, dX. bare. same.
Qed.

End Derived.
