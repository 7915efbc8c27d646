(* Generated from the derivation of conv_transpose1d (60a7762b36674eae); not edited by hand. *)

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

Variable A_W : Z.
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
Hypothesis A_W_sign : 0 <= A_W.
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
Hypothesis given_1 : ((A_W + (D_W * (K_W + (-1))) + ((-1) * P_W) + ((-1) * Q_W) + (S_W * (O_W + (-1))) + 1) >= 1).
Hypothesis W_is : W = (A_W + (D_W * (K_W + (-1))) + ((-1) * P_W) + ((-1) * Q_W) + (S_W * (O_W + (-1))) + 1).

Section derived_conv_transpose1d_forward_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable b : Z.
Hypothesis b_in : 1 <= b <= W.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable K : Z -> Z -> Z -> Z -> R.
Variable U : Z -> Z -> Z -> Z -> R.
Variable X : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Let Image (n j g m : Z) : R :=
  (sum K_W (fun l => (sum C (fun c => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K l c g m) [*] (U n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c)) else [0]))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = [0].
Hypothesis D_U : forall at1 at2 at3 at4, D (U at1 at2 at3 at4) = ((delta n at1) [*] (delta b at2) [*] (delta g at3) [*] (delta c at4)).
Ltac known := rewrite ?D_K, ?D_U.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv_transpose1d_forward_1 (* differentiate *) :
  ((Bias g c) [+] (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => ((X n' j g' m) [*] (D (Image n' j g' m))))))))))))
  = ((Bias g c) [+] (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (K l c' g' m) [*] (X n' j g' m)) else [0])))))))))))))).
Proof.
  transitivity ((Bias g c) [+] (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (K l c' g' m) [*] (X n' j g' m)) else [0])))))))))))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { apply sum_ext; intros n' n'_in. apply sum_ext; intros j j_in. apply sum_ext; intros g' g'_in. apply sum_ext; intros m m_in. transitivity ((X n' j g' m) [*] D (sum K_W (fun l => (sum C (fun c' => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K l c' g' m) [*] (U n' ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g' c')) else [0])))))). { f_equal; f_equal; unfold Image; same. } derive_head. derive_sum_step. intros l l_in. derive_sum_step. intros c' c'_in. derive_leaf. }
Qed.

Lemma derived_conv_transpose1d_forward_2 (* eliminate n' *) :
  ((Bias g c) [+] (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (delta n n') [*] (K l c' g' m) [*] (X n' j g' m)) else [0]))))))))))))))
  = ((Bias g c) [+] (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (K l c' g' m) [*] (X n j g' m)) else [0])))))))))))).
Proof.
  transitivity ((Bias g c) [+] (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (K l c' g' m) [*] (X n j g' m)) else [0])))))))))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { etransitivity; [ swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|]. apply sum_ext; intros j j_in. apply sum_ext; intros g' g'_in. apply sum_ext; intros m m_in. apply sum_ext; intros l l_in. apply sum_ext; intros c' c'_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ n). { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. } { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
Qed.

Lemma derived_conv_transpose1d_forward_3 (* eliminate g' *) :
  ((Bias g c) [+] (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta g g') [*] (K l c' g' m) [*] (X n j g' m)) else [0]))))))))))))
  = ((Bias g c) [+] (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((G >=? g) && (N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (K l c' g m) [*] (X n j g m)) else [0])))))))))).
Proof.
  transitivity ((Bias g c) [+] (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((G >=? g) && (N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (K l c' g m) [*] (X n j g m)) else [0])))))))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { etransitivity; [apply sum_ext; intros ? _; swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|]. apply sum_ext; intros j j_in. apply sum_ext; intros m m_in. apply sum_ext; intros l l_in. apply sum_ext; intros c' c'_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ g). { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. } { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
Qed.

Lemma derived_conv_transpose1d_forward_4 (* eliminate c' *) :
  ((Bias g c) [+] (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (sum C (fun c' => (if ((G >=? g) && (N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (K l c' g m) [*] (X n j g m)) else [0]))))))))))
  = ((Bias g c) [+] (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (if ((C >=? c) && (G >=? g) && (N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (K l c g m) [*] (X n j g m)) else [0])))))))).
