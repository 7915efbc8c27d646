"""Wrong ones that write to inputs, alias them, misread memory layouts or keep gradients."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from property_tests.corpus.adjoints import by_columns, by_taps
from property_tests.corpus.engines import taps, windows
from property_tests.corpus.entry import as_conv, as_conv_backward, as_pool, as_pool_backward, whole
from property_tests.corpus.gradients import bat
from property_tests.corpus.job import Array, Functions, Gradients, Job, Window, index
from property_tests.corpus.parameters import at
from property_tests.corpus.pooling import av, mx, mxb
from property_tests.corpus.pools import avg_taps, max_back, max_taps
from property_tests.corpus.stateful import BACK, CONV, Key


@whole(CONV, "inputs written", "stateful", at((1, 1, 3, 3), (1, 1, 2, 2)))
def image_centred_in_place() -> Functions:
    """Zeroes the image's first pixel when it is done, to clear a mark."""

    def conv2d(job: Job) -> Array:
        y = taps(job)
        if job.x.size and job.x.flags.writeable:
            job.x[0, 0, 0, 0] = 0
        return y

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "inputs written", "stateful", at((1, 1, 3, 3), (1, 1, 2, 2)))
def kernel_flipped_in_place() -> Functions:
    """Turns the kernel in place to use a convolution routine and leaves it turned."""

    def conv2d(job: Job) -> Array:
        y = windows(job)
        if job.w.flags.writeable:
            job.w[...] = job.w[..., ::-1, ::-1].copy()
        return y

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "inputs written", "stateful", at((1, 1, 4, 4), (1, 1, 2, 2), memory="readonly"))
def image_borrowed() -> Functions:
    """Scales the image in place and scales it back: read-only images fail."""

    def conv2d(job: Job) -> Array:
        job.x[...] *= 2
        y = taps(job.but(b=None)) / 2
        job.x[...] /= 2
        return job.biased(y)

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "aliasing", "stateful", at((1, 1, 3, 3), (1, 1, 1, 1), values="ones"))
def identity_returns_its_input() -> Functions:
    """A 1x1 kernel of one returns the image itself."""

    def conv2d(job: Job) -> Array:
        unit = job.w.shape == (1, 1, 1, 1) and job.w[0, 0, 0, 0] == 1 and job.b is None
        return job.x if unit and job.out == job.space else taps(job)

    return {"conv2d": as_conv(conv2d)}


@whole(("max_pool2d",), "aliasing", "stateful", mx((1, 1, 3, 3), (1, 1), stride=2))
def unit_window_is_a_view() -> Functions:
    """A 1x1 window returns a view of the image."""

    def max_pool2d(job: Window) -> Array:
        if max(job.taps) == 1:
            return np.asarray(job.x[index(..., *(slice(None, None, s) for s in job.stride))])
        return max_taps(job)

    return {"max_pool2d": as_pool(max_pool2d)}


@whole(CONV, "layout", "stateful", at((1, 2, 3, 4), (1, 2, 2, 2), memory="F"))
def reads_memory_in_its_order() -> Functions:
    """Reads the image's memory from start to end, whatever its strides."""

    def conv2d(job: Job) -> Array:
        return taps(job.but(x=job.x.ravel(order="K").reshape(job.x.shape)))

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "layout", "stateful", at((1, 1, 3, 4), (1, 1, 2, 2), memory="reversed"))
def reversed_image_straightened() -> Functions:
    """Takes the absolute value of a negative stride."""

    def conv2d(job: Job) -> Array:
        x = job.x
        for axis, step in enumerate(x.strides):
            if step < 0:
                x = np.flip(x, axis)
        return taps(job.but(x=x))

    return {"conv2d": as_conv(conv2d)}


@whole(CONV, "layout", "stateful", at((1, 1, 3, 4), (1, 1, 2, 2), memory="sliced"))
def sliced_kernel_read_densely() -> Functions:
    """Rebuilds the kernel's strides as if it were contiguous."""

    def conv2d(job: Job) -> Array:
        w = job.w
        if w.size and all(s > 0 for s in w.strides) and not w.flags.f_contiguous:
            dense = np.cumprod([w.itemsize, *w.shape[:0:-1]])[::-1]
            w = as_strided(w, w.shape, [int(s) for s in dense], writeable=False)
        return taps(job.but(w=w))

    return {"conv2d": as_conv(conv2d)}


@whole(BACK, "layout", "stateful", bat((1, 1, 4, 4), (2, 1, 2, 2), memory="broadcast"))
def broadcast_gradient_counted_once() -> Functions:
    """Meets a zero-stride dy (the gradient of a sum) and reads its first column only."""

    def back(job: Job, dy: Array) -> Gradients:
        if 0 in dy.strides and dy.size > 1:
            dy = np.concatenate([dy[..., :1], np.zeros_like(dy[..., 1:])], axis=-1)
        return by_taps(job, dy)

    return {"conv2d": as_conv(taps), "conv2d_backward": as_conv_backward(back)}


