(* Generated from the derivation of conv2d (5cd93ffc3643d4e5); not edited by hand. *)

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

Variables (C D_H D_W G H K_H K_W M N O_H O_W P_H P_W S_H S_W W : Z).
Variables (X : Z -> Z -> Z -> Z -> Z -> R) (K : Z -> Z -> Z -> Z -> Z -> R) (dZ : Z -> Z -> Z -> Z -> Z -> R) (Bias : Z -> Z -> R).

Definition z (n i j g m : Z) : R :=
  ((Bias g m) [+] (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K k l c g m) [*] (X n ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c)) else [0])))))))).

Definition dX (n a b g c : Z) : R :=
  (sum M (fun m => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K k l c g m) [*] (dZ n (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0]))))))).

Definition dK (k l c g m : Z) : R :=
  (sum N (fun n => (sum O_H (fun i => (sum O_W (fun j => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((X n ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n i j g m)) else [0]))))))).

Definition db (g m : Z) : R :=
  (sum N (fun n => (sum O_H (fun i => (sum O_W (fun j => (dZ n i j g m))))))).

Definition axes := [{| size := H; kernel := K_H; stride := S_H; dilation := D_H; pad := P_H; outs := O_H |}; {| size := W; kernel := K_W; stride := S_W; dilation := D_W; pad := P_W; outs := O_W |}].
Definition x (n : Z) (is : list Z) (g c : Z) : R := match is with [a; b] => (X n a b g c) | _ => [0] end.
Definition w (is : list Z) (c g m : Z) : R := match is with [k; l] => (K k l c g m) | _ => [0] end.
Definition dz (n : Z) (is : list Z) (g m : Z) : R := match is with [i; j] => (dZ n i j g m) | _ => [0] end.

Theorem conv2d_grad_x_is_adjoint : 0 < S_H -> 0 < S_W ->
  (sum N (fun n => (sum O_H (fun i => (sum O_W (fun j => (sum G (fun g => (sum M (fun m => (dZ n i j g m) [*] (z n i j g m)))))))))))
  = (sum N (fun n => (sum H (fun a => (sum W (fun b => (sum G (fun g => (sum C (fun c => (X n a b g c) [*] (dX n a b g c))))))))))) [+] (sum G (fun g => (sum M (fun m => (Bias g m) [*] (db g m))))).
Proof.
  intros.
  pose proof (adjoint_x R rO rI radd rmul rsub ropp laws axes N G C M x w Bias dz
    ltac:(repeat constructor; assumption)) as adjoint.
  unfold axes, x, w, dz in adjoint. spell adjoint.
  etransitivity; [|etransitivity; [exact adjoint|]]; clear adjoint; unfold z, dX, db; same.
Qed.

Theorem conv2d_grad_kernel_is_adjoint : 0 < S_H -> 0 < S_W ->
  (sum N (fun n => (sum O_H (fun i => (sum O_W (fun j => (sum G (fun g => (sum M (fun m => (dZ n i j g m) [*] (z n i j g m)))))))))))
  = (sum K_H (fun k => (sum K_W (fun l => (sum C (fun c => (sum G (fun g => (sum M (fun m => (K k l c g m) [*] (dK k l c g m))))))))))) [+] (sum G (fun g => (sum M (fun m => (Bias g m) [*] (db g m))))).
Proof.
  intros.
  pose proof (adjoint_w R rO rI radd rmul rsub ropp laws axes N G C M x w Bias dz) as adjoint.
  unfold axes, x, w, dz in adjoint. spell adjoint.
  etransitivity; [|etransitivity; [exact adjoint|]]; clear adjoint; unfold z, dK, db; same.
Qed.

End Derived.
