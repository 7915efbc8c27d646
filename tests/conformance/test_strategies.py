"""Rows and cases: reproducible, within limits, and meeting what they are planned to meet."""

from __future__ import annotations

import json

import hypothesis
import numpy as np
import pytest

from convproof.conformance.cases import plan
from convproof.conformance.cases.rows import Row, build
from convproof.conformance.cases.shrink import cost, shrink
from convproof.conformance.cases.strategies import cases, everything
from convproof.laws.case import MEMORY, Case, arrange
from convproof.laws.op import OPS

QUICK = hypothesis.settings(
    max_examples=25,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.mark.parametrize("op", OPS)
def test_drawn_cases_have_an_answer_of_the_shape_they_say(op):
    @QUICK
    @hypothesis.given(cases(op))
    def one(case):
        assert case.op == op
        assert min(case.out_shape) > 0
        assert case.dy is None or case.dy.shape == case.out_shape

    one()


def test_the_same_row_makes_the_same_case_here_and_from_json():
    rows = plan.structure("conv", 2, everything("conv"), 40, 0)
    for row in rows:
        again = Row.from_dict(json.loads(json.dumps(row.to_dict())))
        assert again == row
        one, two = build("conv2d_backward", row), build("conv2d_backward", again)
        assert all(np.array_equal(one.arrays[name], two.arrays[name]) for name in one.arrays)
        back = Case.from_dict(json.loads(json.dumps(one.to_dict())))
        assert back.describe() == one.describe()
        assert np.array_equal(back.x, one.x)


@pytest.mark.parametrize("kind", ["conv", "max_pool", "avg_pool"])
def test_the_plan_meets_every_level_and_nearly_every_pair(kind):
    limits = everything(kind)
    rows = plan.thresholds(kind, 2, limits, 6, 0)
    assert {17, 32, 33, 65} <= {row.inputs for row in rows}
    assert {8, 16, 33} <= {row.batch for row in rows}
    assert {31, 32, 33, 65} <= {row.space[0] for row in rows} & {row.space[1] for row in rows}
    small = plan.structure(kind, 2, limits, 300, 0)
    pairs = {(min(row.stride[0], 4), min(row.taps[1], 4)) for row in small}
    assert len(pairs) == 16
    if kind == "conv":
        assert {
            (s > 1, d > 1, row.groups > 1, max(row.padding[0]) > 0)
            for row in small
            for s, d in zip(row.stride, row.dilation, strict=True)
        } == {
            (a, b, c, d)
            for a in (False, True)
            for b in (False, True)
            for c in (False, True)
            for d in (False, True)
        }


def test_small_integers_stay_exact_in_the_dtype_they_have():
    for row in plan.thresholds("conv", 2, everything("conv"), 1, 0):
        case = build("conv2d", row.with_(dtype="float32", style="wide"))
        top = np.abs(case.x).max() * np.abs(case.kernel).max() * np.prod(case.kernel.shape[:-1])
        assert top <= 2.0**24


@pytest.mark.parametrize("memory", MEMORY)
def test_arrangements_keep_the_numbers(memory):
    array = np.repeat(np.arange(12.0).reshape(1, 3, 4), 2, axis=0)
    laid = arrange(array, memory)
    assert np.array_equal(laid, array)
    assert not np.shares_memory(laid, array)
    assert laid.flags.writeable == (memory not in ("readonly", "broadcast"))


def test_shrinking_ends_at_something_small_that_still_breaks():
    row = plan.bulk("conv", 2, everything("conv"), 10, 0)[-1]
    case = build("conv2d", row)
    calls = []

    def breaks(smaller):
        calls.append(smaller)
        return smaller.x.shape[1] >= 3

    small = shrink(case.replace(x=np.concatenate([case.x] * 3, axis=1)), breaks, 5.0, 300)
    assert small.x.shape[1] == 3
    assert cost(small) < cost(case)
    assert len(calls) <= 300
