"""Wrong convolutions and poolings in one and three dimensions."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.adjoints import by_loops, by_taps, grad_w
from property_tests.corpus.engines import im2col, loops, taps, windows
from property_tests.corpus.entry import back, conv, pool, pool_back
from property_tests.corpus.job import Array, Gradients, Job, Window
from property_tests.corpus.parameters import fit, turned
from property_tests.corpus.pools import avg_taps, lowest, max_back, max_taps, max_windows
from property_tests.corpus.witness import Call


@conv("kernel flipped", "easy", Call("conv1d", (1, 1, 5), (1, 1, 2)))
def conv1d_flipped(job: Job) -> Array:
    """Uses `numpy.convolve`, which flips."""
    return im2col(job.but(w=turned(job.w)))


@conv("dilation ignored", "parameter-bound", Call("conv1d", (1, 1, 6), (1, 1, 2), dilation=2))
def conv1d_without_dilation(job: Job) -> Array:
    """Ignores the dilation and trims."""
    return fit(windows(job.but(dilation=(1,))), job)


@conv("padding", "parameter-bound", Call("conv1d", (1, 1, 5), (1, 1, 3), padding=1))
def conv1d_causal(job: Job) -> Array:
    """Pads on the left only, as a causal layer does."""
    x = np.pad(job.x, [(0, 0), (0, 0), (2 * job.padding[0], 0)])
    return taps(job.but(x=x, padding=(0,)))


@conv(
    "stride ignored", "parameter-bound", Call("conv3d", (1, 1, 5, 4, 4), (1, 1, 2, 2, 2), stride=2)
)
def conv3d_depth_not_strided(job: Job) -> Array:
    """Strides the rows and columns and leaves the depth at one."""
    return fit(loops(job.but(stride=(1, *job.stride[1:]))), job)


@conv("axes swapped", "easy", Call("conv3d", (1, 1, 4, 4, 4), (1, 1, 2, 2, 2)))
def conv3d_axes_reversed(job: Job) -> Array:
    """Reads cubic kernels as (KW, KH, KD)."""
    cubic = len(set(job.taps)) == 1
    return taps(job.but(w=job.w.transpose(0, 1, 4, 3, 2)) if cubic else job)


@conv("padding", "parameter-bound", Call("conv3d", (1, 1, 3, 3, 3), (1, 1, 2, 2, 2), padding=1))
def conv3d_depth_not_padded(job: Job) -> Array:
    """Pads rows and columns; the missing planes of the result are zero."""
    other = job.but(padding=(0, *job.padding[1:]))
    return fit(taps(other), job) if min(other.room) >= 0 else taps(job)


@back("tied copies", "parameter-bound", Call("conv1d_backward", (2, 1, 5), (1, 1, 2)))
def conv1d_grad_of_last_sample(job: Job, dy: Array) -> Gradients:
    """Assigns the kernel's gradient in the loop over the batch."""
    gx, _, gb = by_taps(job, dy)
    return gx, grad_w(job.but(x=job.x[-1:]), dy[-1:]), gb


@back(
    "grad_w",
    "parameter-bound",
    Call("conv3d_backward", (1, 1, 4, 4, 4), (1, 1, 2, 1, 2), dilation=(2, 1, 1)),
)
def conv3d_grad_depth_turned(job: Job, dy: Array) -> Gradients:
    """With a dilated depth the kernel's gradient comes back to front."""
    gx, gw, gb = by_loops(job, dy)
    return gx, gw[:, :, ::-1].copy() if job.dilation[0] > 1 else gw, gb


@pool(
    "padding value",
    "parameter-bound",
    Call("max_pool1d", (1, 1, 4), (2,), padding=1, values="negative"),
)
def max_pool1d_pads_with_zero(job: Window) -> Array:
    """Lets the border compete as zeros."""
    return max_windows(job.but(x=job.padded(0), padding=(0,)))


@pool("reduction", "parameter-bound", Call("avg_pool3d", (1, 1, 4, 4, 4), (2, 2, 2)))
def avg_pool3d_divides_by_plane(job: Window) -> Array:
    """Divides by KH * KW and forgets the depth."""
    return avg_taps(job) * job.taps[0]


@pool("stride ignored", "parameter-bound", Call("max_pool3d", (1, 1, 6, 6, 6), (2, 2, 2), stride=2))
def max_pool3d_depth_kept(job: Window) -> Array:
    """Takes the first planes of the depth instead of pooling it."""
    flat = max_taps(
        job.but(
            taps=(1, *job.taps[1:]),
            stride=(1, *job.stride[1:]),
            x=job.padded(lowest(job.x.dtype)),
            padding=(0, 0, 0),
        )
    )
    return flat[:, :, : job.out[0]].copy()


@pool_back("threshold", "thin-slice", Call("max_pool1d_backward", (1, 1, 40), (2,), stride=2))
def max_pool1d_grad_first_16(job: Window, dy: Array) -> Array:
    """Passes back the gradients of the first 16 windows."""
    some = dy.copy()
    some[..., 16:] = 0
    return max_back(job, some)
