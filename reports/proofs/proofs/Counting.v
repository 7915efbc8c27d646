(* Packings, coverings and what n binary labels can tell apart: (10.10), (10.12), (10.14).

   Probabilities and volumes are values of an expectation E of counting functions: all that is
   asked of E is that it is additive and monotone on the functions that it measures (`ok`), and of
   its values V that they are ordered sums (real numbers, naturals).  Nothing need be finite but
   the labels and the family.  `ok` is not idle: no probability on all sets of points is invariant
   under rotations (Banach and Tarski), so that what is asked of E on all functions, and of
   rotations besides, would be asked of nothing. *)

Require Import List Bool Arith Lia.
Import ListNotations.

Section Expectation.
Variables (V : Type) (zero : V) (plus : V -> V -> V) (le : V -> V -> Prop).
Variable le_refl : forall a, le a a.
Variable le_trans : forall a b c, le a b -> le b c -> le a c.
Variable le_antisym : forall a b, le a b -> le b a -> a = b.
Variable plus_mono : forall a b c d, le a b -> le c d -> le (plus a c) (plus b d).
Infix "<=" := le.
Infix "+" := plus.

Fixpoint times (n : nat) (v : V) : V := match n with O => zero | S m => v + times m v end.

Fixpoint total {A} (f : A -> V) (l : list A) : V :=
  match l with [] => zero | a :: r => f a + total f r end.

Lemma total_mono {A} (f g : A -> V) l : (forall a, In a l -> f a <= g a) -> total f l <= total g l.
Proof.
  induction l as [|a l IH]; intros H; cbn; [apply le_refl|].
  apply plus_mono; [apply H; left; reflexivity|apply IH; intros; apply H; right; assumption].
Qed.

Lemma total_constant {A} v (l : list A) : total (fun _ => v) l = times (length l) v.
Proof. induction l; cbn; congruence. Qed.

Section Space.
Variables (Omega : Type) (E : (Omega -> nat) -> V).
Variable ok : (Omega -> nat) -> Prop.
Variable ok_same : forall f g, (forall w, f w = g w) -> ok f -> ok g.
Variable ok_constant : forall n, ok (fun _ => n).
Variable ok_add : forall f g, ok f -> ok g -> ok (fun w => (f w + g w)%nat).
Variable E_none : E (fun _ => O) = zero.
Variable E_add : forall f g, ok f -> ok g -> E (fun w => (f w + g w)%nat) = E f + E g.
Variable E_mono : forall f g, ok f -> ok g -> (forall w, (f w <= g w)%nat) -> E f <= E g.

(* An event that is measured. *)
Definition seen (event : Omega -> bool) : Prop := ok (fun w => Nat.b2n (event w)).
Definition prob (event : Omega -> bool) : V := E (fun w => Nat.b2n (event w)).
Definition whole : V := E (fun _ => 1%nat). (* one, or the volume of the space *)

(* How many of the events happen. *)
Fixpoint count {A} (event : A -> Omega -> bool) (l : list A) (w : Omega) : nat :=
  match l with [] => O | a :: r => (Nat.b2n (event a w) + count event r w)%nat end.

Lemma count_seen {A} (event : A -> Omega -> bool) l :
  (forall a, In a l -> seen (event a)) -> ok (count event l).
Proof.
  induction l as [|a l IH]; intros S; cbn; [apply ok_constant|].
  apply ok_add; [apply S; left; reflexivity|apply IH; intros; apply S; right; assumption].
Qed.

Lemma total_prob {A} (event : A -> Omega -> bool) l : (forall a, In a l -> seen (event a)) ->
  total (fun a => prob (event a)) l = E (count event l).
Proof.
  induction l as [|a l IH]; intros S; cbn; [symmetry; exact E_none|].
  rewrite IH by (intros; apply S; right; assumption). symmetry.
  apply (E_add (fun w => Nat.b2n (event a w)) (count event l)).
  - apply S. left. reflexivity.
  - apply count_seen. intros. apply S. right. assumption.
