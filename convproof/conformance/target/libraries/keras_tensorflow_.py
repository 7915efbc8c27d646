"""Keras 3 on its TensorFlow backend."""

from __future__ import annotations

import sys

from convproof.conformance.target.libraries import lines_of, tensorflow_
from convproof.conformance.target.libraries.layers import FUNCTIONS
from convproof.conformance.target.target import Target

NEEDS = {"keras": "keras", "tensorflow": "tensorflow-cpu"}
EXTRA = "keras-tensorflow"
BACKEND = "tensorflow"
ENVIRONMENT = {"KERAS_BACKEND": "tensorflow", **tensorflow_.ENVIRONMENT}


def chosen() -> str:
    """The name of the backend."""
    return "tensorflow"


def target() -> Target:
    """Keras on TensorFlow as a target."""
    return Target(
        "keras_tensorflow",
        layout="channels_last",
        spec="keras_tensorflow",
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        allow=tensorflow_.REFUSES,
        accepts=dict.fromkeys(("conv", "max_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
