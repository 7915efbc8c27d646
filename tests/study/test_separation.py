"""The separation study: cheats and wrong bounds are caught, true learners pass."""

from __future__ import annotations

import pytest

from convproof.study import separation, study
from convproof.study.engine import Cell, Options
from tests.study.options import all_of


@pytest.mark.parametrize("name", ["ridge-quadratic", "convnet", "ridge-squares"])
def test_a_true_learner_crosses_nothing(name):
    report = all_of(study("separation", Options(quick=True, learner=name)))
    assert report.ok
    assert report.text.endswith("no bound was crossed")
    assert {row["learner"] for row in report.data["rows"]} == {name}


CHEAT = """
import numpy as np
def fit(x, y, rng):  # it knows the target: no equivariant learner does
    half = x.shape[1] // 2
    return lambda z: (z[:, :half] ** 2).sum(axis=1) - (z[:, half:] ** 2).sum(axis=1)
"""


def test_a_learner_that_cheats_is_caught(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(CHEAT)
    for claims, ok in (("orthogonal", False), ("permutation", False), ("nothing", True)):
        options = Options(quick=True, learner=f"{path}:fit", claims=claims)
        found = study("separation", options)
        mine = tuple(s for s in found.searches if s.learner.endswith(":fit"))
        report = all_of(separation.Separation(found.learners[:1], mine, found.settings))
        assert report.ok is ok
        assert ("CROSSED: mine.py:fit at d = 16" in report.text) is not ok


def test_a_wrong_bound_is_caught(monkeypatch):
    """The bound times 32 is crossed by an honest learner."""
    honest = separation.lower_bound

    def wrong(d, error, delta):
        bound = honest(d, error, delta)
        return type(bound)(32 * bound.samples, "")

    monkeypatch.setattr(separation, "lower_bound", wrong)
    report = all_of(study("separation", Options(quick=True, learner="ridge-quadratic")))
    assert not report.ok


def test_samples_of_one_seed_are_the_first_of_a_longer_stream():
    errors = [separation.evaluate(Cell("convnet", 8, n, 3))["error"] for n in (30, 30)]
    assert errors[0] == errors[1] < 0.2