Proof.
  transitivity ((Bias g c) [+] (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (if ((C >=? c) && (G >=? g) && (N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (K l c g m) [*] (X n j g m)) else [0])))))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { apply sum_ext; intros j j_in. apply sum_ext; intros m m_in. apply sum_ext; intros l l_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ c). { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. } { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
Qed.

Lemma derived_conv_transpose1d_forward_5 (* eliminate j *) :
  ((Bias g c) [+] (sum O_W (fun j => (sum M (fun m => (sum K_W (fun l => (if ((C >=? c) && (G >=? g) && (N >=? n) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (K l c g m) [*] (X n j g m)) else [0]))))))))
  = ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && (W >=? b) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))).
Proof.
  transitivity ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && (W >=? b) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { etransitivity; [ swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; swap_sums laws|]. apply sum_ext; intros m m_in. apply sum_ext; intros l l_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)). { intros j j_in j_is ok. whole (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. pose proof (delta_here R rO rI b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) as here. subst j. solve_term laws here. } { intros j j_in others. guard_holds. destruct (Z.eq_dec b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) as [meets|misses]; [|zero_term laws b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) misses]. exact_multiple (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W (j - 1). bounds S_W j. refuse others. } { intros ok. hypotheses. whole (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. quotient (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. try lia. } }
Qed.

Lemma derived_conv_transpose1d_forward_6 (* drop what the ranges imply *) :
  ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && (W >=? b) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0]))))))
  = ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))).
Proof.
  transitivity ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))); [|ring].
  apply (f_equal2 radd).
  { reflexivity. }
  { apply sum_ext; intros m m_in. apply sum_ext; intros l l_in. drop_guard. }
Qed.

Theorem derived_conv_transpose1d_forward :
  ((Bias g c) [+] (sum N (fun n' => (sum O_W (fun j => (sum G (fun g' => (sum M (fun m => ((X n' j g' m) [*] (D (Image n' j g' m))))))))))))
  = ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))).
Proof. etransitivity; [apply derived_conv_transpose1d_forward_1|]. etransitivity; [apply derived_conv_transpose1d_forward_2|]. etransitivity; [apply derived_conv_transpose1d_forward_3|]. etransitivity; [apply derived_conv_transpose1d_forward_4|]. etransitivity; [apply derived_conv_transpose1d_forward_5|]. etransitivity; [apply derived_conv_transpose1d_forward_6|]. reflexivity. Qed.
End derived_conv_transpose1d_forward_section.

Section derived_conv_transpose1d_gradient_x_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable j : Z.
Hypothesis j_in : 1 <= j <= O_W.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable m : Z.
Hypothesis m_in : 1 <= m <= M.
Variable K : Z -> Z -> Z -> Z -> R.
Variable X : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Variable dZ : Z -> Z -> Z -> Z -> R.
Let Pre (n b g c : Z) : R :=
  ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = [0].
Hypothesis D_X : forall at1 at2 at3 at4, D (X at1 at2 at3 at4) = ((delta n at1) [*] (delta j at2) [*] (delta g at3) [*] (delta m at4)).
Hypothesis D_Bias : forall at1 at2, D (Bias at1 at2) = [0].
Ltac known := rewrite ?D_K, ?D_X, ?D_Bias.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv_transpose1d_gradient_x_1 (* differentiate *) :
  (sum N (fun n' => (sum W (fun b => (sum G (fun g' => (sum C (fun c => ((dZ n' b g' c) [*] (D (Pre n' b g' c)))))))))))
  = (sum N (fun n' => (sum W (fun b => (sum G (fun g' => (sum C (fun c => (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta g g') [*] (delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (delta m m') [*] (delta n n') [*] (K l c g' m') [*] (dZ n' b g' c)) else [0]))))))))))))).
Proof.
  apply sum_ext; intros n' n'_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros c c_in.
  transitivity ((dZ n' b g' c) [*] D ((Bias g' c) [+] (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g' m') [*] (X n' (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g' m')) else [0]))))))).
  { f_equal; f_equal; unfold Pre; same. }
  derive_head.
  derive_sum_step. intros m' m'_in.
  derive_sum_step. intros l l_in.
  derive_leaf.
Qed.

