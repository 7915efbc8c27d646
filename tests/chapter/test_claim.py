"""A claim is as strong as its weakest part."""

import pytest

from convproof.chapter import Claim, Ledger
from convproof.chapter.claim import Expected
from convproof.chapter.claim import claim as stating
from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade, Status, Verdict, weakest
from convproof.prove.tools import Tools

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


def test_what_a_claim_says_of_itself_must_fit_together() -> None:
    for arguments in (
        {"grade": Grade.PROVED_KERNEL},
        {"grade": Grade.PROVED_SOLVERS},
        {"grade": Grade.REFUTED},
        {"grade": Grade.CERTIFIED, "replaced_by": "b"},
    ):
        with pytest.raises(ConvproofError):
            stating("a", "", "", **arguments)


def test_what_is_expected_is_what_the_tools_that_are_here_can_give() -> None:
    kernel, solvers, alone = Grade.PROVED_KERNEL, Grade.PROVED_SOLVERS, Grade.OPEN
    expected = Expected(kernel, solvers, alone)
    assert expected.with_tools(Tools(kernel=True, solvers=True)) is kernel
    assert expected.with_tools(Tools(kernel=True)) is kernel
    assert expected.with_tools(Tools(solvers=True)) is solvers
    assert expected.with_tools(Tools()) is alone


def test_a_grade_above_the_expected_one_is_not_the_expected_one_either() -> None:
    for grade in (Grade.TESTED, Grade.CERTIFIED, Grade.PROVED_SOLVERS):
        one = Claim("a", "", "", lambda: [CERTIFIED], Expected(grade, grade, grade))
        assert one.judged(Tools()).as_expected == (grade is Grade.CERTIFIED)
