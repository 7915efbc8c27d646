"""What a layer is, without its arrays: integers only, refused when built if no layer can have them.

On each spatial axis one relation ties input position i, output position o and kernel tap k
(all counted from zero):  i = stride*o + dilation*k - pad_lo.  Everything else follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

# Read from here as well: what a spec takes is part of what a spec is.
from convproof.arguments import MAX_RANK as MAX_RANK
from convproof.arguments import Padding as Padding
from convproof.arguments import Pairs as Pairs
from convproof.arguments import PerAxis as PerAxis
from convproof.arguments import as_int as as_int
from convproof.arguments import choice as choice
from convproof.arguments import flag as flag
from convproof.arguments import padding_pairs as padding_pairs
from convproof.arguments import per_axis as per_axis
from convproof.arguments import window_rank as window_rank
from convproof.errors import SpecError, SpecTypeError, shown

PaddingMode: TypeAlias = Literal["zeros", "circular", "reflect", "replicate"]
Activation: TypeAlias = Literal["relu", "sigmoid", "tanh"]

PADDING_MODES: tuple[PaddingMode, ...] = ("zeros", "circular", "reflect", "replicate")
AMPLE = 2**60  # pixels: what every window and border fits on
ACTIVATIONS: tuple[Activation, ...] = ("relu", "sigmoid", "tanh")


@dataclass(frozen=True)
class Axis:
    """One spatial axis of a window that slides: sizes in pixels, all exact integers.

    >>> Axis(kernel=3, stride=2, pad_lo=1, pad_hi=1).output_size(8)
    4
    """

    kernel: int
    stride: int = 1
    dilation: int = 1
    pad_lo: int = 0
    pad_hi: int = 0
    ceil_mode: bool = False

    @property
    def extent(self) -> int:
        """Pixels from the first tap to the last, both counted."""
        return self.dilation * (self.kernel - 1) + 1

    def output_size(self, size: int) -> int:
        """How many windows fit on `size` pixels; equation (10.7), where it is right.

        With `ceil_mode` a last window that overhangs counts too, if it starts on the image or
        its low padding (PyTorch's rule).  Raises `SpecError` where no window fits at all.
        """
        if size < 1:
            raise SpecError.of("input size", size, "a positive integer", "the axis has no pixels")
        room = size + self.pad_lo + self.pad_hi - self.extent
        if room < 0:
            raise SpecError.of(
                "kernel_size",
                self.kernel,
                f"an extent of at most {shown(room + self.extent)} pixels, the padded input's",
                f"with dilation {shown(self.dilation)} it spans {shown(self.extent)}: pad more or "
                "use fewer taps",
            )
        count = room // self.stride + 1
        if self.ceil_mode and room % self.stride and count * self.stride < size + self.pad_lo:
            count += 1
        return count


def _same_pads(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """Padding that makes the output ceil(size / stride) long; the odd pixel goes at the end."""
    total = max((-(-size // stride) - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    return total // 2, total - total // 2


def resolve_axes(
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    padding: Pairs | Literal["same"],
    space: Sequence[int],
    ceil_mode: bool = False,
) -> tuple[Axis, ...]:
    """The axes of a window on an input of `space` pixels, "same" turned into numbers."""
    if len(space) != len(kernel):
        raise SpecError.of("input_shape", tuple(space), f"{len(kernel)} spatial sizes")
    axes = []
    for number, (size, taps, step, gap) in enumerate(
        zip(space, kernel, stride, dilation, strict=True)
    ):
        lo, hi = _same_pads(size, taps, step, gap) if padding == "same" else padding[number]
        axes.append(Axis(taps, step, gap, lo, hi, ceil_mode))
    return tuple(axes)


def _check_border(mode: PaddingMode, axes: Sequence[Axis], space: Sequence[int]) -> None:
    """A border can hold only pixels there are: reflect has size - 1 of them, circular size."""
    spare = {"reflect": 1, "circular": 0}.get(mode)
    if spare is None:
        return
    for number, (axis, size) in enumerate(zip(axes, space, strict=True)):
        if size > 0 and max(axis.pad_lo, axis.pad_hi) > size - spare:
            raise SpecError.of(
                f"padding[{number}]",
                (axis.pad_lo, axis.pad_hi),
                f"at most {size - spare} for padding_mode={mode!r} on {size} pixels",
            )


def check_channels(argument: str, shape: Sequence[int], channels: int) -> None:
    """Refuse an image without channels: no layer has a result for it."""
    if channels < 1:
        raise SpecError.of(argument, tuple(shape), "at least one channel")


def _set(spec: object, **fields: object) -> None:
    """Store normalised fields on a frozen spec (its constructor's last act)."""
    for name, value in fields.items():
        object.__setattr__(spec, name, value)


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
        _set(
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
        _check_border(self.padding_mode, axes, space)
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
        _set(
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
        _set(self, count_include_pad=flag("count_include_pad", count_include_pad))


Spec: TypeAlias = Conv | MaxPool | AvgPool


def split_shape(
    shape: Sequence[int], rank: int
) -> tuple[tuple[int, ...], tuple[int, ...], int | None]:
    """A channels-last shape as (batch part, spatial part, channels); both ends may be absent."""
    if not isinstance(shape, Sequence) or isinstance(shape, (str, bytes)):
        raise SpecTypeError.of("input_shape", shape, "a sequence of integers")
    sizes = tuple(as_int("input_shape", size, 0) for size in shape)
    if len(sizes) == rank:
        return (), sizes, None
    if len(sizes) == rank + 1:
        return (), sizes[:-1], sizes[-1]
    if len(sizes) == rank + 2:
        return sizes[:1], sizes[1:-1], sizes[-1]
    raise SpecError.of("input_shape", sizes, f"{rank} to {rank + 2} sizes for {rank} spatial axes")


def output_space(axes: Sequence[Axis], space: Sequence[int]) -> tuple[int, ...]:
    """The output size on each axis."""
    return tuple(axis.output_size(size) for axis, size in zip(axes, space, strict=True))


def output_shape(spec: Spec, input_shape: Sequence[int]) -> tuple[int, ...]:
    """The shape a layer makes of `input_shape`, channels last; equation (10.7), where it is right.

    Args:
        spec: a `Conv`, `MaxPool` or `AvgPool`.
        input_shape: (space), (space, C) or (N, space, C); the result has the same form.

    Raises:
        SpecError: if no window fits, the border is wider than the image has pixels for, or the
            channels do not suit the layer.

    >>> output_shape(Conv(3, 8, padding="same", stride=2), (1, 7, 8, 3))
    (1, 4, 4, 8)
    """
    if not isinstance(spec, (Conv, MaxPool, AvgPool)):
        raise SpecTypeError.of("spec", spec, "a Conv, MaxPool or AvgPool")
    return spec.output_shape(input_shape)
