"""The ledger as a page: what each claim says, what became of it, and on what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from convproof.report.values import code, escaped


def ledger_page(records: Iterable[dict[str, Any]]) -> str:
    """Markdown of a ledger, from its claims as `Claim.to_dict` gives them.

    Seconds and the details of the evidence are left out: they differ from run to run.
    """
    claims = list(records)
    grades = Counter(claim["grade"] for claim in claims)
    wrong = [claim["id"] for claim in claims if not claim["as_expected"]]
    lines = ["# The ledger", ""]
    counted = ", ".join(f"{count} {grade}" for grade, count in sorted(grades.items()))
    lines += [f"{len(claims)} claims: {counted}.", ""]
    if wrong:
        lines += ["**Not as expected: " + ", ".join(map(code, wrong)) + ".**", ""]
    lines += ["| claim | verdict | grade | source |", "|---|---|---|---|"]
    lines += [
        f"| [{escaped(c['id'])}](#{_anchor(c['id'])}) | {c['verdict']['status']} "
        f"| {escaped(c['grade'])} | {escaped(c['source'])} |"
        for c in claims
    ]
    for claim in claims:
        lines += ["", *_section(claim)]
    return "\n".join(lines) + "\n"


def _section(claim: dict[str, Any]) -> list[str]:
    verdict = claim["verdict"]
    lines = [f"## {claim['id']}", "", f"> {escaped(claim['statement'])}", ""]
    expected = "" if claim["as_expected"] else f" (expected: {claim['expected']})"
    lines += [f"**{verdict['status']}**{expected}, {escaped(claim['grade'])}"]
    lines[-1] += f": {escaped(verdict['reason'])}" if verdict["reason"] else ""
    if verdict["witness"]:
        lines += ["", "Witness:", ""]
        lines += [f"- {code(name)} = {code(value)}" for name, value in verdict["witness"].items()]
    if claim["replaced_by"]:
        heir = claim["replaced_by"]
        lines += ["", f"What is true instead: [{escaped(heir)}](#{_anchor(heir)})."]
    for title, rows in (("Evidence", "evidence"), ("Cross-checks", "cross_checks")):
        if claim[rows]:
            lines += ["", f"{title}:", ""]
            lines += [
                f"- {escaped(item['grade'])}: {escaped(item['summary'])}" for item in claim[rows]
            ]
    if claim["hypotheses"]:
        lines += ["", "Assumed:", ""]
        lines += [f"- {_assumed(item)}" for item in claim["hypotheses"]]
    return lines


def _assumed(hypothesis: dict[str, Any]) -> str:
    by = hypothesis["discharged_by"]
    return f"{escaped(hypothesis['statement'])} ({escaped(by) if by else 'not discharged'})"


def _anchor(name: str) -> str:
    """The anchor that Markdown renderers give to a heading: full stops are dropped."""
    return "".join(ch for ch in name.lower() if ch.isalnum() or ch in "-_")
