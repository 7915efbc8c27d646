"""Pictures by name, each drawn from what it shows: a spec, a derivation, a stored result."""

from convproof.figures.registry import FIGURES, Figure, draw

__all__ = ["FIGURES", "Figure", "draw"]