Qed.

Lemma E_constant n : E (fun _ => n) = times n whole.
Proof.
  induction n as [|n IH]; cbn [times]; [exact E_none|].
  rewrite <- IH. apply (E_add (fun _ => 1%nat) (fun _ => n)); apply ok_constant.
Qed.

Lemma count_filter {A} (event : A -> Omega -> bool) l w :
  count event l w = length (filter (fun a => event a w) l).
Proof. induction l as [|a l IH]; cbn; [reflexivity|]. rewrite IH. destruct (event a w); reflexivity. Qed.

(* (10.10): the probability that two functions disagree is a pseudo-metric, labels of any kind. *)
Section Disagreement.
Variables (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}).

Definition differ (a b : L) : bool := if eq_dec a b then false else true.
Definition dist (f g : Omega -> L) : V := prob (fun w => differ (f w) (g w)).

(* That they disagree is an event that is measured. *)
Definition comparable (f g : Omega -> L) : Prop := seen (fun w => differ (f w) (g w)).

Theorem dist_nonneg f g : comparable f g -> zero <= dist f g.
Proof.
  intros C. unfold dist, prob. rewrite <- E_none. apply E_mono; [apply ok_constant|exact C|].
  intros. apply Nat.le_0_l.
Qed.

Lemma differ_self a : differ a a = false.
Proof. unfold differ. destruct (eq_dec a a); congruence. Qed.

Theorem dist_self f : dist f f = zero.
Proof.
  assert (Q : forall w, O = Nat.b2n (differ (f w) (f w))) by (intros; rewrite differ_self; reflexivity).
  unfold dist, prob. rewrite <- E_none.
  assert (C : comparable f f) by (apply (ok_same (fun _ => O)); [exact Q|apply ok_constant]).
  apply le_antisym; apply E_mono; try exact C; try apply ok_constant;
    intros w; rewrite <- Q; apply Nat.le_refl.
Qed.

Lemma differ_symmetric a b : differ a b = differ b a.
Proof. unfold differ. destruct (eq_dec a b), (eq_dec b a); congruence. Qed.

Lemma comparable_symmetric f g : comparable f g -> comparable g f.
Proof. apply ok_same. intros w. rewrite differ_symmetric. reflexivity. Qed.

Theorem dist_symmetric f g : comparable f g -> dist f g = dist g f.
Proof.
  intros C. pose proof (comparable_symmetric f g C).
  apply le_antisym; apply E_mono; try assumption;
    intros w; rewrite differ_symmetric; apply Nat.le_refl.
Qed.

(* By cases: where f and h disagree, f and g do or g and h do. *)
Theorem dist_triangle f g h : comparable f g -> comparable g h -> comparable f h ->
  dist f h <= dist f g + dist g h.
Proof.
  intros FG GH FH. unfold dist, prob. rewrite <- E_add by assumption.
  apply E_mono; [exact FH|apply ok_add; assumption|]. intros w. unfold differ.
  destruct (eq_dec (f w) (h w)), (eq_dec (f w) (g w)), (eq_dec (g w) (h w)); cbn; lia || congruence.
Qed.

(* And no more than that: functions that differ off an event of probability zero only. *)
Theorem dist_zero_off f g (null : Omega -> bool) : comparable f g -> seen null ->
  prob null = zero -> (forall w, null w = false -> f w = g w) -> dist f g = zero.
Proof.
  intros C S Z H. apply le_antisym; [|apply dist_nonneg; exact C]. rewrite <- Z.
  apply E_mono; [exact C|exact S|]. intros w.
  unfold differ. destruct (eq_dec (f w) (g w)); [apply Nat.le_0_l|].
  destruct (null w) eqn:N; [apply Nat.le_refl|]. exfalso. auto.
Qed.
End Disagreement.
End Space.

