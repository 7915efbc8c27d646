"""A corpus of wrong and right implementations, to measure a checker by.

Every wrong one carries a witness: calls on which it differs from PyTorch (the tests replay them
all). The mistakes are those of real trackers; the mechanisms are loops, im2col, strided views,
einsum, scatter, transforms, tiles, sparse matrices. The laws never look in here.

>>> from property_tests import corpus
>>> corpus.find("kernel-flipped").family
'kernel flipped'
"""

from __future__ import annotations

import importlib
import pkgutil

from convproof.errors import SpecError
from property_tests.corpus.mutant import REGISTRY, Mutant, right_function
from property_tests.corpus.says import right_line
from property_tests.corpus.witness import Call, replay

__all__ = [
    "Call",
    "Mutant",
    "entries",
    "find",
    "replay",
    "right",
    "right_function",
    "right_line",
    "wrong",
]


def entries() -> tuple[Mutant, ...]:
    """Every entry of every file beside this one, wrong ones first."""
    for module in pkgutil.iter_modules(__path__):
        if module.name != "library":  # which needs PyTorch
            importlib.import_module(f"{__name__}.{module.name}")
    return tuple(sorted(REGISTRY.values(), key=lambda entry: entry.right))


def wrong() -> tuple[Mutant, ...]:
    """The mistakes."""
    return tuple(entry for entry in entries() if not entry.right)


def right() -> tuple[Mutant, ...]:
    """The right ones, of every lawful convention and rounding."""
    return tuple(entry for entry in entries() if entry.right)


def find(name: str) -> Mutant:
    """The entry called `name`.

    Raises:
        SpecError: if there is none.
    """
    for entry in entries():
        if entry.name == name:
            return entry
    raise SpecError.of("name", name, "the name of a corpus entry", "see `entries()`")
