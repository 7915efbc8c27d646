"""Calls in turn and together, and what is noticed of earlier results."""

from __future__ import annotations

import numpy as np

from convproof.conformance.target.caller import KEPT, LONG
from convproof.conformance.target.target import Target
from tests.conformance.planted import conv2d
from tests.conformance.sandbox.cases import case


def test_a_result_that_is_changed_later_is_noticed_calls_later():
    first = []

    def stale(x, w):
        y = conv2d(x, w)
        first.append(y)
        if len(first) == KEPT // 2:
            first[0][...] = 7
        return y

    target = Target("stale", conv2d=stale)
    assert target.adapter("conv2d")
    first.clear()  # what was tried to find out how it is called
    noticed = [target.call(case(number)).disturbed for number in range(2 * KEPT)]
    assert [place for place, told in enumerate(noticed) if told]
    assert "a result of 32 calls before" in [name for told in noticed for name in told]
    late: list = []

    def changing(x, w):
        late.append(conv2d(x, w))
        if len(late) > 100:
            late.pop(0)[...] = 3
        return late[-1]

    target = Target("late", conv2d=changing)
    target.probing = "none"
    noticed = [name for n in range(LONG + 9) for name in target.call(case(n)).disturbed]
    assert set(noticed) == {f"a result of {LONG} calls before"}
    right = Target("right", conv2d=conv2d)
    assert not any(right.call(case(number)).disturbed for number in range(LONG + 9))


def test_the_same_calls_meet_the_same_race():
    kept = {}

    def racing(x, w):
        kept["x"] = x
        return conv2d(kept["x"], w)

    def meet():
        target = Target("racing", conv2d=racing)
        cases = [case(number) for number in range(12)]
        return [outcome.values[0].tobytes() for outcome in target.calls(cases, threads=4)]

    right = [Target("r", conv2d=conv2d).call(case(n)).values[0].tobytes() for n in range(12)]
    met = meet()
    assert met != right
    assert met == meet()
    calm = Target("r", conv2d=conv2d).calls([case(n) for n in range(12)], threads=4)
    np.testing.assert_array_equal([outcome.values[0].tobytes() for outcome in calm], right)
