"""Windows on an image: stride, padding, dilation, and the transposed convolution beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convproof.document.svg import CELL, COLOURS, PALE, box, frame, label, svg
from convproof.explain.geometry import Line
from convproof.figures.registry import figure
from convproof.spec import Conv

Cell = tuple[int, int]
TOP = 22


def plane(
    left: float, title: str, size: Sequence[int], pads: Sequence[tuple[int, int]] = ((0, 0), (0, 0))
) -> Iterator[str]:
    """The cells of an image with its padding dashed."""
    (low, high), (before, after) = pads
    yield label(left, 12, title, "start")
    for r in range(-low, size[0] + high):
        for c in range(-before, size[1] + after):
            inside = 0 <= r < size[0] and 0 <= c < size[1]
            x, y = left + (c + before) * CELL, TOP + (r + low) * CELL
            yield box(x, y, PALE if inside else "none", dashed=not inside)


def lit(
    left: float, cells: Sequence[Cell], low: Cell, colour: str, opacity: float
) -> Iterator[str]:
    """Cells of a plane in a colour."""
    for r, c in cells:
        yield box(left + (c + low[1]) * CELL, TOP + (r + low[0]) * CELL, colour, opacity=opacity)


def sliding(spec: Conv, space: tuple[int, int], outputs: Sequence[Cell], title: str) -> str:
    """The image on the left, the output on the right, some outputs with their windows."""
    lines = [Line(axis, size) for axis, size in zip(spec.axes(space), space, strict=True)]
    low = (lines[0].axis.pad_lo, lines[1].axis.pad_lo)
    pads = [(line.axis.pad_lo, line.axis.pad_hi) for line in lines]
    wide = sum(pads[1]) + space[1]
    right = (wide + 2) * CELL
    out = [line.outputs for line in lines]

    def parts() -> Iterator[str]:
        yield from plane(4, "image", space, pads)
        yield from plane(right, "output", out)
        for number, (i, j) in enumerate(outputs):
            colour = COLOURS[number]
            rows, columns = lines[0].window(i), lines[1].window(j)
            yield from lit(4, [(r, c) for r in rows for c in columns], low, colour, 0.45)
            yield frame(
                3 + (columns[0] + low[1]) * CELL,
                TOP - 1 + (rows[0] + low[0]) * CELL,
                (columns[-1] - columns[0] + 1) * CELL,
                (rows[-1] - rows[0] + 1) * CELL,
                colour,
            )
            yield from lit(right, [(i, j)], (0, 0), colour, 1.0)

    height = TOP + max(sum(pads[0]) + space[0], out[0]) * CELL + 4
    return svg(right + out[1] * CELL + 4, height, title, parts())


@figure("A 3x3 window slides over a 7x7 image two pixels at a time: 3x3 outputs.")
def stride() -> str:
    """Stride 2."""
    return sliding(
        Conv((3, 3), 1, stride=2), (7, 7), [(0, 0), (0, 1), (2, 2)], stride.__doc__ or ""
    )


@figure("One pixel of padding on each side of a 5x5 image keeps the output 5x5.")
def padding() -> str:
    """Padding 1."""
    spec = Conv((3, 3), 1, padding=1)
    return sliding(spec, (5, 5), [(0, 0), (2, 2), (4, 4)], padding.__doc__ or "")


@figure("With dilation 2 the taps of a 3x3 kernel are two pixels apart and span 5x5.")
def dilation() -> str:
    """Dilation 2."""
    return sliding(Conv((3, 3), 1, dilation=2), (7, 7), [(0, 0), (2, 2)], dilation.__doc__ or "")


@figure(
    "A convolution of stride 2 takes nine pixels to one output; its transpose takes one value to "
    "the nine places of the same window."
)
def transposed() -> str:
    """A convolution and its transpose, side by side."""
    spec, space = Conv((3, 3), 1, stride=2), (7, 7)
    lines = [Line(axis, size) for axis, size in zip(spec.axes(space), space, strict=True)]
    out = [line.outputs for line in lines]
    far = (space[1] + 2) * CELL
    middle = far + (out[1] + 3) * CELL

    def parts() -> Iterator[str]:
        window = [(r, c) for r in lines[0].window(1) for c in lines[1].window(1)]
        yield from plane(4, "convolution: image", space)
        yield from plane(far, "output", out)
        yield from lit(4, window, (0, 0), COLOURS[0], 0.5)
        yield from lit(far, [(1, 1)], (0, 0), COLOURS[0], 1.0)
        yield from plane(middle, "transpose: input", out)
        last = middle + (out[1] + 2) * CELL
        yield from plane(last, "output", space)
        yield from lit(middle, [(1, 1)], (0, 0), COLOURS[1], 1.0)
        yield from lit(last, window, (0, 0), COLOURS[1], 0.5)

    width = middle + (out[1] + 2 + space[1]) * CELL + 4
    return svg(width, TOP + space[0] * CELL + 4, transposed.__doc__ or "", parts())
