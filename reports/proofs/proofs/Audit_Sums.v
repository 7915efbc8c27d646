(* Sums: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Sums.
Definition mean_nsum : @Convproof.Sums.nsum =
(fun (R : Type) (rO : R) (radd : R -> R -> R) =>
fix nsum (n : nat) (f : Z -> R) {struct n} : R :=
  match n with
  | 0%nat => rO
  | S p => radd (nsum p f) (f (Z.of_nat (S p)))
  end)
  := eq_refl.
Definition mean_sum : @Convproof.Sums.sum =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (n : Z) (f : Z -> R) =>
Sums.nsum R rO radd (Z.to_nat n) f)
  := eq_refl.
Definition mean_within : @Convproof.Sums.within =
(fun n j : Z => (1 <=? j) && (j <=? n))
  := eq_refl.
Definition mean_msum : @Convproof.Sums.msum =
(fun (R : Type) (rO : R) (radd : R -> R -> R) =>
fix msum (ns : list Z) (f : list Z -> R) {struct ns} : R :=
  match ns with
  | [] => f []
  | n :: rest => Sums.sum R rO radd n (fun i : Z => msum rest (fun is : list Z => f (i :: is)))
  end)
  := eq_refl.
