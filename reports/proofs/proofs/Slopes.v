(* Derivatives that fit: the notion `slope` of Tying, Backpropagation and Equivariance has models.

   Over any commutative ring: f has slope s at 0 if f t = f 0 + t s + t t h(t); this is the
   derivative of polynomials, and rests on nothing.  Over the real numbers: the limit of the
   difference quotient, as Coq's library defines it; this rests on the library's axioms of the
   real numbers, named by Print Assumptions.  ReLU has no kink off zero, the logistic function and
   tanh have none, and a maximum none where one entry of each window is larger than the others. *)

Require Import ZArith Lia Ring List Bool Reals Lra.
From Convproof Require Import Sums Tying Backpropagation.
Open Scope Z_scope.

Section Algebraic.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Definition algebraic (f : R -> R) (s : R) : Prop :=
  exists h : R -> R, forall t, f t = f [0] [+] t [*] s [+] t [*] t [*] h t.

Theorem algebraic_constant a : algebraic (fun _ => a) [0].
Proof. exists (fun _ => [0]). intros. ring. Qed.

Theorem algebraic_identity : algebraic (fun t => t) rI.
Proof. exists (fun _ => [0]). intros. ring. Qed.

Theorem algebraic_add f g a b : algebraic f a -> algebraic g b ->
  algebraic (fun t => f t [+] g t) (a [+] b).
Proof.
  intros [p P] [q Q]. exists (fun t => p t [+] q t). intros t. rewrite (P t), (Q t). ring.
Qed.

Theorem algebraic_mul f g a b : algebraic f a -> algebraic g b ->
  algebraic (fun t => f t [*] g t) (a [*] g [0] [+] f [0] [*] b).
Proof.
  intros [p P] [q Q].
  exists (fun t => a [*] b [+] p t [*] (g [0] [+] t [*] b [+] t [*] t [*] q t)
    [+] q t [*] (f [0] [+] t [*] a)).
  intros t. rewrite (P t), (Q t). ring.
Qed.

Theorem algebraic_scale f a c : algebraic f a -> algebraic (fun t => c [*] f t) (c [*] a).
Proof.
  intros H. replace (c [*] a) with ([0] [*] f [0] [+] c [*] a) by ring.
  apply (algebraic_mul (fun _ => c)); [apply algebraic_constant|exact H].
Qed.
End Algebraic.

