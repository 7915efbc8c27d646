(* Convolution with batch, groups, channels, any rank, stride, dilation and asymmetric padding:
   its gradients are its adjoints.  Tied copies; translation on the validity region. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis.
Import ListNotations.
Open Scope Z_scope.

Section Layers.
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
Ltac exchange := rewrite (sum_swap R rO rI radd rmul rsub ropp laws).

Lemma if_mul_l (c : bool) u v : u [*] (if c then v else [0]) = if c then u [*] v else [0].
Proof. destruct c; ring. Qed.

Lemma if_mul_r (c : bool) u v : (if c then u else [0]) [*] v = if c then u [*] v else [0].
Proof. destruct c; ring. Qed.

Section Convolution.
Variable A : list axis.
Variables N G C M : Z.

Definition image := Z -> list Z -> Z -> Z -> R. (* batch, positions, group, channel *)
Definition weights := list Z -> Z -> Z -> Z -> R. (* taps, input channel, group, output channel *)

Definition forward (x : image) (w : weights) (b : Z -> Z -> R) : image := fun n is g m =>
  b g m [+] msum (kernels A) (fun ks => sum C (fun c =>
    if inside A is ks then w ks c g m [*] x n (positions A is ks) g c else [0])).

Definition grad_x (w : weights) (dz : image) : image := fun n xs g c =>
  sum M (fun m => msum (kernels A) (fun ks =>
    if reached A xs ks then w ks c g m [*] dz n (windows A xs ks) g m else [0])).

Definition grad_w (x dz : image) : weights := fun ks c g m =>
  sum N (fun n => msum (outputs A) (fun is =>
    if inside A is ks then x n (positions A is ks) g c [*] dz n is g m else [0])).

Definition grad_b (dz : image) : Z -> Z -> R := fun g m =>
  sum N (fun n => msum (outputs A) (fun is => dz n is g m)).

(* (10.5): the sum over input channels of what each channel's kernel gives. *)
Theorem channels_apart x w b n is g m :
  forward x w b n is g m = b g m [+] sum C (fun c => msum (kernels A) (fun ks =>
    if inside A is ks then w ks c g m [*] x n (positions A is ks) g c else [0])).
Proof. unfold forward. f_equal. apply (msum_sum R rO rI radd rmul rsub ropp laws). Qed.

(* Inner products over the shapes of output, input, kernel and bias. *)
Definition over_outputs (u v : image) : R :=
  sum N (fun n => msum (outputs A) (fun is => sum G (fun g => sum M (fun m =>
    u n is g m [*] v n is g m)))).
Definition over_inputs (u v : image) : R :=
  sum N (fun n => msum (sizes A) (fun xs => sum G (fun g => sum C (fun c =>
    u n xs g c [*] v n xs g c)))).
Definition over_weights (u v : weights) : R :=
  msum (kernels A) (fun ks => sum C (fun c => sum G (fun g => sum M (fun m =>
    u ks c g m [*] v ks c g m)))).
Definition over_biases (u v : Z -> Z -> R) : R :=
  sum G (fun g => sum M (fun m => u g m [*] v g m)).

Definition no_bias : Z -> Z -> R := fun _ _ => [0].

Lemma bias_apart x w b dz :
  over_outputs dz (forward x w b)
  = over_outputs dz (forward x w no_bias) [+] over_biases b (grad_b dz).
Proof.
  assert (B : over_biases b (grad_b dz) = over_outputs dz (fun n is g m => b g m)).
  { unfold over_biases, grad_b, over_outputs.
    transitivity (sum G (fun g => sum M (fun m => sum N (fun n => msum (outputs A) (fun is =>
      dz n is g m [*] b g m))))).
    { ext. ext. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext. ring. }
    transitivity (sum G (fun g => sum N (fun n => msum (outputs A) (fun is => sum M (fun m =>
      dz n is g m [*] b g m))))).
    { ext. exchange. ext. symmetry. apply (msum_sum R rO rI radd rmul rsub ropp laws). }
    exchange. ext. symmetry. apply (msum_sum R rO rI radd rmul rsub ropp laws). }
  rewrite B. unfold over_outputs.
  rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
  rewrite <- (msum_add R rO rI radd rmul rsub ropp laws). ext.
  rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
  rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
  unfold forward, no_bias. ring.
Qed.

(* <dz, conv x> = <x, conv' dz>: the derived input gradient is the adjoint of the forward. *)
Theorem adjoint_x x w b dz : moving A ->
  over_outputs dz (forward x w b)
  = over_inputs x (grad_x w dz) [+] over_biases b (grad_b dz).
Proof.
  intros S. rewrite bias_apart. f_equal.
  unfold over_outputs, over_inputs, forward, grad_x, no_bias. ext.
  transitivity (msum (kernels A) (fun ks => sum G (fun g => sum M (fun m => sum C (fun c =>
    msum (outputs A) (fun is => if inside A is ks
      then dz i is g m [*] w ks c g m [*] x i (positions A is ks) g c else [0])))))).
  { transitivity (msum (outputs A) (fun is => sum G (fun g => sum M (fun m =>
      msum (kernels A) (fun ks => sum C (fun c => if inside A is ks
        then dz i is g m [*] w ks c g m [*] x i (positions A is ks) g c else [0])))))).
    { ext. ext. ext.
      transitivity (dz i is i0 i1 [*] msum (kernels A) (fun ks => sum C (fun c =>
        if inside A is ks then w ks c i0 i1 [*] x i (positions A is ks) i0 c else [0]))).
      { ring. }
      rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite if_mul_l. destruct (inside _ _ _); ring. }
    rewrite (msum_sum R rO rI radd rmul rsub ropp laws).
    rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
    rewrite (msum_sum R rO rI radd rmul rsub ropp laws).
    rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
    rewrite (msum_swap R rO rI radd rmul rsub ropp laws). ext.
    apply (msum_sum R rO rI radd rmul rsub ropp laws). }
  transitivity (msum (kernels A) (fun ks => sum G (fun g => sum M (fun m => sum C (fun c =>
    msum (sizes A) (fun xs => if reached A xs ks
      then dz i (windows A xs ks) g m [*] w ks c g m [*] x i xs g c else [0])))))).
  { apply msum_ext. intros ks L. ext. ext. ext.
    apply (axes_swap R rO rI radd rmul rsub ropp laws A S ks
      (fun is xs => dz i is i0 i1 [*] w ks i2 i0 i1 [*] x i xs i0 i2)).
    rewrite L. unfold kernels. apply map_length. }
  transitivity (msum (sizes A) (fun xs => sum G (fun g => sum C (fun c => sum M (fun m =>
    msum (kernels A) (fun ks => if reached A xs ks
      then dz i (windows A xs ks) g m [*] w ks c g m [*] x i xs g c else [0])))))).
  2:{ ext. ext. ext.
      rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite if_mul_l. destruct (reached _ _ _); ring. }
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws).
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
  transitivity (msum (kernels A) (fun ks => sum C (fun c => sum M (fun m =>
    msum (sizes A) (fun xs => if reached A xs ks
      then dz i (windows A xs ks) i0 m [*] w ks c i0 m [*] x i xs i0 c else [0]))))).
  { ext. exchange. reflexivity. }
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws).
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws).
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
  apply (msum_swap R rO rI radd rmul rsub ropp laws).
