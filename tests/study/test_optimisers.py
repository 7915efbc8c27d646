"""Optimisers judged as shipped, in a table."""

from __future__ import annotations

import pytest

from convproof.study import optimisers, study
from convproof.study.engine import Cell, Options
from tests.study.options import all_of


def test_optimisers_as_a_table():
    pytest.importorskip("torch")
    pytest.importorskip("optax")
    found = study("optimisers", Options())
    named = {cell.learner for cell in found.cells}
    assert {"adam", "torch.optim.Adam", "optax.adam", "optax.contrib.sophia"} <= named
    few = ("adam", "sgd", "torch.optim.Adam", "torch.optim.SGD", "optax.contrib.schedule_free")
    cells = tuple(cell for cell in found.cells if cell.learner in few)
    report = all_of(optimisers.Optimisers(cells, found.settings))
    assert report.text.startswith("| optimiser | sign | permutation | orthogonal | why |")
    assert "| torch.optim.Adam | held | held | refuted | addcmul_ in line" in report.text
    assert "| optax.contrib.schedule_free | - | - | - | it needs base_optimizer" in report.text
    assert report.data["parting"] == []


def test_code_that_parts_from_its_paper_is_told():
    found = study("optimisers", Options(quick=True))
    held = {"status": "held", "reason": "", "step": None, "cause": None}
    wrong = {"status": "refuted", "reason": "r", "step": 3, "cause": "the cause: x|y"}
    cells = (Cell("sgd", 0, 60, 0), Cell("torch.optim.SGD", 0, 60, 0))
    rows = dict.fromkeys(("sign", "permutation"), held)
    results = {cells[0]: rows | {"orthogonal": held}, cells[1]: rows | {"orthogonal": wrong}}
    report = optimisers.Optimisers(cells, found.settings).report(results)
    assert report.data["parting"] == ["torch.optim.SGD, orthogonal: refuted; sgd here: held"]
    assert "refuted from step 3 | x\\|y |" in report.text