Lemma derived_conv_transpose1d_gradient_x_2 (* eliminate n' *) :
  (sum N (fun n' => (sum W (fun b => (sum G (fun g' => (sum C (fun c => (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta g g') [*] (delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (delta m m') [*] (delta n n') [*] (K l c g' m') [*] (dZ n' b g' c)) else [0])))))))))))))
  = (sum W (fun b => (sum G (fun g' => (sum C (fun c => (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta g g') [*] (delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (delta m m') [*] (K l c g' m') [*] (dZ n b g' c)) else [0]))))))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros b b_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros c c_in.
  apply sum_ext; intros m' m'_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ n).
  { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. }
  { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_x_3 (* eliminate g' *) :
  (sum W (fun b => (sum G (fun g' => (sum C (fun c => (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta g g') [*] (delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (delta m m') [*] (K l c g' m') [*] (dZ n b g' c)) else [0])))))))))))
  = (sum W (fun b => (sum C (fun c => (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (delta m m') [*] (K l c g m') [*] (dZ n b g c)) else [0]))))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros b b_in.
  apply sum_ext; intros c c_in.
  apply sum_ext; intros m' m'_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_x_4 (* eliminate m' *) :
  (sum W (fun b => (sum C (fun c => (sum M (fun m' => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (G >=? g) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (delta m m') [*] (K l c g m') [*] (dZ n b g c)) else [0])))))))))
  = (sum W (fun b => (sum C (fun c => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (G >=? g) && (M >=? m) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (K l c g m) [*] (dZ n b g c)) else [0]))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros b b_in.
  apply sum_ext; intros c c_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ m).
  { intros m' m'_in m'_is ok.  pose proof (delta_here R rO rI m m') as here. subst m'. solve_term laws here. }
  { intros m' m'_in others. guard_holds. destruct (Z.eq_dec m m') as [meets|misses]; [|zero_term laws m m' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_x_5 (* eliminate b *) :
  (sum W (fun b => (sum C (fun c => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (G >=? g) && (M >=? m) && (N >=? n) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) [*] (K l c g m) [*] (dZ n b g c)) else [0])))))))
  = (sum C (fun c => (sum K_W (fun l => (if ((G >=? g) && (M >=? m) && (N >=? n) && (O_W >=? j) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K l c g m) [*] (dZ n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c)) else [0]))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros c c_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)).
  { intros b b_in b_is ok. exact_multiple (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W (j - 1). bounds S_W j. pose proof (delta_here R rO rI j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) as here. subst b. solve_term laws here. }
  { intros b b_in others. guard_holds. destruct (Z.eq_dec j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)) as [meets|misses]; [|zero_term laws j (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) misses]. whole (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. bounds S_W j. assert ((((-1) * D_W * l) + D_W + P_W + b + (-1)) = S_W * (j - 1)) by (replace (j - 1) with ((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) by lia; assumption). refuse others. }
  { intros ok. hypotheses. bounds S_W j. try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_x_6 (* drop what the ranges imply *) :
  (sum C (fun c => (sum K_W (fun l => (if ((G >=? g) && (M >=? m) && (N >=? n) && (O_W >=? j) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K l c g m) [*] (dZ n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c)) else [0])))))
  = (sum C (fun c => (sum K_W (fun l => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K l c g m) [*] (dZ n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c)) else [0]))))).
Proof.
  apply sum_ext; intros c c_in.
  apply sum_ext; intros l l_in.
  drop_guard.
Qed.

Theorem derived_conv_transpose1d_gradient_x :
  (sum N (fun n' => (sum W (fun b => (sum G (fun g' => (sum C (fun c => ((dZ n' b g' c) [*] (D (Pre n' b g' c)))))))))))
  = (sum C (fun c => (sum K_W (fun l => (if ((W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((K l c g m) [*] (dZ n ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) g c)) else [0]))))).
Proof. etransitivity; [apply derived_conv_transpose1d_gradient_x_1|]. etransitivity; [apply derived_conv_transpose1d_gradient_x_2|]. etransitivity; [apply derived_conv_transpose1d_gradient_x_3|]. etransitivity; [apply derived_conv_transpose1d_gradient_x_4|]. etransitivity; [apply derived_conv_transpose1d_gradient_x_5|]. etransitivity; [apply derived_conv_transpose1d_gradient_x_6|]. reflexivity. Qed.
End derived_conv_transpose1d_gradient_x_section.

Section derived_conv_transpose1d_gradient_kernel_section.
Variable l : Z.
Hypothesis l_in : 1 <= l <= K_W.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable m : Z.
Hypothesis m_in : 1 <= m <= M.
Variable K : Z -> Z -> Z -> Z -> R.
Variable X : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Variable dZ : Z -> Z -> Z -> Z -> R.
Let Pre (n b g c : Z) : R :=
  ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = ((delta l at1) [*] (delta c at2) [*] (delta g at3) [*] (delta m at4)).
Hypothesis D_X : forall at1 at2 at3 at4, D (X at1 at2 at3 at4) = [0].
Hypothesis D_Bias : forall at1 at2, D (Bias at1 at2) = [0].
Ltac known := rewrite ?D_K, ?D_X, ?D_Bias.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv_transpose1d_gradient_kernel_1 (* differentiate *) :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => ((dZ n b g' c') [*] (D (Pre n b g' c')))))))))))
  = (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta c c') [*] (delta g g') [*] (delta l l') [*] (delta m m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g' m') [*] (dZ n b g' c')) else [0]))))))))))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros c' c'_in.
  transitivity ((dZ n b g' c') [*] D ((Bias g' c') [+] (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((K l' c' g' m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g' m')) else [0]))))))).
  { f_equal; f_equal; unfold Pre; same. }
  derive_head.
  derive_sum_step. intros m' m'_in.
  derive_sum_step. intros l' l'_in.
  derive_leaf.
Qed.

Lemma derived_conv_transpose1d_gradient_kernel_2 (* eliminate c' *) :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta c c') [*] (delta g g') [*] (delta l l') [*] (delta m m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g' m') [*] (dZ n b g' c')) else [0])))))))))))))
  = (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta g g') [*] (delta l l') [*] (delta m m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g' m') [*] (dZ n b g' c)) else [0]))))))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros m' m'_in.
  apply sum_ext; intros l' l'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ c).
  { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. }
  { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_kernel_3 (* eliminate g' *) :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta g g') [*] (delta l l') [*] (delta m m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g' m') [*] (dZ n b g' c)) else [0])))))))))))
  = (sum N (fun n => (sum W (fun b => (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta l l') [*] (delta m m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g m') [*] (dZ n b g c)) else [0]))))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros m' m'_in.
  apply sum_ext; intros l' l'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_kernel_4 (* eliminate m' *) :
  (sum N (fun n => (sum W (fun b => (sum M (fun m' => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta l l') [*] (delta m m') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g m') [*] (dZ n b g c)) else [0])))))))))
  = (sum N (fun n => (sum W (fun b => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (M >=? m) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta l l') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g m) [*] (dZ n b g c)) else [0]))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros l' l'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ m).
  { intros m' m'_in m'_is ok.  pose proof (delta_here R rO rI m m') as here. subst m'. solve_term laws here. }
  { intros m' m'_in others. guard_holds. destruct (Z.eq_dec m m') as [meets|misses]; [|zero_term laws m m' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_kernel_5 (* eliminate l' *) :
  (sum N (fun n => (sum W (fun b => (sum K_W (fun l' => (if ((((((-1) * D_W * (l' + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (M >=? m) && (((D_W * l') + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l') + D_W + P_W + b + (-1)) >=? 0)) then ((delta l l') [*] (X n (((((-1) * D_W * l') + D_W + P_W + b + (-1)) / S_W) + 1) g m) [*] (dZ n b g c)) else [0])))))))
  = (sum N (fun n => (sum W (fun b => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (K_W >=? l) && (M >=? m) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m) [*] (dZ n b g c)) else [0]))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ l).
  { intros l' l'_in l'_is ok.  pose proof (delta_here R rO rI l l') as here. subst l'. solve_term laws here. }
  { intros l' l'_in others. guard_holds. destruct (Z.eq_dec l l') as [meets|misses]; [|zero_term laws l l' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_kernel_6 (* drop what the ranges imply *) :
  (sum N (fun n => (sum W (fun b => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (G >=? g) && (K_W >=? l) && (M >=? m) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m) [*] (dZ n b g c)) else [0])))))
  = (sum N (fun n => (sum W (fun b => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m) [*] (dZ n b g c)) else [0]))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  drop_guard.
