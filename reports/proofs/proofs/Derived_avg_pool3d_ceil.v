(* Generated from the derivation of avg_pool3d_ceil (d5f724f2a33b5d70); not edited by hand. *)

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
Variable H : Z.
Variable K_H : Z.
Variable K_T : Z.
Variable K_W : Z.
Variable N : Z.
Variable O_H : Z.
Variable O_T : Z.
Variable O_W : Z.
Variable P_H : Z.
Variable P_T : Z.
Variable P_W : Z.
Variable Q_H : Z.
Variable Q_T : Z.
Variable Q_W : Z.
Variable S_H : Z.
Variable S_T : Z.
Variable S_W : Z.
Variable T : Z.
Variable W : Z.
Hypothesis C_sign : 0 < C.
Hypothesis H_sign : 0 < H.
Hypothesis K_H_sign : 0 < K_H.
Hypothesis K_T_sign : 0 < K_T.
Hypothesis K_W_sign : 0 < K_W.
Hypothesis N_sign : 0 < N.
Hypothesis O_H_sign : 0 < O_H.
Hypothesis O_T_sign : 0 < O_T.
Hypothesis O_W_sign : 0 < O_W.
Hypothesis P_H_sign : 0 <= P_H.
Hypothesis P_T_sign : 0 <= P_T.
Hypothesis P_W_sign : 0 <= P_W.
Hypothesis Q_H_sign : 0 <= Q_H.
Hypothesis Q_T_sign : 0 <= Q_T.
Hypothesis Q_W_sign : 0 <= Q_W.
Hypothesis S_H_sign : 0 < S_H.
Hypothesis S_T_sign : 0 < S_T.
Hypothesis S_W_sign : 0 < S_W.
Hypothesis T_sign : 0 < T.
Hypothesis W_sign : 0 < W.
Hypothesis given_1 : ((((-1) * K_T) + P_T + Q_T + T) >= 0).
Hypothesis given_2 : (P_T <= (K_T + (-1))).
Hypothesis given_3 : (Q_T <= (K_T + (-1))).
Hypothesis given_4 : ((H + ((-1) * K_H) + P_H + Q_H) >= 0).
Hypothesis given_5 : (P_H <= (K_H + (-1))).
Hypothesis given_6 : (Q_H <= (K_H + (-1))).
Hypothesis given_7 : ((((-1) * K_W) + P_W + Q_W + W) >= 0).
Hypothesis given_8 : (P_W <= (K_W + (-1))).
Hypothesis given_9 : (Q_W <= (K_W + (-1))).
Hypothesis O_T_is : O_T = (if (((P_T + T) >? (S_T * (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 1))) && ((((-1) * K_T) + P_T + Q_T + T) >? (S_T * ((((-1) * K_T) + P_T + Q_T + T) / S_T)))) then (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 2) else (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 1)).
Hypothesis O_H_is : O_H = (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1)).
Hypothesis O_W_is : O_W = (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1)).

Section derived_avg_pool3d_ceil_output_size_T_section.
Variable t : Z.
Hypothesis t_in : 1 <= t <= (P_T + Q_T + T + 2).
Lemma derived_avg_pool3d_ceil_output_size_T_1 (* count *) :
  (((t > 1) /\ ((S_T * (t + (-1))) < (P_T + T)) /\ ((K_T + (S_T * (t + (-2)))) < (P_T + Q_T + T))) \/ ((K_T + (S_T * (t + (-1)))) <= (P_T + Q_T + T))) <-> (t <= (if (((P_T + T) >? (S_T * (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 1))) && ((((-1) * K_T) + P_T + Q_T + T) >? (S_T * ((((-1) * K_T) + P_T + Q_T + T) / S_T)))) then (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 2) else (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 1))).
Proof. by_counting S_T t. Qed.

