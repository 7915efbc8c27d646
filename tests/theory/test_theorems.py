"""Theorems A to F: every step stands, a false one is named, and no constant could be larger."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from convproof.theory.distance import angle_distance, rotation_distance
from convproof.theory.groups import haar
from convproof.theory.packing import subfamily_distance
from convproof.theory.small_ball import gamma_ratio
from convproof.theory.theorems import THEOREMS, Step


@pytest.mark.parametrize("name", THEOREMS)
def test_every_step_stands(name):
    verdict = THEOREMS[name].check()
    assert verdict.holds, verdict.reason


@pytest.mark.parametrize("name", THEOREMS)
def test_a_false_step_is_named(name):
    for place in range(len(THEOREMS[name].steps)):
        steps = list(THEOREMS[name].steps)
        steps[place] = Step("one is two", lambda: 1 == 2)
        others = [Step(s.says, lambda: True) if i != place else s for i, s in enumerate(steps)]
        verdict = replace(THEOREMS[name], steps=tuple(others)).check()
        assert verdict.refuted
        assert verdict.witness == {"step": "one is two"}


def sharp(k):
    """The left constant of Theorem B times sqrt(8): (2/pi) E |s_1|."""
    return 2 / math.pi * float(gamma_ratio(np.array(0.5)) / gamma_ratio(np.array(k / 2)))


@pytest.mark.parametrize("k", [2, 3, 10, 50])
def test_theorem_b_on_both_sides_and_no_better_constant(k):
    rng = np.random.default_rng(k)
    for _ in range(10):
        phi = rng.uniform(0, math.pi / 2, k) * rng.integers(0, 2, k)
        root = math.sqrt(np.sum(np.sin(phi) ** 2))
        found = angle_distance(phi)
        assert sharp(k) * root <= found.high
        assert math.sqrt(2 / math.pi) * 2 / math.pi * root / math.sqrt(k) <= found.high
        assert found.low <= root / math.sqrt(k)
    near = angle_distance([1e-3] + [0.0] * (k - 1))
    assert near.high < 1.001 * sharp(k) * math.sin(1e-3)  # the left one is attained


@pytest.mark.parametrize("k", [2, 5, 12])
def test_theorem_d_and_no_better_constant(k):
    """sign(u'Uv) as a rotation of h*: rows (I, U)/sqrt2, then (I, -U)/sqrt2."""

    def rotation(u):
        unit = np.eye(k)
        return np.block([[unit, u], [unit, -u]]) / math.sqrt(2)

    rng = np.random.default_rng(k)
    for _ in range(6):
        u, w = haar(k, rng), haar(k, rng)
        if np.linalg.det(u @ w.T) < 0:
            w[0] *= -1
        far = np.linalg.norm(u - w)
        found = rotation_distance(rotation(u), rotation(w))
        assert found.high >= far / float(subfamily_distance(np.array(k), 1.0))
        assert found.low <= far / (2 * math.sqrt(k))
    turn = np.eye(k)
    turn[:2, :2] = [[math.cos(0.01), -math.sin(0.01)], [math.sin(0.01), math.cos(0.01)]]
    found = rotation_distance(rotation(np.eye(k)), rotation(turn))
    least = np.linalg.norm(turn - np.eye(k)) / float(subfamily_distance(np.array(k), 1.0))
    assert least <= found.high < 1.001 * least  # one turning plane attains it
