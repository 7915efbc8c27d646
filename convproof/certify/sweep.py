"""Settings: strides, gaps, taps and padding beyond those of small layers, against plain loops.

The one layer of a certificate is of small numbers, and code that is wrong at stride 5 alone runs
right on it.  Here one axis after another has every stride up to 9, gaps and taps up to 7 and
padding up to 5 at each end, in the public functions as they choose and by a schedule in turn.  The
entries are whole numbers, of which every sum is exact; integers are so large that floats do not
hold their sums.  Some floats are infinite, and of a maximum NaN.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof import functions, reference
from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.functions.planning import GOALS, layer_of
from convproof.schedules.registry import of
from convproof.spec import AvgPool, Axis, Conv, ConvTranspose, MaxPool

Array = np.ndarray[Any, Any]
STRIDES, SMALL, PADS = range(1, 10), range(1, 8), range(6)
TIMES = 5  # that each stride occurs
MANY = 70  # taps, of which no list is kept (`lower.runtime`)


@dataclass(frozen=True)
class Setting:
    """The numbers of one axis; the others have one tap, or two where they can."""

    axis: int
    stride: int
    dilation: int
    taps: int
    pads: tuple[int, int]
    pixels: int

    def along(self, rank: int, value: Any, other: Any) -> tuple[Any, ...]:
        """The axis' own value, and what the others have."""
        return tuple(value if one == self.axis else other for one in range(rank))


def settings(rank: int) -> Iterator[Setting]:
    """Each stride several times, every gap and number of taps, in turn on each axis."""
    rng = np.random.default_rng(rank)
    for number, stride in enumerate(itertools.chain.from_iterable([STRIDES] * TIMES)):
        taps, dilation = SMALL[number % 7], SMALL[int(rng.integers(7))]
        lo, hi = (PADS[int(one)] for one in rng.integers(len(PADS), size=2))
        extent = dilation * (taps - 1) + 1
        outputs, more = int(rng.integers(2, 5)), int(rng.integers(stride))
        pixels = max(1, stride * (outputs - 1) + extent + more - lo - hi)
        yield Setting(number % rank, stride, dilation, taps, (lo, hi), pixels)
    yield Setting(0, 1, 1, MANY, (3, 2), MANY)


def swept(operation: str, rank: int) -> tuple[Verdict, int]:
    """The public functions of a kind at every setting: a refutation, or how many were compared."""
    compared = 0
    for number, one in enumerate(settings(rank)):
        runs = {"conv": _conv, "conv_transpose": _transposed}.get(operation, _pool)
        with np.errstate(all="ignore"):
            for told, got, right in runs(operation, rank, one, number):
                if not np.array_equal(got, right, equal_nan=got.dtype.kind == "f"):
                    return Verdict.refute(f"{told} with {one}: not what plain loops have"), compared
                compared += got.size
    told = f"strides to {STRIDES[-1]}, gaps and taps to {SMALL[-1]}, padding to {PADS[-1]}"
    return Verdict.held(f"{told}: {compared} numbers are those of plain loops"), compared


Runs = Iterator[tuple[str, Array, Array]]


def _numbers(shape: Sequence[int], number: int, *odd: float, large: int = 2**25) -> Array:
    """Whole numbers, as floats or as `large` integers in turn; `odd` ones among some floats."""
    rng = np.random.default_rng([number, *shape])
    array = rng.integers(-4, 5, tuple(shape)).astype(("float64", "int64", "float32")[number % 3])
    if array.dtype.kind == "i":
        return array * large
    if odd and number % 2:
        array.flat[rng.integers(array.size, size=len(odd))] = odd
    return array


def _way(spec: Conv | MaxPool | AvgPool, shape: Sequence[int], goal: Any, number: int) -> str:
    """A schedule that suits, each in its turn."""
    layer = layer_of(spec, shape)
    suiting = [one for one in of(layer.op, goal) if one.suits(goal, layer)]
    exact = [one.name for one in suiting if one.exact == "integer"]
    return exact[number % len(exact)]


def _conv(_: str, rank: int, one: Setting, number: int) -> Runs:
    groups, outputs = ((1, 1), (2, 2), (3, 3), (5, 4))[number % 4]
    told: dict[str, Any] = {
        "stride": one.along(rank, one.stride, 1),
        "dilation": one.along(rank, one.dilation, 1),
        "padding": one.along(rank, one.pads, (0, 1)),
        "groups": groups,
    }
    spec = Conv(one.along(rank, one.taps, 2), outputs * groups, **told)
    x = _numbers((2, *one.along(rank, one.pixels, 2), groups), number, np.inf)
    kernel = _numbers((*spec.kernel_size, 1, outputs * groups), number, -np.inf)
    axes, name = spec.axes(x.shape[1:-1]), f"conv{rank}d"
    y = reference.conv(x, kernel, None, axes, groups)
    dy = _numbers(y.shape, number)
    backs = reference.conv_backward(dy, x, kernel, axes, groups)
    forward, backward = getattr(functions, name), getattr(functions, f"{name}_backward")
    for goal in GOALS["conv"]:
        way = _way(spec, x.shape, goal, number)
        if goal == "forward":
            for how in (None, way):
                yield f"{name}(schedule={how!r})", forward(x, kernel, schedule=how, **told), y
            continue
        for how in (None, way):
            found = backward(dy, x, kernel, schedule=how, **told)
            for part, got, right in zip(("x", "kernel", "bias"), found, backs, strict=True):
                yield f"{name}_backward(schedule={how!r}): gradient {part}", got, right


