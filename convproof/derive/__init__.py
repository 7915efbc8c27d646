"""From a definition to formulas: SymPy derivations with every step recorded."""

from convproof.derive.derivation import Derivation, derive
from convproof.derive.layers import NAMES
from convproof.derive.step import Definition, Goal, Step

__all__ = ["NAMES", "Definition", "Derivation", "Goal", "Step", "derive"]
