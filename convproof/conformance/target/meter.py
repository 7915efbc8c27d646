"""How long the processes of targets have computed: their clocks, as their answers tell them."""

from __future__ import annotations


class Meter:
    """Adds up what the clocks of one process after another say.

    >>> meter = Meter()
    >>> for clock in (1.0, 3.0, 0.5, None):  # at 0.5 it is another process's
    ...     meter.take(clock)
    >>> meter.used
    3.5
    """

    def __init__(self) -> None:
        self.used, self._latest = 0.0, 0.0

    def take(self, clock: object) -> None:
        """Take down a clock that has run since its process began; anything else is no clock."""
        if not isinstance(clock, float) or not 0 <= clock < 1e9:
            return
        self.used += clock - self._latest if clock >= self._latest else clock
        self._latest = clock


METER = Meter()  # of all processes that this one asks
