(* What is true of "equivariant to translation": for convolution, for each pooling, on the infinite
   lattice, with circular padding, and where no more is true.  Shifts in both directions.

   A layer without position of its own reduces what it reads under each window; the reduction,
   Phi, is any function that looks at the taps in range only: a weighted sum over channels, a
   maximum, a mean.  The image moves by t strides on each axis: output is should show what output
   is - t showed before. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Layers Pooling.
Import ListNotations.
Open Scope Z_scope.

Fixpoint minus (is ts : list Z) : list Z :=
  match is, ts with i :: is', t :: ts' => i - t :: minus is' ts' | _, _ => [] end.

Lemma minus_length is ts : length ts = length is -> length (minus is ts) = length is.
Proof.
  revert ts. induction is as [|i is IH]; intros [|t ts] L; cbn in *; try discriminate; [reflexivity|].
  f_equal. apply IH. congruence.
Qed.

Lemma back_positions A is ts ks : length is = length A -> length ts = length A ->
  length ks = length A ->
  back A ts (positions A is ks) = positions A (minus is ts) ks.
Proof.
  revert is ts ks.
  induction A as [|a A IH]; intros [|i is] [|t ts] [|k ks] I T K; cbn in *; try discriminate;
    [reflexivity|].
  f_equal; [unfold pos; lia|]. apply IH; congruence.
Qed.

Lemma on_image_positions A is ks : length is = length A -> length ks = length A ->
  on_image A (positions A is ks) = inside A is ks.
Proof.
  revert is ks. induction A as [|a A IH]; intros [|i is] [|k ks] I K; cbn in *; try discriminate;
    [reflexivity|].
  f_equal. apply IH; congruence.
Qed.

Lemma in_range_length ns is : in_range ns is -> length is = length ns.
Proof. induction 1; cbn; congruence. Qed.

Lemma taps_length A ks : in_range (kernels A) ks -> length ks = length A.
Proof. intros K. rewrite (in_range_length _ _ K). unfold kernels. apply map_length. Qed.

Section Translation.
Variable A : list axis.
Variables (V Y : Type).
Notation image := (list Z -> V).

(* Phi looks at the taps in range only. *)
Definition looks_at_taps {U} (Phi : (list Z -> U) -> Y) := forall u u',
  (forall ks, in_range (kernels A) ks -> u ks = u' ks) -> Phi u = Phi u'.

(* Off the image an entry is `fill`: zero for convolution and for means that count their padding,
   minus infinity for max-pooling. *)
Definition filled (fill : V) (Phi : (list Z -> V) -> Y) (x : image) (is : list Z) : Y :=
  Phi (fun ks => if inside A is ks then x (positions A is ks) else fill).

(* Off the image there is nothing: means that do not count their padding. *)
Definition bounded (Phi : (list Z -> option V) -> Y) (x : image) (is : list Z) : Y :=
  Phi (fun ks => if inside A is ks then Some (x (positions A is ks)) else None).

(* The image moved by t strides; `new` comes in where the old one had nothing. *)
Definition moved (new : V) (ts : list Z) (x : image) : image := fun p =>
  if on_image A (back A ts p) then x (back A ts p) else new.

(* No tap loses a pixel: what was read before the move is still on the image. *)
Definition nothing_lost (ts is : list Z) := forall ks, in_range (kernels A) ks ->
  inside A (minus is ts) ks = true -> inside A is ks = true.

(* No tap loses a pixel, and none finds one that has come in. *)
Definition nothing_new (ts is : list Z) := forall ks, in_range (kernels A) ks ->
  inside A is ks = inside A (minus is ts) ks.

Section Shift.
Variables (ts is : list Z).
Hypothesis T : length ts = length A.
Hypothesis I : length is = length A.

Lemma moved_read new ks x : in_range (kernels A) ks ->
  moved new ts x (positions A is ks)
  = if inside A (minus is ts) ks then x (positions A (minus is ts) ks) else new.
Proof.
  intros K. apply taps_length in K. unfold moved. rewrite back_positions by assumption.
  rewrite on_image_positions; [reflexivity| |assumption].
  rewrite minus_length; congruence.
Qed.

(* Where what comes in is what lies off the image (zeros for convolution and for means that count
   their padding, minus infinity for max-pooling): wherever no pixel is lost. *)
Theorem filled_translation fill Phi x : looks_at_taps Phi -> nothing_lost ts is ->
  filled fill Phi (moved fill ts x) is = filled fill Phi x (minus is ts).
Proof.
  intros P N. apply P. intros ks K. rewrite moved_read by exact K. specialize (N ks K).
  destruct (inside A is ks), (inside A (minus is ts) ks); try reflexivity.
  discriminate N. reflexivity.
Qed.

(* Whatever comes in (zeros into a padded max-pool) and however padding counts: where each tap is
   on the image after the move if and only if it was before. *)
Theorem filled_translation_anything fill new Phi x : looks_at_taps Phi -> nothing_new ts is ->
  filled fill Phi (moved new ts x) is = filled fill Phi x (minus is ts).
Proof.
  intros P N. apply P. intros ks K. rewrite moved_read by exact K. rewrite (N ks K).
  destruct (inside A (minus is ts) ks); reflexivity.
Qed.

Theorem bounded_translation new Phi x : looks_at_taps Phi -> nothing_new ts is ->
  bounded Phi (moved new ts x) is = bounded Phi x (minus is ts).
Proof.
  intros P N. apply P. intros ks K. rewrite moved_read by exact K. rewrite (N ks K).
  destruct (inside A (minus is ts) ks); reflexivity.
Qed.
End Shift.

(* The same in coordinates.  Moving to higher positions (t >= 0): the last tap of the window is
   not beyond the image.  To lower ones: the first tap is not before it. *)
Inductive keeps : list axis -> list Z -> list Z -> Prop :=
| keeps_nil : keeps [] [] []
| keeps_cons a B t ts i is : 0 <= dilation a -> 0 < stride a ->
    (0 <= t /\ pos a i (kernel a) <= size a \/ t <= 0 /\ 1 <= pos a i 1) ->
    keeps B ts is -> keeps (a :: B) (t :: ts) (i :: is).

(* The whole window lies on the image, before the move and after it; or this axis stays. *)
Inductive interior : list axis -> list Z -> list Z -> Prop :=
| interior_nil : interior [] [] []
| interior_cons a B t ts i is : 0 <= dilation a ->
    (t = 0 \/ (1 <= pos a i 1 /\ pos a i (kernel a) <= size a) /\
              (1 <= pos a (i - t) 1 /\ pos a (i - t) (kernel a) <= size a)) ->
    interior B ts is -> interior (a :: B) (t :: ts) (i :: is).

Lemma keeps_loses_nothing B ts is : keeps B ts is -> forall ks, in_range (kernels B) ks ->
  inside B (minus is ts) ks = true -> inside B is ks = true.
Proof.
  induction 1 as [|a B t ts i is D S W _ IH]; intros ks K; [reflexivity|].
  inversion K as [|n k ns ks' Hk Hks E1 E2]; subst. cbn.
  rewrite !andb_true_iff, !within_spec. intros [X Y']. split; [|apply IH; assumption].
  assert (dilation a * (k - 1) <= dilation a * (kernel a - 1)) by nia.
  assert (0 <= dilation a * (k - 1)) by nia.
  unfold pos in *. destruct W as [[V1 V2]|[V1 V2]].
  - assert (0 <= stride a * t) by nia. lia.
  - assert (stride a * t <= 0) by nia. lia.
Qed.

Theorem keeps_is_enough ts is : keeps A ts is -> nothing_lost ts is.
Proof. intros K ks. apply keeps_loses_nothing. exact K. Qed.

Lemma interior_agrees B ts is : interior B ts is -> forall ks, in_range (kernels B) ks ->
  inside B is ks = inside B (minus is ts) ks.
Proof.
  induction 1 as [|a B t ts i is D W _ IH]; intros ks K; [reflexivity|].
  inversion K as [|n k ns ks' Hk Hks E1 E2]; subst. cbn. rewrite (IH ks' Hks). f_equal.
  destruct W as [->|[V1 V2]]; [rewrite Z.sub_0_r; reflexivity|].
  assert (dilation a * (k - 1) <= dilation a * (kernel a - 1)) by nia.
  assert (0 <= dilation a * (k - 1)) by nia.
  apply eq_true_iff_eq. rewrite !within_spec. unfold pos in *.
  assert (stride a * (i - t - 1) = stride a * (i - 1) - stride a * t) by ring.
  split; intros; lia.
Qed.

Theorem interior_is_enough ts is : interior A ts is -> nothing_new ts is.
Proof. intros K ks. apply interior_agrees. exact K. Qed.

(* On the infinite lattice nothing is lost and nothing comes in: every output, every shift. *)
Definition endless (Phi : (list Z -> V) -> Y) (x : image) (is : list Z) : Y :=
  Phi (fun ks => x (positions A is ks)).

Theorem lattice_translation Phi x ts is : looks_at_taps Phi ->
  length ts = length A -> length is = length A ->
  endless Phi (fun p => x (back A ts p)) is = endless Phi x (minus is ts).
Proof.
  intros P T I. apply P. intros ks K. apply taps_length in K. rewrite back_positions by assumption.
  reflexivity.
Qed.

(* Circular padding: position p shows pixel p modulo the size. *)
Fixpoint wrapped (B : list axis) (p : list Z) : list Z :=
  match B, p with a :: B', i :: p' => (i - 1) mod size a + 1 :: wrapped B' p' | _, _ => [] end.

Definition circular (Phi : (list Z -> V) -> Y) (x : image) (is : list Z) : Y :=
  Phi (fun ks => x (wrapped A (positions A is ks))).

Definition rolled (ts : list Z) (x : image) : image := fun p => x (wrapped A (back A ts p)).

Lemma wrapped_back B ts p : Forall (fun a => 0 < size a) B ->
  wrapped B (back B ts (wrapped B p)) = wrapped B (back B ts p).
Proof.
  intros H. revert ts p. induction H as [|a B S _ IH]; intros ts p; [destruct ts; reflexivity|].
  destruct p as [|i p], ts as [|t ts]; try reflexivity. cbn. f_equal; [|apply IH].
  f_equal. replace ((i - 1) mod size a + 1 - stride a * t - 1)
    with ((i - 1) mod size a - stride a * t) by lia.
  rewrite Zminus_mod_idemp_l. f_equal. lia.
Qed.

(* Every output, as a function of all whole numbers is. *)
Theorem circular_translation Phi x ts is : looks_at_taps Phi ->
  Forall (fun a => 0 < size a) A -> length ts = length A -> length is = length A ->
  circular Phi (rolled ts x) is = circular Phi x (minus is ts).
Proof.
  intros P S T I. apply P. intros ks K. apply taps_length in K. unfold rolled.
  rewrite wrapped_back by exact S. rewrite back_positions by assumption. reflexivity.
Qed.

(* The output repeats after size / stride windows, where the stride divides the size. *)
Fixpoint around (B : list axis) (is : list Z) : list Z :=
  match B, is with
  | a :: B', i :: is' => (i - 1) mod (size a / stride a) + 1 :: around B' is'
  | _, _ => []
  end.

Definition goes_round (a : axis) := 0 < size a /\ 0 < stride a /\ size a mod stride a = 0.

Lemma around_position a i k : goes_round a ->
  (pos a ((i - 1) mod (size a / stride a) + 1) k - 1) mod size a = (pos a i k - 1) mod size a.
Proof.
  intros (S & T & D).
  assert (E : size a = stride a * (size a / stride a)).
  { rewrite (Z.div_mod (size a) (stride a)) at 1 by lia. lia. }
  set (m := size a / stride a) in *. assert (M : 0 < m) by nia.
  pose proof (Z.div_mod (i - 1) m ltac:(lia)) as Q.
  unfold pos.
  replace (stride a * (i - 1) + dilation a * (k - 1) + 1 - pad a - 1)
    with (stride a * ((i - 1) mod m + 1 - 1) + dilation a * (k - 1) + 1 - pad a - 1
      + (i - 1) / m * size a) by (rewrite E; nia).
  rewrite Z.mod_add by lia. reflexivity.
Qed.

Lemma around_positions B is ks : Forall goes_round B -> length is = length B ->
  length ks = length B ->
  wrapped B (positions B (around B is) ks) = wrapped B (positions B is ks).
Proof.
  intros G. revert is ks. induction G as [|a B Ga _ IH]; intros [|i is] [|k ks] I K; cbn in *;
    try discriminate; [reflexivity|].
  rewrite (around_position a i k Ga). f_equal. apply IH; congruence.
Qed.

Theorem circular_repeats Phi x is : looks_at_taps Phi -> Forall goes_round A ->
  length is = length A -> circular Phi x (around A is) = circular Phi x is.
Proof.
  intros P G I. apply P. intros ks K. apply taps_length in K. f_equal.
  apply around_positions; assumption.
Qed.

Lemma around_in_range B is : Forall goes_round B ->
  Forall (fun a => size a / stride a <= outs a) B -> length is = length B ->
  in_range (outputs B) (around B is).
Proof.
  intros G. revert is. induction G as [|a B (S & Q & D) _ IH]; intros [|i is] O L; cbn in *;
    try discriminate; [constructor|].
  inversion O as [|? ? Oa OB]; subst. constructor.
  - assert (M : 0 < size a / stride a).
    { apply Z.div_str_pos. split; [exact Q|]. apply Z.mod_divide in D; [|lia].
      apply Z.divide_pos_le; assumption. }
    pose proof (Z.mod_pos_bound (i - 1) _ M). lia.
  - apply IH; [assumption|congruence].
Qed.

(* So with at least size / stride outputs on every axis, the outputs themselves go round: output
   is after the roll is output around (is - t) before, which is one of them. *)
Theorem circular_translation_on_outputs Phi x ts is : looks_at_taps Phi -> Forall goes_round A ->
  Forall (fun a => size a / stride a <= outs a) A ->
  length ts = length A -> length is = length A ->
  in_range (outputs A) (around A (minus is ts)) /\
  circular Phi (rolled ts x) is = circular Phi x (around A (minus is ts)).
Proof.
  intros P G O T I. split.
  - apply around_in_range; try assumption. rewrite minus_length; congruence.
  - rewrite circular_repeats; [|exact P|exact G|rewrite minus_length; congruence].
    apply circular_translation; try assumption.
    eapply Forall_impl; [|exact G]. intros a H. apply H.
Qed.
End Translation.

(* The layers are reductions of this kind. *)
Section Instances.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.
Notation sum := (sum R rO radd).
Notation msum := (msum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
Variable A : list axis.

(* Convolution of one image (all groups and channels): a pixel is a function of group, channel. *)
Definition conv_reduction (C : Z) (w : weights R) (b : Z -> Z -> R) (u : list Z -> Z -> Z -> R)
  : Z -> Z -> R := fun g m =>
  b g m [+] msum (kernels A) (fun ks => sum C (fun c => w ks c g m [*] u ks g c)).

Theorem conv_is_reduction C x w b n is g m :
  forward R rO radd rmul A C x w b n is g m
  = b g m [+] msum (kernels A) (fun ks => sum C (fun c =>
      w ks c g m [*] (if inside A is ks then x n (positions A is ks) else fun _ _ => [0]) g c)).
Proof.
  unfold forward. f_equal. apply msum_ext. intros ks _. apply sum_ext. intros c _.
  destruct (inside A is ks); ring.
Qed.

(* Convolution with zero padding: equal outputs for every image and kernel if, and only if, no
   pixel under the window is lost. *)
Theorem conv_translation_iff C n ts is g m : rI <> [0] -> 1 <= C ->
  length ts = length A -> length is = length A ->
  (nothing_lost A ts is <->
   forall x w b, forward R rO radd rmul A C (fun n => moved A _ (fun _ _ => [0]) ts (x n)) w b n is g m
     = forward R rO radd rmul A C x w b n (minus is ts) g m).
Proof.
  intros One HC T I. split.
  - intros N x w b. rewrite !conv_is_reduction. f_equal.
    apply (msum_ext_in R rO radd). intros ks K. apply sum_ext. intros c _. f_equal.
    rewrite moved_read by assumption. specialize (N ks K).
    destruct (inside A is ks), (inside A (minus is ts) ks); try reflexivity.
    discriminate N. reflexivity.
  - intros H ks K B. destruct (inside A is ks) eqn:Q; [reflexivity|]. exfalso.
    specialize (H (fun _ _ _ _ => rI)
      (fun js c _ _ => if is_tap js ks then (if c =? 1 then rI else [0]) else [0]) (fun _ _ => [0])).
    unfold forward in H.
    assert (F : forall js f, js = is \/ js = minus is ts -> (forall c, f js ks c = rI) ->
      [0] [+] msum (kernels A) (fun ks0 => sum C (fun c => if inside A js ks0
        then (if is_tap ks0 ks then (if c =? 1 then rI else [0]) else [0]) [*] f js ks0 c else [0]))
      = if inside A js ks then rI else [0]).
    { intros js f _ Hf.
      transitivity (msum (kernels A) (fun ks0 => if is_tap ks0 ks
        then (if inside A js ks0 then sum C (fun c => (if c =? 1 then f js ks0 1 else [0])) else [0])
        else [0])).
      - transitivity (msum (kernels A) (fun ks0 => sum C (fun c => if inside A js ks0
          then (if is_tap ks0 ks then (if c =? 1 then rI else [0]) else [0]) [*] f js ks0 c
          else [0]))); [ring|].
        apply msum_ext. intros ks0 _. destruct (is_tap ks0 ks).
        + destruct (inside A js ks0); [|apply (sum_zero R rO rI radd rmul rsub ropp laws); reflexivity].
          apply sum_ext. intros c _. destruct (Z.eqb_spec c 1) as [->|]; ring.
        + apply (sum_zero R rO rI radd rmul rsub ropp laws). intros c _.
          destruct (inside A js ks0); ring.
      - rewrite (msum_tap R rO rI radd rmul rsub ropp laws) by exact K.
        destruct (inside A js ks); [|reflexivity].
        rewrite (sum_delta R rO rI radd rmul rsub ropp laws C 1 (fun _ => f js ks 1)).
        replace (within C 1) with true by (symmetry; apply within_spec; lia). apply Hf. }
    rewrite (F (minus is ts) (fun _ _ _ => rI)) in H by (auto || (intros; reflexivity)).
    rewrite B in H.
    assert (G : [0] [+] msum (kernels A) (fun ks0 => sum C (fun c => if inside A is ks0
        then (if is_tap ks0 ks then (if c =? 1 then rI else [0]) else [0])
          [*] moved A _ (fun _ _ => [0]) ts (fun _ _ _ => rI) (positions A is ks0) g c else [0]))
      = [0]).
    { transitivity (msum (kernels A) (fun _ => [0])).
      - transitivity (msum (kernels A) (fun ks0 => sum C (fun c => if inside A is ks0
          then (if is_tap ks0 ks then (if c =? 1 then rI else [0]) else [0])
            [*] moved A _ (fun _ _ => [0]) ts (fun _ _ _ => rI) (positions A is ks0) g c
          else [0]))); [ring|].
        apply msum_ext. intros ks0 _. apply (sum_zero R rO rI radd rmul rsub ropp laws). intros c _.
        unfold is_tap. destruct (list_eq_dec Z.eq_dec ks0 ks) as [->|].
        + rewrite Q. reflexivity.
        + destruct (inside A is ks0); ring.
      - apply (msum_zero R rO rI radd rmul rsub ropp laws). }
    rewrite G in H. congruence.
Qed.

(* A mean with a divisor that is the same for all windows counts its padding as zeros. *)
Definition mean (r : R) (u : list Z -> R) : R := msum (kernels A) (fun ks => r [*] u ks).

Theorem mean_looks_at_taps r : looks_at_taps A _ (mean r).
Proof.
  intros u u' H. apply (msum_ext_in R rO radd). intros ks K. rewrite (H ks K). reflexivity.
Qed.

(* One that does not count it: the sum of the pixels, by a function `inverse` of their number. *)
Definition mean_of_pixels (inverse : Z -> R) (u : list Z -> option R) : R :=
  inverse (Sums.msum Z 0 Z.add (kernels A) (fun ks => match u ks with Some _ => 1 | None => 0 end))
  [*] msum (kernels A) (fun ks => match u ks with Some v => v | None => [0] end).

Theorem mean_of_pixels_looks_at_taps inverse : looks_at_taps A _ (mean_of_pixels inverse).
Proof.
  intros u u' H. unfold mean_of_pixels. f_equal.
  - f_equal. apply (msum_ext_in Z 0 Z.add). intros ks K. rewrite (H ks K). reflexivity.
  - apply (msum_ext_in R rO radd). intros ks K. rewrite (H ks K). reflexivity.
Qed.
End Instances.

(* A maximum over the taps, by any binary join; `bottom` is minus infinity. *)
Section Maximum.
Variables (V : Type) (join : V -> V -> V) (bottom : V) (A : list axis).
Definition largest (u : list Z -> V) : V := msum V bottom join (kernels A) u.

Theorem largest_looks_at_taps : looks_at_taps A _ largest.
Proof. intros u u' H. apply (msum_ext_in V bottom join). exact H. Qed.
End Maximum.

(* The sentence without its hypotheses is false: window 2, padding 1, x = -5 -6 -7 -8 moved by one
   with zeros coming in.  (None is minus infinity.) *)
Definition maximum (a b : option Z) : option Z :=
  match a, b with Some u, Some v => Some (Z.max u v) | None, v => v | u, None => u end.
Definition line : list axis := [{| size := 4; kernel := 2; stride := 1; dilation := 1; pad := 1; outs := 5 |}].
Definition negatives (p : list Z) : option Z := match p with [i] => Some (- 4 - i) | _ => None end.

Theorem padded_maximum_is_not_equivariant :
  nothing_lost line [1] [2] /\
  filled line _ _ None (largest _ maximum None line) (moved line _ (Some 0) [1] negatives) [2] = Some 0 /\
  filled line _ _ None (largest _ maximum None line) negatives [1] = Some (-5).
Proof.
  split; [|split; reflexivity].
  apply keeps_is_enough. repeat constructor; cbn; lia.
Qed.

(* A mean that does not count its padding changes its divisor: 6 times the mean of 2 or of 1. *)
Definition twos (p : list Z) : Z := 1.
Theorem mean_of_pixels_is_not_equivariant :
  nothing_lost line [1] [2] /\
  bounded line _ _ (mean_of_pixels Z 0 Z.add Z.mul line (fun n => 6 / n)) (moved line _ 0 [1] twos) [2] = 3 /\
  bounded line _ _ (mean_of_pixels Z 0 Z.add Z.mul line (fun n => 6 / n)) twos [1] = 6.
Proof.
  split; [|split; reflexivity].
  apply keeps_is_enough. repeat constructor; cbn; lia.
Qed.

(* Nor is a mean in ceil mode, whose last window is cut short and divided by less: 6 times the mean
   of the pixels 1 and (cut off) nothing, where the old window 2 is moved to window 1. *)
Definition short : list axis := [{| size := 3; kernel := 2; stride := 2; dilation := 1; pad := 0; outs := 2 |}].
Definition mean_cut_short (x : list Z -> Z) (is : list Z) : Z :=
  6 / (match is with [2] => 1 | _ => 2 end)
  * filled short _ _ 0 (Sums.msum Z 0 Z.add (kernels short)) x is.
Theorem mean_cut_short_is_not_equivariant :
  nothing_lost short [-1] [1] /\
  mean_cut_short (moved short _ 0 [-1] twos) [1] = 3 /\ mean_cut_short twos [2] = 6.
Proof.
  split; [|split; reflexivity].
  apply keeps_is_enough. repeat constructor; cbn; lia.
Qed.
