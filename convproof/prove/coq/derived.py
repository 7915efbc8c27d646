"""Coq theorems about a derivation: its formulas, written out, are adjoint to each other.

Statements and definitions are text made from the `Derivation` itself; a changed derivation changes
the theorem.  The proofs instantiate the library's theorem for any number of axes and compare term
by term, so they go through only if the derived indices, conditions and ranges are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from convproof.derive.step import Derivation, Goal
from convproof.derive.symbols import AXIS_NAMES, Limit, axes
from convproof.prove.coq.context import Declared, statement
from convproof.prove.coq.terms import Terms
from convproof.prove.coq.text import entry, identifier, integer

NAMES = {"X": "X", "K": "K", "dZ": "dZ", "dY": "dY", "b": "Bias", "A": "Win"}

HEADER = """\
(* Generated from the derivation of {name} ({digest}); not edited by hand. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Rules Greatest. (* for the words of the statements *)
From Convproof Require Import Sums Axis Layers Pooling Same.
Import ListNotations.
Open Scope Z_scope.

Set Default Proof Using "All".

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


def applied(name: str, limits: Sequence[Limit]) -> str:
    """An array at the indices of `limits`."""
    return "(" + " ".join([name, *(identifier(index) for index, _, _ in limits)]) + ")"


@dataclass(frozen=True)
class Formula:
    """A derived formula as a Coq function of its free indices."""

    name: str
    free: tuple[Limit, ...]
    result: sp.Expr

    @property
    def letters(self) -> str:
        """The indices."""
        return " ".join(identifier(index) for index, _, _ in self.free)

    def text(self) -> str:
        """Its definition in a file of proofs."""
        return (
            f"Definition {self.name} ({self.letters} : Z) : R :=\n  {entry(self.result, NAMES)}.\n"
        )

    def declared(self) -> Declared:
        """The same in a statement, by the other printer."""
        free = [index for index, _, _ in self.free]
        body = Terms(free, plain=True).write(self.result)
        return Declared(self.name, "R", letters=self.letters, body=body)


@dataclass(frozen=True)
class Pair:
    """What is summed over `free`: one array times another (or a formula of that name)."""

    free: tuple[Limit, ...]
    one: str
    other: str

    def text(self, plain: bool = False) -> str:
        """The inner product, in the notation of the files or in plain words."""
        both = [applied(name, self.free) for name in (self.one, self.other)]
        return nested(self.free, f"(rmul {' '.join(both)})" if plain else " [*] ".join(both))


@dataclass(frozen=True)
class Adjoint:
    """A theorem: <dZ, forward> is the sum of the pairs on the right."""

    name: str
    left: Pair
    right: tuple[Pair, ...]
    strides: tuple[str, ...]

    def text(self) -> str:
        """The theorem as its file states it."""
        positive = " -> ".join(f"0 < {s}" for s in self.strides)
        right = " [+] ".join(pair.text() for pair in self.right)
        return f"Theorem {self.name} : {positive} ->\n  {self.left.text()}\n  = {right}."

    @property
    def words(self) -> set[str]:
        """The arrays and formulas that it speaks of."""
        return {name for pair in (self.left, *self.right) for name in (pair.one, pair.other)}

    def statement(self, declared: Sequence[Declared]) -> str:
        """The same in full, apart from its file."""
        signs = [Declared("", f"0 < {s}", hypothesis=True) for s in self.strides]
        right = self.right[0].text(plain=True)
        for pair in self.right[1:]:
            right = f"(radd {right} {pair.text(plain=True)})"
        return statement([*declared, *signs], f"{self.left.text(plain=True)}\n  = {right}")


@dataclass(frozen=True)
class Adjoints:
    """The file of one derivation: what is given, its formulas, its theorems and their proofs."""

    name: str
    digest: str
    sizes: tuple[str, ...]
    arrays: tuple[tuple[str, str], ...]
    formulas: tuple[Formula, ...]
    words: str
    theorems: tuple[tuple[Adjoint, str], ...]

    def text(self) -> str:
        """The file."""
        given = " ".join(f"({name} : {kind})" for name, kind in self.arrays)
        parts = [
            HEADER.format(name=self.name, digest=self.digest),
            f"Variables ({' '.join(self.sizes)} : Z).\nVariables {given}.\n",
            *(formula.text() for formula in self.formulas),
            self.words,
            *(f"{one.text()}\nProof.\n{proof}Qed.\n" for one, proof in self.theorems),
        ]
        return "\n".join([*parts, "End Derived.\n"])

    def statements(self) -> dict[str, str]:
        """By theorem, what it must say: in full, and printed apart from its proof."""
        declared = [Declared(size, "Z") for size in self.sizes]
        declared += [Declared(name, kind) for name, kind in self.arrays]
        return {
            one.name: one.statement([
                *declared,
                *(formula.declared() for formula in self.formulas if formula.name in one.words),
            ])
            for one, _ in self.theorems
        }  # fmt: skip


def adjoint_file(name: str, derivation: Derivation) -> str:
    """The theorems about one operation of the package: gradients are adjoints of the forward."""
    return _made(name, derivation).text()


def adjoints(name: str, derivation: Derivation) -> dict[str, str]:
    """By theorem of that file, what it must say."""
    return _made(name, derivation).statements()


def _made(name: str, derivation: Derivation) -> Adjoints:
    return (_conv if name.startswith("conv") else _pool)(name, derivation)


def _array(rank: int, kind: str = "R") -> str:
    """The type of an array with so many indices."""
    return "Z -> " * rank + kind


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


def _conv(name: str, what: Derivation) -> Adjoints:
    """Convolution: input and kernel gradient are adjoints of the forward."""
    rank = int(name[-2])
    ahead, gx = what.goals["forward"], what.goals["gradient x"]
    gk, gb = what.goals["gradient kernel"], what.goals["gradient bias"]
    goals = (ahead, gx, gk, gb)
    records, strides = axes_text(rank, dilated=True)
    space_out, space_in = ahead.free[1:-2], gx.free[1:-2]
    as_x = _listed(space_in, applied("X", gx.free))
    as_w = _listed(gk.free[:rank], applied("K", gk.free))
    as_dz = _listed(space_out, applied("dZ", ahead.free))
    words = f"""\
Definition axes := {records}.
Definition x (n : Z) (is : list Z) (g c : Z) : R := {as_x}.
Definition w (is : list Z) (c g m : Z) : R := {as_w}.
Definition dz (n : Z) (is : list Z) (g m : Z) : R := {as_dz}.
"""
    left, bias = Pair(ahead.free, "dZ", "z"), Pair(gb.free, "Bias", "db")
    by_x, by_k = Pair(gx.free, "X", "dX"), Pair(gk.free, "K", "dK")

    def proof(lemma: str, given: str, gradient: str) -> str:
        return f"""\
  intros.
  pose proof ({lemma} R rO rI radd rmul rsub ropp laws axes N G C M x w Bias dz{given}) as adjoint.
  unfold axes, x, w, dz in adjoint. spell adjoint.
  etransitivity; [|etransitivity; [exact adjoint|]]; clear adjoint; unfold z, {gradient}, db; same.
"""

    positive = "\n    ltac:(repeat constructor; assumption)"
    return Adjoints(
        name,
        what.digest,
        tuple(sizes_of([(goal.free, goal.result) for goal in goals])),
        tuple(
            (NAMES[key], _array(len(goal.free)))
            for key, goal in (("X", gx), ("K", gk), ("dZ", ahead), ("b", gb))
        ),
        tuple(
            Formula(label, goal.free, goal.result)
            for label, goal in zip(("z", "dX", "dK", "db"), goals, strict=True)
        ),
        words,
        (
            (
                Adjoint(f"{name}_grad_x_is_adjoint", left, (by_x, bias), tuple(strides)),
                proof("adjoint_x", positive, "dX"),
            ),
            (
                Adjoint(f"{name}_grad_kernel_is_adjoint", left, (by_k, bias), tuple(strides)),
                proof("adjoint_w", "", "dK"),
            ),
        ),
    )


def _pool(name: str, what: Derivation) -> Adjoints:
    """A pooling: its input gradient is the adjoint of what the forward passes on.

    Average pooling is linear.  Max pooling passes on the pixel of the tap that won, `Win`, which
    is any tie rule's choice (the declared one is the first maximum).
    """
    rank = int(name[-2])
    ahead, gx = what.goals["forward"], what.goals["gradient x"]
    selects = name.startswith("max")
    y, weight = _selected(ahead, rank) if selects else (ahead.result, _divisors(ahead.result))
    records, strides = axes_text(rank, dilated=selects)
    space_out, space_in = ahead.free[1:-1], gx.free[1:-1]
    taps = tuple((axis.tap, 1, axis.kernel) for axis in axes(rank))
    given = [("X", _array(len(gx.free))), ("dY", _array(len(ahead.free)))]
    if selects:
        given.append(("Win", _array(len(ahead.free), "Z")))
    else:
        given += [(f"inv_R_{axis}", "Z -> R") for axis in AXIS_NAMES[rank]]
    ring = "R rO rI radd rmul rsub ropp laws"
    taken = _listed(taps, entry(weight, NAMES)).replace("match is", "match ks")
    words = f"""\
Definition axes := {records}.
Definition x (n c : Z) (is : list Z) : R := {_listed(space_in, applied("X", gx.free))}.
Definition dy (n c : Z) (is : list Z) : R := {_listed(space_out, applied("dY", ahead.free))}.
Definition s (n c : Z) (is ks : list Z) : R := {_listed(space_out, taken)}.
"""
    proof = f"""\
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
"""
    left, right = Pair(ahead.free, "dY", "y"), (Pair(gx.free, "X", "dX"),)
    return Adjoints(
        name,
        what.digest,
        tuple(sizes_of([(ahead.free, y), (gx.free, gx.result)])),
        tuple(given),
        (Formula("y", ahead.free, y), Formula("dX", gx.free, gx.result)),
        words,
        ((Adjoint(f"{name}_grad_x_is_adjoint", left, right, tuple(strides)), proof),),
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
