(* Backpropagation: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Backpropagation.
Definition mean_reads_its_ranges : @Convproof.Backpropagation.reads_its_ranges =
(fun (R : Type) (l : Backpropagation.layer R) =>
forall e e' x x' : Z -> R,
(forall k : Z, 1 <= k <= Backpropagation.edges R l -> e k = e' k) ->
(forall i : Z, 1 <= i <= Backpropagation.inputs R l -> x i = x' i) ->
forall o : Z,
1 <= o <= Backpropagation.outputs R l ->
Backpropagation.run R l e x o = Backpropagation.run R l e' x' o)
  := eq_refl.
Definition mean_no_kink : @Convproof.Backpropagation.no_kink =
(fun (R T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop) (l : Backpropagation.layer R)
  (e x : Tying.vector R) =>
forall (ec xc : T -> Tying.vector R) (de dx : Tying.vector R),
Tying.moves R T t0 slope (Backpropagation.edges R l) ec e de ->
Tying.moves R T t0 slope (Backpropagation.inputs R l) xc x dx ->
Tying.moves R T t0 slope (Backpropagation.outputs R l)
  (fun t : T => Backpropagation.run R l (ec t) (xc t)) (Backpropagation.run R l e x)
  (Backpropagation.tangent R l e x de dx))
  := eq_refl.
Definition mean_backward_is_adjoint : @Convproof.Backpropagation.backward_is_adjoint =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (l : Backpropagation.layer R)
  (e x : Tying.vector R) =>
forall g de dx : Tying.vector R,
Tying.dot R rO radd rmul (Backpropagation.outputs R l) g (Backpropagation.tangent R l e x de dx) =
radd
  (Tying.dot R rO radd rmul (Backpropagation.edges R l) de (Backpropagation.back_edges R l e x g))
  (Tying.dot R rO radd rmul (Backpropagation.inputs R l) dx
     (Backpropagation.back_input R l e x g)))
  := eq_refl.
Definition mean_forward : @Convproof.Backpropagation.forward =
(fun (R : Type) (rO : R) (P : Z) =>
fix forward (net : list (Backpropagation.layer R)) (w x : Tying.vector R) {struct net} :
    Tying.vector R :=
  match net with
  | [] => x
  | l :: rest =>
      forward rest w
        (Backpropagation.run R l (Tying.spread R rO P (Backpropagation.tie R l) w) x)
  end)
  := eq_refl.
Definition mean_backward : @Convproof.Backpropagation.backward =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (P : Z) =>
fix backward
  (net : list (Backpropagation.layer R)) (loss_gradient : Tying.vector R -> Tying.vector R)
  (w x : Tying.vector R) {struct net} : Tying.vector R * Tying.vector R :=
  match net with
  | [] => (fun _ : Z => rO, loss_gradient x)
  | l :: rest =>
      let e := Tying.spread R rO P (Backpropagation.tie R l) w in
      let below := backward rest loss_gradient w (Backpropagation.run R l e x) in
      (fun p : Z =>
       radd (fst below p)
         (Tying.pool R rO radd (Backpropagation.edges R l) (Backpropagation.tie R l)
            (Backpropagation.back_edges R l e x (snd below)) p),
       Backpropagation.back_input R l e x (snd below))
  end)
  := eq_refl.
Definition mean_sound : @Convproof.Backpropagation.sound =
(fun (R : Type) (rO : R) (radd rmul : R -> R -> R) (T : Type) (t0 : T)
  (slope : (T -> R) -> R -> Prop) (P : Z) =>
fix sound (net : list (Backpropagation.layer R)) (w x : Tying.vector R) {struct net} : Prop :=
  match net with
  | [] => True
  | l :: rest =>
      Backpropagation.no_kink R T t0 slope l (Tying.spread R rO P (Backpropagation.tie R l) w) x /\
      Backpropagation.backward_is_adjoint R rO radd rmul l
        (Tying.spread R rO P (Backpropagation.tie R l) w) x /\
      match rest with
      | [] => True
      | next :: _ => Backpropagation.inputs R next = Backpropagation.outputs R l
      end /\
      sound rest w (Backpropagation.run R l (Tying.spread R rO P (Backpropagation.tie R l) w) x)
  end)
  := eq_refl.
Definition mean_first_size : @Convproof.Backpropagation.first_size =
(fun (R : Type) (net : list (Backpropagation.layer R)) (last : Z) =>
match net with
| [] => last
| l :: _ => Backpropagation.inputs R l
end)
  := eq_refl.
Definition mean_last_size : @Convproof.Backpropagation.last_size =
(fun R : Type =>
fix last_size (net : list (Backpropagation.layer R)) (size : Z) {struct net} : Z :=
  match net with
  | [] => size
  | l :: rest => last_size rest (Backpropagation.outputs R l)
  end)
  := eq_refl.
Definition mean_source : @Convproof.Backpropagation.source =
(fun (R : Type) (rI : R) (I : Z) (from : Z -> Z) (x : Tying.vector R) (k : Z) =>
if Sums.within I (from k) then x (from k) else rI)
  := eq_refl.
Definition mean_motion : @Convproof.Backpropagation.motion =
(fun (R : Type) (rO : R) (I : Z) (from : Z -> Z) (dx : Tying.vector R) (k : Z) =>
if Sums.within I (from k) then dx (from k) else rO)
  := eq_refl.
Definition mean_edge_layer : @Convproof.Backpropagation.edge_layer =
(fun (R : Type) (rO rI : R) (radd rmul : R -> R -> R) (I O E : Z) (from to ties : Z -> Z) =>
{|
  Backpropagation.inputs := I;
  Backpropagation.outputs := O;
  Backpropagation.edges := E;
  Backpropagation.tie := ties;
  Backpropagation.run :=
    fun (e x : Tying.vector R) (o : Z) =>
    Sums.sum R rO radd E
      (fun k : Z => if to k =? o then rmul (e k) (Backpropagation.source R rI I from x k) else rO);
  Backpropagation.tangent :=
    fun (e x de dx : Tying.vector R) (o : Z) =>
    Sums.sum R rO radd E
      (fun k : Z =>
       if to k =? o
       then
        radd (rmul (de k) (Backpropagation.source R rI I from x k))
          (rmul (e k) (Backpropagation.motion R rO I from dx k))
       else rO);
  Backpropagation.back_edges :=
    fun (_ x g : Tying.vector R) (k : Z) =>
    if Sums.within O (to k) then rmul (g (to k)) (Backpropagation.source R rI I from x k) else rO;
  Backpropagation.back_input :=
    fun (e _ g : Tying.vector R) (i : Z) =>
    Sums.sum R rO radd E
      (fun k : Z =>
       if from k =? i then if Sums.within O (to k) then rmul (e k) (g (to k)) else rO else rO)
|})
  := eq_refl.
Definition mean_pointwise_layer : @Convproof.Backpropagation.pointwise_layer =
(fun (R : Type) (rO : R) (rmul : R -> R -> R) (size : Z) (act slope_of_act : R -> R) =>
{|
  Backpropagation.inputs := size;
  Backpropagation.outputs := size;
  Backpropagation.edges := 0;
  Backpropagation.tie := fun _ : Z => 0;
  Backpropagation.run := fun (_ x : Tying.vector R) (o : Z) => act (x o);
  Backpropagation.tangent :=
    fun (_ x _ dx : Tying.vector R) (o : Z) => rmul (slope_of_act (x o)) (dx o);
  Backpropagation.back_edges := fun (_ _ _ : Tying.vector R) (_ : Z) => rO;
  Backpropagation.back_input :=
    fun (_ x g : Tying.vector R) (i : Z) => rmul (slope_of_act (x i)) (g i)
|})
  := eq_refl.
Definition mean_smooth_entries : @Convproof.Backpropagation.smooth_entries =
(fun (R : Type) (rmul : R -> R -> R) (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop)
  (size : Z) (act slope_of_act : R -> R) (x : Tying.vector R) =>
forall i : Z,
1 <= i <= size ->
forall (c : T -> R) (v : R),
c t0 = x i -> slope c v -> slope (fun t : T => act (c t)) (rmul (slope_of_act (x i)) v))
  := eq_refl.
Definition mean_selecting_layer : @Convproof.Backpropagation.selecting_layer =
(fun (R : Type) (rO : R) (radd : R -> R -> R) (I O : Z) (choose : Tying.vector R -> Z -> Z) =>
{|
  Backpropagation.inputs := I;
  Backpropagation.outputs := O;
  Backpropagation.edges := 0;
  Backpropagation.tie := fun _ : Z => 0;
  Backpropagation.run := fun (_ x : Tying.vector R) (o : Z) => x (choose x o);
  Backpropagation.tangent := fun (_ x _ dx : Tying.vector R) (o : Z) => dx (choose x o);
  Backpropagation.back_edges := fun (_ _ _ : Tying.vector R) (_ : Z) => rO;
  Backpropagation.back_input :=
    fun (_ x g : Tying.vector R) (i : Z) =>
    Sums.sum R rO radd O (fun o : Z => if choose x o =? i then g o else rO)
|})
  := eq_refl.
Definition mean_winner_stays : @Convproof.Backpropagation.winner_stays =
(fun (R T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop) (I O : Z)
  (choose : Tying.vector R -> Z -> Z) (x : Tying.vector R) =>
forall o : Z,
1 <= o <= O ->
1 <= choose x o <= I /\
(forall (xc : T -> Tying.vector R) (dx : Tying.vector R),
 Tying.moves R T t0 slope I xc x dx ->
 xc t0 (choose (xc t0) o) = x (choose x o) /\
 (slope (fun t : T => xc t (choose x o)) (dx (choose x o)) ->
  slope (fun t : T => xc t (choose (xc t) o)) (dx (choose x o)))))
  := eq_refl.
Definition made_Build_layer :
forall R : Type,
       Z ->
       Z ->
       Z ->
       (Z -> Z) ->
       (Tying.vector R -> Tying.vector R -> Tying.vector R) ->
       (Tying.vector R -> Tying.vector R -> Tying.vector R -> Tying.vector R -> Tying.vector R) ->
       (Tying.vector R -> Tying.vector R -> Tying.vector R -> Tying.vector R) ->
       (Tying.vector R -> Tying.vector R -> Tying.vector R -> Tying.vector R) ->
       Backpropagation.layer R
  := @Convproof.Backpropagation.Build_layer.
Definition pin_backpropagation :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
       (forall a : R, slope (fun _ : T => a) rO) ->
       forall (P : Z) (net : list (Backpropagation.layer R)) (n : Z) 
         (loss : Tying.vector R -> R) (loss_gradient : Tying.vector R -> Tying.vector R)
         (w x : Tying.vector R),
       Backpropagation.sound R rO radd rmul T t0 slope P net w x ->
       Tying.gradient_at R rO radd rmul T t0 slope (Backpropagation.last_size R net n) loss
         (Backpropagation.forward R rO P net w x)
         (loss_gradient (Backpropagation.forward R rO P net w x)) ->
       forall (wc : T -> Tying.vector R) (dw : Tying.vector R) (xc : T -> Tying.vector R)
         (dx : Tying.vector R),
       Tying.moves R T t0 slope P wc w dw ->
       Tying.moves R T t0 slope (Backpropagation.first_size R net n) xc x dx ->
       slope (fun t : T => loss (Backpropagation.forward R rO P net (wc t) (xc t)))
         (radd
            (Tying.dot R rO radd rmul P dw
               (fst (Backpropagation.backward R rO radd P net loss_gradient w x)))
            (Tying.dot R rO radd rmul (Backpropagation.first_size R net n) dx
               (snd (Backpropagation.backward R rO radd P net loss_gradient w x))))
  := @Convproof.Backpropagation.backpropagation.
Goal True. idtac "theorem" "backpropagation". Abort.
Definition pin_backpropagation_weights :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
       (forall a : R, slope (fun _ : T => a) rO) ->
       forall (P : Z) (net : list (Backpropagation.layer R)) (n : Z) 
         (loss : Tying.vector R -> R) (loss_gradient : Tying.vector R -> Tying.vector R)
         (w x : Tying.vector R),
       Backpropagation.sound R rO radd rmul T t0 slope P net w x ->
       Tying.gradient_at R rO radd rmul T t0 slope (Backpropagation.last_size R net n) loss
         (Backpropagation.forward R rO P net w x)
         (loss_gradient (Backpropagation.forward R rO P net w x)) ->
       Tying.gradient_at R rO radd rmul T t0 slope P
         (fun u : Tying.vector R => loss (Backpropagation.forward R rO P net u x)) w
         (fst (Backpropagation.backward R rO radd P net loss_gradient w x))
  := @Convproof.Backpropagation.backpropagation_weights.
Goal True. idtac "theorem" "backpropagation_weights". Abort.
Definition pin_edge_layer_has_no_kink :
  forall (R : Type) (rO rI : R) (radd rmul : R -> R -> R) (T : Type) 
         (t0 : T) (slope : (T -> R) -> R -> Prop),
       (forall a : R, slope (fun _ : T => a) rO) ->
       (forall (f g : T -> R) (a b : R),
        slope f a -> slope g b -> slope (fun t : T => radd (f t) (g t)) (radd a b)) ->
       (forall (f g : T -> R) (a b : R),
        slope f a ->
        slope g b -> slope (fun t : T => rmul (f t) (g t)) (radd (rmul a (g t0)) (rmul (f t0) b))) ->
       forall (I O E : Z) (from to ties : Z -> Z) (e x : Tying.vector R),
       Backpropagation.no_kink R T t0 slope
         (Backpropagation.edge_layer R rO rI radd rmul I O E from to ties) e x
  := @Convproof.Backpropagation.edge_layer_has_no_kink.
Goal True. idtac "theorem" "edge_layer_has_no_kink". Abort.
Definition pin_edge_layer_backward_is_adjoint :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (I O E : Z) (from to ties : Z -> Z) (e x : Tying.vector R),
       Backpropagation.backward_is_adjoint R rO radd rmul
         (Backpropagation.edge_layer R rO rI radd rmul I O E from to ties) e x
  := @Convproof.Backpropagation.edge_layer_backward_is_adjoint.
Goal True. idtac "theorem" "edge_layer_backward_is_adjoint". Abort.
Definition pin_pointwise_layer_has_no_kink :
  forall (R : Type) (rO : R) (rmul : R -> R -> R) (T : Type) (t0 : T)
         (slope : (T -> R) -> R -> Prop) (size : Z) (act slope_of_act : R -> R)
         (e x : Tying.vector R),
       Backpropagation.smooth_entries R rmul T t0 slope size act slope_of_act x ->
       Backpropagation.no_kink R T t0 slope
         (Backpropagation.pointwise_layer R rO rmul size act slope_of_act) e x
  := @Convproof.Backpropagation.pointwise_layer_has_no_kink.
Goal True. idtac "theorem" "pointwise_layer_has_no_kink". Abort.
Definition pin_pointwise_layer_backward_is_adjoint :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (size : Z) (act slope_of_act : R -> R) (e x : Tying.vector R),
       Backpropagation.backward_is_adjoint R rO radd rmul
         (Backpropagation.pointwise_layer R rO rmul size act slope_of_act) e x
  := @Convproof.Backpropagation.pointwise_layer_backward_is_adjoint.
Goal True. idtac "theorem" "pointwise_layer_backward_is_adjoint". Abort.
Definition pin_selecting_layer_has_no_kink :
  forall (R : Type) (rO : R) (radd : R -> R -> R) (T : Type) (t0 : T)
         (slope : (T -> R) -> R -> Prop) (I O : Z) (choose : Tying.vector R -> Z -> Z)
         (e x : Tying.vector R),
       Backpropagation.winner_stays R T t0 slope I O choose x ->
       Backpropagation.no_kink R T t0 slope
         (Backpropagation.selecting_layer R rO radd I O choose) e x
  := @Convproof.Backpropagation.selecting_layer_has_no_kink.
Goal True. idtac "theorem" "selecting_layer_has_no_kink". Abort.
Definition pin_selecting_layer_backward_is_adjoint :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (I O : Z) (choose : Tying.vector R -> Z -> Z) (e x : Tying.vector R),
       (forall o : Z, 1 <= o <= O -> 1 <= choose x o <= I) ->
       Backpropagation.backward_is_adjoint R rO radd rmul
         (Backpropagation.selecting_layer R rO radd I O choose) e x
  := @Convproof.Backpropagation.selecting_layer_backward_is_adjoint.
Goal True. idtac "theorem" "selecting_layer_backward_is_adjoint". Abort.
Definition pin_minibatch_gradient :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (T : Type) (t0 : T) (slope : (T -> R) -> R -> Prop),
       (forall a : R, slope (fun _ : T => a) rO) ->
       forall P : Z,
       (forall (f g : T -> R) (a b : R),
        slope f a -> slope g b -> slope (fun t : T => radd (f t) (g t)) (radd a b)) ->
       (forall (f g : T -> R) (a b : R),
        slope f a ->
        slope g b -> slope (fun t : T => rmul (f t) (g t)) (radd (rmul a (g t0)) (rmul (f t0) b))) ->
       forall (net : list (Backpropagation.layer R)) (n m : Z) (inverse : R)
         (loss : Z -> Tying.vector R -> R)
         (loss_gradient : Z -> Tying.vector R -> Tying.vector R) (w : Tying.vector R)
         (xs : Z -> Tying.vector R),
       (forall i : Z,
        1 <= i <= m ->
        Backpropagation.sound R rO radd rmul T t0 slope P net w (xs i) /\
        Tying.gradient_at R rO radd rmul T t0 slope (Backpropagation.last_size R net n) 
          (loss i) (Backpropagation.forward R rO P net w (xs i))
          (loss_gradient i (Backpropagation.forward R rO P net w (xs i)))) ->
       Tying.gradient_at R rO radd rmul T t0 slope P
         (fun u : Tying.vector R =>
          rmul inverse
            (Sums.sum R rO radd m
               (fun i : Z => loss i (Backpropagation.forward R rO P net u (xs i))))) w
         (fun p : Z =>
          rmul inverse
            (Sums.sum R rO radd m
               (fun i : Z =>
                fst (Backpropagation.backward R rO radd P net (loss_gradient i) w (xs i)) p)))
  := @Convproof.Backpropagation.minibatch_gradient.
Goal True. idtac "theorem" "minibatch_gradient". Abort.
Definition theorems :=
 (pin_backpropagation,
  pin_backpropagation_weights,
  pin_edge_layer_has_no_kink,
  pin_edge_layer_backward_is_adjoint,
  pin_pointwise_layer_has_no_kink,
  pin_pointwise_layer_backward_is_adjoint,
  pin_selecting_layer_has_no_kink,
  pin_selecting_layer_backward_is_adjoint,
  pin_minibatch_gradient).
Print Assumptions theorems.
