"""One call of a target: defined beside the laws, which sit below this package."""

from __future__ import annotations

from convproof.laws.case import KINDS, MEMORY, OPS, PARAMETERS, Case, arrange

__all__ = ["KINDS", "MEMORY", "OPS", "PARAMETERS", "Case", "arrange"]