Theorem derived_avg_pool3d_ceil_output_size_T :
  ((((t > 1) /\ ((S_T * (t + (-1))) < (P_T + T)) /\ ((K_T + (S_T * (t + (-2)))) < (P_T + Q_T + T))) \/ ((K_T + (S_T * (t + (-1)))) <= (P_T + Q_T + T))) <-> (t <= (if (((P_T + T) >? (S_T * (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 1))) && ((((-1) * K_T) + P_T + Q_T + T) >? (S_T * ((((-1) * K_T) + P_T + Q_T + T) / S_T)))) then (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 2) else (((((-1) * K_T) + P_T + Q_T + T) / S_T) + 1)))).
Proof. etransitivity; [apply derived_avg_pool3d_ceil_output_size_T_1|]. reflexivity. Qed.
End derived_avg_pool3d_ceil_output_size_T_section.

Section derived_avg_pool3d_ceil_output_size_H_section.
Variable i : Z.
Hypothesis i_in : 1 <= i <= (H + P_H + Q_H + 2).
Lemma derived_avg_pool3d_ceil_output_size_H_1 (* count *) :
  (((i > 1) /\ ((S_H * (i + (-1))) < (H + P_H)) /\ ((K_H + (S_H * (i + (-2)))) < (H + P_H + Q_H))) \/ ((K_H + (S_H * (i + (-1)))) <= (H + P_H + Q_H))) <-> (i <= (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))).
Proof. by_counting S_H i. Qed.

Theorem derived_avg_pool3d_ceil_output_size_H :
  ((((i > 1) /\ ((S_H * (i + (-1))) < (H + P_H)) /\ ((K_H + (S_H * (i + (-2)))) < (H + P_H + Q_H))) \/ ((K_H + (S_H * (i + (-1)))) <= (H + P_H + Q_H))) <-> (i <= (if (((H + P_H) >? (S_H * (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1))) && ((H + ((-1) * K_H) + P_H + Q_H) >? (S_H * ((H + ((-1) * K_H) + P_H + Q_H) / S_H)))) then (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 2) else (((H + ((-1) * K_H) + P_H + Q_H) / S_H) + 1)))).
Proof. etransitivity; [apply derived_avg_pool3d_ceil_output_size_H_1|]. reflexivity. Qed.
End derived_avg_pool3d_ceil_output_size_H_section.

Section derived_avg_pool3d_ceil_output_size_W_section.
Variable j : Z.
Hypothesis j_in : 1 <= j <= (P_W + Q_W + W + 2).
Lemma derived_avg_pool3d_ceil_output_size_W_1 (* count *) :
  (((j > 1) /\ ((S_W * (j + (-1))) < (P_W + W)) /\ ((K_W + (S_W * (j + (-2)))) < (P_W + Q_W + W))) \/ ((K_W + (S_W * (j + (-1)))) <= (P_W + Q_W + W))) <-> (j <= (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))).
Proof. by_counting S_W j. Qed.

Theorem derived_avg_pool3d_ceil_output_size_W :
  ((((j > 1) /\ ((S_W * (j + (-1))) < (P_W + W)) /\ ((K_W + (S_W * (j + (-2)))) < (P_W + Q_W + W))) \/ ((K_W + (S_W * (j + (-1)))) <= (P_W + Q_W + W))) <-> (j <= (if (((P_W + W) >? (S_W * (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1))) && ((((-1) * K_W) + P_W + Q_W + W) >? (S_W * ((((-1) * K_W) + P_W + Q_W + W) / S_W)))) then (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 2) else (((((-1) * K_W) + P_W + Q_W + W) / S_W) + 1)))).
Proof. etransitivity; [apply derived_avg_pool3d_ceil_output_size_W_1|]. reflexivity. Qed.
End derived_avg_pool3d_ceil_output_size_W_section.

