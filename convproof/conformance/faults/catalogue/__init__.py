"""Known mistakes, each as an executable wrong version of the definition.

Importing this package declares them all; `MISTAKES` has them by name.
"""

from __future__ import annotations

from convproof.conformance.faults.catalogue import (
    arguments,
    conv_backward,
    conv_forward,
    general,
    pools,
)
from convproof.conformance.faults.catalogue.catalogue import MISTAKES, Mistake, right

__all__ = [
    "MISTAKES",
    "Mistake",
    "arguments",
    "conv_backward",
    "conv_forward",
    "general",
    "pools",
    "right",
]
