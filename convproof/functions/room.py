"""Which argument a call is to blame for, when its window does not fit or its arrays do not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from convproof.errors import SpecError, shown
from convproof.functions.arrays import Sizes
from convproof.spec import Axis, ConvTranspose, Pairs

LARGEST = 2**58  # entries of 16 bytes that 64 bits can address


@dataclass(frozen=True)
class Growth:
    """The argument, as the caller gave it, that makes a call's arrays as large as they are."""

    argument: str
    value: object

    def expect_room(self, *shapes: Sizes) -> None:
        """Refuse arrays of `shapes` if no address space holds them."""
        for shape in shapes:
            if math.prod(shape) > LARGEST:
                allowed = f"what makes arrays of at most {LARGEST} entries"
                raise SpecError.of(self.argument, self.value, allowed, f"not {shown(shape)}")

    def no_memory(self, error: MemoryError) -> SpecError:
        """What to raise where `error` says that this machine does not hold the arrays."""
        why = str(error) or "the arrays are too large"
        return SpecError.of(self.argument, self.value, "what makes arrays that memory holds", why)


def growth_of_padding(
    space: Sizes, pads: Pairs, padding: object, dilation: object, **shapes: Sizes
) -> Growth:
    """Where a window slides over an image: the padding, if there is more of it than of the image.

    Padding that is "same" is as wide as the dilation makes it.  Else the largest of the caller's
    arrays, whose `shapes` are given by name.
    """
    if any(lo + hi > size for size, (lo, hi) in zip(space, pads, strict=True)):
        same = isinstance(padding, str)  # no other word pads at all
        return Growth("dilation", dilation) if same else Growth("padding", padding)
    return largest(**shapes)


def growth_of_transposed(
    spec: ConvTranspose, space: Sizes, stride: object, dilation: object, **shapes: Sizes
) -> Growth:
    """Where `space` pixels are spread over an image: the stride or the dilation, whichever counts.

    Else the largest of the caller's arrays.
    """
    taps = [gap * (tap - 1) for gap, tap in zip(spec.dilation, spec.kernel_size, strict=True)]
    steps = [step * size for step, size in zip(spec.stride, space, strict=True)]
    if max(taps) > max(steps) and max(spec.dilation) > 1:
        return Growth("dilation", dilation)
    return Growth("stride", stride) if max(spec.stride) > 1 else largest(**shapes)


def largest(**shapes: Sizes) -> Growth:
    """The shape of the array that has most entries."""
    name = max(shapes, key=lambda name: math.prod(shapes[name]))
    return Growth(f"{name}.shape", shapes[name])


def expect_pixels(shape: Sizes, space: Sizes) -> None:
    """Refuse an x of `shape` whose `space` has an axis without pixels."""
    if min(space) < 1:
        raise SpecError.of("x.shape", shape, "at least one pixel on each spatial axis")


def expect_fit(
    axes: Sequence[Axis], space: Sizes, name: str, window: object, dilation: object
) -> None:
    """Refuse a window, the argument of that `name`, that is larger than the padded image.

    If its pixels alone would fit, it is the dilation that is too large.
    """
    for number, (axis, size) in enumerate(zip(axes, space, strict=True)):
        padded = size + axis.pad_lo + axis.pad_hi
        if axis.kernel > padded:
            raise SpecError.of(
                name,
                window,
                f"at most {shown(padded)} on spatial axis {number}, the pixels there with padding",
                "pad more, or use a smaller one",
            )
        if axis.extent > padded:
            most = (padded - 1) // (axis.kernel - 1)
            raise SpecError.of(
                "dilation",
                dilation,
                f"at most {shown(most)} on spatial axis {number}",
                f"{shown(axis.kernel)} taps would span {shown(axis.extent)} pixels, and with "
                f"padding there are {shown(padded)}",
            )
