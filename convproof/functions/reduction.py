"""The generated kernels of pooling, called: x (N, *space, C), dy (N, *out, C)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convproof.functions.arrays import Array, Sizes
from convproof.functions.selection import Run, run_of, select
from convproof.schedules import REGISTRY
from convproof.schedules.layer import Layer


@dataclass(frozen=True, eq=False)
class Pool:
    """A pool on arrays of known sizes; which schedule each of its kernels runs is decided once."""

    layer: Layer
    asked: str | None = None

    @cached_property
    def top(self) -> bool:
        """Whether it is of maxima."""
        return self.layer.op == "max_pool"

    @cached_property
    def steps(self) -> tuple[Sizes, ...]:
        """What every kernel is told of the window: a mean has no dilation, but may count."""
        window = self.layer.window
        if self.top:
            return window.stride, window.dilation, window.pad_lo
        ends = (window.pad_hi,) if self.layer.op == "avg_pool_include" else ()
        return window.stride, window.pad_lo, *ends

    @cached_property
    def forward_run(self) -> Run:
        """The forward's run."""
        return select(self.layer, "forward", self.asked)

    @cached_property
    def back_run(self) -> Run:
        """The gradient's run."""
        return select(self.layer, "gradient x", self.asked)

    def forward(self, x: Array) -> Array:
        """The maxima (10.9), or the means (N, *out, C)."""
        run, window = self.forward_run, self.layer.window
        return run(x, *self.steps, window.out, window.taps)

    @cached_property
    def winner_run(self) -> Run:
        """What finds the winners."""
        return select(self.layer, "winner")

    @cached_property
    def sent_run(self) -> Run:
        """What sends a gradient to them."""
        return select(self.layer, "gradient x by winner")

    def winner(self, x: Array) -> tuple[Array, Array]:
        """The maxima, and the number of each window's first one.

        Pixels are numbered row by row from 0; a window that has none has -1.
        """
        run, layer = self.winner_run, self.layer
        window, y = layer.window, np.empty((len(x), *layer.window.out, layer.depth), x.dtype)
        return y, run(x, y, *self.steps, window.out, window.taps)

    def sent(self, dy: Array, winner: Array) -> Array:
        """The gradient for x, each dy sent to the pixel of its winner's number."""
        run, window = self.sent_run, self.layer.window
        return run(dy, winner, *self.steps, window.space, window.taps)

    @cached_property
    def duels_run(self) -> Run:
        """What finds the winners of each axis."""
        return run_of(REGISTRY["handed"], self.layer, "axis winners")

    @cached_property
    def followed_run(self) -> Run:
        """What sends a gradient to them."""
        return run_of(REGISTRY["handed"], self.layer, "gradient x by axis winners")

    def duels(self, x: Array) -> tuple[Array, Any]:
        """The maxima, and what `followed` wants to know of them."""
        y = np.empty((len(x), *self.layer.window.out, self.layer.depth), x.dtype)
        return y, self.duels_run(x, y, *self.steps, self.layer.window.taps)

    def followed(self, dy: Array, takes: Any) -> Array:
        """The gradient for x, each dy sent to its window's first maximum."""
        window = self.layer.window
        return self.followed_run(dy, *self.steps, window.space, window.taps, takes)

    def gradient(self, dy: Array, x: Array | None) -> Array:
        """The gradient for x: to each window's first maximum, or in equal parts to its pixels."""
        run, window = self.back_run, self.layer.window
        given = (dy,) if x is None else (dy, x)
        steps = (*self.steps, *(() if self.top else (window.space,)), window.taps)
        return run(*given, *steps)
