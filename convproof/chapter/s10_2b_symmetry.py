"""10.2 and Problem 10.2.1: which training algorithms have no preference for a basis."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp

from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, measured, proved, refuted, tested, undone
from convproof.evidence import Evidence, Grade, Hypothesis, Verdict
from convproof.theory.groups import Matrix, element, exact, rational
from convproof.theory.initialisation import diagonal_kurtosis, kurtosis, measured_kurtosis
from convproof.theory.networks import FullyConnected, convolution_matrix, pool_ties
from convproof.theory.optimisers import COORDINATEWISE, EQUIVARIANT, OPTIMISERS, Rule, adam, sgd
from convproof.theory.rounding import worst
from convproof.theory.symmetry import symmetries
from convproof.theory.training import (
    BATCH,
    NETS,
    STEPS,
    coupled,
    coupled_gaps,
    exact_problem,
    separation_problem,
)
from convproof.theory.update_step import update_step


def _trained(rule: Rule, seed: int, first: Any = None) -> list[Verdict]:
    """One verdict a net: whether `rule`, trained in rotated coordinates, learns the rotated f."""
    found = []
    for number, net in enumerate(NETS):
        rng = np.random.default_rng([seed, number])
        problem, rotation = separation_problem(net, rng), element("orthogonal", 6, rng)
        gaps = coupled_gaps(net, problem, rotation, rule, steps=STEPS, batch=BATCH, first=first)
        found.append(gaps.verdict)
    return found


def _by_coordinates(gradient: list[Fraction]) -> list[Fraction]:
    """Adam's first step without its epsilon: each entry over its own absolute value."""
    return [g / abs(g) if g else Fraction(0) for g in gradient]


@claim(
    "orthogonal-equivariance",
    "section 10.2",
    "The standard training algorithms for fully connected nets are orthogonally equivariant, Adam "
    "among them (of which share of all algorithms that is true, 'most', is not judged here).",
    Grade.REFUTED,
    replaced_by="orthogonal-equivariance-corrected",
)
def orthogonal_equivariance() -> list[Evidence]:
    rotation = [[Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]]
    gradient = [Fraction(1), Fraction(0)]

    def turned(v: list[Fraction]) -> list[Fraction]:
        return [sum((r * x for r, x in zip(row, v, strict=True)), Fraction()) for row in rotation]

    of_turned, turned_of = _by_coordinates(turned(gradient)), turned(_by_coordinates(gradient))
    if of_turned == turned_of:
        return [undone("Adam's first step commutes with the rotation of the witness")]
    runs = worst(_trained(adam(0.05), seed=1))
    found = refuted(
        "Adam's first step divides each coordinate by its own size",
        R=[[str(x) for x in row] for row in rotation],
        gradient=[str(x) for x in gradient],
        step_on_rotated=[str(x) for x in of_turned],
        rotated_step=[str(x) for x in turned_of],
    )
    told = f"Adam trained {STEPS} steps: {runs.status.value}: {runs.reason}"
    agrees = tested(told, len(NETS), seed=1) if runs.refuted else undone(told)
    return [found, agrees.aside()]


@claim(
    "orthogonal-equivariance-corrected",
    "section 10.2, corrected",
    "Of the update rules listed, those linear in the gradient or by norms and matrix functions of "
    "it commute with rotations; the rules by coordinate (Adam and its kin) with signs and "
    "permutations only.",
    Grade.TESTED,
)
def orthogonal_equivariance_corrected() -> Evidence | list[Evidence]:
    for name in OPTIMISERS:
        for group, verdict in symmetries(name).items():
            if verdict.holds is not (name in EQUIVARIANT or group != "orthogonal"):
                return refuted(f"{name}, {group}: {verdict.status.value}", rule=name)
    yes, no = ", ".join(EQUIVARIANT), ", ".join(COORDINATEWISE)
    return [
        tested(f"commute with signs, permutations and rotations: {yes}", len(EQUIVARIANT)),
        tested(f"commute with signs and permutations, not rotations: {no}", len(COORDINATEWISE)),
    ]


def _exact_runs() -> Evidence:
    net, runs, rng = FullyConnected((3, 3, 1), "relu"), 5, np.random.default_rng(0)
    rule = sgd(Fraction(1, 10), Fraction(9, 10), Fraction(1, 100))
    for run in range(runs):
        ran = coupled(
            net, exact_problem(net, rng), rational("orthogonal", 3, rng), rule, steps=3, batch=2
        )
        if ran.gap != 0:
            return refuted("exact training differs", run=run)
    return certified(
        f"{runs} coupled runs of 3 steps of SGD with momentum and decay, widths 3-3-1, ReLU, in "
        "exact fractions: f_R(R x) = f(x)",
        runs,
        seed=0,
    )


_GOALS = ("pre_activation", "gradient", "momentum", "weight")


