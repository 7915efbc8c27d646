(* Generated from the derivation of conv1d_circular (d26f958d7cddc727); not edited by hand. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Same Rules Greatest Tactics.
Open Scope Z_scope.
Set Default Proof Using "All".

Section Derived.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (Sums.sum R rO radd).
Notation span := (Rules.span R rO radd).
Notation delta := (Rules.delta R rO rI).
Notation top less := (Sums.sum (option R) None (join R less)).
Notation derivation := (Rules.derivation R radd rmul).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Variable C : Z.
Variable D_W : Z.
Variable G : Z.
Variable K_W : Z.
Variable M : Z.
Variable N : Z.
Variable O_W : Z.
Variable P_W : Z.
Variable Q_W : Z.
Variable S_W : Z.
Variable W : Z.
Hypothesis C_sign : 0 < C.
Hypothesis D_W_sign : 0 < D_W.
Hypothesis G_sign : 0 < G.
Hypothesis K_W_sign : 0 < K_W.
Hypothesis M_sign : 0 < M.
Hypothesis N_sign : 0 < N.
Hypothesis O_W_sign : 0 < O_W.
Hypothesis P_W_sign : 0 <= P_W.
Hypothesis Q_W_sign : 0 <= Q_W.
Hypothesis S_W_sign : 0 < S_W.
Hypothesis W_sign : 0 < W.
Hypothesis given_1 : ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0).
Hypothesis given_2 : (P_W <= W).
Hypothesis given_3 : (Q_W <= W).
Hypothesis O_W_is : O_W = (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1).

Section derived_conv1d_circular_output_size_W_section.
Variable j : Z.
Hypothesis j_in : 1 <= j <= (P_W + Q_W + W + 2).
Lemma derived_conv1d_circular_output_size_W_1 (* collect *) :
  (((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W)) <-> ((S_W * (j + (-1))) <= (((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1))).
Proof. lia. Qed.

Lemma derived_conv1d_circular_output_size_W_2 (* divide by the stride *) :
  ((S_W * (j + (-1))) <= (((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1))) <-> ((j + (-1)) <= ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)).
Proof. by_division. Qed.

Lemma derived_conv1d_circular_output_size_W_3 (* count *) :
  ((j + (-1)) <= ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) <-> (j <= (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)).
Proof. lia. Qed.

Theorem derived_conv1d_circular_output_size_W :
  ((((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W)) <-> (j <= (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))).
Proof. etransitivity; [apply derived_conv1d_circular_output_size_W_1|]. etransitivity; [apply derived_conv1d_circular_output_size_W_2|]. etransitivity; [apply derived_conv1d_circular_output_size_W_3|]. reflexivity. Qed.
End derived_conv1d_circular_output_size_W_section.

Section derived_conv1d_circular_forward_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable j : Z.
Hypothesis j_in : 1 <= j <= O_W.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable m : Z.
Hypothesis m_in : 1 <= m <= M.
Variable K : Z -> Z -> Z -> Z -> R.
Variable Padded : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Lemma derived_conv1d_circular_forward_1 (* unfold the padding *) :
  ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)))))))
  = ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else [0])))))).
Proof.
  transitivity ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else [0])))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { apply sum_ext; intros l l_in. apply sum_ext; intros c c_in.  window S_W j O_W_is. taps D_W l. write_out laws. }
Qed.

Theorem derived_conv1d_circular_forward :
  ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)))))))
  = ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else [0])))))).
Proof. etransitivity; [apply derived_conv1d_circular_forward_1|]. reflexivity. Qed.
End derived_conv1d_circular_forward_section.

Section derived_conv1d_circular_gradient_padded_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable b : Z.
Hypothesis b_in : 1 <= b <= (P_W + Q_W + W).
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable K : Z -> Z -> Z -> Z -> R.
Variable Padded : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Variable dZ : Z -> Z -> Z -> Z -> R.
Let Pre (n j g m : Z) : R :=
  ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else [0])))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = [0].
Hypothesis D_Padded : forall at1 at2 at3 at4, D (Padded at1 at2 at3 at4) = ((delta n at1) [*] (delta b at2) [*] (delta g at3) [*] (delta c at4)).
Hypothesis D_Bias : forall at1 at2, D (Bias at1 at2) = [0].
Ltac known := rewrite ?D_K, ?D_Padded, ?D_Bias.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv1d_circular_gradient_padded_1 (* differentiate *) :
  (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => ((dZ n' j g' m) [*] (D (Pre n' j g' m)))))))))))
  = (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (K l c' g' m) [*] (dZ n' j g' m)) else [0]))))))))))))).