Qed.

Theorem derived_conv_transpose1d_gradient_kernel :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => ((dZ n b g' c') [*] (D (Pre n b g' c')))))))))))
  = (sum N (fun n => (sum W (fun b => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m) [*] (dZ n b g c)) else [0]))))).
Proof. etransitivity; [apply derived_conv_transpose1d_gradient_kernel_1|]. etransitivity; [apply derived_conv_transpose1d_gradient_kernel_2|]. etransitivity; [apply derived_conv_transpose1d_gradient_kernel_3|]. etransitivity; [apply derived_conv_transpose1d_gradient_kernel_4|]. etransitivity; [apply derived_conv_transpose1d_gradient_kernel_5|]. etransitivity; [apply derived_conv_transpose1d_gradient_kernel_6|]. reflexivity. Qed.
End derived_conv_transpose1d_gradient_kernel_section.

Section derived_conv_transpose1d_gradient_bias_section.
Variable g : Z.
Hypothesis g_in : 1 <= g <= G.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable K : Z -> Z -> Z -> Z -> R.
Variable X : Z -> Z -> Z -> Z -> R.
Variable Bias : Z -> Z -> R.
Variable dZ : Z -> Z -> Z -> Z -> R.
Let Pre (n b g c : Z) : R :=
  ((Bias g c) [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c g m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g m)) else [0])))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_K : forall at1 at2 at3 at4, D (K at1 at2 at3 at4) = [0].
