(* Generated from the obligations stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle Lemmas.
Open Scope Z_scope.

(* every output position reads the padded input inside its bounds -P <= i < H + Q *)
Theorem o_access_padded : forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((k >= 0) /\ (k < K)) ->
  ((((-1) * P) <= (((-1) * P) + (S * o) + (d * k))) /\ ((((-1) * P) + (S * o) + (d * k)) < (H + Q))).
Proof.
  intros.
  settle.
Qed.

(* tap k reads a pixel for exactly the outputs max(0, ceil((P - dk)/S)) <= o < min(n, floor((H - 1 + P - dk)/S) + 1) *)
Theorem o_slice_outputs : forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  ((((Z.max 0 (- ((((-1) * P) + (d * k)) / S))) <= o) /\ (o < (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))))) <-> ((0 <= o) /\ (0 <= (((-1) * P) + (S * o) + (d * k))) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) /\ ((((-1) * P) + (S * o) + (d * k)) < H))).
Proof.
  intros.
  assert (C1 : ((o >= (- ((((-1) * P) + (d * k)) / S))) <-> ((S * o) >= (P + ((-1) * d * k))))).
  { pose proof (o_lemma_at_least o S (P + ((-1) * d * k)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((o <= ((H + P + ((-1) * d * k) + (-1)) / S)) <-> ((S * o) <= (H + P + ((-1) * d * k) + (-1))))).
  { pose proof (o_lemma_at_most o S (H + P + ((-1) * d * k) + (-1)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* a tap that reads a pixel for some output is one of those that are looked at, from max(0, ceil((P - S(n - 1))/d)) to before min(K, floor((H - 1 + P)/d) + 1) *)
Theorem o_taps_in_reach : forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  ((0 <= o) /\ (0 <= (((-1) * P) + (S * o) + (d * k))) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) /\ ((((-1) * P) + (S * o) + (d * k)) < H)) ->
  (((Z.max 0 (- ((((-1) * P) + (S * (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + ((-1) * S)) / d))) <= k) /\ (k < (Z.min K (((H + P + (-1)) / d) + 1)))).
Proof.
  intros.
  assert (C1 : ((o <= ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) -> ((S * o) <= (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)))))).
  { pose proof (o_lemma_scale S o ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((0 <= o) -> (0 <= (S * o)))).
  { pose proof (o_lemma_scale S 0 o ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((k >= (- ((((-1) * P) + (S * (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + ((-1) * S)) / d))) <-> ((d * k) >= (P + ((-1) * S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))))))).
  { pose proof (o_lemma_at_least k d (P + ((-1) * S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)))) ltac:(side)) as L. align L. instance L. }
  assert (C4 : ((k <= ((H + P + (-1)) / d)) <-> ((d * k) <= (H + P + (-1))))).
  { pose proof (o_lemma_at_most k d (H + P + (-1)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* where tap k reads anything, the input slice start:stop:S stays in 0..H and is as long as the output slice *)
Theorem o_slice_inputs : forall H K P Q S d k : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  ((Z.max 0 (((-1) * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))))) > 0) ->
  (((((((-1) * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)) / 1) + 1) = (Z.max 0 (((-1) * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))))) /\ ((((-1) * P) + (S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (d * k)) >= 0) /\ ((((-1) * P) + (S * ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1))) + (d * k) + 1) <= H) /\ ((((-1) * P) + (S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (d * k)) < (((-1) * P) + (S * ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1))) + (d * k) + 1))).
Proof.
  intros.
  assert (C1 : (((S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) >= (P + ((-1) * d * k))) <-> ((Z.max 0 (- ((((-1) * P) + (d * k)) / S))) >= (- ((((-1) * P) + (d * k)) / S))))).
  { pose proof (o_lemma_at_least (Z.max 0 (- ((((-1) * P) + (d * k)) / S))) S (P + ((-1) * d * k)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((S * ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1))) <= (H + P + ((-1) * d * k) + (-1))) <-> (((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)) <= ((H + P + ((-1) * d * k) + (-1)) / S)))).
  { pose proof (o_lemma_at_most ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)) S (H + P + ((-1) * d * k) + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C3 : ((P + ((-1) * S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + ((-1) * d * k)) <= 0)).
  { settle. }
  assert (C4 : ((H + P + ((-1) * S * (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) + S + ((-1) * d * k) + (-1)) >= 0)).
  { settle. }
  assert (C5 : ((Z.max 0 (- ((((-1) * P) + (d * k)) / S))) <= ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)))).
  { settle. }
  assert (C6 : (((Z.max 0 (- ((((-1) * P) + (d * k)) / S))) <= ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1))) -> ((S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) <= (S * ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)))))).
  { pose proof (o_lemma_scale S (Z.max 0 (- ((((-1) * P) + (d * k)) / S))) ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* output o reaches pixel i through tap k (scatter form) iff S divides i + P - dk and o is the quotient, in range (gather form) *)
Theorem o_gather_is_scatter : forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  ((k >= 0) /\ (k < K)) ->
  ((((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) <-> ((o = ((P + ((-1) * d * k) + i) / S)) /\ (((P + ((-1) * d * k) + i) mod S) = 0) /\ (0 <= ((P + ((-1) * d * k) + i) / S)) /\ (((P + ((-1) * d * k) + i) / S) < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))))).
Proof.
  intros.
  assert (C1 : ((((S * o) <= (P + ((-1) * d * k) + i)) /\ ((P + ((-1) * d * k) + i) < ((S * o) + S))) -> (((P + ((-1) * d * k) + i) / S) = o))).
  { pose proof (o_lemma_floor_is o S (P + ((-1) * d * k) + i) ltac:(side)) as L. align L. instance L. }
  assert (C2 : (((P + ((-1) * d * k) + i) mod S) = (P + ((-1) * S * ((P + ((-1) * d * k) + i) / S)) + ((-1) * d * k) + i))).
  { pose proof (o_lemma_euclid 1 S (P + ((-1) * d * k) + i) ltac:(side) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* without dilation, pixel i lies in the windows max(0, ceil((i + P - K + 1)/S)) <= o <= min(n - 1, floor((i + P)/S)) and in no other *)
Theorem o_gather_bounds : forall H K P Q S d i o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (d = 1) ->
  (((o >= (Z.max 0 (- ((K + ((-1) * P) + ((-1) * i) + (-1)) / S)))) /\ (o <= (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) ((P + i) / S)))) <-> ((0 <= o) /\ (0 <= (P + ((-1) * S * o) + i)) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) /\ ((P + ((-1) * S * o) + i) < K))).
Proof.
  intros.
  assert (C1 : ((o >= (- ((K + ((-1) * P) + ((-1) * i) + (-1)) / S))) <-> ((S * o) >= (((-1) * K) + P + i + 1)))).
  { pose proof (o_lemma_at_least o S (((-1) * K) + P + i + 1) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((o <= ((P + i) / S)) <-> ((S * o) <= (P + i)))).
  { pose proof (o_lemma_at_most o S (P + i) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.
