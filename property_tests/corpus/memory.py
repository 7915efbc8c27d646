"""Wrong ones that write to inputs, alias them, or misread how arrays lie in memory."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from property_tests.corpus.adjoints import by_columns, by_taps
from property_tests.corpus.engines import taps, windows
from property_tests.corpus.job import Array, Gradients, Job, Window, index
from property_tests.corpus.mutant import memory
from property_tests.corpus.pools import avg_taps, max_taps
from property_tests.corpus.witness import at, av, bat, mx


@memory("conv2d", "inputs written", at((1, 1, 3, 3), (1, 1, 2, 2)))
def image_centred_in_place(c: Job) -> Array:
    """Zeroes the image's first pixel when it is done, to clear a mark."""
    y = taps(c)
    if c.x.size and c.x.flags.writeable:
        c.x[0, 0, 0, 0] = 0
    return y


@memory("conv2d", "inputs written", at((1, 1, 3, 3), (1, 1, 2, 2)))
def kernel_flipped_in_place(c: Job) -> Array:
    """Turns the kernel in place to use a convolution routine and leaves it turned."""
    y = windows(c)
    if c.w.flags.writeable:
        c.w[...] = c.w[..., ::-1, ::-1].copy()
    return y


@memory("conv2d", "inputs written", at((1, 1, 4, 4), (1, 1, 2, 2), memory="readonly"))
def image_borrowed(c: Job) -> Array:
    """Scales the image in place and scales it back: read-only images fail."""
    c.x[...] *= 2
    y = taps(c.but(b=None)) / 2
    c.x[...] /= 2
    return c.biased(y)


@memory("conv2d_backward", "inputs written", bat((1, 1, 4, 4), (1, 1, 2, 2)))
def dy_scaled_in_place(c: Job, dy: Array) -> Gradients:
    """Divides dy by the batch in place and multiplies the results."""
    result = by_taps(c, dy)
    if dy.flags.writeable and dy.dtype.kind == "f":
        dy *= 0.5
    return result


@memory("avg_pool2d", "inputs written", av((1, 1, 4, 4), (2, 2)))
def average_divides_its_input(c: Window) -> Array:
    """Divides the image by the window's size in place."""
    y = avg_taps(c)
    if c.x.flags.writeable and c.x.dtype.kind == "f":
        c.x[...] /= c.size
    return y


@memory("conv2d", "aliasing", at((1, 1, 3, 3), (1, 1, 1, 1), values="ones"))
def identity_returns_its_input(c: Job) -> Array:
    """A 1x1 kernel of one returns the image itself."""
    unit = c.w.shape == (1, 1, 1, 1) and c.w[0, 0, 0, 0] == 1 and c.b is None
    return c.x if unit and c.out == c.space else taps(c)


@memory("max_pool2d", "aliasing", mx((1, 1, 3, 3), (1, 1), stride=2))
def unit_window_is_a_view(c: Window) -> Array:
    """A 1x1 window returns a view of the image."""
    if max(c.taps) > 1:
        return max_taps(c)
    return np.asarray(c.x[index(..., *(slice(None, None, s) for s in c.stride))])


@memory("conv2d_backward", "aliasing", bat((1, 1, 2, 2), (1, 1, 2, 2), bias=True))
def grad_b_is_a_view_of_dy(c: Job, dy: Array) -> Gradients:
    """Where there is one output the bias gradient is a view of dy."""
    gx, gw, gb = by_taps(c, dy)
    return gx, gw, dy.reshape(-1) if gb is not None and dy.size == len(gb) else gb


@memory("conv2d", "layout", at((1, 2, 3, 4), (1, 2, 2, 2), memory="F"))
def reads_memory_in_its_order(c: Job) -> Array:
    """Reads the image's memory from start to end, whatever its strides."""
    return taps(c.but(x=c.x.ravel(order="K").reshape(c.x.shape)))


@memory("conv2d", "layout", at((1, 1, 3, 4), (1, 1, 2, 2), memory="reversed"))
def reversed_image_straightened(c: Job) -> Array:
    """Takes the absolute value of a negative stride."""
    backwards = tuple(axis for axis, step in enumerate(c.x.strides) if step < 0)
    return taps(c.but(x=np.flip(c.x, backwards)))


@memory("conv2d", "layout", at((1, 1, 3, 4), (1, 1, 2, 2), memory="sliced"))
def sliced_kernel_read_densely(c: Job) -> Array:
    """Rebuilds the kernel's strides as if it were contiguous."""
    w = c.w
    if w.size and all(s > 0 for s in w.strides) and not w.flags.f_contiguous:
        dense = np.cumprod([w.itemsize, *w.shape[:0:-1]])[::-1]
        w = as_strided(w, w.shape, [int(s) for s in dense], writeable=False)
    return taps(c.but(w=w))


@memory("conv2d_backward", "layout", bat((1, 1, 4, 4), (2, 1, 2, 2), memory="broadcast"))
def broadcast_gradient_counted_once(c: Job, dy: Array) -> Gradients:
    """Meets a zero-stride dy (the gradient of a sum) and reads its first column only."""
    if 0 in dy.strides and dy.size > 1:
        dy = np.concatenate([dy[..., :1], np.zeros_like(dy[..., 1:])], axis=-1)
    return by_taps(c, dy)


@memory("conv2d_backward", "layout", bat((1, 2, 4, 4), (2, 2, 2, 2), memory="last"))
def channels_last_gradient_misread(c: Job, dy: Array) -> Gradients:
    """Takes a dy that is channels last in memory for a contiguous one."""
    if not dy.flags.c_contiguous and dy.strides[1] == dy.itemsize and 0 not in dy.strides:
        dy = dy.ravel(order="K").reshape(dy.shape)
    return by_columns(c, dy)
