(* Layers that read windows with weights of each output's own: average and max pooling; and the
   declared tie rule. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Layers.
Import ListNotations.
Open Scope Z_scope.

Section Pooling.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation msum := (msum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Ltac ext := first
  [ apply sum_ext; intros ? _ | apply msum_ext; intros ? _ ].

(* Each output has weights of its own, s; both poolings are of this kind. *)
Variable A : list axis.

Definition plane := list Z -> R.

Definition local (s : list Z -> list Z -> R) (x : plane) : plane := fun is =>
  msum (kernels A) (fun ks => if inside A is ks then s is ks [*] x (positions A is ks) else [0]).

Definition local_grad (s : list Z -> list Z -> R) (dy : plane) : plane := fun xs =>
  msum (kernels A) (fun ks =>
    if reached A xs ks then s (windows A xs ks) ks [*] dy (windows A xs ks) else [0]).

Theorem adjoint_local s x dy : moving A ->
  msum (outputs A) (fun is => dy is [*] local s x is)
  = msum (sizes A) (fun xs => x xs [*] local_grad s dy xs).
Proof.
  intros S. unfold local, local_grad.
  transitivity (msum (kernels A) (fun ks => msum (outputs A) (fun is => if inside A is ks
    then s is ks [*] dy is [*] x (positions A is ks) else [0]))).
  { rewrite (msum_swap R rO rI radd rmul rsub ropp laws). ext.
    rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
    rewrite (if_mul_l R rO rI radd rmul rsub ropp laws). destruct (inside _ _ _); ring. }
  transitivity (msum (kernels A) (fun ks => msum (sizes A) (fun xs => if reached A xs ks
    then s (windows A xs ks) ks [*] dy (windows A xs ks) [*] x xs else [0]))).
  { apply msum_ext. intros ks L.
    apply (axes_swap R rO rI radd rmul rsub ropp laws A S ks
      (fun is xs => s is ks [*] dy is [*] x xs)).
    rewrite L. unfold kernels. apply map_length. }
  rewrite (msum_swap R rO rI radd rmul rsub ropp laws). ext.
  rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
  rewrite (if_mul_l R rO rI radd rmul rsub ropp laws). destruct (reached _ _ _); ring.
Qed.

(* Average pooling: r is the inverse of each window's divisor. *)
Definition average (r : plane) (x : plane) : plane := local (fun is _ => r is) x.

Theorem adjoint_average r x dy : moving A ->
  msum (outputs A) (fun is => dy is [*] average r x is)
  = msum (sizes A) (fun xs => x xs [*] local_grad (fun is _ => r is) dy xs).
Proof. intros S. apply adjoint_local. exact S. Qed.

(* Max pooling passes x at the tap that won; `win is` is that tap, by any tie rule. *)
Definition is_tap (a b : list Z) : bool := if list_eq_dec Z.eq_dec a b then true else false.

Definition select (win : list Z -> list Z) (x : plane) : plane :=
  local (fun is ks => if is_tap ks (win is) then rI else [0]) x.

Theorem adjoint_select win x dy : moving A ->
  msum (outputs A) (fun is => dy is [*] select win x is)
  = msum (sizes A) (fun xs =>
      x xs [*] local_grad (fun is ks => if is_tap ks (win is) then rI else [0]) dy xs).
Proof. intros S. apply adjoint_local. exact S. Qed.

Lemma msum_tap ns win f : in_range ns win ->
  msum ns (fun ks => if is_tap ks win then f ks else [0]) = f win.
Proof.
  intros I. revert f. induction I as [|n k ns win K _ IH]; intros f; cbn.
  - reflexivity.
  - transitivity (sum n (fun i => if i =? k then f (i :: win) else [0])).
    + ext. destruct (Z.eqb_spec i k) as [->|D].
      * rewrite <- (IH (fun is => f (k :: is))). ext. unfold is_tap.
        destruct (list_eq_dec _ (k :: is) (k :: win)), (list_eq_dec _ is win); congruence.
      * transitivity (msum ns (fun _ => [0]));
          [|apply (msum_zero R rO rI radd rmul rsub ropp laws)].
        ext. unfold is_tap.
        destruct (list_eq_dec _ (i :: is) (k :: win)); congruence.
    + rewrite (sum_delta R rO rI radd rmul rsub ropp laws).
      apply within_spec in K. rewrite K. reflexivity.
Qed.

(* A winner inside the image is what is selected. *)
Theorem select_winner win x is : in_range (kernels A) (win is) -> inside A is (win is) = true ->
  select win x is = x (positions A is (win is)).
Proof.
  intros I J. unfold select, local.
  transitivity (msum (kernels A) (fun ks => if is_tap ks (win is)
    then (if inside A is ks then x (positions A is ks) else [0]) else [0])).
  { ext. destruct (is_tap is0 (win is)), (inside A is is0); ring. }
  rewrite msum_tap by exact I. rewrite J. reflexivity.
Qed.
End Pooling.


(* The declared tie rule: the first of the largest, in the order of the taps. *)
Section FirstMaximum.
Variable (V : Type) (less : V -> V -> bool).
Variable irreflexive : forall a, less a a = false.
Variable transitive : forall a b c, less a b = true -> less b c = true -> less a c = true.
Variable total : forall a b, less a b = false -> less b a = false -> a = b.

Fixpoint first_maximum (n : nat) (f : nat -> V) : nat :=
  match n with
  | O => O
  | S p => let best := first_maximum p f in if less (f best) (f (S p)) then S p else best
  end.

Lemma not_less_trans a b c : less a b = false -> less b c = false -> less a c = false.
Proof.
  intros X Y. destruct (less a c) eqn:Z; [|reflexivity].
  destruct (less b a) eqn:W.
  - rewrite (transitive _ _ _ W Z) in Y. discriminate.
  - rewrite (total _ _ X W), Z in *. discriminate.
Qed.

(* Nothing is larger, and whatever comes earlier is smaller. *)
Theorem first_maximum_is_first n f :
  (first_maximum n f <= n)%nat /\
  (forall j, (j <= n)%nat -> less (f (first_maximum n f)) (f j) = false) /\
  (forall j, (j < first_maximum n f)%nat -> less (f j) (f (first_maximum n f)) = true).
Proof.
  induction n as [|p (L & M & F)]; cbn.
  - repeat split; [lia| |intros j J; lia].
    intros j J. replace j with O by lia. apply irreflexive.
  - destruct (less (f (first_maximum p f)) (f (S p))) eqn:E; repeat split; try lia.
    + intros j J. destruct (Nat.eq_dec j (S p)) as [->|D]; [apply irreflexive|].
      destruct (less (f (S p)) (f j)) eqn:Q; [|reflexivity].
      rewrite <- (M j) by lia. symmetry. eapply transitive; eassumption.
    + intros j J. destruct (less (f j) (f (S p))) eqn:Q; [reflexivity|].
      pose proof (not_less_trans _ _ _ (M j ltac:(lia)) Q) as B. congruence.
    + intros j J. destruct (Nat.eq_dec j (S p)) as [->|D]; [exact E|apply M; lia].
    + exact F.
Qed.
End FirstMaximum.
