"""convproof's own public functions, held to the same laws as anybody's."""

from __future__ import annotations

import importlib

from convproof.conformance.target.target import Target
from convproof.errors import TargetError
from convproof.laws.op import KINDS, OPS

NEEDS = {"convproof": "convproof"}
EXTRA = ""


def target() -> Target:
    """convproof as a target."""
    try:
        functions = importlib.import_module("convproof.functions")
    except ImportError as error:
        raise TargetError(f"the target 'convproof' does not import: {error}") from None
    ops = {op: getattr(functions, op) for op in OPS if hasattr(functions, op)}
    return Target(
        "convproof",
        layout="channels_last",
        spec="convproof",
        own_errors=True,
        conventions={"ties": "first", "nan": "propagates", "count_include_pad": True},
        accepts=dict.fromkeys(KINDS, ("asymmetric_padding",)),
        dtypes=("float16", "float32", "float64", "int32", "int64", "complex64", "complex128"),
        **ops,
    )
