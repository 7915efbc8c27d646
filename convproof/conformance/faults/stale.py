"""What of an earlier call a wrong answer is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue import right
from convproof.conformance.faults.explanation import Diagnosis, matches
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_KEPT = (
    ("kernel", "an earlier call's kernel is used again"),
    ("bias", "an earlier call's bias is used again"),
    ("x", "an earlier call's input is used again"),
    ("dy", "an earlier call's dy is used again"),
    ("stride", "an earlier call's stride is used again"),
    ("padding", "an earlier call's padding is used again"),
    ("dilation", "an earlier call's dilation is used again"),
    ("groups", "an earlier call's groups are used again"),
    ("window", "an earlier call's window is used again"),
)


def stale(case: Case, got: Array, result: str, before: Sequence[Case]) -> list[Diagnosis]:
    """What of an earlier call explains the output of this one."""
    look = "what is kept between calls: a cache, and what it is keyed by"
    found = []
    for earlier in reversed(before):
        tries = [(earlier, "an earlier call's result is returned again")]
        tries += [(case.replace(**{name: getattr(earlier, name)}), text) for name, text in _KEPT]
        for other, text in tries:
            try:
                predicted = right(other).get(result)
            except (ValueError, IndexError, TypeError):
                continue
            if predicted is not None and matches(predicted, got) is not None:
                found.append(Diagnosis(text, look))
        if earlier.op == case.op and earlier.x.shape == case.x.shape:
            try:
                total = right(earlier)[result] + right(case)[result]
            except (ValueError, KeyError):
                continue
            if matches(total, got) is not None:
                found.append(Diagnosis("an earlier call's result is added to this one's", look))
    return found
