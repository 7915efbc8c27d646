"""Which schedule runs a call: tap by tap, or patches gathered for one matrix product.

All are generated from the same derivation and certified equal; this is about time and memory.
"""

from __future__ import annotations

import cmath
from math import prod
from typing import Literal, TypeAlias

import numpy as np

from convproof.functions.arrays import Array, Sizes
from convproof.functions.window import Window

Patches: TypeAlias = Literal["im2col", "planes"]

PATCH_BYTES = 2 * 2**20  # patches gathered at a time: what a second-level cache or two holds
FEW_CHANNELS = 4  # patches of fewer are dearer to add up than taps are to go through
# What gathering costs, in ns: each run of numbers that lie together, taps of a pixel or pixels of a
# row; and each number of a row that is read from a pixel of several, or of many, channels.
PER_RUN = 5.0
PER_NUMBER_APART = (0.25, 0.5)
FEW_NUMBERS = 100_000  # in all patches; below, the fewest statements are the fastest
WIDE = 32  # an image with its zeros may be that much larger than without before they cost too much
MANY_GROUPS = 32  # from here on, a product of matrices with one column each does not pay


def patches_of(kernel: Sizes, window: Window) -> Patches:
    """How patches are gathered for a kernel of shape (*taps, C, G, M): by pixels or by planes."""
    depth, groups, _ = kernel[-3:]
    joined = groups == 1 and window.dilation[-1] == 1  # taps beside one another are copied at once
    run = depth * window.taps[-1] if joined else depth
    apart = PER_NUMBER_APART[depth * groups > 16]
    spared = PER_RUN / run - PER_RUN / window.out[-1] - apart
    return "planes" if spared > 0 and prod(window.taps) > 1 else "im2col"


def roomy(space: Sizes, reach: Sizes) -> bool:
    """Whether an image of `space` pixels may be given zeros up to `reach` pixels."""
    return prod(reach) <= max(WIDE * prod(space), PATCH_BYTES // 1024)


def turn_pays(kernel: Sizes, window: Window, images: int) -> bool:
    """Whether the gradient for x is better gathered, with the turned kernel, than sent back.

    Only strides of 1 allow it.  It reads M channels a pixel where the other way adds up C, each
    of which takes several times as long; and it copies the kernel.  The figures are measured.
    """
    if any(step != 1 for step in window.stride):
        return False
    depth, _, outputs = kernel[-3:]
    wide = tuple(
        size + gap * (taps - 1)
        for size, gap, taps in zip(window.inner_space, window.dilation, window.taps, strict=True)
    )
    if not roomy(window.inner_space, wide):
        return False
    patches = images * prod(window.inner_space) * prod(kernel) // depth
    return patches <= FEW_NUMBERS or (
        depth > 1
        and outputs <= 6 * depth
        and not taps_pay_back(kernel)
        and (prod(kernel) < 4096 or images * prod(window.out) >= 8 * max(depth, outputs))
    )


def taps_pay(kernel: Sizes, window: Window) -> bool:
    """Whether going tap by tap beats gathering patches, which needs zeros beside the image."""
    depth, groups, outputs = kernel[-3:]
    lone = depth == outputs == 1 and groups >= MANY_GROUPS
    return lone or not roomy(window.inner_space, window.reach)


def taps_pay_back(kernel: Sizes) -> bool:
    """Whether going tap by tap beats patches that have to be added up one by one."""
    depth, _, outputs = kernel[-3:]
    return outputs == 1 and depth < FEW_CHANNELS


def block_of(window: Window, channels: int, out: Sizes, images: int, itemsize: int) -> int:
    """How many rows of the output `out` have their patches gathered at a time."""
    if prod(window.taps) == 1 and set(window.stride) == {1} and not overhangs(window):
        return max(1, images * out[0])  # the patches are the image: nothing is gathered
    return max(1, PATCH_BYTES // max(1, prod(out[1:]) * prod(window.taps) * channels * itemsize))


def overhangs(window: Window) -> bool:
    """Whether a window reads pixels that are not there, so that patches hold zeros for them."""
    sizes = zip(window.pad_lo, window.reach, window.inner_space, strict=True)
    return any(lo > 0 or reach - lo > size for lo, reach, size in sizes)


def finite(array: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    if array.dtype.kind in "iu":
        return True
    flat = array.reshape(-1)
    # Squares add up to something finite only if all are; if they do not, they may have overflown.
    return cmath.isfinite(np.vdot(flat, flat)) or bool(np.isfinite(flat).all())
