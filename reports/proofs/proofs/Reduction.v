(* The missing step: an equivariant learner of one target faces all its rotations.

   A draw w of the training inputs and of the learner's seed; E averages over draws, P over test
   points y.  A rotation acts on test points (turn) and on draws (turn_draw: every input turned,
   the learner's start turned with it).  Both averages are invariant, as N(0, I) and a Gaussian
   start are: on the functions that they measure.  Equivariance: on turned inputs with the same
   labels, the turned function. *)

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
Variables (okP : (Y -> nat) -> Prop) (okE : (Draw -> nat) -> Prop).
Variable okP_same : forall f g, (forall y, f y = g y) -> okP f -> okP g.
Variable okP_add : forall f g, okP f -> okP g -> okP (fun y => (f y + g y)%nat).
Variable P_add : forall f g, okP f -> okP g -> P (fun y => (f y + g y)%nat) = plus (P f) (P g).
Variable P_mono : forall f g, okP f -> okP g -> (forall y, (f y <= g y)%nat) -> le (P f) (P g).
Variable okE_same : forall f g, (forall w, f w = g w) -> okE f -> okE g.
Variable okE_constant : forall n, okE (fun _ => n).
Variable okE_add : forall f g, okE f -> okE g -> okE (fun w => (f w + g w)%nat).
Variable E_none : E (fun _ => O) = zero.
Variable E_add : forall f g, okE f -> okE g -> E (fun w => (f w + g w)%nat) = plus (E f) (E g).
Variable E_mono : forall f g, okE f -> okE g -> (forall w, (f w <= g w)%nat) -> le (E f) (E g).

Notation target := (Y -> bool).
(* Targets that are measured: where two of them disagree is an event. *)
Variable good : target -> Prop.
Variable good_comparable : forall f g, good f -> good g ->
  comparable Y okP bool Bool.bool_dec f g.
Variables (n : nat) (input : Draw -> nat -> Y) (learn : Draw -> list bool -> target).
Definition labels (w : Draw) (f : target) : list bool := map (fun i => f (input w i)) (seq 0 n).
Definition distance : target -> target -> V := dist V Y P bool Bool.bool_dec.

Variables (error : V) (close : target -> target -> bool).
Variable close_spec : forall g f, close g f = true <-> le (distance g f) error.
Notation success := (success V target close Draw E labels learn).
Notation succeeds := (succeeds target close Draw labels learn).
Variable learns_good : forall w l, good (learn w l).

(* One rotation. *)
Section Rotation.
Variables (turn : Y -> Y) (turn_draw : Draw -> Draw).
Definition invariant_under_rotation :=
  (forall f, okP f -> okP (fun y => f (turn y)) /\ P (fun y => f (turn y)) = P f) /\
  (forall f, okE f -> okE (fun w => f (turn_draw w)) /\ E (fun w => f (turn_draw w)) = E f).
Definition inputs_turn := forall w i, input (turn_draw w) i = turn (input w i).
Definition equivariant := forall w l y, learn (turn_draw w) l (turn y) = learn w l y.

(* Success on the turned target is success on the target itself, in the turned draw. *)
Lemma succeeds_turns f w : invariant_under_rotation -> inputs_turn -> equivariant -> good f ->
  good (fun y => f (turn y)) ->
  succeeds f (turn_draw w) = succeeds (fun y => f (turn y)) w.
Proof.
  intros [IP _] IT Q G G'. unfold Counting.succeeds. set (l := labels w (fun y => f (turn y))).
  assert (L : labels (turn_draw w) f = l).
  { unfold l, labels. apply map_ext. intros i. rewrite IT. reflexivity. }
  rewrite L.
  pose proof (good_comparable _ _ (learns_good (turn_draw w) l) G) as C.
  pose proof (good_comparable _ _ (learns_good w l) G') as C'.
  destruct (IP _ C) as [CT PT].
  assert (D : distance (learn w l) (fun y => f (turn y)) = distance (learn (turn_draw w) l) f).
  { unfold distance, dist, prob. rewrite <- PT.
    apply le_antisym; apply P_mono; try exact C'; try exact CT;
      intros y; rewrite Q; apply Nat.le_refl. }
  apply eq_true_iff_eq. rewrite !close_spec, D. reflexivity.
Qed.

(* The probability of success on the turned target is that on the target itself. *)
Theorem success_turns f : invariant_under_rotation -> inputs_turn -> equivariant -> good f ->
  good (fun y => f (turn y)) -> seen Draw okE (succeeds f) ->
  seen Draw okE (succeeds (fun y => f (turn y))) /\ success (fun y => f (turn y)) = success f.
Proof.
  intros I IT Q G G' S. destruct I as [IP IE]. destruct (IE _ S) as [ST ET].
  assert (H : forall w, Nat.b2n (succeeds f (turn_draw w))
    = Nat.b2n (succeeds (fun y => f (turn y)) w)).
  { intros w. rewrite succeeds_turns by (assumption || split; assumption). reflexivity. }
  assert (S' : seen Draw okE (succeeds (fun y => f (turn y)))) by (apply (okE_same _ _ H ST)).
  split; [exact S'|]. unfold Counting.success, prob. rewrite <- ET.
  apply le_antisym; apply E_mono; try exact S'; try exact ST;
    intros w; rewrite H; apply Nat.le_refl.
Qed.
End Rotation.

(* Hence: whoever is equivariant under each of a set of rotations, and succeeds with probability s
   on the one target h, has M s <= 2^n for every M of its rotations that are more than twice the
   error apart. *)
Theorem one_target_is_all (Rotation : Type) (turn : Rotation -> Y -> Y)
    (turn_draw : Rotation -> Draw -> Draw) h s rotations :
  (forall r, invariant_under_rotation (turn r) (turn_draw r) /\
     inputs_turn (turn r) (turn_draw r) /\ equivariant (turn r) (turn_draw r) /\
     good (fun y => h (turn r y))) ->
  good h -> seen Draw okE (succeeds h) -> le s (success h) ->
  family V plus le target distance error (map (fun r y => h (turn r y)) rotations) ->
  le (times V zero plus (length rotations) s) (times V zero plus (2 ^ n) (whole V Draw E)).
Proof.
  intros Q G Z S A.
  rewrite <- (map_length (fun r y => h (turn r y)) rotations).
  apply (samples_needed V zero plus le le_refl le_trans plus_mono target distance error good) with
    (close := close) (ok := okE) (labels := labels) (learn := learn); try assumption.
  - intros f g F F'. apply (dist_symmetric V le le_antisym Y P okP okP_same P_mono).
    apply good_comparable; assumption.
  - intros f g k F F' K. apply (dist_triangle V plus le Y P okP okP_add P_add P_mono);
      apply good_comparable; assumption.
  - intros w f. unfold labels. rewrite map_length, seq_length. reflexivity.
  - apply Forall_forall. intros f I. apply in_map_iff in I. destruct I as (r & <- & _).
    destruct (Q r) as (Q1 & Q2 & Q3 & Q4). split; [exact Q4|].
    apply (success_turns (turn r) (turn_draw r) h Q1 Q2 Q3 G Q4 Z).
  - intros f I. apply in_map_iff in I. destruct I as (r & <- & _).
    destruct (Q r) as (Q1 & Q2 & Q3 & Q4).
    destruct (success_turns (turn r) (turn_draw r) h Q1 Q2 Q3 G Q4 Z) as [_ E']. rewrite E'. exact S.
Qed.
End Reduction.
