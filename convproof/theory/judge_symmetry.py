"""How the claims about training symmetry are judged: Problem 10.2.1 and what surrounds it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from convproof.evidence import Evidence, Grade, Status, Verdict
from convproof.judgement import Finding
from convproof.theory.groups import GROUPS, Matrix, element, exact, rational
from convproof.theory.initialisation import diagonal_kurtosis, kurtosis, measured_kurtosis
from convproof.theory.networks import FullyConnected, convolution_matrix, pool_ties
from convproof.theory.optimisers import OPTIMISERS, Rule, adam, sgd
from convproof.theory.rounding import worst
from convproof.theory.symmetry import symmetries
from convproof.theory.training import Problem, coupled, coupled_gaps
from convproof.theory.update_step import update_step

# Which groups each rule commutes with: what the table of symmetries claims.
EQUIVARIANT = (
    "sgd", "momentum", "nesterov", "weight-decay", "global-clipping", "row-clipping", "lars",
    "adagrad-norm", "muon", "shampoo",
)  # fmt: skip
COORDINATEWISE = tuple(name for name in OPTIMISERS if name not in EQUIVARIANT)
NETS = (FullyConnected((6, 8, 1)), FullyConnected((6, 8, 4, 1)), FullyConnected((6, 8, 1), "relu"))
STEPS, BATCH = 40, 8


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


def trained(rule: Rule, seed: int, first: Any = None) -> list[Verdict]:
    """One verdict a net: whether `rule`, trained in rotated coordinates, learns the rotated f."""
    found = []
    for number, net in enumerate(NETS):
        rng = np.random.default_rng([seed, number])
        problem, rotation = separation_problem(net, rng), element("orthogonal", 6, rng)
        gaps = coupled_gaps(net, problem, rotation, rule, steps=STEPS, batch=BATCH, first=first)
        found.append(gaps.verdict)
    return found


def proof() -> Finding:
    """Problem 10.2.1: the checked derivation, exact training, and training in floats."""
    steps = update_step().check()
    net = FullyConnected((3, 3, 1), "relu")
    rng = np.random.default_rng(0)
    rule = sgd(Fraction(1, 10), Fraction(9, 10), Fraction(1, 100))
    runs = 5
    for run in range(runs):
        ran = coupled(
            net, exact_problem(net, rng), rational("orthogonal", 3, rng), rule, steps=3, batch=2
        )
        if ran.gap != 0:
            return Finding(Verdict.refute("exact training differs", run=run), Grade.REFUTED)
    floats = worst(trained(sgd(0.05, 0.9, 0.01), seed=1))
    verdict = worst([steps, floats])
    return Finding(
        verdict if not verdict.holds else steps,
        Grade.PROVED_STEPS,
        (
            Evidence(Grade.PROVED_STEPS, steps.reason, {"digest": update_step().digest}),
            Evidence(
                Grade.CERTIFIED,
                f"{runs} coupled runs of 3 steps of SGD with momentum and decay, widths 3-3-1, "
                "ReLU, in exact fractions: f_R(R x) = f(x)",
                {"seed": 0},
            ),
            Evidence(
                Grade.TESTED,
                f"{len(NETS)} nets trained {STEPS} steps in both precisions: the gap between the "
                "coupled runs shrinks with the unit roundoff",
                {"seed": 1, "worst": floats.reason},
            ),
        ),
    )


def adam_fails() -> Finding:
    """The chapter's assertion, of most standard algorithms, refuted by the commonest one."""
    step = symmetries("adam", groups=("orthogonal",))["orthogonal"]
    runs = worst(trained(adam(0.05), seed=1))
    evidence = (Evidence(Grade.TESTED, f"Adam trained {STEPS} steps: {runs.reason}", {"seed": 1}),)
    verdict = step if runs.status is step.status else runs
    return Finding(verdict, Grade.REFUTED, evidence)