(* (10.14): what can be learned from n binary labels. *)
Section Learning.
Variables (F : Type) (distance : F -> F -> V) (error : V).
(* Between functions that are measured (`good`) it is a distance. *)
Variable good : F -> Prop.
Variable symmetric : forall f g, good f -> good g -> distance f g = distance g f.
Variable triangle : forall f g h, good f -> good g -> good h ->
  distance f h <= distance f g + distance g h.
Variable close : F -> F -> bool. (* the output g is within the error of the target f *)
Variable close_spec : forall g f, close g f = true <-> distance g f <= error.

(* More than twice the error apart. *)
Definition apart (f g : F) := ~ distance f g <= error + error.
Definition family := ForallOrdPairs apart.

(* One output is within the error of at most one member. *)
Theorem close_to_at_most_one g f f' : good g -> good f -> good f' -> apart f f' ->
  close g f = true -> close g f' = true -> False.
Proof.
  intros G B B' A C C'. apply A. apply close_spec in C, C'.
  apply (le_trans _ (distance f g + distance g f')); [apply triangle; assumption|].
  apply plus_mono; [rewrite symmetric by assumption|]; assumption.
Qed.

(* All strings of n labels. *)
Fixpoint strings (n : nat) : list (list bool) :=
  match n with
  | O => [[]]
  | S m => map (cons true) (strings m) ++ map (cons false) (strings m)
  end.

Lemma strings_length n : length (strings n) = (2 ^ n)%nat.
Proof. induction n; cbn; [reflexivity|]. rewrite app_length, !map_length, IHn. lia. Qed.

Lemma strings_all s : In s (strings (length s)).
Proof.
  induction s as [|b s IH]; cbn; [left; reflexivity|]. apply in_or_app.
  destruct b; [left|right]; apply in_map; exact IH.
Qed.

Lemma distinct_labels (labels : F -> list bool) (learn : list bool -> F) members :
  (forall s, good (learn s)) -> Forall good members -> family members ->
  NoDup (map labels (filter (fun f => close (learn (labels f)) f) members)).
Proof.
  intros G B H. induction H as [|f rest A _ IH]; cbn; [constructor|].
  inversion B as [|? ? Bf Br]; subst. specialize (IH Br).
  destruct (close (learn (labels f)) f) eqn:C; [|exact IH]. cbn. constructor; [|exact IH].
  intros I. apply in_map_iff in I. destruct I as (f' & Q & I). apply filter_In in I.
  destruct I as [I C']. rewrite Q in C'.
  rewrite Forall_forall in A, Br.
  exact (close_to_at_most_one _ _ _ (G _) Bf (Br f' I) (A f' I) C C').
Qed.

(* Inputs and seed fixed: the learner sees a target only through its n labels; whatever it does
   with them, it succeeds on at most 2^n members of the family. *)
Theorem pigeonhole n (labels : F -> list bool) (learn : list bool -> F) members :
  (forall s, good (learn s)) -> Forall good members ->
  family members -> (forall f, length (labels f) = n) ->
  (length (filter (fun f => close (learn (labels f)) f) members) <= 2 ^ n)%nat.
Proof.
  intros G B A N. rewrite <- (map_length labels), <- (strings_length n).
  apply NoDup_incl_length; [apply distinct_labels; assumption|].
  intros s I. apply in_map_iff in I. destruct I as (f & <- & _).
  rewrite <- (N f). apply strings_all.
Qed.

(* Averaged over inputs and seeds: the probabilities of success, added over the family, are at
   most 2^n times the whole. *)
Variables (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop).
Variable ok_constant : forall n, ok (fun _ => n).
Variable ok_add : forall f g, ok f -> ok g -> ok (fun w => (f w + g w)%nat).
Variable E_none : E (fun _ => O) = zero.
Variable E_add : forall f g, ok f -> ok g -> E (fun w => (f w + g w)%nat) = E f + E g.
Variable E_mono : forall f g, ok f -> ok g -> (forall w, (f w <= g w)%nat) -> E f <= E g.
Variables (n : nat) (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F).
Variable n_labels : forall w f, length (labels w f) = n.
Variable learns_good : forall w s, good (learn w s).

Definition succeeds (f : F) (w : Omega) : bool := close (learn w (labels w f)) f.
Definition success (f : F) : V := prob Omega E (succeeds f).

(* What is asked of the members of a family: measured themselves, and success on them is. *)
Definition fair (f : F) := good f /\ seen Omega ok (succeeds f).

Theorem successes members : Forall fair members -> family members ->
  total success members <= times (2 ^ n) (whole Omega E).
Proof.
  intros B A. unfold success. rewrite Forall_forall in B.
  assert (S : forall f, In f members -> seen Omega ok (succeeds f)) by (intros f I; apply (B f I)).
  rewrite (total_prob Omega E ok ok_constant ok_add E_none E_add succeeds) by exact S.
  rewrite <- (E_constant Omega E ok ok_constant E_none E_add).
  apply E_mono; [apply (count_seen Omega ok ok_constant ok_add); exact S|apply ok_constant|].
  intros w. rewrite count_filter.
  apply (pigeonhole n (labels w) (learn w)); [apply learns_good| |exact A|apply n_labels].
  apply Forall_forall. intros f I. apply (B f I).
Qed.

(* So whoever succeeds with probability s on each of M members has M s <= 2^n: with s = 1 - delta
   this is (10.14) as it should read, 2^n >= M (1 - delta). *)
Theorem samples_needed members s : Forall fair members -> family members ->
  (forall f, In f members -> s <= success f) ->
  times (length members) s <= times (2 ^ n) (whole Omega E).
Proof.
  intros B A H. apply (le_trans _ (total success members)); [|apply successes; assumption].
  rewrite <- total_constant. apply total_mono. exact H.
Qed.
End Learning.

(* (10.12): a maximal packing covers; half-balls bound a packing from the other side. *)
Section Packing.
Variables (X : Type) (near half : X -> X -> bool).
Variable near_symmetric : forall p q, near p q = near q p.
Variable near_self : forall p, near p p = true.

(* No two are near: a packing. *)
Definition packing := ForallOrdPairs (fun p q => near p q = false).
Definition maximal (l : list X) := packing l /\ forall p, ~ packing (p :: l).

Lemma packing_or_near l p : packing l -> packing (p :: l) \/ exists q, In q l /\ near q p = true.
Proof.
  intros H. destruct (existsb (near p) l) eqn:Q.
  - right. apply existsb_exists in Q. destruct Q as (q & I & N). exists q.
    rewrite near_symmetric. split; assumption.
  - left. constructor; [|exact H]. apply Forall_forall. intros q I.
    destruct (near p q) eqn:N; [|reflexivity].
    assert (existsb (near p) l = true) by (apply existsb_exists; exists q; split; assumption).
    congruence.
Qed.

(* Every point is near one of a maximal packing. *)
Theorem maximal_packing_covers l : maximal l -> forall p, exists q, In q l /\ near q p = true.
Proof.
  intros [H M] p. destruct (packing_or_near l p H) as [A|A]; [|exact A].
  exfalso. exact (M p A).
Qed.

(* There is one among any finite number of points, and it covers them. *)
Theorem packing_exists points : exists l, incl l points /\ packing l /\
  forall p, In p points -> exists q, In q l /\ near q p = true.
Proof.
  induction points as [|a points (l & I & H & C)].
  - exists []. repeat split; [intros p []|constructor|intros p []].
  - destruct (packing_or_near l a H) as [A|(q & Q & N)].
    + exists (a :: l). split; [|split; [exact A|]].
      * intros p [->|J]; [left; reflexivity|right; apply I; exact J].
      * intros p [->|J]; [exists p; split; [left; reflexivity|apply near_self]|].
        destruct (C p J) as (q & Q & N). exists q. split; [right|]; assumption.
    + exists l. split; [|split; [exact H|]].
      * intros p J. right. apply I. exact J.
      * intros p [->|J]; [exists q; split; assumption|apply C; exact J].
Qed.

Variables (E : (X -> nat) -> V) (ok : (X -> nat) -> Prop).
Variable ok_constant : forall n, ok (fun _ => n).
Variable ok_add : forall f g, ok f -> ok g -> ok (fun w => (f w + g w)%nat).
Variable E_none : E (fun _ => O) = zero.
Variable E_add : forall f g, ok f -> ok g -> E (fun w => (f w + g w)%nat) = E f + E g.
Variable E_mono : forall f g, ok f -> ok g -> (forall w, (f w <= g w)%nat) -> E f <= E g.

(* M >= volume of the space / volume of a ball: the lower bound that (10.12) needs. *)
Theorem packing_lower_bound l ball : (forall p, seen X ok (near p)) -> maximal l ->
  (forall p, prob X E (near p) <= ball) -> whole X E <= times (length l) ball.
Proof.
  intros S M B. apply (le_trans _ (total (fun p => prob X E (near p)) l)).
  - rewrite (total_prob X E ok ok_constant ok_add E_none E_add near) by (intros; apply S).
    apply E_mono; [apply ok_constant|apply (count_seen X ok ok_constant ok_add); intros; apply S|].
    intros p.
    destruct (maximal_packing_covers l M p) as (q & I & N).
    rewrite count_filter.
    assert (J : In q (filter (fun a => near a p) l)) by (apply filter_In; split; assumption).
    destruct (filter (fun a => near a p) l); [destruct J|cbn; lia].
  - rewrite <- total_constant. apply total_mono. intros. apply B.
Qed.

(* Disjoint half-balls: M <= volume of the space / volume of a half-ball. *)
Variable halves : forall p q x, half p x = true -> half q x = true -> near p q = true.

Theorem packing_upper_bound l small : (forall p, seen X ok (half p)) -> packing l ->
  (forall p, small <= prob X E (half p)) -> times (length l) small <= whole X E.
Proof.
  intros S H B. apply (le_trans _ (total (fun p => prob X E (half p)) l)).
  - rewrite <- total_constant. apply total_mono. intros. apply B.
  - rewrite (total_prob X E ok ok_constant ok_add E_none E_add half) by (intros; apply S).
    apply E_mono; [apply (count_seen X ok ok_constant ok_add); intros; apply S|apply ok_constant|].
    intros x.
    induction H as [|p rest A _ IH]; cbn; [lia|].
    destruct (half p x) eqn:P; cbn; [|exact IH].
    assert (Z : count X half rest x = O); [|rewrite Z; lia].
    clear IH. induction rest as [|q rest IH]; cbn; [reflexivity|].
    inversion A as [|? ? N A']; subst. destruct (half q x) eqn:Q.
    + rewrite (halves p q x P Q) in N. discriminate.
    + cbn. apply IH. exact A'.
Qed.
End Packing.
End Expectation.

(* Such expectations exist: weights on finitely many outcomes, in natural numbers. *)
Section Finite.
Variables (Omega : Type) (outcomes : list (Omega * nat)).

Definition mean (f : Omega -> nat) : nat :=
  fold_right (fun o s => (snd o * f (fst o) + s)%nat) O outcomes.

Theorem mean_none : mean (fun _ => O) = O.
Proof. unfold mean. induction outcomes as [|o l IH]; cbn; [reflexivity|]. rewrite IH. lia. Qed.

Theorem mean_add f g : mean (fun w => (f w + g w)%nat) = (mean f + mean g)%nat.
Proof. unfold mean. induction outcomes as [|o l IH]; cbn; [reflexivity|]. rewrite IH. lia. Qed.

Theorem mean_mono f g : (forall w, (f w <= g w)%nat) -> (mean f <= mean g)%nat.
Proof.
  intros H. unfold mean. induction outcomes as [|o l IH]; cbn; [lia|].
  specialize (H (fst o)). nia.
Qed.
End Finite.
