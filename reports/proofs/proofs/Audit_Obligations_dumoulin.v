(* Obligations_dumoulin: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Obligations_dumoulin.

Definition pin_o_dumoulin_visin_1 :
  forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (S = 1) ->
  (P = 0) ->
  (K <= H) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (H + ((-1) * K) + 1))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_1.
Goal True. idtac "theorem" "o_dumoulin_visin_1". Abort.
Definition pin_o_dumoulin_visin_2 :
  forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (S = 1) ->
  (K <= (H + (2 * P))) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (H + ((-1) * K) + (2 * P) + 1))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_2.
Goal True. idtac "theorem" "o_dumoulin_visin_2". Abort.
Definition pin_o_dumoulin_visin_3 :
  forall H K P S h : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (h >= 0) ->
  (S = 1) ->
  (K = ((2 * h) + 1)) ->
  (P = (K / 2)) ->
  ((P = h) /\ ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = H))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_3.
Goal True. idtac "theorem" "o_dumoulin_visin_3". Abort.
Definition pin_o_dumoulin_visin_4 :
  forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (S = 1) ->
  (P = (K + (-1))) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (H + K + (-1)))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_4.
Goal True. idtac "theorem" "o_dumoulin_visin_4". Abort.
Definition pin_o_dumoulin_visin_5 :
  forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (P = 0) ->
  (K <= H) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K)) / S) + 1))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_5.
Goal True. idtac "theorem" "o_dumoulin_visin_5". Abort.
Definition pin_o_dumoulin_visin_6 :
  forall H K P S a : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K) + (2 * P)) / S) + 1)) /\ (((((H + ((-1) * K) + (2 * P)) mod S) = 0) /\ (a >= 0) /\ (a < S)) -> ((Z.max 0 (((H + ((-1) * K) + (2 * P) + a) / S) + 1)) = (Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_6.
Goal True. idtac "theorem" "o_dumoulin_visin_6". Abort.
Definition pin_o_dumoulin_visin_7 :
  forall H K P S : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (P = 0) ->
  (K <= H) ->
  ((Z.max 0 (((H + ((-1) * K) + (2 * P)) / S) + 1)) = (((H + ((-1) * K)) / S) + 1))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_7.
Goal True. idtac "theorem" "o_dumoulin_visin_7". Abort.
Definition pin_o_dumoulin_visin_8 :
  forall H K P S i k o : Z,
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
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + ((H + ((-1) * K) + (2 * P)) / S))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_8.
Goal True. idtac "theorem" "o_dumoulin_visin_8". Abort.
Definition pin_o_dumoulin_visin_9 :
  forall H K P S i k o : Z,
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
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + ((-1) * 2 * P) + ((H + ((-1) * K) + (2 * P)) / S))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_9.
Goal True. idtac "theorem" "o_dumoulin_visin_9". Abort.
Definition pin_o_dumoulin_visin_10 :
  forall H K P S h i k o : Z,
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
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (((H + ((-1) * K) + (2 * P)) / S) + 1)) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_10.
Goal True. idtac "theorem" "o_dumoulin_visin_10". Abort.
Definition pin_o_dumoulin_visin_11 :
  forall H K P S i k o : Z,
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
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (((-1) * K) + ((H + ((-1) * K) + (2 * P)) / S) + 2)) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_11.
Goal True. idtac "theorem" "o_dumoulin_visin_11". Abort.
Definition pin_o_dumoulin_visin_12 :
  forall H K P S i k o : Z,
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
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + (S * ((H + ((-1) * K) + (2 * P)) / S)))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_12.
Goal True. idtac "theorem" "o_dumoulin_visin_12". Abort.
Definition pin_o_dumoulin_visin_13 :
  forall H K P S i k o : Z,
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
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ ((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = (K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)))) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_13.
Goal True. idtac "theorem" "o_dumoulin_visin_13". Abort.
Definition pin_o_dumoulin_visin_14 :
  forall H K P S i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (K <= (H + (2 * P))) ->
  (P <= (K + (-1))) ->
  ((0 <= i) /\ (i < H)) ->
  ((0 <= k) /\ (k < K)) ->
  ((0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1))) ->
  (((K + ((-1) * 2 * P) + (S * ((H + ((-1) * K) + (2 * P)) / S)) + ((H + ((-1) * K) + (2 * P)) mod S)) = H) /\ (((o = ((P + i + ((-1) * k)) / S)) /\ (((P + i + ((-1) * k)) mod S) = 0)) <-> ((i = (((-1) * P) + (S * o) + k)) /\ (0 <= o) /\ (o < (((H + ((-1) * K) + (2 * P)) / S) + 1)))))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_14.
Goal True. idtac "theorem" "o_dumoulin_visin_14". Abort.
Definition pin_o_dumoulin_visin_15 :
  forall H K P S d : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((K + ((K + (-1)) * (d + (-1)))) <= (H + (2 * P))) ->
  ((Z.max 0 (((H + ((-1) * K * d) + (2 * P) + d + (-1)) / S) + 1)) = (((H + ((-1) * K * d) + (2 * P) + d + (-1)) / S) + 1))
  := @Convproof.Obligations_dumoulin.o_dumoulin_visin_15.
Goal True. idtac "theorem" "o_dumoulin_visin_15". Abort.
Definition theorems :=
 (pin_o_dumoulin_visin_1,
  pin_o_dumoulin_visin_2,
  pin_o_dumoulin_visin_3,
  pin_o_dumoulin_visin_4,
  pin_o_dumoulin_visin_5,
  pin_o_dumoulin_visin_6,
  pin_o_dumoulin_visin_7,
  pin_o_dumoulin_visin_8,
  pin_o_dumoulin_visin_9,
  pin_o_dumoulin_visin_10,
  pin_o_dumoulin_visin_11,
  pin_o_dumoulin_visin_12,
  pin_o_dumoulin_visin_13,
  pin_o_dumoulin_visin_14,
  pin_o_dumoulin_visin_15).
Print Assumptions theorems.
