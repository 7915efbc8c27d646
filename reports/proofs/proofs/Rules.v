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

(* Counting the windows that fit, overhanging ones too. *)
Lemma window_steps s i f : 0 < s ->
  i <= f + 1 /\ s * (i - 1) <= s * f \/
  i = f + 2 /\ s * (i - 1) = s * f + s /\ s * (i - 2) = s * f \/
  f + 3 <= i /\ s * f + s <= s * (i - 2).
Proof.
  intros P. destruct (Z_le_gt_dec i (f + 1)); [left; nia|].
  destruct (Z.eq_dec i (f + 2)) as [->|]; [right; left; nia|right; right; nia].
Qed.

Lemma quotient_bounds r s : 0 < s -> s * (r / s) <= r /\ r < s * (r / s) + s.
Proof. intros P. pose proof (Z.div_mod r s ltac:(lia)). pose proof (Z.mod_pos_bound r s P). lia. Qed.

(* A range in three parts, cut after a and after h. *)
Theorem split_range (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R)
  (laws : ring_theory rO rI radd rmul rsub ropp (@eq R)) n a l h k f :
  0 <= a -> a <= h -> h <= n -> l = a + 1 -> k = h + 1 ->
  sum R rO radd n f
  = radd (radd (sum R rO radd a f) (span R rO radd l h f)) (span R rO radd k n f).
Proof.
  intros A B C -> ->.
  replace n with (a + (h - a) + (n - h)) at 1 by lia.
  rewrite (split_three R rO rI radd rmul rsub ropp laws) by lia.
  replace (a + (h - a)) with h by lia. replace (h + (n - h)) with n by lia. reflexivity.
Qed.
