"""Whether a target is somebody's own code, or a library's."""

from __future__ import annotations

import contextlib
import importlib.util
from pathlib import Path

from convproof.conformance.sandbox.footprint import is_library
from convproof.conformance.target.libraries import KNOWN
from convproof.conformance.target.locate import is_file, split_spec


def is_own(text: str) -> bool:
    """Whether a text names somebody's own code, not a library: those are large, and well known."""
    if text in KNOWN:
        return False
    place = split_spec(text)[0]
    if is_file(place):
        return Path(place).is_file()
    with contextlib.suppress(ImportError, ValueError):
        spec = importlib.util.find_spec(place.partition(".")[0])
        return spec is not None and spec.origin is not None and not is_library(spec.origin)
    return False
