"""Spectra by the definition of the transform, of every kind of number."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from convproof.lower import transforms
from convproof.lower.lengths import length


@pytest.mark.parametrize("kind", ["f", "d", "F", "D"])
def test_a_spectrum_is_the_definitions(kind: str) -> None:
    rng = np.random.default_rng(0)
    array = rng.standard_normal((2, 3, 4, 2)).astype(kind)
    if kind in "FD":
        array = (array + 1j * rng.standard_normal(array.shape)).astype(kind)
    for turned, gap in product((False, True), ((1, 1), (2, 3))):
        sizes = (7, 13)
        got = transforms.spectrum(array, 1, sizes, gap, turned=turned)
        long = tuple(map(length, sizes))
        half = long[1] if kind in "FD" else long[1] // 2 + 1
        assert got.shape == (2, long[0], half, 2)
        sign = 1j if turned else -1j
        ways = [
            np.exp(sign * 2 * np.pi * np.outer(np.arange(n), g * np.arange(k)) / n)
            for n, g, k in zip(long, gap, array.shape[1:3], strict=True)
        ]
        right = np.einsum("ai,bj,nijc->nabc", *ways, array)[:, :, :half]
        assert np.abs(got - right).max() < (1e-5 if kind in "fF" else 1e-13)
        if not turned:
            back = transforms.restored(got, 1, sizes, array.shape[1:3], gap, array.dtype)
            assert back.dtype == array.dtype
            assert np.abs(back - array).max() < (1e-5 if kind in "fF" else 1e-13)


def test_no_images_have_spectra_too() -> None:
    for kind in ("f", "F", "O"):
        array = np.zeros((0, 4, 1), kind)
        seen = transforms.spectrum(array, 1, (5,), (1,))
        weights = transforms.spectrum(np.zeros((2, 1, 1, 1), kind), 0, (5,), (1,))
        assert weights.shape[0] == seen.shape[1]
        assert transforms.restored(seen, 1, (5,), (3,), (1,), array.dtype).shape == (0, 3, 1)


def test_lengths_have_two_small_factors() -> None:
    assert all(size <= length(size) for size in range(1, 2000))
    known = sorted(2**a * 3**b for a, b in product(range(12), range(8)))
    assert [length(size) for size in range(4, 600)] == [
        min(one for one in known if one >= size) for size in range(4, 600)
    ]
