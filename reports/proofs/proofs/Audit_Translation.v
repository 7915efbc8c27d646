(* Translation: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Statements_Translation.
Require Convproof.Translation.
Definition mean_minus : @Convproof.Translation.minus =
(fix minus (is ts : list Z) {struct is} : list Z :=
  match is with
  | [] => []
  | i :: is' => match ts with
                | [] => []
                | t :: ts' => i - t :: minus is' ts'
                end
  end)
  := eq_refl.
Definition mean_looks_at_taps : @Convproof.Translation.looks_at_taps =
(fun (A : list Axis.axis) (Y U : Type) (Phi : (list Z -> U) -> Y) =>
forall u u' : list Z -> U,
(forall ks : list Z, Layers.in_range (Axis.kernels A) ks -> u ks = u' ks) -> Phi u = Phi u')
  := eq_refl.
Definition mean_filled : @Convproof.Translation.filled =
(fun (A : list Axis.axis) (V Y : Type) (fill : V) (Phi : (list Z -> V) -> Y) 
  (x : list Z -> V) (is : list Z) =>
Phi (fun ks : list Z => if Axis.inside A is ks then x (Axis.positions A is ks) else fill))
  := eq_refl.
Definition mean_bounded : @Convproof.Translation.bounded =
(fun (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> option V) -> Y) 
  (x : list Z -> V) (is : list Z) =>
Phi (fun ks : list Z => if Axis.inside A is ks then Some (x (Axis.positions A is ks)) else None))
  := eq_refl.
Definition mean_moved : @Convproof.Translation.moved =
(fun (A : list Axis.axis) (V : Type) (new : V) (ts : list Z) (x : list Z -> V) (p : list Z) =>
if Layers.on_image A (Layers.back A ts p) then x (Layers.back A ts p) else new)
  := eq_refl.
Definition mean_nothing_lost : @Convproof.Translation.nothing_lost =
(fun (A : list Axis.axis) (ts is : list Z) =>
forall ks : list Z,
Layers.in_range (Axis.kernels A) ks ->
Axis.inside A (Translation.minus is ts) ks = true -> Axis.inside A is ks = true)
  := eq_refl.
Definition mean_nothing_new : @Convproof.Translation.nothing_new =
(fun (A : list Axis.axis) (ts is : list Z) =>
forall ks : list Z,
Layers.in_range (Axis.kernels A) ks ->
Axis.inside A is ks = Axis.inside A (Translation.minus is ts) ks)
  := eq_refl.
Definition mean_endless : @Convproof.Translation.endless =
(fun (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> V) -> Y) (x : list Z -> V) (is : list Z)
=> Phi (fun ks : list Z => x (Axis.positions A is ks)))
  := eq_refl.
Definition mean_wrapped : @Convproof.Translation.wrapped =
(fix wrapped (B : list Axis.axis) (p : list Z) {struct B} : list Z :=
  match B with
  | [] => []
  | a :: B' =>
      match p with
      | [] => []
      | i :: p' => (i - 1) mod Axis.size a + 1 :: wrapped B' p'
      end
  end)
  := eq_refl.
Definition mean_circular : @Convproof.Translation.circular =
(fun (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> V) -> Y) (x : list Z -> V) (is : list Z)
=> Phi (fun ks : list Z => x (Translation.wrapped A (Axis.positions A is ks))))
  := eq_refl.
Definition mean_rolled : @Convproof.Translation.rolled =
(fun (A : list Axis.axis) (V : Type) (ts : list Z) (x : list Z -> V) (p : list Z) =>
x (Translation.wrapped A (Layers.back A ts p)))
  := eq_refl.
Definition mean_around : @Convproof.Translation.around =
(fix around (B : list Axis.axis) (is : list Z) {struct B} : list Z :=
  match B with
  | [] => []
  | a :: B' =>
      match is with
      | [] => []
      | i :: is' => (i - 1) mod (Axis.size a / Axis.stride a) + 1 :: around B' is'
      end
  end)
  := eq_refl.
Definition mean_goes_round : @Convproof.Translation.goes_round =
(fun a : Axis.axis => 0 < Axis.size a /\ 0 < Axis.stride a /\ Axis.size a mod Axis.stride a = 0)
  := eq_refl.
