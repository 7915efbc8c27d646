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
Definition mean_sigmoid : @Convproof.Slopes.sigmoid =
(fun x : Rdefinitions.RbaseSymbolsImpl.R =>
Rdefinitions.RinvImpl.Rinv
  (Rdefinitions.RbaseSymbolsImpl.Rplus (Rdefinitions.IZR 1)
     (Rtrigo_def.exp (Rdefinitions.RbaseSymbolsImpl.Ropp x))))
  := eq_refl.
Definition mean_sigmoid_slope : @Convproof.Slopes.sigmoid_slope =
(fun x : Rdefinitions.RbaseSymbolsImpl.R =>
Rdefinitions.RbaseSymbolsImpl.Rmult (Slopes.sigmoid x)
  (Rdefinitions.Rminus (Rdefinitions.IZR 1) (Slopes.sigmoid x)))
  := eq_refl.
Definition mean_tanh_slope : @Convproof.Slopes.tanh_slope =
(fun x : Rdefinitions.RbaseSymbolsImpl.R =>
Rdefinitions.Rminus (Rdefinitions.IZR 1)
  (Rdefinitions.RbaseSymbolsImpl.Rmult (Rtrigo_def.tanh x) (Rtrigo_def.tanh x)))
  := eq_refl.
Definition mean_chooses_a_maximum : @Convproof.Slopes.chooses_a_maximum =
(fun (O : Z) (window : Z -> list Z) (choose : (Z -> Rdefinitions.RbaseSymbolsImpl.R) -> Z -> Z) =>
forall (y : Z -> Rdefinitions.RbaseSymbolsImpl.R) (o : Z),
1 <= o <= O ->
In (choose y o) (window o) /\
(forall i : Z, In i (window o) -> Rdefinitions.Rle (y i) (y (choose y o))))
  := eq_refl.
Definition mean_windows_on_input : @Convproof.Slopes.windows_on_input =
(fun (I O : Z) (window : Z -> list Z) =>
forall o i : Z, 1 <= o <= O -> In i (window o) -> 1 <= i <= I)
  := eq_refl.
Definition mean_one_maximum : @Convproof.Slopes.one_maximum =
(fun (O : Z) (window : Z -> list Z) (choose : (Z -> Rdefinitions.RbaseSymbolsImpl.R) -> Z -> Z)
  (x : Z -> Rdefinitions.RbaseSymbolsImpl.R) =>
forall o i : Z,
1 <= o <= O ->
In i (window o) -> i <> choose x o -> Rdefinitions.RbaseSymbolsImpl.Rlt (x i) (x (choose x o)))
  := eq_refl.
Definition pin_algebraic_constant :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall a : R, Slopes.algebraic R rO radd rmul (fun _ : R => a) rO
  := @Convproof.Slopes.algebraic_constant.
Goal True. idtac "theorem" "algebraic_constant". Abort.
Definition pin_algebraic_identity :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       Slopes.algebraic R rO radd rmul (fun t : R => t) rI
  := @Convproof.Slopes.algebraic_identity.
Goal True. idtac "theorem" "algebraic_identity". Abort.
Definition pin_algebraic_add :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (f g : R -> R) (a b : R),
       Slopes.algebraic R rO radd rmul f a ->
       Slopes.algebraic R rO radd rmul g b ->
       Slopes.algebraic R rO radd rmul (fun t : R => radd (f t) (g t)) (radd a b)
  := @Convproof.Slopes.algebraic_add.
Goal True. idtac "theorem" "algebraic_add". Abort.
Definition pin_algebraic_mul :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (f g : R -> R) (a b : R),
       Slopes.algebraic R rO radd rmul f a ->
       Slopes.algebraic R rO radd rmul g b ->
       Slopes.algebraic R rO radd rmul (fun t : R => rmul (f t) (g t))
         (radd (rmul a (g rO)) (rmul (f rO) b))
  := @Convproof.Slopes.algebraic_mul.
Goal True. idtac "theorem" "algebraic_mul". Abort.
Definition pin_algebraic_scale :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (f : R -> R) (a c : R),
       Slopes.algebraic R rO radd rmul f a ->
       Slopes.algebraic R rO radd rmul (fun t : R => rmul c (f t)) (rmul c a)
  := @Convproof.Slopes.algebraic_scale.
