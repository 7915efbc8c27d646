(* The missing step: an equivariant learner of one target faces all its rotations.

   A draw w of the training inputs and of the learner's seed; E averages over draws, P over test
   points y.  A rotation acts on test points (turn) and on draws (turn_draw: every input turned,
   the learner's start turned with it).  Both averages are invariant, as N(0, I) and a Gaussian
   start are.  Equivariance: on turned inputs with the same labels, the turned function. *)

Require Import List Bool Arith Lia.
From Convproof Require Import Counting.
Import ListNotations.

Section Reduction.
Variables (V : Type) (zero : V) (plus : V -> V -> V) (le : V -> V -> Prop).
Variable le_refl : forall a, le a a.
Variable le_trans : forall a b c, le a b -> le b c -> le a c.
Variable le_antisym : forall a b, le a b -> le b a -> a = b.
Variable plus_mono : forall a b c d, le a b -> le c d -> le (plus a c) (plus b d).

Variables (Y Draw : Type) (P : (Y -> nat) -> V) (E : (Draw -> nat) -> V).
Variable P_none : P (fun _ => O) = zero.
Variable P_add : forall f g, P (fun y => (f y + g y)%nat) = plus (P f) (P g).
Variable P_mono : forall f g, (forall y, (f y <= g y)%nat) -> le (P f) (P g).
Variable E_none : E (fun _ => O) = zero.
Variable E_add : forall f g, E (fun w => (f w + g w)%nat) = plus (E f) (E g).
Variable E_mono : forall f g, (forall w, (f w <= g w)%nat) -> le (E f) (E g).

Notation target := (Y -> bool).
Variables (n : nat) (input : Draw -> nat -> Y) (learn : Draw -> list bool -> target).
Definition labels (w : Draw) (f : target) : list bool := map (fun i => f (input w i)) (seq 0 n).
Definition distance : target -> target -> V := dist V Y P bool Bool.bool_dec.

Variables (error : V) (close : target -> target -> bool).
Variable close_spec : forall g f, close g f = true <-> le (distance g f) error.
Notation success := (success V target close Draw E labels learn).

(* One rotation. *)
Section Rotation.
Variables (turn : Y -> Y) (turn_draw : Draw -> Draw).
Definition invariant_under_rotation :=
  (forall f, P (fun y => f (turn y)) = P f) /\ (forall f, E (fun w => f (turn_draw w)) = E f).
Definition inputs_turn := forall w i, input (turn_draw w) i = turn (input w i).
Definition equivariant := forall w l y, learn (turn_draw w) l (turn y) = learn w l y.

(* The probability of success on the turned target is that on the target itself. *)
Theorem success_turns f : invariant_under_rotation -> inputs_turn -> equivariant ->
  success (fun y => f (turn y)) = success f.
Proof.
  intros [IP IE] IT Q. unfold Counting.success, prob.
  rewrite <- (IE (fun w => Nat.b2n (close (learn w (labels w f)) f))).
  assert (H : forall w, close (learn w (labels w (fun y => f (turn y)))) (fun y => f (turn y))
    = close (learn (turn_draw w) (labels (turn_draw w) f)) f).
  { intros w. set (l := labels w (fun y => f (turn y))).
    assert (L : labels (turn_draw w) f = l).
    { unfold l, labels. apply map_ext. intros i. rewrite IT. reflexivity. }
    rewrite L.
    assert (D : distance (learn w l) (fun y => f (turn y)) = distance (learn (turn_draw w) l) f).
    { unfold distance, dist, prob.
      rewrite <- (IP (fun y => Nat.b2n (differ bool Bool.bool_dec (learn (turn_draw w) l y) (f y)))).
      apply le_antisym; apply P_mono; intros y; rewrite Q; apply Nat.le_refl. }
    apply eq_true_iff_eq. rewrite !close_spec, D. reflexivity. }
  apply le_antisym; apply E_mono; intros w; rewrite H; apply Nat.le_refl.
Qed.
End Rotation.

(* Hence: whoever is equivariant under each of a set of rotations, and succeeds with probability s
   on the one target h, has M s <= 2^n for every M of its rotations that are more than twice the
   error apart. *)
Theorem one_target_is_all (Rotation : Type) (turn : Rotation -> Y -> Y)
    (turn_draw : Rotation -> Draw -> Draw) h s rotations :
  (forall r, invariant_under_rotation (turn r) (turn_draw r) /\
     inputs_turn (turn r) (turn_draw r) /\ equivariant (turn r) (turn_draw r)) ->
  le s (success h) ->
  family V plus le target distance error (map (fun r y => h (turn r y)) rotations) ->
  le (times V zero plus (length rotations) s) (times V zero plus (2 ^ n) (whole V Draw E)).
Proof.
  intros Q S A.
  rewrite <- (map_length (fun r y => h (turn r y)) rotations).
  apply (samples_needed V zero plus le le_refl le_trans plus_mono target distance error) with
    (close := close) (labels := labels) (learn := learn); try assumption.
  - intros f g. apply (dist_symmetric V le le_antisym Y P P_mono).
  - intros f g k. apply (dist_triangle V plus le Y P P_add P_mono).
  - intros w f. unfold labels. rewrite map_length, seq_length. reflexivity.
  - intros f I. apply in_map_iff in I. destruct I as (r & <- & _).
    destruct (Q r) as (Q1 & Q2 & Q3). rewrite (success_turns (turn r) (turn_draw r) h Q1 Q2 Q3).
    exact S.
Qed.
End Reduction.
