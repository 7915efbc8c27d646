"""The ways to compute a layer, one file each: whatever is in this folder registers itself.

A file holds the whole truth about its schedule (see `registry.Schedule`).  The generated modules,
the public functions, the certificates and the tests go through the registry; no list is kept.
"""

import importlib
import pkgutil

from convproof.schedules.registry import REGISTRY, Schedule, register

for _found in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_found.name}")

__all__ = ["REGISTRY", "Schedule", "register"]
