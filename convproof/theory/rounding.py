"""Telling rounding from a difference, without a tolerance picked by hand: two precisions.

Two computations that agree in real arithmetic differ in floating point by a gap of about C * u,
u the unit roundoff, C the growth of perturbations along the computation: the same C at every
precision.  Two that disagree keep their gap as u shrinks.  So the gap in float32 says how much
of the gap in float64 rounding can explain: gap32 * u64 / u32.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convproof.evidence import Status, Verdict

U32 = float(np.finfo(np.float32).eps) / 2
U64 = float(np.finfo(np.float64).eps) / 2
# The two gaps are the largest of many rounding errors, drawn once in each precision.  Both are sums
# of some m roundings, each multiplied by what the rest of the computation makes of it, so each is
# at most m times the largest product and seldom below it: their ratio, freed of u64/u32, is within
# m.  A step of the longest rule here (Shampoo, Newton-Schulz) has fewer than 2^10 roundings an
# entry; those of earlier steps grow alike in both.  Not a theorem: a larger ratio is "undecided".
SPREAD = 2.0**10
# From where on a gap is called a difference: the square of that, above what rounding explains; and
# above all that a computation carried out in float32 throughout could show.
CLEARLY = SPREAD**2


@dataclass(frozen=True)
class Gaps:
    """Relative gaps of one comparison, computed in both precisions; never negative.

    >>> Gaps(3e-7, 5e-16).verdict.status.value
    'held'
    >>> Gaps(0.31, 0.31).verdict.status.value
    'refuted'
    >>> Gaps(3e-7, 3e-7).verdict.status.value
    'undecided'
    """

    single: float
    double: float

    @property
    def explained(self) -> float:
        """The float64 gap that rounding explains, from the gap in float32 (or one roundoff)."""
        return max(self.single, U32) * (U64 / U32)

    @property
    def verdict(self) -> Verdict:
        """Held if rounding explains the gap, refuted if it is far from it, else unknown."""
        shown = f"gap {self.double:.1e} in float64, {self.single:.1e} in float32"
        if not (np.isfinite(self.single) and np.isfinite(self.double)):
            return Verdict.undecided(f"a run left the finite numbers ({shown})")
        if self.double <= SPREAD * self.explained:
            return Verdict.held(f"{shown}: it shrinks with the roundoff")
        if self.double >= CLEARLY * self.explained and self.double > SPREAD * U32:
            return Verdict.refute(f"{shown}: it does not shrink with the roundoff")
        return Verdict.undecided(f"{shown}: too large for rounding, too small to be sure")


def worst(verdicts: list[Verdict]) -> Verdict:
    """The first refutation if there is one, else the first not held, else the last."""
    for status in (Status.REFUTED, Status.UNDECIDED):
        for verdict in verdicts:
            if verdict.status is status:
                return verdict
    return verdicts[-1]
