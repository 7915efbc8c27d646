(* Training and rotations: what is proved of Problem 10.2.1.

   Kept apart from the proofs, with words of its own: the kernel compares the two. *)

Require Import ZArith List Bool Ring.
From Convproof Require Import Statements.
Open Scope Z_scope.

Section Words.
Variables (R : Type) (rO rI : R) (radd rmul : R -> R -> R).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
Notation sum := (sum R rO radd).

Definition matrix := Z -> Z -> R.

(* Equal entries where 1 <= a <= n and 1 <= j <= m. *)
Definition same (n m : Z) (U V : matrix) := forall a j, 1 <= a <= n -> 1 <= j <= m -> U a j = V a j.

(* U V' over m columns: (samples or units) x (units or coordinates). *)
Definition by_rows (m : Z) (U V : matrix) : matrix := fun a b => sum m (fun j => U a j [*] V b j).

(* The pre-activations of all samples, x W': sample i, unit a. *)
Definition preactivations (d : Z) (W x : matrix) : matrix := by_rows d x W.

(* The data turned, x R', and the weights turned, W R'. *)
Definition turned (d : Z) (Q U : matrix) : matrix := by_rows d U Q.

(* R'R = 1 on d columns, e rows. *)
Definition isometry (d e : Z) (Q : matrix) := forall j l, 1 <= j <= d -> 1 <= l <= d ->
  sum e (fun k => Q k j [*] Q k l) = if j =? l then rI else [0].

(* The gradient by the first layer: sum over samples of delta_i x_i'. *)
Definition outer (n : Z) (delta x : matrix) : matrix :=
  fun a j => sum n (fun i => delta i a [*] x i j).

Section Derivative.
Variables (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop).

Definition inner (n m : Z) (U V : matrix) : R := sum n (fun a => by_rows m U V a a).

Definition moves (n m : Z) (c : T -> matrix) (U V : matrix) := forall a j,
  1 <= a <= n -> 1 <= j <= m -> c t0 a j = U a j /\ slope (fun t => c t a j) (V a j).

Definition gradient_at (n m : Z) (L : matrix -> R) (U g : matrix) := forall c V,
  moves n m c U V -> slope (fun t => L (c t)) (inner n m g V).
End Derivative.

Variables (Theta : Type) (h K : Z).
Variables (size : nat -> Z) (pick : nat -> Z -> Z).
Variable look : nat -> Theta -> Z -> R.
Variable delta : nat -> Theta -> matrix -> matrix.
Variable multiplier : nat -> Theta -> matrix -> (Z -> Z -> matrix) -> Z -> Z -> matrix.
Variable others : nat -> Theta -> matrix -> (Z -> Z -> matrix) -> Theta.

(* They depend on the entries in range only. *)
Definition alike (P P' : Z -> Z -> matrix) := forall p q, 1 <= p <= K + 1 -> 1 <= q <= K + 1 ->
  same h h (P p q) (P' p q).

Definition state := ((Z -> matrix) * Theta)%type.

Definition minibatch (t : nat) (x : matrix) : matrix := fun i => x (pick t i).

Definition point (t : nat) (s : state) : matrix :=
  fun a j => sum K (fun q => look t (snd s) q [*] fst s q a j).

Definition seen (d : Z) (x : matrix) (t : nat) (s : state) : matrix :=
  preactivations d (point t s) (minibatch t x).

Definition gradient (d : Z) (x : matrix) (t : nat) (s : state) : matrix :=
  outer (size t) (delta t (snd s) (seen d x t s)) (minibatch t x).

(* The matrices, and the gradient as number K + 1. *)
Definition all (d : Z) (x : matrix) (t : nat) (s : state) : Z -> matrix :=
  fun p => if p =? K + 1 then gradient d x t s else fst s p.

Definition gram (d : Z) (x : matrix) (t : nat) (s : state) : Z -> Z -> matrix :=
  fun p q => by_rows d (all d x t s p) (all d x t s q).

Definition step (d : Z) (x : matrix) (t : nat) (s : state) : state :=
  (fun q a j => sum (K + 1) (fun p => sum h (fun b =>
     multiplier t (snd s) (seen d x t s) (gram d x t s) q p a b [*] all d x t s p b j)),
   others t (snd s) (seen d x t s) (gram d x t s)).

Fixpoint train (d : Z) (x : matrix) (steps : nat) (s : state) : state :=
  match steps with O => s | S t => step d x t (train d x t s) end.

(* The state of the turned run: every matrix M has become M R', the rest is the same. *)
Definition turned_state (d e : Z) (Q : matrix) (s s' : state) :=
  (forall q, 1 <= q <= K -> same h e (fst s' q) (turned d Q (fst s q))) /\ snd s' = snd s.
End Words.

Definition preactivations_stay_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (d e : Z) (Q W x : matrix R) (i a : Z),
  isometry R rO rI radd rmul d e Q ->
  preactivations R rO radd rmul e (turned R rO radd rmul d Q W)
    (turned R rO radd rmul d Q x) i a = preactivations R rO radd rmul d W x i a.

Definition outer_turned_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (d n : Z) (delta Q x : matrix R) (a k : Z),
  outer R rO radd rmul n delta (turned R rO radd rmul d Q x) a k =
  turned R rO radd rmul d Q (outer R rO radd rmul n delta x) a k.

Definition first_layer_gradient_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
  (forall a : R, slope (fun _ : T => a) rO) ->
  (forall (f g : T -> R) (a b : R),
   slope f a -> slope g b -> slope (fun t : T => radd (f t) (g t)) (radd a b)) ->
  (forall (f : T -> R) (a c : R),
   slope f a -> slope (fun t : T => rmul c (f t)) (rmul c a)) ->
  forall (n h d : Z) (loss : matrix R -> R) (delta W x : matrix R),
  gradient_at R rO radd rmul T t0 slope n h loss (preactivations R rO radd rmul d W x)
    delta ->
  gradient_at R rO radd rmul T t0 slope h d
    (fun W0 : matrix R => loss (preactivations R rO radd rmul d W0 x)) W
    (outer R rO radd rmul n delta x).

Definition training_turns_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (Theta : Type) (h K : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
    (look : nat -> Theta -> Z -> R) (delta : nat -> Theta -> matrix R -> matrix R)
    (multiplier : nat -> Theta -> matrix R -> (Z -> Z -> matrix R) -> Z -> Z -> matrix R)
    (others : nat -> Theta -> matrix R -> (Z -> Z -> matrix R) -> Theta),
  (forall (t : nat) (theta : Theta) (Z Z' : matrix R),
   same R (size t) h Z Z' -> same R (size t) h (delta t theta Z) (delta t theta Z')) ->
  (forall (t : nat) (theta : Theta) (Z0 Z' : matrix R) (P P' : Z -> Z -> matrix R),
   same R (size t) h Z0 Z' ->
   alike R h K P P' ->
   forall q p : Z,
   1 <= q <= K ->
   1 <= p <= K + 1 ->
   same R h h (multiplier t theta Z0 P q p) (multiplier t theta Z' P' q p)) ->
  (forall (t : nat) (theta : Theta) (Z0 Z' : matrix R) (P P' : Z -> Z -> matrix R),
   same R (size t) h Z0 Z' ->
   alike R h K P P' -> others t theta Z0 P = others t theta Z' P') ->
  forall (d e : Z) (Q x : matrix R) (s s' : state R Theta) (steps : nat),
  isometry R rO rI radd rmul d e Q ->
  turned_state R rO radd rmul Theta h K d e Q s s' ->
  turned_state R rO radd rmul Theta h K d e Q
    (train R rO radd rmul Theta h K size pick look delta multiplier others d x steps s)
    (train R rO radd rmul Theta h K size pick look delta multiplier others e
       (turned R rO radd rmul d Q x) steps s').

Definition predictions_stay_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (Theta : Type) (h K : Z) (size : nat -> Z) (pick : nat -> Z -> Z)
    (look : nat -> Theta -> Z -> R) (delta : nat -> Theta -> matrix R -> matrix R)
    (multiplier : nat -> Theta -> matrix R -> (Z -> Z -> matrix R) -> Z -> Z -> matrix R)
    (others : nat -> Theta -> matrix R -> (Z -> Z -> matrix R) -> Theta),
  (forall (t : nat) (theta : Theta) (Z Z' : matrix R),
   same R (size t) h Z Z' -> same R (size t) h (delta t theta Z) (delta t theta Z')) ->
  (forall (t : nat) (theta : Theta) (Z0 Z' : matrix R) (P P' : Z -> Z -> matrix R),
   same R (size t) h Z0 Z' ->
   alike R h K P P' ->
   forall q p : Z,
   1 <= q <= K ->
   1 <= p <= K + 1 ->
   same R h h (multiplier t theta Z0 P q p) (multiplier t theta Z' P' q p)) ->
  (forall (t : nat) (theta : Theta) (Z0 Z' : matrix R) (P P' : Z -> Z -> matrix R),
   same R (size t) h Z0 Z' ->
   alike R h K P P' -> others t theta Z0 P = others t theta Z' P') ->
  forall (d e : Z) (Q x : matrix R) (s s' : state R Theta) (steps : nat)
    (y : matrix R) (i a : Z),
  isometry R rO rI radd rmul d e Q ->
  turned_state R rO radd rmul Theta h K d e Q s s' ->
  1 <= K ->
  1 <= a <= h ->
  snd
    (train R rO radd rmul Theta h K size pick look delta multiplier others e
       (turned R rO radd rmul d Q x) steps s') =
  snd (train R rO radd rmul Theta h K size pick look delta multiplier others d x steps s) /\
  preactivations R rO radd rmul e
    (fst
       (train R rO radd rmul Theta h K size pick look delta multiplier others e
          (turned R rO radd rmul d Q x) steps s') 1) (turned R rO radd rmul d Q y) i a =
  preactivations R rO radd rmul d
    (fst
       (train R rO radd rmul Theta h K size pick look delta multiplier others d x steps s)
       1) y i a.