def table() -> Finding:
    """What is true: which update rules commute with signs, permutations, rotations."""
    for name in OPTIMISERS:
        expected: dict[str, bool] = {
            group: name in EQUIVARIANT or group != "orthogonal" for group in GROUPS
        }
        for group, verdict in symmetries(name).items():
            if verdict.holds is not expected[group]:
                return Finding(
                    Verdict.refute(f"{name}, {group}: {verdict.status.value}", rule=name),
                    Grade.REFUTED,
                )
    yes, no = ", ".join(EQUIVARIANT), ", ".join(COORDINATEWISE)
    evidence = (
        Evidence(Grade.TESTED, f"commute with signs, permutations and rotations: {yes}"),
        Evidence(Grade.TESTED, f"commute with signs and permutations, not rotations: {no}"),
    )
    reason = f"{len(OPTIMISERS)} update rules, 3 groups, each as the table says"
    return Finding(Verdict.held(reason), Grade.TESTED, evidence)


def convolution_fails() -> Finding:
    """A convolutional first layer is a tied one, and pooling tied gradients is not equivariant."""
    net, taps = FullyConnected((6, 8, 1)), 3
    rng = np.random.default_rng(2)
    problem, rotation = separation_problem(net, rng), element("orthogonal", 6, rng)
    kernel = rng.standard_normal((2, taps))
    start = (convolution_matrix(kernel, 6), *problem.initial[1:])
    tied_problem = Problem(problem.x, problem.y, problem.probe, start)
    rule = sgd(0.05, 0.9)

    def tied(weight: Matrix, gradient: Matrix, state: Any) -> tuple[Matrix, Any]:
        return rule(weight, pool_ties(gradient, 2, taps), state)

    free = coupled_gaps(net, tied_problem, rotation, rule, steps=STEPS, batch=BATCH)
    pooled = coupled_gaps(net, tied_problem, rotation, rule, steps=STEPS, batch=BATCH, first=tied)
    as_told = free.verdict.holds and pooled.verdict.status is Status.REFUTED
    reason = f"tied: {pooled.verdict.reason}; from the same start, untied, the symmetry "
    reason += free.verdict.status.value
    verdict = Verdict.held(reason) if as_told else Verdict.undecided(reason)
    evidence = (Evidence(Grade.TESTED, reason, {"seed": 2, "untied": free.verdict.reason}),)
    return Finding(verdict, Grade.TESTED, evidence)


def initial_law() -> Finding:
    """Gaussian first weights keep their law under rotations, uniform ones do not."""
    import sympy as sp

    gaussian = kurtosis("gaussian", sp.symbols("v1:4", real=True))
    axis, line = kurtosis("uniform", (1, 0, 0, 0)), diagonal_kurtosis("uniform")
    measured = []
    corner = np.ones(4) / 2
    for law, at, truth in (
        ("gaussian", corner, 3.0),
        ("uniform", np.eye(4)[0], float(axis)),
        ("uniform", corner, float(line.subs(next(iter(line.free_symbols)), 4))),
    ):
        estimate = measured_kurtosis(law, at, seed=3)
        if not estimate.covers(truth):
            reason = f"{law}: measured {estimate}, derived {truth}"
            return Finding(Verdict.undecided(reason), Grade.MEASURED)
        measured.append(
            f"{law} at {np.round(at, 3).tolist()}: {estimate.value:.4f} +- {estimate.error:.4f}"
        )
    law_step = update_step().check()
    holds = gaussian == 3 and axis != line and law_step.holds
    reason = (
        f"kurtosis of w'v: Gaussian {gaussian} for every v; uniform {axis} at e_1, "
        f"{line} at (1, ..., 1)/sqrt(d)"
    )
    return Finding(
        Verdict.held(reason) if holds else Verdict.undecided(reason),
        Grade.CERTIFIED,
        (
            Evidence(Grade.PROVED_STEPS, "the squared norm of a row of W R' is that of W's row"),
            Evidence(Grade.CERTIFIED, "the moments integrated and expanded exactly by SymPy"),
            Evidence(
                Grade.MEASURED,
                "; ".join(measured) + " (200000 samples each, 99.9 % confidence)",
                {"seed": 3},
            ),
        ),
    )
