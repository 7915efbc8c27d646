"""A call as a handful of integers and words: what is planned and counted before it has numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from convproof.laws.axis import Axis
from convproof.laws.case import Pairs, hollow


@dataclass(frozen=True)
class Config:
    """One call without its numbers.  `inputs` and `outputs` are channels in each group.

    `spelled` is "same" or "valid" where the padding is said by that word, or the rule of `by_name`
    that it stands for.  `precision` is the dtype whose range the numbers must suit, where that is
    not `dtype`: that of a target which answers in fewer digits than it was asked in.
    """

    kind: str
    batch: int
    space: tuple[int, ...]
    taps: tuple[int, ...]
    stride: tuple[int, ...]
    padding: Pairs
    dilation: tuple[int, ...]
    inputs: int = 1
    outputs: int = 1
    groups: int = 1
    bias: bool = True
    ceil_mode: bool = False
    count_include_pad: bool = True
    style: str = "small"
    dtype: str = "float64"
    memory: str = "plain"
    seed: int = 0
    precision: str = ""
    output_padding: tuple[int, ...] = ()
    spelled: str = field(default="", repr=False)  # no part of what the numbers are drawn by

    @cached_property
    def pool(self) -> bool:
        """Whether its windows have no weights."""
        return self.kind.endswith("pool")

    @cached_property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.space)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The window on each axis."""
        return tuple(
            Axis(k, s, d, lo, hi, self.ceil_mode)
            for k, s, d, (lo, hi) in zip(
                self.taps, self.stride, self.dilation, self.padding, strict=True
            )
        )

    @cached_property
    def out_space(self) -> tuple[int, ...]:
        """Output pixels on each axis."""
        if self.kind == "conv_transpose":
            more = self.output_padding or (0,) * self.rank
            sizes = zip(self.axes, self.space, more, strict=True)
            return tuple(a.input_size(n) + extra for a, n, extra in sizes)
        return tuple(a.output_size(n) for a, n in zip(self.axes, self.space, strict=True))

    @cached_property
    def fits(self) -> bool:
        """Whether there is a window on every axis (and no pool window of padding only)."""
        if self.kind == "conv_transpose":
            more = self.output_padding or (0,) * self.rank
            room = all(n <= max(a.stride, a.dilation) for n, a in zip(more, self.axes, strict=True))
            return room and min(self.space) > 0 and min(self.out_space) > 0
        for axis, size in zip(self.axes, self.space, strict=True):
            if size < 1 or size + axis.pad_lo + axis.pad_hi < axis.extent:
                return False
            if self.kind != "conv" and 2 * max(axis.pad_lo, axis.pad_hi) > axis.kernel:
                return False
        return self.kind != "max_pool" or not hollow(self.axes, self.space)

    @cached_property
    def work(self) -> int:
        """Multiplications of a forward call."""
        channels = self.inputs * self.groups * (1 if self.pool else self.outputs)
        return max(self.batch, 1) * math.prod(self.out_space) * math.prod(self.taps) * channels

    @cached_property
    def dense(self) -> int:
        """Entries of the layer written as a matrix: what the costliest implementations pay."""
        pixels = math.prod(self.space) * self.inputs * self.groups
        out = math.prod(self.out_space) * self.groups
        return pixels * out * (self.inputs if self.pool else self.outputs)

    def but(self, **changes: Any) -> Config:
        """The same config with some fields changed."""
        return replace(self, **changes)
