"""Holding an implementation to the laws: targets, cases, the run and what it came to."""

from __future__ import annotations

import importlib
from typing import Any

_CONTENTS = {
    "Case": "convproof.laws.case",
    "CheckResult": "convproof.conformance.report.result",
    "Failure": "convproof.conformance.report.result",
    "Outcome": "convproof.conformance.target.outcome",
    "Target": "convproof.conformance.target.target",
    "check": "convproof.conformance.run.engine",
    "parametrize_with_laws": "convproof.conformance.report.pytest_plugin",
    "resolve": "convproof.conformance.target.resolve",
}

__all__ = sorted(_CONTENTS)


def __getattr__(name: str) -> Any:
    if name not in _CONTENTS:
        raise AttributeError(f"module 'convproof.conformance' has no attribute {name!r}")
    value = getattr(importlib.import_module(_CONTENTS[name]), name)
    globals()[name] = value
    return value