Hypothesis D_X : forall at1 at2 at3 at4, D (X at1 at2 at3 at4) = [0].
Hypothesis D_Bias : forall at1 at2, D (Bias at1 at2) = ((delta g at1) [*] (delta c at2)).
Ltac known := rewrite ?D_K, ?D_X, ?D_Bias.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_conv_transpose1d_gradient_bias_1 (* differentiate *) :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => ((dZ n b g' c') [*] (D (Pre n b g' c')))))))))))
  = (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => ((delta c c') [*] (delta g g') [*] (dZ n b g' c')))))))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros g' g'_in.
  apply sum_ext; intros c' c'_in.
  transitivity ((dZ n b g' c') [*] D ((Bias g' c') [+] (sum M (fun m => (sum K_W (fun l => (if ((((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((K l c' g' m) [*] (X n (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) g' m)) else [0]))))))).
  { f_equal; f_equal; unfold Pre; same. }
  derive_head.
  derive_leaf.
Qed.

Lemma derived_conv_transpose1d_gradient_bias_2 (* eliminate g' *) :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => ((delta c c') [*] (delta g g') [*] (dZ n b g' c'))))))))))
  = (sum N (fun n => (sum W (fun b => (sum C (fun c' => (if (G >=? g) then ((delta c c') [*] (dZ n b g c')) else [0]))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply sum_ext; intros c' c'_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ g).
  { intros g' g'_in g'_is ok.  pose proof (delta_here R rO rI g g') as here. subst g'. solve_term laws here. }
  { intros g' g'_in others. guard_holds. destruct (Z.eq_dec g g') as [meets|misses]; [|zero_term laws g g' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_bias_3 (* eliminate c' *) :
  (sum N (fun n => (sum W (fun b => (sum C (fun c' => (if (G >=? g) then ((delta c c') [*] (dZ n b g c')) else [0])))))))
  = (sum N (fun n => (sum W (fun b => (if ((C >=? c) && (G >=? g)) then (dZ n b g c) else [0]))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ c).
  { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. }
  { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_conv_transpose1d_gradient_bias_4 (* drop what the ranges imply *) :
  (sum N (fun n => (sum W (fun b => (if ((C >=? c) && (G >=? g)) then (dZ n b g c) else [0])))))
  = (sum N (fun n => (sum W (fun b => (dZ n b g c))))).
Proof.
  apply sum_ext; intros n n_in.
  apply sum_ext; intros b b_in.
  drop_guard.
Qed.

Theorem derived_conv_transpose1d_gradient_bias :
  (sum N (fun n => (sum W (fun b => (sum G (fun g' => (sum C (fun c' => ((dZ n b g' c') [*] (D (Pre n b g' c')))))))))))
  = (sum N (fun n => (sum W (fun b => (dZ n b g c))))).
Proof. etransitivity; [apply derived_conv_transpose1d_gradient_bias_1|]. etransitivity; [apply derived_conv_transpose1d_gradient_bias_2|]. etransitivity; [apply derived_conv_transpose1d_gradient_bias_3|]. etransitivity; [apply derived_conv_transpose1d_gradient_bias_4|]. reflexivity. Qed.
End derived_conv_transpose1d_gradient_bias_section.

End Derived.