Qed.

(* The same for the kernel: each tap's gradient is the sum over the copies of its weight. *)
Theorem adjoint_w x w b dz :
  over_outputs dz (forward x w b)
  = over_weights w (grad_w x dz) [+] over_biases b (grad_b dz).
Proof.
  rewrite bias_apart. f_equal.
  unfold over_outputs, over_weights, forward, grad_w, no_bias.
  transitivity (sum N (fun n => msum (outputs A) (fun is => sum G (fun g => sum M (fun m =>
    msum (kernels A) (fun ks => sum C (fun c => if inside A is ks
      then w ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0]))))))).
  { ext. ext. ext. ext.
    transitivity (dz i is i0 i1 [*] msum (kernels A) (fun ks => sum C (fun c =>
      if inside A is ks then w ks c i0 i1 [*] x i (positions A is ks) i0 c else [0]))).
    { ring. }
    rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
    rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
    rewrite if_mul_l. destruct (inside _ _ _); ring. }
  transitivity (msum (kernels A) (fun ks => sum C (fun c => sum G (fun g => sum M (fun m =>
    sum N (fun n => msum (outputs A) (fun is => if inside A is ks
      then w ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0]))))))).
  2:{ ext. ext. ext. ext.
      rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite if_mul_l. destruct (inside _ _ _); ring. }
  transitivity (sum G (fun g => sum M (fun m => msum (kernels A) (fun ks => sum C (fun c =>
    sum N (fun n => msum (outputs A) (fun is => if inside A is ks
      then w ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0]))))))).
  - transitivity (sum N (fun n => sum G (fun g => sum M (fun m => msum (kernels A) (fun ks =>
      sum C (fun c => msum (outputs A) (fun is => if inside A is ks
        then w ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0]))))))).
    { ext. rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
      rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
      rewrite (msum_swap R rO rI radd rmul rsub ropp laws). ext.
      apply (msum_sum R rO rI radd rmul rsub ropp laws). }
    exchange. ext. exchange. ext.
    rewrite <- (msum_sum R rO rI radd rmul rsub ropp laws). ext. exchange. reflexivity.
  - symmetry.
    transitivity (msum (kernels A) (fun ks => sum G (fun g => sum M (fun m => sum C (fun c =>
      sum N (fun n => msum (outputs A) (fun is => if inside A is ks
        then w ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0]))))))).
    { ext. exchange. ext. exchange. reflexivity. }
    rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
    apply (msum_sum R rO rI radd rmul rsub ropp laws).
