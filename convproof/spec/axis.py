"""The one relation, on one axis: i = stride*o + dilation*k - pad_lo, all counted from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from convproof.arguments import Pairs, as_int
from convproof.errors import SpecError, SpecTypeError, shown
from convproof.spec.words import PaddingMode


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


def check_border(mode: PaddingMode, axes: Sequence[Axis], space: Sequence[int]) -> None:
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


def set_fields(spec: object, **fields: object) -> None:
    """Store normalised fields on a frozen spec (its constructor's last act)."""
    for name, value in fields.items():
        object.__setattr__(spec, name, value)
