(* Backpropagation with shared weights: by induction over the layers, for any composition.

   A layer reads edge values and an input.  Its weights may be shared within it, with other
   layers, or both: each layer ties its edges to one common vector of weights 1..P.  What is asked
   of each layer, at the point that the forward pass reaches and nowhere else, is that it is
   differentiable there (no kink) and that its backward is the adjoint of its derivative. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Tying.
Import ListNotations.
Open Scope Z_scope.

Section Backpropagation.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation vector := (vector R).
Notation dot := (dot R rO radd rmul).
Notation spread := (spread R rO).
Notation pool := (pool R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.

Variables (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop).
Variable slope_constant : forall a, slope (fun _ => a) [0].
Notation moves := (moves R T t0 slope).
Notation gradient_at := (gradient_at R rO radd rmul T t0 slope).

Record layer := {
  inputs : Z; outputs : Z; edges : Z;
  tie : Z -> Z;                                        (* the weight of each edge, or no weight *)
  run : vector -> vector -> vector;                    (* edges, input -> output *)
  tangent : vector -> vector -> vector -> vector -> vector; (* at edges, input: their velocities *)
  back_edges : vector -> vector -> vector -> vector;   (* at edges, input: output's gradient *)
  back_input : vector -> vector -> vector -> vector }.

(* Only the entries in range matter. *)
Definition reads_its_ranges (l : layer) := forall e e' x x',
  (forall k, 1 <= k <= edges l -> e k = e' k) -> (forall i, 1 <= i <= inputs l -> x i = x' i) ->
  forall o, 1 <= o <= outputs l -> run l e x o = run l e' x' o.

(* No kink at (e, x): along every curve the output moves by the tangent. *)
Definition no_kink (l : layer) (e x : vector) := forall ec xc de dx,
  moves (edges l) ec e de -> moves (inputs l) xc x dx ->
  moves (outputs l) (fun t => run l (ec t) (xc t)) (run l e x) (tangent l e x de dx).

(* The backward is the adjoint of the derivative. *)
Definition backward_is_adjoint (l : layer) (e x : vector) := forall g de dx,
  dot (outputs l) g (tangent l e x de dx)
  = dot (edges l) de (back_edges l e x g) [+] dot (inputs l) dx (back_input l e x g).

Variable P : Z.
Notation own l w := (spread P (tie l) w).

Fixpoint forward (net : list layer) (w x : vector) : vector :=
  match net with [] => x | l :: rest => forward rest w (run l (own l w) x) end.

(* The gradients for the shared weights and for the input; `loss_gradient` at the output. *)
Fixpoint backward (net : list layer) (loss_gradient : vector -> vector) (w x : vector)
  : vector * vector :=
  match net with
  | [] => (fun _ => [0], loss_gradient x)
  | l :: rest =>
      let e := own l w in
      let below := backward rest loss_gradient w (run l e x) in
      (fun p => fst below p [+] pool (edges l) (tie l) (back_edges l e x (snd below)) p,
       back_input l e x (snd below))
  end.

(* What each layer must satisfy where the forward pass reaches it; the sizes fit. *)
Fixpoint sound (net : list layer) (w x : vector) : Prop :=
  match net with
  | [] => True
  | l :: rest =>
      no_kink l (own l w) x /\ backward_is_adjoint l (own l w) x /\
      match rest with [] => True | next :: _ => inputs next = outputs l end /\
      sound rest w (run l (own l w) x)
  end.

Definition first_size (net : list layer) (last : Z) : Z :=
  match net with [] => last | l :: _ => inputs l end.

Fixpoint last_size (net : list layer) (size : Z) : Z :=
  match net with [] => size | l :: rest => last_size rest (outputs l) end.

Lemma dot_plus n u v v' : dot n u (fun p => v p [+] v' p) = dot n u v [+] dot n u v'.
Proof.
  unfold Tying.dot. rewrite <- (sum_add R rO rI radd rmul rsub ropp laws).
  apply sum_ext. intros. ring.
Qed.

Lemma dot_zero n u : dot n u (fun _ => [0]) = [0].
Proof. unfold Tying.dot. apply (sum_zero R rO rI radd rmul rsub ropp laws). intros. ring. Qed.

(* Along every curve of weights and input, the loss moves by the inner products with what
   backpropagation returns: pooled over all copies of each weight, in every layer. *)
Theorem backpropagation net n loss loss_gradient w x :
  sound net w x ->
  gradient_at (last_size net n) loss (forward net w x) (loss_gradient (forward net w x)) ->
  forall wc dw xc dx, moves P wc w dw -> moves (first_size net n) xc x dx ->
  slope (fun t => loss (forward net (wc t) (xc t)))
    (dot P dw (fst (backward net loss_gradient w x))
     [+] dot (first_size net n) dx (snd (backward net loss_gradient w x))).
Proof.
  revert n x. induction net as [|l rest IH]; intros n x S G wc dw xc dx W X; cbn in *.
  - rewrite dot_zero.
    replace ([0] [+] dot n dx (loss_gradient x)) with (dot n (loss_gradient x) dx).
    + apply (G xc). exact X.
    + rewrite (dot_comm R rO rI radd rmul rsub ropp laws). ring.
  - destruct S as (K & A & F & S).
    pose proof (moves_spread R rO T t0 slope slope_constant (edges l) P (tie l) wc w dw W) as E.
    pose proof (K _ _ _ _ E X) as Y.
    assert (N : first_size rest (outputs l) = outputs l) by (destruct rest; [reflexivity|exact F]).
    specialize (IH (outputs l) _ S G wc dw (fun t => run l (own l (wc t)) (xc t))
      (tangent l (own l w) x (own l dw) dx) W).
    rewrite N in IH. specialize (IH Y). cbn in IH.
    match goal with |- slope _ ?s => match type of IH with slope _ ?s' =>
      replace s with s'; [exact IH|] end end.
    rewrite dot_plus.
    rewrite (dot_comm R rO rI radd rmul rsub ropp laws (outputs l)), A.
    rewrite (dot_comm R rO rI radd rmul rsub ropp laws (edges l)).
    rewrite (pool_is_transpose R rO rI radd rmul rsub ropp laws).
    ring.
Qed.

(* The same for the weights alone: what is returned for them is the gradient of the whole. *)
Theorem backpropagation_weights net n loss loss_gradient w x :
  sound net w x ->
  gradient_at (last_size net n) loss (forward net w x) (loss_gradient (forward net w x)) ->
  gradient_at P (fun u => loss (forward net u x)) w (fst (backward net loss_gradient w x)).
Proof.
  intros S G wc dw W.
  rewrite (dot_comm R rO rI radd rmul rsub ropp laws).
  replace (dot P dw (fst (backward net loss_gradient w x)))
    with (dot P dw (fst (backward net loss_gradient w x))
      [+] dot (first_size net n) (fun _ => [0]) (snd (backward net loss_gradient w x))).
  - apply (backpropagation net n loss loss_gradient w x S G wc dw (fun _ => x)); [exact W|].
    intros k _. split; [reflexivity|apply slope_constant].
  - rewrite (dot_comm R rO rI radd rmul rsub ropp laws (first_size net n)), dot_zero. ring.
Qed.

(* Layers that satisfy it.  First: every layer that is a set of weighted edges (convolutions,
   dense and locally connected layers): edge k reads input `from k`, or the constant one where
   `from k` is no input (a bias), and adds to output `to k`. *)
Section Edges.
Variable slope_add : forall f g a b, slope f a -> slope g b -> slope (fun t => f t [+] g t) (a [+] b).
Variable slope_mul : forall f g a b, slope f a -> slope g b ->
  slope (fun t => f t [*] g t) (a [*] g t0 [+] f t0 [*] b).

Variables (I O E : Z) (from to ties : Z -> Z).

Definition source (x : vector) (k : Z) : R := if within I (from k) then x (from k) else rI.
Definition motion (dx : vector) (k : Z) : R := if within I (from k) then dx (from k) else [0].

Definition edge_layer : layer := {|
  inputs := I; outputs := O; edges := E; tie := ties;
  run := fun e x o => sum E (fun k => if to k =? o then e k [*] source x k else [0]);
  tangent := fun e x de dx o => sum E (fun k => if to k =? o
    then de k [*] source x k [+] e k [*] motion dx k else [0]);
  back_edges := fun e x g k => if within O (to k) then g (to k) [*] source x k else [0];
  back_input := fun e x g i => sum E (fun k => if from k =? i
    then (if within O (to k) then e k [*] g (to k) else [0]) else [0]) |}.

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

Theorem edge_layer_has_no_kink e x : no_kink edge_layer e x.
Proof.
  intros ec xc de dx ME MX o _. cbn. split.
  - apply sum_ext. intros k K. destruct (to k =? o); [|reflexivity].
    destruct (ME k K) as [-> _]. f_equal. unfold source.
    destruct (within I (from k)) eqn:W; [|reflexivity].
    apply within_spec in W. apply MX. exact W.
  - apply (slope_sum E (fun k t => if to k =? o then ec t k [*] source (xc t) k else [0])).
    intros k K. destruct (to k =? o); [|apply slope_constant].
    destruct (ME k K) as [Q Sk].
    assert (H : source (xc t0) k = source x k /\ slope (fun t => source (xc t) k) (motion dx k)).
    { unfold source, motion. destruct (within I (from k)) eqn:W.
      - apply within_spec in W. apply MX. exact W.
      - split; [reflexivity|apply slope_constant]. }
    destruct H as [Qs Ss].
    rewrite <- Q, <- Qs.
    apply (slope_mul (fun t => ec t k) (fun t => source (xc t) k) _ _ Sk Ss).
Qed.

Theorem edge_layer_backward_is_adjoint e x : backward_is_adjoint edge_layer e x.
Proof.
  intros g de dx. cbn. unfold Tying.dot.
  transitivity (sum E (fun k => if within O (to k)
    then g (to k) [*] (de k [*] source x k [+] e k [*] motion dx k) else [0])).
  - transitivity (sum O (fun o => sum E (fun k => if o =? to k
      then g o [*] (de k [*] source x k [+] e k [*] motion dx k) else [0]))).
    + apply sum_ext. intros o _. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
      apply sum_ext. intros k _. rewrite (Z.eqb_sym o). destruct (to k =? o); ring.
    + rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros k _.
      apply (sum_delta R rO rI radd rmul rsub ropp laws O (to k)
        (fun o => g o [*] (de k [*] source x k [+] e k [*] motion dx k))).
  - transitivity (sum E (fun k => de k [*] (if within O (to k) then g (to k) [*] source x k else [0]))
      [+] sum E (fun k => if within O (to k) then e k [*] g (to k) [*] motion dx k else [0])).
    + rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). apply sum_ext. intros k _.
      destruct (within O (to k)); ring.
    + f_equal.
      transitivity (sum I (fun i => sum E (fun k => if i =? from k
        then dx i [*] (if within O (to k) then e k [*] g (to k) else [0]) else [0]))).
      * rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros k _.
        rewrite (sum_delta R rO rI radd rmul rsub ropp laws I (from k)
          (fun i => dx i [*] (if within O (to k) then e k [*] g (to k) else [0]))).
        unfold motion. destruct (within I (from k)), (within O (to k)); ring.
      * apply sum_ext. intros i _. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws).
        apply sum_ext. intros k _. rewrite (Z.eqb_sym i). destruct (from k =? i); ring.
