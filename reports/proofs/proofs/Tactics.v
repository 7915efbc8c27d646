(* How generated proofs apply the rules: guards, divisions by a stride, the term that is left. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Same Rules Greatest.
Open Scope Z_scope.

Ltac hypotheses := repeat match goal with
  | H : (_ && _) = true |- _ => apply andb_true_iff in H; destruct H
  | H : (_ <=? _) = true |- _ => apply Z.leb_le in H
  | H : (_ <? _) = true |- _ => apply Z.ltb_lt in H
  | H : (_ >=? _) = true |- _ => apply Z.geb_le in H
  | H : (_ >? _) = true |- _ => apply Z.gtb_lt in H
  | H : (_ =? _) = true |- _ => apply Z.eqb_eq in H
  end.

Ltac boolean_goal := repeat match goal with
  | |- (_ && _) = true => apply andb_true_iff; split
  | |- (_ <=? _) = true => apply Z.leb_le
  | |- (_ <? _) = true => apply Z.ltb_lt
  | |- (_ >=? _) = true => apply Z.geb_le
  | |- (_ >? _) = true => apply Z.gtb_lt
  | |- (_ =? _) = true => apply Z.eqb_eq
  end.

(* A residue is zero because another one, of the same stride, is. *)
Ltac residues := match goal with
  | H : ?u mod ?s = 0, P : 0 < ?s |- ?v mod ?s = 0 =>
      apply (mod_whole u v s P H); first [left; lia | right; left; lia | right; right; lia]
  end.

Ltac fact := boolean_goal; first [assumption | reflexivity | lia | residues].

(* The same index, or the same factor. *)
Ltac entries := repeat first [reflexivity | lia | progress f_equal].

(* Two guards that say the same. *)
Ltac same_guard := apply eq_true_iff_eq; split; intros; hypotheses; fact.

(* Conditions that are implied go. *)
Ltac drop_guard := lazymatch goal with
  | |- (if ?g then _ else _) = (if ?h then _ else _) => replace g with h by same_guard; reflexivity
  | |- (if ?g then _ else _) = _ => replace g with true by (symmetry; fact); reflexivity
  end.

(* What a division by the stride, posed as a fact, says of x / s. *)
Ltac positive s := match goal with P : 0 < s |- _ => constr:(P) end.
Ltac whole x s := let P := positive s in
  let M := fresh in assert (M : x mod s = 0) by (hypotheses; residues);
  pose proof (whole_division x s P M).
Ltac exact_multiple x s q := let P := positive s in
  let E := fresh in assert (E : x = s * q) by lia;
  destruct (exact_division x s q P E).
Ltac bounds s i := let P := positive s in match goal with I : 1 <= i <= ?n |- _ =>
  pose proof (between_ordered s i n P I) end.
Ltac quotient x s := let P := positive s in match goal with |- _ <= _ <= ?n =>
  pose proof (quotient_in_range x s n P ltac:(lia) ltac:(lia)) end.

(* The term that is left: its guard holds, its delta is one (here), the rest is the same. *)
Ltac solve_term laws here := hypotheses;
  lazymatch goal with |- (if ?g then _ else _) = _ => replace g with true by (symmetry; fact)
  | |- _ => idtac end;
  rewrite here by lia;
  rewrite ?(one_times _ _ _ _ _ _ _ laws), ?(times_one _ _ _ _ _ _ _ laws);
  entries.

(* Every other term is zero: its guard fails, or its delta does. *)
Ltac guard_holds := lazymatch goal with
  | |- (if ?g then _ else _) = _ => destruct g eqn:?; [hypotheses|reflexivity]
  | |- _ => idtac
  end.
Ltac zero_term laws i j N :=
  match goal with |- context[delta ?R ?O ?I i j] => rewrite (delta_elsewhere R O I i j N) end;
  repeat first [rewrite (zero_times _ _ _ _ _ _ _ laws) | rewrite (times_zero _ _ _ _ _ _ _ laws)];
  reflexivity.
Ltac refuse others := exfalso; apply others; split; [lia|fact].

Ltac swap_sums laws := lazymatch goal with
  | |- Sums.sum _ _ _ _ (fun _ => Sums.sum _ _ _ _ _) = _ => apply (sum_swap _ _ _ _ _ _ _ laws)
  | |- _ => apply (sum_span_swap _ _ _ _ _ _ _ laws)
  end.

(* An entry written out: its guard is the one it is given. *)
Ltac write_out laws := rewrite ?(times_if _ _ _ _ _ _ _ laws);
  lazymatch goal with
  | |- (if ?g then _ else _) = (if ?h then _ else _) =>
      replace h with g by same_guard; destruct g; [entries|reflexivity]
  | |- _ = (if ?h then _ else _) => replace h with true by (symmetry; fact); entries
  | |- _ => entries
  end.

Ltac by_division := match goal with |- _ <= ?r <-> _ <= ?q / _ => replace r with q by ring end;
  apply divide_by_stride; assumption.

(* What windows in range say of positions: from the output size's formula, o_is. *)
Ltac window s i o_is := let P := positive s in let W := fresh in
  match goal with I : 1 <= i <= ?n |- _ => pose proof (between_ordered s i n P I) as W end;
  rewrite o_is in W;
  try match type of W with context[if ?c then _ else _] => destruct c eqn:?; hypotheses end;
  match type of W with context[?e / s] => pose proof (Z.mul_div_le e s P) end.
Ltac taps d k := let P := positive d in
  match goal with I : 1 <= k <= ?n |- _ => pose proof (between_ordered d k n P I) end.

Ltac by_counting s i := let P := positive s in
  match goal with |- context[?r / s] =>
    pose proof (quotient_bounds r s P); pose proof (Z.div_pos r s ltac:(lia) P); destruct (window_steps s i (r / s) P) as [?|[?|?]] end;
  repeat match goal with |- context[if ?c then _ else _] => destruct c eqn:? end;
  hypotheses;
  repeat match goal with
  | H : (_ && _) = false |- _ => apply andb_false_iff in H; destruct H
  | H : (_ >? _) = false |- _ => rewrite Z.gtb_ltb in H; apply Z.ltb_ge in H
  end; lia.

(* The delta of a tap's number and a winner's, beside pick1, pick2, pick3. *)
Ltac pick_tap laws i s :=
  match goal with |- _ = (if ?a =? s then _ else _) => replace a with i by ring end;
  destruct (Z.eqb_spec i s) as [picked|passed];
  [ match goal with |- context[delta ?R ?O ?I i s] => rewrite (delta_here R O I i s picked) end
  | match goal with |- context[delta ?R ?O ?I i s] => rewrite (delta_elsewhere R O I i s passed) end ];
  repeat first [rewrite (zero_times _ _ _ _ _ _ _ laws) | rewrite (times_zero _ _ _ _ _ _ _ laws)
    | rewrite (one_times _ _ _ _ _ _ _ laws) | rewrite (times_one _ _ _ _ _ _ _ laws)];
  repeat match goal with |- context[if ?g then _ else _] => destruct g end; reflexivity.

(* A count of consecutive taps, in closed form. *)
Ltac count_taps low high :=
  etransitivity; [apply (sum_ext Z 0 Z.add) with (g := fun l => if (low <=? l) && (l <=? high) then 1 else 0)|
    rewrite count_between; lia];
  intros l l_in; match goal with |- (if ?g then _ else _) = (if ?h then _ else _) =>
    replace g with h by same_guard; reflexivity end.

(* Which case of a split axis: by the order of integers, division and absolute values. *)
Ltac by_cases := repeat match goal with |- context[if ?c then _ else _] => destruct c eqn:? end;
  repeat match goal with
  | H : (_ <=? _) = false |- _ => apply Z.leb_gt in H
  | H : (_ >=? _) = false |- _ => rewrite Z.geb_leb in H; apply Z.leb_gt in H
  end; hypotheses.

Ltac write_out_option := lazymatch goal with
  |- (if ?g then _ else _) = (if ?h then _ else _) =>
    replace h with g by same_guard; destruct g; [entries|reflexivity] end.

Ltac residue_cases := repeat match goal with |- context[?u mod ?s] => first
  [ rewrite (Z.mod_small u s) by lia
  | rewrite (mod_shift u (u - s) s 1) by lia; rewrite (Z.mod_small (u - s) s) by lia
  | rewrite (mod_shift u (u - 2 * s) s 2) by lia; rewrite (Z.mod_small (u - 2 * s) s) by lia ] end.
Ltac which_case := by_cases; f_equal; residue_cases; lia.

(* A derivation goes in: `known` rewrites with what is given of the entries. *)
Ltac clean laws := rewrite ?(zero_times _ _ _ _ _ _ _ laws), ?(times_zero _ _ _ _ _ _ _ laws),
  ?(zero_plus _ _ _ _ _ _ _ laws), ?(plus_zero _ _ _ _ _ _ _ laws).
Ltac inward laws := rewrite ?(sum_mul_l _ _ _ _ _ _ _ laws).
Ltac go_in laws derives known :=
  rewrite ?(derive_add _ _ _ _ derives), ?(derive_mul _ _ _ _ derives); known; clean laws;
  rewrite ?(derive_mul _ _ _ _ derives); known; clean laws.
(* The derivative of what does not hold the entry. *)
Ltac constant laws derives known :=
  repeat (rewrite (derive_sum _ _ _ _ _ _ _ laws _ derives);
    apply (sum_zero _ _ _ _ _ _ _ laws); intros ? _);
  rewrite ?(derive_if _ _ _ _ _ _ _ laws _ derives);
  try match goal with |- (if ?g then _ else _) = _ => destruct g; [|reflexivity] end;
  rewrite ?(derive_mul _ _ _ _ derives); known; clean laws; reflexivity.
Ltac at_leaf laws derives known :=
  try match goal with |- context[?D (Sums.sum ?R ?O ?add ?n ?f)] =>
    replace (D (Sums.sum R O add n f)) with O by (symmetry; constant laws derives known) end;
  rewrite ?(derive_if _ _ _ _ _ _ _ laws _ derives);
  try match goal with |- context[if ?g then _ else _] => destruct g end;
  rewrite ?(derive_mul _ _ _ _ derives); known.
