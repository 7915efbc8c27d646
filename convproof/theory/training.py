"""Training twice, once rotated: data x -> R x and first layer W -> W R' together.

Problem 10.2.1 says that a rule which respects R then learns the rotated function,
f_R(R x) = f(x), for whatever the remaining weights, loss and batches are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.theory.groups import Matrix, exact
from convproof.theory.networks import FullyConnected, Parameters
from convproof.theory.optimisers import Rule
from convproof.theory.rounding import Gaps

NETS = (FullyConnected((6, 8, 1)), FullyConnected((6, 8, 4, 1)), FullyConnected((6, 8, 1), "relu"))
STEPS, BATCH = 40, 8


@dataclass(frozen=True)
class Problem:
    """A learning problem: training data x (n, d), y (n,), and inputs to compare functions on."""

    x: Matrix
    y: Matrix
    probe: Matrix
    initial: Parameters

    def turned(self, rotation: Matrix) -> Problem:
        """The same problem in coordinates R x, its first weight W R' with it."""
        first, *rest = self.initial
        return Problem(
            self.x @ rotation.T, self.y, self.probe @ rotation.T, (first @ rotation.T, *rest)
        )

    def cast(self, dtype: Any) -> Problem:
        """The same problem, every array in `dtype`."""
        start = tuple(p.astype(dtype) for p in self.initial)
        return Problem(self.x.astype(dtype), self.y.astype(dtype), self.probe.astype(dtype), start)


def separation_problem(net: FullyConnected, rng: np.random.Generator, rows: int = 16) -> Problem:
    """Gaussian inputs labelled by the chapter's target h*, and a random start for `net`."""
    d = net.widths[0]
    x = rng.standard_normal((rows, d))
    y = np.sign((x[:, : d // 2] ** 2).sum(axis=1) - (x[:, d // 2 :] ** 2).sum(axis=1))
    return Problem(x, y, rng.standard_normal((rows, d)), net.initial(rng))


def exact_problem(net: FullyConnected, rng: np.random.Generator) -> Problem:
    """A problem in small integers, as fractions, for exact training."""
    d = net.widths[0]

    def integers(*shape: int) -> Matrix:
        return exact(rng.integers(-2, 3, shape))

    start = tuple(integers(*p.shape) for p in net.initial(rng))
    return Problem(integers(4, d), integers(4), integers(3, d), start)


def train(
    net: FullyConnected,
    problem: Problem,
    rule: Rule,
    *,
    steps: int,
    batch: int,
    first: Rule | None = None,
) -> Parameters:
    """The parameters after `steps` updates on consecutive batches of `batch` rows, cyclically.

    `rule` updates every parameter with a state of its own; `first`, if given, updates the
    first weight in its place.
    """
    rules = [first or rule] + [rule] * (len(problem.initial) - 1)
    parameters, states = problem.initial, [None] * len(problem.initial)
    rows = np.arange(len(problem.x))
    for step in range(steps):
        chosen = np.take(rows, range(step * batch, (step + 1) * batch), mode="wrap")
        found = net.gradients(parameters, problem.x[chosen], problem.y[chosen])
        moved = [r(p, g, s) for r, p, g, s in zip(rules, parameters, found, states, strict=True)]
        parameters, states = tuple(m[0] for m in moved), [m[1] for m in moved]
    return parameters


@dataclass(frozen=True)
class Coupled:
    """Two coupled runs: how far f_R(R x) is from f(x), and how far training moved f at all."""

    gap: Any
    moved: Any


def coupled(
    net: FullyConnected, problem: Problem, rotation: Matrix, rule: Rule, **how: Any
) -> Coupled:
    """Train on `problem` and on its rotation; the largest gap and movement over the probes.

    Exact where the arrays hold fractions and the rule is rational: then a gap of 0 means equal.
    `how` goes to `train`.
    """
    turned = problem.turned(rotation)
    plain = net.predict(train(net, problem, rule, **how), problem.probe)
    other = net.predict(train(net, turned, rule, **how), turned.probe)
    start = net.predict(problem.initial, problem.probe)
    return Coupled(np.max(np.abs(other - plain)), np.max(np.abs(plain - start)))


def coupled_gaps(
    net: FullyConnected, problem: Problem, rotation: Matrix, rule: Rule, **how: Any
) -> Gaps:
    """The gap of two coupled runs in units of what training moved, in both precisions."""
    gaps = []
    for dtype in (np.float32, np.float64):
        with np.errstate(over="ignore", invalid="ignore"):
            run = coupled(net, problem.cast(dtype), rotation.astype(dtype), rule, **how)
        gaps.append(float(run.gap / run.moved) if run.moved > 0 else float("nan"))
    return Gaps(*gaps)
