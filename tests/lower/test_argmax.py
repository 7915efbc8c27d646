"""The gradient of a maximum takes winners in row-major order alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convproof.derive import derive
from convproof.derive.nodes import ArgMaxOver
from convproof.errors import LoweringError
from convproof.lower.scattered import lower_scattered
from convproof.lower.sent import lower_sent


def test_winners_numbered_column_by_column_are_refused() -> None:
    found = derive("max_pool2d")
    changed = []
    for one in found.definitions:
        if isinstance(one.right, ArgMaxOver):
            one = replace(one, right=ArgMaxOver(one.right.function, *reversed(one.right.limits)))
        changed.append(one)
    lower_scattered(found, "gradient x", "g", "d")
    with pytest.raises(LoweringError, match="row by row"):
        lower_scattered(replace(found, definitions=tuple(changed)), "gradient x", "g", "d")
    lower_sent(found, "g", "d")
    with pytest.raises(LoweringError, match="row by row"):
        lower_sent(replace(found, definitions=tuple(changed)), "g", "d")