Definition mean_conv_reduction : @Convproof.Translation.conv_reduction =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (C : Z) (w : Layers.weights R) (b : Z -> Z -> R) (u : list Z -> Z -> Z -> R) 
  (g m : Z) =>
radd (b g m)
  (Sums.msum R rO radd (Axis.kernels A)
     (fun ks : list Z => Sums.sum R rO radd C (fun c : Z => rmul (w ks c g m) (u ks g c)))))
  := eq_refl.
Definition mean_mean : @Convproof.Translation.mean =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) (r : R) (u : list Z -> R)
=> Sums.msum R rO radd (Axis.kernels A) (fun ks : list Z => rmul r (u ks)))
  := eq_refl.
Definition mean_mean_of_pixels : @Convproof.Translation.mean_of_pixels =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (inverse : Z -> R) (u : list Z -> option R) =>
rmul
  (inverse
     (Sums.msum Z 0 Z.add (Axis.kernels A)
        (fun ks : list Z => match u ks with
                            | Some _ => 1
                            | None => 0
                            end)))
  (Sums.msum R rO radd (Axis.kernels A)
     (fun ks : list Z => match u ks with
                         | Some v => v
                         | None => rO
                         end)))
  := eq_refl.
Definition mean_largest : @Convproof.Translation.largest =
(fun (V : Type) (join : V -> V -> V) (bottom : V) (A : list Axis.axis) (u : list Z -> V) =>
Sums.msum V bottom join (Axis.kernels A) u)
  := eq_refl.
Definition mean_maximum : @Convproof.Translation.maximum =
(fun a b : option Z =>
match a with
| Some u => match b with
            | Some v => Some (Z.max u v)
            | None => a
            end
| None => b
end)
  := eq_refl.
Definition mean_line : @Convproof.Translation.line =
([{|
   Axis.size := 4;
   Axis.kernel := 2;
   Axis.stride := 1;
   Axis.dilation := 1;
   Axis.pad := 1;
   Axis.outs := 5
 |}])
  := eq_refl.
Definition mean_negatives : @Convproof.Translation.negatives =
(fun p : list Z => match p with
                  | [] => None
                  | [i] => Some (-4 - i)
                  | i :: _ :: _ => None
                  end)
  := eq_refl.
Definition mean_twos : @Convproof.Translation.twos =
(fun _ : list Z => 1)
  := eq_refl.
Definition mean_short : @Convproof.Translation.short =
([{|
   Axis.size := 3;
   Axis.kernel := 2;
   Axis.stride := 2;
   Axis.dilation := 1;
   Axis.pad := 0;
   Axis.outs := 2
 |}])
  := eq_refl.
Definition mean_mean_cut_short : @Convproof.Translation.mean_cut_short =
(fun (x : list Z -> Z) (is : list Z) =>
6 / match is with
    | [2] => 1
    | _ => 2
    end *
Translation.filled Translation.short Z Z 0 (Sums.msum Z 0 Z.add (Axis.kernels Translation.short))
  x is)
  := eq_refl.
Definition made_keeps_nil :
Translation.keeps [] [] []
  := @Convproof.Translation.keeps_nil.
Definition made_keeps_cons :
forall (a : Axis.axis) (B : list Axis.axis) (t : Z) (ts : list Z) (i : Z) (is : list Z),
       0 <= Axis.dilation a ->
       0 < Axis.stride a ->
       0 <= t /\ Axis.pos a i (Axis.kernel a) <= Axis.size a \/ t <= 0 /\ 1 <= Axis.pos a i 1 ->
       Translation.keeps B ts is -> Translation.keeps (a :: B) (t :: ts) (i :: is)
  := @Convproof.Translation.keeps_cons.
Definition made_keeps_ind :
forall P : list Axis.axis -> list Z -> list Z -> Prop,
       P [] [] [] ->
       (forall (a : Axis.axis) (B : list Axis.axis) (t : Z) (ts : list Z) (i : Z) (is : list Z),
        0 <= Axis.dilation a ->
        0 < Axis.stride a ->
        0 <= t /\ Axis.pos a i (Axis.kernel a) <= Axis.size a \/ t <= 0 /\ 1 <= Axis.pos a i 1 ->
        Translation.keeps B ts is -> P B ts is -> P (a :: B) (t :: ts) (i :: is)) ->
       forall (l : list Axis.axis) (l0 l1 : list Z), Translation.keeps l l0 l1 -> P l l0 l1
  := @Convproof.Translation.keeps_ind.
