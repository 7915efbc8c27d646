(* Counting: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Counting.
Require Convproof.Statements_Counting.
Definition mean_times : @Convproof.Counting.times =
(fun (V : Type) (zero : V) (plus : V -> V -> V) =>
fix times (n : nat) (v : V) {struct n} : V :=
  match n with
  | 0%nat => zero
  | S m => plus v (times m v)
  end)
  := eq_refl.
Definition mean_total : @Convproof.Counting.total =
(fun (V : Type) (zero : V) (plus : V -> V -> V) =>
fix total (A : Type) (f : A -> V) (l : list A) {struct l} : V :=
  match l with
  | [] => zero
  | a :: r => plus (f a) (total A f r)
  end)
  := eq_refl.
Definition mean_seen : @Convproof.Counting.seen =
(fun (Omega : Type) (ok : (Omega -> nat) -> Prop) (event : Omega -> bool) =>
ok (fun w : Omega => Nat.b2n (event w)))
  := eq_refl.
Definition mean_prob : @Convproof.Counting.prob =
(fun (V Omega : Type) (E : (Omega -> nat) -> V) (event : Omega -> bool) =>
E (fun w : Omega => Nat.b2n (event w)))
  := eq_refl.
Definition mean_whole : @Convproof.Counting.whole =
(fun (V Omega : Type) (E : (Omega -> nat) -> V) => E (fun _ : Omega => 1%nat))
  := eq_refl.
Definition mean_count : @Convproof.Counting.count =
(fun Omega : Type =>
fix count (A : Type) (event : A -> Omega -> bool) (l : list A) (w : Omega) {struct l} : nat :=
  match l with
  | [] => 0%nat
  | a :: r => (Nat.b2n (event a w) + count A event r w)%nat
  end)
  := eq_refl.
Definition mean_differ : @Convproof.Counting.differ =
(fun (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (a b : L) =>
if eq_dec a b then false else true)
  := eq_refl.
Definition mean_dist : @Convproof.Counting.dist =
(fun (V Omega : Type) (E : (Omega -> nat) -> V) (L : Type)
  (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g : Omega -> L) =>
Counting.prob V Omega E (fun w : Omega => Counting.differ L eq_dec (f w) (g w)))
  := eq_refl.
Definition mean_comparable : @Convproof.Counting.comparable =
(fun (Omega : Type) (ok : (Omega -> nat) -> Prop) (L : Type)
  (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g : Omega -> L) =>
Counting.seen Omega ok (fun w : Omega => Counting.differ L eq_dec (f w) (g w)))
  := eq_refl.
Definition mean_apart : @Convproof.Counting.apart =
(fun (V : Type) (plus : V -> V -> V) (le : V -> V -> Prop) (F : Type) 
  (distance : F -> F -> V) (error : V) (f g : F) => ~ le (distance f g) (plus error error))
  := eq_refl.
Definition mean_family : @Convproof.Counting.family =
(fun (V : Type) (plus : V -> V -> V) (le : V -> V -> Prop) (F : Type) 
  (distance : F -> F -> V) (error : V) =>
ForallOrdPairs (Counting.apart V plus le F distance error))
  := eq_refl.
Definition mean_strings : @Convproof.Counting.strings =
(fix strings (n : nat) : list (list bool) :=
  match n with
  | 0%nat => [[]]
  | S m => map (cons true) (strings m) ++ map (cons false) (strings m)
  end)
  := eq_refl.
Definition mean_succeeds : @Convproof.Counting.succeeds =
(fun (F : Type) (close : F -> F -> bool) (Omega : Type) (labels : Omega -> F -> list bool)
  (learn : Omega -> list bool -> F) (f : F) (w : Omega) => close (learn w (labels w f)) f)
  := eq_refl.
Definition mean_success : @Convproof.Counting.success =
(fun (V F : Type) (close : F -> F -> bool) (Omega : Type) (E : (Omega -> nat) -> V)
  (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F) 
  (f : F) => Counting.prob V Omega E (Counting.succeeds F close Omega labels learn f))
  := eq_refl.
Definition mean_fair : @Convproof.Counting.fair =
(fun (F : Type) (good : F -> Prop) (close : F -> F -> bool) (Omega : Type)
  (ok : (Omega -> nat) -> Prop) (labels : Omega -> F -> list bool)
  (learn : Omega -> list bool -> F) (f : F) =>
good f /\ Counting.seen Omega ok (Counting.succeeds F close Omega labels learn f))
  := eq_refl.
Definition mean_packing : @Convproof.Counting.packing =
(fun (X : Type) (near : X -> X -> bool) => ForallOrdPairs (fun p q : X => near p q = false))
  := eq_refl.
Definition mean_maximal : @Convproof.Counting.maximal =
(fun (X : Type) (near : X -> X -> bool) (l : list X) =>
Counting.packing X near l /\ (forall p : X, ~ Counting.packing X near (p :: l)))
  := eq_refl.
Definition mean_mean : @Convproof.Counting.mean =
(fun (Omega : Type) (outcomes : list (Omega * nat)) (f : Omega -> nat) =>
fold_right (fun (o : Omega * nat) (s : nat) => (snd o * f (fst o) + s)%nat) 0%nat outcomes)
  := eq_refl.
Definition pin_dist_nonneg :
  forall (V : Type) (zero : V) (le0 : V -> V -> Prop) (Omega : Type)
         (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall n : nat, ok (fun _ : Omega => n)) ->
       E (fun _ : Omega => 0%nat) = zero ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g : Omega -> L),
       Counting.comparable Omega ok L eq_dec f g ->
       le0 zero (Counting.dist V Omega E L eq_dec f g)
  := @Convproof.Counting.dist_nonneg.
Definition pin_dist_nonneg_2 :
  Convproof.Statements_Counting.dist_nonneg_statement
  := @Convproof.Counting.dist_nonneg.
Goal True. idtac "theorem" "dist_nonneg". Abort.
Definition pin_dist_self :
  forall (V : Type) (zero : V) (le0 : V -> V -> Prop),
       (forall a b : V, le0 a b -> le0 b a -> a = b) ->
       forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall f g : Omega -> nat, (forall w : Omega, f w = g w) -> ok f -> ok g) ->
       (forall n : nat, ok (fun _ : Omega => n)) ->
       E (fun _ : Omega => 0%nat) = zero ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f : Omega -> L),
       Counting.dist V Omega E L eq_dec f f = zero
  := @Convproof.Counting.dist_self.
