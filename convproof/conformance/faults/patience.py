"""How long a target is asked for one explanation: the same calls on every machine, or it is said.

What is asked is bounded by numbers of calls.  Only a target that is slow, or on a machine that is,
meets the end of a time; it then gives no more answers, and the explanation says that it was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convproof.conformance.faults.ask import Array, Asked
from convproof.conformance.target.clock import Clock
from convproof.laws.case import Case
from convproof.laws.protocol import OutcomeLike

SECONDS = 15.0  # for one explanation
CUT = (
    "this explanation was cut short: the target was asked for {:g} s, and more was to be asked; "
    "on a faster machine it may say more"
)


class _Nothing:
    """What comes of a call that is not made."""

    values: tuple[Array | None, ...] | None = None
    error: BaseException | None = None
    refused = False
    inputs_written: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    changed_later: tuple[str, ...] = ()
    disturbed: tuple[str, ...] = ()
    seconds = 0.0


class Patient:
    """A target that answers until its `clock` is at the `end`; `cut`: it was asked after it."""

    def __init__(self, target: Asked, seconds: float = SECONDS) -> None:
        self._target, self._seconds = target, seconds
        self.clock, self.end, self.cut = Clock(), seconds, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    @property
    def layout(self) -> str:
        """Of its arrays."""
        return self._target.layout

    def accepts(self, op: str, parameter: str) -> bool:
        """Whether calls of `op` may use `parameter`."""
        return self._target.accepts(op, parameter)

    def call(self, case: Case) -> OutcomeLike:
        """One call, if it is not too late for it."""
        if self.clock.now() > self.end:
            self.cut = True
            return _Nothing()
        return self._target.call(case)

    def told(self) -> Sequence[str]:
        """That it was cut, if it was."""
        return [CUT.format(self._seconds)] if self.cut else []


def patient(target: Any) -> Patient:
    """Who keeps the time of a target, in whatever way it is seen; anew, if nobody does."""
    seen = target
    while not isinstance(seen, Patient):
        if not hasattr(seen, "target"):
            return Patient(target)
        seen = seen.target
    return seen