Definition made_interior_nil :
Translation.interior [] [] []
  := @Convproof.Translation.interior_nil.
Definition made_interior_cons :
forall (a : Axis.axis) (B : list Axis.axis) (t : Z) (ts : list Z) (i : Z) (is : list Z),
       0 <= Axis.dilation a ->
       t = 0 \/
       (1 <= Axis.pos a i 1 /\ Axis.pos a i (Axis.kernel a) <= Axis.size a) /\
       1 <= Axis.pos a (i - t) 1 /\ Axis.pos a (i - t) (Axis.kernel a) <= Axis.size a ->
       Translation.interior B ts is -> Translation.interior (a :: B) (t :: ts) (i :: is)
  := @Convproof.Translation.interior_cons.
Definition made_interior_ind :
forall P : list Axis.axis -> list Z -> list Z -> Prop,
       P [] [] [] ->
       (forall (a : Axis.axis) (B : list Axis.axis) (t : Z) (ts : list Z) (i : Z) (is : list Z),
        0 <= Axis.dilation a ->
        t = 0 \/
        (1 <= Axis.pos a i 1 /\ Axis.pos a i (Axis.kernel a) <= Axis.size a) /\
        1 <= Axis.pos a (i - t) 1 /\ Axis.pos a (i - t) (Axis.kernel a) <= Axis.size a ->
        Translation.interior B ts is -> P B ts is -> P (a :: B) (t :: ts) (i :: is)) ->
       forall (l : list Axis.axis) (l0 l1 : list Z), Translation.interior l l0 l1 -> P l l0 l1
  := @Convproof.Translation.interior_ind.
Definition pin_filled_translation :
  forall (A : list Axis.axis) (V Y : Type) (ts is : list Z),
       length ts = length A ->
       length is = length A ->
       forall (fill : V) (Phi : (list Z -> V) -> Y) (x : list Z -> V),
       Translation.looks_at_taps A Y Phi ->
       Translation.nothing_lost A ts is ->
       Translation.filled A V Y fill Phi (Translation.moved A V fill ts x) is =
       Translation.filled A V Y fill Phi x (Translation.minus is ts)
  := @Convproof.Translation.filled_translation.
Definition pin_filled_translation_2 :
  Convproof.Statements_Translation.filled_translation_statement
  := @Convproof.Translation.filled_translation.
Goal True. idtac "theorem" "filled_translation". Abort.
Definition pin_filled_translation_anything :
  forall (A : list Axis.axis) (V Y : Type) (ts is : list Z),
       length ts = length A ->
       length is = length A ->
       forall (fill new : V) (Phi : (list Z -> V) -> Y) (x : list Z -> V),
       Translation.looks_at_taps A Y Phi ->
       Translation.nothing_new A ts is ->
       Translation.filled A V Y fill Phi (Translation.moved A V new ts x) is =
       Translation.filled A V Y fill Phi x (Translation.minus is ts)
  := @Convproof.Translation.filled_translation_anything.
Definition pin_filled_translation_anything_2 :
  Convproof.Statements_Translation.filled_translation_anything_statement
  := @Convproof.Translation.filled_translation_anything.
Goal True. idtac "theorem" "filled_translation_anything". Abort.
Definition pin_bounded_translation :
  forall (A : list Axis.axis) (V Y : Type) (ts is : list Z),
       length ts = length A ->
       length is = length A ->
       forall (new : V) (Phi : (list Z -> option V) -> Y) (x : list Z -> V),
       Translation.looks_at_taps A Y Phi ->
       Translation.nothing_new A ts is ->
       Translation.bounded A V Y Phi (Translation.moved A V new ts x) is =
       Translation.bounded A V Y Phi x (Translation.minus is ts)
  := @Convproof.Translation.bounded_translation.
Definition pin_bounded_translation_2 :
  Convproof.Statements_Translation.bounded_translation_statement
  := @Convproof.Translation.bounded_translation.
Goal True. idtac "theorem" "bounded_translation". Abort.
Definition pin_keeps_is_enough :
  forall (A : list Axis.axis) (ts is : list Z),
       Translation.keeps A ts is -> Translation.nothing_lost A ts is
  := @Convproof.Translation.keeps_is_enough.
