"""Pictures of a layer, drawn from its numbers: windows on a line of pixels, ties in its matrix."""

from __future__ import annotations

from collections.abc import Iterator

from convproof.document.svg import CELL, COLOURS, PALE, box, frame, label, svg
from convproof.explain.geometry import Line

MOST_PIXELS, MOST_ROWS = 40, 12
LEFT = 70  # room for the words beside a row


def windows(line: Line, name: str) -> str:
    """The windows of one axis: pixels and padding above, a row for each of the first outputs."""
    lo, hi = line.axis.pad_lo, line.axis.pad_hi
    total = min(lo + line.size + hi, MOST_PIXELS)
    rows = min(line.outputs, MOST_ROWS)

    def parts() -> Iterator[str]:
        for place in range(total):
            pixel = place - lo
            inside = line.on_image(pixel)
            yield box(LEFT + place * CELL, 4, PALE if inside else "none", dashed=not inside)
            if inside:
                yield label(LEFT + place * CELL + 8, 16, str(pixel + 1))
        yield label(32, 16, f"pixels {name}")
        for output in range(rows):
            y = 30 + output * CELL
            yield label(32, y + 12, f"output {output + 1}")
            for tap, pixel in enumerate(line.window(output)):
                if pixel + lo < total:
                    colour = COLOURS[tap % len(COLOURS)]
                    opacity = 1.0 if line.on_image(pixel) else 0.25
                    yield box(LEFT + (pixel + lo) * CELL, y, colour, opacity=opacity)
        if rows < line.outputs or total < lo + line.size + hi:
            yield label(32, 44 + rows * CELL, "...")

    return svg(LEFT + 10 + total * CELL, 52 + rows * CELL, "windows on a line of pixels", parts())


def ties(line: Line) -> str:
    """The matrix of one channel along one axis, copies of a weight in one colour."""
    rows, columns = min(line.outputs, 32), min(line.size, 64)
    cell = 9

    def parts() -> Iterator[str]:
        yield frame(0.5, 0.5, columns * cell, rows * cell, "#888888")
        for output in range(rows):
            for tap, pixel in enumerate(line.window(output)):
                if 0 <= pixel < columns:
                    colour = COLOURS[tap % len(COLOURS)]
                    yield box(pixel * cell + 1, output * cell + 1, colour, cell=cell)

    return svg(columns * cell + 2, rows * cell + 2, "tie pattern of the matrix", parts())
