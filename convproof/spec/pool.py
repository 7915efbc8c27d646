"""The pooling layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from convproof.arguments import Padding, Pairs, PerAxis, flag, padding_pairs, per_axis, window_rank
from convproof.errors import SpecError, shown
from convproof.spec.axis import (
    Axis,
    check_channels,
    output_space,
    resolve_axes,
    set_fields,
    split_shape,
)


@dataclass(frozen=True, init=False)
class _Pool:
    """What both poolings share: a window that slides over each channel by itself."""

    window: tuple[int, ...]
    stride: tuple[int, ...]
    padding: Pairs | Literal["same"]
    dilation: tuple[int, ...]
    ceil_mode: bool

    def _build(
        self,
        window: PerAxis,
        stride: PerAxis | None,
        padding: Padding,
        dilation: PerAxis,
        ceil: bool,
    ) -> None:
        taps = window_rank("window", window)
        rank = len(taps)
        pads = padding_pairs(padding, rank)
        gaps = per_axis("dilation", dilation, rank)
        if pads != "same":
            for axis, (pair, tap, gap) in enumerate(zip(pads, taps, gaps, strict=True)):
                if max(pair) >= gap * (tap - 1) + 1:
                    raise SpecError.of(
                        f"padding[{axis}]",
                        pair,
                        f"less than the window's extent {shown(gap * (tap - 1) + 1)}",
                        "a window would hold padding only",
                    )
        set_fields(
            self,
            window=taps,
            stride=taps if stride is None else per_axis("stride", stride, rank, optional=True),
            padding=pads,
            dilation=gaps,
            ceil_mode=flag("ceil_mode", ceil),
        )

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.window)

    def axes(self, space: Sequence[int]) -> tuple[Axis, ...]:
        """The window on each axis of an input of `space` pixels."""
        return resolve_axes(
            self.window, self.stride, self.dilation, self.padding, space, self.ceil_mode
        )

    def output_shape(self, input_shape: Sequence[int]) -> tuple[int, ...]:
        """The output's shape for `input_shape` (space), (space, C) or (N, space, C)."""
        batch, space, channels = split_shape(input_shape, self.rank)
        if channels is not None:
            check_channels("input_shape", input_shape, channels)
        out = output_space(self.axes(space), space)
        return batch + out + (() if channels is None else (channels,))


class MaxPool(_Pool):
    """Max-pooling (10.9): padding never wins, the first maximum takes the gradient.

    Args: `window` as `Conv`'s kernel_size; `stride` defaults to the window; `padding`,
    `dilation` as in `Conv`; `ceil_mode` keeps a last window that overhangs the image.

    Raises:
        SpecError: for a value no layer can have, padding as wide as the window included.

    >>> MaxPool(2).output_shape((10, 7, 8, 3))
    (10, 3, 4, 3)
    """

    def __init__(
        self,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
    ) -> None:
        self._build(window, stride, padding, dilation, ceil_mode)


@dataclass(frozen=True, init=False)
class AvgPool(_Pool):
    """Average-pooling: the mean of each window.

    `count_include_pad` says whether padding counts in the divisor; an overhang beyond the
    padding (`ceil_mode`) never does.  The other arguments are those of `MaxPool`.

    Raises:
        SpecError: for a value no layer can have, padding as wide as the window included.

    >>> AvgPool((2,), stride=1).output_shape((5,))
    (4,)
    """

    count_include_pad: bool

    def __init__(
        self,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        self._build(window, stride, padding, 1, ceil_mode)
        set_fields(self, count_include_pad=flag("count_include_pad", count_include_pad))
