"""F(m, r): the identity in symbols, a wrong entry refused, and the points that err least."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sympy import Matrix, Rational, expand, symbols

from convproof.errors import LoweringError
from convproof.lower.cook_toom import Filter, filter_of, transposed
from convproof.schedules import REGISTRY

POINTS = [Rational(p) for p in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3")]


@pytest.mark.parametrize("outputs", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("taps", [1, 2, 3, 4])
def test_the_algorithm_is_the_correlation_as_polynomials(outputs: int, taps: int) -> None:
    found = filter_of(outputs, taps, POINTS[: outputs + taps - 2])
    d, g = symbols(f"d:{found.size}"), symbols(f"g:{taps}")
    a, gg, b = (Matrix(rows) for rows in (found.a, found.g, found.b))
    y = a * (gg * Matrix(g)).multiply_elementwise(b * Matrix(d))
    for i in range(outputs):
        assert expand(y[i] - sum(g[k] * d[i + k] for k in range(taps))) == 0
    # The adjoint in the taps: what the kernel's gradient runs.
    e = symbols(f"e:{outputs}")
    turned = (Matrix(transposed(rows)) for rows in (found.g, found.a))
    back, ahead = turned
    dg = back * (b * Matrix(d)).multiply_elementwise(ahead * Matrix(e))
    for k in range(taps):
        assert expand(dg[k] - sum(e[i] * d[i + k] for i in range(outputs))) == 0


def wrong(found: Filter, which: str) -> Filter:
    rows = [list(row) for row in getattr(found, which)]
    rows[0][0] += Rational(1, 1000)
    return replace(found, **{which: tuple(map(tuple, rows))})


@pytest.mark.parametrize("which", ["a", "g", "b"])
def test_one_wrong_entry_is_refused(which: str) -> None:
    found = filter_of(4, 3, POINTS[:5])
    found.check()
    with pytest.raises(LoweringError, match="wrong"):
        wrong(found, which).check()
    with pytest.raises(LoweringError, match="different points"):
        filter_of(2, 3, [Rational(0), Rational(1), Rational(1)])


def error(points: tuple[str, ...], outputs: int) -> float:
    """The largest error of F(outputs, 3) in float32, in two dimensions, over 64 channels."""
    found = filter_of(outputs, 3, [Rational(point) for point in points])
    a, g, b = (np.array(rows, float).astype(np.float32) for rows in (found.a, found.g, found.b))
    rng, t, worst = np.random.default_rng(0), found.size, 0.0
    for _ in range(30):
        d, w = (rng.standard_normal((64, s, s)).astype(np.float32) for s in (t, 3))
        products = (g @ w @ g.T) * (b @ d @ b.T)
        y = a @ products.sum(0) @ a.T
        windows = np.lib.stride_tricks.sliding_window_view(d.astype(float), (3, 3), (1, 2))
        right = np.einsum("cijkl,ckl->ij", windows, w.astype(float))
        worst = max(worst, float(np.abs(y - right).max() / np.abs(right).max()))
    return worst


def test_the_chosen_points_err_less_than_the_usual() -> None:
    chosen = REGISTRY["winograd_4x3"].points  # type: ignore[attr-defined]  # Winograd's own
    assert 2 * error(chosen, 4) < error(("0", "1", "-1", "2", "-2"), 4)
