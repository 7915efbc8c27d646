"""Right implementations: a checker that fails one of these raises a false alarm.

They differ in what lawful code differs in: rounding, memory layout of the results, dtype of the
results, which arguments are taken or refused, who wins a tie.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.errors import MissingExtra
from property_tests.corpus import adjoints, engines, pools
from property_tests.corpus.entry import (
    Backward,
    Forward,
    as_conv,
    as_conv_backward,
    as_pool,
    as_pool_backward,
    whole,
)
from property_tests.corpus.job import Array, Function, Functions, Gradients, Job

CONV = ("conv2d", "conv2d_backward")
MAX = ("max_pool2d", "max_pool2d_backward")
AVG = ("avg_pool2d", "avg_pool2d_backward")


def pair(forward: Forward, backward: Backward) -> Functions:
    """Both functions under the contract's names."""
    return {"conv2d": as_conv(forward), "conv2d_backward": as_conv_backward(backward)}


def poolings() -> Functions:
    """All four poolings, by taps."""
    return {
        "max_pool2d": as_pool(pools.max_taps),
        "max_pool2d_backward": as_pool_backward(pools.max_back),
        "avg_pool2d": as_pool(pools.avg_taps),
        "avg_pool2d_backward": as_pool_backward(pools.avg_back),
    }


