(* Convolution with batch, groups, channels, any rank, stride, dilation and asymmetric padding:
   its gradients are its adjoints.  Pooling; tied copies; translation. *)

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

(* A layer that reads windows with weights of each output's own: both poolings are of this kind. *)
Section Pooling.
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
    rewrite if_mul_l. destruct (inside _ _ _); ring. }
  transitivity (msum (kernels A) (fun ks => msum (sizes A) (fun xs => if reached A xs ks
    then s (windows A xs ks) ks [*] dy (windows A xs ks) [*] x xs else [0]))).
  { apply msum_ext. intros ks L.
    apply (axes_swap R rO rI radd rmul rsub ropp laws A S ks
      (fun is xs => s is ks [*] dy is [*] x xs)).
    rewrite L. unfold kernels. apply map_length. }
  rewrite (msum_swap R rO rI radd rmul rsub ropp laws). ext.
  rewrite (msum_mul_l R rO rI radd rmul rsub ropp laws). ext.
  rewrite if_mul_l. destruct (reached _ _ _); ring.
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
