"""The ledger: the chapter's claims, judged."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

import convproof
from convproof.chapter import contents
from convproof.chapter.claim import Claim
from convproof.document.html import fragment
from convproof.document.model import Document, Mono, Strong, Table, words
from convproof.errors import ConvproofError
from convproof.evidence import Grade
from convproof.prove.coq import kernel, tool
from convproof.prove.smt import solvers
from convproof.prove.tools import INSTALL_COQ, INSTALL_SOLVERS, Tools

Progress = Callable[[int, int, Claim, Claim | None], None]


class Ledger(Mapping[str, Claim]):
    """Claims by id, in the order of the chapter."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims: dict[str, Claim] = {}
        for claim in claims:
            if claim.id in self._claims:
                raise ConvproofError(f"claim {claim.id!r} is in the ledger already")
            self._claims[claim.id] = claim

    def __getitem__(self, key: str) -> Claim:
        return self._claims[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._claims)

    def __len__(self) -> int:
        return len(self._claims)

    @property
    def ok(self) -> bool:
        """True iff every verdict and grade is the expected one for the tools that were there."""
        return all(claim.as_expected for claim in self._claims.values())

    @property
    def not_run(self) -> list[str]:
        """What was not run for want of a tool, and how to get it; to be said before all else."""
        claims = self._claims.values()
        lacking = [c for c in claims if not c.tools.kernel and c.expects.kernel is not c.expected]
        unsolved = [
            c for c in claims if not c.tools.solvers and c.expects.solvers is not c.expected
        ]
        said = []
        if kernels := sum(c.expects.kernel is Grade.PROVED_KERNEL for c in lacking):
            said.append(f"{kernels} kernel proofs not run: no coqc; {INSTALL_COQ}")
        if unsolved and not all(c.tools.kernel for c in unsolved):
            said.append(f"{len(unsolved)} solver proofs not run: no z3 or cvc5; {INSTALL_SOLVERS}")
        return said

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form: versions, what was not run, and every claim."""
        return {
            "convproof": convproof.__version__,
            "made": made(),
            "not_run": self.not_run,
            "claims": [claim.to_dict() for claim in self._claims.values()],
        }

    def to_json(self) -> str:
        """The whole ledger as JSON."""
        return json.dumps(self.to_dict(), indent=2) + "\n"

    def __repr__(self) -> str:
        said = Counter(claim.verdict.status.value for claim in self._claims.values())
        wrong = sum(not claim.as_expected for claim in self._claims.values())
        counted = "".join(f", {number} {status}" for status, number in said.items())
        return f"<Ledger: {len(self)} claims{counted}; {wrong} not as expected>"

    def _repr_html_(self) -> str:
        rows = [
            ((Mono(c.id),), (c.verdict.status.value,), (c.grade.value,), (c.statement,))
            for c in self._claims.values()
        ]
        lines = [words(Strong(line)) for line in self.not_run]
        table = Table(("claim", "verdict", "grade", "statement"), rows)
        return fragment(Document("The claims", (*lines, table)))

    def __str__(self) -> str:
        rows = [(c.id, c.grade.value, c.statement) for c in self._claims.values()]
        if not rows:
            return "(empty ledger)"
        wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
        lines = [f"{i:<{wide[0]}}  {g:<{wide[1]}}  {s}" for i, g, s in rows]
        return "\n".join([*self.not_run, *lines])


def made() -> dict[str, str | None]:
    """The versions of Python, NumPy and the provers; None where one is not there."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "coq": tool.version(),
        **solvers.installed(),
    }


def prove(claims: str | Iterable[str] | None = None, *, progress: Progress | None = None) -> Ledger:
    """Judge the claims of the chapter and return the ledger.

    Args:
        claims: ids of claims, or one id; None judges all of them (under two minutes once the
            proofs are kept, under ten the first time).
        progress: called as `progress(number, total, claim, judged)` before each judgement
            (judged None) and after it.

    Raises:
        SpecError: for an unknown id; a `SpecTypeError` for something that is no id.

    >>> prove("eq-10.7")["eq-10.7"].verdict.status.value
    'refuted'
    """
    chosen = contents.select(claims)
    if len(chosen) == len(contents.claims()):
        kernel.start()  # everything will be needed: Coq and the solvers share the cores
    tools = Tools.here()
    done: list[Claim] = []
    for number, item in enumerate(chosen, start=1):
        if progress:
            progress(number, len(chosen), item, None)
        judged = item.judged(tools)
        done.append(judged)
        if progress:
            progress(number, len(chosen), item, judged)
    return Ledger(done)
