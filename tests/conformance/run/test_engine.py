"""A run: finds thin slices, shrinks, groups, tells limits from failures, and is repeatable."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.run import judge
from convproof.conformance.run.engine import Run, check
from convproof.conformance.target.target import Target
from convproof.errors import SpecError
from tests.conformance.planted import RIGHT, file_with
from tests.laws import plain_right as right

KEYS = ("x", "w", "b", "stride", "padding", "dilation", "groups")


def spoiled(when, how=lambda y: y + 1):
    """conv2d, wrong where `when(x, w, stride, padding, dilation, groups)`."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = right.conv2d(x, w, b, stride, padding, dilation, groups)
        return how(y) if when(x, w, stride, padding, dilation, groups) else y

    return Target("spoiled", conv2d=conv2d)


THIN = {
    "17 channels and stride 2": lambda x, w, s, p, d, g: x.shape[1] == 17 and s[0] == 2,
    "more than 32 channels, dilated": lambda x, w, s, p, d, g: x.shape[1] > 32 and d[1] > 1,
    "more than 1024 pixels": lambda x, w, s, p, d, g: x.shape[2] * x.shape[3] > 1024,
    "one tap and a stride": lambda x, w, s, p, d, g: w.shape[2] == 1 and s[0] > 1,
    "dilation and groups": lambda x, w, s, p, d, g: d[0] > 1 and g > 1,
    "padding above half": lambda x, w, s, p, d, g: p[1] > w.shape[3] // 2,
    "kernel as large as the image": lambda x, w, s, p, d, g: x.shape[2:] == w.shape[2:],
    "depthwise with a stride": lambda x, w, s, p, d, g: g == x.shape[1] > 1 and s[1] > 1,
    "at least 8 images": lambda x, w, s, p, d, g: len(x) >= 8,
    "a side of 33": lambda x, w, s, p, d, g: x.shape[3] == 33,
    "float32, 3x3": lambda x, w, s, p, d, g: x.dtype == np.float32 and w.shape[2:] == (3, 3),
    "large numbers": lambda x, w, s, p, d, g: np.abs(x).max(initial=0) > 1e5,
}


@pytest.mark.parametrize("slice_", THIN)
def test_thin_slices_are_found(slice_):
    result = Run(spoiled(THIN[slice_]), fail_fast=True, examples=3000).execute()
    assert not result.ok


def test_the_smallest_counterexample_keeps_only_what_matters():
    result = Run(spoiled(THIN["one tap and a stride"]), fail_fast=True, examples=3000).execute()
    case = result.failures[0].case
    assert result.failures[0].law == "definition"
    assert case.x.size <= 4
    assert case.taps[0] == 1
    assert case.stride[0] == 2
    assert case.bias is None
    assert case.padding == ((0, 0), (0, 0))


def test_the_same_seed_makes_the_same_run():
    one, two = (
        Run(spoiled(THIN["dilation and groups"]), examples=300, seed=5).execute() for _ in range(2)
    )
    assert one.calls == two.calls
    assert one.failures[0].case.describe() == two.failures[0].case.describe()


def test_one_mistake_that_the_backward_follows_is_one_failure():
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        return right.conv2d(x, w[:, :, ::-1, ::-1], b, stride, padding, dilation, groups)

    def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        dx, dw, db = right.conv2d_backward(
            x, w[:, :, ::-1, ::-1], b, grad_y, stride, padding, dilation, groups
        )
        return dx, dw[:, :, ::-1, ::-1].copy(), db

    target = Target("flipped", conv2d=conv2d, conv2d_backward=conv2d_backward)
    result = Run(target, examples=60).execute()
    assert [(f.op, f.law) for f in result.failures] == [("conv2d", "definition")]
    assert result.failures[0].follows == ("conv2d_backward definition",)


