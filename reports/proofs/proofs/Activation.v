(* A convolution with its bias and its activation, (10.6): the gradients are those of the layer
   without the activation, fed with dY act'(Z). *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Layers Rules.
Import ListNotations.
Open Scope Z_scope.

Section Activation.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation msum := (msum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
Notation forward := (forward R rO radd rmul).
Notation no_bias := (no_bias R rO).

Variable A : list axis.
Variables N G C M : Z.

(* The values move as a derivation says; act_slope is the activation's derivative. *)
Variables (D : R -> R) (act act_slope : R -> R).
Hypothesis D_derives : derivation R radd rmul D.

(* (10.6): the bias is added to every entry of its map, the activation taken of each. *)
Definition activated (x : image R) (w : weights R) (b : Z -> Z -> R) : image R :=
  fun n is g m => act (b g m [+] forward A C x w no_bias n is g m).

(* What the layer without its activation is fed with. *)
Definition passed (x : image R) (w : weights R) (b : Z -> Z -> R) (dy : image R) : image R :=
  fun n is g m => act_slope (forward A C x w b n is g m) [*] dy n is g m.

(* The activation has its derivative at every value that it is taken of: no kink is met. *)
Definition smooth (x : image R) (w : weights R) (b : Z -> Z -> R) := forall n is g m,
  D (act (forward A C x w b n is g m))
  = act_slope (forward A C x w b n is g m) [*] D (forward A C x w b n is g m).

Lemma D_zero : D [0] = [0].
Proof.
  destruct D_derives as [P _].
  assert (E : D ([0] [+] [0]) = D [0] [+] D [0]) by apply P.
  replace ([0] [+] [0]) with [0] in E by ring.
  transitivity (rsub (D [0] [+] D [0]) (D [0])); [ring|]. rewrite <- E. ring.
Qed.

Lemma D_sum n f : D (sum n f) = sum n (fun i => D (f i)).
Proof. apply (derive_sum R rO rI radd rmul rsub ropp laws D D_derives). Qed.

Lemma D_msum ns f : D (msum ns f) = msum ns (fun is => D (f is)).
Proof.
  revert f. induction ns as [|n ns IH]; intros f; cbn; [reflexivity|].
  rewrite D_sum. apply sum_ext. intros i _. apply IH.
Qed.

Lemma D_forward x w b n is g m :
  D (forward A C x w b n is g m)
  = forward A C (fun n is g c => D (x n is g c)) w (fun g m => D (b g m)) n is g m
    [+] forward A C x (fun ks c g m => D (w ks c g m)) no_bias n is g m.
Proof.
  unfold Layers.forward, Layers.no_bias. destruct D_derives as [P L]. rewrite P, D_msum.
  transitivity (D (b g m) [+] (msum (kernels A) (fun ks => sum C (fun c => if inside A is ks
      then w ks c g m [*] D (x n (positions A is ks) g c) else [0]))
    [+] msum (kernels A) (fun ks => sum C (fun c => if inside A is ks
      then D (w ks c g m) [*] x n (positions A is ks) g c else [0])))); [|ring].
  f_equal. rewrite <- (msum_add R rO rI radd rmul rsub ropp laws).
  apply msum_ext. intros ks _. rewrite D_sum, <- (sum_add R rO rI radd rmul rsub ropp laws).
  apply sum_ext. intros c _. destruct (inside A is ks).
  - rewrite L. ring.
  - rewrite D_zero. ring.
Qed.

Lemma over_outputs_add dz u v :
  over_outputs R rO radd rmul A N G M dz (fun n is g m => u n is g m [+] v n is g m)
  = over_outputs R rO radd rmul A N G M dz u [+] over_outputs R rO radd rmul A N G M dz v.
Proof.
  unfold over_outputs.
  rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). apply sum_ext; intros n _.
  rewrite <- (msum_add R rO rI radd rmul rsub ropp laws). apply msum_ext; intros is _.
  rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). apply sum_ext; intros g _.
  rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). apply sum_ext; intros m _. ring.
Qed.

Theorem activated_is_forward x w b n is g m :
  activated x w b n is g m = act (forward A C x w b n is g m).
Proof. unfold activated, Layers.forward, Layers.no_bias. f_equal. ring. Qed.

(* However image, kernel and bias move: <dY, DY> is the sum of the inner products of what moves
   with the gradients of the layer without its activation, fed with dY act'(Z). *)
Theorem activation_gradients x w b dy : moving A -> smooth x w b ->
  over_outputs R rO radd rmul A N G M dy (fun n is g m => D (activated x w b n is g m))
  = over_inputs R rO radd rmul A N G C (fun n is g c => D (x n is g c))
      (grad_x R rO radd rmul A M w (passed x w b dy))
    [+] over_weights R rO radd rmul A G C M (fun ks c g m => D (w ks c g m))
      (grad_w R rO radd rmul A N x (passed x w b dy))
    [+] over_biases R rO radd rmul G M (fun g m => D (b g m))
      (grad_b R rO radd A N (passed x w b dy)).
Proof.
  intros S K.
  transitivity (over_outputs R rO radd rmul A N G M (passed x w b dy)
    (fun n is g m => D (forward A C x w b n is g m))).
  { unfold over_outputs. apply sum_ext; intros n _. apply msum_ext; intros is _.
    apply sum_ext; intros g _. apply sum_ext; intros m _.
    rewrite activated_is_forward, K. unfold passed. ring. }
  transitivity (over_outputs R rO radd rmul A N G M (passed x w b dy) (fun n is g m =>
    forward A C (fun n is g c => D (x n is g c)) w (fun g m => D (b g m)) n is g m
    [+] forward A C x (fun ks c g m => D (w ks c g m)) no_bias n is g m)).
  { unfold over_outputs. apply sum_ext; intros n _. apply msum_ext; intros is _.
    apply sum_ext; intros g _. apply sum_ext; intros m _. rewrite D_forward. reflexivity. }
  rewrite over_outputs_add.
  rewrite (adjoint_x R rO rI radd rmul rsub ropp laws A N G C M _ w _ _ S).
  rewrite (adjoint_w R rO rI radd rmul rsub ropp laws A N G C M x _ no_bias _).
  assert (Z0 : over_biases R rO radd rmul G M no_bias
    (grad_b R rO radd A N (passed x w b dy)) = [0]).
  { unfold over_biases, Layers.no_bias.
    transitivity (sum G (fun _ => [0])).
    - apply sum_ext; intros g _. transitivity (sum M (fun _ => [0])).
      + apply sum_ext; intros m _. ring.
      + apply (sum_zero R rO rI radd rmul rsub ropp laws). reflexivity.
    - apply (sum_zero R rO rI radd rmul rsub ropp laws). reflexivity. }
  rewrite Z0. ring.
Qed.
End Activation.
