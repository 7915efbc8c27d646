"""Workloads of the speed benchmark: what is called, and the same by plain sliding windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from random import Random
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convproof import functions

Array = np.ndarray[Any, Any]
Call = Callable[[], Any]


@dataclass(frozen=True)
class Workload:
    """One call, float32 and channels last; `x` is (N, *space, C), `taps` a side of the window.

    `outputs` 0 stands for a pool, `way` is "forward" or "backward".
    """

    op: str
    way: str
    x: tuple[int, ...]
    taps: int
    outputs: int
    stride: int
    padding: int
    dilation: int = 1

    @property
    def name(self) -> str:
        """A name for `--only` and the table.

        >>> Workload("conv2d", "forward", (1, 8, 8, 4), 3, 4, 1, 0).name
        'conv2d-1x8x8x4-k3-m4-s1-p0'
        """
        suffix = "" if self.way == "forward" else "-backward"
        channels = f"-m{self.outputs}" if self.outputs else ""
        gap = f"-d{self.dilation}" if self.dilation > 1 else ""
        size = "x".join(map(str, self.x))
        return (
            f"{self.op}{suffix}-{size}-k{self.taps}{channels}-s{self.stride}-p{self.padding}{gap}"
        )

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.x) - 2

    @property
    def extent(self) -> int:
        """The pixels from a window's first to its last, on each axis."""
        return self.dilation * (self.taps - 1) + 1

    @property
    def out(self) -> tuple[int, ...]:
        """The output's size."""
        padded = (n + 2 * self.padding for n in self.x[1:-1])
        return tuple((n - self.extent) // self.stride + 1 for n in padded)

    def arrays(self) -> tuple[Array, Array, Array]:
        """x, kernel and dy, always the same."""
        generator = np.random.default_rng(0)
        x = generator.standard_normal(self.x, np.float32)
        shape = (*(self.taps,) * self.rank, self.x[-1], max(1, self.outputs))
        kernel = generator.standard_normal(shape, np.float32)
        channels = self.outputs or self.x[-1]
        dy = generator.standard_normal((self.x[0], *self.out, channels), np.float32)
        return x, kernel, dy

    @property
    def flops(self) -> int:
        """Additions and multiplications of a layer by its definition; 0 for a pool."""
        if not self.outputs:
            return 0
        taps = int(self.taps**self.rank)
        products = prod(self.out) * taps * self.x[0] * self.x[-1] * self.outputs
        return 2 * products * (1 if self.way == "forward" else 2)

    @property
    def bytes(self) -> int:
        """What has to be read or written once, at least."""
        image, flow = prod(self.x), self.x[0] * prod(self.out) * (self.outputs or self.x[-1])
        weights = int(self.taps**self.rank) * self.x[-1] * self.outputs
        return 4 * (image + flow + weights) * (1 if self.way == "forward" else 2)

    def ours(self) -> Call:
        """The verified function."""
        x, kernel, dy = self.arrays()
        more = {"stride": self.stride, "padding": self.padding}
        if not self.outputs:
            pool, back = (getattr(functions, f"{self.op}{end}") for end in ("", "_backward"))
            if self.way == "forward":
                return lambda: pool(x, self.taps, **more)
            return lambda: back(dy, x, self.taps, **more)
        more["dilation"] = self.dilation
        conv = getattr(functions, self.op)
        if self.way == "forward":
            return lambda: conv(x, kernel, **more)
        back = getattr(functions, f"{self.op}_backward")
        return lambda: back(dy, x, kernel, **more)

    def plain(self) -> Call:
        """`np.pad`, `sliding_window_view` and `tensordot` (a maximum: `max`, `argmax`)."""
        x, kernel, dy = self.arrays()
        rank = self.rank
        taps, inner = tuple(range(rank + 2, 2 * rank + 2)), tuple(range(rank))
        if self.op.startswith("max"):
            if self.way == "backward":
                return lambda: self.plain_winners(dy, x)
            return lambda: self.windows(x, -np.inf).max(taps)
        if self.op.startswith("avg"):
            mean = np.full((self.taps,) * rank, self.taps**-rank, np.float32)
            if self.way == "backward":
                return lambda: self.plain_flow(dy, mean, (taps, inner))
            return lambda: np.tensordot(self.windows(x), mean, (taps, inner))
        if self.way == "forward":
            axes = ((rank + 1, *taps), (rank, *inner))
            return lambda: np.tensordot(self.windows(x), kernel, axes)
        return lambda: self.plain_gradients(dy, x, kernel)

    def windows(self, x: Array, fill: float = 0.0) -> Array:
        """Windows (N, *out, C, *taps) of the padded image."""
        if self.padding:
            edges = ((self.padding, self.padding),) * self.rank
            x = np.pad(x, ((0, 0), *edges, (0, 0)), constant_values=fill)
        return self.slide(x, self.stride)

    def slide(self, x: Array, stride: int) -> Array:
        """Windows of an image as it is."""
        seen = sliding_window_view(x, (self.extent,) * self.rank, tuple(range(1, self.rank + 1)))
        whole, steps = (slice(None),), (slice(None, None, stride),) * self.rank
        gaps = (slice(None, None, self.dilation),) * self.rank
        return seen[whole + steps + whole + gaps]

    def plain_gradients(self, dy: Array, x: Array, kernel: Array) -> tuple[Array, Array, Array]:
        """The three gradients: windows again, of dy with zeros between its entries."""
        rank = self.rank
        places, inner = tuple(range(rank + 1)), tuple(range(rank))
        dkernel = np.moveaxis(np.tensordot(self.windows(x), dy, (places, places)), 0, rank)
        turned = kernel[(slice(None, None, -1),) * rank]
        axes = ((*range(rank + 2, 2 * rank + 2), rank + 1), (*inner, rank + 1))
        return self.plain_flow(dy, turned, axes), dkernel, dy.sum(places)

    def plain_flow(self, dy: Array, turned: Array, axes: tuple[Any, Any]) -> Array:
        """What goes back to the image: windows of dy with zeros between its entries."""
        p, edge = self.padding, self.extent - 1
        sizes = [n + 2 * p + edge for n in self.x[1:-1]]
        wide = np.zeros((len(dy), *sizes, dy.shape[-1]), np.float32)
        ends = (edge + self.stride * o for o in dy.shape[1:-1])
        wide[(slice(None), *(slice(edge, end, self.stride) for end in ends))] = dy
        dx = np.tensordot(self.slide(wide, 1), turned, axes)
        return np.ascontiguousarray(dx[(slice(None), *(slice(p, p + n) for n in self.x[1:-1]))])

    def plain_winners(self, dy: Array, x: Array) -> Array:
        """The gradient of a maximum: `argmax` of the windows, `np.add.at` where it is."""
        seen, rank, p = self.windows(x, -np.inf), self.rank, self.padding
        first = seen.reshape(*dy.shape, -1).argmax(-1)
        taps = np.unravel_index(first, (self.taps,) * rank)
        image, *out, channel = np.ogrid[tuple(slice(size) for size in dy.shape)]
        places = (self.stride * o + k for o, k in zip(out, taps, strict=True))
        dx = np.zeros((len(x), *(n + 2 * p for n in self.x[1:-1]), self.x[-1]), np.float32)
        np.add.at(dx, (image, *places, channel), dy)
        return dx[(slice(None), *(slice(p, p + n) for n in self.x[1:-1]))]


LAYERS = (
    ((1, 8, 8, 4), 3, 4, 1, 0),
    ((1, 8, 8, 4), 3, 4, 1, 1),
    ((1, 8, 8, 1), 3, 1, 1, 0),
    ((1, 8, 8, 1), 3, 4, 2, 1),
    ((32, 28, 28, 1), 3, 8, 1, 1),
    ((1, 32, 32, 16), 3, 32, 1, 1),
    ((8, 56, 56, 64), 3, 64, 1, 1),
    ((8, 28, 28, 128), 3, 128, 1, 1),
    ((8, 14, 14, 256), 3, 256, 1, 1),
    ((8, 7, 7, 512), 3, 512, 1, 1),
    ((8, 56, 56, 256), 1, 64, 1, 0),
    ((1, 28, 28, 64), 1, 64, 1, 0),
    ((8, 56, 56, 128), 3, 128, 2, 1),
    ((8, 224, 224, 3), 7, 64, 2, 3),
    ((1, 56, 56, 64), 3, 64, 1, 1),
    ((1, 28, 28, 128), 3, 128, 1, 1),
    ((1, 14, 14, 256), 3, 256, 1, 1),
    ((1, 7, 7, 512), 3, 512, 1, 1),
    ((1, 512, 512, 1), 3, 1, 1, 1),
    ((1, 512, 512, 1), 15, 1, 1, 7),
    ((1, 512, 512, 1), 31, 1, 1, 15),
)
POOLS = (
    ((1, 8, 8, 4), 2, 2),
    ((1, 8, 8, 4), 3, 1),
    ((8, 28, 28, 32), 2, 2),
    ((8, 112, 112, 64), 2, 2),
    ((8, 112, 112, 64), 3, 2),
    ((8, 7, 7, 512), 7, 7),
    ((8, 4096, 3), 3, 2),
)


def workloads() -> Iterator[Workload]:
    """All of them."""
    for layer in LAYERS:
        yield Workload("conv2d", "forward", *layer)
        yield Workload("conv2d", "backward", *layer)
    for x, taps, stride in POOLS:
        for op in ("max_pool", "avg_pool"):
            for way in ("forward", "backward"):
                yield Workload(f"{op}{len(x) - 2}d", way, x, taps, 0, stride, 0)


SIDES = {
    1: (8, 32, 128, 1024, 4096),
    2: (4, 5, 6, 7, 8, 12, 14, 16, 28, 32, 56, 64, 128),
    3: (4, 6, 8, 12, 16),
}
CHANNELS = (1, 1, 2, 3, 4, 8, 16, 32, 64, 128)
MOST = 3e8  # products of one workload


def random_workloads(count: int, seed: int) -> Iterator[Workload]:
    """`count` different ones of any rank: layers, their gradients, and pools."""
    pick, known = Random(seed), set[Workload]()
    while len(known) < count:
        rank = pick.choice((1, 2, 2, 2, 2, 3))
        side, taps = pick.choice(SIDES[rank]), pick.choice((1, 2, 3, 3, 3, 5, 7))
        space = (max(1, side + pick.choice((0, 0, 1, -1))) for _ in range(rank))
        op = pick.choice(("conv", "conv", "max_pool", "avg_pool"))
        layer = op == "conv"
        work = Workload(
            f"{op}{rank}d",
            pick.choice(("forward", "backward")),
            (pick.choice((1, 1, 1, 2, 8, 32)), *space, pick.choice(CHANNELS)),
            taps,
            pick.choice(CHANNELS) if layer else 0,
            pick.choice((1, 1, 2, 2, 3) if layer else (1, 2, 2, 3, taps)),
            pick.choice((0, taps // 2)),
            pick.choice((1, 1, 1, 2)) if layer else 1,
        )
        products = prod(work.x) * taps**rank * max(1, work.outputs)
        # PyTorch refuses a 3-d window larger than its image, padded or not.
        if products <= MOST and work.extent <= min(work.x[1:-1]) and work not in known:
            known.add(work)
            yield work
