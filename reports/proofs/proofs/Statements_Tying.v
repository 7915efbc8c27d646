(* Shared weights: what is proved of the pooled gradient.

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

Definition vector := Z -> R.

Definition dot (n : Z) (u v : vector) : R := sum n (fun i => u i [*] v i).

(* The edge values that the shared weights w give. *)
Definition spread (P : Z) (tie : Z -> Z) (w : vector) : vector :=
  fun k => if within P (tie k) then w (tie k) else [0].

(* The gradients of all copies of each weight, added up. *)
Definition pool (E : Z) (tie : Z -> Z) (g : vector) : vector :=
  fun p => sum E (fun k => if tie k =? p then g k else [0]).

Variables (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop).

(* c is a curve through u with velocity v. *)
Definition moves (n : Z) (c : T -> vector) (u v : vector) : Prop := forall k, 1 <= k <= n ->
  c t0 k = u k /\ slope (fun t => c t k) (v k).

(* Along every curve through u the derivative of L is its inner product with g. *)
Definition gradient_at (n : Z) (L : vector -> R) (u g : vector) : Prop := forall c v,
  moves n c u v -> slope (fun t => L (c t)) (dot n g v).
End Words.

Definition pool_is_transpose_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (E P : Z) (tie : Z -> Z) (w g : vector R),
  dot R rO radd rmul E g (spread R rO P tie w) =
  dot R rO radd rmul P w (pool R rO radd E tie g).

Definition pool_is_the_only_transpose_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (E P : Z) (tie : Z -> Z) (g h : vector R),
  (forall w : vector R,
   dot R rO radd rmul E g (spread R rO P tie w) = dot R rO radd rmul P w h) ->
  forall p : Z, 1 <= p <= P -> h p = pool R rO radd E tie g p.

Definition pooled_gradient_is_gradient_statement : Prop :=
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
  ring_theory rO rI radd rmul rsub ropp eq ->
  forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
  (forall a : R, slope (fun _ : T => a) rO) ->
  forall (E P : Z) (tie : Z -> Z) (L : vector R -> R) (w g : vector R),
  gradient_at R rO radd rmul T t0 slope E L (spread R rO P tie w) g ->
  gradient_at R rO radd rmul T t0 slope P (fun u : vector R => L (spread R rO P tie u)) w
    (pool R rO radd E tie g).