(* Over the integers there is one slope at most: the gradients are the only ones. *)
Theorem algebraic_unique_Z f s s' : algebraic Z 0 Z.add Z.mul f s -> algebraic Z 0 Z.add Z.mul f s' -> s = s'.
Proof.
  intros [h H] [h' H'].
  set (n := Z.abs (s - s') + 1).
  pose proof (H n) as E. rewrite (H' n) in E.
  assert (Q : s - s' = n * (h' n - h n)) by nia.
  assert (B : Z.abs (s - s') < n) by lia.
  rewrite Q, Z.abs_mul, (Z.abs_eq n) in B by lia.
  assert (Z.abs (h' n - h n) = 0) by nia. nia.
Qed.

Definition real (f : R -> R) (s : R) : Prop := derivable_pt_lim f 0 s.

Theorem real_constant a : real (fun _ => a) 0%R.
Proof. apply derivable_pt_lim_const. Qed.

Theorem real_add f g a b : real f a -> real g b -> real (fun t => f t + g t)%R (a + b)%R.
Proof. apply derivable_pt_lim_plus. Qed.

Theorem real_mul f g a b : real f a -> real g b ->
  real (fun t => f t * g t)%R (a * g 0 + f 0 * b)%R.
Proof. apply derivable_pt_lim_mult. Qed.

Theorem real_scale f a c : real f a -> real (fun t => c * f t)%R (c * a)%R.
Proof. apply derivable_pt_lim_scal. Qed.

Theorem real_unique f s s' : real f s -> real f s' -> s = s'.
Proof. apply uniqueness_limite. Qed.

(* An activation with a derivative at the entry has no kink there: the chain rule. *)
Theorem real_chain act slope c v : derivable_pt_lim act (c 0%R) slope -> real c v ->
  real (fun t => act (c t)) (slope * v)%R.
Proof. intros A C. apply (derivable_pt_lim_comp c act 0 v slope); assumption. Qed.

Definition relu (x : R) : R := Rmax 0 x.

Theorem relu_off_zero x : x <> 0%R -> derivable_pt_lim relu x (if Rlt_dec 0 x then 1 else 0)%R.
Proof.
  intros N eps He. assert (P : (0 < Rabs x)%R) by (apply Rabs_pos_lt; exact N).
  exists (mkposreal _ P). intros h Hh B. cbn in B. unfold relu.
  assert (Q : (Rmax 0 (x + h) - Rmax 0 x = (if Rlt_dec 0 x then 1 else 0) * h)%R).
  { destruct (Rlt_dec 0 x) as [L|L].
    - rewrite (Rabs_right x) in B by lra. apply Rabs_def2 in B.
      rewrite !Rmax_right by lra. lra.
    - rewrite (Rabs_left x) in B by lra. apply Rabs_def2 in B.
      rewrite !Rmax_left by lra. lra. }
  rewrite Q. replace ((if Rlt_dec 0 x then 1 else 0) * h / h - (if Rlt_dec 0 x then 1 else 0))%R
    with 0%R by (field; exact Hh).
  rewrite Rabs_R0. exact He.
Qed.

(* So backpropagation through weighted edges and ReLU returns the gradient of the real-valued
   loss, at every point where no pre-activation is zero. *)
Definition relu_slope (x : R) : R := if Rlt_dec 0 x then 1%R else 0%R.

Theorem relu_layer_has_no_kink size e x : (forall i, 1 <= i <= size -> x i <> 0%R) ->
  no_kink R R 0%R real (pointwise_layer R 0%R Rmult size relu relu_slope) e x.
Proof.
  intros H. apply (pointwise_layer_has_no_kink R 0%R Rmult).
  intros i I c v Q S. apply real_chain; [|exact S]. rewrite Q. apply relu_off_zero. apply H. exact I.
Qed.

Theorem edge_layer_is_differentiable I O E from to ties e x :
  no_kink R R 0%R real (edge_layer R 0%R 1%R Rplus Rmult I O E from to ties) e x.
Proof.
  apply (edge_layer_has_no_kink R 0%R 1%R Rplus Rmult); [exact real_constant|exact real_add|exact real_mul].
Qed.

(* The logistic function and tanh: smooth everywhere, with the slopes that are computed. *)
Definition sigmoid (x : R) : R := (/ (1 + exp (- x)))%R.
Definition sigmoid_slope (x : R) : R := (sigmoid x * (1 - sigmoid x))%R.
Definition tanh_slope (x : R) : R := (1 - tanh x * tanh x)%R.

Lemma below_exp x : (0 < 1 + exp (- x))%R.
Proof. pose proof (exp_pos (- x)). lra. Qed.

Theorem sigmoid_has_slope x : derivable_pt_lim sigmoid x (sigmoid_slope x).
Proof.
  pose proof (below_exp x) as P. unfold sigmoid_slope, sigmoid.
  assert (E : derivable_pt_lim (fun y => 1 + exp (- y))%R x (- exp (- x))%R).
  { replace (- exp (- x))%R with (0 + exp (- x) * - 1)%R by ring.
    apply (derivable_pt_lim_plus (fct_cte 1) (fun y => exp (- y))%R);
      [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_comp (fun y => - y)%R exp x (- 1)%R (exp (- x)));
      [|apply derivable_pt_lim_exp].
    apply (derivable_pt_lim_opp id x 1). apply derivable_pt_lim_id. }
  replace (/ (1 + exp (- x)) * (1 - / (1 + exp (- x))))%R
    with ((0 * (1 + exp (- x)) - - exp (- x) * 1) / Rsqr (1 + exp (- x)))%R
    by (unfold Rsqr; field; lra).
  assert (N : (1 + exp (- x) <> 0)%R) by lra.
  pose proof (derivable_pt_lim_div (fct_cte 1) (fun y => 1 + exp (- y))%R x 0 (- exp (- x))
    (derivable_pt_lim_const 1 x) E N) as H.
  intros eps He. destruct (H eps He) as [delta D]. exists delta. intros h Hh B.
  specialize (D h Hh B). unfold div_fct, fct_cte in D.
  replace (/ (1 + exp (- (x + h))))%R with (1 / (1 + exp (- (x + h))))%R
    by (unfold Rdiv; apply Rmult_1_l).
  replace (/ (1 + exp (- x)))%R with (1 / (1 + exp (- x)))%R at 1
    by (unfold Rdiv; apply Rmult_1_l).
  exact D.
Qed.

Theorem tanh_has_slope x : derivable_pt_lim tanh x (tanh_slope x).
Proof.
  assert (P : (0 < cosh x)%R).
  { unfold cosh. pose proof (exp_pos x). pose proof (exp_pos (- x)). lra. }
  unfold tanh_slope, tanh.
  replace (1 - sinh x / cosh x * (sinh x / cosh x))%R
    with ((cosh x * cosh x - sinh x * sinh x) / Rsqr (cosh x))%R by (unfold Rsqr; field; lra).
  apply (derivable_pt_lim_div sinh cosh x (cosh x) (sinh x));
    [apply derivable_pt_lim_sinh|apply derivable_pt_lim_cosh|lra].
Qed.

Theorem sigmoid_layer_has_no_kink size e x :
  no_kink R R 0%R real (pointwise_layer R 0%R Rmult size sigmoid sigmoid_slope) e x.
Proof.
  apply (pointwise_layer_has_no_kink R 0%R Rmult).
  intros i I c v Q S. apply real_chain; [|exact S]. rewrite Q. apply sigmoid_has_slope.
Qed.

Theorem tanh_layer_has_no_kink size e x :
  no_kink R R 0%R real (pointwise_layer R 0%R Rmult size tanh tanh_slope) e x.
Proof.
  apply (pointwise_layer_has_no_kink R 0%R Rmult).
  intros i I c v Q S. apply real_chain; [|exact S]. rewrite Q. apply tanh_has_slope.
Qed.

(* The gradients in the form that nothing overflows in: e = exp (-|x|). *)
Theorem sigmoid_slope_as_computed x :
  sigmoid_slope x = (exp (- Rabs x) / (1 + exp (- Rabs x)) ^ 2)%R.
Proof.
  pose proof (exp_pos x) as P. unfold sigmoid_slope, sigmoid, Rabs.
  destruct (Rcase_abs x); rewrite ?Ropp_involutive, ?exp_Ropp; field; lra.
Qed.

Theorem tanh_slope_as_computed x :
  tanh_slope x = (4 * exp (- (2 * Rabs x)) / (1 + exp (- (2 * Rabs x))) ^ 2)%R.
Proof.
  pose proof (exp_pos x) as P. unfold tanh_slope, tanh, sinh, cosh, Rabs.
  assert (Q : (exp (2 * x) = exp x * exp x)%R) by (rewrite <- exp_plus; f_equal; ring).
  assert (S : (0 < exp x * exp x)%R) by (apply Rmult_lt_0_compat; assumption).
  destruct (Rcase_abs x).
  - replace (- (2 * - x))%R with (2 * x)%R by ring. rewrite Q, exp_Ropp. field. split; lra.
  - rewrite (exp_Ropp (2 * x)), Q, exp_Ropp. field. split; lra.
Qed.

(* Max-pooling: where one entry of each window is larger than all others, it stays the winner. *)
Lemma real_nearby f g s d : (0 < d)%R -> (forall t, (Rabs t < d)%R -> g t = f t) ->
  real f s -> real g s.
Proof.
  intros D E F eps He. destruct (F eps He) as [delta H].
  assert (M : (0 < Rmin delta d)%R) by (apply Rmin_glb_lt; [apply cond_pos|exact D]).
  exists (mkposreal _ M). cbn. intros h Hh B.
  rewrite !E.
  - apply H; [exact Hh|]. eapply Rlt_le_trans; [exact B|apply Rmin_l].
  - rewrite Rabs_R0. exact D.
  - rewrite Rplus_0_l. eapply Rlt_le_trans; [exact B|apply Rmin_r].
Qed.

Lemma stays_above f g a b : real f a -> real g b -> (f 0 < g 0)%R ->
  exists d, (0 < d)%R /\ forall t, (Rabs t < d)%R -> (f t < g t)%R.
Proof.
  intros F G L.
  assert (C : continuity_pt (fun t => g t - f t)%R 0).
  { apply derivable_continuous_pt. exists (b - a)%R. apply (derivable_pt_lim_minus g f); assumption. }
  destruct (C (g 0 - f 0)%R) as (d & D & H); [lra|]. exists d. split; [exact D|].
  intros t B. destruct (Req_dec t 0) as [->|N]; [exact L|].
  specialize (H t). cbn in H. unfold R_dist, D_x, no_cond in H.
  assert (K : (Rabs (g t - f t - (g 0 - f 0)) < g 0 - f 0)%R).
  { apply H. split; [split; [exact I|auto]|]. rewrite Rminus_0_r. exact B. }
  apply Rabs_def2 in K. lra.
Qed.

Section Winner.
Variables (I O : Z) (window : Z -> list Z) (choose : (Z -> R) -> Z -> Z).

(* It returns the place of a maximum of the window, whichever. *)
Definition chooses_a_maximum := forall y o, 1 <= o <= O ->
  In (choose y o) (window o) /\ forall i, In i (window o) -> (y i <= y (choose y o))%R.
Definition windows_on_input := forall o i, 1 <= o <= O -> In i (window o) -> 1 <= i <= I.
(* No tie for the maximum of any window. *)
Definition one_maximum (x : Z -> R) := forall o i, 1 <= o <= O -> In i (window o) ->
  i <> choose x o -> (x i < x (choose x o))%R.

Lemma all_stay_below (xc : R -> Z -> R) dx w (l : list Z) :
  (forall i, In i l -> real (fun t => xc t i) (dx i)) -> real (fun t => xc t w) (dx w) ->
  (forall i, In i l -> i <> w -> (xc 0 i < xc 0 w)%R) ->
  exists d, (0 < d)%R /\ forall t i, (Rabs t < d)%R -> In i l -> i <> w -> (xc t i < xc t w)%R.
Proof.
  intros S W. induction l as [|j l IH]; intros B.
  - exists 1%R. split; [lra|]. intros t i _ [].
  - destruct IH as (d & D & H); [intros; apply S; right; assumption|
      intros; apply B; [right|]; assumption|].
    destruct (Z.eq_dec j w) as [->|N].
    + exists d. split; [exact D|]. intros t i T [->|K] Q; [congruence|apply H; assumption].
    + destruct (stays_above (fun t => xc t j) (fun t => xc t w) _ _ (S j (or_introl eq_refl)) W)
        as (d' & D' & H'); [apply B; [left; reflexivity|exact N]|].
      exists (Rmin d d'). split; [apply Rmin_glb_lt; assumption|].
      intros t i T [<-|K] Q.
      * apply H'. eapply Rlt_le_trans; [exact T|apply Rmin_r].
      * apply H; try assumption. eapply Rlt_le_trans; [exact T|apply Rmin_l].
Qed.

Theorem strict_winner_stays x : chooses_a_maximum -> windows_on_input -> one_maximum x ->
  winner_stays R R 0%R real I O choose x.
Proof.
  intros C W M o K. destruct (C x o K) as [In_w _]. pose proof (W o _ K In_w) as B.
  split; [exact B|]. intros xc dx MX. set (w := choose x o) in *.
  assert (V : forall i, In i (window o) -> xc 0%R i = x i /\ real (fun t => xc t i) (dx i)).
  { intros i J. apply MX. apply (W o i K J). }
  destruct (all_stay_below xc dx w (window o)) as (d & D & H).
  - intros i J. apply (V i J).
  - apply (V w In_w).
  - intros i J N. rewrite (proj1 (V i J)), (proj1 (V w In_w)). apply M; assumption.
  - assert (Q : forall t, (Rabs t < d)%R -> choose (xc t) o = w).
    { intros t T. destruct (Z.eq_dec (choose (xc t) o) w) as [E|N]; [exact E|exfalso].
      destruct (C (xc t) o K) as [J L]. specialize (L w In_w).
      pose proof (H t _ T J N). lra. }
    split.
    + rewrite Q by (rewrite Rabs_R0; exact D). apply (V w In_w).
    + apply (real_nearby _ _ _ d D). intros t T. rewrite Q by exact T. reflexivity.
Qed.

Theorem max_layer_has_no_kink e x : chooses_a_maximum -> windows_on_input -> one_maximum x ->
  no_kink R R 0%R real (selecting_layer R 0%R Rplus I O choose) e x.
Proof.
  intros C W M. apply selecting_layer_has_no_kink. apply strict_winner_stays; assumption.
Qed.
End Winner.