Qed.

(* The forward is affine in x, so its gradient is its adjoint: a step h changes <dz, z> by
   exactly <h, grad_x>. *)
Theorem gradient_x x h w b dz : moving A ->
  over_outputs dz (forward (fun n is g c => x n is g c [+] h n is g c) w b)
  = over_outputs dz (forward x w b) [+] over_inputs h (grad_x w dz).
Proof.
  intros S. rewrite !adjoint_x by assumption.
  assert (E : over_inputs (fun n is g c => x n is g c [+] h n is g c) (grad_x w dz)
    = over_inputs x (grad_x w dz) [+] over_inputs h (grad_x w dz)).
  { unfold over_inputs.
    rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
    rewrite <- (msum_add R rO rI radd rmul rsub ropp laws). ext.
    rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
    rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext. ring. }
  rewrite E. ring.
Qed.

Theorem gradient_w x w h b dz :
  over_outputs dz (forward x (fun ks c g m => w ks c g m [+] h ks c g m) b)
  = over_outputs dz (forward x w b) [+] over_weights h (grad_w x dz).
Proof.
  rewrite !adjoint_w.
  assert (E : over_weights (fun ks c g m => w ks c g m [+] h ks c g m) (grad_w x dz)
    = over_weights w (grad_w x dz) [+] over_weights h (grad_w x dz)).
  { unfold over_weights.
    rewrite <- (msum_add R rO rI radd rmul rsub ropp laws). ext.
    rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
    rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext.
    rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). ext. ring. }
  rewrite E. ring.
Qed.

(* Weight tying (10.1.5).  Give every edge, an (output, tap) pair, a weight of its own. *)
Definition untied := list Z -> weights.

Definition forward_untied (x : image) (e : untied) : image := fun n is g m =>
  msum (kernels A) (fun ks => sum C (fun c =>
    if inside A is ks then e is ks c g m [*] x n (positions A is ks) g c else [0])).

(* The gradient of one copy: that of the edge from output `is` through tap `ks`. *)
Definition grad_copy (x dz : image) : untied := fun is ks c g m =>
  sum N (fun n => if inside A is ks then x n (positions A is ks) g c [*] dz n is g m else [0]).

Theorem tied_forward x w n is g m :
  forward x w no_bias n is g m = forward_untied x (fun _ => w) n is g m.
Proof. unfold forward, forward_untied, no_bias. ring. Qed.

Theorem adjoint_untied x e dz :
  over_outputs dz (forward_untied x e)
  = msum (outputs A) (fun is => over_weights (e is) (grad_copy x dz is)).
Proof.
  unfold over_outputs, over_weights, forward_untied, grad_copy.
  rewrite <- (msum_sum R rO rI radd rmul rsub ropp laws). ext.
  transitivity (sum G (fun g => sum M (fun m => msum (kernels A) (fun ks => sum C (fun c =>
    sum N (fun n => if inside A is ks
      then e is ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0])))))).
  - transitivity (sum N (fun n => sum G (fun g => sum M (fun m => msum (kernels A) (fun ks =>
      sum C (fun c => if inside A is ks
        then e is ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0])))))).
    { ext. ext. ext. rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite if_mul_l. destruct (inside _ _ _); ring. }
    exchange. ext. exchange. ext.
    rewrite <- (msum_sum R rO rI radd rmul rsub ropp laws). ext. exchange. reflexivity.
  - symmetry.
    transitivity (msum (kernels A) (fun ks => sum G (fun g => sum M (fun m => sum C (fun c =>
      sum N (fun n => if inside A is ks
        then e is ks c g m [*] x n (positions A is ks) g c [*] dz n is g m else [0])))))).
    { ext. exchange. ext. exchange. ext. ext.
      rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). ext.
      rewrite if_mul_l. destruct (inside _ _ _); ring. }
    rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
    apply (msum_sum R rO rI radd rmul rsub ropp laws).
Qed.

(* The gradient of a shared weight is the sum of the gradients of its copies. *)
Theorem pooled_gradient x dz ks c g m :
  grad_w x dz ks c g m = msum (outputs A) (fun is => grad_copy x dz is ks c g m).
