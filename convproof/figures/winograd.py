"""Winograd's convolution by its points: how far float32 is off, and how far it can be."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.figures.networks import as_svg, panels
from convproof.figures.registry import figure

U = 2.0**-24
TRIALS, SEED = 4_000, 1

# (m, r) -> sets of points beside infinity; the last of each is the one that a schedule here uses
SETS: dict[tuple[int, int], tuple[tuple[str, ...], ...]] = {
    (2, 3): (("0", "1", "-2"), ("0", "1", "-1")),
    (4, 3): (
        ("0", "1", "-1", "2", "3"),
        ("0", "1", "-1", "2", "-2"),
        ("0", "1", "-1", "1/2", "-1/2"),
        ("0", "3/4", "-3/4", "3/2", "-3/2"),
    ),
}


def errors(outputs: int, taps: int, points: tuple[str, ...]) -> tuple[float, float]:
    """The mean and the largest error of outputs of random tiles, in units of u sum|w| max|x|.

    Two axes, one channel, in float32, beside what float64 makes of the definition.
    """
    from sympy import Rational

    from convproof.lower.cook_toom import filter_of

    found = filter_of(outputs, taps, [Rational(point) for point in points])
    a, g, b = (np.array(m, dtype=np.float32) for m in (found.a, found.g, found.b))
    rng = np.random.default_rng(SEED)
    data = rng.standard_normal((TRIALS, found.size, found.size)).astype(np.float32)
    kernel = rng.standard_normal((TRIALS, taps, taps)).astype(np.float32)
    got = _both(_both(kernel, g) * _both(data, b), a)
    exact = np.zeros(got.shape)
    for k, l in np.ndindex(taps, taps):
        weight = kernel[:, k, l, None, None].astype(float)
        exact += data[:, k : k + outputs, l : l + outputs] * weight
    size = np.abs(kernel).sum(axis=(1, 2), dtype=float) * np.abs(data).max(axis=(1, 2))
    off = np.abs(got - exact) / size[:, None, None] / U
    return float(off.mean()), float(off.max())


def bound(outputs: int, taps: int, points: tuple[str, ...]) -> float:
    """What `error_bound` proves of such a tile, in the same units, for any points."""
    from convproof.functions.bound import amplification, gamma

    grown = float(amplification(outputs, taps, points)) ** 2
    turned = (1 + gamma(taps + 1, U)) ** 2 * (1 + gamma(outputs + taps, U)) ** 4
    return grown * (turned * (1 + gamma(1, U)) - 1) / U


def _both(tiles: Any, matrix: Any) -> Any:
    """matrix @ tile @ matrix', axis by axis."""
    half = _times(tiles, matrix)
    return np.swapaxes(_times(np.swapaxes(half, 1, 2), matrix), 1, 2)


def _times(rows: Any, matrix: Any) -> Any:
    """rows @ matrix', a product and a sum at a time: the same bits on every machine."""
    out = np.zeros((*rows.shape[:-1], len(matrix)), dtype=np.float32)
    for i, coefficients in enumerate(matrix):
        for j, factor in enumerate(coefficients):
            out[..., i] += factor * rows[..., j]
    return out


@figure(
    "Float32 errors of Winograd's F(2, 3) and F(4, 3) by their points, in units of roundoff: the "
    "mean and largest of 4000 random 2-D tiles, and the proved bound. For F(4, 3) the points 0, "
    "plus and minus 3/4 and 3/2, which are used here, have the least error of those shown."
)
def winograd_points() -> str:
    """The error of Winograd's convolution against its points."""
    page, (axes,) = panels(1, 2.9)
    page.set_size_inches(6.4, 2.9)
    names, at = [], 0.0
    for (m, r), sets in SETS.items():
        for points in sets:
            mean, largest = errors(m, r, points)
            mark = " *" if points == sets[-1] else ""
            axes.plot([mean, largest], [at, at], "-", color="#0072b2", linewidth=2)
            axes.plot(mean, at, "o", color="#0072b2")
            axes.plot(largest, at, "|", color="#0072b2", markersize=9)
            axes.plot(bound(m, r, points), at, "d", color="#d55e00")
            shown = ", ".join(p for p in points if not p.startswith("-"))
            names.append((at, f"F({m},{r}): {_signed(points) or shown}{mark}"))
            at -= 1
        at -= 0.4
    axes.set_xscale("log")
    axes.set_yticks([y for y, _ in names], [name for _, name in names], fontsize=8)
    axes.set_xlabel("error / (u sum|w| max|x|): dot mean, bar largest, diamond bound", fontsize=8)
    ticks = ("1", "10", "100", "1e3", "1e4", "1e5")
    axes.set_xticks([float(tick) for tick in ticks], ticks, fontsize=8)
    axes.set_title("float32, two axes, 4000 random tiles; * used here", fontsize=9)
    return as_svg(page, "Winograd's points against their error")


def _signed(points: tuple[str, ...]) -> str:
    """Points with pairs written once: 0, ±1, 2."""
    shown = []
    for point in points:
        if point.startswith("-") and point[1:] in points:
            continue
        pair = point != "0" and f"-{point}" in points
        shown.append(f"±{point}" if pair else point)
    return ", ".join(shown)
