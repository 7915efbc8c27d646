(* Generated from the obligations stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import Settle Lemmas.
Open Scope Z_scope.

(* two layers have the output size of one with stride S1*S2, extent E1 + S1(E2 - 1) and padding P + S1*P2, Q + S1*Q2 *)
Theorem o_stack_size : forall E1 E2 H P P2 Q Q2 S1 S2 : Z,
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
  ((((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2) + 1) = (((((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1) / (S1 * S2)) + 1)).
Proof.
  intros.
  assert (C1 : (((S1 * ((((-1) * E1) + H + P + Q) / S1)) <= (((-1) * E1) + H + P + Q)) /\ ((((-1) * E1) + H + P + Q) < ((S1 * ((((-1) * E1) + H + P + Q) / S1)) + S1)))).
  { settle. }
  assert (C2 : (((S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) <= (((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1)) /\ ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) < ((S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) + S2)))).
  { settle. }
  assert (C3 : (((S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) <= (((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1)) -> ((S1 * S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) <= (S1 * (((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1))))).
  { pose proof (o_lemma_scale S1 (S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) (((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) ltac:(side)) as L. align L. instance L. }
  assert (C4 : (((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 2) <= ((S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) + S2)) -> ((S1 * (((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 2)) <= (S1 * ((S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) + S2))))).
  { pose proof (o_lemma_scale S1 (((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 2) ((S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) + S2) ltac:(side)) as L. align L. instance L. }
  assert (C5 : (((S1 * S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) <= (((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1)) /\ ((((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1) < ((S1 * S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) + (S1 * S2))))).
  { settle. }
  assert (C6 : ((((S1 * S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) <= (((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1)) /\ ((((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1) < ((S1 * S2 * ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)) + (S1 * S2)))) -> (((((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1) / (S1 * S2)) = ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2)))).
  { pose proof (o_lemma_floor_is ((((-1) * E2) + P2 + Q2 + ((((-1) * E1) + H + P + Q) / S1) + 1) / S2) (S1 * S2) (((-1) * E1) + ((-1) * E2 * S1) + H + P + (P2 * S1) + Q + (Q2 * S1) + S1) ltac:(side)) as L. align L. instance L. }
  settle.
Qed.

(* output o of two layers reads only pixels from S1*S2*o - (P + S1*P2) on, E1 + S1(E2 - 1) of them, the first and the last included *)
Theorem o_stack_field : forall E1 E2 P P2 S1 S2 o t1 t2 : Z,
  (E1 >= 1) ->
  (E2 >= 1) ->
  (P >= 0) ->
  (P2 >= 0) ->
  (S1 >= 1) ->
  (S2 >= 1) ->
  ((0 <= t1) /\ (t1 < E1)) ->
  ((0 <= t2) /\ (t2 < E2)) ->
  ((((t1 = 0) /\ (t2 = 0)) -> ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1) = (((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o)))) /\ (((t1 = (E1 + (-1))) /\ (t2 = (E2 + (-1)))) -> ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1) = (E1 + ((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * (E2 + (-1))) + (-1)))) /\ ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o)) <= (((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1)) /\ ((((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * t2) + t1) < (E1 + ((-1) * P) + ((-1) * P2 * S1) + (S1 * S2 * o) + (S1 * (E2 + (-1)))))).
Proof.
  intros.
  assert (C1 : ((t2 <= (E2 + (-1))) -> ((S1 * t2) <= (S1 * (E2 + (-1)))))).
  { pose proof (o_lemma_scale S1 t2 (E2 + (-1)) ltac:(side)) as L. align L. instance L. }
  assert (C2 : ((0 <= t2) -> (0 <= (S1 * t2)))).
  { pose proof (o_lemma_scale S1 0 t2 ltac:(side)) as L. align L. instance L. }
  settle.
Qed.
