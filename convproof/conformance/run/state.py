"""What is known while a run goes on: of each op, and of the run as a whole."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.domain import Domain
from convproof.conformance.report.record import Decided
from convproof.conformance.report.result import Failure
from convproof.conformance.run.refusals import Refusals
from convproof.laws.trial import Trial

ENDS = 5  # calls that end otherwise than by an answer or an exception: more would be alike
# told of each failure when it is found, while the run goes on
HEARD: ContextVar[Callable[[Failure], None] | None] = ContextVar("heard", default=None)
DECISIVE = ("returns-an-answer", "shape", "definition", "ties")
_SIZES = ("space", "taps", "stride", "dilation")
_CHOICES = (
    *("batch", "inputs", "outputs", "groups"),
    *("ceil_mode", "count_include_pad", "dtype", "style", "memory"),
)


@dataclass
class OpState:
    """One op.

    Attributes:
        domain: what it can be asked for.
        broken: law -> the failure.
        held: law -> on how many calls.
        refusals: the calls that were refused, and the features of those answered.
        unasked: why the target cannot be asked, and how many calls that left out.
        not_applied: law -> why it has nothing to say.
        planned, made: phase -> calls; what is planned and not made was cut.
        seen: parameter -> the values that calls had.
        dtypes: dtype -> answered calls.
        met: the combinations of factors that answered calls had (`cases.mixed`).
        ended: how the calls ended that ended by no answer and no exception.
        too_slow: calls as dear as this are left out.
        settled: results that are decided at some sizes.
    """

    op: str
    domain: Domain
    broken: dict[str, Failure] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    refusals: Refusals = field(default_factory=Refusals)
    unasked: Counter[str] = field(default_factory=Counter)
    not_applied: dict[str, str] = field(default_factory=dict)
    planned: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    seen: dict[str, set[Any]] = field(default_factory=dict)
    dtypes: Counter[str] = field(default_factory=Counter)
    met: set[tuple[int, ...]] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    too_slow: float = float("inf")
    settled: list[Decided] = field(default_factory=list)

    @property
    def decided(self) -> bool:
        """Whether more calls of this op would tell nothing new."""
        return len(self.ended) >= ENDS or any(name in self.broken for name in DECISIVE)

    def note(self, config: Config) -> None:
        """Remember which values of which parameters a call had."""
        for name in _SIZES:
            self.seen.setdefault(name, set()).update(getattr(config, name))
        self.seen.setdefault("padding", set()).update(n for pair in config.padding for n in pair)
        for name in _CHOICES:
            self.seen.setdefault(name, set()).add(getattr(config, name))


@dataclass
class RunState:
    """The run: whose, by which laws, and what came of each op so far."""

    target: Any
    trial: Trial
    laws: frozenset[str]
    seed: int
    states: dict[str, OpState] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    stopped: bool = False
    strict: bool = False
    start: float = field(default_factory=time.monotonic)
