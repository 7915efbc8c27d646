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

# Modules in the place of z3 and cvc5; `serve` in the worker asks them as it would the real ones.
Z3 = """
import sys, time, os
def get_version_string(): return "{version}"
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
CVC5 = """
import sys, time, os
__version__ = "{version}"
def _check():
    {check}
class _Command:
    def __init__(self, text): self.text = text
    def isNull(self): return not self.text
    def invoke(self, *a):
        if "get-value" in self.text: return "((x 1) (y 1))"
        return str(_check()) if "check-sat" in self.text else ""
class InputParser:
    def __init__(self, *a): self.text = ""
    def setStringInput(self, language, text, name): self.text = text
    def nextCommand(self):
        text, self.text = self.text, ""
        return _Command(text)
class InputLanguage: SMT_LIB_2_6 = 0
class TermManager: pass
class SymbolManager:
    def __init__(self, *a): pass
class Solver(SymbolManager):
    def setOption(self, *a): pass
"""
FAKES = {"z3": Z3, "cvc5": CVC5}
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
def planted(tmp_path, monkeypatch) -> Iterator[Callable[..., None]]:
    def plant(check: str, name: str = "z3", version: str | None = None) -> None:
        said = solvers.versions()[name] if version is None else version
        text = FAKES[name].replace("{check}", check).replace("{version}", said)
        (tmp_path / f"{name}.py").write_text(text)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    caches = (solvers.solver, discharge.discharge, discharge.lemma_queries, discharge.refuse)
    monkeypatch.setenv("CONVPROOF_CACHE", str(tmp_path / "cache"))
    for cached in caches:
        cached.cache_clear()
    yield plant
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("name", solvers.NAMES)
@pytest.mark.parametrize("liar", LIARS)
def test_a_solver_that_lies_proves_nothing(liar, name, planted, monkeypatch) -> None:
    planted(LIARS[liar], name)
    if liar == "never answers":
        monkeypatch.setattr(solvers, "GRACE_SECONDS", 2.0)
    start = time.monotonic()
    (found,) = by_solvers("same-window")
    assert found.grade is Grade.OPEN
    assert found.verdict.status is Status.UNDECIDED
    assert name in found.verdict.reason
    (other,) = set(solvers.NAMES) - {name}
    assert solvers.solver(name).doubt
    assert not solvers.solver(other).doubt
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("name", solvers.NAMES)
def test_a_solver_of_another_version_than_its_package_proves_nothing(name, planted) -> None:
    planted("return 'unsat'", name, "0.1.2")
    (found,) = by_solvers("same-window")
    assert found.grade is Grade.OPEN
    assert "its package is" in solvers.solver(name).doubt


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
