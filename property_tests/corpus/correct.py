"""Right implementations: a checker that fails one of these raises a false alarm.

They differ in what lawful code differs in: rounding, memory layout of the results, dtype of the
results, which arguments are taken or refused, who wins a tie.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from property_tests.corpus import adjoints, engines, pools
from property_tests.corpus.job import Array, Function, Functions, Gradients, Job, turned
from property_tests.corpus.mutant import (
    AVG,
    CONV,
    MAX,
    as_conv,
    as_conv_backward,
    as_pool,
    as_pool_backward,
    correct,
    pair,
    right_functions,
    whole,
)
from property_tests.corpus.sources import functions


def each(change: Callable[[Array], Array], functions: Functions) -> Functions:
    """The functions with `change` done to each array that they return."""

    def dressed(function: Function) -> Function:
        @functools.wraps(function)
        def changed(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            if isinstance(result, tuple):
                return tuple(None if part is None else change(part) for part in result)
            return change(result)

        return changed

    return {op: dressed(function) for op, function in functions.items()}


def cast(c: Job, kind: Any) -> Job:
    """The job's arrays in another dtype."""
    b = None if c.b is None else c.b.astype(kind)
    return c.but(x=c.x.astype(kind), w=c.w.astype(kind), b=b)


def fft_back(c: Job, dy: Array) -> Gradients:
    """grad_x by the transform, the rest by taps."""
    parts = []
    for part, flow in adjoints.split(c, dy):
        wide = adjoints.stretched(part, flow)
        edge = tuple(extent - 1 for extent in part.extent)
        back = part.but(x=wide, w=turned(part.w.swapaxes(0, 1)), stride=(1, 1), padding=edge)
        parts.append(adjoints.unpad(part, engines.fft(back)))
    return np.concatenate(parts, axis=1), adjoints.grad_w(c, dy), adjoints.grad_b(c, dy)


def winograd_back(c: Job, dy: Array) -> Gradients:
    """grad_x by F(2x2, 3x3) where that applies."""
    if not engines.suits_winograd(c) or c.groups > 1:
        return adjoints.by_taps(c, dy)
    back = c.but(x=dy, w=turned(c.w.swapaxes(0, 1)), b=None, padding=(2, 2))
    gx = adjoints.unpad(c, engines.winograd(back))
    return gx, adjoints.grad_w(c, dy), adjoints.grad_b(c, dy)


def half(array: Array) -> Array:
    """A floating array rounded to float16."""
    if array.dtype.kind != "f":
        raise ValueError(f"dtype={array.dtype}: allowed is a floating dtype")
    with np.errstate(over="ignore"):
        return array.astype(np.float16)


def small(c: Job) -> Job:
    """The job in float16."""
    return c.but(x=half(c.x), w=half(c.w), b=None if c.b is None else half(c.b))


def quiet(run: Callable[..., Any]) -> Callable[..., Any]:
    """`run` without NumPy's warnings of overflow."""

    def calm(*args: Any) -> Any:
        with np.errstate(over="ignore"):
            return run(*args)

    return calm


def wide_back(c: Job, dy: Array) -> Gradients:
    """Gradients in float64, rounded once."""
    gx, gw, gb = adjoints.by_taps(cast(c, float) if c.kind.kind == "f" else c, dy)
    return gx.astype(c.kind), gw.astype(c.kind), None if gb is None else gb.astype(c.kind)


def floating(c: Job) -> Job:
    """The job, refused where its arrays are not floating."""
    if c.x.dtype.kind != "f" or c.w.dtype.kind != "f":
        raise TypeError(f"dtype={c.kind}: allowed is a floating dtype")
    return c


def last(array: Array) -> Array:
    """The same array, channels last in memory."""
    if array.ndim < 3:
        return array
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(array, 1, -1)), -1, 1)


def frozen(array: Array) -> Array:
    """A copy that cannot be written to."""
    array = array.copy()
    array.flags.writeable = False
    return array


# A table, one implementation a paragraph.
# fmt: off
correct("right-loops", "loops",
        "Plain loops over output positions, homework style, pooling included.",
        pair(engines.loops, adjoints.by_loops) | right_functions(*MAX, *AVG) | {"max_pool2d":
            as_pool(pools.max_loops), "max_pool2d_backward":
            as_pool_backward(pools.max_back_loops)})
correct("right-im2col", "im2col", "Columns and one matrix product; col2im by `np.add.at`.",
        pair(engines.im2col, adjoints.by_columns))
correct("right-shift-and-add", "shift and add",
        "One strided slice a tap, for convolution and both poolings.",
        right_functions(*CONV, *MAX, *AVG))
correct("right-scatter", "scatter",
        "Each input pixel adds to the outputs that see it; the backward by transposed convolution.",
        pair(engines.scatter, adjoints.by_transposed))
