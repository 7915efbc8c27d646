"""convproof: convolution and pooling, derived, proved, generated and checked.

This file is the contents page.  Names are loaded when first used, so that importing the
package costs NumPy alone.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any

__version__ = "0.1.0"

# name -> module that defines it
_CONTENTS: dict[str, str] = {
    # what a layer is
    "Conv": "convproof.spec",
    "MaxPool": "convproof.spec",
    "AvgPool": "convproof.spec",
    "output_shape": "convproof.spec",
    # verified functions
    **{
        f"{op}{rank}d{way}": "convproof.functions"
        for op in ("conv", "conv_transpose", "max_pool", "avg_pool")
        for rank in (1, 2, 3)
        for way in ("", "_backward")
    },
    "Gradients": "convproof.functions",
    # derivations, proofs, code
    "Derivation": "convproof.derive",
    "derive": "convproof.derive",
    "generate": "convproof.certify",
    "certify": "convproof.certify",
    "Certificate": "convproof.certify",
    "prove": "convproof.prove",
    "Ledger": "convproof.evidence",
    "Claim": "convproof.evidence",
    "Evidence": "convproof.evidence",
    "Verdict": "convproof.evidence",
    # holding an implementation to the laws
    "Target": "convproof.conformance",
    "check": "convproof.conformance",
    "CheckResult": "convproof.conformance",
    "parametrize_with_laws": "convproof.conformance",
    # errors
    **dict.fromkeys(
        (
            "ConvproofError",
            "SpecError",
            "DerivationError",
            "LoweringError",
            "TargetError",
            "MissingExtra",
        ),
        "convproof.errors",
    ),
}
_MODULES = ("theory",)

__all__ = sorted([*_CONTENTS, *_MODULES])


class _Package(types.ModuleType):
    """Keeps `cp.derive`, `cp.prove` and `cp.certify` the functions they are in the contents.

    The packages of the same names would otherwise take the attribute over when they are imported.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _CONTENTS and isinstance(value, types.ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"convproof.{name}")
    if name not in _CONTENTS:
        raise AttributeError(f"module 'convproof' has no attribute {name!r}")
    value = getattr(importlib.import_module(_CONTENTS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
