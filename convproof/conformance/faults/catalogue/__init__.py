"""Known mistakes, each as an executable wrong version of the definition.

The files beside this one declare them when they are imported, as they are here.
"""

from __future__ import annotations

import importlib
import pkgutil

from convproof.conformance.faults.catalogue.catalogue import MISTAKES, Mistake
from convproof.conformance.faults.catalogue.engine import right

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["MISTAKES", "Mistake", "right"]
