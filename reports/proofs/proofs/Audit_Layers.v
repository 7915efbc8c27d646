(* Layers: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Layers.
Definition mean_image : @Convproof.Layers.image =
(fun R : Type => Z -> list Z -> Z -> Z -> R)
  := eq_refl.
Definition mean_weights : @Convproof.Layers.weights =
(fun R : Type => list Z -> Z -> Z -> Z -> R)
  := eq_refl.
Definition mean_forward : @Convproof.Layers.forward =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (C : Z) (x : Layers.image R) (w : Layers.weights R) (b : Z -> Z -> R) 
  (n : Z) (is : list Z) (g m : Z) =>
radd (b g m)
  (Sums.msum R rO radd (Axis.kernels A)
     (fun ks : list Z =>
      Sums.sum R rO radd C
        (fun c : Z =>
         if Axis.inside A is ks then rmul (w ks c g m) (x n (Axis.positions A is ks) g c) else rO))))
  := eq_refl.
Definition mean_grad_x : @Convproof.Layers.grad_x =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (M : Z) (w : Layers.weights R) (dz : Layers.image R) (n : Z) (xs : list Z) 
  (g c : Z) =>
Sums.sum R rO radd M
  (fun m : Z =>
   Sums.msum R rO radd (Axis.kernels A)
     (fun ks : list Z =>
      if Axis.reached A xs ks then rmul (w ks c g m) (dz n (Axis.windows A xs ks) g m) else rO)))
  := eq_refl.
Definition mean_grad_w : @Convproof.Layers.grad_w =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (N : Z) (x dz : Layers.image R) (ks : list Z) (c g m : Z) =>
Sums.sum R rO radd N
  (fun n : Z =>
   Sums.msum R rO radd (Axis.outputs A)
     (fun is : list Z =>
      if Axis.inside A is ks then rmul (x n (Axis.positions A is ks) g c) (dz n is g m) else rO)))
  := eq_refl.
Definition mean_grad_b : @Convproof.Layers.grad_b =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (A : list Axis.axis) (N : Z) 
  (dz : Layers.image R) (g m : Z) =>
Sums.sum R rO radd N
  (fun n : Z => Sums.msum R rO radd (Axis.outputs A) (fun is : list Z => dz n is g m)))
  := eq_refl.
Definition mean_over_outputs : @Convproof.Layers.over_outputs =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (N G M : Z) (u v : Layers.image R) =>
Sums.sum R rO radd N
  (fun n : Z =>
   Sums.msum R rO radd (Axis.outputs A)
     (fun is : list Z =>
      Sums.sum R rO radd G
        (fun g : Z => Sums.sum R rO radd M (fun m : Z => rmul (u n is g m) (v n is g m))))))
  := eq_refl.
Definition mean_over_inputs : @Convproof.Layers.over_inputs =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (N G C : Z) (u v : Layers.image R) =>
Sums.sum R rO radd N
  (fun n : Z =>
   Sums.msum R rO radd (Axis.sizes A)
     (fun xs : list Z =>
      Sums.sum R rO radd G
        (fun g : Z => Sums.sum R rO radd C (fun c : Z => rmul (u n xs g c) (v n xs g c))))))
  := eq_refl.
Definition mean_over_weights : @Convproof.Layers.over_weights =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (G C M : Z) (u v : Layers.weights R) =>
Sums.msum R rO radd (Axis.kernels A)
  (fun ks : list Z =>
   Sums.sum R rO radd C
     (fun c : Z =>
      Sums.sum R rO radd G
        (fun g : Z => Sums.sum R rO radd M (fun m : Z => rmul (u ks c g m) (v ks c g m))))))
  := eq_refl.
Definition mean_over_biases : @Convproof.Layers.over_biases =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (G M : Z) (u v : Z -> Z -> R) =>
Sums.sum R rO radd G (fun g : Z => Sums.sum R rO radd M (fun m : Z => rmul (u g m) (v g m))))
  := eq_refl.
Definition mean_no_bias : @Convproof.Layers.no_bias =
(fun (R : Type) (rO : R) (_ _ : Z) => rO)
  := eq_refl.
Definition mean_untied : @Convproof.Layers.untied =
(fun R : Type => list Z -> Layers.weights R)
  := eq_refl.
Definition mean_forward_untied : @Convproof.Layers.forward_untied =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (C : Z) (x : Layers.image R) (e : Layers.untied R) (n : Z) (is : list Z) 
  (g m : Z) =>
Sums.msum R rO radd (Axis.kernels A)
  (fun ks : list Z =>
   Sums.sum R rO radd C
     (fun c : Z =>
      if Axis.inside A is ks then rmul (e is ks c g m) (x n (Axis.positions A is ks) g c) else rO)))
  := eq_refl.
