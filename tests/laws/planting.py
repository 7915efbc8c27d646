"""Mistakes to plant: a right implementation whose answer or arguments one function spoils."""

import numpy as np

from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from convproof.laws import LAWS
from tests.laws import plain_right as right

CONV, BACK = right.conv2d, right.conv2d_backward
MAX, MAXB, AVG, AVGB = (
    right.max_pool2d,
    right.max_pool2d_backward,
    right.avg_pool2d,
    right.avg_pool2d_backward,
)


def caught(law, functions):
    """The law alone catches the mistake, and says so in its own words."""
    target = Target("planted", **functions)
    result = Run(target, laws=[law], fail_fast=True, examples=250).execute()
    assert [failure.law for failure in result.failures] == [law], str(result)
    failure = result.failures[0]
    assert failure.statement == LAWS[law].statement
    assert law in str(failure)


def conv(change):
    """A conv2d whose answer `change(y, x, w, b, stride, padding, dilation, groups)` spoils."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        return change(y, x, w, b, stride, padding, dilation, groups)

    return {"conv2d": conv2d}


def conv_in(change):
    """A conv2d whose arguments `change(x, w, stride, padding, dilation, groups)` spoils."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        x, w = change(x, w, stride, padding, dilation, groups)
        return CONV(x, w, b, stride, padding, dilation, groups)

    return {"conv2d": conv2d}


def back(change):
    """A backward whose gradients `change(dx, dw, db, x, w, dy)` spoils; the forward is right."""

    def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        grads = BACK(x, w, b, grad_y, stride, padding, dilation, groups)
        return change(*grads, x, w, grad_y)

    return {"conv2d": CONV, "conv2d_backward": conv2d_backward}


def turned(change):
    """A transposed convolution whose answer `change(y, x, w, stride)` spoils; its own is right."""

    def conv_transpose2d(x, w, b=None, stride=(1, 1), padding=(0, 0), groups=1):
        y = right.conv_transpose2d(x, w, b, stride, padding, groups=groups)
        return change(y, x, w, stride)

    return {"conv2d": CONV, "conv_transpose2d": conv_transpose2d}


def max_pool(change):
    """A max-pool whose answer `change(y, x)` spoils."""

    def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return change(MAX(x, kernel, stride, padding), x)

    return {"max_pool2d": max_pool2d}


def avg(change):
    """An average whose answer `change(y, x)` spoils."""

    def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
        return change(AVG(x, kernel, stride, padding), x)

    return {"avg_pool2d": avg_pool2d, "conv2d": CONV}


def ramp(y, *_):
    """Adds the row's number: depends on where, which nothing in the definition does."""
    return y + np.arange(y.shape[2], dtype=y.dtype)[:, None]
