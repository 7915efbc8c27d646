"""Random lawful calls, drawn quickly and reproducibly, with integer-valued arrays.

Sizes are small, so that corners (one pixel, one tap, stride beyond the kernel, leftover rows,
windows on the padding) are drawn often.  Every value is an integer small enough for every sum
to be exact in float64, so that results compare with `==`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# Every divisor of a mean over at most 3 positions an axis, on 3 axes, divides this.
DIVISIBLE = 6**3
LARGEST = {1: 9, 2: 6, 3: 4}


@dataclass(frozen=True)
class Configuration:
    """One call: arrays channels first and batched, plain numbers, `extra` keywords of the op."""

    op: str
    rank: int
    x: np.ndarray
    kernel: np.ndarray | None
    bias: np.ndarray | None
    taps: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    pads: tuple[tuple[int, int], ...]
    groups: int = 1
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def space(self) -> tuple[int, ...]:
        return self.x.shape[2:]

    def __str__(self) -> str:
        kernel = None if self.kernel is None else self.kernel.shape
        return (
            f"{self.op}{self.rank}d x={self.x.shape} kernel={kernel} taps={self.taps} "
            f"stride={self.stride} dilation={self.dilation} pads={self.pads} "
            f"groups={self.groups} {self.extra}"
        )


def integers(rng: np.random.Generator, shape: tuple[int, ...], scale: int = 1) -> np.ndarray:
    return rng.integers(-4, 5, shape).astype(np.float64) * scale


def draw(op: str, rank: int, rng: np.random.Generator) -> Configuration:
    """One lawful configuration of `op`: "conv", "conv_transpose", "max_pool" or "avg_pool"."""
    while True:
        space = tuple(int(n) for n in rng.integers(1, LARGEST[rank] + 1, rank))
        taps = tuple(int(n) for n in rng.integers(1, 4, rank))
        stride = tuple(int(n) for n in rng.integers(1, 4, rank))
        dilated = op != "avg_pool" and rng.random() < 0.5
        dilation = tuple(int(n) for n in rng.integers(1, 4, rank)) if dilated else (1,) * rank
        pads = tuple((int(a), int(b)) for a, b in rng.integers(0, 3, (rank, 2)))
        if rng.random() < 0.6:
            pads = tuple((lo, lo) for lo, _ in pads)
        made = finish(op, rank, space, taps, stride, dilation, pads, rng)
        if made is not None:
            return made


def finish(
    op: str,
    rank: int,
    space: tuple[int, ...],
    taps: tuple[int, ...],
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pads: tuple[tuple[int, int], ...],
    rng: np.random.Generator,
) -> Configuration | None:
    """The drawn numbers with arrays, or None if no layer can have them."""
    extents = [d * (k - 1) + 1 for d, k in zip(dilation, taps, strict=True)]
    batch = int(rng.integers(1, 3))
    if op in ("max_pool", "avg_pool"):
        # PyTorch allows padding up to half the window; the rest is left to other tests.
        if any(max(pair) > k // 2 for pair, k in zip(pads, taps, strict=True)):
            pads = tuple((k // 2, k // 2) for k in taps)
        if any(n + sum(p) < e for n, p, e in zip(space, pads, extents, strict=True)):
            return None
        if op == "max_pool" and any(d > n for n, d in zip(space, dilation, strict=True)):
            return None  # a window of padding only: PyTorch's backward writes out of bounds there
        if op == "avg_pool" and rank == 3 and any(k > n for n, k in zip(space, taps, strict=True)):
            return None  # PyTorch compares with the image before padding in three dimensions
        symmetric = all(lo == hi for lo, hi in pads)
        extra: dict[str, Any] = {"ceil_mode": bool(symmetric and rng.random() < 0.5)}
        if op == "avg_pool":
            extra["count_include_pad"] = bool(rng.random() < 0.5) or not symmetric
        x = integers(rng, (batch, int(rng.integers(1, 4)), *space))
        x = x * DIVISIBLE if op == "avg_pool" else x
        return Configuration(op, rank, x, None, None, taps, stride, dilation, pads, 1, extra)
    groups = int(rng.integers(1, 4)) if rng.random() < 0.5 else 1
    width, depth = (int(n) for n in rng.integers(1, 3, 2))
    bias = None if rng.random() < 0.3 else integers(rng, (groups * width,))
    if op == "conv_transpose":
        more = tuple(int(rng.integers(0, max(s, d))) for s, d in zip(stride, dilation, strict=True))
        out = [
            (n - 1) * s + e - sum(p) + m
            for n, s, e, p, m in zip(space, stride, extents, pads, more, strict=True)
        ]
        if min(out) < 1:
            return None
        x = integers(rng, (batch, groups * depth, *space))
        kernel = integers(rng, (groups * depth, width, *taps))
        extra = {"output_padding": more}
        return Configuration(op, rank, x, kernel, bias, taps, stride, dilation, pads, groups, extra)
    mode = str(
        rng.choice(["zeros", "circular", "reflect", "replicate"], p=[0.55, 0.15, 0.15, 0.15])
    )
    spare = {"reflect": 1, "circular": 0}.get(mode, -math.inf)
    if any(max(p) > n - spare for n, p in zip(space, pads, strict=True)):
        return None
    if any(n + sum(p) < e for n, p, e in zip(space, pads, extents, strict=True)):
        return None
    x = integers(rng, (batch, groups * depth, *space))
    kernel = integers(rng, (groups * width, depth, *taps))
    extra = {"padding_mode": mode}
    return Configuration(op, rank, x, kernel, bias, taps, stride, dilation, pads, groups, extra)


def last(array: np.ndarray) -> np.ndarray:
    """An image, channels first to last."""
    return np.moveaxis(array, 1, -1)


def kernel_last(kernel: np.ndarray) -> np.ndarray:
    """A kernel, channels first to last."""
    return np.moveaxis(kernel, (0, 1), (-1, -2))
