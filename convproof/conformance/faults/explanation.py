"""An explanation of a wrong answer, and how a predicted answer is compared with what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue.words import worded
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
NAMES = ("dx", "dkernel", "dbias")


@dataclass(frozen=True)
class Diagnosis:
    """One explanation.

    Attributes:
        name: the mistake's name, in a gradient with which; or a pattern seen in the difference.
        mistake: its name among `MISTAKES`.
        look: where in one's code to look.
        known: True for a known mistake, False for a mere pattern.
        exact: its output equals the target's entry by entry, not only to rounding.
        confirmed: on how many further calls the mistake predicted the target's output; of `tried`.
        right: on how many of them it predicted another output and the target was right.
        first: whether it explains the call the error was found in; None where that is not known.
        only: features of the call without which the target is right.
        judged: whether a target was there to try it on.
        rank: the number of spatial axes, for the words.
    """

    name: str
    look: str = ""
    known: bool = True
    exact: bool = True
    confirmed: int = 0
    tried: int = 0
    mistake: str = ""
    right: int = 0
    first: bool | None = None
    only: tuple[str, ...] = ()
    judged: bool = False
    rank: int = 2

    def __str__(self) -> str:
        text = worded(
            self.name if not self.look else f"{self.name} (look at: {self.look})", self.rank
        )
        if not self.known:
            return text
        if not self.exact:
            text += "; equal to rounding"
        return text + self._borne_out()

    def _borne_out(self) -> str:
        """What the further calls say of it."""
        if not self.judged:
            return ""
        if not self.tried and not self.only:
            return "; this call alone shows it, no further one could be tried"
        text = ""
        if self.only:
            text += f"; only with {', '.join(self.only)}: calls without are right"
        if self.unexplained:
            if self.first is False:
                text += "; the call the error was found in is not explained by it: there is more"
            else:
                text += f"; it leaves {self.unexplained} of {self.tried} further calls unexplained"
        if self.right:
            text += f"; in some calls only: {self.right} that would show it are right"
        return text or "; it predicts further calls too"

    @property
    def unexplained(self) -> int:
        """Further calls that are wrong in another way than it says."""
        return self.tried - self.confirmed - self.right

    @property
    def whole(self) -> bool:
        """Whether nothing seen speaks against its being all that is wrong."""
        return not self.unexplained and not self.right and self.first is not False

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "name": self.name,
            "look": self.look,
            "known": self.known,
            "exact": self.exact,
            "confirmed": self.confirmed,
            "tried": self.tried,
            "right": self.right,
            "only": list(self.only),
        }


def result_of(case: Case, values: Sequence[Array | None], result: str) -> Array | None:
    """The named one of a call's values."""
    if not case.backward or case.kernel is None:
        return values[0] if values else None
    place = NAMES.index(result) if result in NAMES else 0
    return values[place] if place < len(values) else None


def matches(predicted: Array, got: Array) -> str | None:
    """Whether a prediction is what came: "exact", "rounded" or None."""
    if predicted.shape != got.shape:
        return None
    given = np.asarray(got, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        kind = got.dtype if got.dtype.kind == "f" else np.dtype(np.float64)
        own = predicted.astype(kind).astype(np.float64)
        if np.array_equal(own, given, equal_nan=True):
            return "exact"
        finite = np.isfinite(own) & np.isfinite(given)
        same_rest = np.array_equal(
            np.where(finite, 0, own), np.where(finite, 0, given), equal_nan=True
        )
        scale = np.abs(own[finite]).max(initial=0.0)
        # sums of up to a few hundred terms, each rounded: 64 ulp of the largest result
        bound = 64 * float(np.finfo(kind).eps) * scale
        close = bool((np.abs(own - given)[finite] <= bound).all())
    return "rounded" if same_rest and close else None
