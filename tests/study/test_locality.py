"""Locality: its networks."""

from __future__ import annotations

import numpy as np

from convproof.study import locality
from convproof.study.engine import Cell


def test_locality_nets():
    """Sharing beats locality beats neither, at one size; and the ties are what they say."""
    errors = {
        kind: np.mean([locality.evaluate(Cell(kind, 6, 64, s))["error"] for s in (0, 1)])
        for kind in locality.KINDS
    }
    free, local, shared = (errors[kind] for kind in locality.KINDS)
    assert free > local > shared
    slope = np.random.default_rng(0).standard_normal((3, 3, 2))
    assert np.array_equal(locality.tie("fully-connected", slope), slope)
    tied = locality.tie("convolutional", slope)
    assert np.allclose(tied[0, 0], slope[0, 0] + slope[1, 1] + slope[2, 2])
    assert np.array_equal(tied[0, 0], tied[2, 2])
    assert not tied[0, 1].any()
