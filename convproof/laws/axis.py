"""Where windows lie on one axis: counted one by one, by nobody's size formula.

The laws judge code that computes output sizes, `convproof.spec` included, so they share none of it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from convproof.errors import SpecError


@dataclass(frozen=True)
class Axis:
    """A window on one spatial axis: tap k of output o meets pixel stride*o + dilation*k - pad_lo.

    >>> Axis(3, stride=2, pad_lo=1, pad_hi=1).starts(8)
    range(-1, 7, 2)
    >>> Axis(3, stride=2, pad_lo=1, pad_hi=1).output_size(8)
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
        return range(0, self.dilation * self.kernel, self.dilation)[-1] + 1

    def starts(self, size: int) -> range:
        """The pixel that the first tap of each window meets; padding has negative places.

        A window has all its taps on image and padding; in ceil mode one more may overhang the
        high padding, if it starts on the image or the low padding.
        """
        return _starts(self, size)

    def output_size(self, size: int) -> int:
        """How many windows there are; SpecError where not even one fits.

        >>> Axis(3, stride=2).output_size(2)
        Traceback (most recent call last):
        ...
        convproof.errors.SpecError: input size=2: allowed is pixels enough for a window that spans 3
        """
        count = len(self.starts(size)) if size > 0 else 0
        if not count:
            raise SpecError.of(
                "input size", size, f"pixels enough for a window that spans {self.extent}"
            )
        return count

    def input_size(self, count: int) -> int:
        """The pixels that `count` windows reach, padding aside: from first tap to last.

        >>> Axis(3, stride=2, pad_lo=1, pad_hi=1).input_size(4)
        7
        """
        places = range(0, self.stride * max(count, 1), self.stride)
        return places[-1] + self.extent - self.pad_lo - self.pad_hi


@functools.lru_cache(maxsize=4096)
def _starts(axis: Axis, size: int) -> range:
    last, end = axis.extent - 1, size + axis.pad_hi
    everywhere = range(-axis.pad_lo, max(end, 1), axis.stride)
    count = len(range(-axis.pad_lo, end - last, axis.stride))  # those whose last tap is before it
    if axis.ceil_mode and 0 < count < len(everywhere):
        used = everywhere[count - 1] + last + 1
        count += used < end and everywhere[count] < size
    return everywhere[:count]
