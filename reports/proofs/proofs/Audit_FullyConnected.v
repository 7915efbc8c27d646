(* FullyConnected: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.FullyConnected.
Require Convproof.Statements_FullyConnected.
Definition mean_volume : @Convproof.FullyConnected.volume =
(fix volume (ns : list Z) : Z := match ns with
                                | [] => 1
                                | n :: rest => n * volume rest
                                end)
  := eq_refl.
Definition mean_number : @Convproof.FullyConnected.number =
(fix number (ns is : list Z) {struct ns} : Z :=
  match ns with
  | [] => 1
  | _ :: ns' =>
      match is with
      | [] => 1
      | i :: is' => (i - 1) * FullyConnected.volume ns' + number ns' is'
      end
  end)
  := eq_refl.
Definition mean_place : @Convproof.FullyConnected.place =
(fix place (ns : list Z) (i : Z) {struct ns} : list Z :=
  match ns with
  | [] => []
  | _ :: rest =>
      (i - 1) / FullyConnected.volume rest + 1
      :: place rest ((i - 1) mod FullyConnected.volume rest + 1)
  end)
  := eq_refl.
Definition mean_entry : @Convproof.FullyConnected.entry =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (A : list Axis.axis) (w : Layers.weights R)
  (is : list Z) (g m : Z) (xs : list Z) (g' c : Z) =>
if g' =? g
then
 Sums.msum R rO radd (Axis.kernels A)
   (fun ks : list Z => if Pooling.is_tap (Axis.positions A is ks) xs then w ks c g m else rO)
else rO)
  := eq_refl.
Definition mean_input_count : @Convproof.FullyConnected.input_count =
(fun (A : list Axis.axis) (G C : Z) => FullyConnected.volume (Axis.sizes A ++ [G; C]))
  := eq_refl.
Definition mean_flat_input : @Convproof.FullyConnected.flat_input =
(fun (R : Type) (A : list Axis.axis) (G C : Z) (x : Layers.image R) (n i : Z) =>
let p := FullyConnected.place (Axis.sizes A ++ [G; C]) i in
x n (firstn (length A) p) (nth (length A) p 0) (nth (S (length A)) p 0))
  := eq_refl.
Definition mean_flat_entry : @Convproof.FullyConnected.flat_entry =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (A : list Axis.axis) (G C : Z)
  (w : Layers.weights R) (is : list Z) (g m i : Z) =>
let p := FullyConnected.place (Axis.sizes A ++ [G; C]) i in
FullyConnected.entry R rO radd A w is g m (firstn (length A) p) (nth (length A) p 0)
  (nth (S (length A)) p 0))
  := eq_refl.
Definition mean_spaced : @Convproof.FullyConnected.spaced =
(fun A : list Axis.axis => Forall (fun a : Axis.axis => 0 < Axis.dilation a) A)
  := eq_refl.
