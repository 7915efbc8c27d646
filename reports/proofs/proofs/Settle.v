(* How the facts about sizes are settled: case by case, division as quotient and remainder. *)

Require Import ZArith Lia Bool.
Open Scope Z_scope.

Ltac cases := repeat match goal with
  | |- context[if ?c then _ else _] => destruct c eqn:?
  | H : context[if ?c then _ else _] |- _ => destruct c eqn:?
  end.

Ltac apart := repeat match goal with
  | H : _ /\ _ |- _ => destruct H
  | |- _ /\ _ => split
  | |- _ <-> _ => split
  | |- _ -> _ => intro
  | |- ~ _ => intro
  end.

(* Equations between symbols are used up; dividing by one does nothing. *)
Ltac units := subst; rewrite ?Z.div_1_r, ?Z.mod_1_r, ?Z.mul_1_l, ?Z.mul_1_r in *.

Ltac settle := apart; cases; try units; first
  [ lia
  | Z.to_euclidean_division_equations; first [ lia | nia ] ].

(* Side conditions of an instance: signs. *)
Ltac side := first [ lia | nia ].

(* Write the quotients and residues of L as the goal writes them. *)
Ltac align L := repeat match goal with
  | |- context[?v / ?s] => match type of L with context[?u / ?t] =>
      tryif (constr_eq u v; constr_eq s t) then fail
      else replace (u / t) with (v / s) in L by (f_equal; ring) end
  | |- context[?v mod ?s] => match type of L with context[?u mod ?t] =>
      tryif (constr_eq u v; constr_eq s t) then fail
      else replace (u mod t) with (v mod s) in L by (f_equal; ring) end
  end.

Ltac instance L := first [ exact L | lia | intuition lia | intuition nia ].
