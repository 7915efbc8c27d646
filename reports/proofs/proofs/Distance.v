(* The formula for the distance of two rotated targets, bounded from both sides: (10.11).

   The formula, (2/pi) E arcsin sqrt (sum_j sin^2 phi_j s_j^2), is taken as it is: that it is the
   probability of disagreement is not proved here.  E is an expectation: additive, monotone, 1 of
   1, on the functions that have one (`ok`).  s is the direction of a standard Gaussian vector g
   in k dimensions; asked of g are E |g_j| = sqrt (2/pi), E g_j^2 = 1, and that its direction is
   independent of its length.

   Below: arcsin x >= x; sqrt is concave, so that sqrt (sum a_j s_j^2) is at least
   sum a_j |s_j| / sqrt (sum a_j); E |s_j| >= sqrt (2/(pi k)), for E |g| <= sqrt k (the bound of
   Wendel and Gautschi on quotients of Gamma functions, here by Cauchy and Schwarz).
   Above: sin^2 (sqrt u) is concave. *)

Require Import ZArith Lia List Reals Lra.
From Convproof Require Import Sums.
Open Scope R_scope.

Notation rsum := (Sums.sum R 0 Rplus).
Notation field_laws := RealField.RTheory.

Lemma rsum_le n f g : (forall j, (1 <= j <= n)%Z -> f j <= g j) -> rsum n f <= rsum n g.
Proof.
  unfold Sums.sum. intros H.
  assert (Q : forall p, (Z.of_nat p <= Z.of_nat (Z.to_nat n))%Z ->
    nsum R 0 Rplus p f <= nsum R 0 Rplus p g).
  { induction p as [|p IH]; intros L; cbn [nsum]; [lra|].
    apply Rplus_le_compat; [apply IH; lia|apply H; lia]. }
  apply Q. lia.
Qed.

Lemma rsum_add n f g : rsum n (fun j => f j + g j) = rsum n f + rsum n g.
Proof. apply (sum_add R 0 1 Rplus Rmult Rminus Ropp field_laws). Qed.

Lemma rsum_scale n c f : rsum n (fun j => c * f j) = c * rsum n f.
Proof. symmetry. apply (sum_mul_l R 0 1 Rplus Rmult Rminus Ropp field_laws). Qed.

Lemma rsum_zero n f : (forall j, (1 <= j <= n)%Z -> f j = 0) -> rsum n f = 0.
Proof. apply (sum_zero R 0 1 Rplus Rmult Rminus Ropp field_laws). Qed.

Lemma rsum_nonneg n f : (forall j, (1 <= j <= n)%Z -> 0 <= f j) -> 0 <= rsum n f.
Proof. intros H. apply Rle_trans with (rsum n (fun _ => 0)).
  - right. symmetry. apply rsum_zero. reflexivity.
  - apply rsum_le. exact H.
Qed.

Lemma rsum_ones n : (0 <= n)%Z -> rsum n (fun _ => 1) = IZR n.
Proof.
  intros N. pattern n. apply natlike_ind; [reflexivity| |exact N].
  intros m M IH. unfold Z.succ. rewrite plus_IZR, <- IH.
  rewrite (sum_split R 0 1 Rplus Rmult Rminus Ropp field_laws) by lia.
  rewrite (sum_one R 0 1 Rplus Rmult Rminus Ropp field_laws). reflexivity.
Qed.

(* Cauchy and Schwarz with weights: the square root is concave. *)
Lemma weighted_square n a t : (forall j, (1 <= j <= n)%Z -> 0 <= a j) ->
  rsum n (fun j => a j * t j) * rsum n (fun j => a j * t j)
  <= rsum n a * rsum n (fun j => a j * (t j * t j)).
