"""A failure to report."""

from __future__ import annotations

import numpy as np

from convproof.conformance.cases.corners import basics
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.report.result import Failure


def failure(op="conv2d", law="definition", diagnosis=()):
    case = build(op, next(basics(Domain.everything("conv", int(op[4])))))
    return Failure(
        law,
        op,
        "a statement",
        "a reason",
        case,
        np.ones(2),
        np.array([np.nan, 1.0]),
        diagnosis=diagnosis,
    )
