"""What is judged: an update rule of any origin, as a function from gradients to weights."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from convproof.errors import SpecError
from convproof.theory.groups import Matrix
from convproof.theory.symmetry.trace import Record

# Unit roundoffs of the types that a rule may compute in without saying so.
ROUNDOFFS = {"float32": 2.0**-24, "float16": 2.0**-11, "bfloat16": 2.0**-8}


class Subject(Protocol):
    """An update rule that can be run from a start along a sequence of gradients."""

    @property
    def label(self) -> str:
        """The rule's name in messages."""
        ...

    @property
    def seeded(self) -> bool:
        """Whether `seed` changes what a run does: a rule with a random part that a seed fixes."""
        ...

    @property
    def costly(self) -> bool:
        """Whether a step is many evaluations: fewer steps are then made."""
        ...

    def run(self, weight: Matrix, gradients: Matrix, seed: int = 0) -> Matrix:
        """The weights (steps, h, d) after each gradient of (steps, h, d), in weight's dtype.

        Raises:
            SpecError: if the rule cannot be run so: it wants more, returns nothing, raises, or
                gives back another shape.
        """
        ...

    def lowest(self, weight: Matrix, gradients: Matrix) -> str | None:
        """The coarsest floating type that a float64 run computes in; None if nobody can tell."""
        ...

    def record(self, weight: Matrix, gradients: Matrix) -> Record | None:
        """A float64 run with its operations on record, for the cause; None if there is no way."""
        ...


def checked(label: str, moved: Matrix, weight: Matrix) -> Matrix:
    """`moved` if it can be the weight after a step.

    Raises:
        SpecError: if its shape is another, or it holds no real numbers.
    """
    if moved.shape != weight.shape or moved.dtype.kind not in "fiu":
        raise SpecError.of(
            "rule",
            label,
            "a rule whose new weight has the old one's shape, in real numbers",
            f"it turned {weight.dtype} {weight.shape} into {moved.dtype} {moved.shape}",
        )
    return np.asarray(moved, dtype=weight.dtype)


def coarsest(names: set[str]) -> str:
    """The coarsest of the floating types among `names`; float64 if there is none coarser."""
    return max(names & set(ROUNDOFFS), key=lambda name: ROUNDOFFS[name], default="float64")
