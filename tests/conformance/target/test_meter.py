"""The time that targets compute for is taken from what their processes say of it."""

from __future__ import annotations

import pytest

from convproof.conformance.cases import corners
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.sandbox.isolated import opened
from convproof.conformance.target.meter import METER, Meter

BUSY = """
import time
import numpy as np
def max_pool2d(x, kernel, stride=None, padding=0):
    end = time.process_time() + 0.05 * (len(x) == 7)
    while time.process_time() < end:
        pass
    return np.zeros((1, 1, 1, 1))
"""


def test_what_a_process_of_its_own_computes_is_counted(tmp_path):
    (tmp_path / "busy.py").write_text(BUSY)
    config = next(iter(corners.basics(Domain.everything("max_pool", 2)))).but(batch=7)
    case = build("max_pool2d", config)
    with opened(str(tmp_path / "busy.py"), timeout=20.0) as target:
        target.call(case)
        before = METER.used
        for _ in range(3):
            target.call(case)
        assert 0.15 <= METER.used - before < 2.0


@pytest.mark.parametrize("told", ["1.0", float("nan"), float("inf"), -1.0, 1])
def test_what_is_no_clock_is_not_counted(told):
    meter = Meter()
    meter.take(told)
    assert meter.used == 0.0
