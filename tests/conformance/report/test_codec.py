"""Results as JSON and back."""

from __future__ import annotations

import json

import numpy as np

from convproof.conformance.report.codec import decode, encode
from convproof.conformance.report.result import Failure
from tests.conformance.report.failures import failure


def test_a_failure_survives_json_with_its_nan():
    first = failure()
    again = decode(Failure, json.loads(json.dumps(encode(first))))
    assert np.isnan(again.got[0])
    assert again.case.describe() == first.case.describe()
    assert str(again) == str(first)