Proof.
  intros P.
  set (A := rsum n a). set (S := rsum n (fun j => a j * t j)).
  set (B := rsum n (fun j => a j * (t j * t j))).
  assert (Q : forall c, 0 <= c * c * A - 2 * c * S + B).
  { intros c. replace (c * c * A - 2 * c * S + B)
      with (rsum n (fun j => a j * ((c - t j) * (c - t j)))).
    - apply rsum_nonneg. intros j J. apply Rmult_le_pos; [apply P; exact J|apply Rle_0_sqr].
    - transitivity (rsum n (fun j => c * c * a j + ((- (2 * c)) * (a j * t j) + a j * (t j * t j)))).
      { apply sum_ext. intros j _. ring. }
      rewrite rsum_add, rsum_scale, rsum_add, rsum_scale. unfold A, S, B. ring. }
  assert (A0 : 0 <= A) by (apply rsum_nonneg; exact P).
  destruct (Req_dec A 0) as [Z|N].
  - assert (S0 : S = 0).
    { destruct (Req_dec S 0) as [|M]; [assumption|exfalso].
      specialize (Q ((B + 1) / (2 * S))). rewrite Z in Q.
      replace (2 * ((B + 1) / (2 * S)) * S) with (B + 1) in Q by (field; exact M). lra. }
    rewrite S0, Z. lra.
  - specialize (Q (S / A)).
    replace (S / A * (S / A) * A - 2 * (S / A) * S + B) with (B - S * S / A) in Q by (field; exact N).
    apply Rmult_le_reg_r with (/ A); [apply Rinv_0_lt_compat; lra|].
    replace (A * B * / A) with B by (field; exact N).
    replace (S * S * / A) with (S * S / A) by (unfold Rdiv; ring). lra.
Qed.

(* The sine: x cos x <= sin x, and sin x / x falls. *)
Lemma mean_slope x y : x < y -> exists c, sin y - sin x = cos c * (y - x) /\ x < c < y.
Proof. intros L. apply (MVT_cor2 sin cos x y L). intros c _. apply derivable_pt_lim_sin. Qed.

Lemma sine_over_arc x : 0 <= x <= PI -> x * cos x <= sin x.
Proof.
  intros [L U]. destruct (Req_dec x 0) as [->|N]; [rewrite sin_0; lra|].
  destruct (mean_slope 0 x) as [c [E [C D]]]; [lra|]. rewrite sin_0 in E.
  assert (cos x <= cos c) by (apply cos_decr_1; lra).
  replace (sin x) with (x * cos c) by lra. apply Rmult_le_compat_l; assumption.
Qed.

Lemma sine_falls x y : 0 < x <= y -> y <= PI -> x * sin y <= y * sin x.
Proof.
  intros [P L] U. destruct (Req_dec x y) as [->|N]; [lra|].
  destruct (mean_slope 0 x) as [b [E [B C]]]; [lra|]. rewrite sin_0 in E.
  destruct (mean_slope x y) as [c [F [G H]]]; [lra|].
  assert (M : cos c <= cos b) by (apply cos_decr_1; lra).
  assert (Q : (y - x) * x * cos c <= (y - x) * x * cos b)
    by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact M]).
  replace (sin y) with (sin x + cos c * (y - x)) by lra.
  replace (sin x) with (cos b * x) by lra. lra.
Qed.

Lemma sine_below_arc x : 0 <= x -> sin x <= x.
Proof. intros [L|<-]; [left; apply sin_lt_x; exact L|rewrite sin_0; lra]. Qed.

Lemma arcsine_grows x y : -1 <= x -> x <= y -> y <= 1 -> asin x <= asin y.
Proof.
  intros L M U. apply Rnot_lt_le. intros H.
  pose proof (asin_bound x) as [A B]. pose proof (asin_bound y) as [C D].
  pose proof (sin_increasing_1 _ _ C D A B H) as Q. rewrite !sin_asin in Q by lra. lra.
Qed.

(* sin^2 (sqrt u) is concave: it lies below its tangent at t^2. *)
Lemma square_sine_below_tangent r t : 0 <= r <= PI / 2 -> 0 < t <= PI / 2 ->
  sin r * sin r <= sin t * sin t + (r * r - t * t) * (sin (2 * t) / (2 * t)).
