"""convproof: convolution and pooling, derived, proved, generated and checked.

The contents page is the stub beside this file, `__init__.pyi`.  Names are loaded when first
used, so that importing the package costs NumPy alone.
"""

from __future__ import annotations

import sys
import types
from typing import Any

from convproof.contents import attach, listed

__version__ = "0.1.0"

_NAMES = listed(__file__)
__all__ = sorted(_NAMES)
__getattr__, __dir__ = attach(__name__, _NAMES)


class _Package(types.ModuleType):
    """Keeps `cp.derive`, `cp.prove` and `cp.certify` the functions they are in the contents.

    The packages of the same names would otherwise take the attribute over when they are imported.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        shadowed = _NAMES.get(name, __name__) != __name__ and isinstance(value, types.ModuleType)
        if not shadowed:
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
