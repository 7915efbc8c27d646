(* Packings, coverings and labels: what is proved of (10.10), (10.12) and (10.14).

   Kept apart from the proofs, with words of its own: the kernel compares the two. *)

Require Import List Bool Arith.
Import ListNotations.

Section Words.
Variables (V : Type) (zero : V) (plus : V -> V -> V) (le : V -> V -> Prop).
Infix "<=" := le.
Infix "+" := plus.

Fixpoint times (n : nat) (v : V) : V := match n with O => zero | S m => v + times m v end.

Fixpoint total {A} (f : A -> V) (l : list A) : V :=
  match l with [] => zero | a :: r => f a + total f r end.

Section Space.
(* E is asked about the functions that it measures only: those that are `ok`. *)
Variables (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop).

(* An event that is measured. *)
Definition seen (event : Omega -> bool) : Prop := ok (fun w => Nat.b2n (event w)).

Definition prob (event : Omega -> bool) : V := E (fun w => Nat.b2n (event w)).

Definition whole : V := E (fun _ => 1%nat).

Variables (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}).

Definition differ (a b : L) : bool := if eq_dec a b then false else true.

Definition dist (f g : Omega -> L) : V := prob (fun w => differ (f w) (g w)).

Definition comparable (f g : Omega -> L) : Prop := seen (fun w => differ (f w) (g w)).
End Space.

Variables (F : Type) (distance : F -> F -> V) (error : V) (close : F -> F -> bool).

(* More than twice the error apart. *)
Definition apart (f g : F) := ~ distance f g <= error + error.

Definition family := ForallOrdPairs apart.

Variables (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop).
Variables (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F).

Definition succeeds (f : F) (w : Omega) : bool := close (learn w (labels w f)) f.

Definition success (f : F) : V := prob Omega E (succeeds f).

(* Measured, and whether the learner succeeds on it is an event. *)
Definition fair (good : F -> Prop) (f : F) : Prop := good f /\ seen Omega ok (succeeds f).

Variables (X : Type) (near : X -> X -> bool).

(* No two are near: a packing. *)
Definition packing := ForallOrdPairs (fun p q => near p q = false).

Definition maximal (l : list X) := packing l /\ forall p, ~ packing (p :: l).
End Words.

Definition dist_nonneg_statement : Prop :=
  forall (V : Type) (zero : V) (le0 : V -> V -> Prop) (Omega : Type)
    (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
  (forall n : nat, ok (fun _ : Omega => n)) ->
  E (fun _ : Omega => 0) = zero ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g : Omega -> L),
  comparable Omega ok L eq_dec f g ->
  le0 zero (dist V Omega E L eq_dec f g).

Definition dist_self_statement : Prop :=
  forall (V : Type) (zero : V) (le0 : V -> V -> Prop),
  (forall a b : V, le0 a b -> le0 b a -> a = b) ->
  forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
  (forall f g : Omega -> nat, (forall w : Omega, f w = g w) -> ok f -> ok g) ->
  (forall n : nat, ok (fun _ : Omega => n)) ->
  E (fun _ : Omega => 0) = zero ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f : Omega -> L),
  dist V Omega E L eq_dec f f = zero.

Definition dist_symmetric_statement : Prop :=
  forall (V : Type) (le0 : V -> V -> Prop),
  (forall a b : V, le0 a b -> le0 b a -> a = b) ->
  forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
  (forall f g : Omega -> nat, (forall w : Omega, f w = g w) -> ok f -> ok g) ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g : Omega -> L),
  comparable Omega ok L eq_dec f g ->
  dist V Omega E L eq_dec f g = dist V Omega E L eq_dec g f.

Definition dist_triangle_statement : Prop :=
  forall (V : Type) (plus : V -> V -> V) (le0 : V -> V -> Prop) 
    (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
  (forall f g : Omega -> nat, ok f -> ok g -> ok (fun w : Omega => (f w + g w))) ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> E (fun w : Omega => (f w + g w)) = plus (E f) (E g)) ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) (f g h : Omega -> L),
  comparable Omega ok L eq_dec f g ->
  comparable Omega ok L eq_dec g h ->
  comparable Omega ok L eq_dec f h ->
  le0 (dist V Omega E L eq_dec f h)
    (plus (dist V Omega E L eq_dec f g) (dist V Omega E L eq_dec g h)).

Definition dist_zero_off_statement : Prop :=
  forall (V : Type) (zero : V) (le0 : V -> V -> Prop),
  (forall a b : V, le0 a b -> le0 b a -> a = b) ->
  forall (Omega : Type) (E : (Omega -> nat) -> V) (ok : (Omega -> nat) -> Prop),
  (forall n : nat, ok (fun _ : Omega => n)) ->
  E (fun _ : Omega => 0) = zero ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (L : Type) (eq_dec : forall a b : L, {a = b} + {a <> b}) 
    (f g : Omega -> L) (null : Omega -> bool),
  comparable Omega ok L eq_dec f g ->
  seen Omega ok null ->
  prob V Omega E null = zero ->
  (forall w : Omega, null w = false -> f w = g w) ->
  dist V Omega E L eq_dec f g = zero.

