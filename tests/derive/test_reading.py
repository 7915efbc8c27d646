"""A formula read aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convproof.derive import derive
from convproof.derive.reading import Range, Reading, agree, read
from convproof.errors import DerivationError


def _broken(found: Reading) -> list[Reading]:
    """The reading with each range moved by one, each name left out of the integers."""
    moved = [
        replace(
            found,
            ranges=(*found.ranges[:i], Range(r.low, r.value + 1, r.high), *found.ranges[i + 1 :]),
        )
        for i, r in enumerate(found.ranges)
    ]
    cut = [
        replace(found, ranges=found.ranges[:i] + found.ranges[i + 1 :])
        for i in range(len(found.ranges))
    ]
    rounded = [replace(found, named=tuple(replace(n, value=n.value + 1) for n in found.named))]
    return [*moved, *cut, *(rounded if found.named else [])]


@pytest.mark.parametrize("goal", ["gradient x", "gradient kernel"])
def test_a_reading_that_says_something_else_is_refused(goal: str) -> None:
    derivation = derive("conv_transpose1d")
    one = derivation.goals[goal]
    found = read(one.result, derivation.definitions, one.free)
    assert found.ranges
    assert agree(derivation, [(one.result, found, one.free)]) > 0
    for wrong in _broken(found):
        with pytest.raises(DerivationError):
            agree(derivation, [(one.result, wrong, one.free)])
