(* Obligations_sizes: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Obligations_sizes.

Definition pin_o_size :
  forall H K P Q S d o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  (((o >= 0) /\ (((S * o) + (d * (K + (-1))) + 1) <= (H + P + Q))) <-> ((0 <= o) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))))
  := @Convproof.Obligations_sizes.o_size.
Goal True. idtac "theorem" "o_size". Abort.
Definition pin_o_size_10_7 :
  forall H K P S j : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (((j >= 1) /\ (j <= (((H + ((-1) * K) + (2 * P)) / S) + 1))) <-> ((j >= 1) /\ ((K + (S * (j + (-1)))) <= (H + (2 * P)))))
  := @Convproof.Obligations_sizes.o_size_10_7.
Goal True. idtac "theorem" "o_size_10_7". Abort.
Definition pin_o_access_10_8 :
  forall H K P S j k : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  ((j >= 1) /\ (j <= (Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)))) ->
  ((k >= 1) /\ (k <= K)) ->
  ((1 <= ((S * (j + (-1))) + k)) /\ (((S * (j + (-1))) + k) < (H + (2 * P) + 1)))
  := @Convproof.Obligations_sizes.o_access_10_8.
Goal True. idtac "theorem" "o_access_10_8". Abort.
Definition pin_o_size_10_7_domain :
  forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K) + (2 * P)) / S) + 1)) <-> (K <= (H + (2 * P) + S)))
  := @Convproof.Obligations_sizes.o_size_10_7_domain.
Goal True. idtac "theorem" "o_size_10_7_domain". Abort.
Definition pin_o_size_ceil :
  forall H K P Q S d o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((H + P + Q + ((-1) * d * (K + (-1))) + (-1)) >= 0) ->
  (Q < ((d * (K + (-1))) + 1)) ->
  (((0 <= o) /\ (o < (((-1) * (if ((H + P) <=? (S * (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S)))) then 1 else 0)) + (- ((((-1) * H) + (K * d) + ((-1) * P) + ((-1) * Q) + ((-1) * d) + 1) / S)) + 1))) <-> (((o >= 0) /\ (((S * o) + (d * (K + (-1))) + 1) <= (H + P + Q))) \/ ((o >= 1) /\ (((S * o) + (d * (K + (-1))) + 1) > (H + P + Q)) /\ ((S * o) < (H + P)) /\ (((S * (o + (-1))) + (d * (K + (-1))) + 1) < (H + P + Q)))))
  := @Convproof.Obligations_sizes.o_size_ceil.
Goal True. idtac "theorem" "o_size_ceil". Abort.
Definition pin_o_size_same :
  forall H K S d : Z,
  (H >= 1) ->
  (K >= 1) ->
  (S >= 1) ->
  (d >= 1) ->
  ((((H + ((-1) * K * d) + d + (Z.max 0 (((-1) * H) + (K * d) + (S * (- (((-1) * H) / S))) + ((-1) * S) + ((-1) * d) + 1)) + (-1)) / S) + 1) = (- (((-1) * H) / S)))
  := @Convproof.Obligations_sizes.o_size_same.
Goal True. idtac "theorem" "o_size_same". Abort.
Definition pin_o_size_full :
  forall H K S d : Z,
  (H >= 1) ->
  (K >= 1) ->
  (S >= 1) ->
  (d >= 1) ->
  ((S = 1) -> ((((H + (K * d) + ((-1) * d) + (-1)) / S) + 1) = (H + (d * (K + (-1))))))
  := @Convproof.Obligations_sizes.o_size_full.
Goal True. idtac "theorem" "o_size_full". Abort.
Definition theorems :=
 (pin_o_size,
  pin_o_size_10_7,
  pin_o_access_10_8,
  pin_o_size_10_7_domain,
  pin_o_size_ceil,
  pin_o_size_same,
  pin_o_size_full).
Print Assumptions theorems.