Proof.
  apply sum_ext; intros n' n'_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros m m_in.
  transitivity ((dZ n' j g' m) [*] D ((Bias g' m) [+] (sum K_W (fun l => (sum C (fun c' => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c' g' m) [*] (Padded n' ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g' c')) else [0]))))))).
  { f_equal; f_equal; unfold Pre; same. }
  derive_head.
  derive_sum_step. intros l l_in.
  derive_sum_step. intros c' c'_in.
  derive_leaf.
Qed.

Lemma derived_conv1d_circular_gradient_padded_2 (* eliminate n' *) :
  (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (K l c' g' m) [*] (dZ n' j g' m)) else [0])))))))))))))
  = (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((N >=? n) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (K l c' g' m) [*] (dZ n j g' m)) else [0]))))))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros j j_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros m m_in.
  apply sum_ext; intros l l_in.
  apply sum_ext; intros c' c'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ n).
  { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. }
  { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_padded_3 (* eliminate g' *) :
  (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((N >=? n) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (K l c' g' m) [*] (dZ n j g' m)) else [0])))))))))))
  = (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((G >=? g) && (N >=? n) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (K l c' g m) [*] (dZ n j g m)) else [0]))))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros j j_in.
  apply sum_ext; intros m m_in.
  apply sum_ext; intros l l_in.
  apply sum_ext; intros c' c'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_padded_4 (* eliminate c' *) :
  (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((G >=? g) && (N >=? n) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (K l c' g m) [*] (dZ n j g m)) else [0])))))))))
  = (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (if ((C >=? c) && (G >=? g) && (N >=? n) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (K l c g m) [*] (dZ n j g m)) else [0]))))))).
Proof.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros m m_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ c).
  { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. }
  { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_padded_5 (* eliminate j *) :
  (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (if ((C >=? c) && (G >=? g) && (N >=? n) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) [*] (K l c g m) [*] (dZ n j g m)) else [0])))))))
  = (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + b + (-1)) >=? 0) && (b <=? (P_W + Q_W + W))) then ((K l c g m) [*] (dZ n (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1) g m)) else [0]))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros m m_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1)).
  { intros j j_in j_is ok. whole (((-1) * D_W * l) + D_W + b + (-1)) S_W. pose proof (delta_here R rO rI b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) as here. subst j. solve_term laws here. }
  { intros j j_in others. guard_holds. destruct (Z.eq_dec b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) as [meets|misses]; [|zero_term laws b ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) misses]. exact_multiple (((-1) * D_W * l) + D_W + b + (-1)) S_W (j - 1). bounds S_W j. refuse others. }
  { intros ok. hypotheses. whole (((-1) * D_W * l) + D_W + b + (-1)) S_W. quotient (((-1) * D_W * l) + D_W + b + (-1)) S_W. try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_padded_6 (* drop what the ranges imply *) :
  (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + b + (-1)) >=? 0) && (b <=? (P_W + Q_W + W))) then ((K l c g m) [*] (dZ n (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1) g m)) else [0])))))
  = (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (dZ n (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1) g m)) else [0]))))).
Proof.
  apply sum_ext; intros m m_in.
  apply sum_ext; intros l l_in.
  drop_guard.
Qed.

Theorem derived_conv1d_circular_gradient_padded :
  (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => ((dZ n' j g' m) [*] (D (Pre n' j g' m)))))))))))
  = (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (dZ n (((((-1) * D_W * l) + D_W + b + (-1)) / S_W) + 1) g m)) else [0]))))).
Proof. etransitivity; [apply derived_conv1d_circular_gradient_padded_1|]. etransitivity; [apply derived_conv1d_circular_gradient_padded_2|]. etransitivity; [apply derived_conv1d_circular_gradient_padded_3|]. etransitivity; [apply derived_conv1d_circular_gradient_padded_4|]. etransitivity; [apply derived_conv1d_circular_gradient_padded_5|]. etransitivity; [apply derived_conv1d_circular_gradient_padded_6|]. reflexivity. Qed.
End derived_conv1d_circular_gradient_padded_section.

