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
Back: TypeAlias = Literal["taps", "im2col", "planes", "turned_im2col", "turned_planes"]
Pool: TypeAlias = Literal["taps", "folds", "once", "ones"]

PATCH_BYTES = 2 * 2**20  # patches gathered at a time: what a second-level cache or two holds
# What gathering costs, in ns: each run of numbers that lie together, taps of a pixel or pixels of a
# row; and each number of a row that is read from a pixel of several, or of many, channels.
PER_RUN = 5.0
PER_NUMBER_APART = (0.25, 0.5)
ONES_NUMBERS = 2**22  # numbers that a mean may gather for a product with ones
CACHED_NUMBERS = 2**22  # numbers beyond which each tap of a pool reads from main memory
WIDE = 32  # an image with its zeros may be that much larger than without before they cost too much
MANY_GROUPS = 32  # from here on, a product of matrices with one column each does not pay


def patches_of(kernel: Sizes, window: Window) -> Patches:
    """How patches are gathered for a kernel of shape (*taps, C, G, M): by pixels or by planes."""
    depth, groups, _ = kernel[-3:]
    run = run_of(depth, groups, window)
    apart = PER_NUMBER_APART[depth * groups > 16]
    spared = PER_RUN / run - PER_RUN / window.out[-1] - apart
    return "planes" if spared > 0 and not gathers_nothing(window) else "im2col"


def run_of(depth: int, groups: int, window: Window) -> int:
    """How many numbers of a patch are copied at once: taps beside one another, if they may be."""
    joined = depth == 1 or (groups == 1 and window.dilation[-1] == 1)
    return depth * window.taps[-1] if joined else depth


def gathers_nothing(window: Window) -> bool:
    """Whether the patches are the image itself."""
    return prod(window.taps) == 1 and set(window.stride) == {1} and not overhangs(window)


def roomy(space: Sizes, reach: Sizes) -> bool:
    """Whether an image of `space` pixels may be given zeros up to `reach` pixels."""
    return prod(reach) <= max(WIDE * prod(space), PATCH_BYTES // 1024)


def back_schedules(kernel: Sizes, window: Window, images: int) -> tuple[Back, Back]:
    """The quickest schedule of the gradient for x, and the quickest that reads no zeros.

    The costs are in ns, with figures measured on some thousand layers: what Python takes for the
    whole and for a statement, numbers copied or added, and how many of them lie together.
    """
    depth, groups, outputs = kernel[-3:]
    taps, out, space = prod(window.taps), images * prod(window.out), window.inner_space
    sent = out * taps * groups * depth  # numbers that the taps send back to the image
    width = 1 if depth > 1 else groups if groups > 1 else window.out[-1]
    loops = 10.0 * sent / (depth * width)
    product = 250.0 * groups + 0.04 * sent * outputs
    lone = sent if outputs == 1 else 0
    plain: dict[Back, float] = {
        "taps": 3e3 + 2.9e3 * taps * outputs + sent * outputs + outputs * loops,
        "im2col": 7e3 + 1.7e3 * taps + 0.6 * sent + 0.07 * lone + loops + product,
        "planes": 7e3 + 1.7e3 * taps + 0.77 * sent + 0.15 * lone + loops + product,
    }
    quickest = min(plain, key=plain.__getitem__)
    wide = tuple(
        size + gap * (taps - 1)
        for size, gap, taps in zip(space, window.dilation, window.taps, strict=True)
    )
    flow = tuple(s * (o - 1) + 1 for s, o in zip(window.stride, window.out, strict=True))
    if not roomy(space, wide) or not roomy(space, flow):
        return quickest, quickest
    seen = images * prod(space) * taps * groups * outputs  # numbers that the image's pixels read
    run = run_of(outputs, groups, window)
    spaced = images * prod(space) * groups * outputs if any(s > 1 for s in window.stride) else 0
    apart = 0.14 * seen if outputs * groups > 1 else 0.0
    thin = 0.14 * seen if depth == 1 and groups > 1 else 0.0
    shared = 1e4 + 0.026 * seen * depth + 0.6 * prod(kernel) + 0.5 * spaced + 180.0 * groups
    turned: dict[Back, float] = {
        "turned_im2col": shared + 0.17 * seen + 6.0 * seen / run,
        "turned_planes": shared + 0.4 * seen + apart + thin + 2.5 * seen / space[-1],
    }
    best = min(turned, key=turned.__getitem__)
    return (best if turned[best] < plain[quickest] else quickest), quickest


def pool_schedule(window: Window, images: int, channels: int, mean: bool) -> Pool:
    """The quickest schedule of a pool's forward.

    The costs are in ns, with figures measured on some thousand pools.  On each axis what is before
    it counts as images, what is after it as channels; a run is what is added at once.
    """
    costs: dict[Pool, float] = {"taps": 0.0, "folds": 900.0}
    sizes, padded = [images, *window.space, channels], overhangs(window)
    for axis in range(1, window.rank + 1):
        taps, out, step = (s[axis - 1] for s in (window.taps, window.out, window.stride))
        ahead, behind = prod(sizes[:axis]), prod(sizes[axis + 1 :])
        reads, border = ahead * out * taps, window.overhangs(axis - 1)
        runs = ahead * taps if step == 1 or behind == 1 else reads
        far = reads * behind > CACHED_NUMBERS
        costs["taps"] += 2000 + 1300 * taps + 5.5 * runs + (0.7 if far else 0.23) * reads * behind
        costs["folds"] += 3400 + 23 * reads + 0.36 * ahead * out * behind
        costs["folds"] += (0.4 if far else 0.07) * reads * behind
        costs["folds"] += border * (640 + 0.22 * ahead * window.reach[axis - 1] * behind)
        sizes[axis] = out
    read = prod(sizes) * prod(window.taps)
    run = channels * (window.out[-1] if prod(window.taps) == window.stride[-1] == 1 else 1)
    each = 0.45 if read > CACHED_NUMBERS else 0.25
    costs["once"] = 6000 + 23 * read / run + each * read + 1200 * padded
    if mean and read <= ONES_NUMBERS:
        costs["ones"] = 6400 + 0.31 * read + 3.8 * read / window.taps[-1]
        costs["ones"] += padded * (1200 + 0.16 * images * prod(window.reach) * channels)
    if padded and not roomy(window.space, window.reach):
        return "taps"  # the others give the image its border
    return min(costs, key=costs.__getitem__)


def taps_pay(kernel: Sizes, window: Window) -> bool:
    """Whether going tap by tap beats gathering patches, which needs zeros beside the image."""
    depth, groups, outputs = kernel[-3:]
    lone = depth == outputs == 1 and groups >= MANY_GROUPS
    return lone or not roomy(window.inner_space, window.reach)


def block_of(window: Window, channels: int, out: Sizes, images: int, itemsize: int) -> int:
    """How many rows of the output `out` have their patches gathered at a time."""
    if gathers_nothing(window):
        return max(1, images * out[0])
    return max(1, PATCH_BYTES // max(1, prod(out[1:]) * prod(window.taps) * channels * itemsize))


def overhangs(window: Window) -> bool:
    """Whether a window reads pixels that are not there, so that patches hold zeros for them."""
    return any(window.overhangs(axis) for axis in range(window.rank))


def finite(array: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    if array.dtype.kind in "iu":
        return True
    flat = array.reshape(-1)
    # Squares add up to something finite only if all are; if they do not, they may have overflown.
    return cmath.isfinite(np.vdot(flat, flat)) or bool(np.isfinite(flat).all())
