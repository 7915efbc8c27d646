"""The textbook optimisers."""

from __future__ import annotations

import numpy as np

from convproof.theory.optimisers import COORDINATEWISE, EQUIVARIANT, OPTIMISERS


def test_the_table_is_complete():
    assert set(EQUIVARIANT) | set(COORDINATEWISE) == set(OPTIMISERS)
    assert len(EQUIVARIANT) == 11


def test_adafactor_keeps_the_sums_of_rows_and_of_columns_apart():
    rng = np.random.default_rng(0)
    weight, state, sums = np.zeros((3, 5)), None, None
    for _ in range(3):
        gradient = rng.standard_normal((3, 5))
        square = gradient**2
        now = square.sum(1), square.sum(0)
        sums = (
            now
            if sums is None
            else tuple(0.9 * a + 0.1 * b for a, b in zip(sums, now, strict=True))
        )
        before, (weight, state) = weight, OPTIMISERS["adafactor"](weight, gradient, state)
        guess = np.outer(*sums) / sums[0].sum()
        np.testing.assert_allclose(before - weight, 0.1 * gradient / np.sqrt(guess), rtol=1e-6)