@claim(
    "problem-10.2.1",
    "Problem 10.2.1",
    "With data at R x, first weight at W R' and all else the same (momentum, as zeros are, "
    "turned along), every step of training leaves the pre-activations, and so the predictions, "
    "unchanged and carries R' along: SGD with momentum and L2 decay, and every rule that "
    "multiplies the first layer's gradient and state from the left by a function of their inner "
    "products; any width, depth, loss, minibatches and number of steps.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    assumes=(
        Hypothesis("R'R = 1", "what orthogonal means"),
        Hypothesis(
            "the loss meets the first weight through its pre-activations alone",
            "by construction: the first layer is fully connected",
        ),
    ),
)
def problem_10_2_1() -> list[Evidence]:
    steps, floats = update_step().check(), worst(_trained(sgd(0.05, 0.9, 0.01), seed=1))
    told = (
        f"{len(NETS)} nets trained {STEPS} steps in both precisions: the gap between the coupled "
        f"runs shrinks with the unit roundoff: {floats.reason}"
    )
    replayed = f"every step of the derivation of one update: {steps.reason}"
    shown = proved(
        theorems=(
            "preactivations_stay",
            "first_layer_gradient",
            "outer_turned",
            "step_turns",
            "update_turns",
            "training_turns",
            "predictions_stay",
            "momentum_training_turns",
            "momentum_predictions_stay",
            # one step, as it is derived
            *(f"derived_update_step_{goal}" for goal in _GOALS),
        ),
        shapes=(
            Evidence.of(
                Grade.CERTIFIED,
                replayed,
                steps,
                digest=update_step().digest,
                derivations=[update_step().name],
            ),
            _exact_runs(),
        ),
    )
    return [*shown, Evidence.of(Grade.TESTED, told, floats, seed=1).aside()]


def _moments() -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """The kurtosis of w'v: Gaussian for every v; uniform at e_1, and along (1, ..., 1)/sqrt d."""
    gaussian = kurtosis("gaussian", sp.symbols("v1:4", real=True))
    return gaussian, kurtosis("uniform", (1, 0, 0, 0)), diagonal_kurtosis("uniform")


def _sampled(axis: sp.Expr, line: sp.Expr) -> Evidence:
    corner, told = np.ones(4) / 2, []
    for law, at, truth in (
        ("gaussian", corner, 3.0),
        ("uniform", np.eye(4)[0], float(axis)),
        ("uniform", corner, float(line.subs(next(iter(line.free_symbols)), 4))),
    ):
        estimate = measured_kurtosis(law, at, seed=3)
        if not estimate.covers(truth):
            return undone(f"{law}: measured {estimate}, derived {truth}")
        told.append(
            f"{law} at {np.round(at, 3).tolist()}: {estimate.value:.4f} +- {estimate.error:.4f}"
        )
    return measured("; ".join(told) + " (200000 samples each, 99.9 % confidence)", seed=3)


@claim(
    "initialisation",
    "section 10.2",
    "Independent Gaussian first weights have the law of W R' for every orthogonal R; independent "
    "uniform ones, in two dimensions or more, do not.",
    Grade.CERTIFIED,
    assumes=(
        Hypothesis("the Gaussian density depends on the norm of a row alone", "its definition"),
        Hypothesis("|det R| = 1", "R'R = 1"),
    ),
)
def initialisation() -> list[Evidence]:
    gaussian, axis, line = _moments()
    told = (
        f"kurtosis of w'v, integrated exactly: Gaussian {gaussian} for every v of three "
        f"coordinates; uniform {axis} at e_1, {line} at (1, ..., 1)/sqrt(d), equal at d = 1 alone"
    )
    (d,) = line.free_symbols
    right = gaussian == 3 and sp.solve(axis - line, d) == [1]
    law = update_step().check()
    return [
        certified(told, 3) if right else undone(told),
        *proved(
            theorems=("derived_update_step_initial_law",),
            shapes=Evidence.of(Grade.CERTIFIED, f"|W R'| = |W| row by row: {law.reason}", law),
        ),
        _sampled(axis, line).aside(),
    ]


def _tied(rule: Rule, taps: int) -> Rule:
    def moved(weight: Matrix, gradient: Matrix, state: Any) -> tuple[Matrix, Any]:
        return rule(weight, pool_ties(gradient, 2, taps), state)

    return moved


@claim(
    "convolution-breaks-symmetry",
    "section 10.2, last paragraph",
    "A convolutional first layer, trained by SGD, is not orthogonally equivariant, and the same "
    "net with its ties let go is.",
    Grade.CERTIFIED,
    assumes=(
        Hypothesis(
            "the untied net is so in every run, not in the one shown alone", "problem-10.2.1"
        ),
    ),
)
def convolution_breaks_symmetry() -> Evidence:
    net, taps, rng = FullyConnected((4, 6, 1), "relu"), 2, np.random.default_rng(2)
    plain, rotation = exact_problem(net, rng), rational("orthogonal", 4, rng)
    first = convolution_matrix(exact(rng.integers(-2, 3, (2, taps))), 4)
    problem = replace(plain, initial=(first, *plain.initial[1:]))
    rule = sgd(Fraction(1, 10), Fraction(1, 2))
    free = coupled(net, problem, rotation, rule, steps=3, batch=2)
    tied = coupled(net, problem, rotation, rule, steps=3, batch=2, first=_tied(rule, taps))
    told = (
        f"3 steps in exact fractions: the untied net's gap is {free.gap}, the tied one's {tied.gap}"
    )
    return certified(told, 2) if free.gap == 0 and tied.gap != 0 else undone(told)
