(* Comparing a derived formula with the library's, term by term. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Layers Pooling.
Import ListNotations.
Open Scope Z_scope.

Lemma mod_shift u v s q : u = v + q * s -> u mod s = v mod s.
Proof.
  intros ->. destruct (Z.eq_dec s 0) as [->|N]; [f_equal; lia|]. apply Z.mod_add. exact N.
Qed.

Lemma hits_cleared a x k : 0 < stride a -> hits a x k =
  (offset a x k mod stride a =? 0) && (0 <=? offset a x k)
  && (offset a x k <=? stride a * (outs a - 1)).
Proof.
  intros S. unfold hits. apply eq_true_iff_eq.
  rewrite !andb_true_iff, !Z.eqb_eq, !Z.leb_le.
  pose proof (Z.div_mod (offset a x k) (stride a) ltac:(lia)).
  split; intros [[M L] U]; rewrite M in *; repeat split; try assumption; nia.
Qed.

(* Two residues of one stride that differ by a multiple of it are one residue. *)
Ltac one_residue :=
  repeat match goal with
  | H : context[?u mod ?s] |- context[?v mod ?s] =>
      tryif constr_eq u v then fail else
        first [ rewrite (mod_shift v u s 0) by lia | rewrite (mod_shift v u s 1) by lia
              | rewrite (mod_shift v u s (-1)) by lia ]
  end.

Ltac booleans := rewrite ?andb_true_iff, ?Z.leb_le, ?Z.geb_le, ?Z.eqb_eq in *.

(* Conditions: the same inequalities and divisibilities, in another order and form. *)
Ltac conditions :=
  cbn [reached inside andb];
  rewrite ?hits_cleared by (cbn; assumption);
  unfold within, offset, pos;
  cbn [size kernel stride dilation pad outs];
  apply eq_true_iff_eq; booleans;
  split; intros; repeat match goal with H : _ /\ _ |- _ => destruct H end;
  repeat split; one_residue; first [assumption | lia].

Ltac indices := unfold window, offset, pos; cbn [size kernel stride dilation pad outs];
  repeat (first [reflexivity | lia | progress f_equal]).

Ltac spell T :=
  unfold over_outputs, over_inputs, over_weights, over_biases, forward, grad_x, grad_w, grad_b,
    sizes, kernels, outputs in T;
  cbn [map msum positions windows length size kernel stride dilation pad outs] in T.

Ltac bare := cbn [map msum positions windows length size kernel stride dilation pad outs].

(* Equal up to the form of indices and conditions: down through sums, conditions and factors. *)
Ltac same := repeat first
  [ reflexivity
  | lazymatch goal with
    | |- @eq Z _ _ => indices
    | |- sum _ _ _ _ _ = sum _ _ _ _ _ => apply sum_ext; intros ? ?
    | laws : ring_theory _ _ _ _ _ _ _ |- ?c = sum ?R ?O ?add ?n ?f =>
        rewrite (sum_mul_l _ _ _ _ _ _ _ laws)
    | |- (if ?a then _ else _) = (if ?b then _ else _) =>
        replace a with b by first [solve [f_equal; indices] | conditions];
        destruct b; [|reflexivity]
    | laws : ring_theory _ _ _ _ _ _ _ |- _ = (if _ then _ else _) =>
        rewrite (if_mul_l _ _ _ _ _ _ _ laws)
    | |- _ => f_equal
    end ].