Qed.
End Edges.

(* Second: an activation, entry by entry, at a point where it has a derivative at every entry. *)
Section Pointwise.
Variables (size : Z) (act slope_of_act : R -> R).

Definition pointwise_layer : layer := {|
  inputs := size; outputs := size; edges := 0; tie := fun _ => 0;
  run := fun _ x o => act (x o);
  tangent := fun _ x _ dx o => slope_of_act (x o) [*] dx o;
  back_edges := fun _ _ _ _ => [0];
  back_input := fun _ x g i => slope_of_act (x i) [*] g i |}.

(* The chain rule at each entry of x: what fails at a kink. *)
Definition smooth_entries (x : vector) := forall i, 1 <= i <= size -> forall c v,
  c t0 = x i -> slope c v -> slope (fun t => act (c t)) (slope_of_act (x i) [*] v).

Theorem pointwise_layer_has_no_kink e x : smooth_entries x -> no_kink pointwise_layer e x.
Proof.
  intros S ec xc de dx _ MX o K. cbn in *. destruct (MX o K) as [Q V]. split.
  - rewrite Q. reflexivity.
  - apply (S o K (fun t => xc t o)); assumption.
Qed.

Theorem pointwise_layer_backward_is_adjoint e x : backward_is_adjoint pointwise_layer e x.
Proof.
  intros g de dx. cbn. unfold Tying.dot. cbn [Sums.sum]. change (sum 0 _) with [0].
  transitivity (sum size (fun i => dx i [*] (slope_of_act (x i) [*] g i))).
  - apply sum_ext. intros. ring.
  - ring.
