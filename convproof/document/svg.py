"""Small SVG pictures: boxes in a grid, labels, colours that colour-blind people tell apart."""

from __future__ import annotations

import html
from collections.abc import Iterable

# Okabe and Ito's palette.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
PALE = "#dddddd"
CELL = 18


def svg(width: float, height: float, label: str, parts: Iterable[str]) -> str:
    """A picture of this size in pixels; `label` says what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{html.escape(label)}" '
        f'font-family="sans-serif" font-size="10">{"".join(parts)}</svg>'
    )


def box(
    x: float,
    y: float,
    fill: str = "none",
    *,
    opacity: float = 1.0,
    dashed: bool = False,
    cell: float = CELL,
) -> str:
    """One cell of a grid."""
    dash = ' stroke-dasharray="2 2"' if dashed else ""
    fade = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{cell - 2:g}" height="{cell - 2:g}" rx="2" '
        f'fill="{fill}" stroke="#888888" stroke-width="0.6"{dash}{fade}/>'
    )


def frame(x: float, y: float, width: float, height: float, colour: str) -> str:
    """An outline around cells."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3" fill="none" '
        f'stroke="{colour}" stroke-width="2"/>'
    )


def label(x: float, y: float, text: str, anchor: str = "middle") -> str:
    """Words at a place; they take the colour of the text around the picture."""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor">'
        f"{html.escape(text)}</text>"
    )


def arrow(x: float, y: float, to_x: float, to_y: float, colour: str = "#888888") -> str:
    """A line with a head."""
    return (
        f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="{colour}" '
        f'stroke-width="1.2"/><circle cx="{to_x:g}" cy="{to_y:g}" r="2.4" fill="{colour}"/>'
    )
