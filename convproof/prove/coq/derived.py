"""Coq theorems about a derivation: its formulas, written out, are adjoint to each other.

Statements and definitions are text made from the `Derivation` itself; a changed derivation changes
the theorem.  The proofs instantiate the library's theorem for any number of axes and compare term
by term, so they go through only if the derived indices, conditions and ranges are right.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from convproof.derive import derive
from convproof.derive.step import Derivation, Goal
from convproof.derive.symbols import AXIS_NAMES, Limit, axes
from convproof.prove.coq.text import entry, identifier, integer

NAMES = {"X": "X", "K": "K", "dZ": "dZ", "dY": "dY", "b": "Bias", "A": "Win"}

HEADER = """\
(* Generated from the derivation of {name} ({digest}); not edited by hand. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Layers Pooling Same.
Import ListNotations.
Open Scope Z_scope.

Section Derived.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (sum R rO radd).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
"""


def nested(limits: Sequence[Limit], body: str) -> str:
    """The sum of `body` over `limits`, the first outermost."""
    for index, _, high in reversed(limits):
        body = f"(sum {integer(high)} (fun {identifier(index)} => {body}))"
    return body


def array(name: str, rank: int) -> str:
    """A declaration of an array with `rank` indices."""
    return f"({name} : {'Z -> ' * rank}R)"


def applied(name: str, limits: Sequence[Limit]) -> str:
    """An array at the indices of `limits`."""
    return "(" + " ".join([name, *(identifier(index) for index, _, _ in limits)]) + ")"


def definition(name: str, free: Sequence[Limit], result: sp.Expr) -> str:
    """A formula as a Coq function of its free indices."""
    letters = " ".join(identifier(index) for index, _, _ in free)
    return f"Definition {name} ({letters} : Z) : R :=\n  {entry(result, NAMES)}.\n"


def sizes_of(formulas: Sequence[tuple[Sequence[Limit], sp.Expr]]) -> list[str]:
    """Every size symbol in `formulas`, each with its free indices; sorted."""
    found: set[sp.Symbol] = set()
    for free, result in formulas:
        bound = {index for index, _, _ in free}
        found |= {s for s in result.free_symbols if isinstance(s, sp.Symbol)} - bound
        for _, _, high in free:
            found |= high.free_symbols
    labels = {base.label for _, result in formulas for base in result.atoms(sp.IndexedBase)}
    return sorted(identifier(s) for s in found - labels)


def axes_text(rank: int, dilated: bool) -> tuple[str, list[str]]:
    """The axes of the layer as Coq records, and the stride of each."""
    records, strides = [], []
    for name in AXIS_NAMES[rank]:
        gap = f"D_{name}" if dilated else "1"
        records.append(
            f"{{| size := {name}; kernel := K_{name}; stride := S_{name}; dilation := {gap}; "
            f"pad := P_{name}; outs := O_{name} |}}"
        )
        strides.append(f"S_{name}")
    return "[" + "; ".join(records) + "]", strides


def _listed(limits: Sequence[Limit], body: str) -> str:
    """`body` as a function of the list of the indices of `limits`."""
    letters = "; ".join(identifier(index) for index, _, _ in limits)
    return f"match is with [{letters}] => {body} | _ => [0] end"


def conv_file(name: str, derivation: Derivation | None = None) -> str:
    """The theorems about convolution: input and kernel gradient are adjoints of the forward."""
    what = derivation or derive(name)
    rank = int(name[-2])
    ahead, gx = what.goals["forward"], what.goals["gradient x"]
    gk, gb = what.goals["gradient kernel"], what.goals["gradient bias"]
    goals = (ahead, gx, gk, gb)
    records, strides = axes_text(rank, dilated=True)
    space_out, space_in = ahead.free[1:-2], gx.free[1:-2]
    taps = gk.free[:rank]
    positive = " -> ".join(f"0 < {s}" for s in strides)
    left = nested(ahead.free, f"{applied('dZ', ahead.free)} [*] {applied('z', ahead.free)}")
    bias = nested(gb.free, f"{applied('Bias', gb.free)} [*] {applied('db', gb.free)}")
    by_x = nested(gx.free, f"{applied('X', gx.free)} [*] {applied('dX', gx.free)}")
    by_k = nested(gk.free, f"{applied('K', gk.free)} [*] {applied('dK', gk.free)}")
    as_x = _listed(space_in, applied("X", gx.free))
    as_w = _listed(taps, applied("K", gk.free))
    as_dz = _listed(space_out, applied("dZ", ahead.free))
    lib = f"""\
Definition axes := {records}.
Definition x (n : Z) (is : list Z) (g c : Z) : R := {as_x}.
Definition w (is : list Z) (c g m : Z) : R := {as_w}.
Definition dz (n : Z) (is : list Z) (g m : Z) : R := {as_dz}.
"""
    sizes = " ".join(sizes_of([(goal.free, goal.result) for goal in goals]))
    declared = " ".join(
        array(NAMES[key], len(goal.free))
        for key, goal in (("X", gx), ("K", gk), ("dZ", ahead), ("b", gb))
    )
    ring = "R rO rI radd rmul rsub ropp laws axes"
    return (
        HEADER.format(name=name, digest=what.digest)
        + f"\nVariables ({sizes} : Z).\nVariables {declared}.\n\n"
        + "\n".join(
            definition(label, goal.free, goal.result)
            for label, goal in (("z", ahead), ("dX", gx), ("dK", gk), ("db", gb))
        )
        + "\n"
        + lib
        + f"""
Theorem {name}_grad_x_is_adjoint : {positive} ->
  {left}
  = {by_x} [+] {bias}.
Proof.
  intros.
  pose proof (adjoint_x {ring} N G C M x w Bias dz
    ltac:(repeat constructor; assumption)) as adjoint.
  unfold axes, x, w, dz in adjoint. spell adjoint.
  etransitivity; [|etransitivity; [exact adjoint|]]; clear adjoint; unfold z, dX, db; same.
Qed.

Theorem {name}_grad_kernel_is_adjoint : {positive} ->
  {left}
  = {by_k} [+] {bias}.
Proof.
  intros.
  pose proof (adjoint_w {ring} N G C M x w Bias dz) as adjoint.
  unfold axes, x, w, dz in adjoint. spell adjoint.
  etransitivity; [|etransitivity; [exact adjoint|]]; clear adjoint; unfold z, dK, db; same.
Qed.

End Derived.
"""
    )


def pool_file(name: str, derivation: Derivation | None = None) -> str:
    """The theorem about a pooling: its input gradient is the adjoint of what the forward passes on.

    Average pooling is linear.  Max pooling passes on the pixel of the tap that won, `Win`, which
    is any tie rule's choice (the declared one is the first maximum).
    """
    what = derivation or derive(name)
    rank = int(name[-2])
    ahead, gx = what.goals["forward"], what.goals["gradient x"]
    selects = name.startswith("max")
    y, weight = _selected(ahead, rank) if selects else (ahead.result, _divisors(ahead.result))
    records, strides = axes_text(rank, dilated=selects)
    positive = " -> ".join(f"0 < {s}" for s in strides)
    space_out, space_in = ahead.free[1:-1], gx.free[1:-1]
    taps = tuple((axis.tap, 1, axis.kernel) for axis in axes(rank))
    given = [array("X", len(gx.free)), array("dY", len(ahead.free))]
    if selects:
        given.append(f"(Win : {'Z -> ' * len(ahead.free)}Z)")
    else:
        given += [f"(inv_R_{axis} : Z -> R)" for axis in AXIS_NAMES[rank]]
    sizes = " ".join(sizes_of([(ahead.free, y), (gx.free, gx.result)]))
    ring = "R rO rI radd rmul rsub ropp laws"
    taken = _listed(taps, entry(weight, NAMES)).replace("match is", "match ks")
    return (
        HEADER.format(name=name, digest=what.digest)
        + f"\nVariables ({sizes} : Z).\nVariables {' '.join(given)}.\n\n"
        + definition("y", ahead.free, y)
        + "\n"
        + definition("dX", gx.free, gx.result)
        + f"""
Definition axes := {records}.
Definition x (n c : Z) (is : list Z) : R := {_listed(space_in, applied("X", gx.free))}.
Definition dy (n c : Z) (is : list Z) : R := {_listed(space_out, applied("dY", ahead.free))}.
Definition s (n c : Z) (is ks : list Z) : R := {_listed(space_out, taken)}.

Theorem {name}_grad_x_is_adjoint : {positive} ->
  {nested(ahead.free, f"{applied('dY', ahead.free)} [*] {applied('y', ahead.free)}")}
  = {nested(gx.free, f"{applied('X', gx.free)} [*] {applied('dX', gx.free)}")}.
Proof.
  intros.
  transitivity (sum N (fun n => sum C (fun c => msum R rO radd (outputs axes) (fun is =>
    dy n c is [*] local R rO radd rmul axes (s n c) (x n c) is)))).
  {{ apply sum_ext; intros n ?. rewrite <- (msum_sum {ring}).
    unfold axes, outputs, local, kernels, x, dy, s, y. bare. same. }}
  transitivity (sum N (fun n => sum C (fun c => msum R rO radd (sizes axes) (fun is =>
    x n c is [*] local_grad R rO radd rmul axes (s n c) (dy n c) is)))).
  {{ apply sum_ext; intros n ?. apply sum_ext; intros c ?.
    apply (adjoint_local {ring}). repeat constructor; assumption. }}
  apply sum_ext; intros n ?. rewrite <- (msum_sum {ring}).
  unfold axes, Axis.sizes, local_grad, kernels, x, dy, s, dX. bare. same.
Qed.

End Derived.
"""
    )


def _selected(ahead: Goal, rank: int) -> tuple[sp.Expr, sp.Expr]:
    """What a maximum passes on: the sum over taps of the winner's delta times the entry."""
    maximum = ahead.result
    (value, condition), _ = maximum.args[0].args
    flat: sp.Expr = sp.Integer(0)
    for axis in axes(rank):
        flat = axis.kernel * flat + axis.tap - 1
    winner = sp.Indexed(sp.IndexedBase("A"), *(index for index, _, _ in ahead.free))
    delta = sp.KroneckerDelta(sp.expand(flat + 1), winner)
    term = sp.Piecewise((delta * value, condition), (sp.Integer(0), True))
    return sp.Sum(term, *maximum.args[1:]), delta


def _divisors(mean: sp.Expr) -> sp.Expr:
    """The factors of an average outside its sum."""
    return sp.Mul(*(factor for factor in mean.args if not isinstance(factor, sp.Sum)))
