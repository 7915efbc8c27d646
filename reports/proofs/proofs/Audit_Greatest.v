(* Greatest: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Greatest.
Definition mean_below : @Convproof.Greatest.below =
(fun (V : Type) (less : V -> V -> bool) (a b : option V) =>
match a with
| Some u => match b with
            | Some v => less u v
            | None => false
            end
| None => match b with
          | Some _ => true
          | None => false
          end
end)
  := eq_refl.
Definition mean_join : @Convproof.Greatest.join =
(fun (V : Type) (less : V -> V -> bool) (a b : option V) =>
if Greatest.below V less a b then b else a)
  := eq_refl.
Definition mean_nfirst : @Convproof.Greatest.nfirst =
(fun (V : Type) (less : V -> V -> bool) =>
fix nfirst (n : nat) (f : Z -> option V) {struct n} : Z :=
  match n with
  | 0%nat => 1
  | S p =>
      let w := nfirst p f in
      if Greatest.below V less (f w) (f (Z.of_nat (S p))) then Z.of_nat (S p) else w
  end)
  := eq_refl.
Definition mean_first : @Convproof.Greatest.first =
(fun (V : Type) (less : V -> V -> bool) (n : Z) (f : Z -> option V) =>
Greatest.nfirst V less (Z.to_nat n) f)
  := eq_refl.
Definition pin_first_in_range :
  forall (V : Type) (less : V -> V -> bool) (n : Z) (f : Z -> option V),
       1 <= n -> 1 <= Greatest.first V less n f <= n
  := @Convproof.Greatest.first_in_range.
Goal True. idtac "theorem" "first_in_range". Abort.
Definition pin_first_is_first :
  forall (V : Type) (less : V -> V -> bool),
       (forall a : V, less a a = false) ->
       (forall a b c : V, less a b = true -> less b c = true -> less a c = true) ->
       (forall a b : V, less a b = false -> less b a = false -> a = b) ->
       forall (n : Z) (f : Z -> option V) (j : Z),
       1 <= j <= n ->
       Greatest.below V less (f (Greatest.first V less n f)) (f j) = false /\
       (j < Greatest.first V less n f ->
        Greatest.below V less (f j) (f (Greatest.first V less n f)) = true)
  := @Convproof.Greatest.first_is_first.
Goal True. idtac "theorem" "first_is_first". Abort.
Definition pin_pick1 :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (K s : Z) (f g : Z -> R),
       1 <= s <= K ->
       (forall k : Z, 1 <= k <= K -> g k = (if k =? s then f k else rO)) ->
       Sums.sum R rO radd K g = f s
  := @Convproof.Greatest.pick1.
Goal True. idtac "theorem" "pick1". Abort.
Definition pin_pick2 :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (K L s : Z) (f g : Z -> Z -> R),
       0 < L ->
       1 <= s <= K * L ->
       (forall k l : Z,
        1 <= k <= K -> 1 <= l <= L -> g k l = (if L * (k - 1) + l =? s then f k l else rO)) ->
       Sums.sum R rO radd K (fun k : Z => Sums.sum R rO radd L (fun l : Z => g k l)) =
       f ((s - 1) / L + 1) ((s - 1) mod L + 1)
  := @Convproof.Greatest.pick2.
Goal True. idtac "theorem" "pick2". Abort.
Definition pin_pick3 :
  forall (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R),
       ring_theory rO rI radd rmul rsub ropp eq ->
       forall (Q K L s : Z) (f g : Z -> Z -> Z -> R),
       0 < L ->
       0 < K ->
       1 <= s <= Q * (K * L) ->
       (forall q k l : Z,
        1 <= q <= Q ->
        1 <= k <= K ->
        1 <= l <= L ->
        g q k l = (if K * L * (q - 1) + (L * (k - 1) + l) =? s then f q k l else rO)) ->
       Sums.sum R rO radd Q
         (fun q : Z =>
          Sums.sum R rO radd K (fun k : Z => Sums.sum R rO radd L (fun l : Z => g q k l))) =
       f ((s - 1) / (K * L) + 1) ((s - 1) mod (K * L) / L + 1) (((s - 1) mod (K * L)) mod L + 1)
  := @Convproof.Greatest.pick3.
Goal True. idtac "theorem" "pick3". Abort.
Definition theorems :=
 (pin_first_in_range,
  pin_first_is_first,
  pin_pick1,
  pin_pick2,
  pin_pick3).
Print Assumptions theorems.