def refusing(when, error=ValueError):
    """A right conv2d that raises `error` when `when(x, w, stride, padding, dilation, groups)`."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        if when(x, w, stride, padding, dilation, groups):
            raise error("not this one")
        return right.conv2d(x, w, b, stride, padding, dilation, groups)

    return conv2d


FEATURES = {
    "dilation": lambda x, w, s, p, d, g: d != (1, 1),
    "groups": lambda x, w, s, p, d, g: g > 1,
    "float32 input": lambda x, w, s, p, d, g: x.dtype == np.float32,
    "dilation with float32 input": lambda x, w, s, p, d, g: d != (1, 1) and x.dtype == np.float32,
    "padding with groups": lambda x, w, s, p, d, g: p != (0, 0) and g > 1,
}
LAWFUL = {
    "pixels left over by the stride": lambda x, w, s, p, d, g: (
        (x.shape[2] + 2 * p[0] - d[0] * (w.shape[2] - 1) - 1) % s[0]
        or (x.shape[3] + 2 * p[1] - d[1] * (w.shape[3] - 1) - 1) % s[1]
    ),
    "kernels as large as the image": lambda x, w, s, p, d, g: any(
        n == gap * (k - 1) + 1 for n, k, gap in zip(x.shape[2:], w.shape[2:], d, strict=True)
    ),
    "read-only arrays": lambda x, w, s, p, d, g: not x.flags.writeable,
    "batches of more than one": lambda x, w, s, p, d, g: len(x) > 1,
    "others": lambda x, w, s, p, d, g: x.shape[1] == 3,
}


ERRORS = (ValueError, RuntimeError, NotImplementedError, IndexError)


@pytest.mark.parametrize(
    ("feature", "error"),  # two classes of error for each, in turn: none of them matters
    [(what, ERRORS[(n + k) % 4]) for n, what in enumerate(FEATURES) for k in (0, 2)],
)
def test_a_feature_of_the_interface_that_is_never_answered_is_a_limit(feature, error):
    target = Target("limited", conv2d=refusing(FEATURES[feature], error))
    result = Run(target, examples=250, laws=["answers", "definition"]).execute()
    assert result.ok, str(result)
    assert [limit.what for limit in result.limits] == [feature]
    assert 0 < result.limits[0].refused < result.limits[0].asked
    assert "; 1 limit" in str(result).splitlines()[-1]
    strict = Run(target, examples=250, laws=["answers", "definition"], strict=True).execute()
    assert not strict.ok
    told = Run(
        target, examples=250, laws=["answers", "definition"], strict=True, allow=[feature]
    ).execute()
    assert told.ok


@pytest.mark.parametrize("error", [ValueError, NotImplementedError])
@pytest.mark.parametrize("value", LAWFUL)
def test_a_mere_value_has_to_be_answered(value, error):
    target = Target("moody", conv2d=refusing(LAWFUL[value], error))
    result = Run(target, examples=250, laws=["answers", "definition"]).execute()
    assert [failure.law for failure in result.failures] == ["answers-every-lawful-call"]
    assert "not this one" in result.failures[0].reason
    if value != "others":
        assert f"all those with {value}" in result.failures[0].reason
        told = Run(target, examples=250, laws=["answers", "definition"], allow=[value]).execute()
        assert told.ok, str(told)


def test_a_backward_answers_whatever_its_forward_answers():
    def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        if dilation != (1, 1):
            raise NotImplementedError("no gradients of those")
        return right.conv2d_backward(x, w, b, grad_y, stride, padding, dilation, groups)

    both = Target("half", conv2d=right.conv2d, conv2d_backward=conv2d_backward)
    result = Run(both, examples=200, laws=["answers", "definition"]).execute()
    assert [(f.op, f.law) for f in result.failures] == [
        ("conv2d_backward", "answers-every-lawful-call")
    ]
    assert "dilation, which its forward answers" in result.failures[0].reason
    alone = Target("half", conv2d_backward=conv2d_backward)
    assert Run(alone, examples=200, laws=["answers", "definition"]).execute().ok


def test_a_target_that_refuses_everything_is_not_green():
    result = Run(Target("mute", conv2d=refusing(lambda *_: True)), examples=100).execute()
    assert [failure.law for failure in result.failures] == ["returns-an-answer"]
    assert "refuses every call" in result.failures[0].reason


def test_an_answer_that_comes_and_goes_is_no_failure_of_the_definition():
    calls = [0]

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        calls[0] += 1
        y = right.conv2d(x, w, b, stride, padding, dilation, groups)
        return y + 1 if calls[0] % 7 == 0 else y

    result = Run(Target("seventh", conv2d=conv2d), fail_fast=True, examples=200).execute()
    assert [f.law for f in result.failures] in (["no-memory"], ["repeatable"])


def test_fast_algorithms_are_recognised_and_held_to_their_own_bound():
    def conv2d(x, w, b=None, padding=(0, 0)):
        if x.shape[2] + 2 * padding[0] < w.shape[2] or x.shape[3] + 2 * padding[1] < w.shape[3]:
            raise ValueError("too large a kernel")
        x = np.pad(x, ((0, 0), (0, 0), *((p, p) for p in padding)))
        h, v = x.shape[2], x.shape[3]
        spectrum = np.einsum("nchw,mchw->nmhw", np.fft.rfft2(x), np.conj(np.fft.rfft2(w, (h, v))))
        y = np.fft.irfft2(spectrum, (h, v))[:, :, : h - w.shape[2] + 1, : v - w.shape[3] + 1]
        y = y.astype(np.result_type(x, np.float32))
        return y if b is None else y + b[:, None, None]

    result = Run(Target("fft", conv2d=conv2d), examples=300).execute()
    assert result.ok, str(result)
    assert "fast algorithms" in result.conventions["conv2d exactness"]

    def forgetful(x, w, b=None, padding=(0, 0)):
        y = conv2d(x, w, b, padding)
        y[:, :, -1, -1] *= 1 - 9e-4
        return y

    assert not Run(Target("nearly", conv2d=forgetful), examples=100, fail_fast=True).execute().ok


def test_parameters_that_no_call_could_use_are_named():
    def conv2d(x, w):
        return right.conv2d(x, w)

    result = check(conv2d, examples=60)
    assert result.ok
    text = " ".join(result.not_exercised)
    assert all(name in text for name in ("bias", "stride", "padding", "dilation", "groups"))
    assert all(name in str(result) for name in ("never exercised", "groups"))


def test_a_result_as_json_junit_and_text():
    result = Run(spoiled(THIN["one tap and a stride"]), examples=200).execute()
    data = json.loads(result.to_json())
    assert data["ok"] is False
    assert data["failures"][0]["law"] == "definition"
    suite = ET.fromstring(result.to_junit())
    assert suite.attrib["failures"] == "1"
    assert len(suite.findall(".//failure")) == 1
    assert "✗ conv2d breaks the law 'definition'" in str(result)
    assert "expected" in str(result)


@pytest.mark.parametrize(
    "wrong",
    [
        {"examples": 0},
        {"examples": True},
        {"seed": -1},
        {"ops": ["conv9d"]},
        {"ops": ["max_pool2d"]},
        {"laws": ["gravity"]},
    ],
)
def test_wrong_arguments_are_refused_with_one_line(wrong):
    with pytest.raises(SpecError) as caught:
        cp.check(Target("right", conv2d=right.conv2d), **wrong)
    assert "\n" not in str(caught.value)


def test_nothing_judged_is_not_ok():
    result = Run(Target("right", conv2d=right.conv2d), laws=["monotone"], examples=50).execute()
    assert not result.ok
    assert "nothing was judged" in str(result)


def test_a_divisor_that_leaves_padding_out_is_a_convention():
    def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
        ones = np.ones((1, 1, *x.shape[2:]), x.dtype)
        total = right.avg_pool2d(x, kernel, stride, padding)
        return total / right.avg_pool2d(ones, kernel, stride, padding)

    result = Run(Target("clipped", avg_pool2d=avg_pool2d), examples=200).execute()
    assert result.ok, str(result)
    assert "padding does not count" in result.conventions["avg_pool2d divisor"]


def test_arrays_that_a_library_cannot_read_have_to_be_copied():
    torch = pytest.importorskip("torch")

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        x, w = torch.from_numpy(x), torch.from_numpy(w)  # which takes no negative strides
        b = None if b is None else torch.from_numpy(b)
        more = (stride, padding, dilation, groups)
        return torch.nn.functional.conv2d(x, w, b, *more).numpy()

    target = Target("from_numpy", conv2d=conv2d)
    result = Run(target, examples=250, laws=["answers"]).execute()
    assert [failure.law for failure in result.failures] == ["answers-every-lawful-call"]
    assert "arrays with negative strides" in result.failures[0].reason
    told = Run(target, examples=250, allow=["arrays with negative strides"]).execute()
    assert told.ok, str(told)


@pytest.mark.parametrize("law", ["no-memory", "threads"])
def test_what_is_wrong_by_itself_is_not_blamed_on_the_calls_before_it(law):
    def narrow_group(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        y = right.conv2d(x, w, b, stride, padding)
        return y + (len(x) > 8)

    result = Run(Target("batch", conv2d=narrow_group), laws=[law, "definition"]).execute()
    assert [f.law for f in result.failures] == ["definition"]
    assert not result.failures[0].before

    kept = {}

    def stale(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        w = kept.setdefault((w.shape, stride), w.copy())
        return right.conv2d(x, w, b, stride, padding)

    result = Run(Target("stale", conv2d=stale), laws=[law, "no-memory"]).execute()
    assert [f.law for f in result.failures] == ["no-memory"]


@pytest.mark.parametrize(
    "spoil", [lambda x: setattr(x.flags, "writeable", False), lambda x: x.resize(x.size)]
)
def test_an_array_that_comes_back_locked_or_in_another_shape_was_written_to(spoil):
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        y = right.conv2d(x, w, b, stride, padding)
        if x.flags.owndata and x.flags.c_contiguous and x.flags.writeable:
            spoil(x)
        return y

    target = Target("spoils", conv2d=conv2d)
    result = Run(target, laws=["inputs-unwritten"], examples=60, fail_fast=True).execute()
    assert [f.law for f in result.failures] == ["inputs-unwritten"]
    assert "the write permission" in str(result) or "the shape" in str(result)


def test_an_input_written_to_and_mended_is_found_where_it_cannot_be_written_to():
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        x *= 2
        y = right.conv2d(x, w, None, stride, padding) / 2
        x /= 2
        return y if b is None else y + b[:, None, None]

    result = Run(Target("borrows", conv2d=conv2d), examples=200).execute()
    assert [f.law for f in result.failures] == ["answers-every-lawful-call"]


def test_a_search_for_a_smaller_call_that_time_cuts_is_said_to_be_cut(monkeypatch):
    def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
        return -right.conv2d(x, w, b, stride, padding, dilation, groups)

    cut = "search for one was cut"
    asked = {"ops": "conv2d", "laws": "definition", "seed": 0, "fail_fast": True}
    assert not any(cut in note for note in check(Target("t", conv2d=conv2d), **asked).notes)
    late = type("Late", (), {"now": lambda clock: 1e9})
    monkeypatch.setattr(judge, "Clock", late)
    assert any(cut in note for note in check(Target("t", conv2d=conv2d), **asked).notes)


FIRST_CALL_ALONE = """
made = []
right = conv2d

def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    made.append(1)
    return right(x, w, b, stride, padding) + (len(made) > 1)
"""


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_right_in_a_new_process_is_said_to_be(kept, tmp_path):
    text = FIRST_CALL_ALONE if kept else FIRST_CALL_ALONE.replace("len(made) > 1", "True")
    file = file_with(tmp_path, text=RIGHT + text)
    (failure,) = check(str(file), laws=["definition"], fail_fast=True).failures
    assert (judge.ANEW in failure.diagnosis) is kept
    assert (failure.script is None) is kept
