"""The ledger: every claim judged as expected, nothing silent, and its own failures shown."""

import json
import sys
from collections.abc import Iterator

import pytest

from convproof.errors import ConvproofError, SpecError, SpecTypeError
from convproof.evidence import Grade, Status, Verdict
from convproof.judgement import Finding, Judgement
from convproof.prove import prove, registry, select
from convproof.prove.settle import by_solvers, weakest
from convproof.prove.smt import solvers
from convproof.prove.smt.discharge import Query, discharge, lemma_queries
from convproof.prove.smt.solvers import Answer

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


@pytest.fixture(scope="module")
def ledger():
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    return prove()


def test_every_verdict_is_the_expected_one(ledger) -> None:
    assert [claim.id for claim in ledger.values() if not claim.as_expected] == []


def test_every_statement_of_the_chapter_is_in_the_ledger(ledger) -> None:
    assert [id for id in NAMED if id not in ledger] == []


def test_refuted_claims_carry_a_witness_and_what_replaces_them(ledger) -> None:
    refuted = [claim for claim in ledger.values() if claim.verdict.status is Status.REFUTED]
    assert len(refuted) >= 8
    for claim in refuted:
        assert claim.verdict.witness, claim.id
        assert claim.replaced_by in ledger, claim.id
        assert ledger[claim.replaced_by].verdict.status in (Status.HELD, Status.OPEN)


def test_no_claim_is_graded_above_its_evidence(ledger) -> None:
    for claim in ledger.values():
        if claim.grade is Grade.PROVED_SOLVERS:
            assert {item.grade for item in claim.evidence} <= {
                Grade.PROVED_SOLVERS,
                Grade.PROVED_KERNEL,
            }


def test_the_json_has_every_obligation_with_text_solver_version_and_time(ledger) -> None:
    read = {item["id"]: item for item in json.loads(ledger.to_json())}
    details = [item["details"] for item in read["eq-10.7-corrected"]["evidence"]]
    queries = [query for detail in details for query in detail.get("queries", ())]
    assert len(queries) > 10
    assert all(query["text"].startswith("(set-logic") for query in queries)
    for query in queries:
        assert [answer["solver"] for answer in query["answers"]] == ["z3", "cvc5"]
        assert all(answer["version"] and answer["seconds"] >= 0 for answer in query["answers"])


def test_the_order_does_not_depend_on_the_order_asked() -> None:
    ids = ["footnote-1", "eq-10.4", "eq-10.2"]
    assert list(prove(ids)) == ["eq-10.2", "eq-10.4", "footnote-1"]


def test_corrections_stand_right_after_what_they_replace() -> None:
    order = [item.id for item in select()]
    for item in select():
        if item.replaced_by:
            assert order.index(item.replaced_by) == order.index(item.id) + 1


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(SpecError, match=r"eq-10\.77.*eq-10\.7"):
        prove(["eq-10.77"])


@pytest.mark.parametrize("claims", [7, [7], [None]])
def test_what_is_no_id_is_refused(claims) -> None:
    with pytest.raises(SpecTypeError):
        prove(claims)


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """Nothing that was proved is known before the test, and nothing said in it is kept after it."""
    kept = (discharge, lemma_queries)
    for cached in kept:
        cached.cache_clear()
    yield
    for cached in kept:
        cached.cache_clear()


@pytest.mark.usefixtures("nothing_kept")
def test_without_the_solvers_nothing_passes_silently(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)
    claim = prove("locality")["locality"]
    assert claim.verdict.status is Status.UNDECIDED
    assert not claim.as_expected
    assert "pip install 'convproof[prove]'" in claim.verdict.reason
    assert claim.grade is Grade.OPEN


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(
    ("said", "status"),
    [
        (("unsat", "timeout"), Status.UNDECIDED),
        (("unknown", "unsat"), Status.UNDECIDED),
        (("unsat", "sat"), Status.UNDECIDED),
    ],
)
def test_what_a_solver_leaves_undecided_lowers_the_grade(monkeypatch, said, status) -> None:
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    real = solvers.ask

    def planted(text, names=(), timeout=1.0):
        if "(assert (not false))" in text:  # whether the hypotheses can be met: left alone
            return real(text, names, timeout)
        return [
            Answer(solver, "0", word, 0.0, {} if word == "sat" else None)
            for solver, word in zip(("z3", "cvc5"), said, strict=True)
        ]

    monkeypatch.setattr(solvers, "ask", planted)
    finding = by_solvers("leftover")
    assert finding.verdict.status is status
    assert finding.grade is Grade.OPEN
    assert said[1] in finding.verdict.reason or said[0] in finding.verdict.reason


def test_a_chain_is_as_strong_as_its_weakest_link() -> None:
    from convproof.evidence import Evidence

    grades = (Grade.PROVED_KERNEL, Grade.TESTED, Grade.PROVED_SOLVERS)
    assert weakest(Evidence(grade, "") for grade in grades) is Grade.TESTED


def test_disagreement_is_an_answer_of_its_own() -> None:
    answers = (Answer("z3", "0", "unsat", 0.0), Answer("cvc5", "0", "sat", 0.0, {}))
    assert Query("conclusion", "", answers).result == "disagree"


def test_claims_nobody_judges_stand_as_open() -> None:
    left = registry.judgements(providers=())
    assert left
    for item in left.values():
        assert item.expected is Status.OPEN
        assert item.claim().verdict.status is Status.OPEN


def test_a_provider_may_not_give_an_id_twice(monkeypatch) -> None:
    twice = [Judgement("a", "", "", lambda: Finding(Verdict.held(""), Grade.TESTED))] * 2
    monkeypatch.setattr(registry, "_provided", lambda path: twice)
    with pytest.raises(ConvproofError, match="twice"):
        registry.judgements(["somewhere"])