Goal True. idtac "theorem" "algebraic_scale". Abort.
Definition pin_algebraic_unique_Z :
  forall (f : Z -> Z) (s s' : Z),
       Slopes.algebraic Z 0 Z.add Z.mul f s -> Slopes.algebraic Z 0 Z.add Z.mul f s' -> s = s'
  := @Convproof.Slopes.algebraic_unique_Z.
Goal True. idtac "theorem" "algebraic_unique_Z". Abort.
Definition pin_real_constant :
  forall a : Rdefinitions.RbaseSymbolsImpl.R,
       Slopes.real (fun _ : Rdefinitions.RbaseSymbolsImpl.R => a) (Rdefinitions.IZR 0)
  := @Convproof.Slopes.real_constant.
Goal True. idtac "theorem" "real_constant". Abort.
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
Goal True. idtac "theorem" "real_add". Abort.
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
Goal True. idtac "theorem" "real_mul". Abort.
Definition pin_real_scale :
  forall (f : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (a c : Rdefinitions.RbaseSymbolsImpl.R),
       Slopes.real f a ->
       Slopes.real
         (fun t : Rdefinitions.RbaseSymbolsImpl.R => Rdefinitions.RbaseSymbolsImpl.Rmult c (f t))
         (Rdefinitions.RbaseSymbolsImpl.Rmult c a)
  := @Convproof.Slopes.real_scale.
Goal True. idtac "theorem" "real_scale". Abort.
Definition pin_real_unique :
  forall (f : Rdefinitions.RbaseSymbolsImpl.R -> Rdefinitions.RbaseSymbolsImpl.R)
         (s s' : Rdefinitions.RbaseSymbolsImpl.R), Slopes.real f s -> Slopes.real f s' -> s = s'
  := @Convproof.Slopes.real_unique.
Goal True. idtac "theorem" "real_unique". Abort.
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
Goal True. idtac "theorem" "real_chain". Abort.
Definition pin_relu_off_zero :
  forall x : Rdefinitions.RbaseSymbolsImpl.R,
       x <> Rdefinitions.IZR 0 ->
       Ranalysis1.derivable_pt_lim Slopes.relu x
         (if RIneq.Rlt_dec (Rdefinitions.IZR 0) x then Rdefinitions.IZR 1 else Rdefinitions.IZR 0)
  := @Convproof.Slopes.relu_off_zero.
Goal True. idtac "theorem" "relu_off_zero". Abort.
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
Goal True. idtac "theorem" "relu_layer_has_no_kink". Abort.
Definition pin_edge_layer_is_differentiable :
  forall (I O E : Z) (from to ties : Z -> Z)
         (e x : Tying.vector Rdefinitions.RbaseSymbolsImpl.R),
       Backpropagation.no_kink Rdefinitions.RbaseSymbolsImpl.R Rdefinitions.RbaseSymbolsImpl.R
         (Rdefinitions.IZR 0) Slopes.real
         (Backpropagation.edge_layer Rdefinitions.RbaseSymbolsImpl.R 
            (Rdefinitions.IZR 0) (Rdefinitions.IZR 1) Rdefinitions.RbaseSymbolsImpl.Rplus
            Rdefinitions.RbaseSymbolsImpl.Rmult I O E from to ties) e x
  := @Convproof.Slopes.edge_layer_is_differentiable.
Goal True. idtac "theorem" "edge_layer_is_differentiable". Abort.
Definition pin_sigmoid_has_slope :
  forall x : Rdefinitions.RbaseSymbolsImpl.R,
       Ranalysis1.derivable_pt_lim Slopes.sigmoid x (Slopes.sigmoid_slope x)
  := @Convproof.Slopes.sigmoid_has_slope.
Goal True. idtac "theorem" "sigmoid_has_slope". Abort.
Definition pin_tanh_has_slope :
  forall x : Rdefinitions.RbaseSymbolsImpl.R,
       Ranalysis1.derivable_pt_lim Rtrigo_def.tanh x (Slopes.tanh_slope x)
  := @Convproof.Slopes.tanh_has_slope.
Goal True. idtac "theorem" "tanh_has_slope". Abort.
Definition pin_sigmoid_layer_has_no_kink :
  forall (size : Z) (e x : Tying.vector Rdefinitions.RbaseSymbolsImpl.R),
       Backpropagation.no_kink Rdefinitions.RbaseSymbolsImpl.R Rdefinitions.RbaseSymbolsImpl.R
         (Rdefinitions.IZR 0) Slopes.real
         (Backpropagation.pointwise_layer Rdefinitions.RbaseSymbolsImpl.R 
            (Rdefinitions.IZR 0) Rdefinitions.RbaseSymbolsImpl.Rmult size Slopes.sigmoid
            Slopes.sigmoid_slope) e x
  := @Convproof.Slopes.sigmoid_layer_has_no_kink.
Goal True. idtac "theorem" "sigmoid_layer_has_no_kink". Abort.
Definition pin_tanh_layer_has_no_kink :
  forall (size : Z) (e x : Tying.vector Rdefinitions.RbaseSymbolsImpl.R),
       Backpropagation.no_kink Rdefinitions.RbaseSymbolsImpl.R Rdefinitions.RbaseSymbolsImpl.R
         (Rdefinitions.IZR 0) Slopes.real
         (Backpropagation.pointwise_layer Rdefinitions.RbaseSymbolsImpl.R 
            (Rdefinitions.IZR 0) Rdefinitions.RbaseSymbolsImpl.Rmult size Rtrigo_def.tanh
            Slopes.tanh_slope) e x
  := @Convproof.Slopes.tanh_layer_has_no_kink.
Goal True. idtac "theorem" "tanh_layer_has_no_kink". Abort.
Definition pin_sigmoid_slope_as_computed :
  forall x : Rdefinitions.RbaseSymbolsImpl.R,
       Slopes.sigmoid_slope x =
       Rdefinitions.Rdiv
         (Rtrigo_def.exp (Rdefinitions.RbaseSymbolsImpl.Ropp (Rbasic_fun.Rabs x)))
         (Rpow_def.pow
            (Rdefinitions.RbaseSymbolsImpl.Rplus (Rdefinitions.IZR 1)
               (Rtrigo_def.exp (Rdefinitions.RbaseSymbolsImpl.Ropp (Rbasic_fun.Rabs x)))) 2)
  := @Convproof.Slopes.sigmoid_slope_as_computed.
Goal True. idtac "theorem" "sigmoid_slope_as_computed". Abort.
Definition pin_tanh_slope_as_computed :
  forall x : Rdefinitions.RbaseSymbolsImpl.R,
       Slopes.tanh_slope x =
       Rdefinitions.Rdiv
         (Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.IZR 4)
            (Rtrigo_def.exp
               (Rdefinitions.RbaseSymbolsImpl.Ropp
                  (Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.IZR 2) (Rbasic_fun.Rabs x)))))
         (Rpow_def.pow
            (Rdefinitions.RbaseSymbolsImpl.Rplus (Rdefinitions.IZR 1)
               (Rtrigo_def.exp
                  (Rdefinitions.RbaseSymbolsImpl.Ropp
                     (Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.IZR 2)
                        (Rbasic_fun.Rabs x))))) 2)
  := @Convproof.Slopes.tanh_slope_as_computed.
