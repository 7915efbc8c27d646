(* Derivatives that fit: the notion `slope` of Tying, Backpropagation and Equivariance has models.

   Over any commutative ring: f has slope s at 0 if f t = f 0 + t s + t t h(t); this is the
   derivative of polynomials, and rests on nothing.  Over the real numbers: the limit of the
   difference quotient, as Coq's library defines it; this rests on the library's axioms of the
   real numbers, named by Print Assumptions.  ReLU has no kink off zero. *)

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
