"""Targets: found, loaded, spoken to in their own manner, and their doings noted."""

from __future__ import annotations

import sys
import textwrap
import warnings

import numpy as np
import pytest

from convproof import reference
from convproof.conformance.target.outcome import (
    TargetUnsupported,
)
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.laws.case import MEMORY
from tests.conformance.planted import RIGHT, conv2d, file_with, ints
from tests.conformance.target.cases import case


def right(of):
    return reference.conv(of.x, of.kernel, of.bias, of.axes, of.groups)


def target_of(body, tmp_path, name="mine.py:conv2d", **more):
    """A target from source text."""
    file_with(tmp_path, text=textwrap.dedent(body), name=name.partition(":")[0])
    return resolve(str(tmp_path / name), **more)


def test_the_contract_is_called_as_it_says(tmp_path):
    target = resolve(f"{file_with(tmp_path)}:conv2d")
    for of in (
        case(),
        case(stride=(2, 3), padding=((1, 1), (2, 2))),
        case(dilation=(2, 1)),
        case(groups=2),
        case(bias=ints(2)),
    ):
        outcome = target.call(of)
        assert outcome.error is None
        np.testing.assert_array_equal(outcome.value, right(of))
    assert target.layout == "channels_first"
    assert all(target.accepts("conv2d", p) for p in ("bias", "stride", "dilation", "groups"))
    assert not target.accepts("conv2d", "asymmetric_padding")


def test_channels_last_is_found_out(tmp_path):
    body = RIGHT + textwrap.dedent("""
        first = conv2d
        def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
            y = first(x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1), b, stride, padding)
            return y.transpose(0, 2, 3, 1)
    """)
    target = target_of(body, tmp_path)
    assert target.layout == "channels_last"
    np.testing.assert_array_equal(target.call(case()).value, right(case()))


def test_a_declared_layout_is_taken_at_its_word(tmp_path):
    target = resolve(f"{file_with(tmp_path)}:conv2d", layout="channels_last")
    assert target.layout == "channels_last"
    outcome = target.call(case())
    assert outcome.error is not None or outcome.value.shape != case().out_shape


INTS = """
    import numpy as np
    def conv2d(x, w, stride=1, pad=0):
        n, c, h, wid = x.shape
        m, _, kh, kw = w.shape
        xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        oh, ow = (h + 2 * pad - kh) // stride + 1, (wid + 2 * pad - kw) // stride + 1
        y = np.zeros((n, m, oh, ow))
        for i in range(oh):
            for j in range(ow):
                s = np.s_[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
                y[:, :, i, j] = np.tensordot(xp[s], w, ([1, 2, 3], [1, 2, 3]))
        return y
"""


def test_a_function_that_wants_ints_gets_ints_and_only_equal_pairs(tmp_path):
    target = target_of(INTS, tmp_path)
    of = case(stride=(2, 2), padding=((1, 1), (1, 1)))
    np.testing.assert_array_equal(target.call(of).value, right(of))
    assert not target.accepts("conv2d", "unequal_stride")
    assert not target.accepts("conv2d", "bias")
    assert isinstance(target.call(case(stride=(1, 2))).error, TargetUnsupported)
    assert "one stride for all axes" in target.why_not(case(stride=(1, 2)))
    assert "no bias" in target.why_not(case(bias=ints(2)))
    assert "function(x, w, stride=stride[0], pad=padding[0])" in target.adapter("conv2d").source


CS231N = (
    INTS.replace("def conv2d(x, w, stride=1, pad=0):", "def forward(x, w, stride, pad):")
    + """
    def conv_forward_naive(x, w, b, conv_param):
        y = forward(x, w, conv_param["stride"], conv_param["pad"]) + b[:, None, None]
        return y, (x, w, b, conv_param)

    def conv_backward_naive(dout, cache):
        x, w, b, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        h, wid = x.shape[2:]
        kh, kw = w.shape[2:]
        xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        dxp, dw = np.zeros_like(xp), np.zeros_like(w)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                s = np.s_[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
                dxp[s] += np.tensordot(dout[:, :, i, j], w, (1, 0))
                dw += np.tensordot(dout[:, :, i, j], xp[s], (0, 0))
        return dxp[:, :, pad:pad + h, pad:pad + wid], dw, dout.sum((0, 2, 3))

    def max_pool_forward_naive(x, pool_param):
        s, ph, pw = (pool_param[k] for k in ("stride", "pool_height", "pool_width"))
        rows = range(0, x.shape[2] - ph + 1, s)
        y = [[x[:, :, i:i + ph, j:j + pw].max((2, 3)) for j in range(0, x.shape[3] - pw + 1, s)]
             for i in rows]
        return np.array(y).transpose(2, 3, 0, 1), (x, pool_param)
"""
)


def test_cs231n_style_is_spoken(tmp_path):
    target = target_of(CS231N, tmp_path, "cs231n.py")
    assert target.ops == {"conv2d", "conv2d_backward", "max_pool2d"}
    of = case("conv2d_backward", stride=(2, 2), padding=((1, 1), (1, 1)), bias=ints(2))
    np.testing.assert_array_equal(target.call(of.forward).value, right(of.forward))
    want = reference.conv_backward(of.dy, of.x, of.kernel, of.axes)
    for got, array in zip(target.call(of).values, want, strict=True):
        np.testing.assert_array_equal(got, array)
    pool = case("max_pool2d", stride=(2, 2))
    np.testing.assert_array_equal(target.call(pool).value, reference.max_pool(pool.x, pool.axes)[0])
    # it never looks up "pad" in pool_param: a parameter it does not have
    assert not target.accepts("max_pool2d", "padding")
    assert target.call(of.replace(bias=None)).values[2] is None


