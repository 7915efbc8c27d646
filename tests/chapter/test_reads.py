"""A sentence says what its judge cites, and a theorem dropped from one claim of two is seen."""

from __future__ import annotations

import pytest

from convproof.chapter import contents, reads
from convproof.chapter.claim import Claim
from convproof.evidence import Evidence, Grade
from convproof.prove.coq import library
from convproof.prove.facts.catalogue import obligations

# Its theorems are counted from every derivation, which takes a while; the ledger's test does it.
LISTED = [id for id in reads.parts() if id != "derivations"]


def citing(names: set[str]) -> Evidence:
    return Evidence(Grade.PROVED_KERNEL, "said", {"theorems": dict.fromkeys(names, "closed")})


def weak(id: str) -> list[Evidence]:
    """Evidence of the kinds that lower a grade, as the claim's sentence rests on them."""
    names = {name for part in reads.parts()[id] for name in part.names}
    return [Evidence(grade, "") for kind, grade in reads.WEAK.items() if kind in names]


@pytest.mark.parametrize("id", LISTED)
def test_a_judge_that_cites_one_theorem_less_or_more_is_found_out(id: str) -> None:
    statement = contents.claims()[id].statement
    whole = reads.named(reads.of(id, statement))
    assert not list(reads.doubts(id, statement, [citing(whole), *weak(id)]))
    for one in whole:
        (said,) = reads.doubts(id, statement, [citing(whole - {one}), *weak(id)])
        assert f"rests on {one}, which is not cited" in said
    (said,) = reads.doubts(id, statement, [citing({*whole, "zero_or_one"}), *weak(id)])
    assert "zero_or_one is cited, for no part" in said


@pytest.mark.parametrize("id", reads.parts())
def test_a_sentence_that_says_more_or_less_is_found_out(id: str) -> None:
    statement = contents.claims()[id].statement
    several = reads.of(id, statement)
    assert reads.left(statement, several) == []
    assert reads.left(f"{statement} It is optimal.", several) == ["It", "is", "optimal"]
    for part in several:
        assert part.words in statement
        assert part.names
        without = [other for other in several if other is not part]
        assert reads.left(statement, without)


@pytest.mark.parametrize("id", [id for id in LISTED if weak(id)])
def test_what_lowers_a_grade_cannot_be_put_aside(id: str) -> None:
    """A citation, or a statistic, made a cross-check would leave a grade above it."""
    statement = contents.claims()[id].statement
    cited = citing(reads.named(reads.of(id, statement)))
    parts = weak(id)
    for one in parts:
        rest = [other for other in parts if other is not one]
        (said,) = reads.doubts(id, statement, [cited, *rest, one.aside()])
        assert f"what is {one.grade.value.lower()}" in said


def test_a_claim_that_cites_otherwise_does_not_hold() -> None:
    wide = Claim("groups", "", "Groups are fast.", lambda: citing({"ob_groups"})).judged()
    assert not wide.verdict.holds
    other = contents.claims()["lipschitz-step"]
    less = Claim("lipschitz-step", "", other.statement, lambda: citing({"dist_self"})).judged()
    assert "rests on formula_from_above" in less.verdict.reason
    unknown = Claim("of my own", "", "A sentence.", lambda: citing({"dist_self"})).judged()
    assert "does not say what its sentence rests on" in unknown.verdict.reason
    assert Claim("mine", "", "A sentence.", lambda: Evidence(Grade.TESTED, "")).judged().findings


def test_a_wider_sentence_is_found_out_where_nothing_is_proved_too() -> None:
    narrow = contents.claims()["eq-10.2"]
    wide = narrow.statement.replace("on a flat region", "wherever there is no vertical edge")
    assert wide != narrow.statement
    said = list(reads.doubts("eq-10.2", wide, [Evidence(Grade.CERTIFIED, "")]))
    assert any("nothing is said to be behind" in one for one in said)
    assert not list(reads.doubts("eq-10.2", narrow.statement, [Evidence(Grade.CERTIFIED, "")]))


def test_no_theorem_and_no_obligation_is_idle() -> None:
    told = {name for several in reads.parts().values() for part in several for name in part.names}
    theorems = {one for text in library.shipped().values() for one in library.theorems(text)}
    claims = contents.claims()
    assert theorems - told == set()
    assert {one for one in obligations() if one not in claims} - told == set()
    assert set(reads.parts()) <= set(claims)
