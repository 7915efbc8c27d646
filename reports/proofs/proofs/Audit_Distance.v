(* Distance: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Distance.
Require Convproof.Statements_Distance.
Definition mean_spread : @Convproof.Distance.spread =
(fun (Omega : Type) (k : Z) (s : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R)
  (phi : Z -> Rdefinitions.RbaseSymbolsImpl.R) (w : Omega) =>
Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0) Rdefinitions.RbaseSymbolsImpl.Rplus
  k
  (fun j : Z =>
   Rdefinitions.RbaseSymbolsImpl.Rmult
     (Rdefinitions.RbaseSymbolsImpl.Rmult (Rtrigo_def.sin (phi j)) (Rtrigo_def.sin (phi j)))
     (Rdefinitions.RbaseSymbolsImpl.Rmult (s j w) (s j w))))
  := eq_refl.
Definition mean_formula : @Convproof.Distance.formula =
(fun (Omega : Type)
  (E : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Rdefinitions.RbaseSymbolsImpl.R) 
  (k : Z) (s : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R)
  (phi : Z -> Rdefinitions.RbaseSymbolsImpl.R) =>
Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.Rdiv (Rdefinitions.IZR 2) Rtrigo1.PI)
  (E (fun w : Omega => Ratan.asin (R_sqrt.sqrt (Distance.spread Omega k s phi w)))))
  := eq_refl.
Definition mean_angles : @Convproof.Distance.angles =
(fun (k : Z) (phi : Z -> Rdefinitions.RbaseSymbolsImpl.R) =>
forall j : Z,
1 <= j <= k ->
Rdefinitions.Rle (Rdefinitions.IZR 0) (phi j) /\
Rdefinitions.Rle (phi j) (Rdefinitions.Rdiv Rtrigo1.PI (Rdefinitions.IZR 2)))
  := eq_refl.
Definition mean_length : @Convproof.Distance.length =
(fun (Omega : Type) (k : Z) (g : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R) (w : Omega) =>
R_sqrt.sqrt
  (Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0)
     Rdefinitions.RbaseSymbolsImpl.Rplus k
     (fun j : Z => Rdefinitions.RbaseSymbolsImpl.Rmult (g j w) (g j w))))
  := eq_refl.
Definition pin_coordinate_mean :
  forall (Omega : Type) (ok : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Prop)
         (E : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Rdefinitions.RbaseSymbolsImpl.R),
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        (forall w : Omega, f w = h w) -> ok f -> ok h) ->
       ok (fun _ : Omega => Rdefinitions.IZR 1) ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f -> ok h -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rplus (f w) (h w))) ->
       (forall (c : Rdefinitions.RbaseSymbolsImpl.R)
          (f : Omega -> Rdefinitions.RbaseSymbolsImpl.R),
        ok f -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult c (f w))) ->
       E (fun _ : Omega => Rdefinitions.IZR 1) = Rdefinitions.IZR 1 ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f ->
        ok h ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rplus (f w) (h w)) =
        Rdefinitions.RbaseSymbolsImpl.Rplus (E f) (E h)) ->
       (forall (c : Rdefinitions.RbaseSymbolsImpl.R)
          (f : Omega -> Rdefinitions.RbaseSymbolsImpl.R),
        ok f ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult c (f w)) =
        Rdefinitions.RbaseSymbolsImpl.Rmult c (E f)) ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f ->
        ok h -> (forall w : Omega, Rdefinitions.Rle (f w) (h w)) -> Rdefinitions.Rle (E f) (E h)) ->
       forall (k : Z) (s : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R),
       0 < k ->
       forall g : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R,
       (forall (j : Z) (w : Omega),
        1 <= j <= k ->
        g j w = Rdefinitions.RbaseSymbolsImpl.Rmult (Distance.length Omega k g w) (s j w)) ->
       ok (Distance.length Omega k g) ->
       (forall j : Z, 1 <= j <= k -> ok (fun w : Omega => Rbasic_fun.Rabs (s j w))) ->
       (forall j : Z, 1 <= j <= k -> ok (fun w : Omega => Rbasic_fun.Rabs (g j w))) ->
       (forall j : Z,
        1 <= j <= k -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult (g j w) (g j w))) ->
       (forall j : Z,
        1 <= j <= k ->
        E (fun w : Omega => Rbasic_fun.Rabs (g j w)) =
        R_sqrt.sqrt (Rdefinitions.Rdiv (Rdefinitions.IZR 2) Rtrigo1.PI)) ->
       (forall j : Z,
        1 <= j <= k ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult (g j w) (g j w)) =
        Rdefinitions.IZR 1) ->
       (forall j : Z,
        1 <= j <= k ->
        E
          (fun w : Omega =>
           Rdefinitions.RbaseSymbolsImpl.Rmult (Distance.length Omega k g w)
             (Rbasic_fun.Rabs (s j w))) =
        Rdefinitions.RbaseSymbolsImpl.Rmult (E (Distance.length Omega k g))
          (E (fun w : Omega => Rbasic_fun.Rabs (s j w)))) ->
       forall j : Z,
       1 <= j <= k ->
       Rdefinitions.Rle
         (R_sqrt.sqrt
            (Rdefinitions.Rdiv (Rdefinitions.IZR 2)
               (Rdefinitions.RbaseSymbolsImpl.Rmult Rtrigo1.PI (Rdefinitions.IZR k))))
         (E (fun w : Omega => Rbasic_fun.Rabs (s j w)))
  := @Convproof.Distance.coordinate_mean.
