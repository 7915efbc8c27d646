"""Asking the target as the laws ask it."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from convproof.laws.case import Case
from convproof.laws.protocol import OutcomeLike

Array = np.ndarray[Any, Any]


class Asked(Protocol):
    """What an explanation needs of a target."""

    @property
    def layout(self) -> str:
        """Of its arrays."""

    def accepts(self, op: str, parameter: str) -> bool:
        """Whether calls of `op` may use `parameter`."""

    def call(self, case: Case) -> OutcomeLike:
        """One call."""


def answers(target: Asked, case: Case) -> tuple[Array | None, ...] | None:
    """What one call of the target gives, or None where it gives nothing.

    An average that cannot be asked what it divides by is not asked: `case` says what it does.
    """
    if case.kind == "avg_pool" and not target.accepts(case.op, "count_include_pad"):
        case = case.replace(count_include_pad=True)
    return target.call(case).values
