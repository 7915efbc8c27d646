"""The parts of a network and their shapes."""

from __future__ import annotations

import convproof as cp
from convproof.networks.shapes import parts


def test_an_activation_is_a_part_of_its_own() -> None:
    found = parts((cp.Conv(3, 4, activation="relu"), cp.MaxPool(2)))
    assert [part.layer for part in found] == [0, 0, 1]
