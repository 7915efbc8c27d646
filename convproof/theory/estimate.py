"""A number with its error, and where both come from."""

from __future__ import annotations

from dataclasses import dataclass

from convproof.document.shown import Shown


@dataclass(frozen=True, repr=False)
class Estimate(Shown):
    """`value`, within `error` of the truth in the sense that `method` states.

    >>> str(Estimate(0.25, 1e-12, "quadrature"))
    '0.25 +- 1e-12 (quadrature)'
    >>> Estimate(0.25, 1e-2, "Monte Carlo").covers(0.255)
    True
    """

    value: float
    error: float
    method: str

    @property
    def low(self) -> float:
        """The least value the error allows."""
        return self.value - self.error

    @property
    def high(self) -> float:
        """The greatest value the error allows."""
        return self.value + self.error

    def covers(self, value: float) -> bool:
        """Whether `value` is within the error."""
        return self.low <= value <= self.high

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        return f"{self.value:.12g} +- {self.error:.1g} ({self.method})"
