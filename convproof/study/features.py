"""A single feature as the target: what rotation invariance costs, after Warmuth and others.

Inputs x ~ N(0, I_d), the target x_1, the squared loss E (w.x - x_1)^2 = |w - e_1|^2.  Every
rotation-invariant learner's mean loss after n samples is at least 1 - n/d (Warmuth, Kotlowski,
Amid, ALT 2021): averaged over targets R e_1 the best guess is the projection onto the inputs seen,
and that leaves 1 - n/d.  Learners that see coordinates are not bound by it.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof import __version__
from convproof.errors import SpecError
from convproof.study.engine import Cell, Options, Report, Result, Results
from convproof.theory.groups import Matrix

SEED = 2025
# Standard errors of a mean loss below the bound that make a crossing: under a true mean at the
# bound this has probability 3e-7.
_SIGMAS = 5.0

Solve = Callable[[Matrix, Matrix, np.random.Generator], Matrix]


def least_squares(x: Matrix, y: Matrix, rng: np.random.Generator) -> Matrix:
    """The interpolant of least norm: what gradient descent from 0 comes to."""
    del rng
    return np.asarray(np.linalg.lstsq(x, y, rcond=None)[0])


def ridge(x: Matrix, y: Matrix, rng: np.random.Generator) -> Matrix:
    """Ridge with penalty 1."""
    del rng
    return np.asarray(x.T @ np.linalg.solve(x @ x.T + np.eye(len(x)), y))


def two_layers(x: Matrix, y: Matrix, rng: np.random.Generator) -> Matrix:
    """f(x) = a'Wx, W square and Gaussian at first, by gradient descent on both."""
    n, d = x.shape
    weight, a = rng.standard_normal((d, d)) / d, rng.standard_normal(d) / d
    for _ in range(1500):
        pull = (x @ (weight.T @ a) - y) @ x / n
        weight, a = weight - 0.1 * np.outer(a, pull), a - 0.1 * weight @ pull
    return np.asarray(weight.T @ a)


def adam(x: Matrix, y: Matrix, rng: np.random.Generator) -> Matrix:
    """One layer from 0, by Adam: equivariant under permutations only."""
    del rng
    w, mean, square = (np.zeros(x.shape[1]) for _ in range(3))
    for step in range(1, 1501):
        slope = (x @ w - y) @ x / len(x)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        scaled = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w = w - 0.02 * (1 - step / 1501) * scaled
    return np.asarray(w)


def spindly(x: Matrix, y: Matrix, rng: np.random.Generator) -> Matrix:
    """w = u^2 - v^2 entry by entry, by gradient descent from small u = v: prefers few entries."""
    del rng
    u = np.full(x.shape[1], 0.03)
    v = u.copy()
    for _ in range(3000):
        slope = (x @ (u * u - v * v) - y) @ x / len(x)
        u, v = u * (1 - 0.1 * slope), v * (1 + 0.1 * slope)
    return np.asarray(u * u - v * v)


# name -> (learner, whether it is invariant under rotations)
LEARNERS: dict[str, tuple[Solve, bool]] = {
    "least-squares": (least_squares, True),
    "ridge": (ridge, True),
    "two-layers-gd": (two_layers, True),
    "adam": (adam, False),
    "spindly": (spindly, False),
}


def evaluate(cell: Cell) -> Result:
    """The exact loss of one run."""
    x = np.random.default_rng([SEED, cell.d, cell.n, cell.seed]).standard_normal((cell.n, cell.d))
    w = LEARNERS[cell.learner][0](x, x[:, 0].copy(), np.random.default_rng([SEED, cell.seed]))
    w[0] -= 1
    return {"loss": float(w @ w)}


@dataclass(frozen=True)
class Features:
    """The study, set up."""

    cells: tuple[Cell, ...]
    settings: dict[str, Any]
    evaluate: Callable[[Cell], Result] = evaluate

    def wanted(self, results: Results) -> list[Cell]:
        """All of them."""
        return [cell for cell in self.cells if cell not in results]

    def remaining(self, results: Results) -> int:
        """How many are to come."""
        return len(self.wanted(results))

    def report(self, results: Results) -> Report:
        """The table, and whether a rotation-invariant learner is below 1 - n/d."""
        lines = [f"{'d':>4} {'n':>4} {'1 - n/d':>8}" + "".join(f"{name:>20}" for name in LEARNERS)]
        rows, wrong = [], []
        for d, n in sorted({(cell.d, cell.n) for cell in self.cells}):
            floor, shown = 1 - n / d, []
            for name, (_, invariant) in LEARNERS.items():
                mine = [c for c in self.cells if (c.learner, c.d, c.n) == (name, d, n)]
                losses = np.array([results[cell]["loss"] for cell in sorted(mine)])
                mean, error = losses.mean(), losses.std(ddof=1) / np.sqrt(len(losses))
                shown.append(f"{mean:.3f} +- {2 * error:.3f}")
                rows.append({"learner": name, "d": d, "n": n, "loss": float(mean),
                             "error": float(error), "floor": floor})  # fmt: skip
                if invariant and mean < floor - _SIGMAS * error:
                    wrong.append(f"{name} at d = {d}, n = {n}: {mean:.3f} < {floor:.3f}")
            lines.append(f"{d:>4} {n:>4} {floor:>8.3f}" + "".join(f"{s:>20}" for s in shown))
        bound = ", ".join(name for name, (_, yes) in LEARNERS.items() if yes)
        lines += [
            "",
            f"Mean squared loss with two standard errors; invariant under rotations: {bound}.",
            *(f"CROSSED: {line}" for line in wrong),
            "a rotation-invariant learner is below 1 - n/d"
            if wrong
            else "no rotation-invariant learner is below 1 - n/d",
        ]
        data = {"rows": rows, "crossed": wrong, "settings": self.settings}
        return Report("\n".join(lines), data, not wrong)


def study(options: Options) -> Features:
    """The study as the options say.

    Raises:
        SpecError: if a learner is named: this study has its own.
    """
    if options.learner is not None:
        raise SpecError.of("--learner", options.learner, "nothing here: only separation takes one")
    dims = (16,) if options.quick else (32, 64, 128, 256) if options.full else (32, 64)
    seeds = 10 if options.quick else 100 if options.full else 30
    cells = [
        Cell(name, d, d * part // 8, seed)
        for d in dims
        for part in ((2, 4) if options.quick else (1, 2, 4, 6))
        for name in LEARNERS
        for seed in range(seeds)
    ]
    settings = {
        "study": "features", "full": options.full, "quick": options.quick, "seed": SEED,
        "convproof": __version__, "numpy": np.__version__, "python": platform.python_version(),
    }  # fmt: skip
    return Features(tuple(cells), settings)