Proof.
  intros [R0 R1] [T0 T1].
  assert (E : sin r * sin r - sin t * sin t = sin (r - t) * sin (r + t)).
  { rewrite sin_minus, sin_plus.
    pose proof (sin2_cos2 r) as A. pose proof (sin2_cos2 t) as B. unfold Rsqr in *.
    replace ((sin r * cos t - cos r * sin t) * (sin r * cos t + cos r * sin t))
      with (sin r * sin r * (cos t * cos t) - cos r * cos r * (sin t * sin t)) by ring.
    replace (cos t * cos t) with (1 - sin t * sin t) by lra.
    replace (cos r * cos r) with (1 - sin r * sin r) by lra. ring. }
  assert (D : 0 < / (2 * t)) by (apply Rinv_0_lt_compat; lra).
  enough (H : sin (r - t) * sin (r + t) * (2 * t) <= (r - t) * (r + t) * sin (2 * t)).
  { apply Rmult_le_compat_r with (r := / (2 * t)) in H; [|lra].
    replace (sin (r - t) * sin (r + t) * (2 * t) * / (2 * t))
      with (sin (r - t) * sin (r + t)) in H by (field; lra).
    replace ((r * r - t * t) * (sin (2 * t) / (2 * t)))
      with ((r - t) * (r + t) * sin (2 * t) * / (2 * t)) by (unfold Rdiv; ring). lra. }
  assert (S : 0 <= sin (r + t)) by (apply sin_ge_0; lra).
  assert (S2 : 0 <= sin (2 * t)) by (apply sin_ge_0; lra).
  destruct (Rle_dec t r) as [L|L].
  - assert (A : sin (r - t) <= r - t) by (apply sine_below_arc; lra).
    assert (B : 2 * t * sin (r + t) <= (r + t) * sin (2 * t)) by (apply sine_falls; lra).
    apply Rle_trans with ((r - t) * (sin (r + t) * (2 * t))).
    + replace (sin (r - t) * sin (r + t) * (2 * t)) with (sin (r - t) * (sin (r + t) * (2 * t))) by ring.
      apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact A].
    + replace ((r - t) * (r + t) * sin (2 * t)) with ((r - t) * ((r + t) * sin (2 * t))) by ring.
      apply Rmult_le_compat_l; lra.
  - set (u := t - r). set (v := r + t).
    replace (r - t) with (- u) by (unfold u; ring). rewrite sin_neg.
    replace (2 * t) with (u + v) by (unfold u, v; ring).
    assert (U : 0 <= u <= PI) by (unfold u; lra). assert (V : 0 <= v <= PI) by (unfold v; lra).
    pose proof (sine_over_arc u U) as A. pose proof (sine_over_arc v V) as B.
    assert (SU : 0 <= sin u) by (apply sin_ge_0; lra).
    assert (SV : 0 <= sin v) by (apply sin_ge_0; lra).
    rewrite sin_plus.
    assert (P : 0 <= u * sin u * (sin v - v * cos v))
      by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]).
    assert (Q : 0 <= v * sin v * (sin u - u * cos u))
      by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|lra]).
    lra.
Qed.

Section Formula.
Variables (Omega : Type) (ok : (Omega -> R) -> Prop) (E : (Omega -> R) -> R).
Variable ok_same : forall f h, (forall w, f w = h w) -> ok f -> ok h.
Variable ok_one : ok (fun _ => 1).
Variable ok_add : forall f h, ok f -> ok h -> ok (fun w => f w + h w).
Variable ok_scale : forall c f, ok f -> ok (fun w => c * f w).
Variable E_one : E (fun _ => 1) = 1.
Variable E_add : forall f h, ok f -> ok h -> E (fun w => f w + h w) = E f + E h.
Variable E_scale : forall c f, ok f -> E (fun w => c * f w) = c * E f.
Variable E_mono : forall f h, ok f -> ok h -> (forall w, f w <= h w) -> E f <= E h.

Variables (k : Z) (s : Z -> Omega -> R).
Variable k_positive : (0 < k)%Z.
Variable sphere : forall w, rsum k (fun j => s j w * s j w) = 1.

(* sum_j sin^2 phi_j s_j^2, and the formula. *)
Definition spread (phi : Z -> R) (w : Omega) : R :=
  rsum k (fun j => sin (phi j) * sin (phi j) * (s j w * s j w)).
Definition formula (phi : Z -> R) : R := 2 / PI * E (fun w => asin (sqrt (spread phi w))).
Definition angles (phi : Z -> R) : Prop := forall j, (1 <= j <= k)%Z -> 0 <= phi j <= PI / 2.

Lemma E_same f h : (forall w, f w = h w) -> ok f -> E f = E h.
Proof.
  intros H F. apply Rle_antisym; apply E_mono; try assumption;
    try (apply (ok_same f); assumption); intros w; rewrite H; lra.
Qed.

Lemma ok_sum n f : (forall j, (1 <= j <= n)%Z -> ok (f j)) -> ok (fun w => rsum n (fun j => f j w)).
Proof.
  unfold Sums.sum. intros H.
  assert (Q : forall p, (Z.of_nat p <= Z.of_nat (Z.to_nat n))%Z ->
    ok (fun w => nsum R 0 Rplus p (fun j => f j w))).
  { induction p as [|p IH]; intros L; cbn [nsum].
    - apply (ok_same (fun w => 0 * 1)); [intros; ring|apply ok_scale; exact ok_one].
    - apply ok_add; [apply IH; lia|apply H; lia]. }
  apply Q. lia.