def _transposed(_: str, rank: int, one: Setting, number: int) -> Runs:
    groups, more = (1, 2, 3, 5)[number % 4], int(max(one.stride, one.dilation) > 1) * (number % 2)
    told: dict[str, Any] = {
        "stride": one.along(rank, one.stride, 1),
        "dilation": one.along(rank, one.dilation, 1),
        "output_padding": one.along(rank, more, 0),
        "groups": groups,
    }
    reach = one.dilation * (one.taps - 1)
    lo, hi = (min(pad, reach) for pad in one.pads)
    try:
        spec = ConvTranspose(
            one.along(rank, one.taps, 2), groups, padding=one.along(rank, (lo, hi), 0), **told
        )
        axes, _space = spec.image(one.along(rank, 3, 2))
    except SpecError:  # nothing would be left between the padding
        return
    x = _numbers((2, *one.along(rank, 3, 2), 2 * groups), number, np.inf)
    kernel = _numbers((*spec.kernel_size, 1, 2 * groups), number, -np.inf)
    name, told = f"conv_transpose{rank}d", {**told, "padding": spec.padding}
    y = reference.conv_transpose(x, kernel, None, axes, told["output_padding"], groups)
    yield f"{name}()", getattr(functions, name)(x, kernel, **told), y
    dy = _numbers(y.shape, number)
    backs = reference.conv_transpose_backward(dy, x, kernel, axes, told["output_padding"], groups)
    found = getattr(functions, f"{name}_backward")(dy, x, kernel, **told)
    for part, got, right in zip(("x", "kernel", "bias"), found, backs, strict=True):
        yield f"{name}_backward(): gradient {part}", got, right


def _pool(operation: str, rank: int, one: Setting, number: int) -> Runs:
    name, top = f"{operation}{rank}d", operation == "max_pool"
    if not top and one.taps not in SMALL:
        return  # means that a float rounds
    reach = one.dilation * (one.taps - 1) if top else one.taps - 1
    told: dict[str, Any] = {
        "stride": one.along(rank, one.stride, 1),
        "padding": one.along(rank, tuple(min(pad, reach) for pad in one.pads), (0, 1)),
        "ceil_mode": bool(number % 2),
    }
    told |= {"dilation": one.along(rank, one.dilation, 1)} if top else {}
    told |= {} if top else {"count_include_pad": bool(number // 2 % 2)}
    window = one.along(rank, one.taps, 2)
    spec = MaxPool(window, **told) if top else AvgPool(window, **told)
    odd = (np.inf, -np.inf, np.nan) if top else (np.inf,)
    x = _numbers((2, *one.along(rank, one.pixels, 2), 2), number, *odd, large=1)
    # of a mean: multiples of all divisors, which no float rounds; else -inf where no pixel is
    scale = 1 if top else 420 * 2 ** (rank - 1)
    x = x.astype("float64") if top else x * scale
    axes = spec.axes(x.shape[1:-1])
    counts = {} if top else {"count_include_pad": told["count_include_pad"]}
    op = reference.max_pool if top else reference.avg_pool
    found = op(x, axes, **counts)
    y = found[0] if isinstance(found, tuple) else found
    dy = _numbers(y.shape, number, large=1) * scale
    back = reference.max_pool_backward if top else reference.avg_pool_backward
    right = back(dy, x, axes, **counts)
    for how in (None, _way(spec, x.shape, "forward", number)):
        got = getattr(functions, name)(x, window, schedule=how, **told)
        yield f"{name}(schedule={how!r})", got, y
    for how in (None, _way(spec, x.shape, "gradient x", number)):
        got = getattr(functions, f"{name}_backward")(dy, x, window, schedule=how, **told)
        yield f"{name}_backward(schedule={how!r})", got, right
    other = {**told, "layout": "channels_first"}
    there, forth = np.moveaxis(x, -1, 1), np.moveaxis(dy, -1, 1)
    got = getattr(functions, name)(there, window, **other)
    yield f"{name}(layout='channels_first')", np.moveaxis(got, 1, -1), y
    got = getattr(functions, f"{name}_backward")(forth, there, window, **other)
    yield f"{name}_backward(layout='channels_first')", np.moveaxis(got, 1, -1), right
    if top:
        maxima, indices = getattr(functions, name)(x, window, return_indices=True, **told)
        yield f"{name}(return_indices=True)", maxima, y
        places = _taps(found[1], y.shape, axes)
        yield f"{name}(return_indices=True): indices", indices, places
        got = getattr(functions, name)(there, window, return_indices=True, **other)[1]
        yield f"{name}(return_indices=True): indices first", np.moveaxis(got, 1, -1), places
        got = getattr(functions, f"{name}_backward")(dy, x, window, indices=indices, **told)
        yield f"{name}_backward(indices=...)", got, right


def _taps(winners: Mapping[Any, Any], shape: Sequence[int], axes: Sequence[Axis]) -> Array:
    """The number in its window, in row-major order, of each winner; -1 where there is none."""
    found = np.full(shape, -1)
    for (image, *out, channel), (_, *pixel, _) in winners.items():
        taps = [
            (at + axis.pad_lo - axis.stride * o) // axis.dilation
            for at, o, axis in zip(pixel, out, axes, strict=True)
        ]
        found[(image, *out, channel)] = np.ravel_multi_index(taps, [a.kernel for a in axes])
    return found