Goal True. idtac "theorem" "keeps_is_enough". Abort.
Definition pin_interior_is_enough :
  forall (A : list Axis.axis) (ts is : list Z),
       Translation.interior A ts is -> Translation.nothing_new A ts is
  := @Convproof.Translation.interior_is_enough.
Goal True. idtac "theorem" "interior_is_enough". Abort.
Definition pin_lattice_translation :
  forall (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> V) -> Y) 
         (x : list Z -> V) (ts is : list Z),
       Translation.looks_at_taps A Y Phi ->
       length ts = length A ->
       length is = length A ->
       Translation.endless A V Y Phi (fun p : list Z => x (Layers.back A ts p)) is =
       Translation.endless A V Y Phi x (Translation.minus is ts)
  := @Convproof.Translation.lattice_translation.
Definition pin_lattice_translation_2 :
  Convproof.Statements_Translation.lattice_translation_statement
  := @Convproof.Translation.lattice_translation.
Goal True. idtac "theorem" "lattice_translation". Abort.
Definition pin_circular_translation :
  forall (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> V) -> Y) 
         (x : list Z -> V) (ts is : list Z),
       Translation.looks_at_taps A Y Phi ->
       Forall (fun a : Axis.axis => 0 < Axis.size a) A ->
       length ts = length A ->
       length is = length A ->
       Translation.circular A V Y Phi (Translation.rolled A V ts x) is =
       Translation.circular A V Y Phi x (Translation.minus is ts)
  := @Convproof.Translation.circular_translation.
Goal True. idtac "theorem" "circular_translation". Abort.
Definition pin_circular_repeats :
  forall (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> V) -> Y) 
         (x : list Z -> V) (is : list Z),
       Translation.looks_at_taps A Y Phi ->
       Forall Translation.goes_round A ->
       length is = length A ->
       Translation.circular A V Y Phi x (Translation.around A is) =
       Translation.circular A V Y Phi x is
  := @Convproof.Translation.circular_repeats.
Goal True. idtac "theorem" "circular_repeats". Abort.
Definition pin_circular_translation_on_outputs :
  forall (A : list Axis.axis) (V Y : Type) (Phi : (list Z -> V) -> Y) 
         (x : list Z -> V) (ts is : list Z),
       Translation.looks_at_taps A Y Phi ->
       Forall Translation.goes_round A ->
       Forall (fun a : Axis.axis => Axis.size a / Axis.stride a <= Axis.outs a) A ->
       length ts = length A ->
       length is = length A ->
       Layers.in_range (Axis.outputs A) (Translation.around A (Translation.minus is ts)) /\
       Translation.circular A V Y Phi (Translation.rolled A V ts x) is =
       Translation.circular A V Y Phi x (Translation.around A (Translation.minus is ts))
  := @Convproof.Translation.circular_translation_on_outputs.
Definition pin_circular_translation_on_outputs_2 :
  Convproof.Statements_Translation.circular_translation_on_outputs_statement
  := @Convproof.Translation.circular_translation_on_outputs.
Goal True. idtac "theorem" "circular_translation_on_outputs". Abort.
Definition pin_conv_is_reduction :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (C : Z) (x : Layers.image R) (w : Layers.weights R)
         (b : Z -> Z -> R) (n : Z) (is : list Z) (g m : Z),
       Layers.forward R rO radd rmul A C x w b n is g m =
       radd (b g m)
         (Sums.msum R rO radd (Axis.kernels A)
            (fun ks : list Z =>
             Sums.sum R rO radd C
               (fun c : Z =>
                rmul (w ks c g m)
                  ((if Axis.inside A is ks
                    then x n (Axis.positions A is ks)
                    else fun _ _ : Z => rO) g c))))
  := @Convproof.Translation.conv_is_reduction.
Goal True. idtac "theorem" "conv_is_reduction". Abort.
Definition pin_conv_translation_iff :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (C n : Z) (ts is : list Z) (g m : Z),
       rI <> rO ->
       1 <= C ->
       length ts = length A ->
       length is = length A ->
       Translation.nothing_lost A ts is <->
       (forall (x : Z -> list Z -> Z -> Z -> R) (w : Layers.weights R) (b : Z -> Z -> R),
        Layers.forward R rO radd rmul A C
          (fun n0 : Z => Translation.moved A (Z -> Z -> R) (fun _ _ : Z => rO) ts (x n0)) w b n
          is g m = Layers.forward R rO radd rmul A C x w b n (Translation.minus is ts) g m)
  := @Convproof.Translation.conv_translation_iff.
