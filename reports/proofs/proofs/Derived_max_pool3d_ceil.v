(* Generated from the derivation of max_pool3d_ceil (0104592853ef09f9); not edited by hand. *)

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
Variable D_H : Z.
Variable D_T : Z.
Variable D_W : Z.
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
Hypothesis D_H_sign : 0 < D_H.
Hypothesis D_T_sign : 0 < D_T.
Hypothesis D_W_sign : 0 < D_W.
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
Hypothesis given_1 : ((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T + (-1)) >= 0).
Hypothesis given_2 : (P_T <= (D_T * (K_T + (-1)))).
Hypothesis given_3 : (Q_T <= (D_T * (K_T + (-1)))).
Hypothesis given_4 : ((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H + (-1)) >= 0).
Hypothesis given_5 : (P_H <= (D_H * (K_H + (-1)))).
Hypothesis given_6 : (Q_H <= (D_H * (K_H + (-1)))).
Hypothesis given_7 : ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W + (-1)) >= 0).
Hypothesis given_8 : (P_W <= (D_W * (K_W + (-1)))).
Hypothesis given_9 : (Q_W <= (D_W * (K_W + (-1)))).
Hypothesis O_T_is : O_T = (if (((P_T + T) >? (S_T * (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1))) && ((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T) >? ((S_T * ((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T)) + 1))) then (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 2) else (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)).
Hypothesis O_H_is : O_H = (if (((H + P_H) >? (S_H * (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1))) && ((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H) >? ((S_H * ((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H)) + 1))) then (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 2) else (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)).
Hypothesis O_W_is : O_W = (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)).

Section derived_max_pool3d_ceil_output_size_T_section.
Variable t : Z.
Hypothesis t_in : 1 <= t <= (P_T + Q_T + T + 2).
Lemma derived_max_pool3d_ceil_output_size_T_1 (* count *) :
  (((t > 1) /\ ((S_T * (t + (-1))) < (P_T + T)) /\ (((D_T * (K_T + (-1))) + (S_T * (t + (-2))) + 1) < (P_T + Q_T + T))) \/ (((D_T * (K_T + (-1))) + (S_T * (t + (-1))) + 1) <= (P_T + Q_T + T))) <-> (t <= (if (((P_T + T) >? (S_T * (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1))) && ((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T) >? ((S_T * ((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T)) + 1))) then (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 2) else (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1))).
Proof. by_counting S_T t. Qed.

Theorem derived_max_pool3d_ceil_output_size_T :
  ((((t > 1) /\ ((S_T * (t + (-1))) < (P_T + T)) /\ (((D_T * (K_T + (-1))) + (S_T * (t + (-2))) + 1) < (P_T + Q_T + T))) \/ (((D_T * (K_T + (-1))) + (S_T * (t + (-1))) + 1) <= (P_T + Q_T + T))) <-> (t <= (if (((P_T + T) >? (S_T * (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1))) && ((((-1) * D_T * (K_T + (-1))) + P_T + Q_T + T) >? ((S_T * ((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T)) + 1))) then (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 2) else (((((-1) * D_T * K_T) + D_T + P_T + Q_T + T + (-1)) / S_T) + 1)))).
Proof. etransitivity; [apply derived_max_pool3d_ceil_output_size_T_1|]. reflexivity. Qed.
End derived_max_pool3d_ceil_output_size_T_section.

Section derived_max_pool3d_ceil_output_size_H_section.
Variable i : Z.
Hypothesis i_in : 1 <= i <= (H + P_H + Q_H + 2).
Lemma derived_max_pool3d_ceil_output_size_H_1 (* count *) :
  (((i > 1) /\ ((S_H * (i + (-1))) < (H + P_H)) /\ (((D_H * (K_H + (-1))) + (S_H * (i + (-2))) + 1) < (H + P_H + Q_H))) \/ (((D_H * (K_H + (-1))) + (S_H * (i + (-1))) + 1) <= (H + P_H + Q_H))) <-> (i <= (if (((H + P_H) >? (S_H * (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1))) && ((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H) >? ((S_H * ((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H)) + 1))) then (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 2) else (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1))).
Proof. by_counting S_H i. Qed.

Theorem derived_max_pool3d_ceil_output_size_H :
  ((((i > 1) /\ ((S_H * (i + (-1))) < (H + P_H)) /\ (((D_H * (K_H + (-1))) + (S_H * (i + (-2))) + 1) < (H + P_H + Q_H))) \/ (((D_H * (K_H + (-1))) + (S_H * (i + (-1))) + 1) <= (H + P_H + Q_H))) <-> (i <= (if (((H + P_H) >? (S_H * (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1))) && ((((-1) * D_H * (K_H + (-1))) + H + P_H + Q_H) >? ((S_H * ((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H)) + 1))) then (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 2) else (((((-1) * D_H * K_H) + D_H + H + P_H + Q_H + (-1)) / S_H) + 1)))).
Proof. etransitivity; [apply derived_max_pool3d_ceil_output_size_H_1|]. reflexivity. Qed.
End derived_max_pool3d_ceil_output_size_H_section.

Section derived_max_pool3d_ceil_output_size_W_section.
Variable j : Z.
Hypothesis j_in : 1 <= j <= (P_W + Q_W + W + 2).
Lemma derived_max_pool3d_ceil_output_size_W_1 (* count *) :
  (((j > 1) /\ ((S_W * (j + (-1))) < (P_W + W)) /\ (((D_W * (K_W + (-1))) + (S_W * (j + (-2))) + 1) < (P_W + Q_W + W))) \/ (((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W))) <-> (j <= (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))).
Proof. by_counting S_W j. Qed.

Theorem derived_max_pool3d_ceil_output_size_W :
  ((((j > 1) /\ ((S_W * (j + (-1))) < (P_W + W)) /\ (((D_W * (K_W + (-1))) + (S_W * (j + (-2))) + 1) < (P_W + Q_W + W))) \/ (((D_W * (K_W + (-1))) + (S_W * (j + (-1))) + 1) <= (P_W + Q_W + W))) <-> (j <= (if (((P_W + W) >? (S_W * (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1))) && ((((-1) * D_W * (K_W + (-1))) + P_W + Q_W + W) >? ((S_W * ((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W)) + 1))) then (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 2) else (((((-1) * D_W * K_W) + D_W + P_W + Q_W + W + (-1)) / S_W) + 1)))).
Proof. etransitivity; [apply derived_max_pool3d_ceil_output_size_W_1|]. reflexivity. Qed.
End derived_max_pool3d_ceil_output_size_W_section.

Section derived_max_pool3d_ceil_forward_section.
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
Variable X : Z -> Z -> Z -> Z -> Z -> R.
Variable less : R -> R -> bool.
Let Padded (n r_T r_H r_W c : Z) : option R :=
  (if ((H >=? (((-1) * P_H) + r_H)) && (T >=? (((-1) * P_T) + r_T)) && (W >=? (((-1) * P_W) + r_W)) && ((P_H + ((-1) * r_H)) <=? (-1)) && ((P_T + ((-1) * r_T)) <=? (-1)) && ((P_W + ((-1) * r_W)) <=? (-1))) then (Some (X n (((-1) * P_T) + r_T) (((-1) * P_H) + r_H) (((-1) * P_W) + r_W) c)) else None).
Lemma derived_max_pool3d_ceil_forward_1 (* unfold the padding *) :
  (top less K_T (fun q => (top less K_H (fun k => (top less K_W (fun l => (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) c)))))))
  = (top less K_T (fun q => (top less K_H (fun k => (top less K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (Some (X n ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else None))))))).
Proof.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  unfold Padded. write_out_option.
Qed.

Theorem derived_max_pool3d_ceil_forward :
  (top less K_T (fun q => (top less K_H (fun k => (top less K_W (fun l => (Padded n ((D_T * (q + (-1))) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + (S_W * (j + (-1))) + 1) c)))))))
  = (top less K_T (fun q => (top less K_H (fun k => (top less K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (Some (X n ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else None))))))).
Proof. etransitivity; [apply derived_max_pool3d_ceil_forward_1|]. reflexivity. Qed.
End derived_max_pool3d_ceil_forward_section.

Section derived_max_pool3d_ceil_gradient_x_section.
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
Variable X : Z -> Z -> Z -> Z -> Z -> R.
Variable Post : Z -> Z -> Z -> Z -> Z -> R.
Variable dY : Z -> Z -> Z -> Z -> Z -> R.
Variable less : R -> R -> bool.
Let Win (n t i j c : Z) : Z :=
  first R less (K_T * (K_H * K_W)) (fun t => (fun q k l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then (Some (X n ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c)) else None)) ((t - 1) / (K_H * K_W) + 1) (((t - 1) mod (K_H * K_W)) / K_W + 1) (((t - 1) mod (K_H * K_W)) mod K_W + 1)).
Variable D : R -> R.
Hypothesis D_derives : derivation D.
Hypothesis D_X : forall at1 at2 at3 at4 at5, D (X at1 at2 at3 at4 at5) = ((delta n at1) [*] (delta e at2) [*] (delta a at3) [*] (delta b at4) [*] (delta c at5)).
Hypothesis D_Post : forall n t i j c, D (Post n t i j c) =
  (fun q k l => if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then D (X n ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1) ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) c) else [0]) (((Win n t i j c) - 1) / (K_H * K_W) + 1) ((((Win n t i j c) - 1) mod (K_H * K_W)) / K_W + 1) ((((Win n t i j c) - 1) mod (K_H * K_W)) mod K_W + 1).
Ltac known := rewrite ?D_X.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.

Lemma derived_max_pool3d_ceil_gradient_x_1 (* differentiate *) :
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => ((dY n' t i j c') [*] (D (Post n' t i j c')))))))))))))
  = (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n' t i j c')) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (delta n n') [*] (dY n' t i j c')) else [0]))))))))))))))))).
Proof.
  apply sum_ext; intros n' n'_in.
  apply sum_ext; intros t t_in.
  apply sum_ext; intros i i_in.
  apply sum_ext; intros j j_in.
  apply sum_ext; intros c' c'_in.
  assert (in_window : 1 <= (Win n' t i j c') <= (K_T * (K_H * K_W))) by (apply first_in_range; nia).
  rewrite D_Post. symmetry.
  etransitivity; [apply (pick3 R rO rI radd rmul rsub ropp laws K_T K_H K_W (Win n' t i j c') (fun q k l => if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (delta n n') [*] (dY n' t i j c')) else [0])); try assumption; intros q k l; intros; pick_tap laws ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n' t i j c')|].
  cbv beta. known. match goal with |- (if ?g then _ else _) = _ => destruct g end; ring.
Qed.

Lemma derived_max_pool3d_ceil_gradient_x_2 (* eliminate n' *) :
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n' t i j c')) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (delta n n') [*] (dY n' t i j c')) else [0])))))))))))))))))
  = (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (N >=? n) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n t i j c')) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (dY n t i j c')) else [0]))))))))))))))).
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

