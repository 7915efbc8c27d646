"""A solver that lies, crashes or never answers is found out, and nothing is proved by it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import pytest

from convproof.chapter.parts import by_solvers
from convproof.evidence import Grade, Status
from convproof.prove.smt import discharge, solvers

pytest.importorskip("z3")
pytest.importorskip("cvc5")

# A module in the place of z3; `serve` in the worker asks `Solver` as it would the real one.
FAKE = """
import sys, time, os
def get_version_string(): return "5.4.1"
class _Model:
    def eval(self, *a, **k): return self
    def as_long(self): return 1
class _Solver:
    def set(self, *a): pass
    def from_string(self, text): self.text = text
    def check(self):
        {check}
    def reason_unknown(self): return "incomplete"
    def model(self): return _Model()
def SolverFor(*a, **k): return _Solver()
def Int(*a): return None
"""
LIARS = {
    "unsat to all": "return 'unsat'",
    "sat to all": "return 'sat'",
    "unknown to all": "return 'unknown'",
    "another word": "return 'yes'",
    "crashes": "os.abort()",
    "raises": "raise RuntimeError('no')",
    "leaves": "sys.exit(0)",
    "never answers": "time.sleep(600)",
}


@pytest.fixture
def planted(tmp_path, monkeypatch) -> Iterator[Callable[[str], None]]:
    def plant(check: str) -> None:
        (tmp_path / "z3.py").write_text(FAKE.replace("{check}", check))
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    caches = (solvers.solver, discharge.discharge, discharge.lemma_queries, discharge.refuse)
    monkeypatch.setenv("CONVPROOF_CACHE", str(tmp_path / "cache"))
    for cached in caches:
        cached.cache_clear()
    yield plant
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("liar", LIARS)
def test_a_solver_that_lies_proves_nothing(liar, planted, monkeypatch) -> None:
    planted(LIARS[liar])
    if liar == "never answers":
        monkeypatch.setattr(solvers, "GRACE_SECONDS", 2.0)
    start = time.monotonic()
    (found,) = by_solvers("same-window")
    assert found.grade is Grade.OPEN
    assert found.verdict.status is Status.UNDECIDED
    assert "z3" in found.verdict.reason
    assert solvers.solver("z3").doubt
    assert not solvers.solver("cvc5").doubt
    assert time.monotonic() - start < 60


def test_a_solver_that_stops_after_its_controls_is_asked_no_more(planted, monkeypatch) -> None:
    planted("return 'unsat'")
    monkeypatch.setattr(solvers, "controls", list)  # it passes
    (found,) = by_solvers("same-window")
    assert found.grade is Grade.OPEN  # it finds no model of the hypotheses, nor of the mistakes


def test_the_real_ones_pass_their_controls(planted) -> None:
    for name in solvers.NAMES:
        said = solvers.solver(name).answer("(set-logic QF_NIA)\n(check-sat)", [], 5.0)
        assert (said.result, said.doubt) == ("sat", "")


def test_answers_are_kept_by_content(planted, monkeypatch) -> None:
    text = "(set-logic QF_NIA)\n(declare-const x Int)\n(assert (> x 3))\n(check-sat)"
    first = solvers.solver("z3").answer(text, ["x"], 5.0)
    monkeypatch.setattr(solvers.Worker, "ask", lambda *_: pytest.fail("asked again"))
    assert solvers.solver("z3").answer(text, ["x"], 5.0) == first


def test_a_worker_is_ended_with_what_it_started() -> None:
    worker = solvers.Worker("z3")
    assert worker.version
    worker.end()
    assert worker.process.poll() is not None
    with pytest.raises(solvers.Lost):
        worker.ask("(check-sat)", [], 1.0)
    assert sys.executable
