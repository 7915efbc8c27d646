(* Generated from the obligations stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle Lemmas.
Open Scope Z_scope.

(* s = 1, p = 0: o = (i - k) + 1 *)
Theorem o_dumoulin_visin_1 : forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (S = 1) ->
  (P = 0) ->
  (K <= H) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (H + ((-1) * K) + 1)).
Proof.
  intros.
  settle.
Qed.

(* s = 1: o = (i - k) + 2p + 1 *)
Theorem o_dumoulin_visin_2 : forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (S = 1) ->
  (K <= (H + (2 * P))) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (H + ((-1) * K) + (2 * P) + 1)).
Proof.
  intros.
  settle.
Qed.

(* k = 2n + 1, s = 1, p = floor(k/2) = n: o = i *)
Theorem o_dumoulin_visin_3 : forall H K P S h : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (h >= 0) ->
  (S = 1) ->
  (K = ((2 * h) + 1)) ->
  (P = (K / 2)) ->
  ((P = h) /\ ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = H)).
Proof.
  intros.
  assert (C1 : (P = h)).
  { settle. }
  assert (C2 : ((((S * (H + (-1))) <= (H + ((-1) * K) + (2 * P))) /\ ((H + ((-1) * K) + (2 * P)) < ((S * (H + (-1))) + S))) -> (((H + ((-1) * K) + (2 * P)) / S) = (H + (-1))))).
  { pose proof (o_lemma_floor_is (H + (-1)) S (H + ((-1) * K) + (2 * P)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* p = k - 1, s = 1: o = i + (k - 1) *)
Theorem o_dumoulin_visin_4 : forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (S = 1) ->
  (P = (K + (-1))) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (H + K + (-1))).
Proof.
  intros.
  settle.
Qed.

(* p = 0: o = floor((i - k)/s) + 1 *)
Theorem o_dumoulin_visin_5 : forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (P = 0) ->
  (K <= H) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K)) / S) + 1)).
Proof.
  intros.
  settle.
Qed.

(* o = floor((i + 2p - k)/s) + 1; and where s divides i + 2p - k, inputs of i + a pixels, a in 0..s-1, have the same o *)
Theorem o_dumoulin_visin_6 : forall H K P S a : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K) + (2 * P)) / S) + 1)) /\ (((((H + ((-1) * K) + (2 * P)) mod S) = 0) /\ (a >= 0) /\ (a < S)) -> ((Z.max 0 (((H + ((-1) * K) + (2 * P) + a) / S) + 1)) = (Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((((S * ((H + ((-1) * K) + (2 * P)) / S)) <= (H + ((-1) * K) + (2 * P) + a)) /\ ((H + ((-1) * K) + (2 * P) + a) < ((S * ((H + ((-1) * K) + (2 * P)) / S)) + S))) -> (((H + ((-1) * K) + (2 * P) + a) / S) = ((H + ((-1) * K) + (2 * P)) / S)))).
  { pose proof (o_lemma_floor_is ((H + ((-1) * K) + (2 * P)) / S) S (H + ((-1) * K) + (2 * P) + a) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* pooling: o = floor((i - k)/s) + 1 *)
Theorem o_dumoulin_visin_7 : forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (P = 0) ->
  (K <= H) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K)) / S) + 1)).
Proof.
  intros.
  settle.
Qed.

(* s = 1, p = 0: k' = k, s' = 1, p' = k - 1, and o' = i' + (k - 1) *)
Theorem o_dumoulin_visin_8 : forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  (S = 1) ->
  (P = 0) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + ((H + ((-1) * K) + (2 * P)) / S))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* s = 1: k' = k, s' = 1, p' = k - p - 1, and o' = i' + (k - 1) - 2p *)
Theorem o_dumoulin_visin_9 : forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  (S = 1) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + ((-1) * 2 * P) + ((H + ((-1) * K) + (2 * P)) / S))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* k = 2n + 1, s = 1, p = floor(k/2) = n: k' = k, s' = 1, p' = p, and o' = i' *)
Theorem o_dumoulin_visin_10 : forall H K P S h i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (h >= 0) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  (S = 1) ->
  (K = ((2 * h) + 1)) ->
  (P = (K / 2)) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (((H + ((-1) * K) + (2 * P)) / S) + 1)) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (P = h)).
  { settle. }
  assert (C2 : ((((S * (H + (-1))) <= (H + ((-1) * K) + (2 * P))) /\ ((H + ((-1) * K) + (2 * P)) < ((S * (H + (-1))) + S))) -> (((H + ((-1) * K) + (2 * P)) / S) = (H + (-1))))).
  { pose proof (o_lemma_floor_is (H + (-1)) S (H + ((-1) * K) + (2 * P)) ltac:(side)) as L. align L. instance L. }
  assert (C3 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C4 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C5 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* s = 1, p = k - 1: k' = k, s' = 1, p' = 0, and o' = i' - (k - 1) *)
Theorem o_dumoulin_visin_11 : forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  (S = 1) ->
  (P = (K + (-1))) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (((-1) * K) + ((H + ((-1) * K) + (2 * P)) / S) + 2)) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* p = 0, s divides i - k: stretched by s - 1 zeros, k' = k, s' = 1, p' = k - 1, and o' = s(i' - 1) + k *)
Theorem o_dumoulin_visin_12 : forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  (P = 0) ->
  (((H + ((-1) * K) + (2 * P)) mod S) = 0) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + (S * ((H + ((-1) * K) + (2 * P)) / S)))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* s divides i + 2p - k: stretched by s - 1 zeros, k' = k, s' = 1, p' = k - p - 1, and o' = s(i' - 1) + k - 2p *)
Theorem o_dumoulin_visin_13 : forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  (((H + ((-1) * K) + (2 * P)) mod S) = 0) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* with a = (i + 2p - k) mod s more zeros at the end: k' = k, s' = 1, p' = k - p - 1, and o' = s(i' - 1) + a + k - 2p *)
Theorem o_dumoulin_visin_14 : forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : (((H + ((-1) * K) + (2 * P)) mod S) = (H + ((-1) * K) + (2 * P) + ((-1) * S * ((H + ((-1) * K) + (2 * P)) / S))))).
  { pose proof (o_lemma_euclid 1 S (H + ((-1) * K) + (2 * P)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + i + ((-1) * k)) mod S) = (P + ((-1) * S * ((P + i + ((-1) * k)) / S)) + i + ((-1) * k)))).
  { pose proof (o_lemma_euclid 1 S (P + i + ((-1) * k)) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((((S * o) <= (P + i + ((-1) * k))) /\ ((P + i + ((-1) * k)) < ((S * o) + S))) -> (((P + i + ((-1) * k)) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + i + ((-1) * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* dilation d: o = floor((i + 2p - k - (k - 1)(d - 1))/s) + 1 *)
Theorem o_dumoulin_visin_15 : forall H K P S d : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((K + ((K + (-1)) * (d + (-1)))) <= (H + (2 * P))) ->
  ((Z.max 0 (((H + ((-1) * K * d) + (2 * P) + d + (-1)) / S) + 1)) = (((H + ((-1) * K * d) + (2 * P) + d + (-1)) / S) + 1)).
Proof.
  intros.
  settle.
Qed.
