"""Problem 10.2.1 as a suite: which learners learn the rotated function from rotated data.

Data and first-layer initialisation are rotated together (x -> R x, W -> W R').  Where the theory
says "equal", runs in exact fractions are compared with == and runs in floats must differ by what
rounding explains (the float32 gap, scaled by the unit roundoffs); where it says "no", the gap
must not shrink with the roundoff.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from convproof.chapter import prove
from convproof.evidence import Status
from convproof.theory.groups import GROUPS, element, rational
from convproof.theory.initialisation import diagonal_kurtosis, kurtosis, measured_kurtosis
from convproof.theory.networks import FullyConnected
from convproof.theory.optimisers import OPTIMISERS, adam, sgd
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

SGD = {
    "gradient descent": sgd(0.05),
    "momentum": sgd(0.05, 0.9),
    "Nesterov": sgd(0.05, 0.9, nesterov=True),
    "weight decay": sgd(0.05, 0, 0.01),
    "momentum and weight decay": sgd(0.05, 0.9, 0.01),
}


def _gaps(net, rule, group, seed, first=None):
    rng = np.random.default_rng(seed)
    problem, rotation = separation_problem(net, rng), element(group, net.widths[0], rng)
    return coupled_gaps(net, problem, rotation, rule, steps=STEPS, batch=BATCH, first=first)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("name", SGD)
@pytest.mark.parametrize("net", NETS, ids=str)
def test_sgd_learns_the_rotated_function_to_rounding(net, name, group):
    _gaps(net, SGD[name], group, seed=10).verdict.require()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("widths", [(3, 3, 1), (2, 3, 2, 1)])
def test_sgd_learns_the_rotated_function_exactly(widths, seed):
    """Fractions, exactly orthogonal R, ReLU, momentum and decay: equal means ==."""
    rng = np.random.default_rng(seed)
    net = FullyConnected(widths, "relu")
    problem, rotation = exact_problem(net, rng), rational("orthogonal", widths[0], rng)
    rule = sgd(Fraction(1, 10), Fraction(9, 10), Fraction(1, 100), nesterov=bool(seed % 2))
    assert coupled(net, problem, rotation, rule, steps=3, batch=2).gap == 0


def test_exact_training_can_fail():
    """The first weight turned the wrong way: training learns another function."""
    rng = np.random.default_rng(0)
    net = FullyConnected((3, 3, 1), "relu")
    problem, rotation = exact_problem(net, rng), rational("orthogonal", 3, rng)
    turned = problem.turned(rotation)
    wrong = type(turned)(turned.x, turned.y, turned.probe, problem.initial)
    one, two = (net.predict(p.initial, p.probe) for p in (problem, wrong))
    assert np.any(one != two)


@pytest.mark.parametrize("group", ["sign", "permutation"])
@pytest.mark.parametrize("net", NETS, ids=str)
def test_adam_respects_signs_and_permutations(net, group):
    _gaps(net, adam(0.05), group, seed=11).verdict.require()


@pytest.mark.parametrize("net", NETS, ids=str)
def test_adam_does_not_respect_rotations(net):
    gaps = _gaps(net, adam(0.05), "orthogonal", seed=11)
    assert gaps.verdict.status is Status.REFUTED
    equal = _gaps(net, sgd(0.05), "orthogonal", seed=11)
    assert gaps.double > 1e10 * equal.double  # by orders of magnitude, not by a little


@pytest.mark.parametrize("name", ["sign-sgd", "lion", "rmsprop", "elementwise-clipping"])
def test_rules_by_coordinate_do_not_respect_rotations(name):
    first, rest = OPTIMISERS[name], sgd(0.05)
    gaps = _gaps(NETS[0], rest, "orthogonal", seed=12, first=first)
    if name == "elementwise-clipping":  # the gradients of this problem never reach the clip
        assert gaps.verdict.holds
    else:
        assert gaps.verdict.status is Status.REFUTED


@pytest.mark.parametrize("name", ["muon", "lars", "global-clipping", "row-clipping"])
def test_rules_by_norm_or_matrix_function_respect_rotations(name):
    _gaps(NETS[0], sgd(0.05), "orthogonal", seed=12, first=OPTIMISERS[name]).verdict.require()


def test_a_convolutional_first_layer_breaks_the_symmetry():
    prove("convolution-breaks-symmetry")["convolution-breaks-symmetry"].verdict.require()


def test_the_update_step_is_proved():
    update_step().check().require()


def test_gaussian_initialisation_is_invariant_in_law_and_uniform_is_not():
    import sympy as sp

    assert kurtosis("gaussian", sp.symbols("v1:4")) == 3
    line = diagonal_kurtosis("uniform")
    (d,) = line.free_symbols
    at_axis, at_corner = kurtosis("uniform", (1, 0, 0)), line.subs(d, 3)
    assert at_axis == sp.Rational(9, 5)
    assert at_corner == sp.Rational(13, 5)
    for law, v, truth in (
        ("gaussian", (1, 0, 0), 3),
        ("gaussian", (1, 1, 1), 3),
        ("uniform", (1, 0, 0), at_axis),
        ("uniform", (1, 1, 1), at_corner),
    ):
        estimate = measured_kurtosis(law, np.array(v), samples=100_000, seed=20)
        assert estimate.covers(float(truth)), estimate
