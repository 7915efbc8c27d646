(* The formula for the distance of two rotated targets between two bounds: what is proved of
   (10.11) corrected, and of the Lipschitz step.

   Kept apart from the proofs, with words of its own: the kernel compares the two. *)

Require Import ZArith Reals.
From Convproof Require Import Statements.
Open Scope R_scope.

Notation over := (Statements.sum R 0 Rplus).
Notation "j 'in' k" := (1 <= j <= k)%Z (at level 70, k at next level).

Section Words.
Variables (Omega : Type) (ok : (Omega -> R) -> Prop) (E : (Omega -> R) -> R).
Variables (k : Z) (s : Z -> Omega -> R).

(* sum_j sin^2 phi_j s_j^2. *)
Definition spread (phi : Z -> R) (w : Omega) : R :=
  over k (fun j => sin (phi j) * sin (phi j) * (s j w * s j w)).

(* (2/pi) E arcsin sqrt of it. *)
Definition formula (phi : Z -> R) : R := 2 / PI * E (fun w => asin (sqrt (spread phi w))).

Definition angles (phi : Z -> R) : Prop := forall j, j in k -> 0 <= phi j <= PI / 2.

(* The length of a vector with k coordinates. *)
Definition length (g : Z -> Omega -> R) (w : Omega) : R :=
  sqrt (over k (fun j => g j w * g j w)).

(* An expectation, of the functions that have one. *)
Definition expectation (claim : Prop) : Prop :=
  (forall f h, (forall w, f w = h w) -> ok f -> ok h) ->
  ok (fun _ => 1) ->
  (forall f h, ok f -> ok h -> ok (fun w => f w + h w)) ->
  (forall c f, ok f -> ok (fun w => c * f w)) ->
  E (fun _ => 1) = 1 ->
  (forall f h, ok f -> ok h -> E (fun w => f w + h w) = E f + E h) ->
  (forall c f, ok f -> E (fun w => c * f w) = c * E f) ->
  (forall f h, ok f -> ok h -> (forall w, f w <= h w) -> E f <= E h) ->
  claim.

(* s is on the unit sphere of R^k. *)
Definition direction (claim : Prop) : Prop :=
  (0 < k)%Z ->
  (forall w, over k (fun j => s j w * s j w) = 1) ->
  claim.

(* g is standard Gaussian, as far as is asked of it, and s is its direction. *)
Definition gaussian (g : Z -> Omega -> R) (claim : Prop) : Prop :=
  (forall j w, j in k -> g j w = length g w * s j w) ->
  ok (length g) ->
  (forall j, j in k -> ok (fun w => Rabs (s j w))) ->
  (forall j, j in k -> ok (fun w => Rabs (g j w))) ->
  (forall j, j in k -> ok (fun w => g j w * g j w)) ->
  (forall j, j in k -> E (fun w => Rabs (g j w)) = sqrt (2 / PI)) ->
  (forall j, j in k -> E (fun w => g j w * g j w) = 1) ->
  (forall j, j in k ->
    E (fun w => length g w * Rabs (s j w)) = E (length g) * E (fun w => Rabs (s j w))) ->
  claim.
End Words.

(* With d = 2k: 2 pi^(-3/2) / sqrt d * sqrt (8 sum_j sin^2 (phi_j / 2)) is no more. *)
Definition formula_from_below_statement : Prop := forall Omega ok E,
  expectation Omega ok E (forall k s, direction Omega k s (forall g, gaussian Omega ok E k s g (
    forall phi, angles k phi ->
    ok (fun w => sqrt (spread Omega k s phi w)) ->
    ok (fun w => asin (sqrt (spread Omega k s phi w))) ->
    2 / (PI * sqrt PI) / sqrt (2 * IZR k)
      * sqrt (8 * over k (fun j => sin (phi j / 2) * sin (phi j / 2)))
    <= formula Omega E k s phi))).

(* (2/pi) sqrt (mean of phi_j^2) is no less. *)
Definition formula_from_above_statement : Prop := forall Omega ok E,
  expectation Omega ok E (forall k s, direction Omega k s (
    (forall j, j in k -> ok (fun w => s j w * s j w)) ->
    (forall j, j in k -> E (fun w => s j w * s j w) = / IZR k) ->
    forall phi, angles k phi ->
    ok (fun w => asin (sqrt (spread Omega k s phi w))) ->
    ok (fun w => sqrt (over k (fun j => phi j * phi j * (s j w * s j w)))) ->
    formula Omega E k s phi <= 2 / PI * sqrt (over k (fun j => phi j * phi j) / IZR k))).