Qed.

Lemma E_sum n f : (forall j, (1 <= j <= n)%Z -> ok (f j)) ->
  E (fun w => rsum n (fun j => f j w)) = rsum n (fun j => E (f j)).
Proof.
  unfold Sums.sum. intros H.
  assert (Q : forall p, (Z.of_nat p <= Z.of_nat (Z.to_nat n))%Z ->
    ok (fun w => nsum R 0 Rplus p (fun j => f j w)) /\
    E (fun w => nsum R 0 Rplus p (fun j => f j w)) = nsum R 0 Rplus p (fun j => E (f j))).
  { induction p as [|p IH]; intros L; cbn [nsum].
    - split; [apply (ok_same (fun w => 0 * 1)); [intros; ring|apply ok_scale; exact ok_one]|].
      rewrite (E_same (fun _ => 0) (fun w => 0 * 1)).
      + rewrite E_scale by exact ok_one. ring.
      + intros; ring.
      + apply (ok_same (fun w => 0 * 1)); [intros; ring|apply ok_scale; exact ok_one].
    - destruct IH as [O IH]; [lia|]. split; [apply ok_add; [exact O|apply H; lia]|].
      rewrite E_add; [rewrite IH; reflexivity|exact O|apply H; lia]. }
  apply Q. lia.
Qed.

Lemma spread_in phi w : 0 <= spread phi w <= 1.
Proof.
  split.
  - apply rsum_nonneg. intros j _. apply Rmult_le_pos; apply Rle_0_sqr.
  - rewrite <- (sphere w). apply rsum_le. intros j _.
    pose proof (sin2_cos2 (phi j)) as A. unfold Rsqr in A.
    pose proof (Rle_0_sqr (cos (phi j))) as B. unfold Rsqr in B.
    pose proof (Rle_0_sqr (s j w)) as C. unfold Rsqr in C.
    replace (s j w * s j w) with (1 * (s j w * s j w)) at 2 by ring.
    apply Rmult_le_compat_r; lra.
Qed.

Lemma root_in x : 0 <= x <= 1 -> 0 <= sqrt x <= 1.
Proof.
  intros [L U]. split; [apply sqrt_pos|]. rewrite <- sqrt_1. apply sqrt_le_1; lra.
Qed.

Lemma arcsine_above x : 0 <= x <= 1 -> x <= asin x.
Proof.
  intros [L U]. rewrite <- (sin_asin x) at 1 by lra. apply sine_below_arc.
  rewrite <- asin_0. apply arcsine_grows; lra.
Qed.

(* From below. *)
Section Below.
Variable g : Z -> Omega -> R.
Definition length (w : Omega) : R := sqrt (rsum k (fun j => g j w * g j w)).
Variable polar : forall j w, (1 <= j <= k)%Z -> g j w = length w * s j w.
Variable ok_length : ok length.
Variable ok_direction : forall j, (1 <= j <= k)%Z -> ok (fun w => Rabs (s j w)).
Variable ok_size : forall j, (1 <= j <= k)%Z -> ok (fun w => Rabs (g j w)).
Variable ok_square : forall j, (1 <= j <= k)%Z -> ok (fun w => g j w * g j w).
Variable gauss_size : forall j, (1 <= j <= k)%Z -> E (fun w => Rabs (g j w)) = sqrt (2 / PI).
Variable gauss_square : forall j, (1 <= j <= k)%Z -> E (fun w => g j w * g j w) = 1.
Variable independent : forall j, (1 <= j <= k)%Z ->
  E (fun w => length w * Rabs (s j w)) = E length * E (fun w => Rabs (s j w)).

