(* Derived_update_step: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.Derived_update_step.

Definition pin_derived_update_step_initial_law :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall H : Z,
  (0 < H) ->
  forall d : Z,
  (0 < d) ->
  forall W : Z -> Z -> R,
  let Q (h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (W h j)))) in
  forall Turn : Z -> Z -> R,
  (forall j k, 1 <= j <= d -> 1 <= k <= d -> (sum d (fun i => (rmul (Turn i j) (Turn i k))))
  = (delta j k)) ->
  let W' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (W h j)))) in
  let Q' (h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (W' h i)))) in
  forall h : Z, 1 <= h <= H ->
  (Q' h)
  = (Q h))
  := @Convproof.Derived_update_step.derived_update_step_initial_law.
Goal True. idtac "theorem" "derived_update_step_initial_law". Abort.
Definition pin_derived_update_step_pre_activation :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall H : Z,
  (0 < H) ->
  forall d : Z,
  (0 < d) ->
  forall W : Z -> Z -> R,
  let Q (h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (W h j)))) in
  forall Turn : Z -> Z -> R,
  (forall j k, 1 <= j <= d -> 1 <= k <= d -> (sum d (fun i => (rmul (Turn i j) (Turn i k))))
  = (delta j k)) ->
  let W' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (W h j)))) in
  let Q' (h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (W' h i)))) in
  forall N : Z,
  (0 < N) ->
  forall X : Z -> Z -> R,
  let Pre (n h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (X n j)))) in
  let X' (n i : Z) : R :=
    (sum d (fun k => (rmul (Turn i k) (X n k)))) in
  let Pre' (n h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (X' n i)))) in
  forall n h : Z, 1 <= n <= N -> 1 <= h <= H ->
  (Pre' n h)
  = (Pre n h))
  := @Convproof.Derived_update_step.derived_update_step_pre_activation.
