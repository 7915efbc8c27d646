"""What a layer is and does: the ties of its matrix, where a maximum sends its gradient, shifts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convproof.document.svg import CELL, COLOURS, PALE, arrow, box, label, svg
from convproof.explain.geometry import Line
from convproof.explain.pictures import ties as tie_pattern
from convproof.figures.registry import figure
from convproof.figures.windows import TOP, plane
from convproof.spec.axis import Axis


@figure(
    "The matrix of a convolution of 5 taps along 20 pixels: each row holds the same five weights, "
    "one pixel further; entries of one colour are copies of one weight."
)
def ties() -> str:
    """The tie pattern of the fully connected layer that a convolution is."""
    return tie_pattern(Line(Axis(5, 1, 1, 2, 2, False), 20))


@figure(
    "Max-pooling of a 4x4 map by 2x2 windows: each output's gradient goes to the first maximum of "
    "its window, in row-major order, and to no other pixel; two equal maxima do not share it."
)
def max_pool_gradient() -> str:
    """Where max-pooling sends the gradient."""
    from convproof.functions import max_pool2d, max_pool2d_backward

    x = np.array([[1, 3, 2, 2], [0, 3, 1, 2], [5, 4, 0, 1], [1, 2, 6, 0]])
    y = max_pool2d(x, 2)
    dx = max_pool2d_backward(np.arange(1, 5).reshape(2, 2), x, 2)
    right = 8 * CELL

    def parts() -> Iterator[str]:
        yield from plane(4, "map", (4, 4))
        yield from plane(right, "maxima", (2, 2))
        for (r, c), value in np.ndenumerate(x):
            if dx[r, c]:
                colour = COLOURS[int(dx[r, c]) - 1]
                yield box(4 + c * CELL, TOP + r * CELL, colour, opacity=0.6)
            yield label(12 + c * CELL, TOP + 12 + r * CELL, str(value))
        for (i, j), value in np.ndenumerate(y):
            colour = COLOURS[2 * i + j]
            yield box(right + j * CELL, TOP + i * CELL, colour, opacity=0.6)
            yield label(right + 8 + j * CELL, TOP + 12 + i * CELL, str(value))
            ((r, c),) = np.argwhere(dx == 2 * i + j + 1)
            yield arrow(
                right + j * CELL, TOP + 8 + i * CELL, 14 + c * CELL, TOP + 8 + r * CELL, colour
            )

    return svg(right + 2 * CELL + 6, TOP + 4 * CELL + 4, "max-pooling's gradient", parts())


@figure(
    "A convolution of 3 taps with padding 1 on 12 pixels, the image moved by one to four pixels: "
    "the outputs in colour move along for every image and kernel, the pale ones need not."
)
def equivariance_region() -> str:
    """Where a padded convolution is equivariant to a shift."""
    line = Line(Axis(3, 1, 1, 1, 1, False), 12)
    shifts = (1, 2, 3, 4, -1, -2)

    def parts() -> Iterator[str]:
        for row, shift in enumerate(shifts):
            y = 6 + row * CELL
            yield label(34, y + 12, f"shift {shift:+d}")
            follows = set(line.equivariant(shift))
            for output in range(line.outputs):
                colour = COLOURS[2] if output in follows else PALE
                yield box(72 + output * CELL, y, colour)
                yield label(80 + output * CELL, y + 12, str(output + 1))

    return svg(78 + line.outputs * CELL, 10 + len(shifts) * CELL, "region of equivariance", parts())
