"""The paper's own task: its cells, what they come to, and a cheat among them."""

from __future__ import annotations

import numpy as np

from convproof.study import images, separation, study
from convproof.study.engine import Cell, Options
from convproof.study.learners import LEARNERS


def test_both_lengths_together_are_every_part_of_the_full_study_tiny():
    found = study("separation", Options(full=True, quick=True))
    assert found.images is not None
    assert {c.learner for c in found.wanted({})} == {*images.LEARNERS, *LEARNERS}
    assert max(c.d for c in found.wanted({})) == 48 < 3072
    assert study("separation", Options(full=True)).images.side == 32
    assert study("separation", Options()).images is None


def test_the_paper_s_images_and_a_cheat_among_them(monkeypatch):
    """Sharing wins; a net that knows the label is below what the bound leaves."""
    found = images.Images(4, (16, 1024), 2)
    quick = ("images-conv-square-sgd", "images-fc-square-sgd")
    results = {c: separation.evaluate(c) for c in found.cells() if c.n < 20 or c.learner in quick}
    same = {c: results[Cell(quick[1], c.d, c.n, c.seed)] for c in found.cells()}
    lines, rows, wrong = found.table(same | results)
    assert wrong == []
    error = {row["learner"]: row["error"] for row in rows if row["n"] == 1024}
    assert error["images-conv-square-sgd"] < 0.15 < 0.25 < error["images-fc-square-sgd"]
    assert max(row["trained"] for row in rows) < 0.05  # each fits what it was shown
    assert "images-fc-relu-sgd" in lines[4]
    results = same | results
    results[Cell("images-fc-relu-sgd", 48, 16, 1)] = {"error": 0.01, "trained": 0.0}
    assert "images-fc-relu-sgd at n = 16: error 0.010" in found.table(results)[2][0]
    results[Cell("images-conv-square-sgd", 48, 16, 1)] = {"error": 0.01, "trained": 0.0}
    assert len(found.table(results)[2]) == 1  # no bound binds it


def test_the_convolution_on_images_fits_labels_that_mean_nothing():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((12, 4, 4, 3), dtype=np.float32)
    y = np.where(rng.random(12) < 0.5, 1.0, -1.0)
    assert np.array_equal(images.convolutional(x, y, rng)(x), y)
