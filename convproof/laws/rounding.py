"""Real numbers: a direct target keeps to the rounding of a direct sum, another to its envelope."""

from __future__ import annotations

from convproof.laws.law import EVERY, law
from convproof.laws.trial import Trial


def bounded(trial: Trial, op: str) -> bool:
    """Whether the target shows, on integers too, that it is not a direct sum.

    A direct sum is exact on small integers; a fast algorithm is off by its rounding on most of
    them.  One that is exact there has no leave to be less than direct on reals.
    """
    levels = trial.notes.levels.get(op)
    if not levels:
        return False
    rounded = levels["envelope"] + levels["rounding"]
    return rounded > 0 and rounded >= 0.02 * (rounded + levels["exact"])


@law(
    "rounding",
    "On real numbers every entry is within the rounding of a direct sum in the result's precision; "
    "an algorithm that is exact nowhere (FFT, Winograd) is held to its own bound instead.",
    "|f(x) - Z| <= (n + 64) u max conv(|x|, |K|)",
    scope="target",
    source="Higham, Accuracy and Stability of Numerical Algorithms, ch. 3",
    kinds=EVERY,
)
def rounding(trial: Trial, op: str) -> None:
    """What was set aside while the target was called is judged at the end."""
    pending = trial.notes.pending.get(op)
    if pending is not None and not bounded(trial, op):
        raise pending
