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
Definition mean_success : @Convproof.Counting.success =
(fun (V F : Type) (close : F -> F -> bool) (Omega : Type) (E : (Omega -> nat) -> V)
  (labels : Omega -> F -> list bool) (learn : Omega -> list bool -> F) 
  (f : F) => Counting.prob V Omega E (fun w : Omega => close (learn w (labels w f)) f))
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
Goal True. idtac "theorem" "dist_nonneg". Abort.
Definition pin_dist_nonneg :
  Convproof.Statements_Counting.dist_nonneg_statement
  := @Convproof.Counting.dist_nonneg.
Print Assumptions pin_dist_nonneg.
Goal True. idtac "theorem" "dist_self". Abort.
Definition pin_dist_self :
  Convproof.Statements_Counting.dist_self_statement
  := @Convproof.Counting.dist_self.
Print Assumptions pin_dist_self.
Goal True. idtac "theorem" "dist_symmetric". Abort.
Definition pin_dist_symmetric :
  Convproof.Statements_Counting.dist_symmetric_statement
  := @Convproof.Counting.dist_symmetric.
Print Assumptions pin_dist_symmetric.
Goal True. idtac "theorem" "dist_triangle". Abort.
Definition pin_dist_triangle :
  Convproof.Statements_Counting.dist_triangle_statement
  := @Convproof.Counting.dist_triangle.
Print Assumptions pin_dist_triangle.
Goal True. idtac "theorem" "dist_zero_off". Abort.
Definition pin_dist_zero_off :
  Convproof.Statements_Counting.dist_zero_off_statement
  := @Convproof.Counting.dist_zero_off.
Print Assumptions pin_dist_zero_off.
Goal True. idtac "theorem" "close_to_at_most_one". Abort.
Definition pin_close_to_at_most_one :
  Convproof.Statements_Counting.close_to_at_most_one_statement
  := @Convproof.Counting.close_to_at_most_one.
Print Assumptions pin_close_to_at_most_one.
Goal True. idtac "theorem" "pigeonhole". Abort.
Definition pin_pigeonhole :
  Convproof.Statements_Counting.pigeonhole_statement
  := @Convproof.Counting.pigeonhole.
Print Assumptions pin_pigeonhole.
Goal True. idtac "theorem" "successes". Abort.
Definition pin_successes :
  Convproof.Statements_Counting.successes_statement
  := @Convproof.Counting.successes.
Print Assumptions pin_successes.
Goal True. idtac "theorem" "samples_needed". Abort.
Definition pin_samples_needed :
  Convproof.Statements_Counting.samples_needed_statement
  := @Convproof.Counting.samples_needed.
Print Assumptions pin_samples_needed.
Goal True. idtac "theorem" "maximal_packing_covers". Abort.
Definition pin_maximal_packing_covers :
  Convproof.Statements_Counting.maximal_packing_covers_statement
  := @Convproof.Counting.maximal_packing_covers.
Print Assumptions pin_maximal_packing_covers.
Goal True. idtac "theorem" "packing_exists". Abort.
Definition pin_packing_exists :
  Convproof.Statements_Counting.packing_exists_statement
  := @Convproof.Counting.packing_exists.
Print Assumptions pin_packing_exists.
Goal True. idtac "theorem" "packing_lower_bound". Abort.
Definition pin_packing_lower_bound :
  Convproof.Statements_Counting.packing_lower_bound_statement
  := @Convproof.Counting.packing_lower_bound.
Print Assumptions pin_packing_lower_bound.
Goal True. idtac "theorem" "packing_upper_bound". Abort.
Definition pin_packing_upper_bound :
  Convproof.Statements_Counting.packing_upper_bound_statement
  := @Convproof.Counting.packing_upper_bound.
Print Assumptions pin_packing_upper_bound.
Goal True. idtac "theorem" "mean_none". Abort.
Definition pin_mean_none :
  forall (Omega : Type) (outcomes : list (Omega * nat)),
       Counting.mean Omega outcomes (fun _ : Omega => 0%nat) = 0%nat
  := @Convproof.Counting.mean_none.
Print Assumptions pin_mean_none.
Goal True. idtac "theorem" "mean_add". Abort.
Definition pin_mean_add :
  forall (Omega : Type) (outcomes : list (Omega * nat)) (f g : Omega -> nat),
       Counting.mean Omega outcomes (fun w : Omega => (f w + g w)%nat) =
       (Counting.mean Omega outcomes f + Counting.mean Omega outcomes g)%nat
  := @Convproof.Counting.mean_add.
Print Assumptions pin_mean_add.
Goal True. idtac "theorem" "mean_mono". Abort.
Definition pin_mean_mono :
  forall (Omega : Type) (outcomes : list (Omega * nat)) (f g : Omega -> nat),
       (forall w : Omega, (f w <= g w)%nat) ->
       (Counting.mean Omega outcomes f <= Counting.mean Omega outcomes g)%nat
  := @Convproof.Counting.mean_mono.
Print Assumptions pin_mean_mono.
