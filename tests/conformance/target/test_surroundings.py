"""What a call leaves changed is noted and put back; what it raises is never taken for our word."""

from __future__ import annotations

import os
import signal
import sys

import numpy as np
import pytest

from convproof.conformance.target.outcome import TargetRaised, TargetUnsupported
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.laws.law import NotApplied
from tests.conformance.planted import conv2d
from tests.conformance.target.cases import case
from tests.conformance.target.interfaces import HEAD

CHANGES = {
    "the working directory": lambda: os.chdir("/"),
    "the recursion limit": lambda: sys.setrecursionlimit(sys.getrecursionlimit() + 1),
    "the rights of new files": lambda: os.umask(0o177),
    "handlers of signals": lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN),
    "floating point settings": lambda: np.seterr(over="raise", under="raise"),
    "global random numbers": lambda: np.random.rand(),
    "sees every line": lambda: sys.settrace(lambda *event: None),
    "sys.settrace, setprofile": lambda: sys.setprofile(lambda *event: None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_call_leaves_changed_is_noted_and_put_back(name, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("convproof.conformance.target.capture._calls", iter([0, 32, 64, 96] * 999))

    def function(x, w):
        CHANGES[name]()
        return conv2d(x, w)

    def now():
        umask = os.umask(0o22)
        os.umask(umask)
        handler = signal.getsignal(signal.SIGTERM)
        watchers = sys.gettrace(), sys.getprofile()
        return os.getcwd(), sys.getrecursionlimit(), umask, handler, np.geterr(), watchers

    before = now()
    target = Target("t", conv2d=function)
    target.probing = "none"
    (said,) = target.call(case()).disturbed
    assert name in said
    assert now() == before
    quiet = Target("t", conv2d=conv2d)
    assert quiet.call(case()).disturbed == ()


@pytest.mark.parametrize("error", [NotApplied("no"), TargetUnsupported("no"), SystemError("no")])
def test_errors_of_ours_are_a_stranger_s_when_it_raises_them(error):
    def function(x, w):
        raise error

    assert type(Target("t", conv2d=function).call(case()).error) is TargetRaised


def test_a_layer_that_draws_its_weights_is_not_blamed_for_it(tmp_path):
    text = (
        HEAD.replace("forward(", "_forward(").replace("backward(", "_backward(") + "class Conv2d:\n"
        "    def __init__(self, in_channels, out_channels, kernel_size):\n"
        "        self.weight = np.random.randn(out_channels, in_channels, *kernel_size)\n"
        "        self.bias = np.random.randn(out_channels)\n"
        "    def forward(self, x):\n"
        "        return _forward(x, self.weight, self.bias)\n"
    )
    (tmp_path / "layer.py").write_text(text)
    outcome = resolve(str(tmp_path / "layer.py")).call(case())
    assert outcome.error is None
    assert outcome.disturbed == ()


def test_tuples_among_the_defaults_are_no_trouble(tmp_path):
    text = (
        "import numpy as np\n\n\n"
        "def conv_transpose2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):\n"
        "    n, _, h, v = x.shape\n"
        "    (s, t), (p, q), (k, r) = stride, padding, w.shape[2:]\n"
        "    y = np.zeros((n, w.shape[1], (h - 1) * s + k, (v - 1) * t + r))\n"
        "    for i, j in np.ndindex(k, r):\n"
        "        y[:, :, i : i + h * s : s, j : j + v * t : t] += np.einsum(\n"
        "            'nchw,cm->nmhw', x, w[:, :, i, j])\n"
        "    return y[:, :, p : y.shape[2] - p, q : y.shape[3] - q]\n\n\n"
        "def depthwise_conv2d(x, w, stride=(1, 1)):\n"
        "    return x\n"
    )
    (tmp_path / "mine.py").write_text(text)
    target = resolve(str(tmp_path / "mine.py"))
    assert target.ops == {"conv_transpose2d"}
    assert "stride=(1, 1), padding=(0, 0)" in target.adapter("conv_transpose2d").source
