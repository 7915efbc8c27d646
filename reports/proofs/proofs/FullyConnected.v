(* A convolution is a fully connected layer: its matrix, and the ties between its entries.

   Any number of axes, stride, dilation, padding on either side, groups and channels. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Layers Pooling.
Import ListNotations.
Open Scope Z_scope.

Section FullyConnected.
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

(* Row-major numbers of multi-indices: [i1; ...; iN] in ranges ns is number 1 .. n1 * ... * nN. *)
Fixpoint volume (ns : list Z) : Z := match ns with [] => 1 | n :: rest => n * volume rest end.

Fixpoint number (ns is : list Z) : Z :=
  match ns, is with n :: ns', i :: is' => (i - 1) * volume ns' + number ns' is' | _, _ => 1 end.

Fixpoint place (ns : list Z) (i : Z) : list Z :=
  match ns with
  | [] => []
  | n :: rest => (i - 1) / volume rest + 1 :: place rest ((i - 1) mod volume rest + 1)
  end.

Lemma volume_nonneg ns : Forall (fun n => 0 <= n) ns -> 0 <= volume ns.
Proof. induction 1; cbn; nia. Qed.

Lemma in_range_length ns is : in_range ns is -> length is = length ns.
Proof. induction 1; cbn; congruence. Qed.

Lemma number_range ns is : in_range ns is -> 1 <= number ns is <= volume ns.
Proof. induction 1 as [|n i ns is I _ IH]; cbn; nia. Qed.

Theorem place_number ns is : in_range ns is -> place ns (number ns is) = is.
Proof.
  induction 1 as [|n i ns is I H IH]; [reflexivity|]. cbn.
  pose proof (number_range ns is H) as B.
  replace ((i - 1) * volume ns + number ns is - 1) with (number ns is - 1 + (i - 1) * volume ns) by lia.
  rewrite Z.div_add, Z.mod_add, Z.div_small, Z.mod_small by lia.
  replace (0 + (i - 1) + 1) with i by lia.
  replace (number ns is - 1 + 1) with (number ns is) by lia. rewrite IH. reflexivity.
Qed.

Lemma sum_product n m f : 0 <= n -> 0 <= m ->
  sum (n * m) f = sum n (fun i => sum m (fun j => f ((i - 1) * m + j))).
Proof.
  intros N M. revert f. pattern n. apply natlike_ind; [reflexivity| |exact N].
  intros p Hp IH f.
  replace (Z.succ p * m) with (p * m + m) by lia. unfold Z.succ.
  rewrite !(sum_split R rO rI radd rmul rsub ropp laws) by nia.
  rewrite IH, (sum_one R rO rI radd rmul rsub ropp laws).
  replace (p + 1 - 1) with p by lia. reflexivity.
Qed.

(* A sum over multi-indices is one over their numbers: N axes are one long vector. *)
Theorem flat_sum ns f : Forall (fun n => 0 <= n) ns ->
  sum (volume ns) (fun i => f (place ns i)) = msum ns f.
Proof.
  intros H. revert f. induction H as [|n ns N H IH]; intros f; cbn [volume msum].
  - cbn. apply (sum_one R rO rI radd rmul rsub ropp laws).
  - pose proof (volume_nonneg ns H) as V.
    rewrite sum_product by assumption. apply sum_ext. intros i I.
    rewrite <- (IH (fun is => f (i :: is))). apply sum_ext. intros j J. cbn.
    replace ((i - 1) * volume ns + j - 1) with (j - 1 + (i - 1) * volume ns) by lia.
    rewrite Z.div_add, Z.mod_add, Z.div_small, Z.mod_small by lia.
    replace (0 + (i - 1) + 1) with i by lia. replace (j - 1 + 1) with j by lia. reflexivity.
Qed.

Variable A : list axis.
Variables G C M : Z.
Notation image := (image R).
Notation weights := (weights R).
Notation forward := (forward R rO radd rmul A C).
Notation no_bias := (no_bias R rO).

(* The entry of the matrix from input (xs, g', c) to output (is, g, m):
   the sum over the taps k of w(k) where input xs lies under tap k of window is; zero between
   different groups. *)
Definition entry (w : weights) (is : list Z) (g m : Z) (xs : list Z) (g' c : Z) : R :=
  if g' =? g then
    msum (kernels A) (fun ks => if is_tap (positions A is ks) xs then w ks c g m else [0])
  else [0].

Lemma msum_place ns js f : length js = length ns ->
  msum ns (fun is => if is_tap js is then f is else [0])
  = if forallb (fun p => within (fst p) (snd p)) (combine ns js) then f js else [0].
Proof.
  revert js f. induction ns as [|n ns IH]; intros [|j js] f L; cbn; try discriminate; [reflexivity|].
  transitivity (sum n (fun i => if i =? j then msum ns (fun is =>
    if is_tap js is then f (j :: is) else [0]) else [0])).
  - ext. destruct (Z.eqb_spec i j) as [->|D].
    + ext. unfold is_tap. destruct (list_eq_dec _ (j :: js) (j :: is)), (list_eq_dec _ js is);
        congruence.
    + transitivity (msum ns (fun _ => [0])); [|apply (msum_zero R rO rI radd rmul rsub ropp laws)].
      ext. unfold is_tap. destruct (list_eq_dec _ (j :: js) (i :: is)); congruence.
  - rewrite (sum_delta R rO rI radd rmul rsub ropp laws n j (fun i => msum ns (fun is =>
      if is_tap js is then f (j :: is) else [0]))).
    destruct (within n j); cbn [andb]; [|reflexivity].
    apply (IH js (fun is => f (j :: is))). cbn in L. congruence.
Qed.

Lemma inside_positions B is ks : length is = length B -> length ks = length B ->
  length (positions B is ks) = length (sizes B) /\
  forallb (fun p => within (fst p) (snd p)) (combine (sizes B) (positions B is ks)) = inside B is ks.
Proof.
  revert is ks. induction B as [|a B IH]; intros [|i is] [|k ks] L K; cbn; try discriminate;
    [split; reflexivity|].
  cbn in L, K. destruct (IH is ks) as [Q E]; [congruence|congruence|].
  split; cbn; [f_equal; exact Q|]. f_equal. exact E.
Qed.

(* A x = the layer: for all axes, sizes, groups and channels. *)
Theorem matrix_is_layer x w n is g m : length is = length A -> 1 <= g <= G ->
  forward x w no_bias n is g m
  = msum (sizes A) (fun xs => sum G (fun g' => sum C (fun c =>
      entry w is g m xs g' c [*] x n xs g' c))).
Proof.
  intros L Hg. unfold Layers.forward, Layers.no_bias, entry.
  transitivity (msum (kernels A) (fun ks => sum C (fun c =>
    if inside A is ks then w ks c g m [*] x n (positions A is ks) g c else [0]))); [ring|].
  symmetry.
  transitivity (msum (sizes A) (fun xs => sum C (fun c => msum (kernels A) (fun ks =>
    if is_tap (positions A is ks) xs then w ks c g m [*] x n xs g c else [0])))).
  { ext.
    transitivity (sum G (fun g' => if g' =? g then sum C (fun c => msum (kernels A) (fun ks =>
      if is_tap (positions A is ks) is0 then w ks c g m [*] x n is0 g c else [0])) else [0])).
    - ext. destruct (Z.eqb_spec i g) as [->|D].
      + ext. rewrite (msum_mul_r R rO rI radd rmul rsub ropp laws). ext.
        destruct (is_tap _ _); ring.
      + apply (sum_zero R rO rI radd rmul rsub ropp laws). intros. ring.
    - rewrite (sum_delta R rO rI radd rmul rsub ropp laws G g (fun _ => sum C (fun c =>
        msum (kernels A) (fun ks =>
          if is_tap (positions A is ks) is0 then w ks c g m [*] x n is0 g c else [0])))).
      apply within_spec in Hg. rewrite Hg. reflexivity. }
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws).
  rewrite (msum_sum R rO rI radd rmul rsub ropp laws). ext.
  rewrite (msum_swap R rO rI radd rmul rsub ropp laws).
  apply msum_ext. intros ks K.
  assert (K' : length ks = length A) by (rewrite K; unfold kernels; apply map_length).
  destruct (inside_positions A is ks L K') as [Q E].
  rewrite (msum_place (sizes A) (positions A is ks) (fun xs => w ks i g m [*] x n xs g i) Q).
  rewrite E. reflexivity.
Qed.

(* The same on vectors: inputs numbered over (positions, groups, channels), in this order. *)
Definition input_count := volume (sizes A ++ [G; C]).
Definition flat_input (x : image) (n i : Z) : R :=
  let p := place (sizes A ++ [G; C]) i in
  x n (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0).
Definition flat_entry (w : weights) (is : list Z) (g m i : Z) : R :=
  let p := place (sizes A ++ [G; C]) i in
  entry w is g m (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0).

Lemma msum_app ns ms f :
  msum (ns ++ ms) f = msum ns (fun is => msum ms (fun js => f (is ++ js))).
Proof.
  revert f. induction ns as [|n ns IH]; intros f; cbn; [reflexivity|]. ext. apply IH.
Qed.

Theorem dense_layer x w n is g m : length is = length A -> 1 <= g <= G -> 0 <= C ->
  Forall (fun a => 0 <= size a) A ->
  forward x w no_bias n is g m
  = sum input_count (fun i => flat_entry w is g m i [*] flat_input x n i).
Proof.
  intros L Hg HC HA. rewrite matrix_is_layer by assumption.
  unfold input_count, flat_entry, flat_input.
  rewrite (flat_sum (sizes A ++ [G; C]) (fun p =>
    entry w is g m (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0)
    [*] x n (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0))).
  - rewrite msum_app. apply msum_ext. intros xs X. cbn. ext. ext.
    assert (X' : length xs = length A) by (rewrite X; unfold sizes; apply map_length).
    rewrite <- X'. rewrite firstn_app, firstn_all, Nat.sub_diag. cbn [firstn]. rewrite app_nil_r.
    rewrite !app_nth2 by lia. rewrite Nat.sub_diag.
    replace (S (length xs) - length xs)%nat with 1%nat by lia. reflexivity.
  - apply Forall_app. split.
    + unfold sizes. apply Forall_map. exact HA.
    + repeat constructor; lia.
Qed.

(* Each entry is zero or one weight: at most one tap of a window lies at an input, where taps are
   apart.  Entries under the same tap, channel and output channel are the same weight. *)
Definition spaced := Forall (fun a => 0 < dilation a) A.

Lemma positions_injective is ks ks' : spaced -> length is = length A ->
  length ks = length A -> length ks' = length A ->
  positions A is ks = positions A is ks' -> ks = ks'.
Proof.
  unfold spaced. intros S. revert is ks ks'.
  induction S as [|a B D _ IH]; intros [|i is] [|k ks] [|k' ks'] L K K' E; cbn in *;
    try discriminate; [reflexivity|].
  injection E as E1 E2. f_equal.
  - unfold pos in E1. nia.
  - apply (IH is); congruence.
Qed.

Theorem entry_is_one_weight w is g m ks c : spaced -> length is = length A ->
  in_range (kernels A) ks ->
  entry w is g m (positions A is ks) g c = w ks c g m.
Proof.
  intros S L K. unfold entry. rewrite Z.eqb_refl.
  assert (K' : length ks = length A).
  { apply in_range_length in K. rewrite K. unfold kernels. apply map_length. }
  rewrite <- (msum_tap R rO rI radd rmul rsub ropp laws (kernels A) ks (fun ks => w ks c g m) K).
  apply msum_ext. intros js J.
  assert (J' : length js = length A) by (rewrite J; unfold kernels; apply map_length).
  unfold is_tap.
  destruct (list_eq_dec _ (positions A is js) (positions A is ks)) as [E|E],
    (list_eq_dec _ js ks) as [T|T]; try reflexivity; exfalso.
  - apply T. apply (positions_injective is); assumption.
  - apply E. congruence.
Qed.

Theorem entry_is_zero w is g m xs g' c :
  g' <> g \/ (forall ks, in_range (kernels A) ks -> positions A is ks <> xs) ->
  entry w is g m xs g' c = [0].
Proof.
  intros H. unfold entry. destruct (Z.eqb_spec g' g) as [->|D]; [|reflexivity].
  destruct H as [H|H]; [congruence|].
  transitivity (msum (kernels A) (fun _ => [0]));
    [|apply (msum_zero R rO rI radd rmul rsub ropp laws)].
  apply msum_ext_in. intros ks K. unfold is_tap.
  destruct (list_eq_dec _ _ _) as [E|E]; [|reflexivity].
  exfalso. exact (H ks K E).
Qed.

(* Training it: the gradient of the shared weight is the sum of the matrix's gradients over the
   entries tied to it.  `matrix_gradient` is the dense layer's: sum over the batch of x dz. *)
Variable N : Z.
Definition matrix_gradient (x dz : image) (is : list Z) (g m : Z) (xs : list Z) (g' c : Z) : R :=
  sum N (fun n => x n xs g' c [*] dz n is g m).

Theorem tied_entries_gradient x dz ks c g m : length ks = length A ->
  grad_w R rO radd rmul A N x dz ks c g m
  = msum (outputs A) (fun is => msum (sizes A) (fun xs =>
      if is_tap (positions A is ks) xs then matrix_gradient x dz is g m xs g c else [0])).
Proof.
  intros K. unfold grad_w, matrix_gradient.
  rewrite <- (msum_sum R rO rI radd rmul rsub ropp laws).
  apply msum_ext. intros is L.
  assert (L' : length is = length A) by (rewrite L; unfold outputs; apply map_length).
  destruct (inside_positions A is ks L' K) as [Q E].
  rewrite (msum_place (sizes A) (positions A is ks)
    (fun xs => sum N (fun n => x n xs g c [*] dz n is g m)) Q).
  rewrite E. destruct (inside A is ks); [reflexivity|].
  apply (sum_zero R rO rI radd rmul rsub ropp laws). intros. reflexivity.
Qed.
End FullyConnected.
