"""TensorFlow on the CPU by oneDNN's operators: its default where the processor suits them."""

from __future__ import annotations

import sys

from convproof.conformance.target.libraries import tensorflow_
from convproof.conformance.target.target import Target

NEEDS = tensorflow_.NEEDS
EXTRA = tensorflow_.EXTRA
BACKEND = "tensorflow"
ENVIRONMENT = {"TF_ENABLE_ONEDNN_OPTS": "1"}


def _onednn() -> str:
    return "1"


def target() -> Target:
    """TensorFlow with oneDNN as a target."""
    return tensorflow_.made("tensorflow_onednn", sys.modules[__name__])