Goal True. idtac "theorem" "tanh_slope_as_computed". Abort.
Definition pin_strict_winner_stays :
  forall (I O : Z) (window : Z -> list Z)
         (choose : (Z -> Rdefinitions.RbaseSymbolsImpl.R) -> Z -> Z)
         (x : Z -> Rdefinitions.RbaseSymbolsImpl.R),
       Slopes.chooses_a_maximum O window choose ->
       Slopes.windows_on_input I O window ->
       Slopes.one_maximum O window choose x ->
       Backpropagation.winner_stays Rdefinitions.RbaseSymbolsImpl.R
         Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0) Slopes.real I O choose x
  := @Convproof.Slopes.strict_winner_stays.
Goal True. idtac "theorem" "strict_winner_stays". Abort.
Definition pin_max_layer_has_no_kink :
  forall (I O : Z) (window : Z -> list Z)
         (choose : (Z -> Rdefinitions.RbaseSymbolsImpl.R) -> Z -> Z)
         (e : Tying.vector Rdefinitions.RbaseSymbolsImpl.R)
         (x : Z -> Rdefinitions.RbaseSymbolsImpl.R),
       Slopes.chooses_a_maximum O window choose ->
       Slopes.windows_on_input I O window ->
       Slopes.one_maximum O window choose x ->
       Backpropagation.no_kink Rdefinitions.RbaseSymbolsImpl.R Rdefinitions.RbaseSymbolsImpl.R
         (Rdefinitions.IZR 0) Slopes.real
         (Backpropagation.selecting_layer Rdefinitions.RbaseSymbolsImpl.R 
            (Rdefinitions.IZR 0) Rdefinitions.RbaseSymbolsImpl.Rplus I O choose) e x
  := @Convproof.Slopes.max_layer_has_no_kink.
Goal True. idtac "theorem" "max_layer_has_no_kink". Abort.
Definition theorems :=
 (pin_algebraic_constant,
  pin_algebraic_identity,
  pin_algebraic_add,
  pin_algebraic_mul,
  pin_algebraic_scale,
  pin_algebraic_unique_Z,
  pin_real_constant,
  pin_real_add,
  pin_real_mul,
  pin_real_scale,
  pin_real_unique,
  pin_real_chain,
  pin_relu_off_zero,
  pin_relu_layer_has_no_kink,
  pin_edge_layer_is_differentiable,
  pin_sigmoid_has_slope,
  pin_tanh_has_slope,
  pin_sigmoid_layer_has_no_kink,
  pin_tanh_layer_has_no_kink,
  pin_sigmoid_slope_as_computed,
  pin_tanh_slope_as_computed,
  pin_strict_winner_stays,
  pin_max_layer_has_no_kink).
Print Assumptions theorems.
