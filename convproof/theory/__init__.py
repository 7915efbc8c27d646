"""Section 10.2: the symmetries of training, the distance of rotated targets, and their claims."""

from __future__ import annotations

import importlib
from typing import Any

_CONTENTS = {
    "Bound": "bounds",
    "Estimate": "estimate",
    "crossing": "bounds",
    "enclosure": "enclosure",
    "grassmannian_log2": "packing",
    "greedy_packing": "packing",
    "lower_bound": "bounds",
    "packing_log2": "packing",
    "rotation_distance": "distance",
    "symmetries": "symmetry",
    "upper_bound": "bounds",
}

__all__ = sorted(_CONTENTS)


def __getattr__(name: str) -> Any:
    if name not in _CONTENTS:
        raise AttributeError(f"module 'convproof.theory' has no attribute {name!r}")
    module = importlib.import_module(f"convproof.theory.{_CONTENTS[name]}")
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
