(* Slopes: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Slopes.
Definition mean_algebraic : @Convproof.Slopes.algebraic =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (f : R -> R) (s : R) =>
exists h : R -> R, forall t : R, f t = radd (radd (f rO) (rmul t s)) (rmul (rmul t t) (h t)))
  := eq_refl.
Definition mean_real : @Convproof.Slopes.real =
(fun (f : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
  (s : Rdefinitions.RbaseSymbolsImpl.R) => Ranalysis1.derivable_pt_lim f (Rdefinitions.IZR 0) s)
  := eq_refl.
Definition mean_relu : @Convproof.Slopes.relu =
(fun x : Rdefinitions.RbaseSymbolsImpl.R => Rbasic_fun.Rmax (Rdefinitions.IZR 0) x)
  := eq_refl.
Definition mean_relu_slope : @Convproof.Slopes.relu_slope =
(fun x : Rdefinitions.RbaseSymbolsImpl.R =>
if RIneq.Rlt_dec (Rdefinitions.IZR 0) x then Rdefinitions.IZR 1 else Rdefinitions.IZR 0)
  := eq_refl.
Goal True. idtac "theorem" "algebraic_constant". Abort.
Definition pin_algebraic_constant :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall a : R, Slopes.algebraic R rO radd rmul (fun _ : R => a) rO
  := @Convproof.Slopes.algebraic_constant.
Print Assumptions pin_algebraic_constant.
Goal True. idtac "theorem" "algebraic_identity". Abort.
Definition pin_algebraic_identity :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       Slopes.algebraic R rO radd rmul (fun t : R => t) rI
  := @Convproof.Slopes.algebraic_identity.
Print Assumptions pin_algebraic_identity.
Goal True. idtac "theorem" "algebraic_add". Abort.
Definition pin_algebraic_add :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (f g : R -> R) (a b : R),
       Slopes.algebraic R rO radd rmul f a ->
       Slopes.algebraic R rO radd rmul g b ->
       Slopes.algebraic R rO radd rmul (fun t : R => radd (f t) (g t)) (radd a b)
  := @Convproof.Slopes.algebraic_add.
Print Assumptions pin_algebraic_add.
Goal True. idtac "theorem" "algebraic_mul". Abort.
Definition pin_algebraic_mul :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (f g : R -> R) (a b : R),
       Slopes.algebraic R rO radd rmul f a ->
       Slopes.algebraic R rO radd rmul g b ->
       Slopes.algebraic R rO radd rmul (fun t : R => rmul (f t) (g t))
         (radd (rmul a (g rO)) (rmul (f rO) b))
  := @Convproof.Slopes.algebraic_mul.
Print Assumptions pin_algebraic_mul.
Goal True. idtac "theorem" "algebraic_scale". Abort.
Definition pin_algebraic_scale :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (f : R -> R) (a c : R),
       Slopes.algebraic R rO radd rmul f a ->
       Slopes.algebraic R rO radd rmul (fun t : R => rmul c (f t)) (rmul c a)
  := @Convproof.Slopes.algebraic_scale.
Print Assumptions pin_algebraic_scale.
Goal True. idtac "theorem" "algebraic_unique_Z". Abort.
Definition pin_algebraic_unique_Z :
  forall (f : Z -> Z) (s s' : Z),
       Slopes.algebraic Z 0 Z.add Z.mul f s -> Slopes.algebraic Z 0 Z.add Z.mul f s' -> s = s'
  := @Convproof.Slopes.algebraic_unique_Z.
Print Assumptions pin_algebraic_unique_Z.
Goal True. idtac "theorem" "real_constant". Abort.
Definition pin_real_constant :
  forall a : Rdefinitions.RbaseSymbolsImpl.R,
       Slopes.real (fun _ : Rdefinitions.RbaseSymbolsImpl.R => a) (Rdefinitions.IZR 0)
  := @Convproof.Slopes.real_constant.
Print Assumptions pin_real_constant.
Goal True. idtac "theorem" "real_add". Abort.
Definition pin_real_add :
  forall (f g : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (a b : Rdefinitions.RbaseSymbolsImpl.R),
       Slopes.real f a ->
       Slopes.real g b ->
       Slopes.real
         (fun t : Rdefinitions.RbaseSymbolsImpl.R =>
          Rdefinitions.RbaseSymbolsImpl.Rplus (f t) (g t))
         (Rdefinitions.RbaseSymbolsImpl.Rplus a b)
  := @Convproof.Slopes.real_add.
Print Assumptions pin_real_add.
Goal True. idtac "theorem" "real_mul". Abort.
Definition pin_real_mul :
  forall (f g : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (a b : Rdefinitions.RbaseSymbolsImpl.R),
       Slopes.real f a ->
       Slopes.real g b ->
       Slopes.real
         (fun t : Rdefinitions.RbaseSymbolsImpl.R =>
          Rdefinitions.RbaseSymbolsImpl.Rmult (f t) (g t))
         (Rdefinitions.RbaseSymbolsImpl.Rplus
            (Rdefinitions.RbaseSymbolsImpl.Rmult a (g (Rdefinitions.IZR 0)))
            (Rdefinitions.RbaseSymbolsImpl.Rmult (f (Rdefinitions.IZR 0)) b))
  := @Convproof.Slopes.real_mul.
Print Assumptions pin_real_mul.
Goal True. idtac "theorem" "real_scale". Abort.
Definition pin_real_scale :
  forall (f : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (a c : Rdefinitions.RbaseSymbolsImpl.R),
       Slopes.real f a ->
       Slopes.real
         (fun t : Rdefinitions.RbaseSymbolsImpl.R => Rdefinitions.RbaseSymbolsImpl.Rmult c (f t))
         (Rdefinitions.RbaseSymbolsImpl.Rmult c a)
  := @Convproof.Slopes.real_scale.
Print Assumptions pin_real_scale.
Goal True. idtac "theorem" "real_unique". Abort.
Definition pin_real_unique :
  forall (f : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (s s' : Rdefinitions.RbaseSymbolsImpl.R), Slopes.real f s -> Slopes.real f s' -> s = s'
  := @Convproof.Slopes.real_unique.
Print Assumptions pin_real_unique.
Goal True. idtac "theorem" "real_chain". Abort.
Definition pin_real_chain :
  forall (act : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (slope : Rdefinitions.RbaseSymbolsImpl.R)
         (c : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (v : Rdefinitions.RbaseSymbolsImpl.R),
       Ranalysis1.derivable_pt_lim act (c (Rdefinitions.IZR 0)) slope ->
       Slopes.real c v ->
       Slopes.real (fun t : Rdefinitions.RbaseSymbolsImpl.R => act (c t))
         (Rdefinitions.RbaseSymbolsImpl.Rmult slope v)
  := @Convproof.Slopes.real_chain.
Print Assumptions pin_real_chain.
Goal True. idtac "theorem" "relu_off_zero". Abort.
Definition pin_relu_off_zero :
  forall x : Rdefinitions.RbaseSymbolsImpl.R,
       x <> Rdefinitions.IZR 0 ->
       Ranalysis1.derivable_pt_lim Slopes.relu x
         (if RIneq.Rlt_dec (Rdefinitions.IZR 0) x then Rdefinitions.IZR 1 else Rdefinitions.IZR 0)
  := @Convproof.Slopes.relu_off_zero.
Print Assumptions pin_relu_off_zero.
Goal True. idtac "theorem" "relu_layer_has_no_kink". Abort.
Definition pin_relu_layer_has_no_kink :
  forall (size : Z) (e : Tying.vector Rdefinitions.RbaseSymbolsImpl.R)
         (x : Z -> Rdefinitions.RbaseSymbolsImpl.R),
       (forall i : Z, 1 <= i <= size -> x i <> Rdefinitions.IZR 0) ->
       Backpropagation.no_kink Rdefinitions.RbaseSymbolsImpl.R Rdefinitions.RbaseSymbolsImpl.R
         (Rdefinitions.IZR 0) Slopes.real
         (Backpropagation.pointwise_layer Rdefinitions.RbaseSymbolsImpl.R 
            (Rdefinitions.IZR 0) Rdefinitions.RbaseSymbolsImpl.Rmult size Slopes.relu
            Slopes.relu_slope) e x
  := @Convproof.Slopes.relu_layer_has_no_kink.
Print Assumptions pin_relu_layer_has_no_kink.
Goal True. idtac "theorem" "edge_layer_is_differentiable". Abort.
Definition pin_edge_layer_is_differentiable :
  forall (I O E : Z) (from to ties : Z -> Z)
         (e x : Tying.vector Rdefinitions.RbaseSymbolsImpl.R),
       Backpropagation.no_kink Rdefinitions.RbaseSymbolsImpl.R Rdefinitions.RbaseSymbolsImpl.R
         (Rdefinitions.IZR 0) Slopes.real
         (Backpropagation.edge_layer Rdefinitions.RbaseSymbolsImpl.R 
            (Rdefinitions.IZR 0) (Rdefinitions.IZR 1) Rdefinitions.RbaseSymbolsImpl.Rplus
            Rdefinitions.RbaseSymbolsImpl.Rmult I O E from to ties) e x
  := @Convproof.Slopes.edge_layer_is_differentiable.
Print Assumptions pin_edge_layer_is_differentiable.
