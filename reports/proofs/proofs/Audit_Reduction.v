(* Reduction: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Reduction.
Definition mean_labels : @Convproof.Reduction.labels =
(fun (Y Draw : Type) (n : nat) (input : Draw -> nat -> Y) (w : Draw) (f : Y -> bool) =>
map (fun i : nat => f (input w i)) (seq 0 n))
  := eq_refl.
Definition mean_distance : @Convproof.Reduction.distance =
(fun (V Y : Type) (P : (Y -> nat) -> V) => Counting.dist V Y P bool bool_dec)
  := eq_refl.
Definition mean_invariant_under_rotation : @Convproof.Reduction.invariant_under_rotation =
(fun (V Y Draw : Type) (P : (Y -> nat) -> V) (E : (Draw -> nat) -> V) 
  (okP : (Y -> nat) -> Prop) (okE : (Draw -> nat) -> Prop) (turn : Y -> Y)
  (turn_draw : Draw -> Draw) =>
(forall f : Y -> nat, okP f -> okP (fun y : Y => f (turn y)) /\ P (fun y : Y => f (turn y)) = P f) /\
(forall f : Draw -> nat,
 okE f -> okE (fun w : Draw => f (turn_draw w)) /\ E (fun w : Draw => f (turn_draw w)) = E f))
  := eq_refl.
Definition mean_inputs_turn : @Convproof.Reduction.inputs_turn =
(fun (Y Draw : Type) (input : Draw -> nat -> Y) (turn : Y -> Y) (turn_draw : Draw -> Draw) =>
forall (w : Draw) (i : nat), input (turn_draw w) i = turn (input w i))
  := eq_refl.
Definition mean_equivariant : @Convproof.Reduction.equivariant =
(fun (Y Draw : Type) (learn : Draw -> list bool -> Y -> bool) (turn : Y -> Y)
  (turn_draw : Draw -> Draw) =>
forall (w : Draw) (l : list bool) (y : Y), learn (turn_draw w) l (turn y) = learn w l y)
  := eq_refl.
Definition pin_success_turns :
  forall (V : Type) (le0 : V -> V -> Prop),
       (forall a b : V, le0 a b -> le0 b a -> a = b) ->
       forall (Y Draw : Type) (P : (Y -> nat) -> V) (E : (Draw -> nat) -> V)
         (okP : (Y -> nat) -> Prop) (okE : (Draw -> nat) -> Prop),
       (forall f g : Y -> nat,
        okP f -> okP g -> (forall y : Y, (f y <= g y)%nat) -> le0 (P f) (P g)) ->
       (forall f g : Draw -> nat, (forall w : Draw, f w = g w) -> okE f -> okE g) ->
       (forall f g : Draw -> nat,
        okE f -> okE g -> (forall w : Draw, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall good : (Y -> bool) -> Prop,
       (forall f g : Y -> bool, good f -> good g -> Counting.comparable Y okP bool bool_dec f g) ->
       forall (n : nat) (input : Draw -> nat -> Y) (learn : Draw -> list bool -> Y -> bool)
         (error : V) (close : (Y -> bool) -> (Y -> bool) -> bool),
       (forall g f : Y -> bool, close g f = true <-> le0 (Reduction.distance V Y P g f) error) ->
       (forall (w : Draw) (l : list bool), good (learn w l)) ->
       forall (turn : Y -> Y) (turn_draw : Draw -> Draw) (f : Y -> bool),
       Reduction.invariant_under_rotation V Y Draw P E okP okE turn turn_draw ->
       Reduction.inputs_turn Y Draw input turn turn_draw ->
       Reduction.equivariant Y Draw learn turn turn_draw ->
       good f ->
       good (fun y : Y => f (turn y)) ->
       Counting.seen Draw okE
         (Counting.succeeds (Y -> bool) close Draw (Reduction.labels Y Draw n input) learn f) ->
       Counting.seen Draw okE
         (Counting.succeeds (Y -> bool) close Draw (Reduction.labels Y Draw n input) learn
            (fun y : Y => f (turn y))) /\
       Counting.success V (Y -> bool) close Draw E (Reduction.labels Y Draw n input) learn
         (fun y : Y => f (turn y)) =
       Counting.success V (Y -> bool) close Draw E (Reduction.labels Y Draw n input) learn f
  := @Convproof.Reduction.success_turns.
Goal True. idtac "theorem" "success_turns". Abort.
Definition pin_one_target_is_all :
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
       (forall a : V, le0 a a) ->
       (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
       (forall a b : V, le0 a b -> le0 b a -> a = b) ->
       (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
       forall (Y Draw : Type) (P : (Y -> nat) -> V) (E : (Draw -> nat) -> V)
         (okP : (Y -> nat) -> Prop) (okE : (Draw -> nat) -> Prop),
       (forall f g : Y -> nat, (forall y : Y, f y = g y) -> okP f -> okP g) ->
       (forall f g : Y -> nat, okP f -> okP g -> okP (fun y : Y => (f y + g y)%nat)) ->
       (forall f g : Y -> nat,
        okP f -> okP g -> P (fun y : Y => (f y + g y)%nat) = plus (P f) (P g)) ->
       (forall f g : Y -> nat,
        okP f -> okP g -> (forall y : Y, (f y <= g y)%nat) -> le0 (P f) (P g)) ->
       (forall f g : Draw -> nat, (forall w : Draw, f w = g w) -> okE f -> okE g) ->
       (forall n : nat, okE (fun _ : Draw => n)) ->
       (forall f g : Draw -> nat, okE f -> okE g -> okE (fun w : Draw => (f w + g w)%nat)) ->
       E (fun _ : Draw => 0%nat) = zero ->
       (forall f g : Draw -> nat,
        okE f -> okE g -> E (fun w : Draw => (f w + g w)%nat) = plus (E f) (E g)) ->
       (forall f g : Draw -> nat,
        okE f -> okE g -> (forall w : Draw, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall good : (Y -> bool) -> Prop,
       (forall f g : Y -> bool, good f -> good g -> Counting.comparable Y okP bool bool_dec f g) ->
       forall (n : nat) (input : Draw -> nat -> Y) (learn : Draw -> list bool -> Y -> bool)
         (error : V) (close : (Y -> bool) -> (Y -> bool) -> bool),
       (forall g f : Y -> bool, close g f = true <-> le0 (Reduction.distance V Y P g f) error) ->
       (forall (w : Draw) (l : list bool), good (learn w l)) ->
       forall (Rotation : Type) (turn : Rotation -> Y -> Y)
         (turn_draw : Rotation -> Draw -> Draw) (h : Y -> bool) (s : V)
         (rotations : list Rotation),
       (forall r : Rotation,
        Reduction.invariant_under_rotation V Y Draw P E okP okE (turn r) (turn_draw r) /\
        Reduction.inputs_turn Y Draw input (turn r) (turn_draw r) /\
        Reduction.equivariant Y Draw learn (turn r) (turn_draw r) /\
        good (fun y : Y => h (turn r y))) ->
       good h ->
       Counting.seen Draw okE
         (Counting.succeeds (Y -> bool) close Draw (Reduction.labels Y Draw n input) learn h) ->
       le0 s
         (Counting.success V (Y -> bool) close Draw E (Reduction.labels Y Draw n input) learn h) ->
       Counting.family V plus le0 (Y -> bool) (Reduction.distance V Y P) error
         (map (fun (r : Rotation) (y : Y) => h (turn r y)) rotations) ->
       le0 (Counting.times V zero plus (length rotations) s)
         (Counting.times V zero plus (2 ^ n) (Counting.whole V Draw E))
  := @Convproof.Reduction.one_target_is_all.
Goal True. idtac "theorem" "one_target_is_all". Abort.
Definition theorems :=
 (pin_success_turns,
  pin_one_target_is_all).
Print Assumptions theorems.
