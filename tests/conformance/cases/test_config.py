"""The integers of a call."""

from __future__ import annotations

import json

import numpy as np

from convproof.conformance.cases import cover
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.report.codec import decode, encode
from convproof.laws.case import Case


def test_the_same_config_makes_the_same_case_here_and_from_json():
    for config in cover.structure(Domain.everything("conv", 2), 40, 0):
        one, two = build("conv2d_backward", config), build("conv2d_backward", config.but())
        assert all(np.array_equal(one.arrays[name], two.arrays[name]) for name in one.arrays)
        back = decode(Case, json.loads(json.dumps(encode(one))))
        assert back.describe() == one.describe()
        assert np.array_equal(back.x, one.x)