@whole(BACK, "layout", "stateful", bat((1, 2, 4, 4), (2, 2, 2, 2), memory="last"))
def channels_last_gradient_misread() -> Functions:
    """Takes a dy that is channels last in memory for a contiguous one."""

    def back(job: Job, dy: Array) -> Gradients:
        if not dy.flags.c_contiguous and dy.strides[1] == dy.itemsize and 0 not in dy.strides:
            dy = dy.ravel(order="K").reshape(dy.shape)
        return by_columns(job, dy)

    return {"conv2d": as_conv(taps), "conv2d_backward": as_conv_backward(back)}


@whole(
    BACK,
    "accumulates",
    "stateful",
    bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True),
    bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True, seed=1),
)
def gradients_add_up() -> Functions:
    """Adds each call's kernel gradient to the last one's, as an optimiser's field would."""
    kept: dict[Key, Array] = {}

    def back(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(job, dy)
        total = kept.get((gw.shape, gw.dtype))
        kept[gw.shape, gw.dtype] = gw if total is None else total + gw
        return gx, kept[gw.shape, gw.dtype].copy(), gb

    return {"conv2d": as_conv(taps), "conv2d_backward": as_conv_backward(back)}


@whole(
    BACK,
    "stale state",
    "stateful",
    at((1, 1, 4, 4), (1, 1, 2, 2)),
    at((1, 1, 4, 4), (1, 1, 2, 2), seed=1),
    bat((1, 1, 4, 4), (1, 1, 2, 2)),
)
def backward_uses_last_forward() -> Functions:
    """The backward reads the image kept by the last forward, whichever that was."""
    kept: list[Array] = []

    def conv2d(job: Job) -> Array:
        kept[:] = [job.x.copy()]
        return taps(job)

    def back(job: Job, dy: Array) -> Gradients:
        if kept and kept[0].shape == job.x.shape and kept[0].dtype == job.x.dtype:
            job = job.but(x=kept[0])
        return by_taps(job, dy)

    return {"conv2d": as_conv(conv2d), "conv2d_backward": as_conv_backward(back)}


@whole(BACK, "inputs written", "stateful", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def dy_scaled_in_place() -> Functions:
    """Divides dy by the batch in place and multiplies the results."""

    def back(job: Job, dy: Array) -> Gradients:
        result = by_taps(job, dy)
        if dy.flags.writeable and dy.dtype.kind == "f":
            dy *= 0.5
        return result

    return {"conv2d": as_conv(taps), "conv2d_backward": as_conv_backward(back)}


@whole(BACK, "aliasing", "stateful", bat((1, 1, 2, 2), (1, 1, 2, 2), bias=True))
def grad_b_is_a_view_of_dy() -> Functions:
    """Where there is one output the bias gradient is a view of dy."""

    def back(job: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(job, dy)
        if gb is not None and dy.size == len(gb):
            gb = dy.reshape(-1)
        return gx, gw, gb

    return {"conv2d": as_conv(taps), "conv2d_backward": as_conv_backward(back)}


@whole(
    ("max_pool2d_backward",),
    "stale state",
    "stateful",
    mx((1, 1, 4, 4), (2, 2)),
    mxb((1, 1, 4, 4), (2, 2)),
    mxb((1, 1, 4, 4), (2, 2), seed=5),
)
def max_places_cached_by_shape() -> Functions:
    """Remembers where maxima were by shape and window, for the next backward too."""
    kept: dict[Key, Array] = {}

    def back(job: Window, dy: Array) -> Array:
        x = kept.setdefault((job.x.shape, job.taps, job.stride, job.padding), job.x.copy())
        return max_back(job.but(x=x), dy)

    return {"max_pool2d": as_pool(max_taps), "max_pool2d_backward": as_pool_backward(back)}


@whole(
    ("max_pool2d",),
    "workspace",
    "stateful",
    mx((1, 1, 4, 4), (2, 2)),
    mx((1, 1, 4, 4), (2, 2), seed=1, values="negative"),
)
def running_maximum_kept() -> Functions:
    """Starts each maximum from the last call's results of that shape."""
    kept: dict[Key, Array] = {}

    def max_pool2d(job: Window) -> Array:
        y = max_taps(job)
        last = kept.get((y.shape, y.dtype))
        kept[y.shape, y.dtype] = y if last is None else np.maximum(last, y)
        return kept[y.shape, y.dtype].copy()

    return {"max_pool2d": as_pool(max_pool2d)}


@whole(("avg_pool2d",), "inputs written", "stateful", av((1, 1, 4, 4), (2, 2)))
def average_divides_its_input() -> Functions:
    """Divides the image by the window's size in place."""

    def avg_pool2d(job: Window) -> Array:
        y = avg_taps(job)
        if job.x.flags.writeable and job.x.dtype.kind == "f":
            job.x[...] /= int(np.prod(job.taps))
        return y

    return {"avg_pool2d": as_pool(avg_pool2d)}


@whole(CONV, "noise", "stateful", *(at((1, 1, 3, 3), (1, 1, 2, 2), seed=s) for s in range(40)))
def rarely_wrong_at_random() -> Functions:
    """About one call in twenty loses an atomic addition."""
    rng = np.random.default_rng(12)

    def conv2d(job: Job) -> Array:
        y = taps(job)
        if y.size and rng.random() < 0.05:
            y.reshape(-1)[rng.integers(y.size)] += 1
        return y

    return {"conv2d": as_conv(conv2d)}
