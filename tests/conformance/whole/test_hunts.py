"""Mistakes that need a call of a particular make: each is found."""

from __future__ import annotations

import os
import threading
import time

import numpy as np
import pytest

import convproof as cp
from convproof.cli import main
from tests.laws.plain_right import OPS

CONV, MAX, MAXB = OPS["conv2d"], OPS["max_pool2d"], OPS["max_pool2d_backward"]


def broken(examples=None, laws=None, **functions):
    """The laws broken, by name."""
    result = cp.check(
        cp.Target("planted", **functions), examples=examples, laws=laws, fail_fast=True
    )
    return [failure.law for failure in result.failures]


def like_conv(change):
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        return change(x, w, b, stride, padding, dilation, groups)

    return conv2d


def test_a_shared_kernel_that_is_turned_for_a_while():
    def conv2d(x, w, b, *rest):
        w[...] = w[:, :, ::-1, ::-1].copy()
        time.sleep(1e-3)
        y = CONV(x, w[:, :, ::-1, ::-1], b, *rest)
        w[...] = w[:, :, ::-1, ::-1].copy()
        return y

    assert "threads" in broken(laws=["threads"], conv2d=like_conv(conv2d))


def test_a_workspace_that_threads_share():
    kept = {}

    def conv2d(x, w, b, *rest):
        y = CONV(x, w, b, *rest)
        room = kept.setdefault((y.shape, y.dtype), np.empty_like(y))
        room[...] = y
        time.sleep(2e-4)  # as if it had more to do
        return room.copy()

    assert broken(laws=["threads"], conv2d=like_conv(conv2d)) == ["threads"]


def test_large_calls_that_now_and_then_come_out_otherwise():
    made = []

    def conv2d(x, *rest):
        made.append(len(x) > 8)  # from there on, say, its own threads share the work
        return CONV(x, *rest) + (made[-1] and sum(made) % 4 == 3)

    assert broken(laws=["repeatable"], conv2d=like_conv(conv2d)) == ["repeatable"]


def test_a_right_function_with_a_lock_is_left_alone():
    lock = threading.Lock()

    def conv2d(*args):
        with lock:
            return CONV(*args)

    assert not broken(laws=["threads"], conv2d=like_conv(conv2d))


def test_a_backward_that_leans_on_the_last_forward():
    last = []

    def conv_forward(x, w, b, conv_param):
        last[:] = [x, w]
        pads = ((conv_param["pad"],) * 2) if np.isscalar(conv_param["pad"]) else conv_param["pad"]
        return CONV(x, w, b, conv_param["stride"], pads), (x, w, b, conv_param)

    def conv_backward(dout, cache):
        _, w, b, param = cache
        return OPS["conv2d_backward"](last[0], w, b, dout, param["stride"], param["pad"])

    found = broken(examples=60, conv2d=conv_forward, conv2d_backward=conv_backward)
    assert found == ["definition"]


def test_ties_by_two_rules():
    def backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
        step = kernel if stride is None else stride
        if kernel[-1] < 4 or tuple(step) != (1, 1) or tuple(padding) != (0, 0):
            return MAXB(x, grad_y, kernel, stride, padding)
        dx = MAXB(x[..., ::-1], grad_y[..., ::-1], kernel, stride, padding)
        return dx[..., ::-1]

    x, dy = np.zeros((1, 1, 1, 4)), np.ones((1, 1, 1, 1))
    assert (MAXB(x, dy, (1, 4), (1, 1)) != backward(x, dy, (1, 4), (1, 1))).any()
    assert "ties" in broken(max_pool2d=MAX, max_pool2d_backward=backward)


def test_a_default_stride_of_one_height():
    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return MAX(x, kernel, (kernel[0], kernel[0]) if stride is None else stride, padding)

    assert broken(max_pool2d=max_pool2d) == ["shape"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("patches", lambda x, w, s: s == w.shape[2:] and w.shape[2] > w.shape[3]),
        ("half an even kernel", lambda x, w, s: w.shape[3] == 4 and x.shape[3] >= 6),
        ("large kernels", lambda x, w, s: w.shape[3] >= 9 and x.shape[3] >= 12),
        ("faint numbers", lambda x, w, s: 0 < np.abs(x).max(initial=0) < 1e-3),
    ],
)
def test_a_branch_that_few_calls_take(name, wrong):
    def conv2d(x, w, b, s, p, d, g):
        y = CONV(x, w, b, s, p, d, g)
        return y * (1 + 2e-7) if wrong(x, w, tuple(s)) else y

    assert broken(conv2d=like_conv(conv2d)), name


def test_an_exit_in_this_process_is_reported():
    def conv2d(x, w):
        os._exit(0)

    result = cp.check(cp.Target("leaver", conv2d=conv2d), examples=10)
    assert not result.ok
    assert "os._exit(0)" in str(result)


def test_an_error_without_words_is_reported():
    class Mute(ValueError):
        def __str__(self):
            raise RuntimeError("no words")

    def conv2d(x, w):
        return np.add(x, Mute()) if x.size else x

    def pool(x, kernel):
        raise Mute

    assert broken(examples=10, max_pool2d=pool) == ["returns-an-answer"]


def test_integers_that_floats_confuse():
    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return MAX(x.astype(float), kernel, stride, padding).astype(x.dtype)

    result = cp.check(cp.Target("floats", max_pool2d=max_pool2d), laws=["integers"])
    assert result.ok
    assert any("int64 input: told apart" in line for line in map(str, result.limits))


def test_conventions_are_declared_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "mine.py"
    path.write_text(
        "import numpy as np\n\n\ndef max_pool2d(x, kernel=2):\n"
        "    k = kernel if np.ndim(kernel) == 0 else kernel[0]\n"
        "    v = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))\n"
        "    return np.fmax.reduce(v[:, :, ::k, ::k].reshape(*x.shape[:2], "
        "(x.shape[2] - k) // k + 1, (x.shape[3] - k) // k + 1, k * k), axis=-1)\n"
    )
    few = [str(path), "--law", "nan-is-a-maximum"]
    assert main(["check", *few]) == 1
    assert "nan=ignored" in capsys.readouterr().out
    assert main(["check", *few, "--convention", "nan=ignored"]) == 0
    assert main(["check", *few, "--convention", "nan=sometimes"]) == 2


def test_a_precision_that_the_first_call_settles():
    settled = []

    def conv2d(x, w, b, *rest):
        settled.append(x.dtype)
        return CONV(x.astype(settled[0]), w.astype(settled[0]), b, *rest).astype(x.dtype)

    assert broken(conv2d=like_conv(conv2d))