Lemma length_mean : E length <= sqrt (IZR k).
Proof.
  assert (K : 0 < IZR k) by (apply IZR_lt; exact k_positive).
  set (c := sqrt (IZR k)). assert (C : 0 < c) by (apply sqrt_lt_R0; exact K).
  assert (CC : c * c = IZR k) by (apply sqrt_sqrt; lra).
  set (f := fun w => / (2 * c) * rsum k (fun j => g j w * g j w) + c / 2 * 1).
  assert (O : ok (fun w => rsum k (fun j => g j w * g j w)))
    by (apply (ok_sum k (fun j w => g j w * g j w)); exact ok_square).
  assert (F : ok f) by (apply ok_add; [apply ok_scale; exact O|apply (ok_scale (c / 2)); exact ok_one]).
  apply Rle_trans with (E f).
  - apply E_mono; [exact ok_length|exact F|]. intros w. unfold f, length.
    set (x := rsum k (fun j => g j w * g j w)).
    assert (X : 0 <= x) by (apply rsum_nonneg; intros; apply Rle_0_sqr).
    replace x with (sqrt x * sqrt x) at 2 by (apply sqrt_sqrt; exact X).
    set (y := sqrt x).
    apply Rmult_le_reg_l with (2 * c); [lra|].
    replace (2 * c * (/ (2 * c) * (y * y) + c / 2 * 1)) with (y * y + c * c) by (field; lra).
    pose proof (Rle_0_sqr (y - c)) as Q. unfold Rsqr in Q. lra.
  - unfold f. rewrite E_add, E_scale, (E_scale (c / 2) (fun _ => 1)), E_one, E_sum;
      try assumption; try (apply ok_scale; assumption); try (apply (ok_scale (c / 2)); exact ok_one).
    rewrite (sum_ext R 0 Rplus k _ (fun _ => 1)) by exact gauss_square.
    rewrite rsum_ones, <- CC by lia. right. field. lra.
Qed.

Theorem coordinate_mean j : (1 <= j <= k)%Z -> sqrt (2 / (PI * IZR k)) <= E (fun w => Rabs (s j w)).
Proof.
  intros J. pose proof PI_RGT_0 as P. assert (K : 0 < IZR k) by (apply IZR_lt; exact k_positive).
  set (m := E (fun w => Rabs (s j w))).
  assert (M : 0 <= m).
  { replace 0 with (E (fun w => 0 * 1)) by (rewrite E_scale by exact ok_one; ring).
    apply E_mono; [apply ok_scale; exact ok_one|apply ok_direction; exact J|].
    intros w. rewrite Rmult_0_l. apply Rabs_pos. }
  assert (L : sqrt (2 / PI) <= sqrt (IZR k) * m).
  { rewrite <- (gauss_size j J).
    rewrite (E_same _ (fun w => length w * Rabs (s j w))).
    - rewrite (independent j J). apply Rmult_le_compat_r; [exact M|apply length_mean].
    - intros w. rewrite (polar j w J), Rabs_mult. f_equal. apply Rabs_right.
      apply Rle_ge. apply sqrt_pos.
    - apply ok_size. exact J. }
  apply Rmult_le_reg_l with (sqrt (IZR k)); [apply sqrt_lt_R0; exact K|].
  rewrite <- sqrt_mult; [|lra|apply Rlt_le, Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]].
  replace (IZR k * (2 / (PI * IZR k))) with (2 / PI) by (field; lra). exact L.
Qed.

Lemma root_mean a : (forall j, (1 <= j <= k)%Z -> 0 <= a j) ->
  ok (fun w => sqrt (rsum k (fun j => a j * (s j w * s j w)))) ->
  sqrt (2 / (PI * IZR k)) * sqrt (rsum k a)
  <= E (fun w => sqrt (rsum k (fun j => a j * (s j w * s j w)))).
