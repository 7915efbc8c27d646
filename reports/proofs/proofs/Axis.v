(* The axis relation, gather form = scatter form, on one axis and on any number of them. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums.
Import ListNotations.
Open Scope Z_scope.

(* One axis: pixels, taps, stride, dilation, padding before the first pixel, output positions.
   Positions and taps count from 1; the sizes may be any integers, the stride is positive. *)
Record axis := { size : Z; kernel : Z; stride : Z; dilation : Z; pad : Z; outs : Z }.

(* Where tap k of window i lies, counted from the first pixel. *)
Definition pos (a : axis) (i k : Z) : Z :=
  stride a * (i - 1) + dilation a * (k - 1) + 1 - pad a.

(* S times the number of windows before the one whose tap k lies at x. *)
Definition offset (a : axis) (x k : Z) : Z := x + pad a - 1 - dilation a * (k - 1).

(* Tap k of some window in range lies at x: divisibility and bounds. *)
Definition hits (a : axis) (x k : Z) : bool :=
  (offset a x k mod stride a =? 0) && (0 <=? offset a x k)
  && (offset a x k / stride a + 1 <=? outs a).

Definition window (a : axis) (x k : Z) : Z := offset a x k / stride a + 1.

Lemma pos_offset a i k x : 0 < stride a -> pos a i k = x ->
  offset a x k = stride a * (i - 1) /\ window a x k = i /\ offset a x k mod stride a = 0.
Proof.
  intros S E. unfold window.
  assert (O : offset a x k = stride a * (i - 1)) by (unfold offset, pos in *; lia).
  rewrite O. repeat split.
  - rewrite Z.mul_comm, Z.div_mul by lia. lia.
  - rewrite Z.mul_comm. apply Z.mod_mul. lia.
Qed.

Lemma offset_pos a x k : 0 < stride a -> offset a x k mod stride a = 0 ->
  pos a (window a x k) k = x.
Proof.
  intros S M. unfold window, pos.
  pose proof (Z.div_mod (offset a x k) (stride a) ltac:(lia)) as D.
  rewrite M in D. unfold offset in *. lia.
Qed.

(* The index sets of scatter form and gather form are in bijection. *)
Theorem gather_is_scatter a i k x : 0 < stride a ->
  (1 <= i <= outs a /\ pos a i k = x) <-> (hits a x k = true /\ window a x k = i).
Proof.
  intros S. unfold hits. rewrite !andb_true_iff, Z.eqb_eq, !Z.leb_le. split.
  - intros [I E]. destruct (pos_offset a i k x S E) as (O & W & M).
    repeat split; [assumption|rewrite O; nia| |assumption].
    fold (window a x k). rewrite W. lia.
  - intros [[[M L] H] W]. subst i. split; [|apply offset_pos; assumption].
    unfold window. split; [|assumption].
    pose proof (Z.div_pos (offset a x k) (stride a) L S). lia.
Qed.

Section Reductions.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation msum := (msum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

(* The one fact everything rests on: a sum over windows is a sum over pixels, tap by tap,
   whatever is summed. *)
Theorem axis_swap a k (F : Z -> Z -> R) : 0 < stride a ->
  sum (outs a) (fun i => if within (size a) (pos a i k) then F i (pos a i k) else [0])
  = sum (size a) (fun x => if hits a x k then F (window a x k) x else [0]).
Proof.
  intros S.
  transitivity
    (sum (outs a) (fun i => sum (size a) (fun x => if x =? pos a i k then F i x else [0]))).
  { apply sum_ext. intros i _. symmetry. apply (sum_delta R rO rI radd rmul rsub ropp laws). }
  rewrite (sum_swap R rO rI radd rmul rsub ropp laws).
  apply sum_ext. intros x _.
  destruct (hits a x k) eqn:E.
  - destruct (proj2 (gather_is_scatter a (window a x k) k x S) (conj E eq_refl)) as [W P].
    rewrite (sum_ext R rO radd _ _ (fun i => if i =? window a x k then F i x else [0])).
    + rewrite (sum_delta R rO rI radd rmul rsub ropp laws).
      apply within_spec in W. rewrite W. reflexivity.
    + intros i _. destruct (Z.eqb_spec x (pos a i k)) as [Q|Q],
        (Z.eqb_spec i (window a x k)) as [T|T]; try reflexivity; exfalso.
      * symmetry in Q. destruct (pos_offset a i k x S Q) as (_ & T2 & _). congruence.
      * apply Q. rewrite T. symmetry. exact P.
  - apply (sum_zero R rO rI radd rmul rsub ropp laws). intros i I.
    destruct (Z.eqb_spec x (pos a i k)) as [Q|Q]; [|reflexivity]. exfalso.
    symmetry in Q.
    destruct (proj1 (gather_is_scatter a i k x S) (conj I Q)) as [T _]. congruence.
Qed.

(* N axes: multi-indices are lists, one entry an axis. *)
Fixpoint positions (A : list axis) (is ks : list Z) : list Z :=
  match A, is, ks with
  | a :: A', i :: is', k :: ks' => pos a i k :: positions A' is' ks'
  | _, _, _ => []
  end.

Fixpoint inside (A : list axis) (is ks : list Z) : bool :=
  match A, is, ks with
  | a :: A', i :: is', k :: ks' => within (size a) (pos a i k) && inside A' is' ks'
  | _, _, _ => true
  end.

Fixpoint windows (A : list axis) (xs ks : list Z) : list Z :=
  match A, xs, ks with
  | a :: A', x :: xs', k :: ks' => window a x k :: windows A' xs' ks'
  | _, _, _ => []
  end.

Fixpoint reached (A : list axis) (xs ks : list Z) : bool :=
  match A, xs, ks with
  | a :: A', x :: xs', k :: ks' => hits a x k && reached A' xs' ks'
  | _, _, _ => true
  end.

Definition sizes := map size.
Definition kernels := map kernel.
Definition outputs := map outs.
Definition moving := Forall (fun a => 0 < stride a).

Theorem axes_swap A : moving A -> forall ks (F : list Z -> list Z -> R), length ks = length A ->
  msum (outputs A) (fun is => if inside A is ks then F is (positions A is ks) else [0])
  = msum (sizes A) (fun xs => if reached A xs ks then F (windows A xs ks) xs else [0]).
Proof.
  induction 1 as [|a A S _ IH]; intros ks F L.
  - reflexivity.
  - destruct ks as [|k ks]; [discriminate|]. injection L as L. cbn.
    transitivity (sum (outs a) (fun i =>
      if within (size a) (pos a i k)
      then msum (sizes A) (fun xs =>
        if reached A xs ks then F (i :: windows A xs ks) (pos a i k :: xs) else [0])
      else [0])).
    { apply sum_ext. intros i _.
      destruct (within (size a) (pos a i k)); cbn [andb].
      - apply (IH ks (fun is xs => F (i :: is) (pos a i k :: xs)) L).
      - apply (msum_zero R rO rI radd rmul rsub ropp laws). }
    rewrite (axis_swap a k (fun i x => msum (sizes A) (fun xs =>
      if reached A xs ks then F (i :: windows A xs ks) (x :: xs) else [0])) S).
    apply sum_ext. intros x _. destruct (hits a x k); cbn [andb]; [reflexivity|].
    symmetry. apply (msum_zero R rO rI radd rmul rsub ropp laws).
Qed.

End Reductions.
