"""What one axis of a layer does, pixel by pixel: counted from i = s*o + d*k - p, nothing else.

Positions, taps and pixels count from 0 here; pages show them from 1, as the chapter does.
"""

from __future__ import annotations

from dataclasses import dataclass

from convproof.spec.axis import Axis


@dataclass(frozen=True)
class Line:
    """One axis of a layer on an image of `size` pixels.

    >>> line = Line(Axis(3, 2, 1, 1, 1, False), 5)
    >>> line.outputs, line.window(0), line.copies(0), line.leftover
    (3, [-1, 0, 1], [(1, 1), (2, 3)], 0)
    """

    axis: Axis
    size: int

    @property
    def outputs(self) -> int:
        """Number of outputs."""
        return self.axis.output_size(self.size)

    @property
    def leftover(self) -> int:
        """Pixels at the end of the padded image that no window reaches."""
        padded = self.size + self.axis.pad_lo + self.axis.pad_hi
        if not self.outputs:
            return padded
        last = self.axis.stride * (self.outputs - 1) + self.axis.extent
        return max(0, padded - last)

    def pixel(self, output: int, tap: int) -> int:
        """The one relation: where tap k of output o lies; outside 0..size-1 it is padding."""
        return self.axis.stride * output + self.axis.dilation * tap - self.axis.pad_lo

    def on_image(self, pixel: int) -> bool:
        """Whether it is a pixel and not padding."""
        return 0 <= pixel < self.size

    def window(self, output: int) -> list[int]:
        """The pixels that an output sees, padding included."""
        return [self.pixel(output, tap) for tap in range(self.axis.kernel)]

    def copies(self, tap: int) -> list[tuple[int, int]]:
        """The copies of a weight that meet the image, as (output, pixel)."""
        pairs = ((output, self.pixel(output, tap)) for output in range(self.outputs))
        return [(output, pixel) for output, pixel in pairs if self.on_image(pixel)]

    def reach(self, pixel: int) -> list[int]:
        """The outputs that see a pixel."""
        return [output for output in range(self.outputs) if pixel in self.window(output)]

    def products(self) -> int:
        """Pairs of an output and a tap that meet the image."""
        return sum(len(self.copies(tap)) for tap in range(self.axis.kernel))

    def equivariant(self, shift: int) -> list[int]:
        """The outputs that move along when the image moves by `shift` strides, zeros coming in.

        Output o of the image and output o + shift of the moved one are equal for every image if
        each pixel of the window stays on the image; the list holds the o + shift.
        """
        moved = shift * self.axis.stride
        return [
            output + shift
            for output in range(self.outputs)
            if 0 <= output + shift < self.outputs
            and all(
                self.on_image(pixel + moved)
                for pixel in self.window(output)
                if self.on_image(pixel)
            )
        ]


def interval(numbers: list[int]) -> str:
    """Consecutive numbers, counted from 1, in words.

    >>> interval([0, 1, 2]), interval([4]), interval([]), interval([0, 2])
    ('1 to 3', '5', 'none', '1, 3')
    """
    if not numbers:
        return "none"
    first, last = numbers[0] + 1, numbers[-1] + 1
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        return ", ".join(str(number + 1) for number in numbers)
    return str(first) if first == last else f"{first} to {last}"