Definition close_to_at_most_one_statement : Prop :=
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
  apart V plus le F distance error f f' ->
  close g f = true -> close g f' = true -> False.

Definition pigeonhole_statement : Prop :=
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
  family V plus le0 F distance error members ->
  (forall f : F, length (labels f) = n) ->
  (length (filter (fun f : F => close (learn (labels f)) f) members) <= 2 ^ n).

Definition successes_statement : Prop :=
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
  (forall f g : Omega -> nat, ok f -> ok g -> ok (fun w : Omega => (f w + g w))) ->
  E (fun _ : Omega => 0) = zero ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> E (fun w : Omega => (f w + g w)) = plus (E f) (E g)) ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (n : nat) (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F),
  (forall (w : Omega) (f : F), length (labels w f) = n) ->
  (forall (w : Omega) (s : list bool), good (learn w s)) ->
  forall members : list F,
  Forall (fair F close Omega ok labels learn good) members ->
  family V plus le0 F distance error members ->
  le0 (total V zero plus (success V F close Omega E labels learn) members)
    (times V zero plus (2 ^ n) (whole V Omega E)).

Definition samples_needed_statement : Prop :=
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
  (forall f g : Omega -> nat, ok f -> ok g -> ok (fun w : Omega => (f w + g w))) ->
  E (fun _ : Omega => 0) = zero ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> E (fun w : Omega => (f w + g w)) = plus (E f) (E g)) ->
  (forall f g : Omega -> nat,
   ok f -> ok g -> (forall w : Omega, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (n : nat) (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F),
  (forall (w : Omega) (f : F), length (labels w f) = n) ->
  (forall (w : Omega) (s : list bool), good (learn w s)) ->
  forall (members : list F) (s : V),
  Forall (fair F close Omega ok labels learn good) members ->
  family V plus le0 F distance error members ->
  (forall f : F, In f members -> le0 s (success V F close Omega E labels learn f)) ->
  le0 (times V zero plus (length members) s)
    (times V zero plus (2 ^ n) (whole V Omega E)).

Definition maximal_packing_covers_statement : Prop :=
  forall (X : Type) (near : X -> X -> bool),
  (forall p q : X, near p q = near q p) ->
  forall l : list X,
  maximal X near l -> forall p : X, exists q : X, In q l /\ near q p = true.

Definition packing_exists_statement : Prop :=
  forall (X : Type) (near : X -> X -> bool),
  (forall p q : X, near p q = near q p) ->
  (forall p : X, near p p = true) ->
  forall points : list X,
  exists l : list X,
    incl l points /\
    packing X near l /\
    (forall p : X, In p points -> exists q : X, In q l /\ near q p = true).

Definition packing_lower_bound_statement : Prop :=
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
  (forall a : V, le0 a a) ->
  (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
  (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
  forall (X : Type) (near : X -> X -> bool),
  (forall p q : X, near p q = near q p) ->
  forall (E : (X -> nat) -> V) (ok : (X -> nat) -> Prop),
  (forall n : nat, ok (fun _ : X => n)) ->
  (forall f g : X -> nat, ok f -> ok g -> ok (fun w : X => (f w + g w))) ->
  E (fun _ : X => 0) = zero ->
  (forall f g : X -> nat,
   ok f -> ok g -> E (fun w : X => (f w + g w)) = plus (E f) (E g)) ->
  (forall f g : X -> nat,
   ok f -> ok g -> (forall w : X, (f w <= g w)) -> le0 (E f) (E g)) ->
  forall (l : list X) (ball : V),
  (forall p : X, seen X ok (near p)) ->
  maximal X near l ->
  (forall p : X, le0 (prob V X E (near p)) ball) ->
  le0 (whole V X E) (times V zero plus (length l) ball).

Definition packing_upper_bound_statement : Prop :=
  forall (V : Type) (zero : V) (plus : V -> V -> V) (le0 : V -> V -> Prop),
  (forall a : V, le0 a a) ->
  (forall a b c : V, le0 a b -> le0 b c -> le0 a c) ->
  (forall a b c d : V, le0 a b -> le0 c d -> le0 (plus a c) (plus b d)) ->
  forall (X : Type) (near half : X -> X -> bool) (E : (X -> nat) -> V)
    (ok : (X -> nat) -> Prop),
  (forall n : nat, ok (fun _ : X => n)) ->
  (forall f g : X -> nat, ok f -> ok g -> ok (fun w : X => (f w + g w))) ->
  E (fun _ : X => 0) = zero ->
  (forall f g : X -> nat,
   ok f -> ok g -> E (fun w : X => (f w + g w)) = plus (E f) (E g)) ->
  (forall f g : X -> nat,
   ok f -> ok g -> (forall w : X, (f w <= g w)) -> le0 (E f) (E g)) ->
  (forall p q x : X, half p x = true -> half q x = true -> near p q = true) ->
  forall (l : list X) (small : V),
  (forall p : X, seen X ok (half p)) ->
  packing X near l ->
  (forall p : X, le0 small (prob V X E (half p))) ->
  le0 (times V zero plus (length l) small) (whole V X E).
