"""A transposed convolution layer: what sends a convolution's output back to its input's shape."""

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
from convproof.spec.axis import Axis, check_channels, resolve_axes, set_fields, split_shape
from convproof.spec.words import ACTIVATIONS, Activation


@dataclass(frozen=True, init=False)
class ConvTranspose:
    """A transposed convolution: the adjoint of `Conv` with the same numbers, run as a layer.

    Args:
        kernel_size, stride, padding, dilation, bias, activation: as in `Conv`; the convolution
            that is transposed has them.
        out_channels: output channels, or None where only the spatial shape matters.
        output_padding: an int or one per axis, less than the stride or the dilation: rows at the
            end that no window reaches.
        groups: must divide the channels on both sides.

    Raises:
        SpecError: for a value no layer can have; a TypeError too where the type is wrong.

    >>> ConvTranspose(3, 8, stride=2, padding=1, output_padding=1).output_shape((10, 16, 16, 3))
    (10, 32, 32, 8)
    """

    kernel_size: tuple[int, ...]
    out_channels: int | None
    stride: tuple[int, ...]
    padding: Pairs | Literal["same"]
    output_padding: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int
    bias: bool
    activation: Activation | None

    def __init__(
        self,
        kernel_size: PerAxis,
        out_channels: int | None = None,
        *,
        stride: PerAxis = 1,
        padding: Padding = 0,
        output_padding: PerAxis = 0,
        dilation: PerAxis = 1,
        groups: int = 1,
        bias: bool = True,
        activation: str | None = None,
    ) -> None:
        kernel = window_rank("kernel_size", kernel_size)
        rank, parts = len(kernel), as_int("groups", groups, 1)
        channels = None if out_channels is None else as_int("out_channels", out_channels, 1)
        if channels is not None and channels % parts:
            raise SpecError.of("groups", parts, f"a divisor of out_channels={shown(channels)}")
        pads = padding_pairs(padding, rank)
        extra = per_axis("output_padding", output_padding, rank, minimum=0)
        steps, gaps = per_axis("stride", stride, rank), per_axis("dilation", dilation, rank)
        for axis, (more, step, gap) in enumerate(zip(extra, steps, gaps, strict=True)):
            if more >= max(step, gap):
                raise SpecError.of(
                    f"output_padding[{axis}]",
                    more,
                    f"less than the stride {shown(step)} or dilation {shown(gap)}",
                )
        if pads == "same" and any(extra):
            raise SpecError.of("output_padding", extra, "0 with padding='same'")
        set_fields(
            self,
            kernel_size=kernel,
            out_channels=channels,
            stride=steps,
            padding=pads,
            output_padding=extra,
            dilation=gaps,
            groups=parts,
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
        """The window, on each axis, of the convolution whose output has `space` pixels."""
        return self.image(space)[0]

    def image(self, space: Sequence[int]) -> tuple[tuple[Axis, ...], tuple[int, ...]]:
        """The transposed convolution's axes, and this layer's output sizes for `space` pixels.

        An axis gets (size - 1) * stride + extent - pad_lo - pad_hi + output_padding pixels; with
        "same" it gets size * stride.
        """
        if self.padding == "same":
            out = tuple(size * step for size, step in zip(space, self.stride, strict=True))
            window = (self.kernel_size, self.stride, self.dilation)
            return resolve_axes(*window, "same", out), out
        axes = tuple(
            Axis(taps, step, gap, lo, hi)
            for taps, step, gap, (lo, hi) in zip(
                self.kernel_size, self.stride, self.dilation, self.padding, strict=True
            )
        )
        out = tuple(
            (size - 1) * axis.stride + axis.extent - axis.pad_lo - axis.pad_hi + more
            for size, axis, more in zip(space, axes, self.output_padding, strict=True)
        )
        for number, size in enumerate(out):
            if size < 1:
                raise SpecError.of(
                    f"padding[{number}]",
                    (axes[number].pad_lo, axes[number].pad_hi),
                    f"what leaves at least one pixel, not {shown(size)}",
                    "pad less",
                )
        return axes, out

    def output_shape(self, input_shape: Sequence[int]) -> tuple[int, ...]:
        """The output's shape for `input_shape` (space), (space, C) or (N, space, C)."""
        batch, space, channels = split_shape(input_shape, self.rank)
        for size in space:
            if size < 1:
                raise SpecError.of(
                    "input size", size, "a positive integer", "the axis has no pixels"
                )
        if channels is not None:
            check_channels("input_shape", input_shape, channels)
            if channels % self.groups:
                raise SpecError.of("groups", self.groups, f"a divisor of the {channels} channels")
            if self.out_channels is None:
                raise SpecError.of("out_channels", None, "a positive integer, to know the shape")
        out = self.image(space)[1]
        return batch + out + (() if channels is None else (self.out_channels or 0,))
