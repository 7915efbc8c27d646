"""Adapters for known libraries: one module each, importing its library only when called.

Each module has functions of the contract's signatures on NumPy arrays, written so that each
stands alone (a reproduction script carries their source), and `target()` that puts them together.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convproof.conformance.target.target import Target

KNOWN = ("convproof", "scipy", "torch", "jax", "onnxruntime")


def known(name: str) -> Target:
    """The target for one of the names in `KNOWN`."""
    module = importlib.import_module(f"convproof.conformance.target.libraries.{name}_")
    made: Target = module.target()
    return made
