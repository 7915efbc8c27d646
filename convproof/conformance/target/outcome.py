"""What came of one call of a target: values, or an error of a named kind, and its side effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.errors import TargetError

Array = np.ndarray[Any, Any]


class TargetFailure(TargetError):
    """Base of what a target can do instead of answering; `kind` is a word for tables."""

    kind = "failed"


class TargetRaised(TargetFailure):
    """The target raised an exception; `type_name` is its class, `trace` its last lines."""

    kind = "raised"

    def __init__(self, message: str, type_name: str = "Exception", trace: str = "") -> None:
        super().__init__(message)
        self.type_name = type_name
        self.trace = trace


class TargetExited(TargetFailure):
    """The target tried to end the process from Python (`sys.exit`, a raised KeyboardInterrupt)."""

    kind = "exited"


class TargetCrashed(TargetFailure):
    """The process the target ran in died (a signal, `os._exit`)."""

    kind = "crashed"


class TargetTimeout(TargetFailure):
    """The target gave no answer in time and was ended."""

    kind = "timeout"


class TargetMemory(TargetFailure):
    """The target asked for more memory than it was allowed."""

    kind = "memory"


class TargetNonsense(TargetFailure):
    """The target returned something that is no array, or not as many arrays as it should."""

    kind = "nonsense"


class TargetUnsupported(TargetFailure):
    """The case uses what the target has no way to be asked for; the target is not to blame."""

    kind = "unsupported"


FAILURES: dict[str, type[TargetFailure]] = {
    cls.kind: cls
    for cls in (
        TargetRaised,
        TargetExited,
        TargetCrashed,
        TargetTimeout,
        TargetMemory,
        TargetNonsense,
        TargetUnsupported,
    )
}


@dataclass(frozen=True, eq=False)
class Outcome:
    """One call of a target.

    Attributes:
        values: the results, channels last; (y,) for a forward, (dx,) for a pool's backward,
            (dx, dkernel, dbias or None) for a convolution's; None if there was an error.
        error: the `TargetFailure`, or None.
        raw: what the function returned (None when it ran in another process).
        inputs_written: which of "x", "kernel", "bias", "dy" came back changed.
        aliases: which inputs the results share memory with; "earlier result" if they share a
            writable buffer with what an earlier call returned.
        printed: what the target wrote to stdout and stderr.
        seconds: how long the call took.
        warned: the warnings it gave, as text.
        refused: the target itself said no: NotImplementedError, or an explicit raise or assert
            in its own code (not an accident inside NumPy).
        changed_later: after `Target.calls`, the results ("y", "dx", "dkernel", "dbias") of this
            call that a later call changed.
        lists: it came as lists in lists.
        disturbed: what of the process the call left changed, such as NumPy's settings.
    """

    values: tuple[Array | None, ...] | None
    error: TargetFailure | None = None
    raw: Any = None
    inputs_written: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    printed: str = ""
    seconds: float = 0.0
    warned: tuple[str, ...] = ()
    refused: bool = False
    changed_later: tuple[str, ...] = ()
    disturbed: tuple[str, ...] = ()
    lists: bool = False

    @property
    def value(self) -> Array:
        """The first result; raises the error if there was one."""
        if self.error is not None:
            raise self.error
        if self.values is None or self.values[0] is None:
            raise TargetNonsense("the target returned no array")
        return self.values[0]
