"""What every right implementation obeys: one file a family; `LAWS` holds them all by id.

A file of this folder that declares a law is a family: nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil

from convproof.laws.law import LAWS, Broken, Law, NotApplied

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
LAWS.arrange()

__all__ = ["LAWS", "Broken", "Law", "NotApplied"]
