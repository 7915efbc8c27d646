"""A name is given where further calls bear it out; what is shown is in the target's own terms."""

from __future__ import annotations

import numpy as np

from convproof.conformance.faults.catalogue.words import worded
from convproof.conformance.faults.diagnose import diagnose
from convproof.conformance.faults.explanation import Diagnosis
from convproof.conformance.target.target import Target
from convproof.laws.case import Case
from tests.conformance.faults.spoiled import one_hot, spoiled
from tests.laws import plain_right as right


def flipped(y, b, x, w, s, p, d, g):
    return right.conv2d(x, np.ascontiguousarray(w[:, :, ::-1, ::-1]), b, s, p, d, g)


def said(case, target, **more):
    return [str(item) for item in diagnose(case, None, target=target, **more)]


def test_a_mistake_in_every_call_is_named_without_a_hedge():
    target = spoiled(lambda *call: True, flipped)
    texts = said(one_hot((1, 2), (1, 2), (0, 0), (0, 0)), target)
    assert texts[0].startswith("kernel flipped (look at")
    assert texts[0].endswith("it predicts further calls too")


def test_a_name_that_further_calls_refute_is_not_given():
    """The last input column lost in wide images: with one pixel it looks like a flipped kernel."""

    def lost(y, b, x, w, s, p, d, g):
        less = x.copy()
        less[..., -1] = 0
        return right.conv2d(less, w, b, s, p, d, g)

    target = spoiled(lambda x, *rest: x.shape[3] >= 12, lost)
    texts = said(one_hot((3, 13), (3, 3), (0, 12), (0, 2)), target)
    assert not any("flipped" in text for text in texts)
    assert texts[0].startswith("y leaves out the last input column (look at")


def test_a_name_says_what_it_takes():
    """A grouped path that flips: right without groups."""
    target = spoiled(lambda x, w, s, p, d, g: g > 1, flipped)
    case = Case(
        "conv2d",
        np.array([[[[1.0, 0], [0, 0]]]]),
        np.array([[[[1.0, 0]], [[0, 0]]]]),
        *(None, None, (1, 1), ((0, 0), (0, 0)), (1, 1)),
        groups=2,
    )
    texts = said(case, target)
    assert "kernel flipped" in texts[0]
    assert "only with groups > 1" in texts[0]


def test_the_call_it_was_found_in_has_its_say():
    """Two errors: the smallest call shows one, the call as found shows both."""
    rng = np.random.default_rng(0)
    target = spoiled(lambda *call: True, lambda y, b, *call: flipped(y, None, *call))
    small = one_hot((1, 2), (1, 2), (0, 0), (0, 0))
    first = small.replace(
        x=rng.integers(-9, 9, (2, 5, 6, 2)).astype(float),
        kernel=rng.integers(-9, 9, (2, 2, 2, 3)).astype(float),
        bias=np.arange(1.0, 4),
    )
    assert "it predicts further calls too" in said(small, target)[0]
    texts = said(small, target, first=first)
    assert "kernel flipped" in texts[0]
    assert "bias ignored" in texts[1]


def test_numbers_that_matter_are_said_to():
    """A filter of zeros loses its bias: no mistake with the bias as such."""

    def skipped(y, b, x, w, s, p, d, g):
        return y if b is None else np.where((w == 0).all((1, 2, 3))[:, None, None], 0, y)

    target = spoiled(lambda *call: True, skipped)
    case = one_hot((1, 1), (1, 1), (0, 0), (0, 0))
    case = case.replace(kernel=np.zeros((1, 1, 1, 1)), bias=np.array([-1.0]))
    texts = said(case, target)
    assert not any("bias ignored" in text or "ReLU" in text for text in texts)
    assert any("these very numbers matter" in text for text in texts)


def test_memory_order_is_named_before_any_mistake():
    def raveled(y, b, x, w, s, p, d, g):
        return right.conv2d(x, w.ravel("K").reshape(w.shape), b, s, p, d, g)

    target = spoiled(lambda *call: True, raveled)
    texts = said(one_hot((2, 2), (2, 2), (0, 1), (0, 1), memory="fortran"), target)
    assert texts[0].startswith("right with plain arrays")