Section derived_avg_pool3d_ceil_divisor_T_section.
Variable t : Z.
Hypothesis t_in : 1 <= t <= O_T.
Theorem derived_avg_pool3d_ceil_divisor_T :
  Convproof.Sums.sum Z 0 Z.add K_T (fun q => if ((P_T + Q_T + T) >=? ((S_T * (t + (-1))) + q)) then 1 else 0)
  = (Z.min K_T (P_T + Q_T + ((-1) * S_T * (t + (-1))) + T)).
Proof. window S_T t O_T_is; count_taps 1 (P_T + Q_T + ((-1) * S_T * t) + S_T + T). Qed.
End derived_avg_pool3d_ceil_divisor_T_section.

Section derived_avg_pool3d_ceil_divisor_H_section.
Variable i : Z.
Hypothesis i_in : 1 <= i <= O_H.
Theorem derived_avg_pool3d_ceil_divisor_H :
  Convproof.Sums.sum Z 0 Z.add K_H (fun k => if ((H + P_H + Q_H) >=? ((S_H * (i + (-1))) + k)) then 1 else 0)
  = (Z.min K_H (H + P_H + Q_H + ((-1) * S_H * (i + (-1))))).
Proof. window S_H i O_H_is; count_taps 1 (H + P_H + Q_H + ((-1) * S_H * i) + S_H). Qed.
End derived_avg_pool3d_ceil_divisor_H_section.

Section derived_avg_pool3d_ceil_divisor_W_section.
Variable j : Z.
Hypothesis j_in : 1 <= j <= O_W.
Theorem derived_avg_pool3d_ceil_divisor_W :
  Convproof.Sums.sum Z 0 Z.add K_W (fun l => if ((P_W + Q_W + W) >=? ((S_W * (j + (-1))) + l)) then 1 else 0)
  = (Z.min K_W (P_W + Q_W + ((-1) * S_W * (j + (-1))) + W)).
Proof. window S_W j O_W_is; count_taps 1 (P_W + Q_W + ((-1) * S_W * j) + S_W + W). Qed.
End derived_avg_pool3d_ceil_divisor_W_section.

Section derived_avg_pool3d_ceil_forward_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable t : Z.
Hypothesis t_in : 1 <= t <= O_T.
Variable i : Z.
Hypothesis i_in : 1 <= i <= O_H.
Variable j : Z.
Hypothesis j_in : 1 <= j <= O_W.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable inv_R_H : Z -> R.
Variable inv_R_T : Z -> R.
Variable inv_R_W : Z -> R.
Variable X : Z -> Z -> Z -> Z -> Z -> R.
Let Padded (n r_T r_H r_W c : Z) : R :=
  (if ((H >=? (((-1) * P_H) + r_H)) && (T >=? (((-1) * P_T) + r_T)) && (W >=? (((-1) * P_W) + r_W)) && ((P_H + ((-1) * r_H)) <=? (-1)) && ((P_T + ((-1) * r_T)) <=? (-1)) && ((P_W + ((-1) * r_W)) <=? (-1))) then (X n (((-1) * P_T) + r_T) (((-1) * P_H) + r_H) (((-1) * P_W) + r_W) c) else [0]).
Lemma derived_avg_pool3d_ceil_forward_1 (* unfold the padding *) :
  ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (Padded n ((S_T * (t + (-1))) + q) ((S_H * (i + (-1))) + k) ((S_W * (j + (-1))) + l) c))))))))
  = ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_T) + (S_T * (t + (-1))) + q) (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else [0])))))))).
Proof.
  f_equal.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  unfold Padded.
  
  write_out laws.
Qed.

Theorem derived_avg_pool3d_ceil_forward :
  ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (Padded n ((S_T * (t + (-1))) + q) ((S_H * (i + (-1))) + k) ((S_W * (j + (-1))) + l) c))))))))
  = ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_T) + (S_T * (t + (-1))) + q) (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else [0])))))))).
Proof. etransitivity; [apply derived_avg_pool3d_ceil_forward_1|]. reflexivity. Qed.
End derived_avg_pool3d_ceil_forward_section.

