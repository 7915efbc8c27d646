"""The distance of two targets enclosed by interval arithmetic, from their principal angles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from convproof.errors import SpecError
from convproof.theory import quadrature


def enclosure(angles: Sequence[Any], goal: float = 1e-6) -> tuple[float, float]:
    """Two numbers that P[h* o R_1 != h* o R_2] lies between, for given principal angles.

    Every operation is rounded outwards (mpmath's intervals), every error of the quadrature is
    bounded by a theorem (`quadrature`).  The distance grows with each angle, so for angles that
    are intervals themselves the ends of the result come from their ends.

    Args:
        angles: in [0, pi/2], or pairs (low, high) of such; one for each of d/2 planes.
        goal: how wide the result may be for exact angles, from 1e-12 to 0.1; the smaller, the
            longer it takes: 1e-6 is some tenths of a second an angle.

    Raises:
        SpecError: for an angle outside [0, pi/2], a pair in the wrong order, no angle, or another
            goal.

    >>> low, high = enclosure([math.pi / 8] * 2)
    >>> low < 0.25 < high and high - low < 1e-6
    True

    Source: Theorem A (see `rotation_distance`).
    """
    pairs = [_pair(angle) for angle in angles]
    if not pairs:
        raise SpecError.of("angles", angles, "at least one")
    if not 1e-12 <= goal <= 0.1:
        raise SpecError.of("goal", goal, "a number between 1e-12 and 0.1")
    lows, highs = zip(*pairs, strict=True)
    first = _ends(lows, goal)
    return first if lows == highs else (first[0], _ends(highs, goal)[1])


def _pair(angle: Any) -> tuple[float, float]:
    try:
        low, high = angle if isinstance(angle, (tuple, list)) else (angle, angle)
        pair = float(low), float(high)
    except (TypeError, ValueError):
        raise SpecError.of("angles", angle, "numbers or pairs of numbers in [0, pi/2]") from None
    if not 0 <= pair[0] <= pair[1] <= math.pi / 2:
        raise SpecError.of("angles", angle, "numbers or pairs (low, high) in [0, pi/2]")
    return pair


def _ends(angles: Sequence[float], goal: float) -> tuple[float, float]:
    """The enclosure for exact angles; the four kinds of error each get an eighth of the goal."""
    from mpmath import iv

    part, k, before = goal / 16, len(angles), iv.dps
    wide = quadrature.step_for(quadrature.outer_error, part)
    fine = quadrature.step_for(lambda h: quadrature.inner_error(h, k), part)
    try:
        iv.dps = 30
        x = [iv.sin(iv.mpf(phi)) ** 2 for phi in angles]
        end = 1.0
        while quadrature.cut_error(end) > part:
            end += 1.0
        nodes = math.ceil(end / wide)
        total, off = iv.mpf(0), iv.mpf(0)
        for node in range(-nodes, nodes + 1):
            grown = iv.exp(iv.mpf(node) * iv.mpf(wide))
            weight = iv.mpf(wide) * 2 / iv.pi**2 * iv.log(1 + 2 / grown) * grown / (1 + grown)
            for v in ((1 + grown) ** 2, 1 / (1 + grown) ** 2):
                value, tail = _mean(x, v, weight, fine, part)
                total += weight * value
                off += tail
        # floats made the bounds on the rules' errors: 2^-40 is far above their rounding
        errors = quadrature.outer_error(wide) + quadrature.cut_error(end)
        errors = (errors + quadrature.inner_error(fine, k)) * (1 + 2**-40)
        off += iv.mpf(errors) + part
        return max(0.0, _down(total - off)), min(1.0, _up(total + off))
    finally:
        iv.dps = before


def _mean(x: list[Any], v: Any, weight: Any, fine: float, part: float) -> tuple[Any, Any]:
    """K(v) by the trapezoidal rule; and what its cut at large t can hide, times `weight`."""
    from mpmath import iv

    b = [xj + v * (1 - xj) for xj in x]
    place, total = math.floor(math.log(part / len(x)) / fine), iv.mpf(0)
    while True:
        t = iv.exp(iv.mpf(place) * iv.mpf(fine))
        product, slope = iv.mpf(1), iv.mpf(0)
        for xj, bj in zip(x, b, strict=True):
            factor = 1 + 2 * t * bj
            product *= factor
            slope += xj / factor
        root = 1 / iv.sqrt(product)
        total += t * slope * root
        tail = weight * root * iv.exp(iv.mpf(fine))
        # the tails of all nodes together stay below the part: weights add up to one half
        if ((root.b <= part or tail.b <= part * 1e-3) and t.a > 1) or place * fine > 300:
            return total * iv.mpf(fine), tail
        place += 1


def _down(interval: Any) -> float:
    return math.nextafter(float(interval.a), -math.inf)


def _up(interval: Any) -> float:
    return math.nextafter(float(interval.b), math.inf)