Definition pin_conv_translation_iff_2 :
  Convproof.Statements_Translation.conv_translation_iff_statement
  := @Convproof.Translation.conv_translation_iff.
Goal True. idtac "theorem" "conv_translation_iff". Abort.
Definition pin_mean_looks_at_taps :
  forall (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) (r : R),
       Translation.looks_at_taps A R (Translation.mean R rO radd rmul A r)
  := @Convproof.Translation.mean_looks_at_taps.
Goal True. idtac "theorem" "mean_looks_at_taps". Abort.
Definition pin_mean_of_pixels_looks_at_taps :
  forall (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis)
         (inverse : Z -> R),
       Translation.looks_at_taps A R (Translation.mean_of_pixels R rO radd rmul A inverse)
  := @Convproof.Translation.mean_of_pixels_looks_at_taps.
Goal True. idtac "theorem" "mean_of_pixels_looks_at_taps". Abort.
Definition pin_largest_looks_at_taps :
  forall (V : Type) (join : V -> V -> V) (bottom : V) (A : list Axis.axis),
       Translation.looks_at_taps A V (Translation.largest V join bottom A)
  := @Convproof.Translation.largest_looks_at_taps.
Goal True. idtac "theorem" "largest_looks_at_taps". Abort.
Definition pin_padded_maximum_is_not_equivariant :
  Translation.nothing_lost Translation.line [1] [2] /\
       Translation.filled Translation.line (option Z) (option Z) None
         (Translation.largest (option Z) Translation.maximum None Translation.line)
         (Translation.moved Translation.line (option Z) (Some 0) [1] Translation.negatives) [2] =
       Some 0 /\
       Translation.filled Translation.line (option Z) (option Z) None
         (Translation.largest (option Z) Translation.maximum None Translation.line)
         Translation.negatives [1] = Some (-5)
  := @Convproof.Translation.padded_maximum_is_not_equivariant.
Goal True. idtac "theorem" "padded_maximum_is_not_equivariant". Abort.
Definition pin_mean_of_pixels_is_not_equivariant :
  Translation.nothing_lost Translation.line [1] [2] /\
       Translation.bounded Translation.line Z Z
         (Translation.mean_of_pixels Z 0 Z.add Z.mul Translation.line (fun n : Z => 6 / n))
         (Translation.moved Translation.line Z 0 [1] Translation.twos) [2] = 3 /\
       Translation.bounded Translation.line Z Z
         (Translation.mean_of_pixels Z 0 Z.add Z.mul Translation.line (fun n : Z => 6 / n))
         Translation.twos [1] = 6
  := @Convproof.Translation.mean_of_pixels_is_not_equivariant.
Goal True. idtac "theorem" "mean_of_pixels_is_not_equivariant". Abort.
Definition pin_mean_cut_short_is_not_equivariant :
  Translation.nothing_lost Translation.short [-1] [1] /\
       Translation.mean_cut_short (Translation.moved Translation.short Z 0 [-1] Translation.twos)
         [1] = 3 /\ Translation.mean_cut_short Translation.twos [2] = 6
  := @Convproof.Translation.mean_cut_short_is_not_equivariant.
Goal True. idtac "theorem" "mean_cut_short_is_not_equivariant". Abort.
Definition theorems :=
 (pin_filled_translation,
  pin_filled_translation_anything,
  pin_bounded_translation,
  pin_keeps_is_enough,
  pin_interior_is_enough,
  pin_lattice_translation,
  pin_circular_translation,
  pin_circular_repeats,
  pin_circular_translation_on_outputs,
  pin_conv_is_reduction,
  pin_conv_translation_iff,
  pin_mean_looks_at_taps,
  pin_mean_of_pixels_looks_at_taps,
  pin_largest_looks_at_taps,
  pin_padded_maximum_is_not_equivariant,
  pin_mean_of_pixels_is_not_equivariant,
  pin_mean_cut_short_is_not_equivariant).
Print Assumptions theorems.
