(* Shared weights: the pooled gradient is the gradient of the tied map, whatever is shared.

   Edges 1..E carry values, weights 1..P are shared among them: edge k has weight number `tie k`;
   where that is no weight (0, say) the edge is fixed at zero.  Nothing is asked of `tie`. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums.
Open Scope Z_scope.

Section Tying.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Definition vector := Z -> R.
Definition dot (n : Z) (u v : vector) : R := sum n (fun i => u i [*] v i).

(* The edge values that the shared weights w give. *)
Definition spread (P : Z) (tie : Z -> Z) (w : vector) : vector :=
  fun k => if within P (tie k) then w (tie k) else [0].

(* The gradients of all copies of each weight, added up. *)
Definition pool (E : Z) (tie : Z -> Z) (g : vector) : vector :=
  fun p => sum E (fun k => if tie k =? p then g k else [0]).

(* <g, spread w> = <w, pool g>: pooling is the transpose of sharing. *)
Theorem pool_is_transpose E P tie w g :
  dot E g (spread P tie w) = dot P w (pool E tie g).
Proof.
  unfold dot, spread, pool.
  transitivity (sum E (fun k => sum P (fun p => if p =? tie k then w p [*] g k else [0]))).
  - apply sum_ext. intros k _.
    rewrite (sum_delta R rO rI radd rmul rsub ropp laws P (tie k) (fun p => w p [*] g k)).
    destruct (within P (tie k)); ring.
  - rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros p _.
    rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). apply sum_ext. intros k _.
    rewrite (Z.eqb_sym p). destruct (tie k =? p); ring.
Qed.

Lemma dot_unit n u p : 1 <= p <= n ->
  dot n (fun i => if i =? p then rI else [0]) u = u p.
Proof.
  intros I. unfold dot.
  rewrite (sum_ext R rO radd n _ (fun i => if i =? p then u i else [0])).
  - rewrite (sum_delta R rO rI radd rmul rsub ropp laws). apply within_spec in I. rewrite I.
    reflexivity.
  - intros i _. destruct (i =? p); ring.
Qed.

(* ... and the only one: whatever answers <g, spread w> = <w, h> for every w is the pooled g. *)
Theorem pool_is_the_only_transpose E P tie g h :
  (forall w, dot E g (spread P tie w) = dot P w h) ->
  forall p, 1 <= p <= P -> h p = pool E tie g p.
Proof.
  intros H p I.
  rewrite <- (dot_unit P h p I), <- (dot_unit P (pool E tie g) p I), <- H.
  apply pool_is_transpose.
Qed.

(* Derivatives, of any kind: `slope f s` says that f, a function of t, has the derivative s at t0.
   All that is asked here is that constants have the derivative zero. *)
Section Derivative.
Variables (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop).
Variable slope_constant : forall a, slope (fun _ => a) [0].

(* c is a curve through u with velocity v. *)
Definition moves (n : Z) (c : T -> vector) (u v : vector) : Prop := forall k, 1 <= k <= n ->
  c t0 k = u k /\ slope (fun t => c t k) (v k).

(* Along every curve through u the derivative of L is its inner product with g. *)
Definition gradient_at (n : Z) (L : vector -> R) (u g : vector) : Prop := forall c v,
  moves n c u v -> slope (fun t => L (c t)) (dot n g v).

Lemma moves_spread E P tie c w v : moves P c w v ->
  moves E (fun t => spread P tie (c t)) (spread P tie w) (spread P tie v).
Proof.
  intros M k _. unfold spread. destruct (within P (tie k)) eqn:I.
  - apply within_spec in I. apply M. exact I.
  - split; [reflexivity|apply slope_constant].
Qed.

Lemma dot_comm n u v : dot n u v = dot n v u.
Proof. apply sum_ext. intros. ring. Qed.

(* If g is the gradient of L by the edges, then pool g is the gradient by the shared weights. *)
Theorem pooled_gradient_is_gradient E P tie L w g :
  gradient_at E L (spread P tie w) g ->
  gradient_at P (fun u => L (spread P tie u)) w (pool E tie g).
Proof.
  intros G c v M.
  rewrite dot_comm, <- pool_is_transpose.
  apply (G (fun t => spread P tie (c t))). apply moves_spread. exact M.
Qed.
End Derivative.
End Tying.