Proof.
  intros P O. set (A := rsum k a). set (m := sqrt (2 / (PI * IZR k))).
  assert (A0 : 0 <= A) by (apply rsum_nonneg; exact P).
  destruct (Req_dec A 0) as [Z|N].
  { rewrite Z, sqrt_0, Rmult_0_r.
    replace 0 with (E (fun w => 0 * 1)) at 1 by (rewrite E_scale by exact ok_one; ring).
    apply E_mono; [apply ok_scale; exact ok_one|exact O|]. intros w. rewrite Rmult_0_l. apply sqrt_pos. }
  assert (B : 0 < sqrt A) by (apply sqrt_lt_R0; lra).
  set (f := fun w => rsum k (fun j => a j * Rabs (s j w))).
  assert (F : ok f).
  { apply (ok_sum k (fun j w => a j * Rabs (s j w))). intros j J. apply ok_scale, ok_direction, J. }
  apply Rle_trans with (E (fun w => / sqrt A * f w)).
  - rewrite E_scale by exact F. unfold f. rewrite E_sum.
    + apply Rmult_le_reg_l with (sqrt A); [exact B|].
      replace (sqrt A * (m * sqrt A)) with (m * (sqrt A * sqrt A)) by ring.
      rewrite (sqrt_sqrt A A0).
      replace (sqrt A * (/ sqrt A * rsum k (fun j => E (fun w => a j * Rabs (s j w)))))
        with (rsum k (fun j => E (fun w => a j * Rabs (s j w)))) by (field; lra).
      unfold A. rewrite <- rsum_scale. apply rsum_le. intros j J.
      rewrite E_scale by (apply ok_direction; exact J). rewrite Rmult_comm.
      apply Rmult_le_compat_l; [apply P; exact J|apply coordinate_mean; exact J].
    + intros j J. apply ok_scale, ok_direction, J.
  - apply E_mono; [apply ok_scale; exact F|exact O|]. intros w.
    apply Rmult_le_reg_l with (sqrt A); [exact B|].
    replace (sqrt A * (/ sqrt A * f w)) with (f w) by (field; lra).
    rewrite <- sqrt_mult; [|exact A0|apply rsum_nonneg; intros j J;
      apply Rmult_le_pos; [apply P; exact J|apply Rle_0_sqr]].
    assert (G : 0 <= f w) by (apply rsum_nonneg; intros j J;
      apply Rmult_le_pos; [apply P; exact J|apply Rabs_pos]).
    rewrite <- (sqrt_square (f w) G). apply sqrt_le_1; [apply Rmult_le_pos; exact G| |].
    + apply Rmult_le_pos; [exact A0|apply rsum_nonneg; intros j J;
        apply Rmult_le_pos; [apply P; exact J|apply Rle_0_sqr]].
    + eapply Rle_trans; [apply (weighted_square k a (fun j => Rabs (s j w)) P)|].
      right. fold A. f_equal. apply sum_ext. intros j _. f_equal.
      rewrite <- Rabs_mult. apply Rabs_right. apply Rle_ge. apply Rle_0_sqr.
Qed.

(* sin phi >= sqrt 2 sin (phi/2): cos (phi/2) is at least cos (pi/4). *)
Lemma half_angle phi : 0 <= phi <= PI / 2 ->
  2 * (sin (phi / 2) * sin (phi / 2)) <= sin phi * sin phi.
Proof.
  intros [L U]. pose proof PI_RGT_0 as P.
  replace (sin phi) with (2 * sin (phi / 2) * cos (phi / 2))
    by (rewrite <- sin_2a; f_equal; field).
  assert (C : cos (PI / 4) <= cos (phi / 2)) by (apply cos_decr_1; lra).
  assert (D : 0 < cos (PI / 4)) by (apply cos_gt_0; lra).
  assert (H : 1 / 2 <= cos (phi / 2) * cos (phi / 2)).
  { apply Rle_trans with (cos (PI / 4) * cos (PI / 4)).
    - rewrite cos_PI4. right. replace (1 / sqrt 2 * (1 / sqrt 2)) with (1 / (sqrt 2 * sqrt 2))
        by (field; apply Rgt_not_eq, sqrt_lt_R0; lra). rewrite sqrt_sqrt by lra. reflexivity.
    - apply Rmult_le_compat; lra. }
  pose proof (Rle_0_sqr (sin (phi / 2))) as S. unfold Rsqr in S.
  replace (2 * sin (phi / 2) * cos (phi / 2) * (2 * sin (phi / 2) * cos (phi / 2)))
    with (4 * (cos (phi / 2) * cos (phi / 2)) * (sin (phi / 2) * sin (phi / 2))) by ring.
  apply Rmult_le_compat_r; lra.
Qed.

Theorem formula_from_below phi : angles phi ->
  ok (fun w => sqrt (spread phi w)) -> ok (fun w => asin (sqrt (spread phi w))) ->
  2 / (PI * sqrt PI) / sqrt (2 * IZR k)
    * sqrt (8 * rsum k (fun j => sin (phi j / 2) * sin (phi j / 2)))
  <= formula phi.