Proof.
  unfold grad_w, grad_copy. symmetry. apply (msum_sum R rO rI radd rmul rsub ropp laws).
Qed.

(* Translation by t strides on each axis, zeros coming in from the border. *)
Fixpoint back (B : list axis) (ts is : list Z) : list Z := (* positions before the shift *)
  match B, ts, is with
  | a :: B', t :: ts', i :: is' => i - stride a * t :: back B' ts' is'
  | _, _, _ => []
  end.

Fixpoint on_image (B : list axis) (is : list Z) : bool :=
  match B, is with
  | a :: B', i :: is' => within (size a) i && on_image B' is'
  | _, _ => true
  end.

Definition shifted (ts : list Z) (x : image) : image := fun n is g c =>
  if on_image A (back A ts is) then x n (back A ts is) g c else [0].

(* The validity region: on the side the image moves to, the window stays off the padding. *)
Inductive region : list axis -> list Z -> list Z -> Prop :=
| region_nil : region [] [] []
| region_cons a B t ts i is :
    0 <= dilation a ->
    (0 <= t /\ pos a i (kernel a) <= size a \/ t <= 0 /\ 1 <= pos a i 1) ->
    0 < stride a -> region B ts is -> region (a :: B) (t :: ts) (i :: is).

Definition in_range (ns is : list Z) := Forall2 (fun n i => 1 <= i <= n) ns is.

Lemma msum_ext_in ns f g : (forall is, in_range ns is -> f is = g is) -> msum ns f = msum ns g.
Proof.
  revert f g. induction ns as [|n ns IH]; intros f g H; cbn.
  - apply H. constructor.
  - apply sum_ext. intros i I. apply IH. intros is J. apply H. constructor; assumption.
Qed.

Lemma shifted_read B ts is : region B ts is -> forall ks, in_range (kernels B) ks ->
  back B ts (positions B is ks) = positions B (map (fun p => fst p - snd p) (combine is ts)) ks /\
  (inside B is ks && on_image B (back B ts (positions B is ks))
   = inside B (map (fun p => fst p - snd p) (combine is ts)) ks).
Proof.
  induction 1 as [|a B t ts i is D V S _ IH]; intros ks K.
  - split; reflexivity.
  - inversion K as [|n k ns ks' Hk Hks E1 E2]; subst. destruct (IH ks' Hks) as [P Q].
    assert (E : pos a i k - stride a * t = pos a (i - t) k) by (unfold pos; lia).
    cbn. rewrite P, E. split; [reflexivity|].
    rewrite <- Q, P.
    assert (W : within (size a) (pos a i k) && within (size a) (pos a (i - t) k)
      = within (size a) (pos a (i - t) k)).
    { apply eq_true_iff_eq. rewrite andb_true_iff, !within_spec. split; [tauto|].
      intros X. split; [|exact X]. rewrite <- E in X.
      assert (T : dilation a * (k - 1) <= dilation a * (kernel a - 1)) by nia.
      assert (T0 : 0 <= dilation a * (k - 1)) by nia.
      unfold pos in *. destruct V as [[V1 V2]|[V1 V2]].
      - assert (0 <= stride a * t) by nia. lia.
      - assert (stride a * t <= 0) by nia. lia. }
    rewrite <- W.
    destruct (within (size a) (pos a i k)), (within (size a) (pos a (i - t) k)),
      (inside B is ks'); cbn; reflexivity.
Qed.

(* Shifting the input by t strides shifts the output by t on the validity region. *)
Theorem translation x w b n g m ts is : region A ts is ->
  forward (shifted ts x) w b n is g m
  = forward x w b n (map (fun p => fst p - snd p) (combine is ts)) g m.
Proof.
  intros V. unfold forward. f_equal. apply msum_ext_in. intros ks K.
  destruct (shifted_read A ts is V ks K) as [P Q]. ext.
  rewrite <- Q. unfold shifted. rewrite P in *.
  destruct (inside A is ks), (on_image A _); cbn; ring.
Qed.

End Convolution.

(* (10.1) is convolution with the kernel turned by 180 degrees. *)
Theorem cross_correlation_is_turned_convolution (x w : Z -> Z -> R) KH KW i j :
  sum KH (fun k => sum KW (fun l => x (i + k - 1) (j + l - 1) [*] w k l))
  = sum KH (fun k => sum KW (fun l =>
      x (i + KH - k) (j + KW - l) [*] w (KH + 1 - k) (KW + 1 - l))).
Proof.
  rewrite (sum_rev R rO rI radd rmul rsub ropp laws KH). ext.
  rewrite (sum_rev R rO rI radd rmul rsub ropp laws KW). ext. f_equal. f_equal; lia.
Qed.

End Layers.
