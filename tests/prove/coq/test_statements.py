"""Statements, not names: a theorem that says something else than its statement is refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest

from convproof.chapter import contents
from convproof.prove.coq import kernel, library, tool
from convproof.prove.coq.sources import sources

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=tool.INSTALL)
FILE, THEOREM = "Tying", "pooled_gradient_is_gradient"
STATED = re.compile(rf"Theorem {THEOREM} (E P tie L w g) :\n(.*?)\.\nProof\.(.*?)Qed\.", re.DOTALL)


def replaced(by: str) -> str:
    """The library's file with the theorem replaced; `by` may use its statement and its proof."""
    text = library.shipped()[FILE]
    found = STATED.search(text)
    assert found is not None
    arguments, statement, proof = found.groups()
    new = by.replace("ARGUMENTS", arguments).replace("STATEMENT", statement)
    return text[: found.start()] + new.replace("PROOF", proof) + text[found.end() :]


KEPT = f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\nProof.PROOFQed."
PLANTED = {
    "True": f"Theorem {THEOREM} : True.\nProof. exact I. Qed.",
    "a definition": f"Definition {THEOREM} := True.",
    "a definition of its type": f"Definition {THEOREM} (E P : Z) := E = P.",
    "a section variable": f"Variable extra : False.\nTheorem {THEOREM} ARGUMENTS :\nSTATEMENT.\n"
    "Proof. destruct extra. Qed.",
    "a weaker conclusion": f"Theorem {THEOREM} ARGUMENTS :\n(STATEMENT) \\/ True.\n"
    "Proof. right. exact I. Qed.",
    "a stronger hypothesis": f"Theorem {THEOREM} ARGUMENTS : E = 0 -> STATEMENT.\n"
    "Proof. intros _. PROOFQed.",
    "fewer cases": f"Theorem {THEOREM} E P tie L w g : E = P -> STATEMENT.\n"
    "Proof. intros _. PROOFQed.",
    "admitted": f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\nProof. Admitted.",
    "an axiom": "Axiom it : forall ARGUMENTS,\nSTATEMENT.\n"
    f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\nProof. apply it. Qed.",
    "an axiom under the name of one of Coq's own": "Axiom classic : False.\n"
    f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\nProof. pose proof classic.PROOFQed.",
    "an unguarded fixpoint": "Unset Guard Checking.\n"
    "Fixpoint loop (n : nat) {struct n} : False := loop n.\nSet Guard Checking.\n"
    f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\nProof. pose proof (loop 0).PROOFQed.",
    "universes that are not checked": "Unset Universe Checking.\n"
    f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\nProof.PROOFQed.",
    "an axiom of Coq that is not permitted": "From Coq Require Import ClassicalEpsilon.\n"
    f"Theorem {THEOREM} ARGUMENTS :\nSTATEMENT.\n"
    "Proof. pose proof (epsilon (inhabits 0) (fun n : Z => n = 0)).PROOFQed.",
    "left out": "",
    "printed": f'Goal True. idtac "theorem {THEOREM}". idtac "{tool.CLOSED}". Abort.',
}


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder of the test's own with what the file needs."""
    assert kernel.check(FILE).error == ""
    for made in kernel.directory().glob("*.vo"):
        if made.stem not in (FILE, f"Audit_{FILE}"):
            shutil.copy(made, tmp_path)
    monkeypatch.setattr(kernel, "directory", lambda: tmp_path)


def checked(text: str) -> kernel.Checked:
    source = sources()[FILE]
    return kernel.compile_text(FILE, text, source.theorems, source.statements)


@pytest.fixture
def believed(monkeypatch) -> Callable[[kernel.Checked], bool]:
    """Whether a claim may cite the theorem, were this found of its file."""

    def decided(found: kernel.Checked) -> bool:
        monkeypatch.setitem(kernel._done, FILE, found)
        return kernel.closed([THEOREM]).verdict.holds

    return decided


@needs_coq
@pytest.mark.usefixtures("elsewhere")
def test_the_theorem_as_it_is_passes(believed) -> None:
    found = checked(replaced(KEPT))
    assert believed(found)
    assert found.assumptions[THEOREM] == tool.CLOSED


@needs_coq
@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("plant", PLANTED)
def test_a_theorem_that_says_something_else_is_refused(plant, believed) -> None:
    found = checked(replaced(PLANTED[plant]))
    assert not believed(found)


@needs_coq
@pytest.mark.usefixtures("elsewhere")
def test_a_word_that_means_something_else_is_refused() -> None:
    text = library.shipped()[FILE]
    for word in ("Definition dot", "Definition spread"):
        start = text.index(word)
        body = text.index(":=", start) + 2
        end = text.index(".\n", body)
        planted = f"{text[:body]} ltac:(intros; exact [0]){text[end:]}"
        assert checked(planted).error


def test_every_theorem_that_a_claim_cites_has_a_statement_of_its_own() -> None:
    told = library.pinned()
    for name, text in library.shipped().items():
        unstated = set(library.theorems(text)) - set(told)
        assert not unstated, f"{name}: python -m convproof.prove.coq.restate"
    assert contents.claims()


def test_a_file_of_statements_belongs_to_a_file_of_proofs() -> None:
    folder = library.resources.files("convproof").joinpath("prove", "coq", "statements")
    names = {place.name.removesuffix(".v") for place in folder.iterdir()}
    assert names <= set(library.shipped())