def each(change: Callable[[Array], Array], function: Function) -> Function:
    """`function` with `change` done to each array that it returns."""

    @functools.wraps(function)
    def changed(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if isinstance(result, tuple):
            return tuple(None if part is None else change(part) for part in result)
        return change(result)

    return changed


@whole(CONV + MAX + AVG, "loops", "right")
def right_loops() -> Functions:
    """Plain loops over output positions, homework style, pooling included."""
    return (
        pair(engines.loops, adjoints.by_loops)
        | poolings()
        | {
            "max_pool2d": as_pool(pools.max_loops),
            "max_pool2d_backward": as_pool_backward(pools.max_back_loops),
        }
    )


@whole(CONV, "im2col", "right")
def right_im2col() -> Functions:
    """Columns and one matrix product; col2im by `np.add.at`."""
    return pair(engines.im2col, adjoints.by_columns)


@whole(CONV + MAX + AVG, "shift and add", "right")
def right_shift_and_add() -> Functions:
    """One strided slice a tap, for convolution and both poolings."""
    return pair(engines.taps, adjoints.by_taps) | poolings()


@whole(CONV, "scatter", "right")
def right_scatter() -> Functions:
    """Each input pixel adds to the outputs that see it; the backward by transposed convolution."""
    return pair(engines.scatter, adjoints.by_transposed)


@whole(CONV + MAX + AVG, "windows", "right")
def right_windows() -> Functions:
    """Strided window views, reduced by einsum, max and mean."""
    return (
        pair(engines.windows, adjoints.by_columns)
        | poolings()
        | {
            "max_pool2d": as_pool(pools.max_windows),
            "avg_pool2d": as_pool(pools.avg_windows),
        }
    )


@whole(CONV, "fft", "right")
def right_fft() -> Functions:
    """The convolution theorem, gradients by the transform too: exact nowhere."""

    def backward(job: Job, dy: Array) -> Gradients:
        parts = []
        for part, flow in adjoints.split(job, dy):
            wide = adjoints.stretched(part, flow)
            edge = tuple(d * (k - 1) for d, k in zip(part.dilation, part.taps, strict=True))
            turned = part.w.swapaxes(0, 1)[..., ::-1, ::-1]
            full = engines.fft(part.but(x=wide, w=turned, b=None, stride=(1, 1), padding=edge))
            parts.append(adjoints.unpad(part, full))
        gw = adjoints.grad_w(job, dy)
        return np.concatenate(parts, axis=1), gw, adjoints.grad_b(job, dy)

    return pair(engines.fft, backward)


@whole(CONV, "winograd", "right")
def right_winograd() -> Functions:
    """F(2x2, 3x3) where it applies and shift-and-add elsewhere, grad_x included."""

    def backward(job: Job, dy: Array) -> Gradients:
        if not engines.suits_winograd(job) or job.groups > 1:
            return adjoints.by_taps(job, dy)
        turned = job.w.swapaxes(0, 1)[..., ::-1, ::-1]
        full = engines.winograd(job.but(x=dy, w=turned, b=None, padding=(2, 2)))
        return adjoints.unpad(job, full), adjoints.grad_w(job, dy), adjoints.grad_b(job, dy)

    return pair(engines.winograd, backward)


@whole(CONV, "sparse matrix", "right")
def right_toeplitz() -> Functions:
    """The layer as a sparse matrix times the flattened image."""
    return pair(engines.toeplitz, adjoints.by_columns)


@whole(CONV, "float16", "right")
def right_float16_storage() -> Functions:
    """Rounds whatever it gets to float16, sums in float32 and gives float16 back."""

    def half(array: Array) -> Array:
        if array.dtype.kind != "f":
            raise ValueError(f"dtype={array.dtype}: allowed is a floating dtype")
        with np.errstate(over="ignore"):
            return array.astype(np.float16)

    def small(job: Job) -> Job:
        return job.but(x=half(job.x), w=half(job.w), b=None if job.b is None else half(job.b))

    def forward(job: Job) -> Array:
        with np.errstate(over="ignore"):
            return engines.taps(small(job))

    def backward(job: Job, dy: Array) -> Gradients:
        with np.errstate(over="ignore"):
            return adjoints.by_taps(small(job), half(dy))

    return pair(forward, backward)


@whole(CONV + MAX, "memory layout", "right")
def right_channels_last_results() -> Functions:
    """Results are transposed views of channels-last arrays."""

    def last(array: Array) -> Array:
        if array.ndim < 3:
            return array
        return np.moveaxis(np.ascontiguousarray(np.moveaxis(array, 1, -1)), -1, 1)

    whole_set = pair(engines.im2col, adjoints.by_taps) | poolings()
    return {op: each(last, whole_set[op]) for op in CONV + MAX}


@whole(CONV, "memory layout", "right")
def right_read_only_results() -> Functions:
    """Results cannot be written to."""

    def frozen(array: Array) -> Array:
        array = array.copy()
        array.flags.writeable = False
        return array

    whole_set = pair(engines.taps, adjoints.by_columns)
    return {op: each(frozen, whole_set[op]) for op in CONV}


@whole(CONV + MAX + AVG, "memory layout", "right")
def right_fortran_results() -> Functions:
    """Results are Fortran ordered."""
    whole_set = pair(engines.loops, adjoints.by_taps) | poolings()
    return {op: each(np.asfortranarray, whole_set[op]) for op in CONV + MAX + AVG}


@whole(CONV, "precision", "right")
def right_float64_inside() -> Functions:
    """Computes in float64 and rounds once to the arguments' dtype: better than most."""

    def wide(job: Job) -> Job:
        if job.kind.kind != "f":
            return job
        return job.but(
            x=job.x.astype(float),
            w=job.w.astype(float),
            b=None if job.b is None else job.b.astype(float),
        )

    def forward(job: Job) -> Array:
        return engines.im2col(wide(job)).astype(job.kind)

    def backward(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = adjoints.by_taps(wide(job), dy)
        return gx.astype(job.kind), gw.astype(job.kind), None if gb is None else gb.astype(job.kind)

    return pair(forward, backward)


@whole(CONV, "precision", "right")
def right_float64_results() -> Functions:
    """Gives float64 whatever it gets, as teaching code that starts from `np.zeros` does."""

    def wide(job: Job) -> Job:
        b = None if job.b is None else job.b.astype(float)
        return job.but(x=job.x.astype(float), w=job.w.astype(float), b=b)

    return pair(
        lambda job: engines.loops(wide(job)),
        lambda job, dy: adjoints.by_loops(wide(job), dy.astype(float)),
    )


@whole(CONV, "precision", "right")
def right_float32_results() -> Functions:
    """Computes in float32 and gives float32, whatever it gets, as JAX does by default."""

    def narrow(job: Job) -> Job:
        if job.kind.kind != "f":
            raise TypeError(f"dtype={job.kind}: allowed is a floating dtype")
        b = None if job.b is None else job.b.astype(np.float32)
        return job.but(x=job.x.astype(np.float32), w=job.w.astype(np.float32), b=b)

    return pair(
        lambda job: engines.windows(narrow(job)),
        lambda job, dy: adjoints.by_columns(narrow(job), dy.astype(np.float32)),
    )


@whole(CONV, "tiles", "right")
def right_tiled() -> Functions:
    """Tiles of eight rows, blocks of sixteen channels, halo read."""
    return pair(engines.tiled, adjoints.by_taps)


@whole(CONV, "flat grid", "right")
def right_flat_grid() -> Functions:
    """Shifted copies of the flattened padded grid."""
    return pair(engines.flat, adjoints.by_columns)


@whole(CONV + MAX + AVG, "torch", "right")
def right_torch() -> Functions:
    """PyTorch behind NumPy arguments, gradients by its autograd."""
    try:
        import torch
    except ImportError:
        raise MissingExtra.of("torch", "torch", "the torch-backed right implementation") from None
    functional = torch.nn.functional

    def leaf(array: Array | None) -> Any:
        return None if array is None else torch.from_numpy(np.array(array)).requires_grad_()

    def forward(job: Job) -> Array:
        y = functional.conv2d(
            leaf(job.x), leaf(job.w), leaf(job.b), job.stride, job.padding, job.dilation, job.groups
        )
        return np.asarray(y.detach().numpy())

    def backward(job: Job, dy: Array) -> Gradients:
        x, w, b = leaf(job.x), leaf(job.w), leaf(job.b)
        with torch.enable_grad():
            y = functional.conv2d(x, w, b, job.stride, job.padding, job.dilation, job.groups)
        y.backward(torch.from_numpy(np.array(dy)))
        return x.grad.numpy(), w.grad.numpy(), None if b is None else b.grad.numpy()

    def pooled(kind: str) -> tuple[Function, Function]:
        run = getattr(functional, f"{kind}_pool2d")

        def pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
            if kind == "avg" and x.dtype.kind != "f":  # PyTorch's own mean of integers truncates
                raise TypeError(f"dtype={x.dtype}: allowed is a floating dtype")
            return np.asarray(run(torch.from_numpy(np.array(x)), kernel, stride, padding).numpy())

        def pool_backward(
            x: Array, grad_y: Array, kernel: Any, stride: Any = None, padding: Any = 0
        ) -> Array:
            image = leaf(x)
            with torch.enable_grad():
                y = run(image, kernel, stride, padding)
            y.backward(torch.from_numpy(np.array(grad_y)))
            return np.asarray(image.grad.numpy())

        return pool, pool_backward

    mx, av = pooled("max"), pooled("avg")
    return pair(forward, backward) | {
        "max_pool2d": mx[0],
        "max_pool2d_backward": mx[1],
        "avg_pool2d": av[0],
        "avg_pool2d_backward": av[1],
    }
