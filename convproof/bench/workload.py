"""Workloads of the speed benchmark: what is called, and the same by plain sliding windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convproof import functions

Array = np.ndarray[Any, Any]
Call = Callable[[], Any]


@dataclass(frozen=True)
class Workload:
    """One call, float32 and channels last; `x` is (N, H, W, C), `taps` a side of the window.

    `outputs` 0 stands for a pool, `way` is "forward" or "backward".
    """

    op: str
    way: str
    x: tuple[int, int, int, int]
    taps: int
    outputs: int
    stride: int
    padding: int

    @property
    def name(self) -> str:
        """A name for `--only` and the table.

        >>> Workload("conv2d", "forward", (1, 8, 8, 4), 3, 4, 1, 0).name
        'conv2d-1x8x8x4-k3-m4-s1-p0'
        """
        suffix = "" if self.way == "forward" else "-backward"
        channels = f"-m{self.outputs}" if self.outputs else ""
        size = "x".join(map(str, self.x))
        return f"{self.op}{suffix}-{size}-k{self.taps}{channels}-s{self.stride}-p{self.padding}"

    def arrays(self) -> tuple[Array, Array, Array]:
        """x, kernel and dy, always the same."""
        generator = np.random.default_rng(0)
        x = generator.standard_normal(self.x, np.float32)
        shape = (self.taps, self.taps, self.x[-1], max(1, self.outputs))
        kernel = generator.standard_normal(shape, np.float32)
        out = [(n + 2 * self.padding - self.taps) // self.stride + 1 for n in self.x[1:3]]
        channels = self.outputs or self.x[-1]
        dy = generator.standard_normal((self.x[0], *out, channels), np.float32)
        return x, kernel, dy

    def ours(self) -> Call:
        """The verified function."""
        x, kernel, dy = self.arrays()
        more = {"stride": self.stride, "padding": self.padding}
        if self.op != "conv2d":
            pool = getattr(functions, self.op)
            return lambda: pool(x, self.taps, **more)
        if self.way == "forward":
            return lambda: functions.conv2d(x, kernel, **more)
        return lambda: functions.conv2d_backward(dy, x, kernel, **more)

    def plain(self) -> Call:
        """`np.pad`, `sliding_window_view` and `tensordot` (a maximum: `max` of the windows)."""
        x, kernel, dy = self.arrays()
        if self.op == "max_pool2d":
            return lambda: self.windows(x).max((4, 5))
        if self.op == "avg_pool2d":
            mean = np.full((self.taps, self.taps), 1 / self.taps**2, np.float32)
            return lambda: np.tensordot(self.windows(x), mean, ((4, 5), (0, 1)))
        if self.way == "forward":
            return lambda: np.tensordot(self.windows(x), kernel, ((3, 4, 5), (2, 0, 1)))
        return lambda: self.plain_gradients(dy, x, kernel)

    def windows(self, x: Array) -> Array:
        """Windows (N, *out, C, *taps) of the padded image."""
        if self.padding:
            edge = (self.padding, self.padding)
            x = np.pad(x, ((0, 0), edge, edge, (0, 0)))
        seen = sliding_window_view(x, (self.taps, self.taps), (1, 2))
        return seen[:, :: self.stride, :: self.stride]

    def plain_gradients(self, dy: Array, x: Array, kernel: Array) -> tuple[Array, Array, Array]:
        """The three gradients: windows again, of dy with zeros between its entries."""
        dkernel = np.tensordot(self.windows(x), dy, ((0, 1, 2), (0, 1, 2))).transpose(1, 2, 0, 3)
        batch, *space, _ = self.x
        edge, p = self.taps - 1, self.padding
        sizes = [n + 2 * p + edge for n in space]
        wide = np.zeros((batch, *sizes, self.outputs), np.float32)
        ends = [edge + self.stride * o for o in dy.shape[1:3]]
        wide[:, edge : ends[0] : self.stride, edge : ends[1] : self.stride] = dy
        seen = sliding_window_view(wide, (self.taps, self.taps), (1, 2))
        dx = np.tensordot(seen, kernel[::-1, ::-1], ((4, 5, 3), (0, 1, 3)))
        dx = np.ascontiguousarray(dx[:, p : p + space[0], p : p + space[1]])
        return dx, dkernel, dy.sum((0, 1, 2))


LAYERS = (
    ((1, 8, 8, 4), 3, 4, 1, 0),
    ((1, 8, 8, 4), 3, 4, 1, 1),
    ((1, 8, 8, 1), 3, 1, 1, 0),
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
    ((1, 512, 512, 1), 15, 1, 1, 7),
)
POOLS = (
    ((1, 8, 8, 4), 2, 2),
    ((1, 8, 8, 4), 3, 1),
    ((8, 28, 28, 32), 2, 2),
    ((8, 112, 112, 64), 2, 2),
    ((8, 112, 112, 64), 3, 2),
)


def workloads() -> Iterator[Workload]:
    """All of them."""
    for layer in LAYERS:
        yield Workload("conv2d", "forward", *layer)
        yield Workload("conv2d", "backward", *layer)
    for x, taps, stride in POOLS:
        for op in ("max_pool2d", "avg_pool2d"):
            yield Workload(op, "forward", x, taps, 0, stride, 0)