Section derived_avg_pool3d_ceil_gradient_x_section.
Variable n : Z.
Hypothesis n_in : 1 <= n <= N.
Variable e : Z.
Hypothesis e_in : 1 <= e <= T.
Variable a : Z.
Hypothesis a_in : 1 <= a <= H.
Variable b : Z.
Hypothesis b_in : 1 <= b <= W.
Variable c : Z.
Hypothesis c_in : 1 <= c <= C.
Variable inv_R_H : Z -> R.
Variable inv_R_T : Z -> R.
Variable inv_R_W : Z -> R.
Variable X : Z -> Z -> Z -> Z -> Z -> R.
Variable dY : Z -> Z -> Z -> Z -> Z -> R.
Let Post (n t i j c : Z) : R :=
  ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n (((-1) * P_T) + (S_T * (t + (-1))) + q) (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c) else [0])))))))).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_inv_R_H : forall at1, D (inv_R_H at1) = [0].
Hypothesis D_inv_R_T : forall at1, D (inv_R_T at1) = [0].
Hypothesis D_inv_R_W : forall at1, D (inv_R_W at1) = [0].
Hypothesis D_X : forall at1 at2 at3 at4 at5, D (X at1 at2 at3 at4 at5) = ((delta n at1) [*] (delta e at2) [*] (delta a at3) [*] (delta b at4) [*] (delta c at5)).
Ltac known := rewrite ?D_inv_R_H, ?D_inv_R_T, ?D_inv_R_W, ?D_X.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_avg_pool3d_ceil_gradient_x_1 (* differentiate *) :
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => ((dY n' t i j c') [*] (D (Post n' t i j c')))))))))))))
  = (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (delta c c') [*] (delta e (((-1) * P_T) + (S_T * (t + (-1))) + q)) [*] (delta n n') [*] (dY n' t i j c')) else [0]))))))))))))))))).
Proof.
  apply sum_ext; intros n' n'_in.
  apply sum_ext; intros t t_in.
  apply sum_ext; intros i i_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros c' c'_in.
  transitivity ((dY n' t i j c') [*] D ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then (X n' (((-1) * P_T) + (S_T * (t + (-1))) + q) (((-1) * P_H) + (S_H * (i + (-1))) + k) (((-1) * P_W) + (S_W * (j + (-1))) + l) c') else [0]))))))))).
  { f_equal; f_equal; unfold Post; same. }
  derive_head.
  derive_sum_step. intros q q_in.
  derive_sum_step. intros k k_in.
  derive_sum_step. intros l l_in.
  derive_leaf.
Qed.

Lemma derived_avg_pool3d_ceil_gradient_x_2 (* eliminate n' *) :
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (delta c c') [*] (delta e (((-1) * P_T) + (S_T * (t + (-1))) + q)) [*] (delta n n') [*] (dY n' t i j c')) else [0])))))))))))))))))
  = (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (N >=? n) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (delta c c') [*] (delta e (((-1) * P_T) + (S_T * (t + (-1))) + q)) [*] (dY n t i j c')) else [0]))))))))))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros t t_in.
  apply sum_ext; intros i i_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros c' c'_in.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ n).
  { intros n' n'_in n'_is ok.  pose proof (delta_here R rO rI n n') as here. subst n'. solve_term laws here. }
  { intros n' n'_in others. guard_holds. destruct (Z.eq_dec n n') as [meets|misses]; [|zero_term laws n n' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_avg_pool3d_ceil_gradient_x_3 (* eliminate c' *) :
  (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (N >=? n) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (delta c c') [*] (delta e (((-1) * P_T) + (S_T * (t + (-1))) + q)) [*] (dY n t i j c')) else [0])))))))))))))))
  = (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((C >=? c) && (H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (N >=? n) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (delta e (((-1) * P_T) + (S_T * (t + (-1))) + q)) [*] (dY n t i j c)) else [0]))))))))))))).