Definition mean_grad_copy : @Convproof.Layers.grad_copy =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (N : Z) (x dz : Layers.image R) (is ks : list Z) (c g m : Z) =>
Sums.sum R rO radd N
  (fun n : Z =>
   if Axis.inside A is ks then rmul (x n (Axis.positions A is ks) g c) (dz n is g m) else rO))
  := eq_refl.
Definition mean_back : @Convproof.Layers.back =
(fix back (B : list Axis.axis) (ts is : list Z) {struct B} : list Z :=
  match B with
  | [] => []
  | a :: B' =>
      match ts with
      | [] => []
      | t :: ts' =>
          match is with
          | [] => []
          | i :: is' => i - Axis.stride a * t :: back B' ts' is'
          end
      end
  end)
  := eq_refl.
Definition mean_on_image : @Convproof.Layers.on_image =
(fix on_image (B : list Axis.axis) (is : list Z) {struct B} : bool :=
  match B with
  | [] => true
  | a :: B' =>
      match is with
      | [] => true
      | i :: is' => Sums.within (Axis.size a) i && on_image B' is'
      end
  end)
  := eq_refl.
Definition mean_shifted : @Convproof.Layers.shifted =
(fun (R : Type) (rO : R) (A : list Axis.axis) (ts : list Z) (x : Layers.image R) 
  (n : Z) (is : list Z) (g c : Z) =>
if Layers.on_image A (Layers.back A ts is) then x n (Layers.back A ts is) g c else rO)
  := eq_refl.
Definition mean_in_range : @Convproof.Layers.in_range =
(fun ns is : list Z => Forall2 (fun n i : Z => 1 <= i <= n) ns is)
  := eq_refl.
Definition made_region_nil :
Layers.region [] [] []
  := @Convproof.Layers.region_nil.
Definition made_region_cons :
forall (a : Axis.axis) (B : list Axis.axis) (t : Z) (ts : list Z) (i : Z) (is : list Z),
       0 <= Axis.dilation a ->
       0 <= t /\ Axis.pos a i (Axis.kernel a) <= Axis.size a \/ t <= 0 /\ 1 <= Axis.pos a i 1 ->
       0 < Axis.stride a -> Layers.region B ts is -> Layers.region (a :: B) (t :: ts) (i :: is)
  := @Convproof.Layers.region_cons.
Definition made_region_ind :
forall P : list Axis.axis -> list Z -> list Z -> Prop,
       P [] [] [] ->
       (forall (a : Axis.axis) (B : list Axis.axis) (t : Z) (ts : list Z) (i : Z) (is : list Z),
        0 <= Axis.dilation a ->
        0 <= t /\ Axis.pos a i (Axis.kernel a) <= Axis.size a \/ t <= 0 /\ 1 <= Axis.pos a i 1 ->
        0 < Axis.stride a -> Layers.region B ts is -> P B ts is -> P (a :: B) (t :: ts) (i :: is)) ->
       forall (l : list Axis.axis) (l0 l1 : list Z), Layers.region l l0 l1 -> P l l0 l1
  := @Convproof.Layers.region_ind.
Definition pin_channels_apart :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (C : Z) (x : Layers.image R) (w : Layers.weights R)
         (b : Z -> Z -> R) (n : Z) (is : list Z) (g m : Z),
       Layers.forward R rO radd rmul A C x w b n is g m =
       radd (b g m)
         (Sums.sum R rO radd C
            (fun c : Z =>
             Sums.msum R rO radd (Axis.kernels A)
               (fun ks : list Z =>
                if Axis.inside A is ks
                then rmul (w ks c g m) (x n (Axis.positions A is ks) g c)
                else rO)))
  := @Convproof.Layers.channels_apart.
Goal True. idtac "theorem" "channels_apart". Abort.
Definition pin_adjoint_x :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N G C M : Z) (x : Layers.image R) 
         (w : Layers.weights R) (b : Z -> Z -> R) (dz : Layers.image R),
       Axis.moving A ->
       Layers.over_outputs R rO radd rmul A N G M dz (Layers.forward R rO radd rmul A C x w b) =
       radd (Layers.over_inputs R rO radd rmul A N G C x (Layers.grad_x R rO radd rmul A M w dz))
         (Layers.over_biases R rO radd rmul G M b (Layers.grad_b R rO radd A N dz))
  := @Convproof.Layers.adjoint_x.
Goal True. idtac "theorem" "adjoint_x". Abort.
Definition pin_adjoint_w :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N G C M : Z) (x : Layers.image R) 
         (w : Layers.weights R) (b : Z -> Z -> R) (dz : Layers.image R),
       Layers.over_outputs R rO radd rmul A N G M dz (Layers.forward R rO radd rmul A C x w b) =
       radd
         (Layers.over_weights R rO radd rmul A G C M w (Layers.grad_w R rO radd rmul A N x dz))
         (Layers.over_biases R rO radd rmul G M b (Layers.grad_b R rO radd A N dz))
  := @Convproof.Layers.adjoint_w.
