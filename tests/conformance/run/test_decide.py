"""A small size is decided where every coefficient is right, and only there."""

import json

import numpy as np

import convproof as cp
from convproof.conformance.run.decide import decided
from convproof.conformance.run.engine import Run
from tests.laws import plain_right as right


def states(conv2d):
    run = Run(cp.Target("t", conv2d=conv2d, conv2d_backward=right.conv2d_backward))
    return run.known, run.known.states["conv2d"], run.known.states["conv2d_backward"]


def test_a_right_map_is_decided_with_its_hypothesis():
    run, forward, backward = states(right.conv2d)
    assert [one.result for one in decided(run, forward)] == ["y"]
    found = list(decided(run, backward))
    assert [one.result for one in found] == ["dx", "dkernel"]
    assert all("bilinear (a hypothesis" in str(one) for one in found)


def test_one_coefficient_off_is_not_decided():
    def one_off(x, w, b=None, **rest):
        y = right.conv2d(x, w, b, **rest)
        y[-1:, -1:, -1:, -1:] += np.float64(w[-1, -1, -1, -1]) * x[0, 0, 0, 0]
        return y

    run, forward, _ = states(one_off)
    assert not list(decided(run, forward))


def test_what_is_not_bilinear_is_not_decided():
    run, forward, _ = states(lambda x, w, b=None, **rest: right.conv2d(x, w, b, **rest) ** 3)
    assert not list(decided(run, forward))


def test_the_result_shows_what_was_decided_as_text_and_as_json():
    target = cp.Target("t", conv2d=right.conv2d)
    result = cp.check(target, examples=20, laws=["definition"])
    assert [one["op"] for one in json.loads(result.to_json())["decided"]] == ["conv2d"]
    assert "every coefficient read" in str(result)
    assert type(result).from_dict(result.to_dict()).decided == result.decided
