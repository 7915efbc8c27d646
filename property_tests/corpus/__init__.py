"""A corpus of wrong and right implementations, to measure a checker by.

Every wrong one carries a witness: calls on which it differs from PyTorch (the tests replay them
all). The mistakes are those of real trackers; the mechanisms are loops, im2col, strided views,
einsum, scatter, transforms, tiles, sparse matrices. The laws never look in here.

>>> import property_tests.corpus as corpus
>>> corpus.find("kernel-flipped").family
'kernel flipped'
"""

from __future__ import annotations

import importlib

from convproof.errors import SpecError
from property_tests.corpus.entry import REGISTRY, Entry
from property_tests.corpus.entry import right as right_function
from property_tests.corpus.witness import Call, replay

SHELVES = (
    "parameters",
    "borders",
    "mechanisms",
    "thin",
    "gradients",
    "thin_gradients",
    "consistent",
    "pooling",
    "stateful",
    "layouts",
    "ranks",
    "correct",
    "lawful",
)

__all__ = ["Call", "Entry", "entries", "find", "replay", "right", "right_function", "wrong"]


def entries() -> tuple[Entry, ...]:
    """Every entry, wrong ones first, in the order of the files."""
    for shelf in SHELVES:
        importlib.import_module(f"property_tests.corpus.{shelf}")
    return tuple(sorted(REGISTRY.values(), key=lambda entry: entry.right))


def wrong() -> tuple[Entry, ...]:
    """The mistakes."""
    return tuple(entry for entry in entries() if not entry.right)


def right() -> tuple[Entry, ...]:
    """The right ones, of every lawful convention and rounding."""
    return tuple(entry for entry in entries() if entry.right)


def find(name: str) -> Entry:
    """The entry called `name`.

    Raises:
        SpecError: if there is none.
    """
    for entry in entries():
        if entry.name == name:
            return entry
    raise SpecError.of("name", name, "the name of a corpus entry", "see `entries()`")