Goal True. idtac "theorem" "coordinate_mean". Abort.
Definition pin_formula_from_below :
  forall (Omega : Type) (ok : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Prop)
         (E : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Rdefinitions.RbaseSymbolsImpl.R),
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        (forall w : Omega, f w = h w) -> ok f -> ok h) ->
       ok (fun _ : Omega => Rdefinitions.IZR 1) ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f -> ok h -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rplus (f w) (h w))) ->
       (forall (c : Rdefinitions.RbaseSymbolsImpl.R)
          (f : Omega -> Rdefinitions.RbaseSymbolsImpl.R),
        ok f -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult c (f w))) ->
       E (fun _ : Omega => Rdefinitions.IZR 1) = Rdefinitions.IZR 1 ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f ->
        ok h ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rplus (f w) (h w)) =
        Rdefinitions.RbaseSymbolsImpl.Rplus (E f) (E h)) ->
       (forall (c : Rdefinitions.RbaseSymbolsImpl.R)
          (f : Omega -> Rdefinitions.RbaseSymbolsImpl.R),
        ok f ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult c (f w)) =
        Rdefinitions.RbaseSymbolsImpl.Rmult c (E f)) ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f ->
        ok h -> (forall w : Omega, Rdefinitions.Rle (f w) (h w)) -> Rdefinitions.Rle (E f) (E h)) ->
       forall (k : Z) (s : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R),
       0 < k ->
       (forall w : Omega,
        Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0)
          Rdefinitions.RbaseSymbolsImpl.Rplus k
          (fun j : Z => Rdefinitions.RbaseSymbolsImpl.Rmult (s j w) (s j w)) = 
        Rdefinitions.IZR 1) ->
       forall g : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R,
       (forall (j : Z) (w : Omega),
        1 <= j <= k ->
        g j w = Rdefinitions.RbaseSymbolsImpl.Rmult (Distance.length Omega k g w) (s j w)) ->
       ok (Distance.length Omega k g) ->
       (forall j : Z, 1 <= j <= k -> ok (fun w : Omega => Rbasic_fun.Rabs (s j w))) ->
       (forall j : Z, 1 <= j <= k -> ok (fun w : Omega => Rbasic_fun.Rabs (g j w))) ->
       (forall j : Z,
        1 <= j <= k -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult (g j w) (g j w))) ->
       (forall j : Z,
        1 <= j <= k ->
        E (fun w : Omega => Rbasic_fun.Rabs (g j w)) =
        R_sqrt.sqrt (Rdefinitions.Rdiv (Rdefinitions.IZR 2) Rtrigo1.PI)) ->
       (forall j : Z,
        1 <= j <= k ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult (g j w) (g j w)) =
        Rdefinitions.IZR 1) ->
       (forall j : Z,
        1 <= j <= k ->
        E
          (fun w : Omega =>
           Rdefinitions.RbaseSymbolsImpl.Rmult (Distance.length Omega k g w)
             (Rbasic_fun.Rabs (s j w))) =
        Rdefinitions.RbaseSymbolsImpl.Rmult (E (Distance.length Omega k g))
          (E (fun w : Omega => Rbasic_fun.Rabs (s j w)))) ->
       forall phi : Z -> Rdefinitions.RbaseSymbolsImpl.R,
       Distance.angles k phi ->
       ok (fun w : Omega => R_sqrt.sqrt (Distance.spread Omega k s phi w)) ->
       ok (fun w : Omega => Ratan.asin (R_sqrt.sqrt (Distance.spread Omega k s phi w))) ->
       Rdefinitions.Rle
         (Rdefinitions.RbaseSymbolsImpl.Rmult
            (Rdefinitions.Rdiv
               (Rdefinitions.Rdiv (Rdefinitions.IZR 2)
                  (Rdefinitions.RbaseSymbolsImpl.Rmult Rtrigo1.PI (R_sqrt.sqrt Rtrigo1.PI)))
               (R_sqrt.sqrt
                  (Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.IZR 2) (Rdefinitions.IZR k))))
            (R_sqrt.sqrt
               (Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.IZR 8)
                  (Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0)
                     Rdefinitions.RbaseSymbolsImpl.Rplus k
                     (fun j : Z =>
                      Rdefinitions.RbaseSymbolsImpl.Rmult
                        (Rtrigo_def.sin (Rdefinitions.Rdiv (phi j) (Rdefinitions.IZR 2)))
                        (Rtrigo_def.sin (Rdefinitions.Rdiv (phi j) (Rdefinitions.IZR 2))))))))
         (Distance.formula Omega E k s phi)
  := @Convproof.Distance.formula_from_below.