Proof.
  intros Q O1 O2. pose proof PI_RGT_0 as P.
  assert (K : 0 < IZR k) by (apply IZR_lt; exact k_positive).
  set (H := rsum k (fun j => sin (phi j / 2) * sin (phi j / 2))).
  set (A := rsum k (fun j => sin (phi j) * sin (phi j))).
  assert (H0 : 0 <= H) by (apply rsum_nonneg; intros; apply Rle_0_sqr).
  assert (HA : 2 * H <= A).
  { unfold H, A. rewrite <- rsum_scale. apply rsum_le. intros j J. apply half_angle, Q, J. }
  unfold formula. apply Rle_trans with (2 / PI * (sqrt (2 / (PI * IZR k)) * sqrt A)).
  - apply Rle_trans with (2 / PI * (sqrt (2 / (PI * IZR k)) * sqrt (2 * H))).
    + right.
      assert (sP : sqrt PI <> 0) by (apply Rgt_not_eq, sqrt_lt_R0; lra).
      assert (sK : sqrt (IZR k) <> 0) by (apply Rgt_not_eq, sqrt_lt_R0; lra).
      assert (s2 : sqrt 2 <> 0) by (apply Rgt_not_eq, sqrt_lt_R0; lra).
      replace (8 * H) with ((2 * 2) * (2 * H)) by ring.
      rewrite (sqrt_mult (2 * 2) (2 * H)) by lra. rewrite sqrt_square by lra.
      rewrite sqrt_div_alt by (apply Rmult_lt_0_compat; lra).
      rewrite (sqrt_mult PI (IZR k)), (sqrt_mult 2 (IZR k)) by lra.
      transitivity (2 / (PI * (sqrt PI * sqrt (IZR k))) * (2 / sqrt 2) * sqrt (2 * H)).
      * field. repeat split; try assumption; lra.
      * replace (2 / sqrt 2) with (sqrt 2)
          by (apply Rmult_eq_reg_r with (sqrt 2); [|exact s2]; rewrite sqrt_sqrt by lra; field; exact s2).
        field. repeat split; try assumption; lra.
    + apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
      apply Rmult_le_compat_l; [apply sqrt_pos|]. apply sqrt_le_1; lra.
  - apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
    eapply Rle_trans; [apply (root_mean (fun j => sin (phi j) * sin (phi j)))|].
    + intros j _. apply Rle_0_sqr.
    + exact O1.
    + apply E_mono; [exact O1|exact O2|]. intros w. apply arcsine_above, root_in, spread_in.
Qed.
End Below.

(* From above: the Lipschitz step. *)
Section Above.
Variable ok_weight : forall j, (1 <= j <= k)%Z -> ok (fun w => s j w * s j w).
Variable mean_weight : forall j, (1 <= j <= k)%Z -> E (fun w => s j w * s j w) = / IZR k.

Lemma spread_below phi w : angles phi ->
  asin (sqrt (spread phi w)) <= sqrt (rsum k (fun j => phi j * phi j * (s j w * s j w))).
Proof.
  intros Q. set (T := rsum k (fun j => phi j * phi j * (s j w * s j w))). set (t := sqrt T).
  pose proof PI_RGT_0 as P.
  assert (T0 : 0 <= T) by (apply rsum_nonneg; intros; apply Rmult_le_pos; apply Rle_0_sqr).
  assert (TT : t * t = T) by (apply sqrt_sqrt; exact T0).
  assert (t0 : 0 <= t) by apply sqrt_pos.
  assert (t1 : t <= PI / 2).
  { unfold t. rewrite <- (sqrt_square (PI / 2)) by lra. apply sqrt_le_1; [exact T0|apply Rle_0_sqr|].
    unfold T. replace (PI / 2 * (PI / 2)) with (PI / 2 * (PI / 2) * 1) by ring.
    rewrite <- (sphere w), <- rsum_scale. apply rsum_le. intros j J.
    apply Rmult_le_compat_r; [apply Rle_0_sqr|]. destruct (Q j J).
    apply Rmult_le_compat; lra. }
  assert (B : spread phi w <= sin t * sin t).
  { destruct (Req_dec t 0) as [Z|N].
    - rewrite Z, sin_0. replace (0 * 0) with T by (rewrite <- TT, Z; ring).
      apply rsum_le. intros j J. apply Rmult_le_compat_r; [apply Rle_0_sqr|].
      destruct (Q j J) as [L U].
      assert (0 <= sin (phi j)) by (apply sin_ge_0; lra).
      apply Rmult_le_compat; try assumption; apply sine_below_arc; assumption.
    - set (c := sin (2 * t) / (2 * t)).
      apply Rle_trans with (rsum k (fun j =>
        (sin t * sin t - t * t * c) * (s j w * s j w) + c * (phi j * phi j * (s j w * s j w)))).
      + apply rsum_le. intros j J.
        replace ((sin t * sin t - t * t * c) * (s j w * s j w) + c * (phi j * phi j * (s j w * s j w)))
          with ((sin t * sin t + (phi j * phi j - t * t) * c) * (s j w * s j w)) by ring.
        apply Rmult_le_compat_r; [apply Rle_0_sqr|].
        apply square_sine_below_tangent; [apply Q, J|lra].
      + rewrite rsum_add, !rsum_scale, (sphere w). fold T. rewrite <- TT. right. ring. }
  apply Rle_trans with (asin (sin t)).
  - apply arcsine_grows.
    + pose proof (proj1 (root_in _ (spread_in phi w))). lra.
    + assert (S : 0 <= sin t) by (apply sin_ge_0; lra).
      rewrite <- (sqrt_square (sin t) S).
      apply sqrt_le_1; [apply spread_in|apply Rle_0_sqr|exact B].
    + pose proof (SIN_bound t). lra.
  - rewrite asin_sin by lra. lra.
