"""Networks: layers in a row, weight tying, and the fully connected twin (10.1.5, 10.2)."""

from __future__ import annotations

from convproof.contents import attach, listed

_NAMES = listed(__file__)
__all__ = sorted(_NAMES)
__getattr__, __dir__ = attach(__name__, _NAMES)