Qed.
End Pointwise.

(* Third: a layer that passes on one entry of its input an output, max-pooling away from ties. *)
Section Selecting.
Variables (I O : Z) (choose : vector -> Z -> Z).

Definition selecting_layer : layer := {|
  inputs := I; outputs := O; edges := 0; tie := fun _ => 0;
  run := fun _ x o => x (choose x o);
  tangent := fun _ x _ dx o => dx (choose x o);
  back_edges := fun _ _ _ _ => [0];
  back_input := fun _ x g i => sum O (fun o => if choose x o =? i then g o else [0]) |}.

(* The winner stays the winner along every curve through x, as far as derivatives can tell. *)
Definition winner_stays (x : vector) := forall o, 1 <= o <= O -> 1 <= choose x o <= I /\
  forall xc dx, moves I xc x dx ->
    xc t0 (choose (xc t0) o) = x (choose x o) /\
    (slope (fun t => xc t (choose x o)) (dx (choose x o)) ->
     slope (fun t => xc t (choose (xc t) o)) (dx (choose x o))).

Theorem selecting_layer_has_no_kink e x : winner_stays x -> no_kink selecting_layer e x.
Proof.
  intros S ec xc de dx _ MX o K. cbn in *. destruct (S o K) as [B H].
  destruct (H xc dx MX) as [Q V]. split; [exact Q|]. apply V. apply MX. exact B.
