(* Activation: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Activation.
Definition mean_activated : @Convproof.Activation.activated =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (C : Z) (act : R -> R) (x : Layers.image R) (w : Layers.weights R) 
  (b : Z -> Z -> R) (n : Z) (is : list Z) (g m : Z) =>
act (radd (b g m) (Layers.forward R rO radd rmul A C x w (Layers.no_bias R rO) n is g m)))
  := eq_refl.
Definition mean_passed : @Convproof.Activation.passed =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (C : Z) (act_slope : R -> R) (x : Layers.image R) (w : Layers.weights R) 
  (b : Z -> Z -> R) (dy : Layers.image R) (n : Z) (is : list Z) (g m : Z) =>
rmul (act_slope (Layers.forward R rO radd rmul A C x w b n is g m)) (dy n is g m))
  := eq_refl.
Definition mean_smooth : @Convproof.Activation.smooth =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (A : list Axis.axis) 
  (C : Z) (D act act_slope : R -> R) (x : Layers.image R) (w : Layers.weights R)
  (b : Z -> Z -> R) =>
forall (n : Z) (is : list Z) (g m : Z),
D (act (Layers.forward R rO radd rmul A C x w b n is g m)) =
rmul (act_slope (Layers.forward R rO radd rmul A C x w b n is g m))
  (D (Layers.forward R rO radd rmul A C x w b n is g m)))
  := eq_refl.
Definition pin_activated_is_forward :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (C : Z) (act : R -> R) (x : Layers.image R)
         (w : Layers.weights R) (b : Z -> Z -> R) (n : Z) (is : list Z) 
         (g m : Z),
       Activation.activated R rO radd rmul A C act x w b n is g m =
       act (Layers.forward R rO radd rmul A C x w b n is g m)
  := @Convproof.Activation.activated_is_forward.
Goal True. idtac "theorem" "activated_is_forward". Abort.
Definition pin_activation_gradients :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (A : list Axis.axis) (N G C M : Z) (D act act_slope : R -> R),
       Rules.derivation R radd rmul D ->
       forall (x : Layers.image R) (w : Layers.weights R) (b : Z -> Z -> R) (dy : Layers.image R),
       Axis.moving A ->
       Activation.smooth R rO radd rmul A C D act act_slope x w b ->
       Layers.over_outputs R rO radd rmul A N G M dy
         (fun (n : Z) (is : list Z) (g m : Z) =>
          D (Activation.activated R rO radd rmul A C act x w b n is g m)) =
       radd
         (radd
            (Layers.over_inputs R rO radd rmul A N G C
               (fun (n : Z) (is : list Z) (g c : Z) => D (x n is g c))
               (Layers.grad_x R rO radd rmul A M w
                  (Activation.passed R rO radd rmul A C act_slope x w b dy)))
            (Layers.over_weights R rO radd rmul A G C M
               (fun (ks : list Z) (c g m : Z) => D (w ks c g m))
               (Layers.grad_w R rO radd rmul A N x
                  (Activation.passed R rO radd rmul A C act_slope x w b dy))))
         (Layers.over_biases R rO radd rmul G M (fun g m : Z => D (b g m))
            (Layers.grad_b R rO radd A N
               (Activation.passed R rO radd rmul A C act_slope x w b dy)))
  := @Convproof.Activation.activation_gradients.
Goal True. idtac "theorem" "activation_gradients". Abort.
Definition theorems :=
 (pin_activated_is_forward,
  pin_activation_gradients).
Print Assumptions theorems.
