(* A convolution as a fully connected layer: its matrix, and what is proved of it.

   Kept apart from the proofs, with words of its own: the kernel compares the two. *)

Require Import ZArith List Bool Ring.
From Convproof Require Import Axis. (* the record of an axis: size, kernel, stride, ... *)
From Convproof Require Import Statements.
Import ListNotations.
Open Scope Z_scope.

(* Where tap k of window i lies, counted from the first pixel. *)
Definition pos (a : axis) (i k : Z) : Z :=
  stride a * (i - 1) + dilation a * (k - 1) + 1 - pad a.

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

Definition sizes := map size.
Definition kernels := map kernel.
Definition outputs := map outs.

Definition in_range (ns is : list Z) := Forall2 (fun n i => 1 <= i <= n) ns is.

(* Max pooling passes x at the tap that won; `win is` is that tap, by any tie rule. *)
Definition is_tap (a b : list Z) : bool := if list_eq_dec Z.eq_dec a b then true else false.

(* Row-major numbers of multi-indices: [i1; ...; iN] in ranges ns is number 1 .. n1 * ... * nN. *)
Fixpoint volume (ns : list Z) : Z := match ns with [] => 1 | n :: rest => n * volume rest end.

Fixpoint place (ns : list Z) (i : Z) : list Z :=
  match ns with
  | [] => []
  | n :: rest => (i - 1) / volume rest + 1 :: place rest ((i - 1) mod volume rest + 1)
  end.

Section Words.
Variables (R : Type) (rO rI : R) (radd rmul : R -> R -> R).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
Notation sum := (sum R rO radd).
Notation msum := (msum R rO radd).
Variable A : list axis.
Variables N G C : Z.

Definition image := Z -> list Z -> Z -> Z -> R.

Definition weights := list Z -> Z -> Z -> Z -> R.

Definition forward (x : image) (w : weights) (b : Z -> Z -> R) : image := fun n is g m =>
  b g m [+] msum (kernels A) (fun ks => sum C (fun c =>
    if inside A is ks then w ks c g m [*] x n (positions A is ks) g c else [0])).

Definition no_bias : Z -> Z -> R := fun _ _ => [0].

Definition grad_w (x dz : image) : weights := fun ks c g m =>
  sum N (fun n => msum (outputs A) (fun is =>
    if inside A is ks then x n (positions A is ks) g c [*] dz n is g m else [0])).

(* The entry of the matrix from input (xs, g', c) to output (is, g, m):
   the sum over the taps k of w(k) where input xs lies under tap k of window is; zero between
   different groups. *)
Definition entry (w : weights) (is : list Z) (g m : Z) (xs : list Z) (g' c : Z) : R :=
  if g' =? g then
    msum (kernels A) (fun ks => if is_tap (positions A is ks) xs then w ks c g m else [0])
  else [0].

(* The same on vectors: inputs numbered over (positions, groups, channels), in this order. *)
Definition input_count := volume (sizes A ++ [G; C]).

Definition flat_input (x : image) (n i : Z) : R :=
  let p := place (sizes A ++ [G; C]) i in
  x n (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0).

Definition flat_entry (w : weights) (is : list Z) (g m i : Z) : R :=
  let p := place (sizes A ++ [G; C]) i in
  entry w is g m (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0).

(* Each entry is zero or one weight: at most one tap of a window lies at an input, where taps are
   apart.  Entries under the same tap, channel and output channel are the same weight. *)
Definition spaced := Forall (fun a => 0 < dilation a) A.

Definition matrix_gradient (x dz : image) (is : list Z) (g m : Z) (xs : list Z) (g' c : Z) : R :=
  sum N (fun n => x n xs g' c [*] dz n is g m).
End Words.

Definition matrix_is_layer_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (A : list axis) (G C : Z) (x : image R) (w : weights R)
    (n : Z) (is : list Z) (g m : Z),
  length is = length A ->
  1 <= g <= G ->
  forward R rO radd rmul A C x w (no_bias R rO) n is g m =
  msum R rO radd (sizes A)
    (fun xs : list Z =>
     sum R rO radd G
       (fun g' : Z =>
        sum R rO radd C
          (fun c : Z => rmul (entry R rO radd A w is g m xs g' c) (x n xs g' c)))).

Definition dense_layer_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (A : list axis) (G C : Z) (x : image R) (w : weights R)
    (n : Z) (is : list Z) (g m : Z),
  length is = length A ->
  1 <= g <= G ->
  0 <= C ->
  Forall (fun a : axis => 0 <= size a) A ->
  forward R rO radd rmul A C x w (no_bias R rO) n is g m =
  sum R rO radd (input_count A G C)
    (fun i : Z => rmul (flat_entry R rO radd A G C w is g m i) (flat_input R A G C x n i)).

Definition entry_is_one_weight_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (A : list axis) (w : weights R) (is : list Z) (g m : Z) (ks : list Z) (c : Z),
  spaced A ->
  length is = length A ->
  in_range (kernels A) ks ->
  entry R rO radd A w is g m (positions A is ks) g c = w ks c g m.

Definition entry_is_zero_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (A : list axis) (w : weights R) (is : list Z) (g m : Z) (xs : list Z) (g' c : Z),
  g' <> g \/ (forall ks : list Z, in_range (kernels A) ks -> positions A is ks <> xs) ->
  entry R rO radd A w is g m xs g' c = rO.

Definition tied_entries_gradient_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (A : list axis) (N : Z) (x dz : image R) (ks : list Z) (c g m : Z),
  length ks = length A ->
  grad_w R rO radd rmul A N x dz ks c g m =
  msum R rO radd (outputs A)
    (fun is : list Z =>
     msum R rO radd (sizes A)
       (fun xs : list Z =>
        if is_tap (positions A is ks) xs
        then matrix_gradient R rO radd rmul N x dz is g m xs g c
        else rO)).
