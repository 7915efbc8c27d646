"""Lowered programs: both executions agree with each other and with the plain loops."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from convproof.lower.firsts import lower_firsts
from convproof.lower.helpers import span_helpers
from convproof.lower.modules import (
    avg_pool_programs,
    conv_programs,
    max_pool_programs,
    pool_folds,
    texts,
)

import convproof.generated
from convproof import reference
from convproof.derive import derive
from convproof.derive.nodes import ArgMaxOver
from convproof.derive.pool import derive_avg_pool
from convproof.errors import LoweringError
from convproof.generated import slices
from convproof.lower import integers
from convproof.lower.execute import execute, span
from convproof.lower.program import Program
from convproof.spec import Axis

Array = np.ndarray[Any, Any]


def test_the_committed_modules_are_what_the_lowering_writes() -> None:
    folder = Path(convproof.generated.__path__[0])
    written = texts()
    assert {path.name for path in folder.glob("*.py")} == set(written)
    stale = [name for name, text in written.items() if (folder / name).read_text() != text]
    assert stale == [], "run `python -m convproof.lower` and look at what changed"


def _geometry(pick: random.Random, rank: int) -> tuple[list[Axis], list[int]]:
    axes, space = [], []
    while len(axes) < rank:
        axis = Axis(
            pick.randint(1, 4), pick.randint(1, 4), pick.randint(1, 3), pick.randint(0, 4),
            pick.randint(0, 4),
        )  # fmt: skip
        size = pick.randint(1, 8)
        if size + axis.pad_lo + axis.pad_hi >= axis.extent:
            axes.append(axis)
            space.append(size)
    return axes, space


def executed(programs: Iterable[Program]) -> dict[str, Callable[..., Any]]:
    """By name, the programs executed without their text."""
    return {program.name: partial(execute, program) for program in programs}


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_convolution_by_both_schedules_and_both_executions(rank: int) -> None:
    pick, rng = random.Random(rank), np.random.default_rng(rank)
    module = importlib.import_module(f"convproof.generated.conv{rank}d")
    programs = executed(conv_programs(derive(f"conv{rank}d")))
    for trial in range(60):
        axes, space = _geometry(pick, rank)
        if trial % 3 == 0:
            axes = [replace(axis, stride=1) for axis in axes]
        n, g, c, m = (pick.randint(1, 3) for _ in range(4))
        x = rng.integers(-4, 5, (n, *space, g, c))
        kernel = rng.integers(-4, 5, (*(axis.kernel for axis in axes), c, g, m))
        bias = rng.integers(-4, 5, (g, m))
        flat = x.reshape(*x.shape[:-2], -1), kernel.reshape(*kernel.shape[:-2], -1)
        z = reference.conv(*flat, bias.ravel(), axes, g)
        dz = rng.integers(-4, 5, z.shape)
        right = reference.conv_backward(dz, *flat, axes, g)
        flow = dz.reshape(*dz.shape[:-1], g, m)
        steps = [tuple(getattr(a, f) for a in axes) for f in ("stride", "dilation", "pad_lo")]
        taps = tuple(axis.kernel for axis in axes)
        blocks = (1 + trial % 3,)
        for schedule, block in (("taps", ()), ("im2col", blocks), ("planes", blocks)):
            for run in (lambda name: getattr(module, name), programs.__getitem__):
                got = run(f"forward_{schedule}")(x, kernel, *steps, z.shape[1:-1], *block)
                got = run("add_bias")(got, bias)
                dx = run(f"gradient_x_{schedule}")(flow, kernel, *steps, tuple(space), *block)
                dk = run(f"gradient_kernel_{schedule}")(flow, x, *steps, taps, *block)
                if schedule != "taps":
                    back = run(f"gradient_x_turned_{schedule}")
                    turned = back(flow, kernel, *steps, tuple(space), *block)
                    np.testing.assert_array_equal(turned, dx)
                db = run("gradient_bias")(flow)
                for one, other in zip((got, dx, dk, db), (z, *right), strict=True):
                    np.testing.assert_array_equal(one.reshape(other.shape), other)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_pooling_by_both_executions(rank: int) -> None:
    pick, rng = random.Random(rank), np.random.default_rng(rank)
    top = importlib.import_module(f"convproof.generated.max_pool{rank}d")
    mean = importlib.import_module(f"convproof.generated.avg_pool{rank}d")
    pool = derive(f"max_pool{rank}d")
    tops = executed([*max_pool_programs(pool), *pool_folds(pool)])
    means = executed(
        program
        for include, suffix in ((True, "_include"), (False, "_exclude"))
        for programs in (avg_pool_programs, pool_folds)
        for program in programs(derive_avg_pool(rank, include), suffix)
    )
    for _ in range(60):
        axes, space = _geometry(pick, rank)
        # A pool's window is no narrower than its padding, and the mean's has no dilation.
        axes = [
            Axis(
                a.kernel, a.stride, a.dilation, min(a.pad_lo, a.kernel - 1),
                min(a.pad_hi, a.kernel - 1), bool(pick.randint(0, 1)),
            )
            for a in axes
        ]  # fmt: skip
        space = [max(size, axis.extent) for size, axis in zip(space, axes, strict=True)]
        x = rng.integers(-2, 3, (2, *space, 2)).astype(float)
        stride, gaps, lows, highs, taps = (
            tuple(getattr(a, f) for a in axes)
            for f in ("stride", "dilation", "pad_lo", "pad_hi", "kernel")
        )
        y = reference.max_pool(x, axes)[0]
        dy = rng.integers(-4, 5, y.shape).astype(float)
        for run in (lambda name: getattr(top, name), tops.__getitem__):
            for way in ("taps", "folds", "once"):
                got = run(f"forward_{way}")(x, stride, gaps, lows, y.shape[1:-1], taps)
                np.testing.assert_array_equal(got, y)
            back = run("gradient_x")(dy, x, stride, gaps, lows, taps)
            np.testing.assert_array_equal(back, reference.max_pool_backward(dy, x, axes))
        axes = [Axis(a.kernel, a.stride, 1, a.pad_lo, a.pad_hi, a.ceil_mode) for a in axes]
        for include in (True, False):
            y = reference.avg_pool(x, axes, include)
            dy = rng.integers(-4, 5, y.shape).astype(float)
            ends = (highs,) if include else ()
            suffix = "include" if include else "exclude"
            for run in (lambda name: getattr(mean, name), means.__getitem__):
                for way in ("taps", "folds", "once", "ones"):
                    forward = run(f"forward_{suffix}_{way}")
                    got = forward(x, stride, lows, *ends, y.shape[1:-1], taps)
                    # One division a window: both round the same quotient of small integers.
                    np.testing.assert_array_equal(got, y)
                back = run(f"gradient_x_{suffix}")(dy, stride, lows, *ends, tuple(space), taps)
                right = reference.avg_pool_backward(dy, x, axes, include)
                # At most taps additions of quotients below 4: their rounding, and no more.
                bound = np.finfo(float).eps * 4 * np.prod(taps) ** 2
                np.testing.assert_allclose(back, right, rtol=0, atol=bound)


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "g", "i1", "u2", "i8", "O"])
def test_what_is_not_chosen_is_zero_whatever_it_is(kind: str) -> None:
    values = np.array([1, 2, 3, 4, 5, 6], kind)
    if values.dtype.kind == "f":
        values[:4] = [np.nan, np.inf, -np.inf, -0.0]
    where = np.array([True, False, True, False, False, True])
    for array, mask in ((values, where), (values[::-1], where), (values[::2], where[::2])):
        found = slices.chosen(mask, array)
        assert found.dtype == array.dtype
        np.testing.assert_array_equal(found[mask], array[mask])
        assert all(one == 0 for one in found[~mask])


def test_the_closed_form_of_a_slice_is_the_slice() -> None:
    scope: dict[str, Any] = {"lru_cache": lru_cache}
    exec(span_helpers(), scope)
    for offset in range(-9, 10):
        for stride in range(1, 5):
            for coarse in range(6):
                for fine in range(7):
                    assert scope["span"](offset, stride, coarse, fine) == span(
                        offset, stride, coarse, fine
                    )


def test_no_tap_that_meets_a_pixel_is_left_out() -> None:
    scope: dict[str, Any] = {"lru_cache": lru_cache}
    exec(span_helpers(), scope)
    for sizes in product(range(5), range(1, 4), range(-5, 4), range(1, 4), range(1, 4), range(5)):
        taps, gap, offset, stride, coarse, fine = sizes
        every = [(tap, *span(gap * tap + offset, stride, coarse, fine)) for tap in range(taps)]
        given = scope["spans"](*sizes)
        assert [one for one in given if one[1].stop] == [one for one in every if one[1].stop]
        assert len(given) <= (stride * (coarse - 1) + fine - 1) // gap + 1  # whatever the taps


def test_text_and_value_of_an_integer_expression_agree() -> None:
    from sympy import Max, Min, Symbol, ceiling, floor

    a, b, s = (Symbol(name, integer=True) for name in "abs")
    formulas = [floor((a - b) / s) + 1, ceiling((a + 1) / s), Max(0, a - b), Min(a, b * s), a // s]
    for formula in formulas:
        for values in ((7, 2, 3), (-5, 4, 2), (6, -3, 4), (0, 0, 1)):
            env = dict(zip("abs", values, strict=True))
            assert eval(integers.text(formula), {}, env) == integers.value(formula, env)


def test_winners_numbered_column_by_column_are_refused() -> None:
    found = derive("max_pool2d")
    changed = []
    for one in found.definitions:
        if isinstance(one.right, ArgMaxOver):
            one = replace(one, right=ArgMaxOver(one.right.function, *reversed(one.right.limits)))
        changed.append(one)
    lower_firsts(found, "gradient x", "g", "d")
    with pytest.raises(LoweringError, match="row by row"):
        lower_firsts(replace(found, definitions=tuple(changed)), "gradient x", "g", "d")
