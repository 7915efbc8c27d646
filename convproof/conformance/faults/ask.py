"""Asking the target as the laws ask it."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.target import Target
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]


def answers(target: Target, case: Case) -> tuple[Array | None, ...] | None:
    """What one call of the target gives, or None where it gives nothing.

    An average that cannot be asked what it divides by is not asked: `case` says what it does.
    """
    if case.kind == "avg_pool" and not target.accepts(case.op, "count_include_pad"):
        case = case.replace(count_include_pad=True)
    return target.call(case).values
