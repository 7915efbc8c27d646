(* Finite sums over any commutative ring, indexed from 1 as in the chapter.
   Nothing is assumed: the ring's laws are hypotheses of every theorem. *)

Require Import ZArith Lia Ring List Bool.
Import ListNotations.
Open Scope Z_scope.

Section Sums.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Fixpoint nsum (n : nat) (f : Z -> R) : R :=
  match n with
  | O => [0]
  | S p => nsum p f [+] f (Z.of_nat (S p))
  end.

(* f 1 + ... + f n; zero where n < 1. *)
Definition sum (n : Z) (f : Z -> R) : R := nsum (Z.to_nat n) f.

Lemma sum_ext n f g : (forall i, 1 <= i <= n -> f i = g i) -> sum n f = sum n g.
Proof.
  unfold sum. intros H.
  assert (E : forall p, Z.of_nat p <= Z.of_nat (Z.to_nat n) -> nsum p f = nsum p g).
  { induction p as [|p IH]; intros L; [reflexivity|].
    cbn [nsum]. rewrite IH by lia. rewrite H by lia. reflexivity. }
  apply E. lia.
Qed.

Lemma nsum_zero p : nsum p (fun _ => [0]) = [0].
Proof. induction p; cbn [nsum]; [|rewrite IHp]; ring. Qed.

Lemma sum_zero n f : (forall i, 1 <= i <= n -> f i = [0]) -> sum n f = [0].
Proof. intros H. rewrite (sum_ext n f (fun _ => [0])) by assumption. apply nsum_zero. Qed.

Lemma sum_add n f g : sum n (fun i => f i [+] g i) = sum n f [+] sum n g.
Proof. unfold sum. induction (Z.to_nat n) as [|p IH]; cbn [nsum]; [|rewrite IH]; ring. Qed.

Lemma sum_mul_l n c f : c [*] sum n f = sum n (fun i => c [*] f i).
Proof. unfold sum. induction (Z.to_nat n) as [|p IH]; cbn [nsum]; [|rewrite <- IH]; ring. Qed.

Lemma sum_mul_r n c f : sum n f [*] c = sum n (fun i => f i [*] c).
Proof. unfold sum. induction (Z.to_nat n) as [|p IH]; cbn [nsum]; [|rewrite <- IH]; ring. Qed.

Lemma sum_swap n m (f : Z -> Z -> R) :
  sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  unfold sum at 1 4. induction (Z.to_nat n) as [|p IH]; cbn [nsum].
  - symmetry. apply sum_zero. reflexivity.
  - rewrite IH. symmetry. apply (sum_add m (fun j => nsum p (fun i => f i j))).
Qed.

Lemma sum_split n m f : 0 <= n -> 0 <= m ->
  sum (n + m) f = sum n f [+] sum m (fun i => f (n + i)).
Proof.
  intros Hn Hm. unfold sum. rewrite Z2Nat.inj_add by assumption.
  set (q := Z.to_nat m). assert (Q : Z.of_nat q <= m) by lia. clearbody q.
  induction q as [|q IH].
  - rewrite Nat.add_0_r. cbn [nsum]. ring.
  - rewrite Nat.add_succ_r. cbn [nsum]. rewrite IH by lia.
    replace (Z.of_nat (S (Z.to_nat n + q))) with (n + Z.of_nat (S q)) by lia. ring.
Qed.

Lemma sum_one f : sum 1 f = f 1.
Proof. unfold sum. change (Z.to_nat 1) with 1%nat. cbn. ring. Qed.

(* Reindexing backwards: the tap k of a turned kernel is tap n + 1 - k. *)
Lemma sum_rev n f : sum n f = sum n (fun i => f (n + 1 - i)).
Proof.
  destruct (Z_lt_le_dec n 0) as [L|L].
  { unfold sum. replace (Z.to_nat n) with O by lia. reflexivity. }
  revert f. pattern n. apply natlike_ind; [reflexivity| |exact L].
  intros m Hm IH f. unfold Z.succ.
  rewrite sum_split, sum_one, (IH f) by lia.
  replace (sum (m + 1) (fun i => f (m + 1 + 1 - i)))
    with (sum (1 + m) (fun i => f (m + 1 + 1 - i))) by (f_equal; lia).
  rewrite sum_split, sum_one by lia.
  replace (m + 1 + 1 - 1) with (m + 1) by lia.
  rewrite (sum_ext m (fun i => f (m + 1 + 1 - (1 + i))) (fun i => f (m + 1 - i))).
  - ring.
  - intros i _. f_equal. lia.
Qed.

Lemma sum_if n (c : bool) f :
  sum n (fun i => if c then f i else [0]) = if c then sum n f else [0].
Proof. destruct c; [reflexivity|apply sum_zero; reflexivity]. Qed.

Definition within (n j : Z) : bool := (1 <=? j) && (j <=? n).

Lemma within_spec n j : within n j = true <-> 1 <= j <= n.
Proof. unfold within. rewrite andb_true_iff, !Z.leb_le. lia. Qed.

(* Elimination of a delta: one term is left, if it is in range. *)
Lemma sum_delta n j f :
  sum n (fun i => if i =? j then f i else [0]) = if within n j then f j else [0].
Proof.
  destruct (within n j) eqn:E.
  - apply within_spec in E.
    replace n with ((j - 1) + (1 + (n - j))) by lia.
    rewrite !sum_split, sum_one by lia.
    rewrite (sum_zero (j - 1)), (sum_zero (n - j)).
    + replace (j - 1 + 1) with j by lia. rewrite Z.eqb_refl. ring.
    + intros i Hi. destruct (Z.eqb_spec (j - 1 + (1 + i)) j); [lia|reflexivity].
    + intros i Hi. destruct (Z.eqb_spec i j); [lia|reflexivity].
  - apply sum_zero. intros i Hi. destruct (Z.eqb_spec i j) as [->|]; [|reflexivity].
    apply within_spec in Hi. congruence.
Qed.

(* A general bijection between two ranges leaves a sum alone. *)
Lemma sum_reindex n m (to back : Z -> Z) f :
  (forall i, 1 <= i <= n -> 1 <= to i <= m /\ back (to i) = i) ->
  (forall j, 1 <= j <= m -> 1 <= back j <= n /\ to (back j) = j) ->
  sum n (fun i => f (to i)) = sum m f.
Proof.
  intros A B.
  transitivity (sum n (fun i => sum m (fun j => if j =? to i then f j else [0]))).
  { apply sum_ext. intros i Hi. rewrite sum_delta.
    destruct (A i Hi) as [T _]. apply within_spec in T. rewrite T. reflexivity. }
  rewrite sum_swap. apply sum_ext. intros j Hj.
  rewrite (sum_ext n _ (fun i => if i =? back j then f j else [0])).
  - rewrite sum_delta. destruct (B j Hj) as [T _]. apply within_spec in T. rewrite T. reflexivity.
  - intros i Hi. destruct (A i Hi), (B j Hj).
    destruct (Z.eqb_spec j (to i)), (Z.eqb_spec i (back j)); congruence.
Qed.

(* Sums over multi-indices: one range an axis, any number of axes. *)
Fixpoint msum (ns : list Z) (f : list Z -> R) : R :=
  match ns with
  | [] => f []
  | n :: rest => sum n (fun i => msum rest (fun is => f (i :: is)))
  end.

Lemma msum_ext ns f g : (forall is, length is = length ns -> f is = g is) -> msum ns f = msum ns g.
Proof.
  revert f g. induction ns as [|n ns IH]; intros f g H; cbn.
  - apply H. reflexivity.
  - apply sum_ext. intros i _. apply IH. intros is L. apply H. cbn. congruence.
Qed.

Lemma msum_zero ns : msum ns (fun _ => [0]) = [0].
Proof. induction ns; cbn; [reflexivity|]. apply sum_zero. intros. exact IHns. Qed.

Lemma msum_add ns f g : msum ns (fun is => f is [+] g is) = msum ns f [+] msum ns g.
Proof.
  revert f g. induction ns as [|n ns IH]; intros f g; cbn; [reflexivity|].
  rewrite <- sum_add. apply sum_ext. intros i _. apply IH.
Qed.

Lemma msum_mul_l ns c f : c [*] msum ns f = msum ns (fun is => c [*] f is).
Proof.
  revert f. induction ns as [|n ns IH]; intros f; cbn; [reflexivity|].
  rewrite sum_mul_l. apply sum_ext. intros i _. apply IH.
Qed.

Lemma msum_mul_r ns c f : msum ns f [*] c = msum ns (fun is => f is [*] c).
Proof.
  revert f. induction ns as [|n ns IH]; intros f; cbn; [reflexivity|].
  rewrite sum_mul_r. apply sum_ext. intros i _. apply IH.
Qed.

Lemma msum_sum ns m f :
  msum ns (fun is => sum m (fun j => f is j)) = sum m (fun j => msum ns (fun is => f is j)).
Proof.
  revert f. induction ns as [|n ns IH]; intros f; cbn; [reflexivity|].
  rewrite sum_swap. apply sum_ext. intros i _. apply IH.
Qed.

Lemma msum_swap ns ms (f : list Z -> list Z -> R) :
  msum ns (fun is => msum ms (fun js => f is js)) = msum ms (fun js => msum ns (fun is => f is js)).
Proof.
  revert f. induction ms as [|m ms IH]; intros f; cbn; [reflexivity|].
  rewrite msum_sum. apply sum_ext. intros j _. apply IH.
Qed.

Lemma msum_if ns (c : bool) f :
  msum ns (fun is => if c then f is else [0]) = if c then msum ns f else [0].
Proof. destruct c; [reflexivity|apply msum_zero]. Qed.

End Sums.