Section derived_conv1d_circular_gradient_kernel_section.
Variable l : Z.
Hypothesis l_in : 1 <= l <= K_W.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable m : Z.
Hypothesis m_in : 1 <= m <= M.
Variable K : Z -> Z -> Z -> Z -> R.
Variable Padded : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Variable dZ : Z -> Z -> Z -> Z -> R.
Let Pre (n j g m : Z) : R :=
  ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else [0])))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = ((delta l at1) [*] (delta c at2) [*] (delta g at3) [*] (delta m at4)).
Hypothesis D_Padded : forall at1 at2 at3 at4, D (Padded at1 at2 at3 at4) = [0].
Hypothesis D_Bias : forall at1 at2, D (Bias at1 at2) = [0].
Ltac known := rewrite ?D_K, ?D_Padded, ?D_Bias.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv1d_circular_gradient_kernel_1 (* differentiate *) :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => ((dZ n j g' m') [*] (D (Pre n j g' m')))))))))))
  = (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (sum K_W (fun l' => (sum C (fun c' => (if ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1)) then ((delta c c') [*] (delta g g') [*] (delta l l') [*] (delta m m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g' c') [*] (dZ n j g' m')) else [0]))))))))))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros m' m'_in.
  transitivity ((dZ n j g' m') [*] D ((Bias g' m') [+] (sum K_W (fun l' => (sum C (fun c' => (if ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l' c' g' m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g' c')) else [0]))))))).
  { f_equal; f_equal; unfold Pre; same. }
  derive_head.
  derive_sum_step. intros l' l'_in.
  derive_sum_step. intros c' c'_in.
  derive_leaf.
Qed.

Lemma derived_conv1d_circular_gradient_kernel_2 (* eliminate c' *) :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (sum K_W (fun l' => (sum C (fun c' => (if ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1)) then ((delta c c') [*] (delta g g') [*] (delta l l') [*] (delta m m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g' c') [*] (dZ n j g' m')) else [0])))))))))))))
  = (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (sum K_W (fun l' => (if ((C >=? c) && ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta g g') [*] (delta l l') [*] (delta m m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g' c) [*] (dZ n j g' m')) else [0]))))))))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros m' m'_in.
  apply sum_ext; intros l' l'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ c).
  { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. }
  { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_kernel_3 (* eliminate g' *) :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => (sum K_W (fun l' => (if ((C >=? c) && ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta g g') [*] (delta l l') [*] (delta m m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g' c) [*] (dZ n j g' m')) else [0])))))))))))
  = (sum N (fun n => (sum O_W (fun j => (sum M (fun m' => (sum K_W (fun l' => (if ((C >=? c) && (G >=? g) && ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta l l') [*] (delta m m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m')) else [0]))))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros m' m'_in.
  apply sum_ext; intros l' l'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_kernel_4 (* eliminate m' *) :
  (sum N (fun n => (sum O_W (fun j => (sum M (fun m' => (sum K_W (fun l' => (if ((C >=? c) && (G >=? g) && ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta l l') [*] (delta m m') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m')) else [0])))))))))
  = (sum N (fun n => (sum O_W (fun j => (sum K_W (fun l' => (if ((C >=? c) && (G >=? g) && (M >=? m) && ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta l l') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m)) else [0]))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros l' l'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ m).
  { intros m' m'_in m'_is ok.  pose proof (delta_here R rO rI m m') as here. subst m'. solve_term laws here. }
  { intros m' m'_in others. guard_holds. destruct (Z.eq_dec m m') as [meets|misses]; [|zero_term laws m m' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_kernel_5 (* eliminate l' *) :
  (sum N (fun n => (sum O_W (fun j => (sum K_W (fun l' => (if ((C >=? c) && (G >=? g) && (M >=? m) && ((P_W + Q_W + W) >=? ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1))) then ((delta l l') [*] (Padded n ((D_W * (l' + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m)) else [0])))))))
  = (sum N (fun n => (sum O_W (fun j => (if ((C >=? c) && (G >=? g) && (K_W >=? l) && (M >=? m) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m)) else [0]))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ l).
  { intros l' l'_in l'_is ok.  pose proof (delta_here R rO rI l l') as here. subst l'. solve_term laws here. }
  { intros l' l'_in others. guard_holds. destruct (Z.eq_dec l l') as [meets|misses]; [|zero_term laws l l' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_kernel_6 (* drop what the ranges imply *) :
  (sum N (fun n => (sum O_W (fun j => (if ((C >=? c) && (G >=? g) && (K_W >=? l) && (M >=? m) && ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1))) then ((Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m)) else [0])))))
  = (sum N (fun n => (sum O_W (fun j => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m)) else [0]))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  drop_guard.
Qed.

Theorem derived_conv1d_circular_gradient_kernel :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => ((dZ n j g' m') [*] (D (Pre n j g' m')))))))))))
  = (sum N (fun n => (sum O_W (fun j => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c) [*] (dZ n j g m)) else [0]))))).
Proof. etransitivity; [apply derived_conv1d_circular_gradient_kernel_1|]. etransitivity; [apply derived_conv1d_circular_gradient_kernel_2|]. etransitivity; [apply derived_conv1d_circular_gradient_kernel_3|]. etransitivity; [apply derived_conv1d_circular_gradient_kernel_4|]. etransitivity; [apply derived_conv1d_circular_gradient_kernel_5|]. etransitivity; [apply derived_conv1d_circular_gradient_kernel_6|]. reflexivity. Qed.
End derived_conv1d_circular_gradient_kernel_section.

Section derived_conv1d_circular_gradient_bias_section.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable m : Z.
Hypothesis m_in : 1 <= m <= M.
Variable K : Z -> Z -> Z -> Z -> R.
Variable Padded : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Variable dZ : Z -> Z -> Z -> Z -> R.
Let Pre (n j g m : Z) : R :=
  ((Bias g m) [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g m) [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g c)) else [0])))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = [0].
Hypothesis D_Padded : forall at1 at2 at3 at4, D (Padded at1 at2 at3 at4) = [0].
Hypothesis D_Bias : forall at1 at2, D (Bias at1 at2) = ((delta g at1) [*] (delta m at2)).
Ltac known := rewrite ?D_K, ?D_Padded, ?D_Bias.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv1d_circular_gradient_bias_1 (* differentiate *) :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => ((dZ n j g' m') [*] (D (Pre n j g' m')))))))))))
  = (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => ((delta g g') [*] (delta m m') [*] (dZ n j g' m')))))))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros m' m'_in.
  transitivity ((dZ n j g' m') [*] D ((Bias g' m') [+] (sum K_W (fun l => (sum C (fun c => (if ((P_W + Q_W + W) >=? ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1)) then ((K l c g' m') [*] (Padded n ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) g' c)) else [0]))))))).
  { f_equal; f_equal; unfold Pre; same. }
  derive_head.
  derive_leaf.
Qed.

Lemma derived_conv1d_circular_gradient_bias_2 (* eliminate g' *) :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => ((delta g g') [*] (delta m m') [*] (dZ n j g' m'))))))))))
  = (sum N (fun n => (sum O_W (fun j => (sum M (fun m' => (if (G >=? g) then ((delta m m') [*] (dZ n j g m')) else [0]))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros m' m'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_bias_3 (* eliminate m' *) :
  (sum N (fun n => (sum O_W (fun j => (sum M (fun m' => (if (G >=? g) then ((delta m m') [*] (dZ n j g m')) else [0])))))))
  = (sum N (fun n => (sum O_W (fun j => (if ((G >=? g) && (M >=? m)) then (dZ n j g m) else [0]))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ m).
  { intros m' m'_in m'_is ok.  pose proof (delta_here R rO rI m m') as here. subst m'. solve_term laws here. }
  { intros m' m'_in others. guard_holds. destruct (Z.eq_dec m m') as [meets|misses]; [|zero_term laws m m' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_bias_4 (* drop what the ranges imply *) :
  (sum N (fun n => (sum O_W (fun j => (if ((G >=? g) && (M >=? m)) then (dZ n j g m) else [0])))))
  = (sum N (fun n => (sum O_W (fun j => (dZ n j g m))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  drop_guard.
Qed.

Theorem derived_conv1d_circular_gradient_bias :
  (sum N (fun n => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m' => ((dZ n j g' m') [*] (D (Pre n j g' m')))))))))))
  = (sum N (fun n => (sum O_W (fun j => (dZ n j g m))))).
Proof. etransitivity; [apply derived_conv1d_circular_gradient_bias_1|]. etransitivity; [apply derived_conv1d_circular_gradient_bias_2|]. etransitivity; [apply derived_conv1d_circular_gradient_bias_3|]. etransitivity; [apply derived_conv1d_circular_gradient_bias_4|]. reflexivity. Qed.
End derived_conv1d_circular_gradient_bias_section.

Section derived_conv1d_circular_gradient_x_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable b : Z.
Hypothesis b_in : 1 <= b <= W.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable X : Z -> Z -> Z -> Z -> R.
Variable dPadded : Z -> Z -> Z -> Z -> R.
Let Padded (n r_W g c : Z) : R :=
  (X n (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1) g c).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_X : forall at1 at2 at3 at4, D (X at1 at2 at3 at4) = ((delta n at1) [*] (delta b at2) [*] (delta g at3) [*] (delta c at4)).
Ltac known := rewrite ?D_X.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv1d_circular_gradient_x_1 (* differentiate *) :
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => ((dPadded n' r_W g' c') [*] (D (Padded n' r_W g' c')))))))))))
  = (sum N (fun n' => (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (dPadded n' r_W g' c')))))))))).
Proof.
  apply sum_ext; intros n' n'_in.
  apply sum_ext; intros r_W r_W_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros c' c'_in.
  transitivity ((dPadded n' r_W g' c') [*] D (X n' (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1) g' c')).
  { f_equal; f_equal; unfold Padded; same. }
  derive_head.
  derive_leaf.
Qed.

Lemma derived_conv1d_circular_gradient_x_2 (* eliminate n' *) :
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (dPadded n' r_W g' c'))))))))))
  = (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => (if (N >=? n) then ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (delta c c') [*] (delta g g') [*] (dPadded n r_W g' c')) else [0]))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros r_W r_W_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros c' c'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ n).
  { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. }
  { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_x_3 (* eliminate g' *) :
  (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => (if (N >=? n) then ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (delta c c') [*] (delta g g') [*] (dPadded n r_W g' c')) else [0])))))))
  = (sum (P_W + Q_W + W) (fun r_W => (sum C (fun c' => (if ((G >=? g) && (N >=? n)) then ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (delta c c') [*] (dPadded n r_W g c')) else [0]))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros r_W r_W_in.
  apply sum_ext; intros c' c'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_x_4 (* eliminate c' *) :
  (sum (P_W + Q_W + W) (fun r_W => (sum C (fun c' => (if ((G >=? g) && (N >=? n)) then ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (delta c c') [*] (dPadded n r_W g c')) else [0])))))
  = (sum (P_W + Q_W + W) (fun r_W => (if ((C >=? c) && (G >=? g) && (N >=? n)) then ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (dPadded n r_W g c)) else [0]))).
Proof.
  apply sum_ext; intros r_W r_W_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ c).
  { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. }
  { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv1d_circular_gradient_x_5 (* drop what the ranges imply *) :
  (sum (P_W + Q_W + W) (fun r_W => (if ((C >=? c) && (G >=? g) && (N >=? n)) then ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (dPadded n r_W g c)) else [0])))
  = (sum (P_W + Q_W + W) (fun r_W => ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (dPadded n r_W g c)))).
Proof.
  apply sum_ext; intros r_W r_W_in.
  drop_guard.
Qed.

Theorem derived_conv1d_circular_gradient_x :
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r_W => (sum G (fun g' => (sum C (fun c' => ((dPadded n' r_W g' c') [*] (D (Padded n' r_W g' c')))))))))))
  = (sum (P_W + Q_W + W) (fun r_W => ((delta b (((((-1) * P_W) + W + r_W + (-1)) mod W) + 1)) [*] (dPadded n r_W g c)))).
Proof. etransitivity; [apply derived_conv1d_circular_gradient_x_1|]. etransitivity; [apply derived_conv1d_circular_gradient_x_2|]. etransitivity; [apply derived_conv1d_circular_gradient_x_3|]. etransitivity; [apply derived_conv1d_circular_gradient_x_4|]. etransitivity; [apply derived_conv1d_circular_gradient_x_5|]. reflexivity. Qed.
End derived_conv1d_circular_gradient_x_section.

End Derived.
