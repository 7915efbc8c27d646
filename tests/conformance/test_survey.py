"""Every library that is here is judged; what is absent, breaks or does not load is said."""

from __future__ import annotations

import dataclasses
import json

from convproof.conformance import survey as module
from convproof.conformance.report.record import Exercise
from convproof.conformance.report.result import CheckResult
from convproof.conformance.survey import absent, line, row, survey
from convproof.conformance.target.libraries import KNOWN
from convproof.errors import TargetError

RESULT = CheckResult(
    target="onnx",
    failures=(),
    exercises=(
        Exercise("shape", "conv1d", "held", 3),
        Exercise("shape", "max_pool2d", "broken", 1),
        Exercise("rounding", "conv1d", "not run"),
    ),
    calls=9,
    seconds=1.6,
    seed=0,
    versions={"onnx": "1.0"},
)


def test_a_row_says_what_held_what_broke_and_what_was_not_run():
    found = row(RESULT, ["conv1d", "max_pool2d"])
    assert json.loads(json.dumps(found)) == found
    assert found["pairs"] == {"held": 1, "broken": 1, "follows": 0, "not run": 1}
    assert found["laws"] == ["shape"]
    assert line(found) == (
        "onnx (onnx 1.0): 1 (law, op) pairs held, 0 broken, 1 not run; 9 calls of 2 ops"
    )


def test_a_failure_names_the_finding_that_explains_it():
    one = type("One", (), {"law": "shape", "op": "max_pool2d", "reason": "r"})
    found = row(dataclasses.replace(RESULT, failures=(one,)), ["max_pool2d"])
    assert found["broken"] == [{"law": "shape", "op": "max_pool2d", "reason": "r"}]
    assert "1 broken (1 of them known findings)" in line(found)


def test_a_library_that_does_not_load_is_a_row_too(monkeypatch):
    def fails(name, timeout):
        raise TargetError("it does not load")

    monkeypatch.setattr(module, "opened", fails)
    (found,) = survey(["scipy"])
    assert "not judged: it does not load" in line(found)
    assert "ok" not in found


def test_one_that_convproof_fails_on_is_a_row_too(monkeypatch):
    def fails(target, **asked):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(module, "check", fails)
    rows = list(survey(["scipy", "scipy"]))
    assert [row["error"] for row in rows] == ["convproof failed: ZeroDivisionError: ours"] * 2


def test_a_library_is_judged_in_a_process_of_its_own():
    (found,) = survey(["scipy"], ops=["conv1d"], laws=["shape"], examples=4)
    assert found["library"] == "scipy"
    assert found["versions"]["scipy"]
    assert not found["broken"]
    assert found["pairs"]["held"] > 0


def test_what_is_absent_says_what_installs_it(monkeypatch):
    monkeypatch.setattr(module, "is_here", lambda name: name == "scipy")
    missing = absent()
    assert set(missing) == set(KNOWN) - {"scipy"}
    assert missing["mlx"] == "pip install 'convproof[mlx]'"