Lemma derived_max_pool3d_ceil_gradient_x_3 (* eliminate c' *) :
  (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (N >=? n) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n t i j c')) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta c c') [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (dY n t i j c')) else [0])))))))))))))))
  = (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((C >=? c) && (H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (N >=? n) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n t i j c)) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (dY n t i j c)) else [0]))))))))))))).
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

Lemma derived_max_pool3d_ceil_gradient_x_4 (* eliminate t *) :
  (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((C >=? c) && (H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (N >=? n) && (T >=? ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n t i j c)) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (delta e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) [*] (dY n t i j c)) else [0])))))))))))))
  = (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (C >=? c) && (H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (N >=? n) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (T >=? e) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) i j c)) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) i j c)) else [0]))))))))))).
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
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1)).
  { intros t t_in t_is ok. whole (((-1) * D_T * q) + D_T + P_T + e + (-1)) S_T. pose proof (delta_here R rO rI e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) as here. subst t. solve_term laws here. }
  { intros t t_in others. guard_holds. destruct (Z.eq_dec e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1)) as [meets|misses]; [|zero_term laws e ((D_T * (q + (-1))) + ((-1) * P_T) + (S_T * (t + (-1))) + 1) misses]. exact_multiple (((-1) * D_T * q) + D_T + P_T + e + (-1)) S_T (t - 1). bounds S_T t. refuse others. }
  { intros ok. hypotheses. whole (((-1) * D_T * q) + D_T + P_T + e + (-1)) S_T. quotient (((-1) * D_T * q) + D_T + P_T + e + (-1)) S_T. try lia. }
