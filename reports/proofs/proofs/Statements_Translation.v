(* Translation: what is proved of convolution, poolings, the lattice, circular padding.

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

Definition kernels := map kernel.
Definition outputs := map outs.

Definition in_range (ns is : list Z) := Forall2 (fun n i => 1 <= i <= n) ns is.

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

Fixpoint minus (is ts : list Z) : list Z :=
  match is, ts with i :: is', t :: ts' => i - t :: minus is' ts' | _, _ => [] end.

(* Circular padding: position p shows pixel p modulo the size. *)
Fixpoint wrapped (B : list axis) (p : list Z) : list Z :=
  match B, p with a :: B', i :: p' => (i - 1) mod size a + 1 :: wrapped B' p' | _, _ => [] end.

(* The output repeats after size / stride windows, where the stride divides the size. *)
Fixpoint around (B : list axis) (is : list Z) : list Z :=
  match B, is with
  | a :: B', i :: is' => (i - 1) mod (size a / stride a) + 1 :: around B' is'
  | _, _ => []
  end.

Definition goes_round (a : axis) := 0 < size a /\ 0 < stride a /\ size a mod stride a = 0.

Section Words.
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

(* On the infinite lattice nothing is lost and nothing comes in: every output, every shift. *)
Definition endless (Phi : (list Z -> V) -> Y) (x : image) (is : list Z) : Y :=
  Phi (fun ks => x (positions A is ks)).

Definition circular (Phi : (list Z -> V) -> Y) (x : image) (is : list Z) : Y :=
  Phi (fun ks => x (wrapped A (positions A is ks))).

Definition rolled (ts : list Z) (x : image) : image := fun p => x (wrapped A (back A ts p)).
End Words.

Section Layer.
Variables (R : Type) (rO rI : R) (radd rmul : R -> R -> R).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
Notation sum := (sum R rO radd).
Notation msum := (msum R rO radd).
Variable A : list axis.
Variable C : Z.

Definition image := Z -> list Z -> Z -> Z -> R.

Definition weights := list Z -> Z -> Z -> Z -> R.

Definition forward (x : image) (w : weights) (b : Z -> Z -> R) : image := fun n is g m =>
  b g m [+] msum (kernels A) (fun ks => sum C (fun c =>
    if inside A is ks then w ks c g m [*] x n (positions A is ks) g c else [0])).
End Layer.

Definition filled_translation_statement : Prop :=
  forall (A : list axis) (V Y : Type) (ts is : list Z),
  length ts = length A ->
  length is = length A ->
  forall (fill : V) (Phi : (list Z -> V) -> Y) (x : list Z -> V),
  looks_at_taps A Y Phi ->
  nothing_lost A ts is ->
  filled A V Y fill Phi (moved A V fill ts x) is = filled A V Y fill Phi x (minus is ts).

Definition filled_translation_anything_statement : Prop :=
  forall (A : list axis) (V Y : Type) (ts is : list Z),
  length ts = length A ->
  length is = length A ->
  forall (fill new : V) (Phi : (list Z -> V) -> Y) (x : list Z -> V),
  looks_at_taps A Y Phi ->
  nothing_new A ts is ->
  filled A V Y fill Phi (moved A V new ts x) is = filled A V Y fill Phi x (minus is ts).

Definition bounded_translation_statement : Prop :=
  forall (A : list axis) (V Y : Type) (ts is : list Z),
  length ts = length A ->
  length is = length A ->
  forall (new : V) (Phi : (list Z -> option V) -> Y) (x : list Z -> V),
  looks_at_taps A Y Phi ->
  nothing_new A ts is ->
  bounded A V Y Phi (moved A V new ts x) is = bounded A V Y Phi x (minus is ts).

Definition lattice_translation_statement : Prop :=
  forall (A : list axis) (V Y : Type) (Phi : (list Z -> V) -> Y)
    (x : list Z -> V) (ts is : list Z),
  looks_at_taps A Y Phi ->
  length ts = length A ->
  length is = length A ->
  endless A V Y Phi (fun p : list Z => x (back A ts p)) is =
  endless A V Y Phi x (minus is ts).

Definition circular_translation_on_outputs_statement : Prop :=
  forall (A : list axis) (V Y : Type) (Phi : (list Z -> V) -> Y)
    (x : list Z -> V) (ts is : list Z),
  looks_at_taps A Y Phi ->
  Forall goes_round A ->
  Forall (fun a : axis => size a / stride a <= outs a) A ->
  length ts = length A ->
  length is = length A ->
  in_range (outputs A) (around A (minus is ts)) /\
  circular A V Y Phi (rolled A V ts x) is = circular A V Y Phi x (around A (minus is ts)).

Definition conv_translation_iff_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (A : list axis) (C n : Z) (ts is : list Z) (g m : Z),
  rI <> rO ->
  1 <= C ->
  length ts = length A ->
  length is = length A ->
  nothing_lost A ts is <->
  (forall (x : Z -> list Z -> Z -> Z -> R) (w : weights R) (b : Z -> Z -> R),
   forward R rO radd rmul A C
     (fun n0 : Z => moved A (Z -> Z -> R) (fun _ _ : Z => rO) ts (x n0)) w b n is g m =
   forward R rO radd rmul A C x w b n (minus is ts) g m).
