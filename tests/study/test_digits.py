"""The study on real images: its table, its intervals, and that it is reproducible."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.errors import SpecError
from convproof.study import digits
from convproof.study.engine import Cell, Options

pytest.importorskip("sklearn")


def test_the_table_is_made_of_the_cells() -> None:
    study = digits.study(Options(quick=True))
    results = {}
    for cell in study.cells:  # made up: the convolutional net is 10 points better, 1 a seed
        better = 0.1 if "convolutional" in cell.learner else 0.0
        results[cell] = {"plain": 0.5 + better + cell.seed / 100, "shifted": 0.4 + better}
    report = study.report(results)
    assert report.ok
    assert not study.wanted(results)
    row = report.data["rows"][0]
    assert row["intervals"]["difference"] == pytest.approx((10.0, 0.0), abs=1e-9)
    mean, half = row["intervals"]["convolutional"]
    assert mean == pytest.approx(61.5)
    # four values 60, 61, 62, 63: s = sqrt(5/3), t(0.975, 3) = 3.182
    assert half == pytest.approx(3.182446 * np.sqrt(5 / 3) / 2, rel=1e-5)
    assert "moved by one pixel" in report.text


def test_a_cell_is_reproducible() -> None:
    cell = Cell("digits/fully connected/20", 8, 50, 1)
    assert digits.evaluate(cell) == digits.evaluate(cell)


def test_the_usual_study_goes_to_all_images() -> None:
    study = digits.study(Options())
    assert {cell.n for cell in study.cells if cell.learner.startswith("digits")} >= {50, 1347}
    assert len({cell.seed for cell in study.cells}) >= 5
    with pytest.raises(SpecError, match="learner"):
        digits.study(Options(learner="mine.py:fit"))
