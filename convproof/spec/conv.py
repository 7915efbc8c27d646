"""A convolution layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from convproof.arguments import (
    Padding,
    Pairs,
    PerAxis,
    as_int,
    choice,
    flag,
    padding_pairs,
    per_axis,
    window_rank,
)
from convproof.errors import SpecError, shown
from convproof.spec.axis import (
    Axis,
    check_border,
    check_channels,
    output_space,
    resolve_axes,
    set_fields,
    split_shape,
)
from convproof.spec.words import ACTIVATIONS, PADDING_MODES, Activation, PaddingMode


@dataclass(frozen=True, init=False)
class Conv:
    """A convolution layer (a cross-correlation, as everywhere in deep learning; (10.5)-(10.8)).

    Args:
        kernel_size: taps per axis; an int means two dimensions, a tuple's length is the rank (1-3).
        out_channels: output channels, or None where only the spatial shape matters.
        stride, dilation: an int or one per axis.
        padding: an int, one per axis, (lo, hi) pairs, "valid" or "same" (odd pixel at the end).
        groups: must divide `out_channels`.
        padding_mode: "zeros", "circular", "reflect" or "replicate".
        bias: whether the layer adds one number per output channel.
        activation: None, "relu", "sigmoid" or "tanh".

    Raises:
        SpecError: for a value no layer can have; a TypeError too where the type is wrong.

    >>> Conv(3, 8, stride=2, padding=1).output_shape((10, 32, 32, 3))
    (10, 16, 16, 8)
    """

    kernel_size: tuple[int, ...]
    out_channels: int | None
    stride: tuple[int, ...]
    padding: Pairs | Literal["same"]
    dilation: tuple[int, ...]
    groups: int
    padding_mode: PaddingMode
    bias: bool
    activation: Activation | None

    def __init__(
        self,
        kernel_size: PerAxis,
        out_channels: int | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        padding_mode: str = "zeros",
        bias: bool = True,
        activation: str | None = None,
    ) -> None:
        kernel = window_rank("kernel_size", kernel_size)
        parts = as_int("groups", groups, 1)
        channels = None if out_channels is None else as_int("out_channels", out_channels, 1)
        if channels is not None and channels % parts:
            raise SpecError.of("groups", parts, f"a divisor of out_channels={shown(channels)}")
        set_fields(
            self,
            kernel_size=kernel,
            out_channels=channels,
            stride=per_axis("stride", stride, len(kernel)),
            padding=padding_pairs(padding, len(kernel)),
            dilation=per_axis("dilation", dilation, len(kernel)),
            groups=parts,
            padding_mode=choice("padding_mode", padding_mode, PADDING_MODES),
            bias=flag("bias", bias),
            activation=None
            if activation is None
            else choice("activation", activation, ACTIVATIONS, optional=True),
        )

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.kernel_size)

    def axes(self, space: Sequence[int]) -> tuple[Axis, ...]:
        """The window on each axis of an input of `space` pixels."""
        axes = resolve_axes(self.kernel_size, self.stride, self.dilation, self.padding, space)
        check_border(self.padding_mode, axes, space)
        return axes

    def output_shape(self, input_shape: Sequence[int]) -> tuple[int, ...]:
        """The output's shape for `input_shape` (space), (space, C) or (N, space, C)."""
        batch, space, channels = split_shape(input_shape, self.rank)
        if channels is not None:
            check_channels("input_shape", input_shape, channels)
            if channels % self.groups:
                raise SpecError.of("groups", self.groups, f"a divisor of the {channels} channels")
            if self.out_channels is None:
                raise SpecError.of("out_channels", None, "a positive integer, to know the shape")
        out = output_space(self.axes(space), space)
        return batch + out + (() if channels is None else (self.out_channels or 0,))