Qed.

Theorem selecting_layer_backward_is_adjoint e x : (forall o, 1 <= o <= O -> 1 <= choose x o <= I) ->
  backward_is_adjoint selecting_layer e x.
Proof.
  intros B g de dx. cbn. unfold Tying.dot. change (sum 0 _) with [0].
  transitivity (sum I (fun i => dx i [*] sum O (fun o => if choose x o =? i then g o else [0]))).
  - transitivity (sum O (fun o => sum I (fun i => if i =? choose x o then dx i [*] g o else [0]))).
    + apply sum_ext. intros o K.
      rewrite (sum_delta R rO rI radd rmul rsub ropp laws I (choose x o) (fun i => dx i [*] g o)).
      rewrite (proj2 (within_spec _ _) (B o K)). ring.
    + rewrite (sum_swap R rO rI radd rmul rsub ropp laws). apply sum_ext. intros i _.
      rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). apply sum_ext. intros o _.
      rewrite (Z.eqb_sym i). destruct (choose x o =? i); ring.
  - ring.
Qed.
End Selecting.

(* A mean over a minibatch: m samples xs, each with a loss of its own (its label's), `inverse` the
   inverse of their number.  What is returned for the samples, averaged, is the mean's gradient. *)
Section Minibatch.
Variable slope_add : forall f g a b, slope f a -> slope g b -> slope (fun t => f t [+] g t) (a [+] b).
Variable slope_mul : forall f g a b, slope f a -> slope g b ->
  slope (fun t => f t [*] g t) (a [*] g t0 [+] f t0 [*] b).

Lemma gradient_of_mean m inverse (loss : Z -> vector -> R) (g : Z -> vector) w :
  (forall i, 1 <= i <= m -> gradient_at P (loss i) w (g i)) ->
  gradient_at P (fun u => inverse [*] sum m (fun i => loss i u)) w
    (fun p => inverse [*] sum m (fun i => g i p)).
Proof.
  intros G c v M.
  assert (S : slope (fun t => sum m (fun i => loss i (c t))) (sum m (fun i => dot P (g i) v))).
  { apply (slope_sum slope_add m (fun i t => loss i (c t))). intros i K. apply (G i K c v M). }
  pose proof (slope_mul (fun _ => inverse) _ _ _ (slope_constant inverse) S) as H. cbv beta in H.
  match goal with |- slope _ ?s => match type of H with slope _ ?s' =>
    replace s with s'; [exact H|] end end.
  unfold Tying.dot. rewrite (sum_swap R rO rI radd rmul rsub ropp laws).
  transitivity (inverse [*] sum P (fun p => sum m (fun i => g i p [*] v p))); [ring|].
  rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). apply sum_ext. intros p _.
  rewrite <- (sum_mul_r R rO rI radd rmul rsub ropp laws). ring.
Qed.

Theorem minibatch_gradient net n m inverse (loss : Z -> vector -> R)
    (loss_gradient : Z -> vector -> vector) w (xs : Z -> vector) :
  (forall i, 1 <= i <= m -> sound net w (xs i) /\
     gradient_at (last_size net n) (loss i) (forward net w (xs i))
       (loss_gradient i (forward net w (xs i)))) ->
  gradient_at P (fun u => inverse [*] sum m (fun i => loss i (forward net u (xs i)))) w
    (fun p => inverse [*] sum m (fun i => fst (backward net (loss_gradient i) w (xs i)) p)).
Proof.
  intros H. apply (gradient_of_mean m inverse (fun i u => loss i (forward net u (xs i)))
    (fun i => fst (backward net (loss_gradient i) w (xs i)))).
  intros i K. destruct (H i K) as [S G]. apply (backpropagation_weights net n); assumption.
Qed.
End Minibatch.
End Backpropagation.
