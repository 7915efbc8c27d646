"""Pictures of a layer, drawn from its numbers: windows on a line of pixels, ties in its matrix."""

from __future__ import annotations

from collections.abc import Iterator

from convproof.explain.geometry import Line

# Okabe and Ito's colours, which colour-blind people tell apart.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
CELL = 18
MOST_PIXELS, MOST_ROWS = 40, 12


def _svg(width: float, height: float, label: str, parts: Iterator[str]) -> str:
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{label}" '
        f'font-family="sans-serif" font-size="10">{body}</svg>'
    )


def _box(x: float, y: float, fill: str, extra: str = "") -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{CELL - 2}" height="{CELL - 2}" rx="2" fill="{fill}" '
        f'stroke="#888" stroke-width="0.6"{extra}/>'
    )


def windows(line: Line, name: str) -> str:
    """The windows of one axis: pixels and padding above, a row for each of the first outputs."""
    lo, hi = line.axis.pad_lo, line.axis.pad_hi
    total = min(lo + line.size + hi, MOST_PIXELS)
    rows = min(line.outputs, MOST_ROWS)

    def parts() -> Iterator[str]:
        for place in range(total):
            pixel = place - lo
            inside = line.on_image(pixel)
            yield _box(70 + place * CELL, 4, "#ddd" if inside else "none", _dash(inside))
            if inside:
                yield _label(70 + place * CELL + 8, 16, str(pixel + 1))
        yield _label(32, 16, f"pixels {name}")
        for output in range(rows):
            y = 30 + output * CELL
            yield _label(32, y + 12, f"output {output + 1}")
            for tap, pixel in enumerate(line.window(output)):
                if pixel + lo < total:
                    colour = COLOURS[tap % len(COLOURS)]
                    fade = "" if line.on_image(pixel) else ' fill-opacity="0.25"'
                    yield _box(70 + (pixel + lo) * CELL, y, colour, fade)
        if rows < line.outputs or total < lo + line.size + hi:
            yield _label(32, 44 + rows * CELL, "...")

    return _svg(80 + total * CELL, 52 + rows * CELL, "windows on a line of pixels", parts())


def _dash(inside: bool) -> str:
    return "" if inside else ' stroke-dasharray="2 2"'


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="middle" fill="currentColor">{text}</text>'


def ties(line: Line) -> str:
    """The matrix of one channel along one axis, copies of a weight in one colour."""
    rows, columns = min(line.outputs, 32), min(line.size, 64)
    cell = 9

    def parts() -> Iterator[str]:
        yield (
            f'<rect x="0.5" y="0.5" width="{columns * cell}" height="{rows * cell}" fill="none" '
            'stroke="#888"/>'
        )
        for output in range(rows):
            for tap, pixel in enumerate(line.window(output)):
                if 0 <= pixel < columns:
                    yield (
                        f'<rect x="{pixel * cell + 1}" y="{output * cell + 1}" width="{cell - 1}" '
                        f'height="{cell - 1}" fill="{COLOURS[tap % len(COLOURS)]}"/>'
                    )

    return _svg(columns * cell + 1, rows * cell + 1, "tie pattern of the matrix", parts())
