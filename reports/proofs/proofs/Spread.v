(* Sums with products and sums of sums inside, spread into one sum over all indices.

   distributivity   into_l, into_r: a factor goes into a sum
   linearity        joined: two sums over one range are one
   exchange         Sums.sum_swap: finite sums in another order *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums.
Open Scope Z_scope.

Section Spread.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).

Notation sum := (sum R rO radd).

Lemma into_l n a f g : (forall i, 1 <= i <= n -> rmul a (f i) = g i) -> rmul a (sum n f) = sum n g.
Proof. intros H. rewrite (sum_mul_l R rO rI radd rmul rsub ropp laws). apply sum_ext. exact H. Qed.

Lemma into_r n a f g : (forall i, 1 <= i <= n -> rmul (f i) a = g i) -> rmul (sum n f) a = sum n g.
Proof. intros H. rewrite (sum_mul_r R rO rI radd rmul rsub ropp laws). apply sum_ext. exact H. Qed.

Lemma joined n f g h : (forall i, 1 <= i <= n -> radd (f i) (g i) = h i) ->
  radd (sum n f) (sum n g) = sum n h.
Proof. intros H. rewrite <- (sum_add R rO rI radd rmul rsub ropp laws). apply sum_ext. exact H. Qed.

Lemma by_both (op : R -> R -> R) a b c d e : a = b -> c = d -> op b d = e -> op a c = e.
Proof. intros -> ->. exact (fun H => H). Qed.
End Spread.

(* The left side spread; the right side, not known yet, becomes that. *)
Ltac spread laws := lazymatch goal with
  | |- Sums.sum _ _ _ _ _ = _ => apply sum_ext; intros ? ?; spread laws
  | |- ?op _ _ = _ =>
      first [ eapply (by_both _ op); [spread laws | spread laws | shift laws] | reflexivity ]
  | |- _ => reflexivity
  end
with shift laws := lazymatch goal with
  | |- _ (Sums.sum _ _ _ _ _) (Sums.sum _ _ _ _ _) = _ =>
      first [ apply (joined _ _ _ _ _ _ _ laws); intros ? ?; shift laws
            | apply (into_r _ _ _ _ _ _ _ laws); intros ? ?; shift laws ]
  | |- _ _ (Sums.sum _ _ _ _ _) = _ =>
      first [ apply (into_l _ _ _ _ _ _ _ laws); intros ? ?; shift laws | reflexivity ]
  | |- _ (Sums.sum _ _ _ _ _) _ = _ =>
      first [ apply (into_r _ _ _ _ _ _ _ laws); intros ? ?; shift laws | reflexivity ]
  | |- _ => reflexivity
  end.

(* Two nests of up to three sums, equal term by term in some order. *)
Ltac outer laws := etransitivity; [apply (sum_swap _ _ _ _ _ _ _ laws)|]; cbv beta.
Ltac lower laws :=
  etransitivity; [apply sum_ext; intros ? ?; apply (sum_swap _ _ _ _ _ _ _ laws)|]; cbv beta.
Ltac terms := repeat (apply sum_ext; intros ? ?).
Ltac in_order laws leaf := first
  [ solve [terms; leaf]
  | solve [outer laws; terms; leaf]
  | solve [lower laws; terms; leaf]
  | solve [outer laws; lower laws; terms; leaf]
  | solve [lower laws; outer laws; terms; leaf]
  | solve [outer laws; lower laws; outer laws; terms; leaf] ].

(* Both sides spread, and compared. *)
Ltac distribute laws leaf :=
  etransitivity; [spread laws|]; symmetry; etransitivity; [spread laws|]; cbv beta;
  in_order laws leaf.

(* The same once written out: down through sums and derivatives. *)
Ltac same_terms leaf := repeat first
  [ reflexivity | apply sum_ext; intros ? ? | solve [leaf] | progress f_equal ].
