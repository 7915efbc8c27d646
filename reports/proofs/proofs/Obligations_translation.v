(* Generated from the obligations stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle Lemmas.
Open Scope Z_scope.

(* shifted by a*S pixels, output o is the old output o - a, tap by tap, wherever the window of o stays off the padding on the side the image moves to *)
Theorem o_translation_region : forall H K P Q S a d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((0 <= (((-1) * a) + o)) /\ ((((-1) * a) + o) < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((k >= 0) /\ (k < K)) ->
  (((a >= 0) /\ ((((-1) * P) + (S * o) + (d * (K + (-1))) + 1) <= H)) \/ (((((-1) * P) + (S * o)) >= 0) /\ (a <= 0))) ->
  (((0 <= (((-1) * P) + (S * (((-1) * a) + o)) + (d * k))) /\ ((((-1) * P) + (S * (((-1) * a) + o)) + (d * k)) < H)) -> ((0 <= (((-1) * P) + (S * o) + (d * k))) /\ ((((-1) * P) + (S * o) + (d * k)) < H))).
Proof.
  intros.
  assert (C1 : ((k <= (K + (-1))) -> ((d * k) <= (d * (K + (-1)))))).
  { pose proof (o_lemma_scale d k (K + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((0 <= a) -> (0 <= (S * a)))).
  { pose proof (o_lemma_scale S 0 a ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((a <= 0) -> ((S * a) <= 0))).
  { pose proof (o_lemma_scale S a 0 ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* for 1 <= a, a*S <= H, Q < K and no dilation, every output whose window does reach past the end has a tap that loses its pixel: the region is exact *)
Theorem o_translation_nowhere_else : forall H K P Q S a d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((0 <= (((-1) * a) + o)) /\ ((((-1) * a) + o) < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (a >= 1) ->
  ((S * a) <= H) ->
  (Q < K) ->
  (d = 1) ->
  ((K + ((-1) * P) + (S * o)) > H) ->
  (k = (Z.max 0 (H + P + ((-1) * S * o)))) ->
  ((k >= 0) /\ (~ (((0 <= (((-1) * P) + (S * (((-1) * a) + o)) + (d * k))) /\ ((((-1) * P) + (S * (((-1) * a) + o)) + (d * k)) < H)) -> ((0 <= (((-1) * P) + (S * o) + (d * k))) /\ ((((-1) * P) + (S * o) + (d * k)) < H)))) /\ (k < K)).
Proof.
  intros.
  settle.
Qed.

(* with circular padding and H = S*N, output o of the image shifted by a*S reads the pixels of the old output (o - a) mod N: equivariant everywhere *)
Theorem o_translation_circular : forall K N P S a d k o : Z,
  (K >= 1) ->
  (N >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  (((((-1) * P) + (S * ((((-1) * a) + o) mod N)) + (d * k)) mod (N * S)) = ((((-1) * P) + ((-1) * S * a) + (S * o) + (d * k)) mod (N * S))).
Proof.
  intros.
  assert (C1 : ((S * ((((-1) * a) + o) mod N)) = (((-1) * N * S * ((((-1) * a) + o) / N)) + (S * (((-1) * a) + o))))).
  { pose proof (o_lemma_euclid S N (((-1) * a) + o) ltac:(side) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((((S * a) + ((-1) * S * o) + (S * ((((-1) * a) + o) mod N))) = ((-1) * N * S * ((((-1) * a) + o) / N))) -> (((((-1) * P) + (S * ((((-1) * a) + o) mod N)) + (d * k)) mod (N * S)) = ((((-1) * P) + ((-1) * S * a) + (S * o) + (d * k)) mod (N * S))))).
  { pose proof (o_lemma_same_rest ((-1) * ((((-1) * a) + o) / N)) (N * S) (((-1) * P) + (S * ((((-1) * a) + o) mod N)) + (d * k)) (((-1) * P) + ((-1) * S * a) + (S * o) + (d * k)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* output o reads pixel i only if S*o - P <= i < S*o - P + d(K-1) + 1 *)
Theorem o_locality : forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (k >= 0) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (((((-1) * P) + (S * o)) <= i) /\ (i < (((-1) * P) + (S * o) + (d * (K + (-1))) + 1))).
Proof.
  intros.
  assert (C1 : ((k <= (K + (-1))) -> ((d * k) <= (d * (K + (-1)))))).
  { pose proof (o_lemma_scale d k (K + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((0 <= k) -> (0 <= (d * k)))).
  { pose proof (o_lemma_scale d 0 k ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* with window = stride = S, a shift by t keeps pixel i in its window iff 0 <= (i mod S) + t < S *)
Theorem o_same_window : forall S i t : Z,
  (S >= 1) ->
  (((0 <= (t + (i mod S))) /\ ((t + (i mod S)) < S)) <-> (((i + t) / S) = (i / S))).
Proof.
  intros.
  settle.
Qed.
