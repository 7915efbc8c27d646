(* Obligations_edges: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Obligations_edges.

Definition pin_o_edge_has_one_tap :
  forall H K P Q S d i k k2 o o2 : Z,
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
  (k = k2)
  := @Convproof.Obligations_edges.o_edge_has_one_tap.
Goal True. idtac "theorem" "o_edge_has_one_tap". Abort.
Definition pin_o_copies_are_outputs :
  forall H K P Q S d i k k2 o o2 : Z,
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
  (o = o2)
  := @Convproof.Obligations_edges.o_copies_are_outputs.
Goal True. idtac "theorem" "o_copies_are_outputs". Abort.
Definition pin_o_tie_classes_partition :
  forall W c c2 r r2 : Z,
  (W >= 1) ->
  ((0 <= c) /\ (c < W)) ->
  ((0 <= c2) /\ (c2 < W)) ->
  (((W * r) + c) = ((W * r2) + c2)) ->
  ((c = c2) /\ (r = r2))
  := @Convproof.Obligations_edges.o_tie_classes_partition.
Goal True. idtac "theorem" "o_tie_classes_partition". Abort.
Definition pin_o_groups :
  forall Cg G Mg c m : Z,
  (Cg >= 1) ->
  (G >= 1) ->
  (Mg >= 1) ->
  ((0 <= m) /\ (m < (G * Mg))) ->
  ((0 <= c) /\ (c < Cg)) ->
  ((0 <= ((Cg * (m / Mg)) + c)) /\ (0 <= (m / Mg)) /\ ((Mg * (m / Mg)) <= m) /\ (m < ((Mg * (m / Mg)) + Mg)) /\ (((Cg * (m / Mg)) + c) < (Cg * G)) /\ ((m / Mg) < G))
  := @Convproof.Obligations_edges.o_groups.
Goal True. idtac "theorem" "o_groups". Abort.
Definition pin_o_windows_disjoint :
  forall H K P Q S d i k k2 o o2 : Z,
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
  (o = o2)
  := @Convproof.Obligations_edges.o_windows_disjoint.
Goal True. idtac "theorem" "o_windows_disjoint". Abort.
Definition pin_o_windows_overlap :
  forall H K P Q S d o : Z,
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
  (((0 <= (((-1) * S * o) + (S * (o + 1)))) /\ ((((-1) * S * o) + (S * (o + 1))) < K)) <-> (S < K))
  := @Convproof.Obligations_edges.o_windows_overlap.
Goal True. idtac "theorem" "o_windows_overlap". Abort.
Definition pin_o_windows_cover :
  forall H K P Q S d i : Z,
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
  (((0 <= (((-1) * S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) + i)) /\ ((((-1) * S * (Z.min ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1)) (i / S))) + i) < K)) <-> (i < (K + (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))))))
  := @Convproof.Obligations_edges.o_windows_cover.
Goal True. idtac "theorem" "o_windows_cover". Abort.
Definition pin_o_windows_gap :
  forall H K P Q S d i k o : Z,
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
  ((i mod S) < K)
  := @Convproof.Obligations_edges.o_windows_gap.
Goal True. idtac "theorem" "o_windows_gap". Abort.
Definition pin_o_leftover :
  forall H K P Q S d i k o : Z,
  (H >= 1) ->
  (K >= 1) ->
  (P >= 0) ->
  (Q >= 0) ->
  (S >= 1) ->
  (d >= 1) ->
  ((i >= 0) /\ (i < H)) ->
  (((((-1) * P) + (S * o) + (d * k)) = i) /\ (0 <= k) /\ (0 <= o) /\ (k < K) /\ (o < (Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)))) ->
  ((i < (((-1) * P) + (S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) + (d * (K + (-1))) + 1)) /\ ((H + P + Q + ((-1) * S * ((Z.max 0 (((H + ((-1) * K * d) + P + Q + d + (-1)) / S) + 1)) + (-1))) + ((-1) * d * (K + (-1))) + (-1)) < S))
  := @Convproof.Obligations_edges.o_leftover.
Goal True. idtac "theorem" "o_leftover". Abort.
Definition pin_o_average_divisor :
  forall H K P Q S d k o : Z,
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
  ((k < (Z.min K (H + P + Q + ((-1) * S * o)))) <-> ((((-1) * P) + (S * o) + (d * k)) < (H + Q)))
  := @Convproof.Obligations_edges.o_average_divisor.
Goal True. idtac "theorem" "o_average_divisor". Abort.
Definition theorems :=
 (pin_o_edge_has_one_tap,
  pin_o_copies_are_outputs,
  pin_o_tie_classes_partition,
  pin_o_groups,
  pin_o_windows_disjoint,
  pin_o_windows_overlap,
  pin_o_windows_cover,
  pin_o_windows_gap,
  pin_o_leftover,
  pin_o_average_divisor).
Print Assumptions theorems.
