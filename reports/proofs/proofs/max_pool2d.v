(* Generated from the derivation of max_pool2d (9d764392ba556338); not edited by hand. *)

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

Variables (C D_H D_W H K_H K_W N O_H O_W P_H P_W S_H S_W W : Z).
Variables (X : Z -> Z -> Z -> Z -> R) (dY : Z -> Z -> Z -> Z -> R) (Win : Z -> Z -> Z -> Z -> Z).

Definition y (n i j c : Z) : R :=
  (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((if (((K_W * k) + ((-1) * K_W) + l) =? (Win n i j c)) then rI else [0]) [*] (X n ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else [0]))))).

Definition dX (n a b c : Z) : R :=
  (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((if (((K_W * (k + (-1))) + l) =? (Win n (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) then rI else [0]) [*] (dY n (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else [0]))))).

Definition axes := [{| size := H; kernel := K_H; stride := S_H; dilation := D_H; pad := P_H; outs := O_H |}; {| size := W; kernel := K_W; stride := S_W; dilation := D_W; pad := P_W; outs := O_W |}].
Definition x (n c : Z) (is : list Z) : R := match is with [a; b] => (X n a b c) | _ => [0] end.
Definition dy (n c : Z) (is : list Z) : R := match is with [i; j] => (dY n i j c) | _ => [0] end.
Definition s (n c : Z) (is ks : list Z) : R := match is with [i; j] => match ks with [k; l] => (if (((K_W * k) + ((-1) * K_W) + l) =? (Win n i j c)) then rI else [0]) | _ => [0] end | _ => [0] end.

Theorem max_pool2d_grad_x_is_adjoint : 0 < S_H -> 0 < S_W ->
  (sum N (fun n => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c => (dY n i j c) [*] (y n i j c)))))))))
  = (sum N (fun n => (sum H (fun a => (sum W (fun b => (sum C (fun c => (X n a b c) [*] (dX n a b c))))))))).
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
