"""What the docstrings say: each equation in them is read and carried out, term by term."""

from __future__ import annotations

import inspect
import itertools
import re
from typing import Any

import numpy as np
import pytest

import convproof as cp

TENSOR = re.compile(r"(d?[A-Z]'?|d?b)_(?:\{([\w,]+)\}|(\w))")
MEETS = re.compile(r"(\w) = S\((\w)-1\) \+ (D\((\w)-1\) \+ 1|\w)( - P)?")
TAPS, STRIDE, DILATION = (2, 3, 1), (2, 1, 1), (1, 2, 1)
PADS = ((1, 0), (1, 2), (0, 0))
SPACE = (4, 6, 2)


def equations(function: Any) -> tuple[list[str], list[Any]]:
    """The equations of a docstring, and the relations on their last line."""
    block = re.search(r"\n\n((?:    .*\n)+)\n", inspect.getdoc(function))
    assert block
    *lines, last = [line.strip() for line in block[1].splitlines()]
    meets = [MEETS.fullmatch(part) for part in last.split(",  ")]
    assert all(meets), last
    return lines, [found.groups("") for found in meets if found]


def indices(found: tuple[str, ...]) -> str:
    return (found[1] or found[2]).replace(",", "")


def carried_out(
    line: str, meets: list[Any], arrays: dict[str, np.ndarray], sizes: dict[str, int], pads: Any
) -> np.ndarray:
    """The left side of an equation: its right side summed, or the maximum taken, over all terms."""
    left, right = line.split(" = ")
    free = indices(TENSOR.findall(left)[0])
    over = re.search(r"(sum|max)_\{([\w,]+)\} ", right)
    assert over
    summed = over[2].replace(",", "")
    added = re.search(r" \+ (b_\w)$", right)
    factors = TENSOR.findall(right.removesuffix(added[0]) if added else right)
    result: dict[tuple[int, ...], list[Any]] = {}
    for values in itertools.product(*(range(1, sizes[name] + 1) for name in free + summed)):
        at = dict(zip(free + summed, values, strict=True))
        for axis, (pixel, position, tap, dilated, shift) in enumerate(meets):
            if position not in at or (dilated or tap) not in at:
                continue  # the bias's gradient sums over all of dy
            k = at[dilated or tap]
            gap = DILATION[axis] * (k - 1) + 1 if dilated else k
            place = STRIDE[axis] * (at[position] - 1) + gap - (pads[axis][0] if shift else 0)
            if at.setdefault(pixel, place) != place:
                break
        else:
            term = 1
            for factor in factors:
                array = arrays[factor[0]]
                where = tuple(at[name] - 1 for name in indices(factor))
                inside = all(0 <= i < n for i, n in zip(where, array.shape, strict=True))
                number = array[where] if inside else 0
                term = term / number if factor[0] == "T" else term * number
            result.setdefault(values[: len(free)], []).append(term)
    join = max if over[1] == "max" else sum
    shape = tuple(sizes[name] for name in free)
    whole = np.zeros(shape)
    for spot in np.ndindex(shape):
        whole[spot] = join(result.get(tuple(i + 1 for i in spot), [0]))
        if added:
            whole[spot] += arrays["b"][spot[-1]]
    return whole


