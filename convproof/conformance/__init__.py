"""Holding an implementation to the laws: targets, cases, the run and what it came to."""

from __future__ import annotations

from convproof.contents import attach, listed

_NAMES = listed(__file__)
__all__ = sorted(_NAMES)
__getattr__, __dir__ = attach(__name__, _NAMES)
