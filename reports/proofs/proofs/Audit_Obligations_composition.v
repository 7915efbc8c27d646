(* Obligations_composition: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Obligations_composition.

Definition pin_o_stack_size :
  forall E1 E2 H P P2 Q Q2 S1 S2 : Z,
  (E1 >= 1) ->
  (E2 >= 1) ->
  (H >= 1) ->
  (P >= 0) ->
  (P2 >= 0) ->
  (Q >= 0) ->
  (Q2 >= 0) ->
  (S1 >= 1) ->
  (S2 >= 1) ->
  ((((-1) * E1) + H + P + Q) >= 0) ->
  ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) >= 0) ->
  ((((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2) + 1) = (((((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1) / (S1 * S2)) + 1))
  := @Convproof.Obligations_composition.o_stack_size.
Goal True. idtac "theorem" "o_stack_size". Abort.
Definition pin_o_stack_field :
  forall E1 E2 P P2 S1 S2 o t1 t2 : Z,
  (E1 >= 1) ->
  (E2 >= 1) ->
  (P >= 0) ->
  (P2 >= 0) ->
  (S1 >= 1) ->
  (S2 >= 1) ->
  ((0 <= t1) /\ (t1 < E1)) ->
  ((0 <= t2) /\ (t2 < E2)) ->
  ((((t1 = 0) /\ (t2 = 0)) -> ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1) = (((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o)))) /\ (((t1 = (E1 + (-1))) /\ (t2 = (E2 + (-1)))) -> ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1) = (E1 + ((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * (E2 + (-1))) + (-1)))) /\ ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o)) <= (((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1)) /\ ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1) < (E1 + ((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * (E2 + (-1))))))
  := @Convproof.Obligations_composition.o_stack_field.
Goal True. idtac "theorem" "o_stack_field". Abort.
Definition theorems :=
 (pin_o_stack_size,
  pin_o_stack_field).
Print Assumptions theorems.
