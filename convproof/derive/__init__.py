"""From a definition to formulas: SymPy derivations with every step recorded."""

from convproof.derive.layers import NAMES, derive
from convproof.derive.step import Definition, Derivation, Goal, Step

__all__ = ["NAMES", "Definition", "Derivation", "Goal", "Step", "derive"]