def test_a_backward_alone_takes_the_forward_beside_it(tmp_path):
    target = target_of(CS231N, tmp_path, "cs231n.py:conv_backward_naive")
    assert target.ops == {"conv2d", "conv2d_backward"}


def test_torch_tensors_are_given_where_they_are_annotated(tmp_path):
    body = """
        import torch
        import torch.nn.functional as F
        def conv2d(x: torch.Tensor, w: torch.Tensor, b=None, stride=1, padding=0):
            assert isinstance(x, torch.Tensor)
            return F.conv2d(x, w, b, stride, padding)
    """
    target = target_of(body, tmp_path)
    assert target.array == "torch"
    np.testing.assert_array_equal(target.call(case()).value, right(case()))


@pytest.mark.parametrize("memory", MEMORY)
def test_arrays_lie_in_memory_as_the_case_says(memory):
    seen = []

    def spy(x, w):
        seen.append((x.flags.c_contiguous, x.flags.writeable, x.strides))
        return conv2d(x, w)

    of = case(memory=memory)
    target = Target("spy", conv2d=spy)
    np.testing.assert_array_equal(target.call(of).value, right(of))
    contiguous, writeable, strides = seen[-1]
    assert contiguous == (memory in ("plain", "readonly", "offset", "broadcast"))
    assert writeable == (memory != "readonly")
    assert (min(strides) < 0) == (memory == "reversed")


def scribbler(x, w):
    y = conv2d(x, w)
    x[...] = 0
    return y


def echo(x, w):
    return x


def shouter(x, w):
    print("loud")
    print("louder", file=sys.stderr)
    warnings.warn("careful", stacklevel=1)
    np.seterr(all="raise")
    return conv2d(x, w)


class Buffer:
    def __init__(self):
        self.buffer = None

    def __call__(self, x, w):
        y = conv2d(x, w)
        if self.buffer is None or self.buffer.shape != y.shape:
            self.buffer = np.empty_like(y)
        self.buffer[...] = y
        return self.buffer


def test_writes_into_inputs_are_noted():
    assert Target("t", conv2d=scribbler).call(case()).inputs_written == ("x",)
    assert Target("t", conv2d=conv2d).call(case()).inputs_written == ()


def test_results_that_alias_are_noted():
    target = Target("t", conv2d=echo)
    target.probing = "none"  # of a plane and a kernel it could be a right one
    assert target.call(case()).aliases == ("x",)
    target = Target("t", conv2d=Buffer())
    target.call(case())
    assert target.call(case()).aliases == ("earlier result",)
    assert Target("t", conv2d=conv2d).call(case()).aliases == ()


def test_results_that_change_later_are_noted():
    cases = [case(), case(x=ints(2, 7, 9, 2, seed=5))]
    first, last = Target("t", conv2d=Buffer()).calls(cases)
    assert first.changed_later == ("y",)
    assert last.changed_later == ()


def test_the_same_arrays_are_refilled_when_asked():
    seen = []

    def spy(x, w):
        seen.append(id(x))
        return conv2d(x, w)

    target = Target("t", conv2d=spy)
    cases = [case(), case(x=ints(2, 7, 9, 2, seed=5)), case(x=ints(1, 7, 9, 2))]
    target.call(cases[0])
    del seen[:]
    outcomes = target.calls(cases, reuse=True)
    assert seen[0] == seen[1] != seen[2]
    for of, outcome in zip(cases, outcomes, strict=True):
        np.testing.assert_array_equal(outcome.value, right(of))


def test_threads_run_at_the_same_time():
    import threading

    gate = threading.Barrier(3, timeout=20)

    def meets(x, w):
        if len(x) == 3:
            gate.wait()
        return conv2d(x, w)

    outcomes = Target("t", conv2d=meets).calls([case(x=ints(3, 7, 9, 2))] * 3, threads=3)
    assert [o.error for o in outcomes] == [None] * 3


def test_noise_is_kept_and_settings_are_put_back(capsys):
    settings, filters = np.geterr(), list(warnings.filters)
    out = sys.stdout
    outcome = Target("t", conv2d=shouter).call(case())
    assert "loud" in outcome.printed
    assert "louder" in outcome.printed
    assert outcome.warned == ("UserWarning: careful",)
    assert (np.geterr(), sys.stdout) == (settings, out)
    assert list(warnings.filters) == filters
    assert capsys.readouterr() == ("", "")


def test_lines_that_are_copied_refuse_what_they_cannot_say(tmp_path):
    adapter = target_of(INTS, tmp_path).adapter("conv2d")
    space: dict = {"np": np, "function": conv2d}
    exec(adapter.source, space)
    x, w = np.ones((1, 1, 5, 6)), np.ones((1, 1, 2, 2))
    with pytest.raises(NotImplementedError, match="one number for all axes"):
        space["conv2d"](x, w, stride=(1, 2))
