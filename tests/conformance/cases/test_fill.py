"""Numbers of a call."""

from __future__ import annotations

import numpy as np

from convproof.conformance.cases import cover
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build


def test_small_integers_stay_exact_in_the_dtype_they_have():
    for config in cover.boundary(Domain.everything("conv", 2), 1, 0):
        case = build("conv2d", config.but(dtype="float32", style="wide"))
        top = np.abs(case.x).max() * np.abs(case.kernel).max() * np.prod(case.kernel.shape[:-1])
        assert top <= 2.0**24
