(* Obligations_translation: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Obligations_translation.

Definition pin_o_translation_region :
  forall H K P Q S a d k o : Z,
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
  (((0 <= (((-1) * P) + (S * (((-1) * a) + o)) + (d * k))) /\ ((((-1) * P) + (S * (((-1) * a) + o)) + (d * k)) < H)) -> ((0 <= (((-1) * P) + (S * o) + (d * k))) /\ ((((-1) * P) + (S * o) + (d * k)) < H)))
  := @Convproof.Obligations_translation.o_translation_region.
Goal True. idtac "theorem" "o_translation_region". Abort.
Definition pin_o_translation_nowhere_else :
  forall H K P Q S a d k o : Z,
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
  ((k >= 0) /\ (~ (((0 <= (((-1) * P) + (S * (((-1) * a) + o)) + (d * k))) /\ ((((-1) * P) + (S * (((-1) * a) + o)) + (d * k)) < H)) -> ((0 <= (((-1) * P) + (S * o) + (d * k))) /\ ((((-1) * P) + (S * o) + (d * k)) < H)))) /\ (k < K))
  := @Convproof.Obligations_translation.o_translation_nowhere_else.
Goal True. idtac "theorem" "o_translation_nowhere_else". Abort.
Definition pin_o_translation_circular :
  forall K N P S a d k o : Z,
  (K >= 1) ->
  (N >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  (((((-1) * P) + (S * ((((-1) * a) + o) mod N)) + (d * k)) mod (N * S)) = ((((-1) * P) + ((-1) * S * a) + (S * o) + (d * k)) mod (N * S)))
  := @Convproof.Obligations_translation.o_translation_circular.
Goal True. idtac "theorem" "o_translation_circular". Abort.
Definition pin_o_locality :
  forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (k >= 0) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  (((((-1) * P) + (S * o)) <= i) /\ (i < (((-1) * P) + (S * o) + (d * (K + (-1))) + 1)))
  := @Convproof.Obligations_translation.o_locality.
Goal True. idtac "theorem" "o_locality". Abort.
Definition pin_o_same_window :
  forall S i t : Z,
  (S >= 1) ->
  (((0 <= (t + (i mod S))) /\ ((t + (i mod S)) < S)) <-> (((i + t) / S) = (i / S)))
  := @Convproof.Obligations_translation.o_same_window.
Goal True. idtac "theorem" "o_same_window". Abort.
Definition theorems :=
 (pin_o_translation_region,
  pin_o_translation_nowhere_else,
  pin_o_translation_circular,
  pin_o_locality,
  pin_o_same_window).
Print Assumptions theorems.