def numbers(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.integers(-9, 10, shape).astype(float)


def cut(array: np.ndarray, pads: Any) -> np.ndarray:
    inner = (slice(lo, array.shape[a] - hi) for a, (lo, hi) in enumerate(pads, start=1))
    return array[(slice(None), *inner)]


def padded(array: np.ndarray, pads: Any, value: float = 0) -> np.ndarray:
    return np.pad(array, ((0, 0), *pads, (0, 0)), constant_values=value)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_convolution(rank: int) -> None:
    rng, pads = np.random.default_rng(rank), PADS[:rank]
    x, kernel = numbers(rng, 2, *SPACE[:rank], 2), numbers(rng, *TAPS[:rank], 2, 3)
    layer = {"stride": STRIDE[:rank], "dilation": DILATION[:rank], "padding": pads}
    forward, backward = (getattr(cp, f"conv{rank}d{way}") for way in ("", "_backward"))
    bias = numbers(rng, 3)
    y = forward(x, kernel, bias, **layer)
    arrays = {"X'": padded(x, pads), "K": kernel, "b": bias, "dZ": numbers(rng, *y.shape)}
    sizes = {"n": 2, "c": 2, "m": 3, **dict(zip("klv", TAPS, strict=True))}
    sizes |= dict(zip("ijt", y.shape[1:-1], strict=False))
    sizes |= dict(zip("pqr", arrays["X'"].shape[1:-1], strict=False))
    (line,), meets = equations(forward)
    assert len(meets) == rank
    assert np.array_equal(carried_out(line, meets, arrays, sizes, pads), y)
    lines, meets = equations(backward)
    dx, dkernel, dbias = (carried_out(line, meets, arrays, sizes, pads) for line in lines)
    found = backward(arrays["dZ"], x, kernel, bias, **layer)
    assert np.array_equal(found.x, cut(dx, pads))
    assert np.array_equal(found.kernel, dkernel)
    assert np.array_equal(found.bias, dbias)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_transposed_convolution(rank: int) -> None:
    rng, pads = np.random.default_rng(rank), PADS[:rank]
    x, kernel = numbers(rng, 2, *(3, 2, 2)[:rank], 3), numbers(rng, *TAPS[:rank], 2, 3)
    layer = {"stride": STRIDE[:rank], "dilation": DILATION[:rank], "padding": pads}
    layer["output_padding"] = (1, 0, 0)[:rank]
    forward, backward = (getattr(cp, f"conv_transpose{rank}d{way}") for way in ("", "_backward"))
    bias = numbers(rng, 2)
    y = forward(x, kernel, bias, **layer)
    arrays = {"X": x, "K": kernel, "b": bias, "dY": numbers(rng, *y.shape)}
    sizes = {"n": 2, "c": 2, "m": 3, **dict(zip("klv", TAPS, strict=True))}
    sizes |= dict(zip("ijt", x.shape[1:-1], strict=False))
    sizes |= dict(zip("pqr", y.shape[1:-1], strict=False))
    (line,), meets = equations(forward)
    assert len(meets) == rank
    assert np.array_equal(carried_out(line, meets, arrays, sizes, pads), y)
    lines, meets = equations(backward)
    dx, dkernel, dbias = (carried_out(line, meets, arrays, sizes, pads) for line in lines)
    found = backward(arrays["dY"], x, kernel, bias, **layer)
    assert np.array_equal(found.x, dx)
    assert np.array_equal(found.kernel, dkernel)
    assert np.array_equal(found.bias, dbias)


@pytest.mark.parametrize("include", [True, False])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_average_pooling(rank: int, include: bool) -> None:
    rng, pads = np.random.default_rng(rank), PADS[:rank]
    x, window = numbers(rng, 2, *SPACE[:rank], 2), TAPS[:rank]
    layer = {"stride": STRIDE[:rank], "padding": pads, "count_include_pad": include}
    forward, backward = (getattr(cp, f"avg_pool{rank}d{way}") for way in ("", "_backward"))
    y = forward(x, window, **layer)
    counted = padded(np.ones_like(x), pads, value=float(include))
    arrays = {"X'": padded(x, pads), "dZ": numbers(rng, *y.shape)}
    windows = np.ndindex(y.shape[1:-1])
    arrays["T"] = np.array(
        [
            counted[0, ..., 0][
                tuple(slice(s * o, s * o + k) for s, o, k in zip(STRIDE, at, window, strict=False))
            ].sum()
            for at in windows
        ]
    ).reshape(y.shape[1:-1])
    sizes = {"n": 2, "c": 2, **dict(zip("klv", TAPS, strict=True))}
    sizes |= dict(zip("ijt", y.shape[1:-1], strict=False))
    sizes |= dict(zip("pqr", arrays["X'"].shape[1:-1], strict=False))
    (line,), meets = equations(forward)
    assert len(meets) == rank
    np.testing.assert_allclose(carried_out(line, meets, arrays, sizes, pads), y, atol=1e-12)
    (line,), meets = equations(backward)
    dx = cut(carried_out(line, meets, arrays, sizes, pads), pads)
    np.testing.assert_allclose(backward(arrays["dZ"], x, window, **layer), dx, atol=1e-12)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_max_pooling(rank: int) -> None:
    rng, pads = np.random.default_rng(rank), PADS[:rank]
    x, window = rng.integers(-2, 3, (2, *SPACE[:rank], 2)).astype(float), TAPS[:rank]
    layer = {"stride": STRIDE[:rank], "dilation": DILATION[:rank], "padding": pads}
    forward, backward = (getattr(cp, f"max_pool{rank}d{way}") for way in ("", "_backward"))
    y = forward(x, window, **layer)
    arrays = {"X'": padded(x, pads, value=-np.inf), "dZ": numbers(rng, *y.shape)}
    arrays["A"] = first_maxima(arrays["X'"], y.shape, window)
    sizes = {"n": 2, "c": 2, **dict(zip("klv", TAPS, strict=True))}
    sizes |= dict(zip("ijt", y.shape[1:-1], strict=False))
    sizes |= dict(zip("pqr", arrays["X'"].shape[1:-1], strict=False))
    (line,), meets = equations(forward)
    assert len(meets) == rank
    assert np.array_equal(carried_out(line, meets, arrays, sizes, pads), y)
    (line,), meets = equations(backward)
    dx = cut(carried_out(line, meets, arrays, sizes, pads), pads)
    assert np.array_equal(backward(arrays["dZ"], x, window, **layer), dx)


def first_maxima(x: np.ndarray, out: tuple[int, ...], window: tuple[int, ...]) -> np.ndarray:
    """A of the docstring: 1 at the first maximum of each window, in row-major order."""
    found = np.zeros((out[0], *out[1:-1], *window, out[-1]))
    for n, *at, c in np.ndindex(out):
        steps = zip(at, window, STRIDE, DILATION, strict=False)
        taps = np.ix_(*(s * o + d * np.arange(k) for o, k, s, d in steps))
        first = np.unravel_index(np.argmax(x[n, ..., c][taps]), window)
        found[(n, *at, *first, c)] = 1
    return found


NAMES = [
    f"{operation}{rank}d{way}"
    for operation in ("conv", "conv_transpose", "max_pool", "avg_pool")
    for rank in (1, 2, 3)
    for way in ("", "_backward")
]


@pytest.mark.parametrize("name", NAMES)
def test_every_docstring_has_its_parts(name: str) -> None:
    text = inspect.getdoc(getattr(cp, name))
    for part in ("\nArgs:\n", "\nReturns:\n", "\nRaises:\n", "SpecError", "\n>>> ", f"cp.{name}("):
        assert part in text
    for layout in ('"channels_last"', '"channels_first"'):
        assert layout in text
    rank = int(re.search(r"(\d)d", name)[1])
    out = ", ".join(f"{axis}_out" for axis in "DHW"[3 - rank :])
    assert f"(N, {out}, C" in text
    assert "_backward" in name or "size_out = " in text
    for parameter in inspect.signature(getattr(cp, name)).parameters:
        assert re.search(rf"^    (\w+, )*{parameter}(, \w+)*: ", text, re.MULTILINE), parameter
    assert max(map(len, text.splitlines())) <= 100
