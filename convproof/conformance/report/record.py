"""What a run came to, as plain data: what was broken, held, refused, and not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from convproof.laws.case import Case


@dataclass(frozen=True)
class Finding:
    """One broken law: the smallest call that shows it, and what is known about the cause.

    `before` are calls that must be made first, where the target keeps something between calls.
    `follows` names the laws (of any op) whose breaks this one explains.  Arrays are channels last;
    positions in the reason and the diagnosis are in the target's own `layout`.  `function` is the
    failing function's own name; with `more`, the op was judged no further, and more may be wrong.
    """

    law: str
    op: str
    statement: str
    reason: str
    case: Case
    expected: Any
    got: Any
    result: str = ""
    diagnosis: tuple[str, ...] = ()
    script: str | None = None
    before: tuple[Case, ...] = ()
    follows: tuple[str, ...] = ()
    found_after: float = 0.0
    found_in: str = ""
    calls_until_found: int = 0
    layout: str = "channels_last"
    function: str = ""
    more: bool = False

    @property
    def headline(self) -> str:
        """Which op breaks which law: the op of the failing call, where another's calls met it."""
        own = f" ({self.function})" if self.function not in ("", self.case.op) else ""
        text = f"{self.case.op}{own} breaks the law {self.law!r}"
        if self.law in EDGES:
            text += f" ({EDGES[self.law]})"
        if self.case.op != self.op:
            text += f" (met among the calls of {self.op})"
        return text


@dataclass(frozen=True)
class Exercise:
    """What one law did to one op: calls judged, or why it was not applied."""

    law: str
    op: str
    status: str
    count: int = 0
    reason: str = ""


# laws of calls with nothing to compute: who breaks these alone computes rightly
EDGES = {
    "empty-batch": "of a batch of 0 images",
    "refuses-too-large": "of a kernel larger than the padded image",
}


@dataclass(frozen=True)
class Limit:
    """What a target refuses, or answers in another lawful way: no failure, unless it is strict.

    `refused` of the `asked` calls; none where it is a way of answering.  `allowed` was declared.
    """

    op: str
    what: str
    said: str
    refused: int = 0
    asked: int = 0
    allowed: bool = False

    def __str__(self) -> str:
        share = f" ({self.refused} of {self.asked} calls)" if self.refused else ""
        return f"{self.op}: {self.what}: {self.said}{share}{' (allowed)' if self.allowed else ''}"

    def is_called(self, name: str) -> bool:
        """Whether a user who allows `name` means this: "dilation", or "conv2d: dilation"."""
        return name.strip().lower() in (self.what.lower(), f"{self.op}: {self.what}".lower())


@dataclass(frozen=True)
class NotJudged:
    """A function, dtype, parameter or result of the target that nobody looked at, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


@dataclass(frozen=True)
class Decided:
    """A result whose coefficients were all read at some sizes, and are all right.

    Its grade is between tested and certified: bilinearity is a hypothesis, which held on the
    calls that were made and is not proved.
    """

    op: str
    result: str
    sizes: str
    calls: int

    def __str__(self) -> str:
        name = {"dx": "grad_x", "dkernel": "grad_w"}.get(self.result, self.result)
        return (
            f"{name} at {self.sizes}: every coefficient read in {self.calls} calls, all right; if "
            f"{self.op} is bilinear (a hypothesis, held on every call made), {name} is right for "
            "all numbers of these sizes"
        )


@dataclass(frozen=True)
class Record:
    """A finished run.

    Attributes:
        failures: broken laws, each root cause once.
        limits: what the target refuses or does in another lawful way.
        not_judged: functions, dtypes, parameters and results of the target nobody looked at.
        not_exercised: what the laws speak of and the functions do not take.
        decided: results that are decided at some sizes, on a hypothesis that they name.
        strict: whether limits that were not allowed count as failures.
        unanswered: how many of the calls were refused, failed, or could not be asked.
        versions: of the packages that a known library is made of.
        unfinished: what convproof itself failed to bring to an end, and how.
    """

    target: str
    failures: tuple[Finding, ...]
    exercises: tuple[Exercise, ...]
    calls: int
    seconds: float
    seed: int
    limits: tuple[Limit, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    not_exercised: tuple[str, ...] = ()
    conventions: Mapping[str, str] = field(default_factory=dict)
    coverage: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    strict: bool = False
    unanswered: int = 0
    unfinished: tuple[str, ...] = ()
    decided: tuple[Decided, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """No law broken, at least one held, on answered calls; strict, no limit undeclared.

        Never, where a part of the run came to no end.
        """
        if self.unfinished or self.unanswered >= self.calls > 0:
            return False
        held = any(item.status == "held" for item in self.exercises)
        return held and not self.failures and not (self.strict and self.undeclared)

    @property
    def edges(self) -> str:
        """What calls alone are wrong, where there is nothing to compute; empty if others may be."""
        others = {item.status for item in self.exercises if item.law not in EDGES}
        laws = {failure.law for failure in self.failures}
        if self.unfinished or not laws or not laws <= set(EDGES) or "held" not in others:
            return ""
        if others & {"broken", "follows"} or any(failure.more for failure in self.failures):
            return ""
        return " and ".join(text for law, text in EDGES.items() if law in laws)

    @property
    def undeclared(self) -> tuple[Limit, ...]:
        """The limits that nobody allowed."""
        return tuple(limit for limit in self.limits if not limit.allowed)
