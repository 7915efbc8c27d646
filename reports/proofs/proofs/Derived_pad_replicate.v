(* Generated from the derivation of pad_replicate (f3d0f5b9c58ab118); not edited by hand. *)

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
Variable N : Z.
Variable P_W : Z.
Variable Q_W : Z.
Variable W : Z.
Hypothesis C_sign : 0 < C.
Hypothesis N_sign : 0 < N.
Hypothesis P_W_sign : 0 <= P_W.
Hypothesis Q_W_sign : 0 <= Q_W.
Hypothesis W_sign : 0 < W.

Section derived_pad_replicate_forward_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable r : Z.
Hypothesis r_in : 1 <= r <= (P_W + Q_W + W).
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable X : Z -> Z -> Z -> R.
Lemma derived_pad_replicate_forward_1 (* split the axis *) :
  (X n (Z.min W (Z.max 1 (((-1) * P_W) + r))) c)
  = (if (P_W >=? r) then (X n 1 c) else (if (r <=? (P_W + W)) then (X n (((-1) * P_W) + r) c) else (X n W c))).
Proof.
  which_case.
Qed.

Theorem derived_pad_replicate_forward :
  (X n (Z.min W (Z.max 1 (((-1) * P_W) + r))) c)
  = (if (P_W >=? r) then (X n 1 c) else (if (r <=? (P_W + W)) then (X n (((-1) * P_W) + r) c) else (X n W c))).
Proof. etransitivity; [apply derived_pad_replicate_forward_1|]. reflexivity. Qed.
End derived_pad_replicate_forward_section.

Section derived_pad_replicate_gradient_x_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable b : Z.
Hypothesis b_in : 1 <= b <= W.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable X : Z -> Z -> Z -> R.
Variable dPadded : Z -> Z -> Z -> R.
Let Padded (n r c : Z) : R :=
  (if (P_W >=? r) then (X n 1 c) else (if (r <=? (P_W + W)) then (X n (((-1) * P_W) + r) c) else (X n W c))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_X : forall at1 at2 at3, D (X at1 at2 at3) = ((delta n at1) [*] (delta b at2) [*] (delta c at3)).
Ltac known := rewrite ?D_X.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_pad_replicate_gradient_x_1 (* differentiate *) :
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r => (sum C (fun c' => ((dPadded n' r c') [*] (D (Padded n' r c')))))))))
  = ((sum N (fun n' => (sum P_W (fun r => (sum C (fun c' => ((delta b 1) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))) [+] (sum N (fun n' => (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => ((delta b W) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))) [+] (sum N (fun n' => (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c'))))))))).
Proof.
  transitivity ((sum N (fun n' => (sum P_W (fun r => (sum C (fun c' => ((delta b 1) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))) [+] (sum N (fun n' => (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))) [+] (sum N (fun n' => (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => ((delta b W) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c'))))))))); [|ring].
  transitivity (sum N (fun n' => ((sum P_W (fun r => (sum C (fun c' => ((delta b 1) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))) [+] (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => ((delta b W) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c'))))))))).
  2:{ rewrite !(sum_add R rO rI radd rmul rsub ropp laws). reflexivity. }
  apply sum_ext; intros n' n'_in.
  rewrite (split_range R rO rI radd rmul rsub ropp laws (P_W + Q_W + W) P_W (P_W + 1) (P_W + W) (P_W + W + 1)) by lia.
  apply (f_equal2 radd); [apply (f_equal2 radd)|].
  { apply sum_ext; intros r r_in. apply sum_ext; intros c' c'_in. unfold Padded; by_cases; try lia; known; ring. }
  { apply span_ext; intros r r_in. apply sum_ext; intros c' c'_in. unfold Padded; by_cases; try lia; known; ring. }
  { apply span_ext; intros r r_in. apply sum_ext; intros c' c'_in. unfold Padded; by_cases; try lia; known; ring. }
Qed.

Lemma derived_pad_replicate_gradient_x_2 (* eliminate n' *) :
  ((sum N (fun n' => (sum P_W (fun r => (sum C (fun c' => ((delta b 1) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))) [+] (sum N (fun n' => (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => ((delta b W) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))) [+] (sum N (fun n' => (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (delta n n') [*] (dPadded n' r c')))))))))
  = ((sum P_W (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b 1) [*] (delta c c') [*] (dPadded n r c')) else [0]))))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b W) [*] (delta c c') [*] (dPadded n r c')) else [0]))))) [+] (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (dPadded n r c')) else [0])))))).
Proof.
  transitivity ((sum P_W (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b 1) [*] (delta c c') [*] (dPadded n r c')) else [0]))))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b W) [*] (delta c c') [*] (dPadded n r c')) else [0]))))) [+] (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (dPadded n r c')) else [0])))))); [|ring].
  apply (f_equal2 radd); [apply (f_equal2 radd)|].
  { etransitivity; [ swap_sums laws|]. etransitivity; [apply sum_ext; intros ? _; swap_sums laws|]. apply sum_ext; intros r r_in. apply sum_ext; intros c' c'_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ n). { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. } { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
  { etransitivity; [ swap_sums laws|]. etransitivity; [apply span_ext; intros ? _; swap_sums laws|]. apply span_ext; intros r r_in. apply sum_ext; intros c' c'_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ n). { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. } { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
  { etransitivity; [ swap_sums laws|]. etransitivity; [apply span_ext; intros ? _; swap_sums laws|]. apply span_ext; intros r r_in. apply sum_ext; intros c' c'_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ n). { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. } { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
Qed.

Lemma derived_pad_replicate_gradient_x_3 (* eliminate c' *) :
  ((sum P_W (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b 1) [*] (delta c c') [*] (dPadded n r c')) else [0]))))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b W) [*] (delta c c') [*] (dPadded n r c')) else [0]))))) [+] (span (P_W + 1) (P_W + W) (fun r => (sum C (fun c' => (if (N >=? n) then ((delta b (((-1) * P_W) + r)) [*] (delta c c') [*] (dPadded n r c')) else [0]))))))
  = ((sum P_W (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b 1) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b W) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + 1) (P_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b (((-1) * P_W) + r)) [*] (dPadded n r c)) else [0])))).
