(* Generated from the derivation of update_step (cb5286687753d22e); not edited by hand. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Same Rules Greatest Tactics Spread.
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

Variable H : Z.
Hypothesis H_sign : 0 < H.
Variable d : Z.
Hypothesis d_sign : 0 < d.
Variable W : Z -> Z -> R.
Let Q (h : Z) : R :=
  (sum d (fun j => ((W h j) [*] (W h j)))).
Variable Turn : Z -> Z -> R.
Hypothesis given_1 : forall j k, 1 <= j <= d -> 1 <= k <= d -> (sum d (fun i => ((Turn i j) [*] (Turn i k))))
  = (delta j k).
Let W' (h i : Z) : R :=
  (sum d (fun j => ((Turn i j) [*] (W h j)))).
Let Q' (h : Z) : R :=
  (sum d (fun i => ((W' h i) [*] (W' h i)))).
Lemma derived_update_step_initial_law_1 (* definition *) : forall h : Z, 1 <= h <= H ->
  (Q' h)
  = (sum d (fun i => ((W' h i) [*] (W' h i)))).
Proof.
  intros h h_in.
  cbv delta [Q' W']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_initial_law_2 (* hypothesis *) : forall h : Z, 1 <= h <= H ->
  (sum d (fun i => ((W' h i) [*] (W' h i))))
  = (sum d (fun i => ((sum d (fun j => ((Turn i j) [*] (W h j)))) [*] (sum d (fun k => ((Turn i k) [*] (W h k))))))).
Proof.
  intros h h_in.
  cbv delta [W']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_initial_law_3 (* distributivity *) : forall h : Z, 1 <= h <= H ->
  (sum d (fun i => ((sum d (fun j => ((Turn i j) [*] (W h j)))) [*] (sum d (fun k => ((Turn i k) [*] (W h k)))))))
  = (sum d (fun i => (sum d (fun k => (sum d (fun j => ((Turn i j) [*] (Turn i k) [*] (W h j) [*] (W h k)))))))).
Proof.
  intros h h_in.
  distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_initial_law_4 (* orthogonality *) : forall h : Z, 1 <= h <= H ->
  (sum d (fun i => (sum d (fun k => (sum d (fun j => ((Turn i j) [*] (Turn i k) [*] (W h j) [*] (W h k))))))))
  = (sum d (fun k => (sum d (fun j => ((delta j k) [*] (W h j) [*] (W h k)))))).
Proof.
  intros h h_in.
  transitivity (sum d (fun k => (sum d (fun j => (((W h j) [*] (W h k)) [*] (sum d (fun i => ((Turn i j) [*] (Turn i k))))))))).
  { distribute laws ltac:(ring). }
  apply sum_ext; intros k k_in.
  apply sum_ext; intros j j_in.
  rewrite (given_1 j k) by assumption. ring.
Qed.

Lemma derived_update_step_initial_law_5 (* delta elimination *) : forall h : Z, 1 <= h <= H ->
  (sum d (fun k => (sum d (fun j => ((delta j k) [*] (W h j) [*] (W h k))))))
  = (sum d (fun j => ((W h j) [*] (W h j)))).
Proof.
  intros h h_in.
  etransitivity; [ swap_sums laws|].
  apply sum_ext; intros j j_in.
  match goal with |- _ = ?t => transitivity (if true then t else [0]); [|reflexivity] end.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ j true).
  { intros k k_in k_is ok.  pose proof (delta_here R rO rI j k) as here. subst k. solve_term laws here. }
  { intros k k_in others. guard_holds. destruct (Z.eq_dec j k) as [meets|misses]; [|zero_term laws j k misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_update_step_initial_law_6 (* definition *) : forall h : Z, 1 <= h <= H ->
  (sum d (fun j => ((W h j) [*] (W h j))))
  = (Q h).
Proof.
  intros h h_in.
  cbv delta [Q]; cbv beta.
  same_terms ltac:(ring).
Qed.

Theorem derived_update_step_initial_law :
  forall h : Z, 1 <= h <= H ->
  (Q' h)
  = (Q h).
Proof. intros h h_in. etransitivity; [apply derived_update_step_initial_law_1; assumption|]. etransitivity; [apply derived_update_step_initial_law_2; assumption|]. etransitivity; [apply derived_update_step_initial_law_3; assumption|]. etransitivity; [apply derived_update_step_initial_law_4; assumption|]. etransitivity; [apply derived_update_step_initial_law_5; assumption|]. etransitivity; [apply derived_update_step_initial_law_6; assumption|]. reflexivity. Qed.

Variable N : Z.
Hypothesis N_sign : 0 < N.
Variable X : Z -> Z -> R.
Let Pre (n h : Z) : R :=
  (sum d (fun j => ((W h j) [*] (X n j)))).
Let X' (n i : Z) : R :=
  (sum d (fun k => ((Turn i k) [*] (X n k)))).
Let Pre' (n h : Z) : R :=
  (sum d (fun i => ((W' h i) [*] (X' n i)))).
Lemma derived_update_step_pre_activation_1 (* definition *) : forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (Pre' n h)
  = (sum d (fun i => ((W' h i) [*] (X' n i)))).
Proof.
  intros n h n_in h_in.
  cbv delta [Pre' W' X']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_pre_activation_2 (* hypothesis *) : forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (sum d (fun i => ((W' h i) [*] (X' n i))))
  = (sum d (fun i => ((sum d (fun j => ((Turn i j) [*] (W h j)))) [*] (sum d (fun k => ((Turn i k) [*] (X n k))))))).
Proof.
  intros n h n_in h_in.
  cbv delta [W' X']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_pre_activation_3 (* distributivity *) : forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (sum d (fun i => ((sum d (fun j => ((Turn i j) [*] (W h j)))) [*] (sum d (fun k => ((Turn i k) [*] (X n k)))))))
  = (sum d (fun i => (sum d (fun k => (sum d (fun j => ((Turn i j) [*] (Turn i k) [*] (W h j) [*] (X n k)))))))).
Proof.
  intros n h n_in h_in.
  distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_pre_activation_4 (* orthogonality *) : forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (sum d (fun i => (sum d (fun k => (sum d (fun j => ((Turn i j) [*] (Turn i k) [*] (W h j) [*] (X n k))))))))
  = (sum d (fun k => (sum d (fun j => ((delta j k) [*] (W h j) [*] (X n k)))))).
Proof.
  intros n h n_in h_in.
  transitivity (sum d (fun k => (sum d (fun j => (((W h j) [*] (X n k)) [*] (sum d (fun i => ((Turn i j) [*] (Turn i k))))))))).
  { distribute laws ltac:(ring). }
  apply sum_ext; intros k k_in.
  apply sum_ext; intros j j_in.
  rewrite (given_1 j k) by assumption. ring.
Qed.

Lemma derived_update_step_pre_activation_5 (* delta elimination *) : forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (sum d (fun k => (sum d (fun j => ((delta j k) [*] (W h j) [*] (X n k))))))
  = (sum d (fun j => ((W h j) [*] (X n j)))).
Proof.
  intros n h n_in h_in.
  etransitivity; [ swap_sums laws|].
  apply sum_ext; intros j j_in.
  match goal with |- _ = ?t => transitivity (if true then t else [0]); [|reflexivity] end.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ j true).
  { intros k k_in k_is ok.  pose proof (delta_here R rO rI j k) as here. subst k. solve_term laws here. }
  { intros k k_in others. guard_holds. destruct (Z.eq_dec j k) as [meets|misses]; [|zero_term laws j k misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_update_step_pre_activation_6 (* definition *) : forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (sum d (fun j => ((W h j) [*] (X n j))))
  = (Pre n h).
Proof.
  intros n h n_in h_in.
  cbv delta [Pre]; cbv beta.
  same_terms ltac:(ring).
Qed.

Theorem derived_update_step_pre_activation :
  forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (Pre' n h)
  = (Pre n h).
Proof. intros n h n_in h_in. etransitivity; [apply derived_update_step_pre_activation_1; assumption|]. etransitivity; [apply derived_update_step_pre_activation_2; assumption|]. etransitivity; [apply derived_update_step_pre_activation_3; assumption|]. etransitivity; [apply derived_update_step_pre_activation_4; assumption|]. etransitivity; [apply derived_update_step_pre_activation_5; assumption|]. etransitivity; [apply derived_update_step_pre_activation_6; assumption|]. reflexivity. Qed.

Variable dZ : Z -> Z -> R.
Let G (h j : Z) : R :=
  (sum N (fun n => ((X n j) [*] (dZ n h)))).
Variable D : Z -> Z -> R -> R.
Hypothesis D_derives : forall by1 by2, 1 <= by1 <= H -> 1 <= by2 <= d -> derivation (D by1 by2).
Hypothesis D_W' : forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= H -> 1 <= at2 <= d ->
    D by1 by2 (W' at1 at2) = ((delta by1 at1) [*] (delta by2 at2)).
Hypothesis D_X' : forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= d ->
    D by1 by2 (X' at1 at2) = [0].
Hypothesis D_dZ : forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= H ->
    D by1 by2 (dZ at1 at2) = [0].
Let G' (h i : Z) : R :=
  (D h i (sum H (fun u => (sum N (fun n => ((Pre' n u) [*] (dZ n u))))))).
Lemma derived_update_step_gradient_1 (* chain rule *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (G' h i)
  = (D h i (sum H (fun u => (sum N (fun n => ((Pre' n u) [*] (dZ n u))))))).
Proof.
  intros h i h_in i_in.
  cbv delta [G' Pre' W']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_gradient_2 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (D h i (sum H (fun u => (sum N (fun n => ((Pre' n u) [*] (dZ n u)))))))
  = (D h i (sum H (fun u => (sum N (fun n => ((dZ n u) [*] (sum d (fun j => ((W' u j) [*] (X' n j)))))))))).
Proof.
  intros h i h_in i_in.
  cbv delta [Pre' X']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_gradient_3 (* distributivity *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (D h i (sum H (fun u => (sum N (fun n => ((dZ n u) [*] (sum d (fun j => ((W' u j) [*] (X' n j))))))))))
  = (D h i (sum H (fun u => (sum N (fun n => (sum d (fun j => ((W' u j) [*] (X' n j) [*] (dZ n u))))))))).
Proof.
  intros h i h_in i_in.
  f_equal; distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_gradient_4 (* differentiation *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (D h i (sum H (fun u => (sum N (fun n => (sum d (fun j => ((W' u j) [*] (X' n j) [*] (dZ n u)))))))))
  = (sum H (fun u => (sum N (fun n => (sum d (fun j => ((delta h u) [*] (delta i j) [*] (X' n j) [*] (dZ n u)))))))).
Proof.
  intros h i h_in i_in.
  pose proof (D_derives h i ltac:(assumption) ltac:(assumption)) as derives.
  repeat (rewrite (derive_sum R rO rI radd rmul rsub ropp laws _ derives); apply sum_ext; intros ? ?).
  rewrite ?(derive_mul _ _ _ _ derives), ?D_W', ?D_X', ?D_dZ by assumption. ring.
Qed.

Lemma derived_update_step_gradient_5 (* delta elimination *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum H (fun u => (sum N (fun n => (sum d (fun j => ((delta h u) [*] (delta i j) [*] (X' n j) [*] (dZ n u))))))))
  = (sum N (fun n => (sum d (fun j => ((delta i j) [*] (X' n j) [*] (dZ n h)))))).
Proof.
  intros h i h_in i_in.
  etransitivity; [ swap_sums laws|].
  etransitivity; [apply sum_ext; intros ? _; swap_sums laws|].
  apply sum_ext; intros n n_in.
  apply sum_ext; intros j j_in.
  match goal with |- _ = ?t => transitivity (if true then t else [0]); [|reflexivity] end.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ h true).
  { intros u u_in u_is ok.  pose proof (delta_here R rO rI h u) as here. subst u. solve_term laws here. }
  { intros u u_in others. guard_holds. destruct (Z.eq_dec h u) as [meets|misses]; [|zero_term laws h u misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_update_step_gradient_6 (* delta elimination *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum N (fun n => (sum d (fun j => ((delta i j) [*] (X' n j) [*] (dZ n h))))))
  = (sum N (fun n => ((X' n i) [*] (dZ n h)))).
Proof.
  intros h i h_in i_in.
  apply sum_ext; intros n n_in.
  match goal with |- _ = ?t => transitivity (if true then t else [0]); [|reflexivity] end.
  apply (eliminate R rO rI radd rmul rsub ropp laws _ i true).
  { intros j j_in j_is ok.  pose proof (delta_here R rO rI i j) as here. subst j. solve_term laws here. }
  { intros j j_in others. guard_holds. destruct (Z.eq_dec i j) as [meets|misses]; [|zero_term laws i j misses].  refuse others. }
  { intros ok. hypotheses.  try lia. }
Qed.

Lemma derived_update_step_gradient_7 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum N (fun n => ((X' n i) [*] (dZ n h))))
  = (sum N (fun n => ((dZ n h) [*] (sum d (fun k => ((Turn i k) [*] (X n k))))))).
Proof.
  intros h i h_in i_in.
  cbv delta [X']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_gradient_8 (* distributivity *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum N (fun n => ((dZ n h) [*] (sum d (fun k => ((Turn i k) [*] (X n k)))))))
  = (sum N (fun n => (sum d (fun k => ((Turn i k) [*] (X n k) [*] (dZ n h)))))).
Proof.
  intros h i h_in i_in.
  distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_gradient_9 (* rename *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum N (fun n => (sum d (fun k => ((Turn i k) [*] (X n k) [*] (dZ n h))))))
  = (sum N (fun n => (sum d (fun j => ((Turn i j) [*] (X n j) [*] (dZ n h)))))).
Proof.
  intros h i h_in i_in.
  
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_gradient_10 (* exchange *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum N (fun n => (sum d (fun j => ((Turn i j) [*] (X n j) [*] (dZ n h))))))
  = (sum d (fun j => ((Turn i j) [*] (sum N (fun n => ((X n j) [*] (dZ n h))))))).
Proof.
  intros h i h_in i_in.
  distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_gradient_11 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum d (fun j => ((Turn i j) [*] (sum N (fun n => ((X n j) [*] (dZ n h)))))))
  = (sum d (fun j => ((G h j) [*] (Turn i j)))).
Proof.
  intros h i h_in i_in.
  cbv delta [G]; cbv beta.
  same_terms ltac:(ring).
Qed.

Theorem derived_update_step_gradient :
  forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (G' h i)
  = (sum d (fun j => ((G h j) [*] (Turn i j)))).
Proof. intros h i h_in i_in. etransitivity; [apply derived_update_step_gradient_1; assumption|]. etransitivity; [apply derived_update_step_gradient_2; assumption|]. etransitivity; [apply derived_update_step_gradient_3; assumption|]. etransitivity; [apply derived_update_step_gradient_4; assumption|]. etransitivity; [apply derived_update_step_gradient_5; assumption|]. etransitivity; [apply derived_update_step_gradient_6; assumption|]. etransitivity; [apply derived_update_step_gradient_7; assumption|]. etransitivity; [apply derived_update_step_gradient_8; assumption|]. etransitivity; [apply derived_update_step_gradient_9; assumption|]. etransitivity; [apply derived_update_step_gradient_10; assumption|]. etransitivity; [apply derived_update_step_gradient_11; assumption|]. reflexivity. Qed.

Variable lambda : R.
Variable mu : R.
Variable V : Z -> Z -> R.
Let V' (h i : Z) : R :=
  (sum d (fun j => ((Turn i j) [*] (V h j)))).
Let Vnext' (h i : Z) : R :=
  (((W' h i) [*] lambda) [+] ((V' h i) [*] mu) [+] (G' h i)).
Let Vnext (h j : Z) : R :=
  (((W h j) [*] lambda) [+] ((V h j) [*] mu) [+] (G h j)).
Lemma derived_update_step_momentum_1 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (Vnext' h i)
  = (((W' h i) [*] lambda) [+] ((V' h i) [*] mu) [+] (G' h i)).
Proof.
  intros h i h_in i_in.
  cbv delta [G' V' Vnext' W']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_momentum_2 (* goal gradient *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (((W' h i) [*] lambda) [+] ((V' h i) [*] mu) [+] (G' h i))
  = (((W' h i) [*] lambda) [+] ((V' h i) [*] mu) [+] (sum d (fun j => ((G h j) [*] (Turn i j))))).
Proof.
  intros h i h_in i_in.
  rewrite derived_update_step_gradient by assumption.
  reflexivity.
Qed.

Lemma derived_update_step_momentum_3 (* hypothesis *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (((W' h i) [*] lambda) [+] ((V' h i) [*] mu) [+] (sum d (fun j => ((G h j) [*] (Turn i j)))))
  = (((sum d (fun j => ((Turn i j) [*] (W h j)))) [*] lambda) [+] ((sum d (fun j => ((Turn i j) [*] (V h j)))) [*] mu) [+] (sum d (fun j => ((G h j) [*] (Turn i j))))).
Proof.
  intros h i h_in i_in.
  cbv delta [V' W']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_momentum_4 (* linearity *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (((sum d (fun j => ((Turn i j) [*] (W h j)))) [*] lambda) [+] ((sum d (fun j => ((Turn i j) [*] (V h j)))) [*] mu) [+] (sum d (fun j => ((G h j) [*] (Turn i j)))))
  = (sum d (fun j => ((Turn i j) [*] (((W h j) [*] lambda) [+] ((V h j) [*] mu) [+] (G h j))))).
Proof.
  intros h i h_in i_in.
  distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_momentum_5 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum d (fun j => ((Turn i j) [*] (((W h j) [*] lambda) [+] ((V h j) [*] mu) [+] (G h j)))))
  = (sum d (fun j => ((Turn i j) [*] (Vnext h j)))).
Proof.
  intros h i h_in i_in.
  cbv delta [G Vnext]; cbv beta.
  same_terms ltac:(ring).
Qed.

Theorem derived_update_step_momentum :
  forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (Vnext' h i)
  = (sum d (fun j => ((Turn i j) [*] (Vnext h j)))).
Proof. intros h i h_in i_in. etransitivity; [apply derived_update_step_momentum_1; assumption|]. etransitivity; [apply derived_update_step_momentum_2; assumption|]. etransitivity; [apply derived_update_step_momentum_3; assumption|]. etransitivity; [apply derived_update_step_momentum_4; assumption|]. etransitivity; [apply derived_update_step_momentum_5; assumption|]. reflexivity. Qed.

Variable eta : R.
Let Wnext' (h i : Z) : R :=
  (((Vnext' h i) [*] (ropp rI) [*] eta) [+] (W' h i)).
Let Wnext (h j : Z) : R :=
  (((Vnext h j) [*] (ropp rI) [*] eta) [+] (W h j)).
Lemma derived_update_step_weight_1 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (Wnext' h i)
  = (((Vnext' h i) [*] (ropp rI) [*] eta) [+] (W' h i)).
Proof.
  intros h i h_in i_in.
  cbv delta [Vnext' W' Wnext']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_weight_2 (* goal momentum *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (((Vnext' h i) [*] (ropp rI) [*] eta) [+] (W' h i))
  = (((sum d (fun j => ((Turn i j) [*] (Vnext h j)))) [*] (ropp rI) [*] eta) [+] (W' h i)).
Proof.
  intros h i h_in i_in.
  rewrite derived_update_step_momentum by assumption.
  reflexivity.
Qed.

Lemma derived_update_step_weight_3 (* hypothesis *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (((sum d (fun j => ((Turn i j) [*] (Vnext h j)))) [*] (ropp rI) [*] eta) [+] (W' h i))
  = (((sum d (fun j => ((Turn i j) [*] (Vnext h j)))) [*] (ropp rI) [*] eta) [+] (sum d (fun j => ((Turn i j) [*] (W h j))))).
Proof.
  intros h i h_in i_in.
  cbv delta [W']; cbv beta.
  same_terms ltac:(ring).
Qed.

Lemma derived_update_step_weight_4 (* linearity *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (((sum d (fun j => ((Turn i j) [*] (Vnext h j)))) [*] (ropp rI) [*] eta) [+] (sum d (fun j => ((Turn i j) [*] (W h j)))))
  = (sum d (fun j => ((Turn i j) [*] (((Vnext h j) [*] (ropp rI) [*] eta) [+] (W h j))))).
Proof.
  intros h i h_in i_in.
  distribute laws ltac:(ring).
Qed.

Lemma derived_update_step_weight_5 (* definition *) : forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (sum d (fun j => ((Turn i j) [*] (((Vnext h j) [*] (ropp rI) [*] eta) [+] (W h j)))))
  = (sum d (fun j => ((Turn i j) [*] (Wnext h j)))).
Proof.
  intros h i h_in i_in.
  cbv delta [Vnext Wnext]; cbv beta.
  same_terms ltac:(ring).
Qed.

Theorem derived_update_step_weight :
  forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (Wnext' h i)
  = (sum d (fun j => ((Turn i j) [*] (Wnext h j)))).
Proof. intros h i h_in i_in. etransitivity; [apply derived_update_step_weight_1; assumption|]. etransitivity; [apply derived_update_step_weight_2; assumption|]. etransitivity; [apply derived_update_step_weight_3; assumption|]. etransitivity; [apply derived_update_step_weight_4; assumption|]. etransitivity; [apply derived_update_step_weight_5; assumption|]. reflexivity. Qed.

End Derived.
