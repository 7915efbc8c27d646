"""Keras 3 on its PyTorch backend."""

from __future__ import annotations

import sys

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.layers import FUNCTIONS
from convproof.conformance.target.target import Target

NEEDS = {"keras": "keras", "torch": "torch"}
EXTRA = "keras-torch"
BACKEND = "torch"
ENVIRONMENT = {"KERAS_BACKEND": "torch"}


def chosen() -> str:
    """The name of the backend."""
    return "torch"


def target() -> Target:
    """Keras on PyTorch as a target."""
    return Target(
        "keras_torch",
        layout="channels_last",
        spec="keras_torch",
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        accepts=dict.fromkeys(("conv", "max_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
