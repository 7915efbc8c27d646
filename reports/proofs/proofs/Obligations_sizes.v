(* Generated from the obligations stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle Lemmas.
Open Scope Z_scope.

(* a window fits iff 0 <= o < max(0, floor((H + P + Q - d(K-1) - 1)/S) + 1) *)
Theorem o_size : forall H K P Q S d o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  (((o >= 0) /\ (((S * o) + (d * (K + (-1))) + 1) <= (H + P + Q))) <-> ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))))).
Proof.
  intros.
  settle.
Qed.

(* for K <= H + 2P, position j is valid iff 1 <= j <= floor((H - K + 2P)/S) + 1 *)
Theorem o_size_10_7 : forall H K P S j : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (((j >= 1) /\ (j <= (((H + ((-1) * K) + (2 * P)) / S) + 1))) <-> ((j >= 1) /\ ((K + (S * (j + (-1)))) <= (H + (2 * P))))).
Proof.
  intros.
  settle.
Qed.

(* for 1 <= j <= the size of (10.7) and 1 <= k <= K, row S(j - 1) + k is one of the H + 2P padded rows *)
Theorem o_access_10_8 : forall H K P S j k : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  ((j >= 1) /\ (j <= (Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)))) ->
  ((k >= 1) /\ (k <= K)) ->
  ((1 <= ((S * (j + (-1))) + k)) /\ (((S * (j + (-1))) + k) < (H + (2 * P) + 1))).
Proof.
  intros.
  settle.
Qed.

(* the formula of (10.7) is the number of windows iff K <= H + 2P + S *)
Theorem o_size_10_7_domain : forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K) + (2 * P)) / S) + 1)) <-> (K <= (H + (2 * P) + S))).
Proof.
  intros.
  settle.
Qed.

(* in ceil mode a position is kept iff 0 <= o < ceil(room/S) + 1, less one where that window would start after the image *)
Theorem o_size_ceil : forall H K P Q S d o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((H + P + Q + ((-1) * d * (K + (-1))) + (-1)) >= 0) ->
  (Q < ((d * (K + (-1))) + 1)) ->
  (((0 <= o) /\ (o < (((-1) * (if ((H + P) <=? (S * (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S)))) then 1 else 0)) + (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S)) + 1))) <-> (((o >= 0) /\ (((S * o) + (d * (K + (-1))) + 1) <= (H + P + Q))) \/ ((o >= 1) /\ (((S * o) + (d * (K + (-1))) + 1) > (H + P + Q)) /\ ((S * o) < (H + P)) /\ (((S * (o + (-1))) + (d * (K + (-1))) + 1) < (H + P + Q))))).
Proof.
  intros.
  assert (C1 : ((o >= (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S))) <-> ((S * o) >= (H + P + Q + ((-1) * d * (K + (-1))) + (-1))))).
  { pose proof (o_lemma_at_least o S (H + P + Q + ((-1) * d * (K + (-1))) + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((S * (o + (-1))) >= (H + P + Q + ((-1) * d * (K + (-1))) + (-1))) <-> ((o + (-1)) >= (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S))))).
  { pose proof (o_lemma_at_least (o + (-1)) S (H + P + Q + ((-1) * d * (K + (-1))) + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((S * (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S))) >= (H + P + Q + ((-1) * d * (K + (-1))) + (-1)))).
  { pose proof (o_lemma_at_least (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S)) S (H + P + Q + ((-1) * d * (K + (-1))) + (-1)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* "same" padding of max(0, S(ceil(H/S) - 1) + d(K-1) + 1 - H) pixels gives ceil(H/S) outputs *)
Theorem o_size_same : forall H K S d : Z,
  (H >= 1) ->
  (K >= 1) ->
  (S >= 1) ->
  (d >= 1) ->
  ((((H + ((-1) * K * d) + d + (Z.max 0 (((-1) * H) + (K * d) + (S * (- (((-1) * H) / S))) + ((-1) * S) + ((-1) * d) + 1)) + (-1)) / S) + 1) = (- (((-1) * H) / S))).
Proof.
  intros.
  settle.
Qed.

(* "full" padding of d(K-1) pixels on each side gives H + d(K-1) outputs at stride 1 *)
Theorem o_size_full : forall H K S d : Z,
  (H >= 1) ->
  (K >= 1) ->
  (S >= 1) ->
  (d >= 1) ->
  ((S = 1) -> ((((H + (K * d) + ((-1) * d) + (-1)) / S) + 1) = (H + (d * (K + (-1)))))).
Proof.
  intros.
  settle.
Qed.