Definition mean_matrix_gradient : @Convproof.FullyConnected.matrix_gradient =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (N : Z) (x dz : Layers.image R) 
  (is : list Z) (g m : Z) (xs : list Z) (g' c : Z) =>
Sums.sum R rO radd N (fun n : Z => rmul (x n xs g' c) (dz n is g m)))
  := eq_refl.
Definition pin_place_number :
  forall ns is : list Z,
       Layers.in_range ns is -> FullyConnected.place ns (FullyConnected.number ns is) = is
  := @Convproof.FullyConnected.place_number.
Goal True. idtac "theorem" "place_number". Abort.
Definition pin_flat_sum :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (ns : list Z) (f : list Z -> R),
       Forall (fun n : Z => 0 <= n) ns ->
       Sums.sum R rO radd (FullyConnected.volume ns) (fun i : Z => f (FullyConnected.place ns i)) =
       Sums.msum R rO radd ns f
  := @Convproof.FullyConnected.flat_sum.
Goal True. idtac "theorem" "flat_sum". Abort.
Definition pin_matrix_is_layer :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (G C : Z) (x : Layers.image R) (w : Layers.weights R) 
         (n : Z) (is : list Z) (g m : Z),
       length is = length A ->
       1 <= g <= G ->
       Layers.forward R rO radd rmul A C x w (Layers.no_bias R rO) n is g m =
       Sums.msum R rO radd (Axis.sizes A)
         (fun xs : list Z =>
          Sums.sum R rO radd G
            (fun g' : Z =>
             Sums.sum R rO radd C
               (fun c : Z =>
                rmul (FullyConnected.entry R rO radd A w is g m xs g' c) (x n xs g' c))))
  := @Convproof.FullyConnected.matrix_is_layer.
Definition pin_matrix_is_layer_2 :
  Convproof.Statements_FullyConnected.matrix_is_layer_statement
  := @Convproof.FullyConnected.matrix_is_layer.
Goal True. idtac "theorem" "matrix_is_layer". Abort.
Definition pin_dense_layer :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (G C : Z) (x : Layers.image R) (w : Layers.weights R) 
         (n : Z) (is : list Z) (g m : Z),
       length is = length A ->
       1 <= g <= G ->
       0 <= C ->
       Forall (fun a : Axis.axis => 0 <= Axis.size a) A ->
       Layers.forward R rO radd rmul A C x w (Layers.no_bias R rO) n is g m =
       Sums.sum R rO radd (FullyConnected.input_count A G C)
         (fun i : Z =>
          rmul (FullyConnected.flat_entry R rO radd A G C w is g m i)
            (FullyConnected.flat_input R A G C x n i))
  := @Convproof.FullyConnected.dense_layer.
Definition pin_dense_layer_2 :
  Convproof.Statements_FullyConnected.dense_layer_statement
  := @Convproof.FullyConnected.dense_layer.
Goal True. idtac "theorem" "dense_layer". Abort.
Definition pin_entry_is_one_weight :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (w : Layers.weights R) (is : list Z) 
         (g m : Z) (ks : list Z) (c : Z),
       FullyConnected.spaced A ->
       length is = length A ->
       Layers.in_range (Axis.kernels A) ks ->
       FullyConnected.entry R rO radd A w is g m (Axis.positions A is ks) g c = w ks c g m
  := @Convproof.FullyConnected.entry_is_one_weight.
Definition pin_entry_is_one_weight_2 :
  Convproof.Statements_FullyConnected.entry_is_one_weight_statement
  := @Convproof.FullyConnected.entry_is_one_weight.
Goal True. idtac "theorem" "entry_is_one_weight". Abort.
Definition pin_entry_is_zero :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (w : Layers.weights R) (is : list Z) 
         (g m : Z) (xs : list Z) (g' c : Z),
       g' <> g \/
       (forall ks : list Z, Layers.in_range (Axis.kernels A) ks -> Axis.positions A is ks <> xs) ->
       FullyConnected.entry R rO radd A w is g m xs g' c = rO
  := @Convproof.FullyConnected.entry_is_zero.
Definition pin_entry_is_zero_2 :
  Convproof.Statements_FullyConnected.entry_is_zero_statement
  := @Convproof.FullyConnected.entry_is_zero.
Goal True. idtac "theorem" "entry_is_zero". Abort.
Definition pin_tied_entries_gradient :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N : Z) (x dz : Layers.image R) (ks : list Z) (c g m : Z),
       length ks = length A ->
       Layers.grad_w R rO radd rmul A N x dz ks c g m =
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z =>
          Sums.msum R rO radd (Axis.sizes A)
            (fun xs : list Z =>
             if Pooling.is_tap (Axis.positions A is ks) xs
             then FullyConnected.matrix_gradient R rO radd rmul N x dz is g m xs g c
             else rO))
  := @Convproof.FullyConnected.tied_entries_gradient.
Definition pin_tied_entries_gradient_2 :
  Convproof.Statements_FullyConnected.tied_entries_gradient_statement
  := @Convproof.FullyConnected.tied_entries_gradient.
Goal True. idtac "theorem" "tied_entries_gradient". Abort.
Definition theorems :=
 (pin_place_number,
  pin_flat_sum,
  pin_matrix_is_layer,
  pin_dense_layer,
  pin_entry_is_one_weight,
  pin_entry_is_zero,
  pin_tied_entries_gradient).
Print Assumptions theorems.
