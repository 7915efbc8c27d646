(* The rules of a derivation, one lemma each: what generated proofs apply step by step.

   unfold         if_mul_l, if_mul_r, zero terms: a guarded entry times anything is guarded
   merge sums     sum_mul_l, msum: a factor goes into a sum
   differentiate  derive_sum, derive_if: a derivation goes through sums and guards
   eliminate      eliminate: one term is left, the one that solves the delta
   drop           conditions that the ranges imply
   divide         divide: S q <= r if and only if q <= r / S
   count          count_between: how many of 1..n lie between two bounds
   split          split_three: a range in three parts
   tap numbers    sum_numbered: row-major numbers of taps *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Same.
Open Scope Z_scope.

Section Rules.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Definition delta (i j : Z) : R := if i =? j then rI else [0].

(* f low + ... + f high. *)
Definition span (low high : Z) (f : Z -> R) : R := sum (high - low + 1) (fun i => f (low - 1 + i)).

Lemma span_ext low high f g : (forall i, low <= i <= high -> f i = g i) -> span low high f = span low high g.
Proof. intros H. apply sum_ext. intros i I. apply H. lia. Qed.

(* A derivation: additive, and Leibniz's rule.  The formal partial derivatives of polynomials are
   derivations, and so is every derivative. *)
Definition derivation (D : R -> R) : Prop :=
  (forall u v, D (u [+] v) = D u [+] D v) /\ (forall u v, D (u [*] v) = D u [*] v [+] u [*] D v).

Section Derivation.
Variable D : R -> R.
Variable derives : derivation D.

Theorem derive_add u v : D (u [+] v) = D u [+] D v.
Proof. apply derives. Qed.

Theorem derive_mul u v : D (u [*] v) = D u [*] v [+] u [*] D v.
Proof. apply derives. Qed.

Theorem derive_zero : D [0] = [0].
Proof.
  assert (H : D [0] = D [0] [+] D [0]).
  { rewrite <- derive_add. f_equal. ring. }
  transitivity (D [0] [+] D [0] [+] ropp (D [0])); [|rewrite <- H; ring]. ring.
Qed.

Theorem derive_one : D rI = [0].
Proof.
  assert (H : D rI = D rI [+] D rI).
  { transitivity (D (rI [*] rI)); [f_equal; ring|]. rewrite derive_mul. ring. }
  transitivity (D rI [+] D rI [+] ropp (D rI)); [|rewrite <- H; ring]. ring.
Qed.

Theorem derive_sum n f : D (sum n f) = sum n (fun i => D (f i)).
Proof.
  unfold Sums.sum. induction (Z.to_nat n) as [|p IH]; cbn [nsum]; [apply derive_zero|].
  rewrite derive_add, IH. reflexivity.
Qed.

Theorem derive_if (c : bool) u : D (if c then u else [0]) = if c then D u else [0].
Proof. destruct c; [reflexivity|apply derive_zero]. Qed.
End Derivation.

(* sum over v of delta(..., v) f(v): what is left is the term at s, if `ok` says that s is one. *)
Theorem eliminate n s (ok : bool) F T :
  (forall v, 1 <= v <= n -> v = s -> ok = true -> F v = T) ->
  (forall v, 1 <= v <= n -> ~ (v = s /\ ok = true) -> F v = [0]) ->
  (ok = true -> 1 <= s <= n) ->
  sum n F = if ok then T else [0].
Proof.
  intros A B C. destruct ok.
  - rewrite (sum_ext R rO radd n F (fun v => if v =? s then T else [0])).
    + rewrite (sum_delta R rO rI radd rmul rsub ropp laws n s (fun _ => T)).
      rewrite (proj2 (within_spec n s) (C eq_refl)). reflexivity.
    + intros v I. destruct (Z.eqb_spec v s) as [E|E].
      * apply A; auto.
      * apply B; [exact I|]. intros [E' _]. contradiction.
  - apply (sum_zero R rO rI radd rmul rsub ropp laws). intros v I.
    apply B; [exact I|]. intros [_ E]. discriminate.
Qed.

Theorem eliminate_span low high s (ok : bool) F T :
  (forall v, low <= v <= high -> v = s -> ok = true -> F v = T) ->
  (forall v, low <= v <= high -> ~ (v = s /\ ok = true) -> F v = [0]) ->
  (ok = true -> low <= s <= high) ->
  span low high F = if ok then T else [0].
Proof.
  intros A B C. apply (eliminate _ (s - low + 1)).
  - intros v I E O. apply A; [lia|lia|exact O].
  - intros v I E. apply B; [lia|]. intros [E' O]. apply E. split; [lia|exact O].
  - intros O. specialize (C O). lia.
Qed.

Theorem split_three a b c f : 0 <= a -> 0 <= b -> 0 <= c ->
  sum (a + b + c) f = sum a f [+] span (a + 1) (a + b) f [+] span (a + b + 1) (a + b + c) f.
Proof.
  intros A B C. rewrite !(sum_split R rO rI radd rmul rsub ropp laws) by lia. unfold span.
  replace (a + b - (a + 1) + 1) with b by lia.
  replace (a + b + c - (a + b + 1) + 1) with c by lia.
  f_equal; [f_equal|]; apply sum_ext; intros i _; f_equal; lia.
Qed.

(* Row-major numbers: tap (k, l) of K x L taps has number L (k - 1) + l. *)
Theorem sum_numbered K L s f : 0 < L -> 1 <= s <= K * L ->
  sum K (fun k => sum L (fun l => if L * (k - 1) + l =? s then f k l else [0]))
  = f ((s - 1) / L + 1) ((s - 1) mod L + 1).
Proof.
  intros HL HS.
  pose proof (Z.div_mod (s - 1) L ltac:(lia)) as E.
  pose proof (Z.mod_pos_bound (s - 1) L HL) as B.
  set (q := (s - 1) / L) in *. set (r := (s - 1) mod L) in *.
  transitivity (sum K (fun k => if k =? q + 1 then f k (r + 1) else [0])).
  - apply sum_ext. intros k Hk.
    transitivity (sum L (fun l => if l =? r + 1 then (if k =? q + 1 then f k l else [0]) else [0])).
    + apply sum_ext. intros l Hl.
      destruct (Z.eqb_spec (L * (k - 1) + l) s), (Z.eqb_spec l (r + 1)), (Z.eqb_spec k (q + 1));
        try reflexivity; exfalso; nia.
    + rewrite (sum_delta R rO rI radd rmul rsub ropp laws L (r + 1)
        (fun l => if k =? q + 1 then f k l else [0])).
      replace (within L (r + 1)) with true by (symmetry; apply within_spec; lia). reflexivity.
  - rewrite (sum_delta R rO rI radd rmul rsub ropp laws K (q + 1) (fun k => f k (r + 1))).
    replace (within K (q + 1)) with true; [reflexivity|].
    symmetry. apply within_spec. nia.
Qed.
End Rules.

Theorem divide_by_stride s q r : 0 < s -> (s * q <= r <-> q <= r / s).
Proof.
  intros P. split; intros Q.
  - apply Z.div_le_lower_bound; assumption.
  - pose proof (Z.mul_div_le r s P). nia.
Qed.

(* How many of 1..n lie between low and high. *)
Theorem count_between n low high :
  sum Z 0 Z.add n (fun l => if (low <=? l) && (l <=? high) then 1 else 0)
  = Z.max 0 (Z.min n high - Z.max 1 low + 1).
Proof.
  unfold sum.
  assert (H : forall p, nsum Z 0 Z.add p (fun l => if (low <=? l) && (l <=? high) then 1 else 0)
    = Z.max 0 (Z.min (Z.of_nat p) high - Z.max 1 low + 1)).
  { induction p as [|p IH]; cbn [nsum]; [lia|]. rewrite IH.
    destruct (Z.leb_spec low (Z.of_nat (S p))), (Z.leb_spec (Z.of_nat (S p)) high); cbn [andb]; lia. }
  rewrite H. lia.
Qed.

(* An exact multiple divided. *)
Lemma exact_division x s q : 0 < s -> x = s * q -> x / s = q /\ x mod s = 0.
Proof.
  intros P ->. rewrite Z.mul_comm. split; [apply Z.div_mul; lia|apply Z.mod_mul; lia].
Qed.

Lemma whole_division x s : 0 < s -> x mod s = 0 -> x = s * (x / s).
Proof. intros P M. pose proof (Z.div_mod x s ltac:(lia)). lia. Qed.

Lemma mod_whole u v s : 0 < s -> u mod s = 0 -> (v = u \/ v = u + s \/ v = u - s) -> v mod s = 0.
Proof.
  intros P M [-> | [-> | ->]]; [exact M | | ].
  - rewrite (mod_shift (u + s) u s 1) by lia. exact M.
  - rewrite (mod_shift (u - s) u s (-1)) by lia. exact M.
Qed.

Lemma between_ordered s q n : 0 < s -> 1 <= q <= n -> 0 <= s * (q - 1) /\ s * (q - 1) <= s * (n - 1).
Proof. nia. Qed.

Lemma quotient_in_range x s n : 0 < s -> 0 <= x -> x <= s * (n - 1) -> 1 <= x / s + 1 <= n.
Proof.
  intros P L U. pose proof (Z.div_pos x s L P).
  pose proof (Z.div_le_upper_bound x s (n - 1) P U). lia.
Qed.

Section Clean.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Lemma zero_plus u : [0] [+] u = u. Proof. ring. Qed.
Lemma plus_zero u : u [+] [0] = u. Proof. ring. Qed.
Lemma zero_times u : [0] [*] u = [0]. Proof. ring. Qed.
Lemma times_zero u : u [*] [0] = [0]. Proof. ring. Qed.
Lemma one_times u : rI [*] u = u. Proof. ring. Qed.
Lemma times_one u : u [*] rI = u. Proof. ring. Qed.
Lemma times_if (c : bool) u v : u [*] (if c then v else [0]) = if c then u [*] v else [0].
Proof. destruct c; ring. Qed.
Lemma delta_here i j : i = j -> delta R rO rI i j = rI.
Proof. intros ->. unfold delta. rewrite Z.eqb_refl. reflexivity. Qed.
Lemma delta_elsewhere i j : i <> j -> delta R rO rI i j = [0].
Proof. intros N. unfold delta. destruct (Z.eqb_spec i j); [contradiction|reflexivity]. Qed.
End Clean.

Lemma sum_span_swap (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R)
  (laws : ring_theory rO rI radd rmul rsub ropp (@eq R)) n low high (f : Z -> Z -> R) :
  sum R rO radd n (fun i => span R rO radd low high (fun j => f i j))
  = span R rO radd low high (fun j => sum R rO radd n (fun i => f i j)).
Proof. unfold span. apply (sum_swap R rO rI radd rmul rsub ropp laws). Qed.

Ltac hypotheses := repeat match goal with
  | H : (_ && _) = true |- _ => apply andb_true_iff in H; destruct H
  | H : (_ <=? _) = true |- _ => apply Z.leb_le in H
  | H : (_ <? _) = true |- _ => apply Z.ltb_lt in H
  | H : (_ >=? _) = true |- _ => apply Z.geb_le in H
  | H : (_ >? _) = true |- _ => apply Z.gtb_lt in H
  | H : (_ =? _) = true |- _ => apply Z.eqb_eq in H
  end.

Ltac boolean_goal := repeat match goal with
  | |- (_ && _) = true => apply andb_true_iff; split
  | |- (_ <=? _) = true => apply Z.leb_le
  | |- (_ <? _) = true => apply Z.ltb_lt
  | |- (_ >=? _) = true => apply Z.geb_le
  | |- (_ >? _) = true => apply Z.gtb_lt
  | |- (_ =? _) = true => apply Z.eqb_eq
  end.

(* A residue is zero because another one, of the same stride, is. *)
Ltac residues := match goal with
  | H : ?u mod ?s = 0, P : 0 < ?s |- ?v mod ?s = 0 =>
      apply (mod_whole u v s P H); first [left; lia | right; left; lia | right; right; lia]
  end.

Ltac fact := boolean_goal; first [assumption | reflexivity | lia | residues].

(* The same index, or the same factor. *)
Ltac entries := repeat first [reflexivity | lia | progress f_equal].

(* Two guards that say the same. *)
Ltac same_guard := apply eq_true_iff_eq; split; intros; hypotheses; fact.

(* Conditions that are implied go. *)
Ltac drop_guard := lazymatch goal with
  | |- (if ?g then _ else _) = (if ?h then _ else _) => replace g with h by same_guard; reflexivity
  | |- (if ?g then _ else _) = _ => replace g with true by (symmetry; fact); reflexivity
  end.

(* What a division by the stride, posed as a fact, says of x / s. *)
Ltac positive s := match goal with P : 0 < s |- _ => constr:(P) end.
Ltac whole x s := let P := positive s in
  let M := fresh in assert (M : x mod s = 0) by (hypotheses; residues);
  pose proof (whole_division x s P M).
Ltac exact_multiple x s q := let P := positive s in
  let E := fresh in assert (E : x = s * q) by lia;
  destruct (exact_division x s q P E).
Ltac bounds s i := let P := positive s in match goal with I : 1 <= i <= ?n |- _ =>
  pose proof (between_ordered s i n P I) end.
Ltac quotient x s := let P := positive s in match goal with |- _ <= _ <= ?n =>
  pose proof (quotient_in_range x s n P ltac:(lia) ltac:(lia)) end.

(* The term that is left: its guard holds, its delta is one, the rest is the same. *)
Ltac solve_term laws := hypotheses;
  repeat lazymatch goal with |- (if ?g then _ else _) = _ =>
    replace g with true by (symmetry; fact) end;
  repeat match goal with |- context[delta ?R ?O ?I ?i ?j] =>
    rewrite (delta_here R O I i j) by lia end;
  rewrite ?(one_times _ _ _ _ _ _ _ laws), ?(times_one _ _ _ _ _ _ _ laws);
  entries.

(* Every other term is zero: its guard fails, or its delta does. *)
Ltac guard_holds := lazymatch goal with
  | |- (if ?g then _ else _) = _ => destruct g eqn:?; [hypotheses|reflexivity]
  | |- _ => idtac
  end.
Ltac zero_term laws i j N :=
  match goal with |- context[delta ?R ?O ?I i j] => rewrite (delta_elsewhere R O I i j N) end;
  repeat first [rewrite (zero_times _ _ _ _ _ _ _ laws) | rewrite (times_zero _ _ _ _ _ _ _ laws)];
  reflexivity.
Ltac refuse others := exfalso; apply others; split; [lia|fact].

Ltac swap_sums laws := first
  [ apply (sum_swap _ _ _ _ _ _ _ laws) | apply (sum_span_swap _ _ _ _ _ _ _ laws) ].

(* An entry written out: its guard is the one it is given. *)
Ltac write_out laws := rewrite ?(times_if _ _ _ _ _ _ _ laws);
  lazymatch goal with
  | |- (if ?g then _ else _) = (if ?h then _ else _) =>
      replace h with g by same_guard; destruct g; [entries|reflexivity]
  | |- _ = (if ?h then _ else _) => replace h with true by (symmetry; fact); entries
  | |- _ => entries
  end.

Ltac by_division := match goal with |- _ <= ?r <-> _ <= ?q / _ => replace r with q by ring end;
  apply divide_by_stride; assumption.

(* What windows in range say of positions: from the output size's formula, o_is. *)
Ltac window s i o_is := let P := positive s in let W := fresh in
  match goal with I : 1 <= i <= ?n |- _ => pose proof (between_ordered s i n P I) as W end;
  rewrite o_is in W;
  try match type of W with context[if ?c then _ else _] => destruct c eqn:?; hypotheses end;
  match type of W with context[?e / s] => pose proof (Z.mul_div_le e s P) end.
Ltac taps d k := let P := positive d in
  match goal with I : 1 <= k <= ?n |- _ => pose proof (between_ordered d k n P I) end.

(* Counting the windows that fit, overhanging ones too. *)
Lemma window_steps s i f : 0 < s -> (i <= f + 1 -> s * (i - 1) <= s * f) /\
  (f + 2 <= i -> s * f + s <= s * (i - 1)) /\ (f + 3 <= i -> s * f + s <= s * (i - 2)).
Proof. intros P. repeat split; intros; nia. Qed.

Ltac by_counting s i := let P := positive s in
  match goal with |- context[?r / s] =>
    pose proof (Z.mul_div_le r s P); pose proof (Z.mul_succ_div_gt r s P);
    pose proof (window_steps s i (r / s) P) end;
  repeat match goal with |- context[if ?c then _ else _] => destruct c eqn:? end;
  hypotheses;
  repeat match goal with
  | H : (_ && _) = false |- _ => apply andb_false_iff in H; destruct H
  | H : (_ >? _) = false |- _ => rewrite Z.gtb_ltb in H; apply Z.ltb_ge in H
  end; lia.

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

(* The delta of a tap's number and a winner's, beside pick1, pick2, pick3. *)
Ltac pick_tap laws i s :=
  match goal with |- _ = (if ?a =? s then _ else _) => replace a with i by ring end;
  destruct (Z.eqb_spec i s) as [picked|passed];
  [ match goal with |- context[delta ?R ?O ?I i s] => rewrite (delta_here R O I i s picked) end
  | match goal with |- context[delta ?R ?O ?I i s] => rewrite (delta_elsewhere R O I i s passed) end ];
  repeat first [rewrite (zero_times _ _ _ _ _ _ _ laws) | rewrite (times_zero _ _ _ _ _ _ _ laws)
    | rewrite (one_times _ _ _ _ _ _ _ laws) | rewrite (times_one _ _ _ _ _ _ _ laws)];
  repeat match goal with |- context[if ?g then _ else _] => destruct g end; reflexivity.

(* A count of consecutive taps, in closed form. *)
Ltac count_taps low high :=
  etransitivity; [apply (sum_ext Z 0 Z.add) with (g := fun l => if (low <=? l) && (l <=? high) then 1 else 0)|
    rewrite count_between; lia];
  intros l l_in; match goal with |- (if ?g then _ else _) = (if ?h then _ else _) =>
    replace g with h by same_guard; reflexivity end.

(* Which case of a split axis: by the order of integers, division and absolute values. *)
Ltac by_cases := repeat match goal with |- context[if ?c then _ else _] => destruct c eqn:? end;
  repeat match goal with
  | H : (_ <=? _) = false |- _ => apply Z.leb_gt in H
  | H : (_ >=? _) = false |- _ => rewrite Z.geb_leb in H; apply Z.leb_gt in H
  end; hypotheses.

Ltac write_out_option := lazymatch goal with
  |- (if ?g then _ else _) = (if ?h then _ else _) =>
    replace h with g by same_guard; destruct g; [entries|reflexivity] end.
