"""Keras 3 on its TensorFlow backend."""

from __future__ import annotations

import sys

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.layers import FUNCTIONS
from convproof.conformance.target.target import Target

NEEDS = {"keras": "keras", "tensorflow": "tensorflow-cpu"}
EXTRA = "keras-tensorflow"
BACKEND = "tensorflow"
ENVIRONMENT = {"KERAS_BACKEND": "tensorflow"}

# tf.nn.convolution's page: "strides > 1 is not supported in conjunction with dilation_rate > 1";
# tf.nn.pool says the second when it is called, and no page does.
REFUSES = ("stride above 1 with dilation", "strides larger than the kernel")


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
        allow=REFUSES,
        accepts=dict.fromkeys(("conv", "max_pool"), ("asymmetric_padding",)),
        dtypes=("float32",),
        **lines_of(FUNCTIONS, sys.modules[__name__]),
    )
