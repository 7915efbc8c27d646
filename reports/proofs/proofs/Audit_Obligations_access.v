(* Obligations_access: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Obligations_access.

Definition pin_o_access_padded :
  forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((k >= 0) /\ (k < K)) ->
  ((((-1) * P) <= (((-1) * P) + (S * o) + (d * k))) /\ ((((-1) * P) + (S * o) + (d * k)) < (H + Q)))
  := @Convproof.Obligations_access.o_access_padded.
Goal True. idtac "theorem" "o_access_padded". Abort.
Definition pin_o_slice_outputs :
  forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  ((((Z.max 0 (- ((((-1) * P) + (d * k)) / S))) <= o) /\ (o < (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))))) <-> ((0 <= o) /\ (0 <= (((-1) * P) + (S * o) + (d * k))) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) /\ ((((-1) * P) + (S * o) + (d * k)) < H)))
  := @Convproof.Obligations_access.o_slice_outputs.
Goal True. idtac "theorem" "o_slice_outputs". Abort.
Definition pin_o_taps_in_reach :
  forall H K P Q S d k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  ((0 <= o) /\ (0 <= (((-1) * P) + (S * o) + (d * k))) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) /\ ((((-1) * P) + (S * o) + (d * k)) < H)) ->
  (((Z.max 0 (- ((((-1) * P) + (S * (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + ((-1) * S)) / d))) <= k) /\ (k < (Z.min K (((H + P + (-1)) / d) + 1))))
  := @Convproof.Obligations_access.o_taps_in_reach.
Goal True. idtac "theorem" "o_taps_in_reach". Abort.
Definition pin_o_slice_inputs :
  forall H K P Q S d k : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((k >= 0) /\ (k < K)) ->
  ((Z.max 0 (((-1) * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))))) > 0) ->
  (((((((-1) * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1)) / 1) + 1) = (Z.max 0 (((-1) * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))))) /\ ((((-1) * P) + (S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (d * k)) >= 0) /\ ((((-1) * P) + (S * ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1))) + (d * k) + 1) <= H) /\ ((((-1) * P) + (S * (Z.max 0 (- ((((-1) * P) + (d * k)) / S)))) + (d * k)) < (((-1) * P) + (S * ((Z.min (((H + P + ((-1) * d * k) + (-1)) / S) + 1) (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) + (-1))) + (d * k) + 1)))
  := @Convproof.Obligations_access.o_slice_inputs.
Goal True. idtac "theorem" "o_slice_inputs". Abort.
Definition pin_o_gather_is_scatter :
  forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  ((k >= 0) /\ (k < K)) ->
  ((((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) <-> ((o = ((P + ((-1) * d * k) + i) / S)) /\ (((P + ((-1) * d * k) + i) mod S) = 0) /\ (0 <= ((P + ((-1) * d * k) + i) / S)) /\ (((P + ((-1) * d * k) + i) / S) < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))))
  := @Convproof.Obligations_access.o_gather_is_scatter.
Goal True. idtac "theorem" "o_gather_is_scatter". Abort.
Definition pin_o_gather_bounds :
  forall H K P Q S d i o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (d = 1) ->
  (((o >= (Z.max 0 (- ((K + ((-1) * P) + ((-1) * i) + (-1)) / S)))) /\ (o <= (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) ((P + i) / S)))) <-> ((0 <= o) /\ (0 <= (P + ((-1) * S * o) + i)) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1))) /\ ((P + ((-1) * S * o) + i) < K)))
  := @Convproof.Obligations_access.o_gather_bounds.
Goal True. idtac "theorem" "o_gather_bounds". Abort.
Definition theorems :=
 (pin_o_access_padded,
  pin_o_slice_outputs,
  pin_o_taps_in_reach,
  pin_o_slice_inputs,
  pin_o_gather_is_scatter,
  pin_o_gather_bounds).
Print Assumptions theorems.
