"""Results show themselves: a short line as repr, their text in a notebook, escaped."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.chapter import Ledger
from convproof.document.shown import Shown
from convproof.evidence import Verdict
from tests.report.claims import FALSE, HELD

RESULTS = {
    "derivation": lambda: cp.derive("conv1d"),
    "ledger": lambda: Ledger([HELD, FALSE]),
    "claim": lambda: FALSE,
    "verdict": lambda: Verdict.refute("no", x=np.arange(500)),
    "certificate": lambda: cp.certify(cp.Conv(2, 1), (3, 3)),
    "plan": lambda: cp.plan(cp.Conv(3, 8), (28, 28, 1)),
    "error bound": lambda: cp.error_bound(cp.Conv(3, 8), (28, 28, 1)),
    "bound": lambda: cp.theory.lower_bound(100, 0.05),
    "estimate": lambda: cp.theory.rotation_distance(np.eye(4), np.eye(4)),
    "explanation": lambda: cp.explain(cp.Conv(3, 8), (8, 8, 1)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_shows_itself(name):
    result = RESULTS[name]()
    assert len(repr(result)) < 250
    assert "\n" not in repr(result)
    assert repr(result).startswith(f"<{type(result).__name__}")
    assert result._repr_html_().startswith("<")
    assert len(str(result)) > 20


def test_a_derivation_s_formula_in_a_notebook():
    shown = cp.derive("conv1d")._repr_latex_()
    assert shown.startswith(r"$\displaystyle ")
    assert r"\sum" in shown


def test_what_came_from_outside_is_escaped():
    class Hostile(Shown):
        def __str__(self) -> str:
            return "<script>alert(1)</script>\x1b[31m\nmore"

    assert repr(Hostile()) == r"<Hostile: <script>alert(1)</script>\x1b[31m ...>"
    assert "<script>" not in Hostile()._repr_html_()
    assert "\x1b" not in Hostile()._repr_html_()