Definition pin_dist_self_2 :
  Convproof.Statements_Counting.dist_self_statement
  := @Convproof.Counting.dist_self.
Goal True. idtac "theorem" "dist_self". Abort.
Definition pin_dist_symmetric :
  forall (V : Type) (le0 : V -> V -> Prop),
       (forall a b : V, le0 a b -> le0 b a -> a = b) ->
       forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall f g : Omega -> nat, (forall w : Omega, f w = g w) -> ok f -> ok g) ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g : Omega -> L),
       Counting.comparable Omega ok L eq_dec f g ->
       Counting.dist V Omega E L eq_dec f g = Counting.dist V Omega E L eq_dec g f
  := @Convproof.Counting.dist_symmetric.
Definition pin_dist_symmetric_2 :
  Convproof.Statements_Counting.dist_symmetric_statement
  := @Convproof.Counting.dist_symmetric.
Goal True. idtac "theorem" "dist_symmetric". Abort.
Definition pin_dist_triangle :
  forall (V : Type) (plus : V -> V -> V) (le0 : V -> V -> Prop) 
         (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall f g : Omega -> nat, ok f -> ok g -> ok (fun w : Omega => (f w + g w)%nat)) ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> E (fun w : Omega => (f w + g w)%nat) = plus (E f) (E g)) ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g h : Omega -> L),
       Counting.comparable Omega ok L eq_dec f g ->
       Counting.comparable Omega ok L eq_dec g h ->
       Counting.comparable Omega ok L eq_dec f h ->
       le0 (Counting.dist V Omega E L eq_dec f h)
         (plus (Counting.dist V Omega E L eq_dec f g) (Counting.dist V Omega E L eq_dec g h))
  := @Convproof.Counting.dist_triangle.
