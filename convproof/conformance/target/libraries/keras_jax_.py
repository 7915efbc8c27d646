"""Keras 3 on its JAX backend."""

from __future__ import annotations

import sys

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.layers import FUNCTIONS
from convproof.conformance.target.target import Target

NEEDS = {"keras": "keras", "jax": "jax"}
EXTRA = "keras-jax"
BACKEND = "jax"
ENVIRONMENT = {"KERAS_BACKEND": "jax"}


def chosen() -> str:
    """The name of the backend."""
    return "jax"


def target() -> Target:
    """Keras on JAX as a target."""
    return Target(
        "keras_jax",
        layout="channels_last",
        spec="keras_jax",
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        accepts=dict.fromkeys(("conv", "max_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
