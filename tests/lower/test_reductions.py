"""Sums and maxima along an axis, and where gradients go: against plain loops."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from sympy import Integer

from convproof.lower import execute_pools, reductions, runtime
from convproof.lower.program import Duels, Gather, Reached, Scatter, Sent, View


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "g", "i1", "u2", "i8", "O"])
def test_what_is_not_chosen_is_zero_whatever_it_is(kind: str) -> None:
    values = np.array([1, 2, 3, 4, 5, 6], kind)
    if values.dtype.kind == "f":
        values[:4] = [np.nan, np.inf, -np.inf, -0.0]
    where = np.array([True, False, True, False, False, True])
    for array, mask in ((values, where), (values[::-1], where), (values[::2], where[::2])):
        found = reductions.chosen(mask, array)
        assert found.dtype == array.dtype
        np.testing.assert_array_equal(found[mask], array[mask])
        assert all(one == 0 for one in found[~mask])


def test_a_pick_sends_what_is_chosen_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    value = rng.standard_normal((2, 40, 40, 4)).astype(np.float32)
    value[0, 0, 0] = np.nan, np.inf, -np.inf, -0.0
    where = rng.random(value.shape) < 0.5
    where[0, 0, 0] = False
    target = np.ones((2, 80, 80, 4), np.float32)
    reductions.pick(target[:, ::2, ::2], where, value, apart=False)
    np.testing.assert_array_equal(target[:, ::2, ::2], np.where(where, value + np.float32(1), 1))
    reductions.pick(target[:, ::2, ::2], where, value, apart=True)
    np.testing.assert_array_equal(target[:, ::2, ::2], np.where(where, value, 0))
    assert (target[:, 1::2] == 1).all()


def test_a_missing_number_is_found() -> None:
    array = np.ones((3, 4))
    assert not reductions.missing(array)
    array[2, 3] = np.nan
    assert reductions.missing(array)
    assert not reductions.missing(np.ones((0, 4)))
    assert not reductions.missing(np.ones(3, int))


GEOMETRY = [  # taps, gap, offset, stride, windows, pixels
    (2, 1, 0, 2, 4, 9),
    (3, 1, -1, 2, 5, 9),
    (3, 2, -2, 1, 6, 7),
    (2, 3, -4, 3, 4, 8),  # the first window meets no pixel
    (1, 1, 0, 3, 3, 9),
    (5, 1, -2, 2, 4, 6),
]


@pytest.mark.parametrize("least", [4096, 0])
@pytest.mark.parametrize("kind", ["float32", "float64", "int64", "float16"])
@pytest.mark.parametrize("sizes", GEOMETRY)
def test_a_duel_and_what_is_scattered_by_it_are_the_plain_ones(
    sizes, kind, least, monkeypatch
) -> None:
    monkeypatch.setattr(reductions, "LEAST", least)  # 0: entries are put side by side
    rng = np.random.default_rng(0)
    spans = runtime.spans(*sizes)
    coarse, fine = sizes[4:]
    x = rng.integers(-2, 3, (2, fine, 3)).astype(kind)
    if x.dtype.kind == "f":
        x[rng.random(x.shape) < 0.1] = np.nan
        x[rng.random(x.shape) < 0.2] = -np.inf
    dy = rng.integers(1, 9, (2, coarse, 3)).astype(kind)
    found = reductions.duels(x, (coarse,), spans)
    got = np.full_like(x, 77)
    reductions.scatter(got, dy, 1, spans, found[0])
    env = {"x": x, "i_spans": spans, "dy": dy, "dx": np.full_like(x, 88)}
    execute_pools.duels(Duels("takes", View("x"), (Integer(coarse),), ("i_spans",)), env)
    execute_pools.scatter(Scatter(View("dx"), View("dy"), 1, "i_spans", "takes"), env)
    np.testing.assert_array_equal(got, env["dx"])
    reductions.scatter(got, dy, 1, spans)
    execute_pools.scatter(Scatter(View("dx"), View("dy"), 1, "i_spans"), env)
    np.testing.assert_array_equal(got, env["dx"])
    for op, ufunc in (("add", np.add), ("max", np.maximum)):
        tops, env["y"] = np.full_like(dy, 99), np.full_like(dy, 77)
        reductions.gather(ufunc, tops, x, 1, spans)
        execute_pools.gather(Gather(View("y"), op, View("x"), 1, "i_spans"), env)
        np.testing.assert_array_equal(tops, env["y"])
    before = rng.integers(1, 9, x.shape).astype(kind)
    got, env["dx"], env["kept"] = before.copy(), before.copy(), 2
    reductions.scatter(got, dy, 1, spans, found[0], 2)
    execute_pools.scatter(Scatter(View("dx"), View("dy"), 1, "i_spans", "takes", 0, "kept"), env)
    np.testing.assert_array_equal(got, env["dx"])


@pytest.mark.parametrize("kind", ["float32", "float64", "int64", "float16"])
@pytest.mark.parametrize("sizes", GEOMETRY)
def test_what_windows_send_is_the_plain_ones(sizes, kind) -> None:
    rng = np.random.default_rng(0)
    taps, gap, offset, stride, coarse, fine = sizes
    x = rng.integers(-2, 3, (2, fine, 3)).astype(kind)
    if x.dtype.kind == "f":
        x[rng.random(x.shape) < 0.1] = np.nan
        x[rng.random(x.shape) < 0.3] = -np.inf
    else:
        x[rng.random(x.shape) < 0.3] = np.iinfo(kind).min  # as what stands beyond the border
    dy = rng.integers(1, 9, (2, coarse, 3)).astype(kind)
    layer = [(taps,), (gap,), (offset,), (stride,), (coarse,)]
    seen = runtime.windows(x[..., None], *layer, runtime.lowest(x.dtype))
    found = reductions.send(seen, dy, (fine,), *layer)
    numbers = [tuple(map(Integer, size)) for size in layer]
    value = Sent("seen", "dy", (Integer(fine),), *numbers)
    np.testing.assert_array_equal(found, execute_pools.sent(value, {"seen": seen, "dy": dy}))
    assert found.dtype == dy.dtype
    none = reductions.send(seen[:0], dy[:0], (fine,), *layer)
    assert none.shape == (0, fine, 3)


def test_lanes_are_what_steps_reach() -> None:
    array = np.arange(2 * 11 * 3.0).reshape(2, 11, 3)
    lanes: dict[int, np.ndarray] = {}
    for fine in (
        slice(0, 11, 3),
        slice(1, 8, 3),
        slice(4, 11, 3),
        slice(2, 3, 3),
        slice(10, 11, 3),
    ):
        found = reductions.lane(array, 1, fine, lanes)
        np.testing.assert_array_equal(found, array[:, fine])
        assert not np.shares_memory(found, array)
        np.testing.assert_array_equal(reductions.lane(array, 1, fine, None), array[:, fine])
    assert sorted(lanes) == [0, 1, 2]


def test_a_first_maximum_that_is_not_the_first_is_seen() -> None:
    """The control: were later taps preferred, the plain loops would say so."""
    x, spans = np.zeros((1, 4, 1)), runtime.spans(2, 1, 0, 2, 2, 4)
    env = {"x": x, "i_spans": spans}
    execute_pools.duels(Duels("takes", View("x"), (Integer(2),), ("i_spans",)), env)
    assert not env["takes"][0].any()
    assert reductions.duels(x, (2,), spans)[0][0].all()
    wrong = np.empty_like(x)
    reductions.scatter(wrong, np.ones((1, 2, 1)), 1, spans[::-1], [None, np.ones((1, 2, 1), bool)])
    assert wrong[0, :, 0].tolist() != [1, 0, 1, 0]


def test_blocks_have_all_pixels_between_them_and_know_which_they_share() -> None:
    names = ("stride", "span", "offset", "coarse", "fine")
    for stride, span, offset, coarse, fine in product(
        (1, 2, 3), (1, 2, 3, 5), (-3, -1, 0), (1, 2, 4), (3, 8)
    ):
        for most in (1, 2, 3):
            seen, env = set(), {}
            for start in range(0, coarse, most):
                env["rows"] = slice(start, min(start + most, coarse))
                numbers = stride, span, offset, coarse, fine
                got, kept = reductions.reached(env["rows"], *numbers)
                value = Reached("rows", **dict(zip(names, map(Integer, numbers), strict=True)))
                execute_pools.reached("seen", value, env)
                pixels = set(range(fine)[got])
                assert pixels == set(range(fine)[env["seen"]])
                assert kept == env["seen_kept"] == len(pixels & seen)
                assert pixels & seen == set(list(range(fine)[got])[:kept])
                seen |= pixels
            assert seen == set(range(fine))
