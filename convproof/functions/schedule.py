"""Which schedule runs a call: tap by tap, or patches gathered for one matrix product.

All are generated from the same derivation and certified equal; this is about time and memory.
"""

from __future__ import annotations

from math import prod
from typing import Literal, TypeAlias

import numpy as np

from convproof.functions.arrays import Array, Sizes
from convproof.functions.window import Window

Patches: TypeAlias = Literal["im2col", "planes"]

PATCH_BYTES = 2 * 2**20  # patches gathered at a time: what a second-level cache or two holds
FEW_CHANNELS = 4  # below, copying plane by plane moves longer runs than pixel by pixel
WIDE = 4  # an image with its zeros may be that much larger than without before they cost too much
MANY_GROUPS = 32  # from here on, a product of matrices with one column each does not pay


def patches_of(kernel: Sizes, window: Window) -> Patches:
    """How patches are gathered for a kernel of shape (*taps, C, G, M): by pixels or by planes."""
    if not roomy(window.inner_space, window.reach):
        return "planes"  # which needs no zeros beside the image
    several = prod(kernel[:-3]) > 1
    return "planes" if several and kernel[-3] < FEW_CHANNELS else "im2col"


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
    return (
        depth > 1
        and outputs <= 6 * depth
        and (prod(kernel) < 4096 or images * prod(window.out) >= 8 * max(depth, outputs))
        and roomy(window.inner_space, wide)
    )


def taps_pay(kernel: Sizes, back: bool = False) -> bool:
    """Whether going tap by tap beats patches: many groups of one channel, or few to send back to.

    `back` is for the input's gradient, whose patches have to be added up one by one.
    """
    depth, groups, outputs = kernel[-3:]
    if back:
        return outputs == 1 and depth < FEW_CHANNELS
    return depth == outputs == 1 and groups >= MANY_GROUPS


def block_of(patch: int, out: Sizes, itemsize: int) -> int:
    """How many rows of an output have their patches, of `patch` entries, gathered at a time."""
    return max(1, PATCH_BYTES // max(1, prod(out[1:]) * patch * itemsize))


def finite(array: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    return array.dtype.kind in "iu" or bool(np.isfinite(array).all())
