(* Maxima over windows: the first of the greatest values, and the sum over taps that keeps it. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Same Rules.
Open Scope Z_scope.

(* The first of the greatest values, minus infinity (None) below all; places count from 1. *)
Section Greatest.
Variables (V : Type) (less : V -> V -> bool).

Definition below (a b : option V) : bool :=
  match a, b with _, None => false | None, Some _ => true | Some u, Some v => less u v end.
Definition join (a b : option V) : option V := if below a b then b else a.

Fixpoint nfirst (n : nat) (f : Z -> option V) : Z :=
  match n with
  | O => 1
  | S p => let w := nfirst p f in if below (f w) (f (Z.of_nat (S p))) then Z.of_nat (S p) else w
  end.
Definition first (n : Z) (f : Z -> option V) : Z := nfirst (Z.to_nat n) f.

Lemma nfirst_in_range p f : 1 <= nfirst p f <= Z.max 1 (Z.of_nat p).
Proof. induction p as [|p IH]; cbn [nfirst]; [lia|]. destruct (below _ _); lia. Qed.

Theorem first_in_range n f : 1 <= n -> 1 <= first n f <= n.
Proof. intros N. unfold first. pose proof (nfirst_in_range (Z.to_nat n) f). lia. Qed.

Variable irreflexive : forall a, less a a = false.
Variable transitive : forall a b c, less a b = true -> less b c = true -> less a c = true.
Variable total : forall a b, less a b = false -> less b a = false -> a = b.

Lemma below_not_trans a b c : below a b = false -> below b c = false -> below a c = false.
Proof.
  destruct a as [a|], b as [b|], c as [c|]; cbn; try congruence. intros X Y.
  destruct (less a c) eqn:Q; [|reflexivity].
  destruct (less b a) eqn:W.
  - rewrite (transitive _ _ _ W Q) in Y. discriminate.
  - rewrite (total _ _ X W), Q in *. discriminate.
Qed.

Lemma below_trans a b c : below a b = true -> below b c = true -> below a c = true.
Proof. destruct a, b, c; cbn; try congruence. apply transitive. Qed.

Lemma below_irreflexive a : below a a = false.
Proof. destruct a; cbn; [apply irreflexive|reflexivity]. Qed.

(* Nothing is greater than the value at `first`, and whatever comes before it is smaller. *)
Theorem first_is_first n f j : 1 <= j <= n ->
  below (f (first n f)) (f j) = false /\ (j < first n f -> below (f j) (f (first n f)) = true).
Proof.
  intros J. unfold first.
  assert (H : forall p i, 1 <= i <= Z.of_nat p ->
    below (f (nfirst p f)) (f i) = false /\ (i < nfirst p f -> below (f i) (f (nfirst p f)) = true)).
  { induction p as [|p IH]; intros i I; [lia|]. cbn [nfirst].
    destruct (below (f (nfirst p f)) (f (Z.of_nat (S p)))) eqn:B.
    - destruct (Z.eq_dec i (Z.of_nat (S p))) as [->|D].
      + split; [apply below_irreflexive|lia].
      + destruct (IH i ltac:(lia)) as [M F]. split.
        * destruct (below (f (Z.of_nat (S p))) (f i)) eqn:Q; [|reflexivity].
          rewrite (below_trans _ _ _ B Q) in M. discriminate.
        * intros _. destruct (below (f i) (f (Z.of_nat (S p)))) eqn:Q; [reflexivity|].
          rewrite (below_not_trans _ _ _ M Q) in B. discriminate.
    - destruct (Z.eq_dec i (Z.of_nat (S p))) as [->|D].
      + split; [exact B|]. intros L. exfalso. pose proof (nfirst_in_range p f). lia.
      + apply IH. lia. }
  apply H. lia.
Qed.
End Greatest.

(* A sum over taps that keeps the tap of number s. *)
Section Pick.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.
Notation sum := (sum R rO radd).
Notation "[0]" := rO.

Theorem pick1 K s (f g : Z -> R) : 1 <= s <= K ->
  (forall k, 1 <= k <= K -> g k = if k =? s then f k else [0]) -> sum K g = f s.
Proof.
  intros S H. rewrite (sum_ext R rO radd K g (fun k => if k =? s then f k else [0])) by exact H.
  rewrite (sum_delta R rO rI radd rmul rsub ropp laws).
  rewrite (proj2 (within_spec K s) S). reflexivity.
Qed.

Theorem pick2 K L s (f g : Z -> Z -> R) : 0 < L -> 1 <= s <= K * L ->
  (forall k l, 1 <= k <= K -> 1 <= l <= L -> g k l = if L * (k - 1) + l =? s then f k l else [0]) ->
  sum K (fun k => sum L (fun l => g k l)) = f ((s - 1) / L + 1) ((s - 1) mod L + 1).
Proof.
  intros P S H. rewrite <- (sum_numbered R rO rI radd rmul rsub ropp laws K L s f P S).
  apply sum_ext. intros k Hk. apply sum_ext. intros l Hl. apply H; assumption.
Qed.

Theorem pick3 Q K L s (f g : Z -> Z -> Z -> R) : 0 < L -> 0 < K -> 1 <= s <= Q * (K * L) ->
  (forall q k l, 1 <= q <= Q -> 1 <= k <= K -> 1 <= l <= L ->
     g q k l = if K * L * (q - 1) + (L * (k - 1) + l) =? s then f q k l else [0]) ->
  sum Q (fun q => sum K (fun k => sum L (fun l => g q k l)))
  = f ((s - 1) / (K * L) + 1) (((s - 1) mod (K * L)) / L + 1) (((s - 1) mod (K * L)) mod L + 1).
Proof.
  intros P PK S H. set (M := K * L) in *. assert (PM : 0 < M) by (unfold M; nia).
  transitivity (sum Q (fun q => sum M (fun t => if M * (q - 1) + t =? s
    then f q ((t - 1) / L + 1) ((t - 1) mod L + 1) else [0]))).
  - apply sum_ext. intros q Hq.
    set (t := s - M * (q - 1)).
    transitivity (sum M (fun u => if u =? t
      then f q ((u - 1) / L + 1) ((u - 1) mod L + 1) else [0])).
    2:{ apply sum_ext. intros u _. unfold t. destruct (Z.eqb_spec u (s - M * (q - 1))),
          (Z.eqb_spec (M * (q - 1) + u) s); try reflexivity; lia. }
    rewrite (sum_delta R rO rI radd rmul rsub ropp laws M t
      (fun u => f q ((u - 1) / L + 1) ((u - 1) mod L + 1))).
    destruct (within M t) eqn:W.
    + apply within_spec in W.
      rewrite <- (sum_numbered R rO rI radd rmul rsub ropp laws K L t (fun k l => f q k l) P W).
      apply sum_ext. intros k Hk. apply sum_ext. intros l Hl.
      rewrite (H q k l Hq Hk Hl). unfold t.
      destruct (Z.eqb_spec (M * (q - 1) + (L * (k - 1) + l)) s),
        (Z.eqb_spec (L * (k - 1) + l) (s - M * (q - 1))); try reflexivity; lia.
    + apply (sum_zero R rO rI radd rmul rsub ropp laws). intros k Hk.
      apply (sum_zero R rO rI radd rmul rsub ropp laws). intros l Hl.
      rewrite (H q k l Hq Hk Hl).
      destruct (Z.eqb_spec (M * (q - 1) + (L * (k - 1) + l)) s) as [E|E]; [|reflexivity].
      exfalso. assert (Y : within M t = true); [|congruence].
      apply within_spec. unfold t, M in *. nia.
  - apply (sum_numbered R rO rI radd rmul rsub ropp laws Q M s
      (fun q t => f q ((t - 1) / L + 1) ((t - 1) mod L + 1)) PM) in S.
    rewrite S. f_equal; f_equal; try lia; f_equal; lia.
Qed.
End Pick.
