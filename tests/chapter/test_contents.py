"""The contents of the chapter: no claim can be missed."""

import dataclasses
import types
from collections.abc import Iterator

import pytest

from convproof.chapter import Claim, contents
from convproof.chapter.claim import claim as stating
from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade

NAMED = [
    *(f"eq-10.{number}" for number in range(1, 15)),
    "avg-pooling",
    "locality",
    "translation-equivariance",
    "local-invariance",
    "gradient-pooling",
    "fc-simulates-conv",
    "problem-10.2.1",
    "problem-10.2.2",
    "problem-10.2.3",
    "reduction",
    "sample-separation",
    *(f"dumoulin-visin-{number}" for number in range(1, 16)),
    *(f"footnote-{number}" for number in (1, 2, 3)),
    "orthogonal-equivariance",
]


def test_every_statement_of_the_chapter_is_in_the_ledger() -> None:
    assert [id for id in NAMED if id not in contents.claims()] == []


CERTIFIED, TESTED = Evidence(Grade.CERTIFIED, "exactly"), Evidence(Grade.TESTED, "often")


def section(**names: object) -> types.ModuleType:
    made = types.ModuleType("section")
    for name, value in names.items():
        if isinstance(value, types.FunctionType):
            value.__module__ = "section"
        setattr(made, name, value)
    return made


def test_a_judge_that_lost_its_decorator_is_an_error() -> None:
    def eq_1() -> Evidence:
        return CERTIFIED

    stated = stating("eq-1", "", "", Grade.CERTIFIED)(eq_1)
    assert contents.stated(section(eq_1=stated, _helper=eq_1)) == [stated]
    with pytest.raises(ConvproofError, match="eq_2 judges no claim"):
        contents.stated(section(eq_1=stated, eq_2=eq_1))
    with pytest.raises(ConvproofError, match="states no claim"):
        contents.stated(section(_helper=eq_1))


def test_every_file_that_states_claims_is_found() -> None:
    found = [module.__name__.rpartition(".")[2] for module in contents.sections()]
    assert found == [*sorted(name for name in found if name.startswith("s10_")), "dumoulin_visin"]
    assert len(found) == 11


@pytest.fixture
def fresh() -> Iterator[None]:
    """The claims are collected anew in the test, and again after it."""
    contents.claims.cache_clear()
    yield
    contents.claims.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_an_id_given_twice_and_a_replacement_that_is_not_there_are_errors(monkeypatch) -> None:
    one = Claim("a", "", "", lambda: CERTIFIED)
    for claims, says in (
        ((one, one), "twice"),
        ((dataclasses.replace(one, replaced_by="b"),), "not in the ledger"),
    ):
        monkeypatch.setattr(contents, "sections", lambda claims=claims: [section(ALL=claims)])
        with pytest.raises(ConvproofError, match=says):
            contents.claims()


def test_a_claim_that_is_dropped_and_one_that_nobody_reads_are_errors(monkeypatch) -> None:
    every = tuple(contents.claims().values())
    extra = Claim("of my own", "", "A sentence.", lambda: CERTIFIED)
    for claims, says in ((every[1:], "is lost"), ((*every, extra), "does not say what it rests")):
        monkeypatch.setattr(contents, "sections", lambda claims=claims: [section(ALL=claims)])
        contents.claims.cache_clear()
        with pytest.raises(ConvproofError, match=says):
            contents.claims()
    monkeypatch.undo()
    assert len(contents.claims()) == len(every)


REFUTED = [id for id, one in contents.claims().items() if one.expects.alone is Grade.REFUTED]


@pytest.mark.parametrize("id", REFUTED)
def test_what_is_refuted_has_a_counterexample_that_is_computed(id: str) -> None:
    """More than words: a number or an array; where there is none, a source is cited instead."""
    witness = contents.claims()[id].judged().verdict.witness or {}
    assert any(not isinstance(value, str) for value in witness.values()), id
