(* Generated from the obligations stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle Lemmas.
Open Scope Z_scope.

(* two edges between the same pixel and the same output carry the same tap: an edge is its (output, tap) pair *)
Theorem o_edge_has_one_tap : forall H K P Q S d i k k2 o o2 : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= k) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (((((-1) * P) + (S * o2) + (d * k2)) = i) /\ (0 <= k2) /\ (0 <= o2) /\ (k2 < K) /\ (o2 < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (o = o2) ->
  (k = k2).
Proof.
  intros.
  assert (C1 : (((((-1) * d) < (d * (k + ((-1) * k2)))) /\ ((d * (k + ((-1) * k2))) < d)) -> ((k + ((-1) * k2)) = 0))).
  { pose proof (o_lemma_small_multiple (k + ((-1) * k2)) d ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* a tap meets each pixel for at most one output: the copies of a weight are its outputs *)
Theorem o_copies_are_outputs : forall H K P Q S d i k k2 o o2 : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= k) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (((((-1) * P) + (S * o2) + (d * k2)) = i) /\ (0 <= k2) /\ (0 <= o2) /\ (k2 < K) /\ (o2 < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (k = k2) ->
  (o = o2).
Proof.
  intros.
  assert (C1 : (((((-1) * S) < (S * (o + ((-1) * o2)))) /\ ((S * (o + ((-1) * o2))) < S)) -> ((o + ((-1) * o2)) = 0))).
  { pose proof (o_lemma_small_multiple (o + ((-1) * o2)) S ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* flat weight numbers r*W + c are equal only for the same index: the tie classes are disjoint, one for each entry of the kernel, on any number of axes by iteration *)
Theorem o_tie_classes_partition : forall W c c2 r r2 : Z,
  (W >= 1) ->
  ((0 <= c) /\ (c < W)) ->
  ((0 <= c2) /\ (c2 < W)) ->
  (((W * r) + c) = ((W * r2) + c2)) ->
  ((c = c2) /\ (r = r2)).
Proof.
  intros.
  assert (C1 : (((((-1) * W) < (W * (r + ((-1) * r2)))) /\ ((W * (r + ((-1) * r2))) < W)) -> ((r + ((-1) * r2)) = 0))).
  { pose proof (o_lemma_small_multiple (r + ((-1) * r2)) W ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* output channel m lies in the block of group floor(m/Mg), one of the G, and the input channels g*Cg + c of that group are inside 0..G*Cg *)
Theorem o_groups : forall Cg G Mg c m : Z,
  (Cg >= 1) ->
  (G >= 1) ->
  (Mg >= 1) ->
  ((0 <= m) /\ (m < (G * Mg))) ->
  ((0 <= c) /\ (c < Cg)) ->
  ((0 <= ((Cg * (m / Mg)) + c)) /\ (0 <= (m / Mg)) /\ ((Mg * (m / Mg)) <= m) /\ (m < ((Mg * (m / Mg)) + Mg)) /\ (((Cg * (m / Mg)) + c) < (Cg * G)) /\ ((m / Mg) < G)).
Proof.
  intros.
  assert (C1 : ((G <= (m / Mg)) -> ((G * Mg) <= (Mg * (m / Mg))))).
  { pose proof (o_lemma_scale Mg G (m / Mg) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((0 <= (m / Mg)) /\ ((m / Mg) < G))).
  { settle. }
  assert (C3 : ((((m / Mg) + 1) <= G) -> ((Cg * ((m / Mg) + 1)) <= (Cg * G)))).
  { pose proof (o_lemma_scale Cg ((m / Mg) + 1) G ltac:(side)) as L. align L. instance L. }
  assert (C4 : ((0 <= (m / Mg)) -> (0 <= (Cg * (m / Mg))))).
  { pose proof (o_lemma_scale Cg 0 (m / Mg) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* windows whose stride is at least their extent share no pixel *)
Theorem o_windows_disjoint : forall H K P Q S d i k k2 o o2 : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= k) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (((((-1) * P) + (S * o2) + (d * k2)) = i) /\ (0 <= k2) /\ (0 <= o2) /\ (k2 < K) /\ (o2 < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (S >= ((d * (K + (-1))) + 1)) ->
  (o = o2).
Proof.
  intros.
  assert (C1 : ((k <= (K + (-1))) -> ((d * k) <= (d * (K + (-1)))))).
  { pose proof (o_lemma_scale d k (K + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((k2 <= (K + (-1))) -> ((d * k2) <= (d * (K + (-1)))))).
  { pose proof (o_lemma_scale d k2 (K + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C3 : (((((-1) * S) < (S * (o + ((-1) * o2)))) /\ ((S * (o + ((-1) * o2))) < S)) -> ((o + ((-1) * o2)) = 0))).
  { pose proof (o_lemma_small_multiple (o + ((-1) * o2)) S ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* two neighbouring windows without dilation and padding share a pixel iff S < K *)
Theorem o_windows_overlap : forall H K P Q S d o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((o + 1) < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) ->
  (d = 1) ->
  (P = 0) ->
  (Q = 0) ->
  (((0 <= (((-1) * S * o) + (S * (o + 1)))) /\ ((((-1) * S * o) + (S * (o + 1))) < K)) <-> (S < K)).
Proof.
  intros.
  settle.
Qed.

(* without dilation and padding, and with S <= K, pixel i lies in window min(n - 1, floor(i/S)) iff i < S(n - 1) + K: nothing is left out but the tail *)
Theorem o_windows_cover : forall H K P Q S d i : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (K <= H) ->
  (S <= K) ->
  (d = 1) ->
  (P = 0) ->
  (Q = 0) ->
  (((0 <= (((-1) * S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) + i)) /\ ((((-1) * S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) + i) < K)) <-> (i < (K + (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)))))).
Proof.
  intros.
  assert (C1 : (((Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)) <= ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) -> ((S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) <= (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)))))).
  { pose proof (o_lemma_scale S (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)) ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) <= (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) -> ((S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) <= (S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)))))).
  { pose proof (o_lemma_scale S ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)) ltac:(side)) as L. align L. instance L. }
  assert (C3 : (((Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)) <= (i / S)) -> ((S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) <= (S * (i / S))))).
  { pose proof (o_lemma_scale S (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)) (i / S) ltac:(side)) as L. align L. instance L. }
  assert (C4 : (((i / S) <= (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) -> ((S * (i / S)) <= (S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)))))).
  { pose proof (o_lemma_scale S (i / S) (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* without dilation and padding, and with S > K, no window holds a pixel with i mod S >= K *)
Theorem o_windows_gap : forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= k) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (S > K) ->
  (d = 1) ->
  (P = 0) ->
  (Q = 0) ->
  ((i mod S) < K).
Proof.
  intros.
  assert (C1 : ((((S * o) <= i) /\ (i < ((S * o) + S))) -> ((i / S) = o))).
  { pose proof (o_lemma_floor_is o S i ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((i mod S) = (((-1) * S * (i / S)) + i))).
  { pose proof (o_lemma_euclid 1 S i ltac:(side) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* pixels from S(n - 1) + d(K - 1) + 1 - P on, fewer than S with their padding, are read by no output, so their gradient is zero *)
Theorem o_leftover : forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= k) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((i < (((-1) * P) + (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) + (d * (K + (-1))) + 1)) /\ ((H + P + Q + ((-1) * S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) + ((-1) * d * (K + (-1))) + (-1)) < S)).
Proof.
  intros.
  assert (C1 : ((o <= ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) -> ((S * o) <= (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)))))).
  { pose proof (o_lemma_scale S o ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((k <= (K + (-1))) -> ((d * k) <= (d * (K + (-1)))))).
  { pose proof (o_lemma_scale d k (K + (-1)) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* a window that starts inside the padded image counts min(K, H + P + Q - S*o) positions: tap k is counted iff it is one of the first so many *)
Theorem o_average_divisor : forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  (d = 1) ->
  (o >= 0) ->
  ((S * o) < (H + P + Q)) ->
  ((k >= 0) /\ (k < K)) ->
  ((k < (Z.min K (H + P + Q + ((-1) * S * o)))) <-> ((((-1) * P) + (S * o) + (d * k)) < (H + Q))).
Proof.
  intros.
  settle.
Qed.
