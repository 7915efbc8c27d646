"""What the laws ask of a target, as types: anything of this shape can be judged.

The laws sit below the conformance package, so they state here what they need of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from convproof.laws.case import Array, Case


class OutcomeLike(Protocol):
    """What one call came to.

    values: channels-last copies, one for a forward or pooling call, (dx, dkernel, dbias or None)
        for a convolution's backward; None when the call failed or returned no arrays.
    error: what was raised, a crash or a timeout included.
    refused: the target itself said no: NotImplementedError, or an explicit raise or assert in its
        own code (not an accident inside NumPy).
    inputs_written, aliases: names of inputs ("x", "kernel", ...) that the call changed, or whose
        memory a result shares.
    changed_later: after `calls`, results (by position, as text) that a later call changed.
    disturbed: what of the process the call left changed.
    seconds: how long the call took.
    """

    @property
    def values(self) -> tuple[Array | None, ...] | None:
        """The results, channels last; None without an answer."""

    @property
    def error(self) -> BaseException | None:
        """What went wrong, or None."""

    @property
    def refused(self) -> bool:
        """Whether the target said no on purpose."""

    @property
    def inputs_written(self) -> tuple[str, ...]:
        """Inputs that came back changed."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Whose memory a result shares."""

    @property
    def changed_later(self) -> tuple[str, ...]:
        """Results that a later call changed."""

    @property
    def seconds(self) -> float:
        """How long it took."""

    @property
    def disturbed(self) -> tuple[str, ...]:
        """What of the process came back changed."""


class TargetLike(Protocol):
    """An implementation under test.

    `calls` makes several calls in one process, in order.  With `reuse` the argument arrays of
    the first call are the very objects of the later ones, refilled in place where shape and
    dtype agree (this is what finds caches keyed by identity).  With `threads` > 1 the calls run
    at the same time.
    """

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def ops(self) -> frozenset[str]:
        """The ops it has."""

    @property
    def conventions(self) -> Any:
        """What it declares."""

    def accepts(self, op: str, parameter: str) -> bool:
        """Whether calls of `op` may use `parameter`."""

    def why_not(self, case: Case) -> str | None:
        """Why a call cannot be put to the target at all; None if it can."""

    def call(self, case: Case) -> OutcomeLike:
        """One call."""

    def calls(
        self, cases: Sequence[Case], *, reuse: bool = False, threads: int = 1
    ) -> Sequence[OutcomeLike]:
        """Several calls in one process."""
