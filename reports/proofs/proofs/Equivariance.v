(* Training that starts with a fully connected layer does not see a rotation of its inputs.

   Problem 10.2.1 over any commutative ring: any width, depth, loss, minibatches, number of steps;
   R any matrix with R'R = 1 (d columns, e rows; orthogonal where e = d).  The network behind the
   first layer is any function of its pre-activations W x: what is asked of it is no more than
   that.  In law, over a random start, only this is to be added: W and WR' have the same law. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums.
Open Scope Z_scope.

Section Equivariance.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Definition matrix := Z -> Z -> R.

(* Equal entries where 1 <= a <= n and 1 <= j <= m. *)
Definition same (n m : Z) (U V : matrix) := forall a j, 1 <= a <= n -> 1 <= j <= m -> U a j = V a j.

(* U V' over m columns: (samples or units) x (units or coordinates). *)
Definition by_rows (m : Z) (U V : matrix) : matrix := fun a b => sum m (fun j => U a j [*] V b j).

(* The pre-activations of all samples, x W': sample i, unit a. *)
Definition preactivations (d : Z) (W x : matrix) : matrix := by_rows d x W.

(* The data turned, x R', and the weights turned, W R'. *)
Definition turned (d : Z) (Q U : matrix) : matrix := by_rows d U Q.

(* R'R = 1 on d columns, e rows. *)
Definition isometry (d e : Z) (Q : matrix) := forall j l, 1 <= j <= d -> 1 <= l <= d ->
  sum e (fun k => Q k j [*] Q k l) = if j =? l then rI else [0].

(* The gradient by the first layer: sum over samples of delta_i x_i'. *)
Definition outer (n : Z) (delta x : matrix) : matrix :=
  fun a j => sum n (fun i => delta i a [*] x i j).

Lemma turned_rows_agree d e Q U V a b : isometry d e Q ->
  by_rows e (turned d Q U) (turned d Q V) a b = by_rows d U V a b.
Proof.
  intros I. unfold by_rows, turned.
  transitivity (sum e (fun k => sum d (fun j => sum d (fun l =>
    U a j [*] V b l [*] (Q k j [*] Q k l))))).
  { apply sum_ext. intros k _. unfold by_rows.
    rewrite (sum_mul_r R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j _.
    rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). apply sum_ext. intros l _. ring. }
  rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j J.
  rewrite (sum_swap R rO rI radd rmul rsub ropp laws).
  transitivity (sum d (fun l => if l =? j then U a j [*] V b l else [0])).
  { apply sum_ext. intros l L. rewrite <- (sum_mul_l R rO rI radd rmul rsub ropp laws).
    rewrite (I j l J L), (Z.eqb_sym l j). destruct (j =? l); ring. }
  rewrite (sum_delta R rO rI radd rmul rsub ropp laws d j (fun l => U a j [*] V b l)).
  apply within_spec in J. rewrite J. reflexivity.
Qed.

(* (W R')(R x) = W x: every pre-activation stays, of training points and of new ones. *)
Theorem preactivations_stay d e Q W x i a : isometry d e Q ->
  preactivations e (turned d Q W) (turned d Q x) i a = preactivations d W x i a.
Proof. apply turned_rows_agree. Qed.

(* G R': the gradient turns with the data, whatever the deltas are. *)
Theorem outer_turned d n delta Q x a k :
  outer n delta (turned d Q x) a k = turned d Q (outer n delta x) a k.
Proof.
  unfold outer, turned, by_rows.
  transitivity (sum n (fun i => sum d (fun j => delta i a [*] x i j [*] Q k j))).
  - apply sum_ext. intros i _. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
    apply sum_ext. intros j _. ring.
  - rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j _.
    symmetry. apply (sum_mul_r R rO rI radd rmul rsub ropp laws).
Qed.

Lemma same_rows m n n' U U' V V' : same n m U U' -> same n' m V V' ->
  same n n' (by_rows m U V) (by_rows m U' V').
Proof.
  intros X Y a b A B. apply sum_ext. intros j J. rewrite (X a j A J), (Y b j B J). reflexivity.
Qed.

(* Why the gradient has this form.  `slope f s`: f has the derivative s at t0; of any kind, if it
   is linear.  The loss is any function of the pre-activations that has a gradient there. *)
Section Gradient.
Variables (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop).
Variable slope_constant : forall a, slope (fun _ => a) [0].
Variable slope_add : forall f g a b, slope f a -> slope g b -> slope (fun t => f t [+] g t) (a [+] b).
Variable slope_scale : forall f a c, slope f a -> slope (fun t => c [*] f t) (c [*] a).

Definition inner (n m : Z) (U V : matrix) : R := sum n (fun a => by_rows m U V a a).

Definition moves (n m : Z) (c : T -> matrix) (U V : matrix) := forall a j,
  1 <= a <= n -> 1 <= j <= m -> c t0 a j = U a j /\ slope (fun t => c t a j) (V a j).

Definition gradient_at (n m : Z) (L : matrix -> R) (U g : matrix) := forall c V,
  moves n m c U V -> slope (fun t => L (c t)) (inner n m g V).

Lemma slope_sum n (f : Z -> T -> R) (a : Z -> R) : (forall k, 1 <= k <= n -> slope (f k) (a k)) ->
  slope (fun t => sum n (fun k => f k t)) (sum n a).
Proof.
  unfold Sums.sum. intros H.
  assert (Q : forall p, Z.of_nat p <= Z.of_nat (Z.to_nat n) ->
    slope (fun t => nsum R rO radd p (fun k => f k t)) (nsum R rO radd p a)).
  { induction p as [|p IH]; intros L; cbn [nsum].
    - apply slope_constant.
    - apply (slope_add (fun t => nsum R rO radd p (fun k => f k t))); [apply IH; lia|].
      apply H. lia. }
  apply Q. lia.
Qed.

(* n samples, h units, d coordinates: the gradient by W is sum_i delta_i x_i', where delta is the
   loss's gradient by the pre-activations, a function of W x only. *)
Theorem first_layer_gradient n h d loss delta W x :
  gradient_at n h loss (preactivations d W x) delta ->
  gradient_at h d (fun W => loss (preactivations d W x)) W (outer n delta x).
Proof.
  intros G c V M.
  replace (inner h d (outer n delta x) V) with (inner n h delta (preactivations d V x)).
  - apply (G (fun t => preactivations d (c t) x)). intros i a _ A. split.
    + apply sum_ext. intros j J. destruct (M a j A J) as [-> _]. reflexivity.
    + unfold preactivations, by_rows.
      apply (slope_sum d (fun j t => x i j [*] c t a j)). intros j J.
      apply (slope_scale (fun t => c t a j)). apply M; assumption.
  - unfold inner, outer, preactivations, by_rows.
    rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros a _.
    transitivity (sum n (fun i => sum d (fun j => delta i a [*] x i j [*] V a j))).
    + apply sum_ext. intros i _. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
      apply sum_ext. intros j _. ring.
    + rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j _.
      symmetry. apply (sum_mul_r R rO rI radd rmul rsub ropp laws).
Qed.
End Gradient.

(* Training.  The state: matrices 1..K of the shape of the first layer (number 1 is W itself, the
   rest momentum and the like), and theta, anything else: the layers above and their optimiser's
   state, a step counter, the seed of what is drawn.  A step t

   - draws a minibatch, samples pick t 1 .. pick t (size t);
   - takes the gradient G at a combination of the matrices (W itself; Nesterov looks ahead), of
     any loss: delta is any function of t, theta and the minibatch's pre-activations;
   - replaces each matrix by a sum of left multiples L M of all matrices and of G; theta by
     anything.  The multipliers L (units x units) may depend on t, theta, the pre-activations
     and all products M N' (Gram matrices) of the matrices and of G.

   With L = number times identity: (S)GD, momentum, Nesterov, weight decay, schedules.  With L a
   function of norms: clipping by norm, LARS, AdaGrad-norm; of G G': Muon, Shampoo's left half. *)
Section Training.
Variables (Theta : Type) (h K : Z).
Variables (size : nat -> Z) (pick : nat -> Z -> Z).
Variable look : nat -> Theta -> Z -> R.
Variable delta : nat -> Theta -> matrix -> matrix.
Variable multiplier : nat -> Theta -> matrix -> (Z -> Z -> matrix) -> Z -> Z -> matrix.
Variable others : nat -> Theta -> matrix -> (Z -> Z -> matrix) -> Theta.

(* They depend on the entries in range only. *)
Definition alike (P P' : Z -> Z -> matrix) := forall p q, 1 <= p <= K + 1 -> 1 <= q <= K + 1 ->
  same h h (P p q) (P' p q).
Variable delta_reads : forall t theta Z Z', same (size t) h Z Z' ->
  same (size t) h (delta t theta Z) (delta t theta Z').
Variable multiplier_reads : forall t theta Z Z' P P', same (size t) h Z Z' -> alike P P' ->
  forall q p, 1 <= q <= K -> 1 <= p <= K + 1 ->
  same h h (multiplier t theta Z P q p) (multiplier t theta Z' P' q p).
Variable others_read : forall t theta Z Z' P P', same (size t) h Z Z' -> alike P P' ->
  others t theta Z P = others t theta Z' P'.

Definition state := ((Z -> matrix) * Theta)%type.

Definition minibatch (t : nat) (x : matrix) : matrix := fun i => x (pick t i).
Definition point (t : nat) (s : state) : matrix :=
  fun a j => sum K (fun q => look t (snd s) q [*] fst s q a j).
Definition seen (d : Z) (x : matrix) (t : nat) (s : state) : matrix :=
  preactivations d (point t s) (minibatch t x).
Definition gradient (d : Z) (x : matrix) (t : nat) (s : state) : matrix :=
  outer (size t) (delta t (snd s) (seen d x t s)) (minibatch t x).
(* The matrices, and the gradient as number K + 1. *)
Definition all (d : Z) (x : matrix) (t : nat) (s : state) : Z -> matrix :=
  fun p => if p =? K + 1 then gradient d x t s else fst s p.
Definition gram (d : Z) (x : matrix) (t : nat) (s : state) : Z -> Z -> matrix :=
  fun p q => by_rows d (all d x t s p) (all d x t s q).

Definition step (d : Z) (x : matrix) (t : nat) (s : state) : state :=
  (fun q a j => sum (K + 1) (fun p => sum h (fun b =>
     multiplier t (snd s) (seen d x t s) (gram d x t s) q p a b [*] all d x t s p b j)),
   others t (snd s) (seen d x t s) (gram d x t s)).

Fixpoint train (d : Z) (x : matrix) (steps : nat) (s : state) : state :=
  match steps with O => s | S t => step d x t (train d x t s) end.

(* The state of the turned run: every matrix M has become M R', the rest is the same. *)
Definition turned_state (d e : Z) (Q : matrix) (s s' : state) :=
  (forall q, 1 <= q <= K -> same h e (fst s' q) (turned d Q (fst s q))) /\ snd s' = snd s.

Lemma turned_sum d Q n (c : Z -> R) (U : Z -> matrix) a k :
  sum n (fun q => c q [*] turned d Q (U q) a k)
  = turned d Q (fun a j => sum n (fun q => c q [*] U q a j)) a k.
Proof.
  unfold turned, by_rows.
  transitivity (sum n (fun q => sum d (fun j => c q [*] U q a j [*] Q k j))).
  - apply sum_ext. intros q _. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
    apply sum_ext. intros. ring.
  - rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j _.
    symmetry. apply (sum_mul_r R rO rI radd rmul rsub ropp laws).
Qed.

Lemma turned_left d Q n (L : Z -> R) (U : matrix) k :
  sum n (fun b => L b [*] turned d Q U b k)
  = sum d (fun j => sum n (fun b => L b [*] U b j) [*] Q k j).
Proof.
  unfold turned, by_rows.
  transitivity (sum n (fun b => sum d (fun j => L b [*] U b j [*] Q k j))).
  - apply sum_ext. intros b _. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
    apply sum_ext. intros. ring.
  - rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j _.
    symmetry. apply (sum_mul_r R rO rI radd rmul rsub ropp laws).
Qed.

Lemma seen_stays d e Q x t s s' : isometry d e Q -> turned_state d e Q s s' ->
  forall n, same n h (seen e (turned d Q x) t s') (seen d x t s).
Proof.
  intros I [M E] n i a _ A. unfold seen.
  rewrite <- (preactivations_stay d e Q (point t s) (minibatch t x) i a I).
  apply sum_ext. intros k Hk. f_equal. unfold point. rewrite E.
  rewrite <- turned_sum. apply sum_ext. intros q Hq.
  rewrite (M q Hq a k A Hk). reflexivity.
Qed.

Lemma gradient_turns d e Q x t s s' : isometry d e Q -> turned_state d e Q s s' ->
  same h e (gradient e (turned d Q x) t s') (turned d Q (gradient d x t s)).
Proof.
  intros I H a k A Hk. unfold gradient.
  rewrite <- outer_turned. unfold outer, minibatch. apply sum_ext. intros i Hi. f_equal.
  destruct H as [M E]. rewrite E.
  apply delta_reads; [|assumption|assumption].
  apply (seen_stays d e Q x t s s' I (conj M E)).
Qed.

Lemma all_turn d e Q x t s s' : isometry d e Q -> turned_state d e Q s s' ->
  forall p, 1 <= p <= K + 1 ->
  same h e (all e (turned d Q x) t s' p) (turned d Q (all d x t s p)).
Proof.
  intros I H p Hp. unfold all. destruct (Z.eqb_spec p (K + 1)) as [->|D].
  - apply gradient_turns; assumption.
  - apply H. lia.
Qed.

Lemma gram_stays d e Q x t s s' : isometry d e Q -> turned_state d e Q s s' ->
  alike (gram e (turned d Q x) t s') (gram d x t s).
Proof.
  intros I H p q Hp Hq a b A B. unfold gram.
  rewrite <- (turned_rows_agree d e Q _ _ a b I).
  apply (same_rows e h h); try assumption; apply all_turn; assumption.
Qed.

Theorem step_turns d e Q x t s s' : isometry d e Q -> turned_state d e Q s s' ->
  turned_state d e Q (step d x t s) (step e (turned d Q x) t s').
Proof.
  intros I H. pose proof H as [M E]. split.
  - intros q Hq a k A Hk. cbn [fst step]. unfold step. cbn [fst].
    match goal with |- _ = turned _ _ ?U _ _ =>
      change (turned d Q U a k) with (sum d (fun j => U a j [*] Q k j)) end. cbv beta.
    transitivity (sum (K + 1) (fun p => sum d (fun j => sum h (fun b =>
      multiplier t (snd s) (seen d x t s) (gram d x t s) q p a b [*] all d x t s p b j) [*] Q k j))).
    + apply sum_ext. intros p Hp. rewrite <- turned_left. apply sum_ext. intros b B.
      rewrite E. rewrite (all_turn d e Q x t s s' I H p Hp b k B Hk).
      rewrite (multiplier_reads t (snd s) (seen e (turned d Q x) t s') (seen d x t s)
        (gram e (turned d Q x) t s') (gram d x t s)); try assumption; [reflexivity| |].
      * apply seen_stays; assumption.
      * apply gram_stays; assumption.
    + rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros j _.
      symmetry. apply (sum_mul_r R rO rI radd rmul rsub ropp laws).
  - cbn [snd step]. unfold step. cbn [snd]. rewrite E. apply others_read.
    + apply seen_stays; assumption.
    + apply gram_stays; assumption.
Qed.

(* By induction over the steps: training on turned data from a turned start is the turned run. *)
Theorem training_turns d e Q x s s' steps : isometry d e Q -> turned_state d e Q s s' ->
  turned_state d e Q (train d x steps s) (train e (turned d Q x) steps s').
Proof. intros I H. induction steps; cbn; [exact H|]. apply step_turns; assumption. Qed.

(* Hence what is learned turns along: any output computed from theta and the pre-activations of a
   new point y is, at R y after the turned run, what it was at y. *)
Theorem predictions_stay d e Q x s s' steps y i a : isometry d e Q -> turned_state d e Q s s' ->
  1 <= K -> 1 <= a <= h ->
  snd (train e (turned d Q x) steps s') = snd (train d x steps s) /\
  preactivations e (fst (train e (turned d Q x) steps s') 1) (turned d Q y) i a
  = preactivations d (fst (train d x steps s) 1) y i a.
Proof.
  intros I H HK A. destruct (training_turns d e Q x s s' steps I H) as [M E]. split; [exact E|].
  rewrite <- (preactivations_stay d e Q _ y i a I).
  apply sum_ext. intros k Hk. f_equal. apply M; [lia|assumption|assumption].
Qed.
End Training.

(* The rules of the sentence, written out: (S)GD, momentum, Nesterov, weight decay, any schedule.

     g  = gradient at W + look V, plus decay W
     V' = keep V + add g
     W' = shrink W + along V' + straight g

   SGD: add = along = 0, straight = -rate, shrink = 1.  Heavy ball: add = 1, along = -rate,
   straight = 0.  PyTorch's Nesterov: along = -rate keep, straight = -rate.  Nesterov's own: look =
   keep, add = -rate, along = 1.  `decay` is the L2 penalty's; decoupled decay has shrink below 1. *)
Section Momentum.
Variables (Theta : Type) (h : Z) (size : nat -> Z) (pick : nat -> Z -> Z).
Variables look keep add shrink along straight decay : nat -> R.
Variable delta : nat -> Theta -> matrix -> matrix.
Variable others : nat -> Theta -> matrix -> Theta.
Variable delta_reads : forall t theta Z Z', same (size t) h Z Z' ->
  same (size t) h (delta t theta Z) (delta t theta Z').
Variable others_read : forall t theta Z Z', same (size t) h Z Z' ->
  others t theta Z = others t theta Z'.

Record momentum := { weight : matrix; velocity : matrix; rest : Theta }.

Definition ahead (t : nat) (s : momentum) : matrix :=
  fun a j => weight s a j [+] look t [*] velocity s a j.
Definition view (d : Z) (x : matrix) (t : nat) (s : momentum) : matrix :=
  preactivations d (ahead t s) (fun i => x (pick t i)).
Definition slant (d : Z) (x : matrix) (t : nat) (s : momentum) : matrix := fun a j =>
  outer (size t) (delta t (rest s) (view d x t s)) (fun i => x (pick t i)) a j
  [+] decay t [*] weight s a j.
Definition next_velocity (d : Z) (x : matrix) (t : nat) (s : momentum) : matrix := fun a j =>
  keep t [*] velocity s a j [+] add t [*] slant d x t s a j.

Definition update (d : Z) (x : matrix) (t : nat) (s : momentum) : momentum := {|
  weight := fun a j => shrink t [*] weight s a j [+] along t [*] next_velocity d x t s a j
    [+] straight t [*] slant d x t s a j;
  velocity := next_velocity d x t s;
  rest := others t (rest s) (view d x t s) |}.

Fixpoint descend (d : Z) (x : matrix) (steps : nat) (s : momentum) : momentum :=
  match steps with O => s | S t => update d x t (descend d x t s) end.

Definition turned_run (d e : Z) (Q : matrix) (s s' : momentum) :=
  same h e (weight s') (turned d Q (weight s)) /\
  same h e (velocity s') (turned d Q (velocity s)) /\ rest s' = rest s.

Lemma turned_plus d Q U V a k :
  turned d Q (fun a j => U a j [+] V a j) a k = turned d Q U a k [+] turned d Q V a k.
Proof.
  unfold turned, by_rows. rewrite <- (sum_add R rO rI radd rmul rsub ropp laws).
  apply sum_ext. intros. ring.
Qed.

Lemma turned_times d Q c U a k : turned d Q (fun a j => c [*] U a j) a k = c [*] turned d Q U a k.
Proof.
  unfold turned, by_rows. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
  apply sum_ext. intros. ring.
Qed.

Theorem update_turns d e Q x t s s' : isometry d e Q -> turned_run d e Q s s' ->
  turned_run d e Q (update d x t s) (update e (turned d Q x) t s').
Proof.
  intros I (W & V & E).
  assert (Z : forall n, same n h (view e (turned d Q x) t s') (view d x t s)).
  { intros n i a _ A. unfold view. rewrite <- (preactivations_stay d e Q (ahead t s) _ i a I).
    apply sum_ext. intros k Hk. f_equal. unfold ahead.
    rewrite turned_plus, turned_times, (W a k A Hk), (V a k A Hk). reflexivity. }
  assert (G : same h e (slant e (turned d Q x) t s') (turned d Q (slant d x t s))).
  { intros a k A Hk. unfold slant. rewrite turned_plus, turned_times, (W a k A Hk).
    f_equal. rewrite <- outer_turned. unfold outer. apply sum_ext. intros i Hi. f_equal.
    rewrite E. apply delta_reads; [apply Z|assumption|assumption]. }
  assert (N : same h e (next_velocity e (turned d Q x) t s') (turned d Q (next_velocity d x t s))).
  { intros a k A Hk. unfold next_velocity.
    rewrite turned_plus, !turned_times, (V a k A Hk), (G a k A Hk). reflexivity. }
  split; [|split].
  - intros a k A Hk. cbn [weight update]. rewrite !turned_plus, !turned_times.
    rewrite (W a k A Hk), (N a k A Hk), (G a k A Hk). reflexivity.
  - exact N.
  - cbn [rest update]. rewrite E. apply others_read. apply Z.
Qed.

Theorem momentum_training_turns d e Q x s s' steps : isometry d e Q -> turned_run d e Q s s' ->
  turned_run d e Q (descend d x steps s) (descend e (turned d Q x) steps s').
Proof. intros I H. induction steps; cbn; [exact H|]. apply update_turns; assumption. Qed.

Theorem momentum_predictions_stay d e Q x s s' steps y i a :
  isometry d e Q -> turned_run d e Q s s' -> 1 <= a <= h ->
  rest (descend e (turned d Q x) steps s') = rest (descend d x steps s) /\
  preactivations e (weight (descend e (turned d Q x) steps s')) (turned d Q y) i a
  = preactivations d (weight (descend d x steps s)) y i a.
Proof.
  intros I H A. destruct (momentum_training_turns d e Q x s s' steps I H) as (W & _ & E).
  split; [exact E|]. rewrite <- (preactivations_stay d e Q _ y i a I).
  apply sum_ext. intros k Hk. f_equal. apply W; assumption.
Qed.
End Momentum.
End Equivariance.
