"""A derivation as it is told: few steps, each with a reason a student understands.

Made from the very steps that are checked.  Eliminations in a row are one move, letters that have
one value only are left out, and an axis that mirrors another is told once.  `Account.check`
compares every formula told with the one derived, value by value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from convproof.derive.reading import Reading, Within, agree, read
from convproof.derive.step import Derivation, Goal, Step
from convproof.derive.symbols import g, n, primed
from convproof.derive.typeset import latex, plain

# What a rule does, for somebody who reads a derivation for the first time.
REASONS = {
    "collect": "What does not depend on the position goes to the right.",
    "divide by the stride": "The stride is positive and the position a whole number, so dividing "
    "by the stride leaves the greatest whole number below.",
    "count": "Counting from 1 adds one.",
    "unfold the padding": "An entry of the padded input is a pixel of the image, or what padding "
    "stands for.",
    "differentiate": "An entry differentiated by an entry is 1 where the indices agree and 0 "
    "elsewhere: a product of Kronecker deltas.",
    "eliminate": "Each delta leaves one term of its sum: the one whose index it names, if that "
    "is a whole number in range.",
    "drop what the ranges imply": "What the ranges of the indices say already is left out.",
    "split the axis": "Before, on and after the image the padding follows one rule each.",
    "write with the output": "The slope of the activation, written with its own value.",
}

TITLES = {
    "forward": "The output",
    "gradient x": "The gradient for the image",
    "gradient kernel": "The gradient for the kernel",
    "gradient bias": "The gradient for the bias",
    "gradient padded": "The gradient for the padded image",
    "gradient preactivation": "The gradient before the activation",
}

_NUMBERS = {1: "one dimension", 2: "two dimensions", 3: "three dimensions"}
_KINDS = {
    "conv": "Convolution",
    "conv_transpose": "Transposed convolution",
    "max_pool": "Max-pooling",
    "avg_pool": "Average-pooling",
}
# The chapter's equations, by kind and goal.
_EQUATIONS = {
    ("conv", "forward"): "10.8",
    ("conv", "output size"): "10.7",
    ("max_pool", "output size"): "10.7",
    ("avg_pool", "output size"): "10.7",
    ("max_pool", "forward"): "10.9",
}


@dataclass(frozen=True)
class Formula:
    """One formula in both scripts, with what stands beside it."""

    latex: str
    plain: str
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Move:
    """One step as it is told, and how many recorded steps it covers."""

    formula: Formula
    rule: str
    why: str
    steps: int


@dataclass(frozen=True)
class Part:
    """One goal as it is told: where it starts, the moves, what it arrives at."""

    name: str
    title: str
    equation: str
    start: Formula
    moves: tuple[Move, ...]
    result: Formula
    mirrors: str = ""


@dataclass(frozen=True)
class Account:
    """The whole derivation as it is told; `hidden` letters have one value only."""

    derivation: Derivation
    hidden: frozenset[Symbol] = frozenset()

    @classmethod
    def of(cls, derivation: Derivation) -> Account:
        """The account for one image and one group, where there are images and groups."""
        layer = derivation.name[:-2] in _KINDS or derivation.name.startswith("pad_")
        return cls(derivation, frozenset((n, primed(n), g, primed(g)) if layer else ()))

    @cached_property
    def title(self) -> str:
        """What is derived, as a heading."""
        return title(self.derivation.name)

    @property
    def layer(self) -> str:
        """Which layer's numbers were put in, in words; empty for all layers of the kind."""
        spec = self.derivation.spec
        return "" if spec is None else f"The layer {spec!r}; its numbers are put in."

    @property
    def letters(self) -> str:
        """What the letters mean."""
        told = ""
        if self.hidden:
            conv = self.derivation.name.startswith("conv")
            groups = conv and g in self.hidden
            told = "For one image" + (" and one group of channels. " if groups else ". ")
        if self.derivation.name[:-2] not in _KINDS:
            return told + "All indices count from 1; d before an array is the gradient for it."
        return (
            told + "All indices count from 1. On an axis of size W, K is the number of taps (or "
            "the window), S the stride, D the dilation, P and Q the padding before and after, and "
            "O the number of outputs; d before an array is the gradient of the loss for it."
        )

    @property
    def givens(self) -> list[Formula]:
        """The conditions on the sizes under which all of it holds."""
        return [self._formula(fact) for fact in self.derivation.given]

    @property
    def names(self) -> list[Formula]:
        """The sizes and arrays that stand for expressions; what a goal is about is left to it."""
        told = [goal.left for goal in self.derivation.goals.values()]
        pairs = [(symbol, Reading(value)) for symbol, value in self.derivation.sizes.items()]
        pairs += [
            (one.left, read(one.right))
            for one in self.derivation.definitions
            if one.left not in told
        ]
        return [self._equation(left, found) for left, found in pairs]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every goal, in order; an axis that mirrors the first is named, not told again."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[Part]:
        for goal in self.derivation.goals.values():
            kind, _, axis = goal.name.rpartition(" ")
            told = goal.name
            mirrors = ""
            if kind in ("output size", "divisor"):
                first = next(name for name in self.derivation.goals if name.startswith(kind))
                told, mirrors = kind, "" if goal.name == first else first.rpartition(" ")[2]
            yield Part(
                goal.name,
                TITLES.get(told) or f"The {kind} along {axis}",
                _EQUATIONS.get((self.derivation.name[:-2], told), ""),
                self._formula(goal.start, goal),
                () if mirrors else tuple(self._moves(goal)),
                self._equation(goal.left, self._read(goal.result, goal)),
                mirrors,
            )

    def _moves(self, goal: Goal) -> Iterator[Move]:
        steps = self.derivation.steps_of(goal.name)
        told = self._formula(goal.start, goal)
        for rule, group in groupby(steps, key=_kind_of_rule):
            run = list(group)
            formula = self._formula(run[-1].after, goal)
            if formula == told:
                continue  # what the step removes was not written: X' stands for its cases
            told = formula
            yield Move(
                formula,
                rule if len(run) > 1 else run[0].rule,
                REASONS.get(rule) or run[-1].why,
                len(run),
            )

    def _read(self, expr: Expr, goal: Goal) -> Reading:
        return read(expr, self.derivation.definitions, goal.free)

    def equation(self, left: Expr, right: Expr, goal: Goal) -> Formula:
        """`left = right`, told as a formula of `goal`."""
        return self._equation(left, self._read(right, goal))

    def _formula(self, expr: Expr | Boolean, goal: Goal | None = None) -> Formula:
        found = Reading(expr) if goal is None else self._read(expr, goal)
        return Formula(
            latex(found.shown, self.hidden), plain(found.shown, self.hidden), self.beside(found)
        )

    def _equation(self, left: Expr, found: Reading) -> Formula:
        relation = not isinstance(found.shown, Expr)
        one = latex(left, self.hidden) + (r" \iff " if relation else " = ")
        other = plain(left, self.hidden) + (" ⟺ " if relation else " = ")
        return Formula(
            one + latex(found.shown, self.hidden),
            other + plain(found.shown, self.hidden),
            self.beside(found),
        )

    def beside(self, found: Reading) -> tuple[tuple[str, str], ...]:
        """Names and ranges in both scripts: `where j = ... is whole`, `1 <= j <= O`."""
        said: list[tuple[str, str]] = []
        for one in found.named:
            word = r"\ \text{a whole number}" if one.whole else ""
            said.append(
                (
                    f"{latex(one.name)} = {latex(one.value, self.hidden)}{word}",
                    f"{plain(one.name)} = {plain(one.value, self.hidden)}"
                    + (" a whole number" if one.whole else ""),
                )
            )
        for within in found.ranges:
            low, value, high = within.low, within.value, within.high
            said.append(
                (
                    ("" if low is None else f"{latex(low)} \\leq ")
                    + latex(value, self.hidden)
                    + ("" if high is None else f" \\leq {latex(high)}"),
                    ("" if low is None else f"{plain(low)} ≤ ")
                    + plain(value, self.hidden)
                    + ("" if high is None else f" ≤ {plain(high)}"),
                )
            )
        said += [(latex(fact), plain(fact)) for fact in found.others]
        within = found.shown.atoms(Within)
        if said and within and any(one.args[1] != 0 for one in within):
            (other,) = {one.args[1] for one in within}
            said.append((rf"{latex(other)}\ \text{{elsewhere}}", f"{plain(other)} elsewhere"))
        return tuple(said)

    def check(self) -> int:
        """Compare every formula told with the one derived; how many values were equal.

        Raises:
            DerivationError: at the first place where they differ.
        """
        pairs = []
        for goal in self.derivation.goals.values():
            formulas = [goal.start, goal.result]
            formulas += [step.after for step in self.derivation.steps_of(goal.name)]
            pairs += [(one, self._read(one, goal), goal.free) for one in formulas]
        return agree(self.derivation, pairs)


def _kind_of_rule(step: Step) -> str:
    return "eliminate" if step.rule.startswith("eliminate") else step.rule


def title(name: str) -> str:
    """What a derivation's name says, as a heading.

    >>> title("max_pool2d"), title("pad_reflect")
    ('Max-pooling in two dimensions', 'Padding by "reflect"')
    """
    if name.startswith("pad_"):
        return f'Padding by "{name.removeprefix("pad_")}"'
    if name[-2:-1].isdigit() and name[:-2] in _KINDS:
        return f"{_KINDS[name[:-2]]} in {_NUMBERS[int(name[-2])]}"
    return name.replace("_", " ").capitalize()
