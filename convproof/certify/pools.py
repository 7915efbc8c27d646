"""What surrounds the windows of a public pool: other layers, dtypes, and many images at once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from convproof.certify.layer import Caller
from convproof.certify.wrappers import DTYPES, small
from convproof.evidence import Verdict
from convproof.schedules.banded import LEAST_BYTES
from convproof.spec import AvgPool, MaxPool

Array = np.ndarray[Any, Any]


def others(spec: MaxPool | AvgPool) -> Iterator[tuple[MaxPool | AvgPool, tuple[int, ...]]]:
    """Layers with what the default ones lack: ceil mode where it counts, gaps, another divisor.

    One axis has five pixels and all of it; a maximum is tried on every order of the pixels.
    """
    for axis in range(spec.rank):
        # Ceil mode has no window more where that would start on the padding after the image.
        edge: dict[str, Any] = {"padding": [(0, int(one == axis)) for one in range(spec.rank)]}
        edge["stride"] = [1 + (one == axis) for one in range(spec.rank)]
        pixels = (1, *(4 if one == axis else 1 for one in range(spec.rank)), 1)
        yield type(spec)(edge["stride"], ceil_mode=True, **edge), pixels
        # An odd pixel of padding comes last.
        yield type(spec)(edge["stride"], stride=1, padding="same"), pixels
        window, stride, gap, space = ([1] * spec.rank for _ in range(4))
        window[axis] = stride[axis] = 2
        space[axis] = 5
        pads = [(0, 0)] * spec.rank
        pads[axis], shape = (1, 0), (1, *space, 1)  # ceil mode has a window more
        if isinstance(spec, MaxPool):
            gap[axis] = 2
            yield MaxPool(window, stride=stride, padding=pads, dilation=gap, ceil_mode=True), shape
        else:
            window[axis] = 3
            for counts in (True, False):
                told: dict[str, Any] = {"padding": pads, "count_include_pad": counts}
                yield AvgPool(window, stride=stride, ceil_mode=True, **told), shape


def by_dtype(spec: MaxPool | AvgPool, shape: tuple[int, ...]) -> tuple[Verdict | None, list[str]]:
    """The public functions in every dtype, against themselves on numbers that nothing rounds.

    What they compute of those was compared with the derivation.  A maximum rounds nothing; a mean
    has a rounding for each of the at most prod(window) terms of a sum, and two for its divisor.
    """
    call, kinds = Caller(spec), list[str]()
    top = isinstance(spec, MaxPool)
    for number, kind in enumerate(DTYPES):
        if top and kind.startswith("c"):
            continue
        half = kind == "float16"  # computed in float32, and rounded once
        (x,) = small([shape], kind, number)
        x = _spread(x) if half and not top else x
        y = call.run("", (x,))
        (dy,) = small([y.shape], kind, number + 1)
        dy = _spread(dy) if half and not top else dy
        wanted = np.dtype(kind) if top or kind[0] not in "iu" else np.dtype(np.float64)
        fine = np.float32 if half else wanted
        units = 0.0 if top else (prod(spec.window) + 2) * float(np.finfo(fine).eps)
        last = float(np.finfo(kind).eps) / 2 if half and not top else 0.0
        for end, got, arrays in (
            ("", y, (x,)),
            ("_backward", call.run("_backward", (dy, x)), (dy, x)),
        ):
            truth = _wide(call.run(end, [_plain(array, top) for array in arrays]))
            size = _wide(call.run(end, [_plain(abs(array), top) for array in arrays]))
            if (
                got.dtype != wanted
                or (abs(_wide(got) - truth) > units * abs(size) + last * abs(truth)).any()
            ):
                return Verdict.refute(f"{call.name}{end}() of {kind}: other numbers"), kinds
        kinds.append(kind)
    return None, kinds


def _spread(array: Array) -> Array:
    """The same, every third number so much larger that float16 has no room for their sum."""
    flat = array.reshape(-1).copy()
    flat[::3] *= 2048
    return flat.reshape(array.shape)


def _wide(array: Array) -> Array:
    return array.astype(np.complex128)


def _plain(array: Array, top: bool) -> Array:
    """Numbers that no dtype rounds: float64 for an order, Python's for means."""
    if top:
        return array.astype(np.float64)
    if array.dtype.kind == "c":
        return array.astype(np.complex128)
    numbers = [Fraction(number) for number in array.astype(np.float64).ravel().tolist()]
    return np.array(numbers, object).reshape(array.shape)


def many(spec: MaxPool | AvgPool) -> Verdict | None:
    """So many images that they are taken in turns: each has to have what it has alone."""
    call = Caller(spec)
    side = 1 + int((LEAST_BYTES / 8) ** (1 / spec.rank))  # an image is more than a block at least
    x = np.random.default_rng(0).integers(0, 9, (3, *(side,) * spec.rank, 1)).astype(float)
    y = call.run("", (x,))
    dy = 1.0 + np.arange(y.size, dtype=float).reshape(y.shape)
    if isinstance(spec, MaxPool):
        found, indices = call.run("", (x,), return_indices=True)
        back = call.run("_backward", (dy, x), indices=indices)
        if not (np.array_equal(found, y) and np.array_equal(back, call.run("_backward", (dy, x)))):
            return Verdict.refute(f"{call.name}(return_indices=True) of large images is another")
    for end, arrays in (("", (x,)), ("_backward", (dy, x))):
        whole = call.run(end, arrays)
        alone = [call.run(end, [array[i : i + 1] for array in arrays]) for i in range(len(x))]
        if not np.array_equal(whole, np.concatenate(alone)):
            return Verdict.refute(f"{call.name}{end}() of many images is not that of each")
    return None
