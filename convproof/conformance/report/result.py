"""A result that prints itself and writes itself down."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import convproof
from convproof.conformance.report.codec import decode, encode
from convproof.conformance.report.junit import junit
from convproof.conformance.report.page import document
from convproof.conformance.report.record import Exercise, Finding, Limit, NotJudged, Record
from convproof.conformance.report.text import failure_lines, lines
from convproof.document.html import fragment, html
from convproof.document.shown import Shown
from convproof.printable import printable


@dataclass(frozen=True, repr=False)
class Failure(Shown, Finding):
    """One broken law; as text, what a person needs to see it and to mend it."""

    def __str__(self) -> str:
        return printable("\n".join(text for _, text in failure_lines(self)))


@dataclass(frozen=True, repr=False)
class CheckResult(Shown, Record):
    """A finished run: prints itself, and writes itself as JSON, JUnit XML or a page.

    `ok` says whether every law that was judged held (and any was); `failures` have the smallest
    counterexample, `limits` what the target refuses or answers in a lawful way of its own,
    `not_judged` the functions, dtypes and parameters that nobody looked at.  The other attributes
    are those of a `Record`.

    >>> import convproof as cp
    >>> def max_pool2d(x, kernel, stride=None, padding=0):
    ...     return x.max((2, 3), keepdims=True)
    >>> result = cp.check(cp.Target("global", max_pool2d=max_pool2d), laws="shape", examples=20)
    >>> result.ok, [failure.law for failure in result.failures]
    (False, ['shape'])
    """

    failures: tuple[Failure, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form, with the versions it was made by."""
        head = {"convproof": convproof.__version__, "made": {**made(), **self.versions}}
        return {**head, "ok": self.ok, **encode(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CheckResult:
        """What `to_dict` gave, from JSON too; SpecError for anything else."""
        return decode(cls, data)

    def to_json(self) -> str:
        """The whole result as JSON; NaN and infinities as text."""
        return json.dumps(self.to_dict(), indent=2, allow_nan=False) + "\n"

    def to_junit(self) -> str:
        """The result as JUnit XML: a test case for each law and op."""
        return printable(junit(self))

    def to_html(self) -> str:
        """The result as one page."""
        return html(document(self))

    def __str__(self) -> str:
        return printable("\n".join(text for _, text in lines(self)))

    def _repr_html_(self) -> str:
        return fragment(document(self))


def made() -> dict[str, str]:
    """The versions of Python and NumPy."""
    return {"python": platform.python_version(), "numpy": np.__version__}


__all__ = ["CheckResult", "Exercise", "Failure", "Limit", "NotJudged"]
