"""Every schedule of a pool computes what the definition says, NaN and infinities included."""

from __future__ import annotations

import random

import numpy as np
import pytest

import convproof as cp
from convproof import SpecError, reference
from convproof.schedules import registry
from convproof.schedules.layer import Layer, Window
from convproof.spec import AvgPool, MaxPool

RARE = [-np.inf, np.nan, -1.0, 0.0, 1.0, np.inf, -0.0]


def cases(kind, count, seed):
    """Random pools: their spec, axes, sizes and keywords."""
    pick = random.Random(seed)
    while count:
        rank = pick.choice((1, 2, 2, 3))
        space = tuple(pick.randint(1, 7 if rank < 3 else 4) for _ in range(rank))
        window = tuple(pick.randint(1, 4) for _ in range(rank))
        keywords = {
            "stride": tuple(pick.randint(1, 4) for _ in range(rank)),
            "padding": tuple(pick.randint(0, side // 2) for side in window),
            "ceil_mode": pick.random() < 0.4,
        }
        if kind is MaxPool:
            keywords["dilation"] = tuple(pick.randint(1, 3) for _ in range(rank))
        else:
            keywords["count_include_pad"] = pick.random() < 0.5
        shape = (pick.randint(1, 3), *space, pick.randint(1, 3))
        try:
            axes = kind(window, **keywords).axes(space)
            cp.output_shape(kind(window, **keywords), shape)
        except SpecError:
            continue
        count -= 1
        yield rank, window, keywords, axes, shape


def ways(op, axes, shape, goal):
    """What `schedule=` can be for a pool, with every value of a schedule's own arguments."""
    layer = Layer(op, Window.of(axes, shape[1:-1]), shape[0], shape[-1], 1, shape[-1], 8)
    for one in registry.of(op, goal):
        if one.suits(goal, layer):
            for value in one.borders(goal, layer):
                words = (f"{n}={v}" for n, v in zip(one.extra, value, strict=True))
                yield " ".join([one.name, *words])


def test_maxima_by_every_schedule():
    generator = np.random.default_rng(0)
    for rank, window, keywords, axes, shape in cases(MaxPool, 300, 1):
        x = generator.choice(RARE, size=shape)
        y = reference.max_pool(x, axes)[0]
        np.testing.assert_array_equal(getattr(cp, f"max_pool{rank}d")(x, window, **keywords), y)
        for way in ways("max_pool", axes, shape, "forward"):
            found = getattr(cp, f"max_pool{rank}d")(x, window, **keywords, schedule=way)
            np.testing.assert_array_equal(found, y)
        dy = generator.choice([np.nan, np.inf, 1.0, 2.0, -3.0], size=y.shape)
        with np.errstate(invalid="ignore"):
            right = reference.max_pool_backward(dy, x, axes)
        for way in (None, *ways("max_pool", axes, shape, "gradient x")):
            back = getattr(cp, f"max_pool{rank}d_backward")
            np.testing.assert_array_equal(back(dy, x, window, **keywords, schedule=way), right)
        again, indices = getattr(cp, f"max_pool{rank}d")(x, window, **keywords, return_indices=True)
        np.testing.assert_array_equal(again, y)
        np.testing.assert_array_equal(back(dy, x, window, **keywords, indices=indices), right)


def test_means_by_every_schedule():
    generator = np.random.default_rng(0)
    for rank, window, keywords, axes, shape in cases(AvgPool, 300, 2):
        x = generator.choice(RARE, size=shape, p=[0.05, 0.05, 0.3, 0.2, 0.3, 0.05, 0.05])
        include = keywords["count_include_pad"]
        with np.errstate(invalid="ignore"):
            y = reference.avg_pool(x, axes, include)
            op = f"avg_pool_{'include' if include else 'exclude'}"
            for way in ways(op, axes, shape, "forward"):
                # Sums of small integers: exact in any order, and divided once.
                found = getattr(cp, f"avg_pool{rank}d")(x, window, **keywords, schedule=way)
                np.testing.assert_array_equal(found, y)
        np.testing.assert_array_equal(getattr(cp, f"avg_pool{rank}d")(x, window, **keywords), y)


def test_winners_are_numbered_row_by_row_and_wrong_ones_refused():
    x = np.array([[1.0, 5, 2], [5, 5, 0], [7, 0, 9]])
    y, indices = cp.max_pool2d(x, 2, stride=1, return_indices=True)
    assert y.tolist() == [[5, 5], [7, 9]]
    assert indices.tolist() == [[1, 0], [2, 3]]
    first = cp.max_pool2d(x[np.newaxis], 2, stride=1, return_indices=True, layout="channels_first")
    np.testing.assert_array_equal(first[1], indices[np.newaxis])
    back = cp.max_pool2d_backward(np.ones((2, 2)), x, 2, stride=1, indices=indices)
    assert back.tolist() == [[0, 2, 0], [0, 0, 0], [1, 0, 1]]
    for wrong in (indices + 2, indices - 3, indices.astype(float), indices[:1], "01"):
        with pytest.raises((SpecError, TypeError), match=r"^indices.*: allowed is"):
            cp.max_pool2d_backward(np.ones((2, 2)), x, 2, stride=1, indices=wrong)
    with pytest.raises(TypeError, match=r"^return_indices=.*: allowed is"):
        cp.max_pool2d(x, 2, return_indices=1)
