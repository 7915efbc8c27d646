(* Tying: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Statements_Tying.
Require Convproof.Tying.
Definition mean_vector : @Convproof.Tying.vector =
(fun R : Type => Z -> R)
  := eq_refl.
Definition mean_dot : @Convproof.Tying.dot =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (n : Z) (u v : Tying.vector R) =>
Sums.sum R rO radd n (fun i : Z => rmul (u i) (v i)))
  := eq_refl.
Definition mean_spread : @Convproof.Tying.spread =
(fun (R : Type) (rO : R) (P : Z) (tie : Z -> Z) (w : Tying.vector R) (k : Z) =>
if Sums.within P (tie k) then w (tie k) else rO)
  := eq_refl.
Definition mean_pool : @Convproof.Tying.pool =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (E : Z) (tie : Z -> Z) (g : Tying.vector R) (p : Z)
=> Sums.sum R rO radd E (fun k : Z => if tie k =? p then g k else rO))
  := eq_refl.
Definition mean_moves : @Convproof.Tying.moves =
(fun (R T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop) (n : Z) (c : T -> Tying.vector R)
  (u v : Tying.vector R) =>
forall k : Z, 1 <= k <= n -> c t0 k = u k /\ slope (fun t : T => c t k) (v k))
  := eq_refl.
Definition mean_gradient_at : @Convproof.Tying.gradient_at =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (T : Type) (t0 : T)
  (slope : (T -> R) -> R -> Prop) (n : Z) (L : Tying.vector R -> R) (u g : Tying.vector R) =>
forall (c : T -> Tying.vector R) (v : Tying.vector R),
Tying.moves R T t0 slope n c u v -> slope (fun t : T => L (c t)) (Tying.dot R rO radd rmul n g v))
  := eq_refl.
Definition pin_pool_is_transpose :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (E P : Z) (tie : Z -> Z) (w g : Tying.vector R),
       Tying.dot R rO radd rmul E g (Tying.spread R rO P tie w) =
       Tying.dot R rO radd rmul P w (Tying.pool R rO radd E tie g)
  := @Convproof.Tying.pool_is_transpose.
Definition pin_pool_is_transpose_2 :
  Convproof.Statements_Tying.pool_is_transpose_statement
  := @Convproof.Tying.pool_is_transpose.
Goal True. idtac "theorem" "pool_is_transpose". Abort.
Definition pin_pool_is_the_only_transpose :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (E P : Z) (tie : Z -> Z) (g h : Tying.vector R),
       (forall w : Tying.vector R,
        Tying.dot R rO radd rmul E g (Tying.spread R rO P tie w) = Tying.dot R rO radd rmul P w h) ->
       forall p : Z, 1 <= p <= P -> h p = Tying.pool R rO radd E tie g p
  := @Convproof.Tying.pool_is_the_only_transpose.
Definition pin_pool_is_the_only_transpose_2 :
  Convproof.Statements_Tying.pool_is_the_only_transpose_statement
  := @Convproof.Tying.pool_is_the_only_transpose.
Goal True. idtac "theorem" "pool_is_the_only_transpose". Abort.
Definition pin_pooled_gradient_is_gradient :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
       (forall a : R, slope (fun _ : T => a) rO) ->
       forall (E P : Z) (tie : Z -> Z) (L : Tying.vector R -> R) (w g : Tying.vector R),
       Tying.gradient_at R rO radd rmul T t0 slope E L (Tying.spread R rO P tie w) g ->
       Tying.gradient_at R rO radd rmul T t0 slope P
         (fun u : Tying.vector R => L (Tying.spread R rO P tie u)) w
         (Tying.pool R rO radd E tie g)
  := @Convproof.Tying.pooled_gradient_is_gradient.
Definition pin_pooled_gradient_is_gradient_2 :
  Convproof.Statements_Tying.pooled_gradient_is_gradient_statement
  := @Convproof.Tying.pooled_gradient_is_gradient.
Goal True. idtac "theorem" "pooled_gradient_is_gradient". Abort.
Definition theorems :=
 (pin_pool_is_transpose,
  pin_pool_is_the_only_transpose,
  pin_pooled_gradient_is_gradient).
Print Assumptions theorems.
