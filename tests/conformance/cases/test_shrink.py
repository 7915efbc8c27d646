import numpy as np

from convproof.conformance.cases import cover
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.cases.shrink import cost, shrink


def test_shrinking_ends_at_something_small_that_still_breaks():
    config = cover.bulk(Domain.everything("conv", 2), 10, 0)[-1]
    case = build("conv2d", config)
    calls = []

    def breaks(smaller):
        calls.append(smaller)
        return smaller.x.shape[1] >= 3

    small = shrink(case.replace(x=np.concatenate([case.x] * 3, axis=1)), breaks, 5.0, 300)
    assert small.x.shape[1] == 3
    assert cost(small) < cost(case)
    assert len(calls) <= 300
