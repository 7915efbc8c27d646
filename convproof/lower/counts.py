"""What is counted of programs, and how array operations count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sympy import Eq, Expr, Mul, Or, Piecewise, S

from convproof.lower import integers
from convproof.lower.program import View
from convproof.lower.shapes import Shapes

FEATURES = {
    "steps": "statements that Python and NumPy begin",
    "products": "matrix products, one for each of a stack",
    "flops": "multiplications in them",
    "streamed": "numbers that they read and write",
    "numbers": "numbers that loops over entries go through",
    "runs": "innermost loops, each over numbers that lie together",
    "folds": "innermost loops of reductions",
    "apart": "numbers read at a distance from one another",
    "fresh": "numbers of new arrays",
    "far": "numbers of loops and products over more than a cache holds",
}


@dataclass
class Counts(Shapes):
    """The counts so far, `times` what the loops around repeat."""

    times: Expr = S.One
    found: dict[str, Expr] = field(default_factory=lambda: dict.fromkeys(FEATURES, S.Zero))

    def add(self, **counts: Expr | int) -> None:
        """Count these, as often as the loops around say."""
        for name, count in counts.items():
            self.found[name] += self.times * count
        for name in ("numbers", "streamed"):
            if name in counts and counts[name] != 0:
                self.found["far"] += self.times * integers.far(counts[name])

    def slices(self, several: Expr, shape: Sequence[Expr], axis: int, stride: Expr) -> None:
        """`several` array operations on slices of an axis, as many numbers as `shape` has."""
        total, inner = Mul(*shape), Mul(*shape[axis + 1 :])
        whole = Or(Eq(stride, 1), Eq(inner, 1))
        # Short pixels are put side by side first, once for all taps.
        few = integers.few(inner)
        near = few * inner * shape[axis] + (1 - few) * inner
        run = Piecewise((inner * shape[axis], whole), (near, True))
        self.add(steps=several, numbers=several * total, runs=several * total / run)
        apart = Piecewise((S.Zero, whole), (few * total, True))
        self.add(numbers=apart, runs=apart / inner)

    def entries(self, several: int, *views: View) -> None:
        """`several` array operations on the entries of views of one shape."""
        total = Mul(*self.entry(views[0])[0])
        runs = several * total / self.inner(views)
        self.add(steps=several, numbers=several * total, runs=runs)

    def gather(self) -> None:
        """Windows that are a view are copied where they are used first."""
        if "gathered" in self.env:
            total, run, apart = self.env.pop("gathered")
            self.add(numbers=total, runs=total / run, apart=apart * total, fresh=total, steps=1)
