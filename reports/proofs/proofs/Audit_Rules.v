(* Rules: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Rules.
Definition mean_delta : @Convproof.Rules.delta =
(fun (R : Type) (rO rI : R) (i j : Z) => if i =? j then rI else rO)
  := eq_refl.
Definition mean_span : @Convproof.Rules.span =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (low high : Z) (f : Z -> R) =>
Sums.sum R rO radd (high - low + 1) (fun i : Z => f (low - 1 + i)))
  := eq_refl.
Definition mean_derivation : @Convproof.Rules.derivation =
(fun (R : Type) (radd rmul : R -> R -> R) (D : R -> R) =>
(forall u v : R, D (radd u v) = radd (D u) (D v)) /\
(forall u v : R, D (rmul u v) = radd (rmul (D u) v) (rmul u (D v))))
  := eq_refl.
Definition pin_derive_add :
  forall (R : Type) (radd rmul : R -> R -> R) (D : R -> R),
       Rules.derivation R radd rmul D -> forall u v : R, D (radd u v) = radd (D u) (D v)
  := @Convproof.Rules.derive_add.
Goal True. idtac "theorem" "derive_add". Abort.
Definition pin_derive_mul :
  forall (R : Type) (radd rmul : R -> R -> R) (D : R -> R),
       Rules.derivation R radd rmul D ->
       forall u v : R, D (rmul u v) = radd (rmul (D u) v) (rmul u (D v))
  := @Convproof.Rules.derive_mul.
Goal True. idtac "theorem" "derive_mul". Abort.
Definition pin_derive_zero :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall D : R -> R, Rules.derivation R radd rmul D -> D rO = rO
  := @Convproof.Rules.derive_zero.
Goal True. idtac "theorem" "derive_zero". Abort.
Definition pin_derive_one :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall D : R -> R, Rules.derivation R radd rmul D -> D rI = rO
  := @Convproof.Rules.derive_one.
Goal True. idtac "theorem" "derive_one". Abort.
Definition pin_derive_sum :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall D : R -> R,
       Rules.derivation R radd rmul D ->
       forall (n : Z) (f : Z -> R),
       D (Sums.sum R rO radd n f) = Sums.sum R rO radd n (fun i : Z => D (f i))
  := @Convproof.Rules.derive_sum.
Goal True. idtac "theorem" "derive_sum". Abort.
Definition pin_derive_if :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall D : R -> R,
       Rules.derivation R radd rmul D ->
       forall (c : bool) (u : R), D (if c then u else rO) = (if c then D u else rO)
  := @Convproof.Rules.derive_if.
Goal True. idtac "theorem" "derive_if". Abort.
Definition pin_eliminate :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (n s : Z) (ok : bool) (F : Z -> R) (T : R),
       (forall v : Z, 1 <= v <= n -> v = s -> ok = true -> F v = T) ->
       (forall v : Z, 1 <= v <= n -> ~ (v = s /\ ok = true) -> F v = rO) ->
       (ok = true -> 1 <= s <= n) -> Sums.sum R rO radd n F = (if ok then T else rO)
  := @Convproof.Rules.eliminate.
Goal True. idtac "theorem" "eliminate". Abort.
Definition pin_eliminate_span :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (low high s : Z) (ok : bool) (F : Z -> R) (T : R),
       (forall v : Z, low <= v <= high -> v = s -> ok = true -> F v = T) ->
       (forall v : Z, low <= v <= high -> ~ (v = s /\ ok = true) -> F v = rO) ->
       (ok = true -> low <= s <= high) ->
       Rules.span R rO radd low high F = (if ok then T else rO)
  := @Convproof.Rules.eliminate_span.
Goal True. idtac "theorem" "eliminate_span". Abort.
Definition pin_split_three :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (a b c : Z) (f : Z -> R),
       0 <= a ->
       0 <= b ->
       0 <= c ->
       Sums.sum R rO radd (a + b + c) f =
       radd (radd (Sums.sum R rO radd a f) (Rules.span R rO radd (a + 1) (a + b) f))
         (Rules.span R rO radd (a + b + 1) (a + b + c) f)
  := @Convproof.Rules.split_three.
Goal True. idtac "theorem" "split_three". Abort.
Definition pin_sum_numbered :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (K L s : Z) (f : Z -> Z -> R),
       0 < L ->
       1 <= s <= K * L ->
       Sums.sum R rO radd K
         (fun k : Z =>
          Sums.sum R rO radd L (fun l : Z => if L * (k - 1) + l =? s then f k l else rO)) =
       f ((s - 1) / L + 1) ((s - 1) mod L + 1)
  := @Convproof.Rules.sum_numbered.
Goal True. idtac "theorem" "sum_numbered". Abort.
Definition pin_divide_by_stride :
  forall s q r : Z, 0 < s -> s * q <= r <-> q <= r / s
  := @Convproof.Rules.divide_by_stride.
Goal True. idtac "theorem" "divide_by_stride". Abort.
Definition pin_count_between :
  forall n low high : Z,
       Sums.sum Z 0 Z.add n (fun l : Z => if (low <=? l) && (l <=? high) then 1 else 0) =
       Z.max 0 (Z.min n high - Z.max 1 low + 1)
  := @Convproof.Rules.count_between.
Goal True. idtac "theorem" "count_between". Abort.
Definition pin_split_range :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (n a l h k : Z) (f : Z -> R),
       0 <= a ->
       a <= h ->
       h <= n ->
       l = a + 1 ->
       k = h + 1 ->
       Sums.sum R rO radd n f =
       radd (radd (Sums.sum R rO radd a f) (Rules.span R rO radd l h f))
         (Rules.span R rO radd k n f)
  := @Convproof.Rules.split_range.
Goal True. idtac "theorem" "split_range". Abort.
Definition theorems :=
 (pin_derive_add,
  pin_derive_mul,
  pin_derive_zero,
  pin_derive_one,
  pin_derive_sum,
  pin_derive_if,
  pin_eliminate,
  pin_eliminate_span,
  pin_split_three,
  pin_sum_numbered,
  pin_divide_by_stride,
  pin_count_between,
  pin_split_range).
Print Assumptions theorems.
