"""The ledger: every claim judged as expected, nothing silent, and its own failures shown."""

import itertools
import json

import pytest

from convproof.chapter import Ledger, prove, select
from convproof.chapter.claim import claim as stating
from convproof.errors import SpecError, SpecTypeError
from convproof.evidence import Evidence, Grade
from convproof.prove.tools import Tools


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    pytest.importorskip("z3")
    pytest.importorskip("cvc5")
    return prove()


def test_every_verdict_and_grade_is_the_expected_one(ledger) -> None:
    assert [(c.id, c.verdict) for c in ledger.values() if not c.as_expected] == []


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


def test_what_is_not_run_is_said_first() -> None:
    proved = stating("p", "", "", Grade.PROVED_KERNEL, without_coq=Grade.CERTIFIED)(
        lambda: Evidence(Grade.CERTIFIED, "")
    )
    ledger = Ledger([proved.judged(Tools(solvers=True))])
    assert ledger.ok
    assert "1 kernel proofs not run: no coqc; apt-get install coq" in str(ledger).splitlines()[0]
    assert not Ledger([proved.judged(Tools(kernel=True, solvers=True))]).ok


def test_every_claim_expects_no_more_with_fewer_tools() -> None:
    for item in select():
        steps = (item.expects.kernel, item.expects.solvers, item.expects.alone)
        assert all(a.place <= b.place for a, b in itertools.pairwise(steps)), item.id
