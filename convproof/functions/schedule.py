"""Which schedule runs a call: tap by tap, or patches gathered for one matrix product.

Both are generated from the same derivation and certified equal; this is about time and memory.
"""

from __future__ import annotations

from math import prod

import numpy as np

from convproof.functions.arrays import Array
from convproof.functions.window import Window

PATCH_BYTES = 4 * 2**20  # patches gathered at a time: what a second-level cache or two holds
FEW_PRODUCTS = 2  # a matrix product with inner or outer sizes this small is slower than slices


def patches_pay(kernel: Array, window: Window) -> bool:
    """Whether a matrix product beats slices, for a kernel (*taps, C, G, M)."""
    depth, _, outputs = kernel.shape[-3:]
    return bool(depth * outputs > FEW_PRODUCTS)


def block_of(kernel: Array, window: Window) -> int:
    """How many images' patches are gathered at a time."""
    entries = prod(window.out) * int(prod(kernel.shape[:-1]))
    return int(max(1, PATCH_BYTES // max(1, entries * int(kernel.dtype.itemsize))))


def finite(array: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    return array.dtype.kind in "iu" or bool(np.isfinite(array).all())
