"""Section 10.2: the symmetries of training, the distance of rotated targets, and the bounds."""

from __future__ import annotations

from convproof.contents import attach, listed

_NAMES = listed(__file__)
__all__ = sorted(_NAMES)
__getattr__, __dir__ = attach(__name__, _NAMES)
