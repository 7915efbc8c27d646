(* Generated from the lemmas stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle.
Open Scope Z_scope.

Lemma o_lemma_floor_is : forall m n x : Z,
  (n >= 1) ->
  ((((m * n) <= x) /\ (x < ((m * n) + n))) -> ((x / n) = m)).
Proof. intros. settle. Qed.

Lemma o_lemma_small_multiple : forall m n : Z,
  (n >= 1) ->
  (((((-1) * n) < (m * n)) /\ ((m * n) < n)) -> (m = 0)).
Proof. intros. settle. Qed.

Lemma o_lemma_same_rest : forall m n x y : Z,
  (n >= 1) ->
  (((x + ((-1) * y)) = (m * n)) -> ((x mod n) = (y mod n))).
Proof. intros. assert (C1 : (((((-1) * n) < (n * (((-1) * m) + (x / n) + ((-1) * (y / n))))) /\ ((n * (((-1) * m) + (x / n) + ((-1) * (y / n)))) < n)) -> ((((-1) * m) + (x / n) + ((-1) * (y / n))) = 0))).
  { pose proof (o_lemma_small_multiple (((-1) * m) + (x / n) + ((-1) * (y / n))) n ltac:(side)) as L. align L. instance L. }
  settle. Qed.

Lemma o_lemma_scale : forall c x y : Z,
  (c >= 0) ->
  ((x <= y) -> ((c * x) <= (c * y))).
Proof. intros. settle. Qed.

Lemma o_lemma_at_least : forall m n x : Z,
  (n >= 1) ->
  ((m >= (- (((-1) * x) / n))) <-> ((m * n) >= x)).
Proof. intros. settle. Qed.

Lemma o_lemma_at_most : forall m n x : Z,
  (n >= 1) ->
  ((m <= (x / n)) <-> ((m * n) <= x)).
Proof. intros. settle. Qed.

Lemma o_lemma_euclid : forall c n x : Z,
  (c >= 0) ->
  (n >= 1) ->
  ((c * (x mod n)) = (((-1) * c * n * (x / n)) + (c * x))).
Proof. intros. settle. Qed.
