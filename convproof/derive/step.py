"""A derivation as immutable data: goals, and the steps that lead to each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, Indexed, IndexedBase, Symbol, true
from sympy.logic.boolalg import Boolean

from convproof.derive.symbols import Limit

if TYPE_CHECKING:
    from convproof.spec import Spec


@dataclass(frozen=True)
class Step:
    """`before` equals `after` for every value of the goal's free indices, by `rule`."""

    goal: str
    rule: str
    before: Basic
    after: Basic
    why: str


@dataclass(frozen=True)
class Goal:
    """What a chain of steps is about: `left` is `start` by definition, and found to be `result`.

    It holds for all values of the `free` indices in their ranges.
    """

    name: str
    left: Basic
    free: tuple[Limit, ...]
    start: Basic
    result: Basic


@dataclass(frozen=True)
class Definition:
    """An array that stands for an expression: `left` (an `Indexed`) is `right`, for all `free`."""

    left: Indexed
    right: Expr
    free: tuple[Limit, ...]


@dataclass(frozen=True)
class Derivation:
    """A layer's formulas with the steps that lead to them.

    Attributes:
        name: the operation, "conv2d" for example.
        spec: the concrete layer, or None for all layers of this kind at once.
        output_shape: (N, *space, channels) as SymPy expressions, channels last.
        forward: the output entry at the free indices of goal "forward".
        gradients: the loss gradient's entry by argument; dY is the output's gradient.
        steps: every step of every goal, in order.
        goals: by name, what each chain arrives at, and over which indices it holds.
        arrays: the shape of each array that is given.
        definitions: arrays that stand for expressions.
        sizes: sizes given by others (the output size, for one).
        given: conditions on the sizes under which everything holds.
        bindings: what the sizes that are no longer free were bound to.
        options: which of "ceil_mode" and "count_include_pad" hold.
    """

    name: str
    spec: Spec | None
    output_shape: tuple[Expr, ...]
    goals: Mapping[str, Goal]
    steps: tuple[Step, ...]
    arrays: Mapping[IndexedBase, tuple[Expr, ...]]
    definitions: tuple[Definition, ...] = ()
    sizes: Mapping[Symbol, Expr] = field(default_factory=dict)
    given: tuple[Boolean, ...] = ()
    bindings: Mapping[Symbol, Expr] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    def bound(self, values: Mapping[Symbol, Expr], **changes: Any) -> Derivation:
        """The same derivation with some sizes given: every formula with `values` put in."""

        def put(node: Any) -> Any:
            return node.xreplace(values)

        def limits(free: tuple[Limit, ...]) -> tuple[Limit, ...]:
            return tuple((index, put(low), put(high)) for index, low, high in free)

        return replace(
            self,
            output_shape=tuple(put(size) for size in self.output_shape),
            goals={
                name: Goal(
                    name, put(goal.left), limits(goal.free), put(goal.start), put(goal.result)
                )
                for name, goal in self.goals.items()
            },
            steps=tuple(
                replace(step, before=put(step.before), after=put(step.after)) for step in self.steps
            ),
            arrays={base: tuple(put(s) for s in shape) for base, shape in self.arrays.items()},
            definitions=tuple(
                Definition(put(one.left), put(one.right), limits(one.free))
                for one in self.definitions
            ),
            sizes={symbol: put(value) for symbol, value in self.sizes.items()},
            given=tuple(fact for fact in map(put, self.given) if fact != true),
            bindings={**{s: put(v) for s, v in self.bindings.items()}, **values},
            **changes,
        )

    def steps_of(self, goal: str) -> tuple[Step, ...]:
        """The steps of one goal, in order."""
        return tuple(step for step in self.steps if step.goal == goal)

    @property
    def forward(self) -> Expr:
        """The output entry, as an expression of the given arrays."""
        return self.goals["forward"].result

    @property
    def gradients(self) -> dict[str, Expr]:
        """The gradient entries by argument name."""
        start = "gradient "
        return {
            name.removeprefix(start): goal.result
            for name, goal in self.goals.items()
            if name.startswith(start)
        }

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the formulas: the first 16 hex digits of a SHA-256."""
        # Not srepr: it prints the arguments of Min and Max in the order of their hashes.
        text = "\n".join(f"{goal.name}: {goal.result}" for goal in self.goals.values())
        return hashlib.sha256(text.encode()).hexdigest()[:16]