Definition pin_dist_triangle_2 :
  Convproof.Statements_Counting.dist_triangle_statement
  := @Convproof.Counting.dist_triangle.
Goal True. idtac "theorem" "dist_triangle". Abort.
Definition pin_dist_zero_off :
  forall (V : Type) (zero : V) (le0 : V -> V -> Prop),
       (forall a b : V, le0 a b -> le0 b a -> a = b) ->
       forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall n : nat, ok (fun _ : Omega => n)) ->
       E (fun _ : Omega => 0%nat) = zero ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) 
         (f g : Omega -> L) (null : Omega -> bool),
       Counting.comparable Omega ok L eq_dec f g ->
       Counting.seen Omega ok null ->
       Counting.prob V Omega E null = zero ->
       (forall w : Omega, null w = false -> f w = g w) ->
       Counting.dist V Omega E L eq_dec f g = zero
  := @Convproof.Counting.dist_zero_off.
Definition pin_dist_zero_off_2 :
  Convproof.Statements_Counting.dist_zero_off_statement
  := @Convproof.Counting.dist_zero_off.
Goal True. idtac "theorem" "dist_zero_off". Abort.
Definition pin_close_to_at_most_one :
  forall (V : Type) (plus : V -> V -> V) (le : V -> V -> Prop),
       (forall a b c : V, le a b -> le b c -> le a c) ->
       (forall a b c d : V, le a b -> le c d -> le (plus a c) (plus b d)) ->
       forall (F : Type) (distance : F -> F -> V) (error : V) (good : F -> Prop),
       (forall f g : F, good f -> good g -> distance f g = distance g f) ->
       (forall f g h : F,
        good f -> good g -> good h -> le (distance f h) (plus (distance f g) (distance g h))) ->
       forall close : F -> F -> bool,
       (forall g f : F, close g f = true <-> le (distance g f) error) ->
       forall g f f' : F,
       good g ->
       good f ->
       good f' ->
       Counting.apart V plus le F distance error f f' ->
       close g f = true -> close g f' = true -> False
  := @Convproof.Counting.close_to_at_most_one.
Definition pin_close_to_at_most_one_2 :
  Convproof.Statements_Counting.close_to_at_most_one_statement
  := @Convproof.Counting.close_to_at_most_one.