Qed.

Theorem formula_from_above phi : angles phi ->
  ok (fun w => asin (sqrt (spread phi w))) ->
  ok (fun w => sqrt (rsum k (fun j => phi j * phi j * (s j w * s j w)))) ->
  formula phi <= 2 / PI * sqrt (rsum k (fun j => phi j * phi j) / IZR k).
Proof.
  intros Q O1 O2. pose proof PI_RGT_0 as P.
  assert (K : 0 < IZR k) by (apply IZR_lt; exact k_positive).
  unfold formula. apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
  set (M := rsum k (fun j => phi j * phi j) / IZR k).
  assert (M0 : 0 <= M).
  { apply Rmult_le_pos; [apply rsum_nonneg; intros; apply Rle_0_sqr|apply Rlt_le, Rinv_0_lt_compat; exact K]. }
  set (f := fun w => rsum k (fun j => phi j * phi j * (s j w * s j w))).
  assert (F : ok f).
  { apply (ok_sum k (fun j w => phi j * phi j * (s j w * s j w))). intros j J.
    apply ok_scale, ok_weight, J. }
  assert (EF : E f = M).
  { unfold f. rewrite E_sum by (intros j J; apply ok_scale, ok_weight, J).
    unfold M, Rdiv. rewrite Rmult_comm, <- rsum_scale. apply sum_ext. intros j J.
    rewrite E_scale, (mean_weight j J) by (apply ok_weight, J). ring. }
  assert (H : forall c, 0 < c -> E (fun w => asin (sqrt (spread phi w))) <= M / (2 * c) + c / 2).
  { intros c C. apply Rle_trans with (E (fun w => / (2 * c) * f w + c / 2 * 1)).
    - apply E_mono; [exact O1|apply ok_add; [apply ok_scale; exact F|apply (ok_scale (c / 2)); exact ok_one]|].
      intros w. eapply Rle_trans; [apply spread_below; exact Q|]. fold (f w).
      assert (X : 0 <= f w) by (apply rsum_nonneg; intros; apply Rmult_le_pos; apply Rle_0_sqr).
      replace (f w) with (sqrt (f w) * sqrt (f w)) at 2 by (apply sqrt_sqrt; exact X).
      set (y := sqrt (f w)). apply Rmult_le_reg_l with (2 * c); [lra|].
      replace (2 * c * (/ (2 * c) * (y * y) + c / 2 * 1)) with (y * y + c * c) by (field; lra).
      pose proof (Rle_0_sqr (y - c)) as D. unfold Rsqr in D. lra.
    - rewrite E_add, E_scale, (E_scale (c / 2) (fun _ => 1)), E_one, EF;
        try assumption; try (apply ok_scale; assumption); try (apply (ok_scale (c / 2)); exact ok_one).
      right. field. lra. }
  destruct (Req_dec M 0) as [Z|N].
  - rewrite Z, sqrt_0. apply Rnot_lt_le. intros L.
    specialize (H _ L). rewrite Z in H. unfold Rdiv in H. lra.
  - assert (C : 0 < sqrt M) by (apply sqrt_lt_R0; lra).
    specialize (H _ C). eapply Rle_trans; [exact H|]. right.
    replace (M / (2 * sqrt M)) with (sqrt M / 2); [field|].
    rewrite <- (sqrt_sqrt M M0) at 2. field. lra.
Qed.
End Above.
End Formula.