Proof.
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros t t_in.
  apply sum_ext; intros i i_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ c).
  { intros c' c'_in c'_is ok.  pose proof (delta_here R rO rI c c') as here. subst c'. solve_term laws here. }
  { intros c' c'_in others. guard_holds. destruct (Z.eq_dec c c') as [meets|misses]; [|zero_term laws c c' misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_avg_pool3d_ceil_gradient_x_4 (* eliminate t *) :
  (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((C >=? c) && (H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (N >=? n) && (T >=? (((-1) * P_T) + (S_T * (t + (-1))) + q)) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_T) + (S_T * (t + (-1))) + q) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T t) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (delta e (((-1) * P_T) + (S_T * (t + (-1))) + q)) [*] (dY n t i j c)) else [0])))))))))))))
  = (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_T + e + ((-1) * q)) mod S_T) =? 0) && (C >=? c) && (H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (N >=? n) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (T >=? e) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((P_T + e + ((-1) * q)) >=? 0) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) i j c)) else [0]))))))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros i i_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((P_T + e + ((-1) * q)) / S_T) + 1)).
  { intros t t_in t_is ok. whole (P_T + e + ((-1) * q)) S_T. pose proof (delta_here R rO rI e (((-1) * P_T) + (S_T * (t + (-1))) + q)) as here. subst t. solve_term laws here. }
  { intros t t_in others. guard_holds. destruct (Z.eq_dec e (((-1) * P_T) + (S_T * (t + (-1))) + q)) as [meets|misses]; [|zero_term laws e (((-1) * P_T) + (S_T * (t + (-1))) + q) misses]. exact_multiple (P_T + e + ((-1) * q)) S_T (t - 1). bounds S_T t. refuse others. }
  { intros ok. hypotheses. whole (P_T + e + ((-1) * q)) S_T. quotient (P_T + e + ((-1) * q)) S_T. try lia. }
Qed.

Lemma derived_avg_pool3d_ceil_gradient_x_5 (* eliminate i *) :
  (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_T + e + ((-1) * q)) mod S_T) =? 0) && (C >=? c) && (H >=? (((-1) * P_H) + (S_H * (i + (-1))) + k)) && (N >=? n) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (T >=? e) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((P_T + e + ((-1) * q)) >=? 0) && ((((-1) * P_H) + (S_H * (i + (-1))) + k) >=? 1) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H i) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W j) [*] (delta a (((-1) * P_H) + (S_H * (i + (-1))) + k)) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) i j c)) else [0])))))))))))
  = (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_T + e + ((-1) * q)) mod S_T) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (T >=? e) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_T + e + ((-1) * q)) >=? 0) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W j) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) (((P_H + a + ((-1) * k)) / S_H) + 1) j c)) else [0]))))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros j j_in.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((P_H + a + ((-1) * k)) / S_H) + 1)).
  { intros i i_in i_is ok. whole (P_H + a + ((-1) * k)) S_H. pose proof (delta_here R rO rI a (((-1) * P_H) + (S_H * (i + (-1))) + k)) as here. subst i. solve_term laws here. }
  { intros i i_in others. guard_holds. destruct (Z.eq_dec a (((-1) * P_H) + (S_H * (i + (-1))) + k)) as [meets|misses]; [|zero_term laws a (((-1) * P_H) + (S_H * (i + (-1))) + k) misses]. exact_multiple (P_H + a + ((-1) * k)) S_H (i - 1). bounds S_H i. refuse others. }
  { intros ok. hypotheses. whole (P_H + a + ((-1) * k)) S_H. quotient (P_H + a + ((-1) * k)) S_H. try lia. }
Qed.

