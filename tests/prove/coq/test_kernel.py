"""Coq checks every theorem without assumptions; a wrong derivation or statement is refused."""

import dataclasses
import re

import pytest
import sympy as sp

from convproof.chapter import prove
from convproof.chapter.parts import proved
from convproof.derive import derive
from convproof.errors import DerivationError
from convproof.evidence import Grade, Status
from convproof.prove.coq import kernel
from convproof.prove.coq.derived import adjoint_file
from convproof.prove.coq.obligations import obligations_file, theorem_name
from convproof.prove.coq.sources import DERIVED, LIBRARY, home_of, sources
from convproof.prove.coq.text import entry, integer, proposition
from convproof.prove.facts.catalogue import obligations

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)


# The derivations have tests of their own.
@needs_coq
@pytest.mark.parametrize("name", [name for name in sources() if not name.startswith(DERIVED)])
def test_every_theorem_is_closed_under_the_global_context(name: str) -> None:
    checked = kernel.check(name)
    assert checked.error == ""
    assert set(checked.assumptions) == set(sources()[name].theorems)
    if name == "Slopes":
        # The models of a derivative: those over the real numbers rest on Coq's axioms of them.
        assert all(
            rests == kernel.CLOSED or rests.startswith("Axioms: ClassicalDedekindReals")
            for rests in checked.assumptions.values()
        )
    else:
        assert set(checked.assumptions.values()) <= {kernel.CLOSED}


def test_nothing_is_assumed_or_left_out() -> None:
    for name, text in kernel.proof_files().items():
        bare = re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL)
        found = re.findall(r"\b(Axiom|Admitted|Parameter|Conjecture|admit|give_up)\b", bare)
        assert not found, name


def test_every_obligation_is_a_theorem() -> None:
    assert {theorem_name(id) for id in obligations()} <= set(home_of())


@needs_coq
def test_a_theorem_on_an_axiom_says_so() -> None:
    text = "Axiom wrong : 1 = 2.\nTheorem t : 1 = 2.\nProof. exact wrong. Qed.\n"
    assert kernel.compile_text("Planted_axiom", text, ["t"]).assumptions["t"] != kernel.CLOSED


@needs_coq
@pytest.mark.parametrize(
    ("name", "goal", "change"),
    [
        ("conv1d", "gradient x", ("P_W", "P_W + 1")),
        ("conv1d", "gradient x", ("D_W", "S_W")),
        ("conv1d", "gradient kernel", ("S_W", "D_W")),
        ("conv1d", "forward", ("W", "W - 1")),
        ("max_pool1d", "gradient x", ("P_W", "P_W - 1")),
        ("avg_pool1d", "gradient x", ("O_W", "O_W - 1")),
    ],
)
def test_a_wrong_derivation_is_refused(name: str, goal: str, change: tuple[str, str]) -> None:
    right = derive(name)
    symbols = {str(s): s for s in right.goals[goal].result.free_symbols}
    old, new = symbols[change[0]], sp.sympify(change[1], locals=symbols)
    result = right.goals[goal].result.xreplace({old: new})
    assert result != right.goals[goal].result
    goals = {**right.goals, goal: dataclasses.replace(right.goals[goal], result=result)}
    wrong = dataclasses.replace(right, goals=goals)
    for need in LIBRARY:
        assert kernel.check(need).error == ""
    checked = kernel.compile_text(f"Planted_{name}", adjoint_file(name, wrong))
    assert checked.error != ""


@needs_coq
@pytest.mark.parametrize("id", ["size", "locality"])
def test_planted_obligations_are_refused(id: str) -> None:
    for need in ("Settle", "Lemmas"):
        assert kernel.check(need).error == ""
    item = obligations()[id]
    for number, wrong in enumerate(item.wrong):
        hypotheses = item.hypotheses if wrong.hypotheses is None else wrong.hypotheses
        planted = dataclasses.replace(item, conclusion=wrong.conclusion, hypotheses=hypotheses)
        text = obligations_file([planted]).replace("settle.\nQed", "timeout 5 settle.\nQed")
        name = f"Planted_{theorem_name(id)}_{number}"
        assert kernel.compile_text(name, text).error != "", wrong.change


def test_without_coq_the_ledger_says_so_and_how_to_install_it(monkeypatch) -> None:
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    monkeypatch.setattr(kernel, "available", lambda: None)
    claim = prove("locality")["locality"]
    assert claim.verdict.holds
    assert claim.grade is Grade.PROVED_SOLVERS


@needs_coq
def test_a_theorem_that_coq_refuses_is_not_passed_over(monkeypatch) -> None:
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    refused = kernel.Checked("Obligations_translation", error="planted")
    monkeypatch.setitem(kernel._done, "Obligations_translation", refused)
    found = proved("locality")[0]
    assert found.verdict.status is Status.UNDECIDED
    assert found.grade is Grade.OPEN
    assert "planted" in found.verdict.reason


def test_what_has_no_form_in_coq_is_refused() -> None:
    x, y = sp.symbols("x y", integer=True)
    for wrong in (sp.floor(x / y), sp.sin(x)):
        with pytest.raises(DerivationError):
            integer(wrong)
    with pytest.raises(DerivationError):
        proposition(sp.Symbol("p"))
    with pytest.raises(DerivationError):
        entry(sp.IndexedBase("T")[x], {"X": "X"})
