"""Obligations as theorems."""

import dataclasses

import pytest

from convproof.prove.coq import kernel
from convproof.prove.coq.obligations import obligations_file, theorem_name
from convproof.prove.coq.sources import home_of
from convproof.prove.facts.catalogue import obligations

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)


def test_every_obligation_is_a_theorem() -> None:
    assert {theorem_name(id) for id in obligations()} <= set(home_of())


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