Lemma derived_avg_pool3d_ceil_gradient_x_6 (* eliminate j *) :
  (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_T + e + ((-1) * q)) mod S_T) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (T >=? e) && (W >=? (((-1) * P_W) + (S_W * (j + (-1))) + l)) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_T + e + ((-1) * q)) >=? 0) && ((((-1) * P_W) + (S_W * (j + (-1))) + l) >=? 1)) then ((inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W j) [*] (delta b (((-1) * P_W) + (S_W * (j + (-1))) + l)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) (((P_H + a + ((-1) * k)) / S_H) + 1) j c)) else [0])))))))))
  = (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_T + e + ((-1) * q)) mod S_T) =? 0) && (((P_W + b + ((-1) * l)) mod S_W) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && (T >=? e) && (W >=? b) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_T + e + ((-1) * q)) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then ((inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) (((P_H + a + ((-1) * k)) / S_H) + 1) (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else [0]))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((P_W + b + ((-1) * l)) / S_W) + 1)).
  { intros j j_in j_is ok. whole (P_W + b + ((-1) * l)) S_W. pose proof (delta_here R rO rI b (((-1) * P_W) + (S_W * (j + (-1))) + l)) as here. subst j. solve_term laws here. }
  { intros j j_in others. guard_holds. destruct (Z.eq_dec b (((-1) * P_W) + (S_W * (j + (-1))) + l)) as [meets|misses]; [|zero_term laws b (((-1) * P_W) + (S_W * (j + (-1))) + l) misses]. exact_multiple (P_W + b + ((-1) * l)) S_W (j - 1). bounds S_W j. refuse others. }
  { intros ok. hypotheses. whole (P_W + b + ((-1) * l)) S_W. quotient (P_W + b + ((-1) * l)) S_W. try lia. }
Qed.

Lemma derived_avg_pool3d_ceil_gradient_x_7 (* drop what the ranges imply *) :
  (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_T + e + ((-1) * q)) mod S_T) =? 0) && (((P_W + b + ((-1) * l)) mod S_W) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && (T >=? e) && (W >=? b) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_T + e + ((-1) * q)) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then ((inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) (((P_H + a + ((-1) * k)) / S_H) + 1) (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else [0])))))))
  = (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_T + e + ((-1) * q)) mod S_T) =? 0) && (((P_W + b + ((-1) * l)) mod S_W) =? 0) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_T + e + ((-1) * q)) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then ((inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) (((P_H + a + ((-1) * k)) / S_H) + 1) (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else [0]))))))).
Proof.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  drop_guard.
Qed.

Theorem derived_avg_pool3d_ceil_gradient_x :
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => ((dY n' t i j c') [*] (D (Post n' t i j c')))))))))))))
  = (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((P_H + a + ((-1) * k)) mod S_H) =? 0) && (((P_T + e + ((-1) * q)) mod S_T) =? 0) && (((P_W + b + ((-1) * l)) mod S_W) =? 0) && (((O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + k) >=? 0) && (((O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + q) >=? 0) && (((O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + l) >=? 0) && ((P_H + a + ((-1) * k)) >=? 0) && ((P_T + e + ((-1) * q)) >=? 0) && ((P_W + b + ((-1) * l)) >=? 0)) then ((inv_R_H (((P_H + a + ((-1) * k)) / S_H) + 1)) [*] (inv_R_T (((P_T + e + ((-1) * q)) / S_T) + 1)) [*] (inv_R_W (((P_W + b + ((-1) * l)) / S_W) + 1)) [*] (dY n (((P_T + e + ((-1) * q)) / S_T) + 1) (((P_H + a + ((-1) * k)) / S_H) + 1) (((P_W + b + ((-1) * l)) / S_W) + 1) c)) else [0]))))))).
Proof. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_1|]. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_2|]. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_3|]. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_4|]. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_5|]. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_6|]. etransitivity; [apply derived_avg_pool3d_ceil_gradient_x_7|]. reflexivity. Qed.
End derived_avg_pool3d_ceil_gradient_x_section.

End Derived.
