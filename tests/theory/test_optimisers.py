"""The textbook optimisers."""

from __future__ import annotations

from convproof.theory.optimisers import COORDINATEWISE, EQUIVARIANT, OPTIMISERS


def test_the_table_is_complete():
    assert set(EQUIVARIANT) | set(COORDINATEWISE) == set(OPTIMISERS)
    assert len(EQUIVARIANT) == 11
