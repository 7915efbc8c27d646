"""The cause of a refutation: the operation and its line, not one that a sum makes good again."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp


def _rooted(w, g, state):
    scale = np.linalg.norm(g)  # squares that only enter a sum
    state["v"] = 0.9 * state.get("v", 0) + g**2
    return w - 0.1 * g / scale / np.sqrt(state["v"] + 1e-8)


def _taxicab(w, g):
    return w - 0.1 * g / np.abs(g).sum()


def _clipped(w, g):
    step = g.copy()
    step[np.abs(step) > 1] = 1.0
    return w - step


def _branching(w, g):
    if g[0, 0] > 0:
        return w - g
    return w - 2 * g


def _in_place(w, g):
    w -= np.sign(g)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (_rooted, 'state["v"] = 0.9'),
        (_taxicab, "absolute in line"),
        (_clipped, "step[np.abs(step) > 1] = 1.0"),
        (_branching, "take different ways from"),
        (_in_place, "sign in line"),
        ("lion", "sign in line"),
        ("elementwise-clipping", "clip in line"),
    ],
)
def test_the_cause_is_the_line_at_fault(rule, words):
    verdict = cp.theory.symmetries(rule, groups=("orthogonal",))["orthogonal"]
    assert verdict.refuted
    assert words in verdict.witness["cause"]
    assert verdict.witness["cause"] in verdict.reason


def test_causes_in_torch():
    pytest.importorskip("torch")
    for name, words in (("RAdam", "addcmul_ in line"), ("Rprop", "sign in line")):
        verdict = cp.theory.symmetries(f"torch.optim.{name}", groups=("orthogonal",))["orthogonal"]
        assert words in verdict.witness["cause"]
        assert f"of {name.lower()}.py" in verdict.witness["cause"]


def test_causes_in_optax():
    pytest.importorskip("optax")
    verdict = cp.theory.symmetries("optax.sign_sgd", groups=("orthogonal",))["orthogonal"]
    assert verdict.witness["cause"].startswith("the cause: sign")


def test_a_rule_that_cannot_be_traced_is_refuted_all_the_same():
    def rule(w, g):
        if type(g) is not np.ndarray:
            raise TypeError("plain arrays only")
        return w - np.sign(g)

    verdict = cp.theory.symmetries(rule, groups=("orthogonal",))["orthogonal"]
    assert verdict.refuted
    assert verdict.witness["cause"] == "not traced"
