"""The ledger: every claim judged as expected, nothing silent, and its own failures shown."""

import dataclasses
import itertools
import json
import types
from collections.abc import Iterator

import pytest

from convproof.chapter import Claim, Ledger, contents, prove, select
from convproof.chapter.claim import claim as stating
from convproof.errors import ConvproofError, SpecError, SpecTypeError
from convproof.evidence import Evidence, Grade, Status, Verdict, weakest
from convproof.prove.tools import Tools

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
def ledger() -> Ledger:
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    return prove()


def test_every_verdict_and_grade_is_the_expected_one(ledger) -> None:
    assert [(c.id, c.verdict) for c in ledger.values() if not c.as_expected] == []


def test_every_statement_of_the_chapter_is_in_the_ledger() -> None:
    assert [id for id in NAMED if id not in contents.claims()] == []


def test_refuted_claims_carry_a_witness_and_what_replaces_them(ledger) -> None:
    refuted = [claim for claim in ledger.values() if claim.verdict.refuted]
    assert len(refuted) >= 8
    for claim in refuted:
        assert claim.verdict.witness, claim.id
        assert ledger[claim.replaced_by].verdict.holds


def test_no_claim_is_graded_above_its_evidence(ledger) -> None:
    for claim in ledger.values():
        assert claim.evidence
        assert claim.grade.place >= max(e.grade.place for e in claim.evidence) or (
            claim.grade is Grade.REFUTED
        )


def test_the_json_has_every_obligation_with_text_solver_version_and_time(ledger) -> None:
    whole = json.loads(ledger.to_json())
    assert set(whole["made"]) == {"python", "numpy", "coq", "z3", "cvc5"}
    read = {item["id"]: item for item in whole["claims"]}
    claim = read["eq-10.7-corrected"]
    details = [item["details"] for item in (*claim["evidence"], *claim["cross_checks"])]
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


# -- how a claim is computed from its evidence ---------------------------------------------------

CERTIFIED, TESTED = Evidence(Grade.CERTIFIED, "exactly"), Evidence(Grade.TESTED, "often")
FALSE = Evidence(Grade.REFUTED, "no", {"x": 1})
UNSURE = Evidence(Grade.OPEN, "unknown")


def judged(*findings: Evidence) -> Claim:
    return Claim("a", "", "", lambda: findings).judged(Tools())


def test_a_chain_is_as_strong_as_its_weakest_link() -> None:
    grades = (Grade.PROVED_KERNEL, Grade.TESTED, Grade.PROVED_SOLVERS)
    assert weakest(Evidence(grade, "") for grade in grades) is Grade.TESTED
    assert judged(CERTIFIED, TESTED).grade is Grade.TESTED


def test_a_cross_check_cannot_raise_a_grade_but_its_failure_is_the_claims() -> None:
    assert judged(TESTED, CERTIFIED.aside()).grade is Grade.TESTED
    for failing in (FALSE, UNSURE):
        claim = judged(CERTIFIED, failing.aside())
        assert claim.verdict.status is Status.UNDECIDED
        assert claim.grade is Grade.OPEN
        assert failing.summary in claim.verdict.reason
    assert judged(CERTIFIED, Evidence.not_run("no tool").aside()).verdict.holds


def test_one_part_that_fails_is_enough() -> None:
    assert judged(CERTIFIED, FALSE).grade is Grade.REFUTED
    assert judged(CERTIFIED, UNSURE).grade is Grade.OPEN
    assert judged(CERTIFIED, Evidence.not_run("no tool")).verdict.status is Status.OPEN


@pytest.mark.parametrize(
    ("grade", "verdict"),
    [
        (Grade.OPEN, Verdict.held("yes")),
        (Grade.PROVED_KERNEL, Verdict.undecided("perhaps")),
        (Grade.CERTIFIED, Verdict.refute("no")),
        (Grade.REFUTED, Verdict.held("yes")),
    ],
)
def test_a_grade_and_an_answer_that_do_not_belong_together_are_refused(grade, verdict) -> None:
    with pytest.raises(ConvproofError):
        Evidence(grade, "", verdict=verdict)


def test_a_claim_that_lost_its_judge_is_an_error() -> None:
    for nothing in ((), (TESTED.aside(),)):
        with pytest.raises(ConvproofError, match="without evidence"):
            judged(*nothing)
    assert Claim("a", "", "", tuple).grade is Grade.OPEN
    assert not Claim("a", "", "", tuple).as_expected


def test_a_weaker_grade_than_expected_is_not_as_expected() -> None:
    assert judged(CERTIFIED).as_expected
    assert not judged(TESTED).as_expected
    assert not Ledger([judged(TESTED)]).ok


def test_what_is_not_run_is_said_first() -> None:
    proved = stating("p", "", "", Grade.PROVED_KERNEL, without_coq=Grade.CERTIFIED)(
        lambda: Evidence(Grade.CERTIFIED, "")
    )
    ledger = Ledger([proved.judged(Tools(solvers=True))])
    assert ledger.ok
    assert "1 kernel proofs not run: no coqc; apt-get install coq" in str(ledger).splitlines()[0]
    assert not Ledger([proved.judged(Tools(kernel=True, solvers=True))]).ok


# -- how claims are found -------------------------------------------------------------------------


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


def test_what_a_claim_says_of_itself_must_fit_together() -> None:
    for arguments in (
        {"grade": Grade.PROVED_KERNEL},
        {"grade": Grade.PROVED_SOLVERS},
        {"grade": Grade.REFUTED},
        {"grade": Grade.CERTIFIED, "replaced_by": "b"},
    ):
        with pytest.raises(ConvproofError):
            stating("a", "", "", **arguments)


def test_every_claim_expects_no_more_with_fewer_tools() -> None:
    for item in select():
        steps = (item.expects.kernel, item.expects.solvers, item.expects.alone)
        assert all(a.place <= b.place for a, b in itertools.pairwise(steps)), item.id
