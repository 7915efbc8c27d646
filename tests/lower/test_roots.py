"""Exact numbers with roots of unity: the transform's own identities, with nothing rounded."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from convproof.lower import roots


def test_a_root_turned_all_the_way_is_one() -> None:
    one = roots.Rooted((1, 0, 0, 0))
    found, powers = one, []
    for _ in range(8):
        powers.append(found.parts)
        found = found * one.turned(1)
    assert found.parts == one.parts
    assert len(set(powers)) == 8
    assert powers == [one.turned(power).parts for power in range(8)]
    assert sum((one.turned(power) for power in range(8)), 0 * 1).parts == (0, 0, 0, 0)


@pytest.mark.parametrize(("size", "order"), [(2, 4), (4, 4), (8, 8), (4, 16)])
def test_a_product_of_transforms_is_the_sum_around_a_circle(size: int, order: int) -> None:
    rng = np.random.default_rng(size)
    one, two = (rng.integers(-9, 10, size).astype(object) for _ in range(2))
    spectra = [roots.transformed(roots.rooted(a, order), 0, order, back=False) for a in (one, two)]
    back = roots.transformed(spectra[0] * spectra[1], 0, order, back=True)
    got = roots.plain(back, size)
    right = [sum(one[i] * two[(o - i) % size] for i in range(size)) for o in range(size)]
    assert got.tolist() == right
    assert all(isinstance(number, Fraction) for number in got)
    with pytest.raises(ArithmeticError, match="root"):  # one spectrum alone, sent back one too far
        roots.plain(np.array([number.turned(1) for number in back]), size)


def test_lengths_are_powers_of_two() -> None:
    assert [roots.length(size) for size in (1, 2, 3, 5, 8, 9)] == [2, 2, 4, 8, 8, 16]