Goal True. idtac "theorem" "derived_update_step_pre_activation". Abort.
Definition pin_derived_update_step_gradient :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall H : Z,
  (0 < H) ->
  forall d : Z,
  (0 < d) ->
  forall W : Z -> Z -> R,
  let Q (h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (W h j)))) in
  forall Turn : Z -> Z -> R,
  (forall j k, 1 <= j <= d -> 1 <= k <= d -> (sum d (fun i => (rmul (Turn i j) (Turn i k))))
  = (delta j k)) ->
  let W' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (W h j)))) in
  let Q' (h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (W' h i)))) in
  forall N : Z,
  (0 < N) ->
  forall X : Z -> Z -> R,
  let Pre (n h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (X n j)))) in
  let X' (n i : Z) : R :=
    (sum d (fun k => (rmul (Turn i k) (X n k)))) in
  let Pre' (n h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (X' n i)))) in
  forall dZ : Z -> Z -> R,
  let G (h j : Z) : R :=
    (sum N (fun n => (rmul (X n j) (dZ n h)))) in
  forall D : Z -> Z -> R -> R,
  (forall by1 by2, 1 <= by1 <= H -> 1 <= by2 <= d -> derivation (D by1 by2)) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= H -> 1 <= at2 <= d ->
    D by1 by2 (W' at1 at2) = (rmul (delta by1 at1) (delta by2 at2))) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= d ->
    D by1 by2 (X' at1 at2) = rO) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= H ->
    D by1 by2 (dZ at1 at2) = rO) ->
  let G' (h i : Z) : R :=
    (D h i (sum H (fun u => (sum N (fun n => (rmul (Pre' n u) (dZ n u))))))) in
  forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (G' h i)
  = (sum d (fun j => (rmul (G h j) (Turn i j)))))
  := @Convproof.Derived_update_step.derived_update_step_gradient.
Goal True. idtac "theorem" "derived_update_step_gradient". Abort.
Definition pin_derived_update_step_momentum :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall H : Z,
  (0 < H) ->
  forall d : Z,
  (0 < d) ->
  forall W : Z -> Z -> R,
  let Q (h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (W h j)))) in
  forall Turn : Z -> Z -> R,
  (forall j k, 1 <= j <= d -> 1 <= k <= d -> (sum d (fun i => (rmul (Turn i j) (Turn i k))))
  = (delta j k)) ->
  let W' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (W h j)))) in
  let Q' (h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (W' h i)))) in
  forall N : Z,
  (0 < N) ->
  forall X : Z -> Z -> R,
  let Pre (n h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (X n j)))) in
  let X' (n i : Z) : R :=
    (sum d (fun k => (rmul (Turn i k) (X n k)))) in
  let Pre' (n h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (X' n i)))) in
  forall dZ : Z -> Z -> R,
  let G (h j : Z) : R :=
    (sum N (fun n => (rmul (X n j) (dZ n h)))) in
  forall D : Z -> Z -> R -> R,
  (forall by1 by2, 1 <= by1 <= H -> 1 <= by2 <= d -> derivation (D by1 by2)) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= H -> 1 <= at2 <= d ->
    D by1 by2 (W' at1 at2) = (rmul (delta by1 at1) (delta by2 at2))) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= d ->
    D by1 by2 (X' at1 at2) = rO) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= H ->
    D by1 by2 (dZ at1 at2) = rO) ->
  let G' (h i : Z) : R :=
    (D h i (sum H (fun u => (sum N (fun n => (rmul (Pre' n u) (dZ n u))))))) in
  forall lambda : R,
  forall mu : R,
  forall V : Z -> Z -> R,
  let V' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (V h j)))) in
  let Vnext' (h i : Z) : R :=
    (radd (radd (rmul (W' h i) lambda) (rmul (V' h i) mu)) (G' h i)) in
  let Vnext (h j : Z) : R :=
    (radd (radd (rmul (W h j) lambda) (rmul (V h j) mu)) (G h j)) in
  forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (Vnext' h i)
  = (sum d (fun j => (rmul (Turn i j) (Vnext h j)))))
  := @Convproof.Derived_update_step.derived_update_step_momentum.
Goal True. idtac "theorem" "derived_update_step_momentum". Abort.
Definition pin_derived_update_step_weight :
  (forall R : Type,
  forall rO : R,
  forall rI : R,
  forall radd : R -> R -> R,
  forall rmul : R -> R -> R,
  forall rsub : R -> R -> R,
  forall ropp : R -> R,
  (Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)) ->
  let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in
  forall H : Z,
  (0 < H) ->
  forall d : Z,
  (0 < d) ->
  forall W : Z -> Z -> R,
  let Q (h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (W h j)))) in
  forall Turn : Z -> Z -> R,
  (forall j k, 1 <= j <= d -> 1 <= k <= d -> (sum d (fun i => (rmul (Turn i j) (Turn i k))))
  = (delta j k)) ->
  let W' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (W h j)))) in
  let Q' (h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (W' h i)))) in
  forall N : Z,
  (0 < N) ->
  forall X : Z -> Z -> R,
  let Pre (n h : Z) : R :=
    (sum d (fun j => (rmul (W h j) (X n j)))) in
  let X' (n i : Z) : R :=
    (sum d (fun k => (rmul (Turn i k) (X n k)))) in
  let Pre' (n h : Z) : R :=
    (sum d (fun i => (rmul (W' h i) (X' n i)))) in
  forall dZ : Z -> Z -> R,
  let G (h j : Z) : R :=
    (sum N (fun n => (rmul (X n j) (dZ n h)))) in
  forall D : Z -> Z -> R -> R,
  (forall by1 by2, 1 <= by1 <= H -> 1 <= by2 <= d -> derivation (D by1 by2)) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= H -> 1 <= at2 <= d ->
    D by1 by2 (W' at1 at2) = (rmul (delta by1 at1) (delta by2 at2))) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= d ->
    D by1 by2 (X' at1 at2) = rO) ->
  (forall by1 by2 at1 at2, 1 <= by1 <= H -> 1 <= by2 <= d -> 1 <= at1 <= N -> 1 <= at2 <= H ->
    D by1 by2 (dZ at1 at2) = rO) ->
  let G' (h i : Z) : R :=
    (D h i (sum H (fun u => (sum N (fun n => (rmul (Pre' n u) (dZ n u))))))) in
  forall lambda : R,
  forall mu : R,
  forall V : Z -> Z -> R,
  let V' (h i : Z) : R :=
    (sum d (fun j => (rmul (Turn i j) (V h j)))) in
  let Vnext' (h i : Z) : R :=
    (radd (radd (rmul (W' h i) lambda) (rmul (V' h i) mu)) (G' h i)) in
  let Vnext (h j : Z) : R :=
    (radd (radd (rmul (W h j) lambda) (rmul (V h j) mu)) (G h j)) in
  forall eta : R,
  let Wnext' (h i : Z) : R :=
    (radd (rmul (rmul (Vnext' h i) (ropp rI)) eta) (W' h i)) in
  let Wnext (h j : Z) : R :=
    (radd (rmul (rmul (Vnext h j) (ropp rI)) eta) (W h j)) in
  forall h i : Z, 1 <= h <= H -> 1 <= i <= d ->
  (Wnext' h i)
  = (sum d (fun j => (rmul (Turn i j) (Wnext h j)))))
  := @Convproof.Derived_update_step.derived_update_step_weight.
Goal True. idtac "theorem" "derived_update_step_weight". Abort.
Definition theorems :=
 (pin_derived_update_step_initial_law,
  pin_derived_update_step_pre_activation,
  pin_derived_update_step_gradient,
  pin_derived_update_step_momentum,
  pin_derived_update_step_weight).
Print Assumptions theorems.
