"""What every right implementation obeys: one file a family; `LAWS` holds them all by id."""

from __future__ import annotations

from convproof.laws import (
    adjoint,
    answers,
    batch,
    definition,
    integers,
    leftovers,
    linearity,
    locality,
    memory,
    pooling,
    precision,
    purity,
    refusal,
    rounding,
    structure,
    symmetry,
    ties,
    translation,
)
from convproof.laws.law import LAWS, Broken, Law, NotApplied

FAMILIES = (
    answers,
    definition,
    rounding,
    linearity,
    locality,
    translation,
    symmetry,
    structure,
    adjoint,
    ties,
    leftovers,
    pooling,
    batch,
    purity,
    memory,
    refusal,
    precision,
    integers,
)

LAWS.arrange(module.__name__.rsplit(".", 1)[-1] for module in FAMILIES)

__all__ = ["FAMILIES", "LAWS", "Broken", "Law", "NotApplied"]
