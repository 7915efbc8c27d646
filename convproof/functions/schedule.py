"""Which schedule runs a call: tap by tap, or patches gathered for one matrix product.

All are generated from the same derivation and certified equal; this is about time and memory.
"""

from __future__ import annotations

from math import prod
from typing import Literal, TypeAlias

import numpy as np

from convproof.functions.arrays import Array
from convproof.functions.window import Window

Patches: TypeAlias = Literal["im2col", "planes"]

PATCH_BYTES = 4 * 2**20  # patches gathered at a time: what a second-level cache or two holds
FEW_CHANNELS = 12  # below, copying plane by plane moves longer runs than pixel by pixel

MANY_GROUPS = 32  # from here on, a product of matrices with one column each does not pay


def patches_of(kernel: Array) -> Patches:
    """How patches are gathered for a kernel (*taps, C, G, M): a pixel or a plane at a time."""
    several = prod(kernel.shape[:-3]) > 1
    return "planes" if several and kernel.shape[-3] < FEW_CHANNELS else "im2col"


def taps_pay(kernel: Array, back: bool = False) -> bool:
    """Whether going tap by tap beats patches: many groups of one channel, or few to send back to.

    `back` is for the input's gradient, whose patches have to be added up one by one.
    """
    depth, groups, outputs = kernel.shape[-3:]
    if back:
        return bool(outputs == 1 and depth < FEW_CHANNELS)
    return bool(depth == outputs == 1 and groups >= MANY_GROUPS)


def block_of(kernel: Array, window: Window) -> int:
    """How many rows of output have their patches gathered at a time."""
    entries = prod(window.out[1:]) * int(prod(kernel.shape[:-1]))
    return int(max(1, PATCH_BYTES // max(1, entries * int(kernel.dtype.itemsize))))


def finite(array: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    return array.dtype.kind in "iu" or bool(np.isfinite(array).all())