Proof.
  transitivity ((sum P_W (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b 1) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b W) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + 1) (P_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b (((-1) * P_W) + r)) [*] (dPadded n r c)) else [0])))); [|ring].
  apply (f_equal2 radd); [apply (f_equal2 radd)|].
  { apply sum_ext; intros r r_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ c). { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. } { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
  { apply span_ext; intros r r_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ c). { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. } { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
  { apply span_ext; intros r r_in. apply (eliminate R rO rI radd rmul rsub ropp laws _ c). { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. } { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
Qed.

Lemma derived_pad_replicate_gradient_x_4 (* eliminate r *) :
  ((sum P_W (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b 1) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b W) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + 1) (P_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b (((-1) * P_W) + r)) [*] (dPadded n r c)) else [0]))))
  = ((if ((C >=? c) && (N >=? n) && ((P_W + W) >=? (P_W + b))) then (dPadded n (P_W + b) c) else [0]) [+] (sum P_W (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b 1) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b W) [*] (dPadded n r c)) else [0])))).
Proof.
  transitivity ((sum P_W (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b 1) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b W) [*] (dPadded n r c)) else [0]))) [+] (if ((C >=? c) && (N >=? n) && ((P_W + W) >=? (P_W + b))) then (dPadded n (P_W + b) c) else [0])); [|ring].
  apply (f_equal2 radd); [apply (f_equal2 radd)|].
  { reflexivity. }
  { reflexivity. }
  { apply (eliminate_span R rO rI radd rmul rsub ropp laws _ _ (P_W + b)). { intros r r_in r_is ok.  pose proof (delta_here R rO rI b (((-1) * P_W) + r)) as here. subst r. solve_term laws here. } { intros r r_in others. guard_holds. destruct (Z.eq_dec b (((-1) * P_W) + r)) as [meets|misses]; [|zero_term laws b (((-1) * P_W) + r) misses].  refuse others. } { intros ok. hypotheses.  try lia. } }
Qed.

Lemma derived_pad_replicate_gradient_x_5 (* drop what the ranges imply *) :
  ((if ((C >=? c) && (N >=? n) && ((P_W + W) >=? (P_W + b))) then (dPadded n (P_W + b) c) else [0]) [+] (sum P_W (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b 1) [*] (dPadded n r c)) else [0]))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => (if ((C >=? c) && (N >=? n)) then ((delta b W) [*] (dPadded n r c)) else [0]))))
  = ((dPadded n (P_W + b) c) [+] (sum P_W (fun r => ((delta b 1) [*] (dPadded n r c)))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => ((delta b W) [*] (dPadded n r c))))).
Proof.
  transitivity ((dPadded n (P_W + b) c) [+] (sum P_W (fun r => ((delta b 1) [*] (dPadded n r c)))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => ((delta b W) [*] (dPadded n r c))))); [|ring].
  apply (f_equal2 radd); [apply (f_equal2 radd)|].
  { drop_guard. }
  { apply sum_ext; intros r r_in. drop_guard. }
  { apply span_ext; intros r r_in. drop_guard. }
Qed.

Theorem derived_pad_replicate_gradient_x :
  (sum N (fun n' => (sum (P_W + Q_W + W) (fun r => (sum C (fun c' => ((dPadded n' r c') [*] (D (Padded n' r c')))))))))
  = ((dPadded n (P_W + b) c) [+] (sum P_W (fun r => ((delta b 1) [*] (dPadded n r c)))) [+] (span (P_W + W + 1) (P_W + Q_W + W) (fun r => ((delta b W) [*] (dPadded n r c))))).
Proof. etransitivity; [apply derived_pad_replicate_gradient_x_1|]. etransitivity; [apply derived_pad_replicate_gradient_x_2|]. etransitivity; [apply derived_pad_replicate_gradient_x_3|]. etransitivity; [apply derived_pad_replicate_gradient_x_4|]. etransitivity; [apply derived_pad_replicate_gradient_x_5|]. reflexivity. Qed.
End derived_pad_replicate_gradient_x_section.

End Derived.
