"""What generated code calls: closed forms against their definitions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from convproof.lower import integers, runtime
from convproof.lower.execute import span


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "g", "i1", "u2", "i8", "O"])
def test_what_is_not_chosen_is_zero_whatever_it_is(kind: str) -> None:
    values = np.array([1, 2, 3, 4, 5, 6], kind)
    if values.dtype.kind == "f":
        values[:4] = [np.nan, np.inf, -np.inf, -0.0]
    where = np.array([True, False, True, False, False, True])
    for array, mask in ((values, where), (values[::-1], where), (values[::2], where[::2])):
        found = runtime.chosen(mask, array)
        assert found.dtype == array.dtype
        np.testing.assert_array_equal(found[mask], array[mask])
        assert all(one == 0 for one in found[~mask])


def test_the_closed_form_of_a_slice_is_the_slice() -> None:
    for offset in range(-9, 10):
        for stride in range(1, 5):
            for coarse in range(6):
                for fine in range(7):
                    assert runtime.span(offset, stride, coarse, fine) == span(
                        offset, stride, coarse, fine
                    )


def test_no_tap_that_meets_a_pixel_is_left_out() -> None:
    for sizes in product(range(5), range(1, 4), range(-5, 4), range(1, 4), range(1, 4), range(5)):
        taps, gap, offset, stride, coarse, fine = sizes
        every = [(tap, *span(gap * tap + offset, stride, coarse, fine)) for tap in range(taps)]
        given = runtime.spans(*sizes)
        assert [one for one in given if one[1].stop] == [one for one in every if one[1].stop]
        assert len(given) <= (stride * (coarse - 1) + fine - 1) // gap + 1  # whatever the taps


def test_the_runtime_solves_the_relation_as_it_was_derived() -> None:
    from sympy import Symbol

    names = ("offset", "gap", "stride", "taps", "coarse", "fine")
    o, g, s, t, c, f = (Symbol(name, integer=True) for name in names)
    bounds, ends = integers.span_bounds(o, s, c, f), integers.tap_bounds(o, g, s, t, c, f)
    few = range(1, 4)
    for sizes in product(range(-5, 4), few, few, range(5), few, range(1, 5)):
        env = dict(zip(names, sizes, strict=True))
        lo, hi = (integers.value(bound, env) for bound in bounds)
        found, _ = runtime.span(env["offset"], env["stride"], env["coarse"], env["fine"])
        assert (found.start, found.stop) == ((lo, hi) if lo < hi else (0, 0))
        first, last = (integers.value(bound, env) for bound in ends)
        order = ("taps", "gap", "offset", "stride", "coarse", "fine")
        given = runtime.spans(*(env[name] for name in order))
        assert [tap for tap, _, _ in given] == list(range(first, last))