correct("right-windows", "windows", "Strided window views, reduced by einsum, max and mean.",
        pair(engines.windows, adjoints.by_columns) | right_functions(*MAX, *AVG) | {"max_pool2d":
            as_pool(pools.max_windows), "avg_pool2d": as_pool(pools.avg_windows)})
correct("right-fft", "fft",
        "The convolution theorem, gradients by the transform too: exact nowhere.",
        pair(engines.fft, fft_back))
correct("right-winograd", "winograd",
        "F(2x2, 3x3) where it applies and shift-and-add elsewhere, grad_x included.",
        pair(engines.winograd, winograd_back))
correct("right-toeplitz", "sparse matrix",
        "The layer as a sparse matrix times the flattened image.",
        pair(engines.toeplitz, adjoints.by_columns))
correct("right-tiled", "tiles", "Tiles of eight rows, blocks of sixteen channels, halo read.",
        pair(engines.tiled, adjoints.by_taps))
correct("right-flat-grid", "flat grid", "Shifted copies of the flattened padded grid.",
        pair(engines.flat, adjoints.by_columns))
correct("right-other-ranks", "ranks", "One- and three-dimensional layers by shift and add.",
        right_functions("conv1d", "conv1d_backward", "conv3d_backward", "max_pool1d",
            "max_pool1d_backward", "avg_pool3d", "avg_pool3d_backward") | {"conv3d":
            as_conv(engines.windows)})

correct("right-float16-storage", "float16",
        "Rounds whatever it gets to float16, sums in float32 and gives float16 back.",
        pair(quiet(lambda c: engines.taps(small(c))), quiet(lambda c, dy:
            adjoints.by_taps(small(c), half(dy)))))
correct("right-float64-inside", "precision",
        "Computes in float64 and rounds once to the arguments' dtype: better than most.",
        pair(lambda c: engines.im2col(cast(c, float) if c.kind.kind == "f" else c).astype(c.kind),
            wide_back))
correct("right-float64-results", "precision",
        "Gives float64 whatever it gets, as teaching code that starts from `np.zeros` does.",
        pair(lambda c: engines.loops(cast(c, float)), lambda c, dy: adjoints.by_loops(cast(c,
            float), dy.astype(float))))
correct("right-float32-results", "precision",
        "Computes in float32 and gives float32, whatever it gets, as JAX does by default.",
        pair(lambda c: engines.windows(cast(floating(c), np.float32)), lambda c, dy:
            adjoints.by_columns(cast(floating(c), np.float32), dy.astype(np.float32))))
correct("right-channels-last-results", "memory layout",
        "Results are transposed views of channels-last arrays.",
        each(last, pair(engines.im2col, adjoints.by_taps) | right_functions(*MAX)))
correct("right-read-only-results", "memory layout", "Results cannot be written to.",
        each(frozen, pair(engines.taps, adjoints.by_columns)))
correct("right-fortran-results", "memory layout", "Results are Fortran ordered.",
        each(np.asfortranarray, pair(engines.loops, adjoints.by_taps) | right_functions(*MAX,
            *AVG)))
# fmt: on


@whole(CONV, "cache", "right")
def right_cache_by_content() -> Functions:
    """Caches packed kernels by their bytes, which no change of values escapes."""
    packed: dict[tuple[object, ...], Array] = {}
    lock = threading.Lock()

    def forward(c: Job) -> Array:
        key = (c.w.shape, c.w.dtype.str, c.w.tobytes())
        with lock:
            if len(packed) > 16:
                packed.clear()
            w = packed.setdefault(key, c.w.copy())
        return engines.taps(c.but(w=w))

    return pair(forward, adjoints.by_taps)


@whole(CONV, "workspace", "right")
def right_workspace_by_thread() -> Functions:
    """Pads into a buffer that it keeps, one for each thread, cleared each time."""
    local = threading.local()

    def forward(c: Job) -> Array:
        kept: dict[Any, Array] = local.__dict__
        fresh = c.padded()
        padded = kept.setdefault(f"{fresh.shape}{fresh.dtype}", np.empty_like(fresh))
        padded[...] = fresh
        return engines.taps(c.but(x=padded, padding=(0,) * c.rank)).copy()

    return pair(forward, adjoints.by_columns)


@whole((*CONV, *MAX, *AVG), "torch", "right")
def right_torch() -> Functions:
    """PyTorch behind NumPy arguments, gradients by its autograd."""
    from property_tests.corpus import library

    pooled = {
        f"{kind}_pool2d{way}": function
        for kind in ("max", "avg")
        for way, function in zip(("", "_backward"), library.pooled(kind), strict=True)
    }
    return {
        "conv2d": as_conv(library.forward),
        "conv2d_backward": as_conv_backward(library.backward),
        **pooled,
    }


for _name, _about in (
    ("loops", "Course work: loops over output positions."),
    ("columns", "A matrix product over columns, indices as course work makes them."),
    ("views", "Strided views, everything on each axis."),
    ("kernels", "Tiles and blocks, poolings by taps."),
):
    correct(f"right-file-{_name}", "files", _about, functions(_name))