Qed.

Lemma derived_max_pool3d_ceil_gradient_x_5 (* eliminate i *) :
  (sum O_H (fun i => (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (C >=? c) && (H >=? ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) && (N >=? n) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (T >=? e) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && (((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1)))) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) i j c)) [*] (delta a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) i j c)) else [0])))))))))))
  = (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (T >=? e) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) j c)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) j c)) else [0]))))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros j j_in.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1)).
  { intros i i_in i_is ok. whole (((-1) * D_H * k) + D_H + P_H + a + (-1)) S_H. pose proof (delta_here R rO rI a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) as here. subst i. solve_term laws here. }
  { intros i i_in others. guard_holds. destruct (Z.eq_dec a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1)) as [meets|misses]; [|zero_term laws a ((D_H * (k + (-1))) + ((-1) * P_H) + (S_H * (i + (-1))) + 1) misses]. exact_multiple (((-1) * D_H * k) + D_H + P_H + a + (-1)) S_H (i - 1). bounds S_H i. refuse others. }
  { intros ok. hypotheses. whole (((-1) * D_H * k) + D_H + P_H + a + (-1)) S_H. quotient (((-1) * D_H * k) + D_H + P_H + a + (-1)) S_H. try lia. }
Qed.

Lemma derived_max_pool3d_ceil_gradient_x_6 (* eliminate j *) :
  (sum O_W (fun j => (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (T >=? e) && (W >=? ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && (((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1)))) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) j c)) [*] (delta b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) j c)) else [0])))))))))
  = (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && (T >=? e) && (W >=? b) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else [0]))))))).