Definition pin_formula_from_below_2 :
  Convproof.Statements_Distance.formula_from_below_statement
  := @Convproof.Distance.formula_from_below.
Goal True. idtac "theorem" "formula_from_below". Abort.
Definition pin_formula_from_above :
  forall (Omega : Type) (ok : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Prop)
         (E : (Omega -> Rdefinitions.RbaseSymbolsImpl.R) -> Rdefinitions.RbaseSymbolsImpl.R),
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        (forall w : Omega, f w = h w) -> ok f -> ok h) ->
       ok (fun _ : Omega => Rdefinitions.IZR 1) ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f -> ok h -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rplus (f w) (h w))) ->
       (forall (c : Rdefinitions.RbaseSymbolsImpl.R)
          (f : Omega -> Rdefinitions.RbaseSymbolsImpl.R),
        ok f -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult c (f w))) ->
       E (fun _ : Omega => Rdefinitions.IZR 1) = Rdefinitions.IZR 1 ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f ->
        ok h ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rplus (f w) (h w)) =
        Rdefinitions.RbaseSymbolsImpl.Rplus (E f) (E h)) ->
       (forall (c : Rdefinitions.RbaseSymbolsImpl.R)
          (f : Omega -> Rdefinitions.RbaseSymbolsImpl.R),
        ok f ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult c (f w)) =
        Rdefinitions.RbaseSymbolsImpl.Rmult c (E f)) ->
       (forall f h : Omega -> Rdefinitions.RbaseSymbolsImpl.R,
        ok f ->
        ok h -> (forall w : Omega, Rdefinitions.Rle (f w) (h w)) -> Rdefinitions.Rle (E f) (E h)) ->
       forall (k : Z) (s : Z -> Omega -> Rdefinitions.RbaseSymbolsImpl.R),
       0 < k ->
       (forall w : Omega,
        Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0)
          Rdefinitions.RbaseSymbolsImpl.Rplus k
          (fun j : Z => Rdefinitions.RbaseSymbolsImpl.Rmult (s j w) (s j w)) = 
        Rdefinitions.IZR 1) ->
       (forall j : Z,
        1 <= j <= k -> ok (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult (s j w) (s j w))) ->
       (forall j : Z,
        1 <= j <= k ->
        E (fun w : Omega => Rdefinitions.RbaseSymbolsImpl.Rmult (s j w) (s j w)) =
        Rdefinitions.RinvImpl.Rinv (Rdefinitions.IZR k)) ->
       forall phi : Z -> Rdefinitions.RbaseSymbolsImpl.R,
       Distance.angles k phi ->
       ok (fun w : Omega => Ratan.asin (R_sqrt.sqrt (Distance.spread Omega k s phi w))) ->
       ok
         (fun w : Omega =>
          R_sqrt.sqrt
            (Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0)
               Rdefinitions.RbaseSymbolsImpl.Rplus k
               (fun j : Z =>
                Rdefinitions.RbaseSymbolsImpl.Rmult
                  (Rdefinitions.RbaseSymbolsImpl.Rmult (phi j) (phi j))
                  (Rdefinitions.RbaseSymbolsImpl.Rmult (s j w) (s j w))))) ->
       Rdefinitions.Rle (Distance.formula Omega E k s phi)
         (Rdefinitions.RbaseSymbolsImpl.Rmult (Rdefinitions.Rdiv (Rdefinitions.IZR 2) Rtrigo1.PI)
            (R_sqrt.sqrt
               (Rdefinitions.Rdiv
                  (Sums.sum Rdefinitions.RbaseSymbolsImpl.R (Rdefinitions.IZR 0)
                     Rdefinitions.RbaseSymbolsImpl.Rplus k
                     (fun j : Z => Rdefinitions.RbaseSymbolsImpl.Rmult (phi j) (phi j)))
                  (Rdefinitions.IZR k))))
  := @Convproof.Distance.formula_from_above.
Definition pin_formula_from_above_2 :
  Convproof.Statements_Distance.formula_from_above_statement
  := @Convproof.Distance.formula_from_above.
Goal True. idtac "theorem" "formula_from_above". Abort.
Definition theorems :=
 (pin_coordinate_mean,
  pin_formula_from_below,
  pin_formula_from_above).
Print Assumptions theorems.
