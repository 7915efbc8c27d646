(* What the library's theorems are about: finite sums, one range and several.

   Kept apart from the proofs, with words of its own: the kernel compares the two. *)

Require Import ZArith List Bool.
Import ListNotations.
Open Scope Z_scope.

Section Sums.
Variables (R : Type) (rO rI : R) (radd rmul : R -> R -> R).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Fixpoint nsum (n : nat) (f : Z -> R) : R :=
  match n with
  | O => [0]
  | S p => nsum p f [+] f (Z.of_nat (S p))
  end.

(* f 1 + ... + f n; zero where n < 1. *)
Definition sum (n : Z) (f : Z -> R) : R := nsum (Z.to_nat n) f.

(* Sums over multi-indices: one range an axis, any number of axes. *)
Fixpoint msum (ns : list Z) (f : list Z -> R) : R :=
  match ns with
  | [] => f []
  | n :: rest => sum n (fun i => msum rest (fun is => f (i :: is)))
  end.
End Sums.

Definition within (n j : Z) : bool := (1 <=? j) && (j <=? n).