Goal True. idtac "theorem" "close_to_at_most_one". Abort.
Definition pin_pigeonhole :
  forall (V : Type) (plus : V -> V -> V) (le0 : V -> V -> Prop),
       (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
       (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
       forall (F : Type) (distance : F -> F -> V) (error : V) (good : F -> Prop),
       (forall f g : F, good f -> good g -> distance f g = distance g f) ->
       (forall f g h : F,
        good f -> good g -> good h -> le0 (distance f h) (plus (distance f g) (distance g h))) ->
       forall close : F -> F -> bool,
       (forall g f : F, close g f = true <-> le0 (distance g f) error) ->
       forall (n : nat) (labels : F -> list bool) (learn : list bool -> F) (members : list F),
       (forall s : list bool, good (learn s)) ->
       Forall good members ->
       Counting.family V plus le0 F distance error members ->
       (forall f : F, length (labels f) = n) ->
       (length (filter (fun f : F => close (learn (labels f)) f) members) <= 2 ^ n)%nat
  := @Convproof.Counting.pigeonhole.
Definition pin_pigeonhole_2 :
  Convproof.Statements_Counting.pigeonhole_statement
  := @Convproof.Counting.pigeonhole.
Goal True. idtac "theorem" "pigeonhole". Abort.
Definition pin_successes :
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
       (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
       (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
       forall (F : Type) (distance : F -> F -> V) (error : V) (good : F -> Prop),
       (forall f g : F, good f -> good g -> distance f g = distance g f) ->
       (forall f g h : F,
        good f -> good g -> good h -> le0 (distance f h) (plus (distance f g) (distance g h))) ->
       forall close : F -> F -> bool,
       (forall g f : F, close g f = true <-> le0 (distance g f) error) ->
       forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall n : nat, ok (fun _ : Omega => n)) ->
       (forall f g : Omega -> nat, ok f -> ok g -> ok (fun w : Omega => (f w + g w)%nat)) ->
       E (fun _ : Omega => 0%nat) = zero ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> E (fun w : Omega => (f w + g w)%nat) = plus (E f) (E g)) ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (n : nat) (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F),
       (forall (w : Omega) (f : F), length (labels w f) = n) ->
       (forall (w : Omega) (s : list bool), good (learn w s)) ->
       forall members : list F,
       Forall (Counting.fair F good close Omega ok labels learn) members ->
       Counting.family V plus le0 F distance error members ->
       le0 (Counting.total V zero plus (Counting.success V F close Omega E labels learn) members)
         (Counting.times V zero plus (2 ^ n) (Counting.whole V Omega E))
  := @Convproof.Counting.successes.
Definition pin_successes_2 :
  Convproof.Statements_Counting.successes_statement
  := @Convproof.Counting.successes.
Goal True. idtac "theorem" "successes". Abort.
Definition pin_samples_needed :
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
       (forall a : V, le0 a a) ->
       (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
       (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
       forall (F : Type) (distance : F -> F -> V) (error : V) (good : F -> Prop),
       (forall f g : F, good f -> good g -> distance f g = distance g f) ->
       (forall f g h : F,
        good f -> good g -> good h -> le0 (distance f h) (plus (distance f g) (distance g h))) ->
       forall close : F -> F -> bool,
       (forall g f : F, close g f = true <-> le0 (distance g f) error) ->
       forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
       (forall n : nat, ok (fun _ : Omega => n)) ->
       (forall f g : Omega -> nat, ok f -> ok g -> ok (fun w : Omega => (f w + g w)%nat)) ->
       E (fun _ : Omega => 0%nat) = zero ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> E (fun w : Omega => (f w + g w)%nat) = plus (E f) (E g)) ->
       (forall f g : Omega -> nat,
        ok f -> ok g -> (forall w : Omega, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (n : nat) (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F),
       (forall (w : Omega) (f : F), length (labels w f) = n) ->
       (forall (w : Omega) (s : list bool), good (learn w s)) ->
       forall (members : list F) (s : V),
       Forall (Counting.fair F good close Omega ok labels learn) members ->
       Counting.family V plus le0 F distance error members ->
       (forall f : F, In f members -> le0 s (Counting.success V F close Omega E labels learn f)) ->
       le0 (Counting.times V zero plus (length members) s)
         (Counting.times V zero plus (2 ^ n) (Counting.whole V Omega E))
  := @Convproof.Counting.samples_needed.
Definition pin_samples_needed_2 :
  Convproof.Statements_Counting.samples_needed_statement
  := @Convproof.Counting.samples_needed.
Goal True. idtac "theorem" "samples_needed". Abort.
Definition pin_maximal_packing_covers :
  forall (X : Type) (near : X -> X -> bool),
       (forall p q : X, near p q = near q p) ->
       forall l : list X,
       Counting.maximal X near l -> forall p : X, exists q : X, In q l /\ near q p = true
  := @Convproof.Counting.maximal_packing_covers.
Definition pin_maximal_packing_covers_2 :
  Convproof.Statements_Counting.maximal_packing_covers_statement
  := @Convproof.Counting.maximal_packing_covers.
Goal True. idtac "theorem" "maximal_packing_covers". Abort.
Definition pin_packing_exists :
  forall (X : Type) (near : X -> X -> bool),
       (forall p q : X, near p q = near q p) ->
       (forall p : X, near p p = true) ->
       forall points : list X,
       exists l : list X,
         incl l points /\
         Counting.packing X near l /\
         (forall p : X, In p points -> exists q : X, In q l /\ near q p = true)
  := @Convproof.Counting.packing_exists.
Definition pin_packing_exists_2 :
  Convproof.Statements_Counting.packing_exists_statement
  := @Convproof.Counting.packing_exists.
Goal True. idtac "theorem" "packing_exists". Abort.
Definition pin_packing_lower_bound :
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
       (forall a : V, le0 a a) ->
       (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
       (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
       forall (X : Type) (near : X -> X -> bool),
       (forall p q : X, near p q = near q p) ->
       forall (E : (X -> nat) -> V) (ok : (X -> nat) -> Prop),
       (forall n : nat, ok (fun _ : X => n)) ->
       (forall f g : X -> nat, ok f -> ok g -> ok (fun w : X => (f w + g w)%nat)) ->
       E (fun _ : X => 0%nat) = zero ->
       (forall f g : X -> nat,
        ok f -> ok g -> E (fun w : X => (f w + g w)%nat) = plus (E f) (E g)) ->
       (forall f g : X -> nat,
        ok f -> ok g -> (forall w : X, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       forall (l : list X) (ball : V),
       (forall p : X, Counting.seen X ok (near p)) ->
       Counting.maximal X near l ->
       (forall p : X, le0 (Counting.prob V X E (near p)) ball) ->
       le0 (Counting.whole V X E) (Counting.times V zero plus (length l) ball)
  := @Convproof.Counting.packing_lower_bound.
Definition pin_packing_lower_bound_2 :
  Convproof.Statements_Counting.packing_lower_bound_statement
  := @Convproof.Counting.packing_lower_bound.
Goal True. idtac "theorem" "packing_lower_bound". Abort.
Definition pin_packing_upper_bound :
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
       (forall a : V, le0 a a) ->
       (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
       (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
       forall (X : Type) (near half : X -> X -> bool) (E : (X -> nat) -> V)
         (ok : (X -> nat) -> Prop),
       (forall n : nat, ok (fun _ : X => n)) ->
       (forall f g : X -> nat, ok f -> ok g -> ok (fun w : X => (f w + g w)%nat)) ->
       E (fun _ : X => 0%nat) = zero ->
       (forall f g : X -> nat,
        ok f -> ok g -> E (fun w : X => (f w + g w)%nat) = plus (E f) (E g)) ->
       (forall f g : X -> nat,
        ok f -> ok g -> (forall w : X, (f w <= g w)%nat) -> le0 (E f) (E g)) ->
       (forall p q x : X, half p x = true -> half q x = true -> near p q = true) ->
       forall (l : list X) (small : V),
       (forall p : X, Counting.seen X ok (half p)) ->
       Counting.packing X near l ->
       (forall p : X, le0 small (Counting.prob V X E (half p))) ->
       le0 (Counting.times V zero plus (length l) small) (Counting.whole V X E)
  := @Convproof.Counting.packing_upper_bound.
Definition pin_packing_upper_bound_2 :
  Convproof.Statements_Counting.packing_upper_bound_statement
  := @Convproof.Counting.packing_upper_bound.
Goal True. idtac "theorem" "packing_upper_bound". Abort.
Definition pin_mean_none :
  forall (Omega : Type) (outcomes : list (Omega * nat)),
       Counting.mean Omega outcomes (fun _ : Omega => 0%nat) = 0%nat
  := @Convproof.Counting.mean_none.
Goal True. idtac "theorem" "mean_none". Abort.
Definition pin_mean_add :
  forall (Omega : Type) (outcomes : list (Omega * nat)) (f g : Omega -> nat),
       Counting.mean Omega outcomes (fun w : Omega => (f w + g w)%nat) =
       (Counting.mean Omega outcomes f + Counting.mean Omega outcomes g)%nat
  := @Convproof.Counting.mean_add.
Goal True. idtac "theorem" "mean_add". Abort.
Definition pin_mean_mono :
  forall (Omega : Type) (outcomes : list (Omega * nat)) (f g : Omega -> nat),
       (forall w : Omega, (f w <= g w)%nat) ->
       (Counting.mean Omega outcomes f <= Counting.mean Omega outcomes g)%nat
  := @Convproof.Counting.mean_mono.
Goal True. idtac "theorem" "mean_mono". Abort.
Definition theorems :=
 (pin_dist_nonneg,
  pin_dist_self,
  pin_dist_symmetric,
  pin_dist_triangle,
  pin_dist_zero_off,
  pin_close_to_at_most_one,
  pin_pigeonhole,
  pin_successes,
  pin_samples_needed,
  pin_maximal_packing_covers,
  pin_packing_exists,
  pin_packing_lower_bound,
  pin_packing_upper_bound,
  pin_mean_none,
  pin_mean_add,
  pin_mean_mono).
Print Assumptions theorems.