Proof.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1)).
  { intros j j_in j_is ok. whole (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. pose proof (delta_here R rO rI b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) as here. subst j. solve_term laws here. }
  { intros j j_in others. guard_holds. destruct (Z.eq_dec b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1)) as [meets|misses]; [|zero_term laws b ((D_W * (l + (-1))) + ((-1) * P_W) + (S_W * (j + (-1))) + 1) misses]. exact_multiple (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W (j - 1). bounds S_W j. refuse others. }
  { intros ok. hypotheses. whole (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. quotient (((-1) * D_W * l) + D_W + P_W + b + (-1)) S_W. try lia. }
Qed.

Lemma derived_max_pool3d_ceil_gradient_x_7 (* drop what the ranges imply *) :
  (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (C >=? c) && (H >=? a) && (N >=? n) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && (T >=? e) && (W >=? b) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else [0])))))))
  = (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else [0]))))))).
Proof.
  apply sum_ext; intros q q_in.
  apply sum_ext; intros k k_in.
  apply sum_ext; intros l l_in.
  drop_guard.
Qed.

Theorem derived_max_pool3d_ceil_gradient_x :
  (sum N (fun n' => (sum O_T (fun t => (sum O_H (fun i => (sum O_W (fun j => (sum C (fun c' => ((dY n' t i j c') [*] (D (Post n' t i j c')))))))))))))
  = (sum K_T (fun q => (sum K_H (fun k => (sum K_W (fun l => (if ((((((-1) * D_H * (k + (-1))) + P_H + S_H + a + (-1)) mod S_H) =? 0) && (((((-1) * D_T * (q + (-1))) + P_T + S_T + e + (-1)) mod S_T) =? 0) && (((((-1) * D_W * (l + (-1))) + P_W + S_W + b + (-1)) mod S_W) =? 0) && (((D_H * k) + ((-1) * D_H) + (O_H * S_H) + ((-1) * P_H) + ((-1) * S_H) + ((-1) * a) + 1) >=? 0) && (((D_T * q) + ((-1) * D_T) + (O_T * S_T) + ((-1) * P_T) + ((-1) * S_T) + ((-1) * e) + 1) >=? 0) && (((D_W * l) + ((-1) * D_W) + (O_W * S_W) + ((-1) * P_W) + ((-1) * S_W) + ((-1) * b) + 1) >=? 0) && ((((-1) * D_H * k) + D_H + P_H + a + (-1)) >=? 0) && ((((-1) * D_T * q) + D_T + P_T + e + (-1)) >=? 0) && ((((-1) * D_W * l) + D_W + P_W + b + (-1)) >=? 0)) then ((delta ((K_W * ((K_H * (q + (-1))) + k + (-1))) + l) (Win n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) [*] (dY n (((((-1) * D_T * q) + D_T + P_T + e + (-1)) / S_T) + 1) (((((-1) * D_H * k) + D_H + P_H + a + (-1)) / S_H) + 1) (((((-1) * D_W * l) + D_W + P_W + b + (-1)) / S_W) + 1) c)) else [0]))))))).
Proof. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_1|]. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_2|]. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_3|]. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_4|]. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_5|]. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_6|]. etransitivity; [apply derived_max_pool3d_ceil_gradient_x_7|]. reflexivity. Qed.
End derived_max_pool3d_ceil_gradient_x_section.

End Derived.