Goal True. idtac "theorem" "adjoint_w". Abort.
Definition pin_gradient_x :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N G C M : Z) (x h : Z -> list Z -> Z -> Z -> R)
         (w : Layers.weights R) (b : Z -> Z -> R) (dz : Layers.image R),
       Axis.moving A ->
       Layers.over_outputs R rO radd rmul A N G M dz
         (Layers.forward R rO radd rmul A C
            (fun (n : Z) (is : list Z) (g c : Z) => radd (x n is g c) (h n is g c)) w b) =
       radd
         (Layers.over_outputs R rO radd rmul A N G M dz (Layers.forward R rO radd rmul A C x w b))
         (Layers.over_inputs R rO radd rmul A N G C h (Layers.grad_x R rO radd rmul A M w dz))
  := @Convproof.Layers.gradient_x.
Goal True. idtac "theorem" "gradient_x". Abort.
Definition pin_gradient_w :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N G C M : Z) (x : Layers.image R)
         (w h : list Z -> Z -> Z -> Z -> R) (b : Z -> Z -> R) (dz : Layers.image R),
       Layers.over_outputs R rO radd rmul A N G M dz
         (Layers.forward R rO radd rmul A C x
            (fun (ks : list Z) (c g m : Z) => radd (w ks c g m) (h ks c g m)) b) =
       radd
         (Layers.over_outputs R rO radd rmul A N G M dz (Layers.forward R rO radd rmul A C x w b))
         (Layers.over_weights R rO radd rmul A G C M h (Layers.grad_w R rO radd rmul A N x dz))
  := @Convproof.Layers.gradient_w.
Goal True. idtac "theorem" "gradient_w". Abort.
Definition pin_tied_forward :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (C : Z) (x : Layers.image R) (w : Layers.weights R) 
         (n : Z) (is : list Z) (g m : Z),
       Layers.forward R rO radd rmul A C x w (Layers.no_bias R rO) n is g m =
       Layers.forward_untied R rO radd rmul A C x (fun _ : list Z => w) n is g m
  := @Convproof.Layers.tied_forward.
Goal True. idtac "theorem" "tied_forward". Abort.
Definition pin_adjoint_untied :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N G C M : Z) (x : Layers.image R) 
         (e : Layers.untied R) (dz : Layers.image R),
       Layers.over_outputs R rO radd rmul A N G M dz
         (Layers.forward_untied R rO radd rmul A C x e) =
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z =>
          Layers.over_weights R rO radd rmul A G C M (e is)
            (Layers.grad_copy R rO radd rmul A N x dz is))
  := @Convproof.Layers.adjoint_untied.
Goal True. idtac "theorem" "adjoint_untied". Abort.
Definition pin_pooled_gradient :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N : Z) (x dz : Layers.image R) (ks : list Z) (c g m : Z),
       Layers.grad_w R rO radd rmul A N x dz ks c g m =
       Sums.msum R rO radd (Axis.outputs A)
         (fun is : list Z => Layers.grad_copy R rO radd rmul A N x dz is ks c g m)
  := @Convproof.Layers.pooled_gradient.
Goal True. idtac "theorem" "pooled_gradient". Abort.
Definition pin_translation :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (C : Z) (x : Layers.image R) (w : Layers.weights R)
         (b : Z -> Z -> R) (n g m : Z) (ts is : list Z),
       Layers.region A ts is ->
       Layers.forward R rO radd rmul A C (Layers.shifted R rO A ts x) w b n is g m =
       Layers.forward R rO radd rmul A C x w b n
         (map (fun p : Z * Z => fst p - snd p) (combine is ts)) g m
  := @Convproof.Layers.translation.
Goal True. idtac "theorem" "translation". Abort.
Definition pin_cross_correlation_is_turned_convolution :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (x w : Z -> Z -> R) (KH KW i j : Z),
       Sums.sum R rO radd KH
         (fun k : Z =>
          Sums.sum R rO radd KW (fun l : Z => rmul (x (i + k - 1) (j + l - 1)) (w k l))) =
       Sums.sum R rO radd KH
         (fun k : Z =>
          Sums.sum R rO radd KW
            (fun l : Z => rmul (x (i + KH - k) (j + KW - l)) (w (KH + 1 - k) (KW + 1 - l))))
  := @Convproof.Layers.cross_correlation_is_turned_convolution.
Goal True. idtac "theorem" "cross_correlation_is_turned_convolution". Abort.
Definition theorems :=
 (pin_channels_apart,
  pin_adjoint_x,
  pin_adjoint_w,
  pin_gradient_x,
  pin_gradient_w,
  pin_tied_forward,
  pin_adjoint_untied,
  pin_pooled_gradient,
  pin_translation,
  pin_cross_correlation_is_turned_convolution).
Print Assumptions theorems.