def test_dilation_lost_in_a_grouped_path():
    def near(y, b, x, w, s, p, d, g):
        far = right.conv2d(x, w, b, s, p, (1, 1), g)
        return far[:, :, : y.shape[2], : y.shape[3]]

    target = spoiled(lambda x, w, s, p, d, g: g > 1, near)
    case = Case(
        "conv2d",
        np.array([[[[1.0, 0], [0, 0], [0, 1.0]]]]),
        np.array([[[[1.0, 0]], [[0, 1]]]]),
        *(None, None, (1, 1), ((0, 0), (0, 0)), (1, 2)),
        groups=2,
    )
    texts = said(case, target)
    assert texts[0].startswith("dilation left out of the windows")
    assert "only with groups > 1" in texts[0]


def test_one_axis_has_no_rows():
    texts = [str(Diagnosis("last row left at zero", "the range of the loop over rows", rank=1))]
    case = Case("conv1d", np.ones((1, 3, 1)), np.ones((1, 1, 1)), None, None, (1,), ((0, 0),), (1,))
    texts += [str(item) for item in diagnose(case, np.array([[[1.0], [1], [0]]]))]
    assert texts[0].startswith("last position left at zero")
    assert not any("row" in text for text in texts)
    assert worded("last row missing", 2) == "last row missing"


def test_what_came_of_earlier_calls_is_no_matter_of_values():
    case = one_hot((2, 2), (1, 1), (0, 0), (0, 0))
    target = Target("right", conv2d=right.conv2d)
    wrong = np.full((1, 2, 2, 1), 7.0)
    texts = [str(item) for item in diagnose(case, wrong, target=target, before=[case])]
    assert not any("these very numbers" in text for text in texts)
    texts = said(case, target, seen=wrong, result="y")
    assert "made once more by itself, this call is right" in texts[0]


def test_what_an_earlier_call_left_behind_is_told_from_a_call_wrong_by_itself():
    kept = {}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        shape = tuple(n + 2 * p for n, p in zip(x.shape[2:], padding, strict=True))
        image = kept.setdefault((x.shape[:2], shape), np.zeros((*x.shape[:2], *shape)))
        (ph, pw), (h, v) = padding, x.shape[2:]
        image[:, :, ph : ph + h, pw : pw + v] = x  # the border of a call before stays
        return right.conv2d(image, w, b, stride, (0, 0), dilation, groups)

    def made(size, pad):
        x = np.arange(1.0, size * size + 1).reshape(1, size, size, 1)
        return one_hot((2, 2), (2, 2), (0, 0), (0, 1)).replace(x=x, padding=((pad, pad),) * 2)

    before, case = made(6, 0), made(4, 1)
    target = Target("kept", conv2d=conv2d)
    target.call(before)
    wrong = target.call(case).values[0]
    texts = [str(item) for item in diagnose(case, wrong, target=target, before=[before])]
    assert texts[0].startswith("an earlier call matters")
    kept.clear()
    lost = Target("lost", conv2d=lambda x, w, b=None, stride=(1, 1), padding=(0, 0): x[:, :, 1:])
    texts = [str(item) for item in diagnose(case, wrong, target=lost, before=[before])]
    assert not texts[0].startswith("an earlier call matters")


def test_what_piles_up_over_calls_is_told_from_a_wrong_number():
    total = [0.0]

    def piled(y, *call):
        total[0] += float(y.sum())
        return np.full_like(y, total[0] + 1)

    case = one_hot((1, 1), (1, 1), (0, 0), (0, 0))
    assert "made twice gives two answers" in said(case, spoiled(lambda *call: True, piled))[0]


def test_the_larger_call_shows_where_the_smallest_cannot():
    def off(y, *call):
        y = y.copy()
        y[..., -1] = y[..., -1] ** 2 + 7
        return y

    target = spoiled(lambda *call: True, off)
    small = one_hot((1, 1), (1, 1), (0, 0), (0, 0))
    first = one_hot((4, 5), (1, 1), (2, 2), (0, 0))
    texts = said(small, target, first=first)
    assert any("was found in: wrong only at w = 4 of 5" in text for text in texts)
