"""Coq checks every theorem without assumptions; a wrong derivation or statement is refused."""

import re

import pytest

from convproof.chapter import prove
from convproof.chapter.parts import proved
from convproof.evidence import Grade, Status
from convproof.prove.coq import kernel
from convproof.prove.coq.sources import DERIVED, sources

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)


# The derivations have tests of their own.
@needs_coq
@pytest.mark.parametrize("name", [name for name in sources() if not name.startswith(DERIVED)])
def test_every_theorem_is_closed_under_the_global_context(name: str) -> None:
    checked = kernel.check(name)
    assert checked.error == ""
    assert set(checked.assumptions) == set(sources()[name].theorems)
    if name in ("Slopes", "Distance"):
        # Derivatives and integrals over the real numbers rest on Coq's axioms of them.
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


@needs_coq
def test_an_axiom_is_named_however_long_its_name() -> None:
    name = "a_name_so_long_that_its_type_stands_on_a_line_of_its_own_" * 2 + "axiom"
    text = f"Axiom {name} : forall P : nat -> Prop, P 0.\nTheorem t : 1 = 2.\n"
    text += f"Proof. apply ({name} (fun _ => 1 = 2)). Qed.\n"
    found = kernel.compile_text("Planted_long", text, ["t"]).assumptions
    assert found == {"t": f"Axioms: Planted_long.{name}"}


@needs_coq
def test_a_theorem_on_an_axiom_says_so() -> None:
    text = "Axiom wrong : 1 = 2.\nTheorem t : 1 = 2.\nProof. exact wrong. Qed.\n"
    assert kernel.compile_text("Planted_axiom", text, ["t"]).assumptions["t"] != kernel.CLOSED


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
