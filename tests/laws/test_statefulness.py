"""Each law of this family catches the mistake planted for it."""

import threading
import time

import numpy as np
import pytest

from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from tests.laws.planting import BACK, CONV, caught, conv


def cached(key):
    """A conv2d that remembers its answers by `key(x, w, b)`."""
    kept = {}

    def change(y, x, w, b, *rest):
        return kept.setdefault((key(x, w, b), *map(str, rest), str(x.dtype)), y).copy()

    return conv(change)


def counting():
    calls = [0]

    def change(y, *_):
        calls[0] += 1
        return y + 1 if calls[0] % 5 == 0 else y

    return conv(change)


def shared_result():
    buffers = {}

    def change(y, *_):
        buffer = buffers.setdefault((y.shape, str(y.dtype)), np.empty_like(y))
        buffer[...] = y
        return buffer

    return conv(change)


def spoiled_by_errors():
    state = {"spoiled": False}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        try:
            y = CONV(x, w, b, stride, padding, dilation, groups)
        except ValueError:
            state["spoiled"] = True
            raise
        wrong, state["spoiled"] = state["spoiled"], False
        return y + 1 if wrong else y

    return {"conv2d": conv2d}


def global_workspace():
    place = {}
    lock = threading.Lock()

    def change(y, *_):
        with lock:
            place["y"] = y
        time.sleep(1e-4)
        return place["y"].copy()

    return conv(change)


def dtype_kept_by_shape():
    """A conv2d that sums a shape in the dtype it first met it in."""
    kept = {}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        kind = kept.setdefault((x.shape, w.shape), y.dtype)
        return y.astype(kind).astype(y.dtype)

    return {"conv2d": conv2d}


def channels_kept_by_shape():
    """A conv2d that gives as many channels as the first kernel of such taps and depth had."""
    kept = {}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        width = kept.setdefault((x.shape, w.shape[1:], str(x.dtype), stride, padding), len(w))
        return CONV(x, w, b, stride, padding, dilation, groups)[:, :width]

    return {"conv2d": conv2d}


def spoiled_by_refused_gradients():
    """A forward that is wrong once a backward has refused a gradient of the wrong shape."""
    state = {"busy": False}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        return 2 * y if state["busy"] else y

    def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        state["busy"] = True
        if CONV(x, w, b, stride, padding, dilation, groups).shape != grad_y.shape:
            raise ValueError("grad_y")
        state["busy"] = False
        return BACK(x, w, b, grad_y, stride, padding, dilation, groups)

    return {"conv2d": conv2d, "conv2d_backward": conv2d_backward}


PLANTED = {
    "no-memory": cached(lambda x, w, b: (x.shape, w.shape, b is None)),
    "refilled-arrays": cached(lambda x, w, b: (id(x), id(w), id(b), x.shape, w.shape)),
    "results-stay": shared_result(),
    "repeatable": counting(),
    "after-error": spoiled_by_errors(),
    "threads": global_workspace(),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


@pytest.mark.parametrize(
    ("law", "made"),
    [
        ("no-memory", dtype_kept_by_shape),
        ("no-memory", channels_kept_by_shape),
        ("after-error", spoiled_by_refused_gradients),
    ],
)
def test_what_is_kept_in_other_ways_is_found_too(law, made):
    result = Run(Target("planted", **made()), laws=[law], fail_fast=True, examples=250).execute()
    assert [failure.law for failure in result.failures] == [law], str(result)


@pytest.mark.parametrize("count", [2, 8, 17])
def test_buffers_used_in_turn_are_found_however_many(count):
    kept = {}

    def change(y, *_):
        ring = kept.setdefault((y.shape, str(y.dtype)), [])
        ring.append(ring.pop(0) if len(ring) == count else np.empty_like(y))
        ring[-1][...] = y
        return ring[-1]

    caught("results-stay", conv(change))
