"""What is trusted is generated from the ledger: six reasons, and every claim under one of them."""

from __future__ import annotations

from dataclasses import replace

from convproof.chapter import Claim, Ledger
from convproof.chapter.claim import Expected
from convproof.document.markdown import markdown
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.report.trust import trust_page

CLOSED = "kernel, Coq 8.16: t: closed under the global context"
AXIOMS = "kernel, Coq 8.16: t: on Coq's axioms ClassicalDedekindReals.sig_forall_dec"


def claim(id: str, *findings: Evidence, assumes: tuple[Hypothesis, ...] = ()) -> Claim:
    grade = findings[0].grade
    expects = Expected(grade, grade, grade)
    return Claim(id, "(1)", "s", tuple, expects, findings=findings, hypotheses=assumes)


CLAIMS = (
    claim("eq-1", Evidence(Grade.PROVED_KERNEL, CLOSED),
          Evidence(Grade.TESTED, "seven images", beside=True)),
    claim("eq-2", Evidence(Grade.PROVED_KERNEL, AXIOMS),
          assumes=(Hypothesis("d > 0", "by construction: the axis refuses others"),
                   Hypothesis("no kink"), Hypothesis("R'R = 1", "what orthogonal means"))),
    claim("eq-3", Evidence(Grade.MEASURED, "0.25 +- 0.01")),
    claim("eq-4", Evidence(Grade.CITED, "a theorem of others")),
    claim("eq-5", Evidence(Grade.CERTIFIED, "on 3 shapes")),
    claim("eq-6", Evidence(Grade.REFUTED, "at one", {"x": 1})),
)  # fmt: skip
ROW = {"module": "functions/arrays", "function": "enter", "lines": 2, "ran": 7, "calls": 40}


def parts(claims: tuple[Claim, ...] = CLAIMS, **more: object) -> dict[str, str]:
    """The page's text by heading."""
    page = markdown(trust_page({**Ledger(claims).to_dict(), **more}))
    blocks = page.split("\n## ")
    return {block.partition("\n")[0].strip(): block for block in blocks[1:]} | {"": blocks[0]}


def test_each_row_says_what_the_ledger_says() -> None:
    found = parts()
    assert "2 claims" in found[""]
    assert "eq-1" in found["Proven"]
    assert "no axiom" in found["Proven"]
    assert "sig_forall_dec" in found["Proven"].replace("\\", "")
    assert "d > 0" in found["By construction"].replace("\\", "").replace("&gt;", ">")
    assert "NOT DISCHARGED" in found["Hypotheses"]
    assert "what orthogonal means" in found["Hypotheses"]
    assert "seven images" in found["Cross-checked"]
    assert "eq-5" in found["Cross-checked"]
    assert "a theorem of others" in found["Trusted"]
    assert "0.25" in found["Measured"]
    assert not any("eq-6" in part for part in found.values())


def test_what_no_certificate_runs_is_a_table() -> None:
    assert "convproof report" in parts()["Trusted"]
    assert "functions" not in parts()[""]  # not counted here is not none
    assert "0 functions" in parts(uncovered=[])[""]
    assert "1 functions" in parts(uncovered=[ROW])[""]
    shown = parts(uncovered=[ROW])["Trusted"]
    assert "functions/arrays" in shown
    assert "2 of 7" in shown


def test_the_axioms_of_every_proof_of_a_claim_are_told() -> None:
    other = Evidence(Grade.PROVED_KERNEL, "kernel, Coq 8.16: u: on Coq's axioms Prop.classic")
    closed = Evidence(Grade.PROVED_KERNEL, CLOSED)
    several = claim("eq-7", Evidence(Grade.PROVED_KERNEL, AXIOMS), closed, other)
    shown = parts((several,))["Proven"].replace("\\", "")
    assert "Coq's axioms ClassicalDedekindReals.sig_forall_dec, Prop.classic |" in shown


def test_a_claim_that_loses_its_proof_leaves_the_row() -> None:
    lost = (replace(CLAIMS[0], findings=(Evidence(Grade.OPEN, "not proved"),)), *CLAIMS[1:])
    assert "eq-1" not in parts(lost)["Proven"]
    assert "1 claims" in parts(lost)[""]
