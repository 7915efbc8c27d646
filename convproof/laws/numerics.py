"""How near is near enough: exact first, then bounds from the error analysis of the operation.

Three levels, tried in order:

exact     equal to the right answer, or to it rounded to the result's dtype.
rounding  |got - want| <= (n + 64) u max conv(|x|, |w|), the maximum over the map that the entry is
          in: n terms other than zero, summed in any order, give gamma_n u conv(|x|, |w|) (Higham,
          Accuracy and Stability, ch. 3), and Winograd with points 0, +-1 loses a factor of at most
          (3 * 1.5 * 2)**2 = 81 < n + 64 against its tile for the kernels it is used for.
envelope  |got - want| <= u (1000 |x|_inf |w|_1 + 8 log2(size) |x|_2 |w|_2), the norms over what one
          entry is made of; textbook fast algorithms keep far inside.  Their worst cases are larger:
          F(4, 3) multiplies by |A|_inf |G|_inf |B|_inf = 19 * 1 * 10 on each axis, 36100 on two,
          and three FFTs err by about 21 log2(size) u in the 2-norm (Higham, ch. 24), by
          Cauchy-Schwarz times |x|_2 |w|_2 in an entry.  Roundings never all point one way: what
          was measured is at most 7 and 0.4 of these units for both; a factor of 1.001 is 16000, and
          must not pass.

In the envelope u is at most that of single precision: 1000 u of half would allow anything.

On integers the envelope is only for results with a fractional part: an algorithm that rounds
leaves one, a forgotten term does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.laws.case import Array, Case

EXACT, ROUNDING, ENVELOPE, WRONG = "exact", "rounding", "envelope", "wrong"


@dataclass(frozen=True)
class Agreement:
    """How a result agrees with the right answer: the level, and the worst entry."""

    level: str
    error: float = 0.0
    bound: float = 0.0
    where: tuple[int, ...] = ()


def unit(*dtypes: np.dtype[Any]) -> float:
    """The largest unit roundoff among floating dtypes (float64's for integers).

    >>> unit(np.dtype("float32"), np.dtype("float64")) == 2.0**-24
    True
    """
    return max([float(np.finfo(d).eps) / 2 for d in dtypes if d.kind in "fc"], default=2.0**-53)


def equal(got: Array, want: Array) -> bool:
    """Equal entry by entry, NaN being equal to NaN."""
    return got.shape == want.shape and bool(((got == want) | ((got != got) & (want != want))).all())


def _map_axes(result: str, ndim: int) -> tuple[int, ...]:
    """The axes over which one bound serves all entries."""
    if result == "dkernel":
        return tuple(range(ndim - 2))
    if result == "dbias":
        return (0,)
    return tuple(range(1, ndim - 1))


def agree(
    case: Case,
    result: str,
    got: Array,
    want: Array,
    magnitude: Array,
    terms: int,
    fractions: bool,
) -> Agreement:
    """Compare one result ("y", "dx", "dkernel", "dbias") with the right one.

    `fractions` says that the right answer need not be integers, so that a fractional part
    in `got` means nothing.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if equal(got, want) or (got.dtype.kind == "f" and equal(got, want.astype(got.dtype))):
            return Agreement(EXACT)
        if case.kind == "max_pool" and not case.backward:
            worst = np.unravel_index(int(np.argmax(~(got == want))), want.shape)
            return Agreement(WRONG, math.inf, 0.0, tuple(int(i) for i in worst))
        u = unit(got.dtype, case.x.dtype)
        wide = got.astype(np.float64)
        error = np.abs(wide - want)
        error[~np.isfinite(error)] = math.inf
        tiny = np.finfo(got.dtype).smallest_subnormal if got.dtype.kind == "f" else 0.0
        bound = (terms + 64) * u * magnitude.max(
            axis=_map_axes(result, magnitude.ndim), keepdims=True, initial=0.0
        ) + terms * float(tiny)
        place = int(np.argmax(error - bound))
        where = tuple(int(i) for i in np.unravel_index(place, error.shape))
        worst_error = float(error.flat[place])
        if (error <= bound).all():
            return Agreement(ROUNDING, float(error.max()), float(bound.max()), where)
        # Fast algorithms work in single precision at least: in half, the envelope would allow all.
        limit = min(u, 2.0**-24) * _envelope(case, result)
        if (error <= limit).all() and (fractions or (wide != np.round(wide)).any()):
            return Agreement(ENVELOPE, worst_error, limit, where)
        return Agreement(
            WRONG, worst_error, float(np.broadcast_to(bound, error.shape).flat[place]), where
        )


def _norm(array: Array, last: bool) -> float:
    """The largest 2-norm of what one entry is made of: a channel of the last axis, or an item."""
    axes = tuple(range(array.ndim - 1)) if last else tuple(range(1, array.ndim))
    return float(np.sqrt((array * array).sum(axis=axes)).max(initial=0.0))


def _envelope(case: Case, result: str) -> float:
    """The envelope's bound over u, from the two arrays that the result is a product of."""
    if case.kind == "max_pool" or result == "dbias":
        return 0.0
    left = (
        case.x
        if result in ("y", "dkernel") and not (case.backward and case.kernel is None)
        else case.dy
    )
    assert left is not None
    if case.kernel is None:
        # Averages by running sums: every entry carries the rounding of sums over the image.
        size = math.prod(left.shape[1:-1]) or 1
        return (
            4.0
            * size
            * float(
                np.abs(left.astype(np.float64))
                .sum(axis=tuple(range(1, left.ndim - 1)))
                .max(initial=0.0)
            )
        )
    right = case.dy if result == "dkernel" else case.kernel
    assert right is not None
    a, b = left.astype(np.float64), right.astype(np.float64)
    if result != "dkernel" and (result == "y") != (case.kind == "conv"):
        b = b.swapaxes(-2, -1)  # the channel that the entry is in comes last
    one = float(np.abs(b).sum(axis=tuple(range(b.ndim - 1))).max(initial=0.0))
    size = math.prod(left.shape[1:-1]) * math.prod(case.taps) + 2
    largest = float(np.abs(a).max(initial=0.0))
    norms = _norm(a, result == "dkernel") * _norm(b, True)
    bias = (
        float(np.abs(case.bias).max(initial=0.0))
        if case.bias is not None and result == "y"
        else 0.0
    )
    return 1_000.0 * largest * one + 8.0 * math.log2(size) * norms + 4.0 * bias
