"""Every law is there to catch something: a wrong implementation for each, and none for a right one.

The planted mistake is judged by the one law alone, so a law that cannot fail fails here.
"""

import sys
import threading
import time

import numpy as np
import pytest

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


def turned_back(x, w, b, grad_y, stride=(1, 1), padding=(0, 0)):
    """The gradient of the image by the kernel turned round."""
    more = (stride, padding)
    _, dw, db = right.conv_transpose2d_backward(x, w, b, grad_y, *more)
    return right.conv_transpose2d_backward(x, w[:, :, ::-1], b, grad_y, *more)[0], dw, db


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


def ties_to_all(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """Every maximum of a window takes the whole gradient."""
    values = right._windows(x, kernel, stride, padding, -np.inf)[2]
    return right._spread(x, kernel, stride, padding, values == values.max(axis=0), grad_y)


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


def dtype_kept_by_shape():
    """A conv2d that sums a shape in the dtype it first met it in."""
    kept = {}

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        kind = kept.setdefault((x.shape, w.shape), y.dtype)
        return y.astype(kind).astype(y.dtype)

    return {"conv2d": conv2d}


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


def wipes_input(y, x, *_):
    if x.flags.writeable:
        x[...] = 0
    return y


def first_copy(dx, dw, db, x, w, dy):
    one = np.zeros_like(dy)
    one[:, :, 0, 0] = dy[:, :, 0, 0]
    n, c, kh, kw = len(x), x.shape[1], *w.shape[2:]
    if x.shape[2] < kh or x.shape[3] < kw or w.shape[1] != c or dw.size == 0:
        return dx, dw, db
    patch = x[:, :, :kh, :kw]
    assert n
    return dx, np.einsum("nm,nckl->mckl", one[:, :, 0, 0], patch), db


def narrow_sums(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if x.dtype != np.float16 or w.shape[2:] != (1, 1) or x[0, 0].size != 1 or groups != 1:
        return CONV(x, w, b, stride, padding, dilation, groups)
    y = np.zeros((len(x), len(w), 1, 1), np.float16)
    for c in range(x.shape[1]):
        y[:, :, 0, 0] += x[:, c, 0, 0][:, None] * w[:, c, 0, 0]
    return y


def accepts_any(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    try:
        return CONV(x, w, b, stride, padding, dilation, groups)
    except ValueError:
        return np.zeros((len(x), len(w), 1, 1))


def negated_minimum(x, kernel, stride=None, padding=(0, 0)):
    """Right for floats; -x of the lowest integer is the lowest integer again."""
    if x.dtype.kind != "i":
        return MAX(x, kernel, stride, padding)
    flipped = np.where(x == np.iinfo(x.dtype).min, np.iinfo(x.dtype).max, x)
    return MAX(flipped, kernel, stride, padding)


def nan_dropped(x, kernel, stride=None, padding=(0, 0)):
    return np.fmax.reduce(right._windows(x, kernel, stride, padding, -np.inf)[2], axis=0)


def absolute(x, kernel, stride=None, padding=(0, 0)):
    return MAX(np.abs(x), kernel, stride, padding)


def in_storage_order(y, x, w, b, stride, padding, dilation, groups):
    if not x.flags.c_contiguous and x.flags.f_contiguous:
        x = np.ravel(x, order="K").reshape(x.shape)
    return CONV(x, w, b, stride, padding, dilation, groups)


def raises_on_batches(y, x, *_):
    if len(x) > 1:
        raise IndexError("index 1 is out of bounds")
    return y


PLANTED = {
    "returns-an-answer": conv(lambda y, x, *_: None if len(x) == 2 else y),
    "answers-every-lawful-call": conv(raises_on_batches),
    "transposes-convolution": turned(lambda y, *_: y[:, :, ::-1].copy()),
    "sizes-both-ways": turned(lambda y, *_: y[:, :, :-1]),
    "inserts-zeros": turned(lambda y, x, w, s: y * (1 + (max(s) > 1))),
    "gradient-is-convolution": {"conv2d": CONV, "conv_transpose2d_backward": turned_back},
    "shape": conv(lambda y, *_: y[:, :, :-1]),
    "dtype": conv(lambda y, x, *_: y.astype(np.float32) if len(x) == 1 else y),
    "definition": conv_in(lambda x, w, *_: (x, w[:, :, ::-1])),
    "rounding": conv_in(
        lambda x, w, *_: (
            x.astype(np.float16).astype(x.dtype) if np.abs(x).max(initial=0) < 60 else x,
            w,
        )
    ),
    "linear-in-x": conv(lambda y, *_: np.clip(y, -1e4, 1e4)),
    "linear-in-kernel": conv_in(lambda x, w, *_: (x, np.clip(w, -1e3, 1e3))),
    "linear-in-dy": back(lambda dx, dw, db, x, w, dy: (np.clip(dx, -1e4, 1e4), dw, db)),
    "bias-adds": conv(lambda y, x, w, b, *_: y if b is None else (y - b[:, None, None] + b.mean())),
    "gradients-of-a-product": back(lambda dx, dw, db, x, w, dy: (dx, dw, db + x.sum())),
    "scales": conv(lambda y, *_: np.where(np.abs(y) < 1e-30, 0, y).astype(y.dtype)),
    "locality": conv(lambda y, x, *_: y + x.sum(dtype=x.dtype)),
    "backward-locality": back(lambda dx, dw, db, x, w, dy: (dx + dy.sum(), dw, db)),
    "nan-reaches": conv_in(lambda x, w, *_: (np.nan_to_num(x), w)),
    "nan-reaches-gradients": back(
        lambda dx, dw, db, x, w, dy: (np.nan_to_num(dx), np.nan_to_num(dw), db)
    ),
    "translation": conv(ramp),
    "circular-translation": conv(ramp),
    "mirror": conv_in(lambda x, w, *_: (x, np.roll(w, 1, axis=2))),
    "transposition": conv(ramp),
    "output-channels": conv(lambda y, *_: y * (np.arange(y.shape[1]) + 1)[:, None, None]),
    "input-channels": conv_in(lambda x, w, *_: (x * (np.arange(x.shape[1]) > 0)[:, None, None], w)),
    "groups-are-blocks": conv_in(lambda x, w, s, p, d, g: (x if g == 1 else x[:, ::-1], w)),
    "dilation-is-zeros": conv_in(
        lambda x, w, s, p, d, g: (x, w if d == (1, 1) else w[:, :, ::-1, ::-1])
    ),
    "stride-subsamples": conv_in(
        lambda x, w, s, p, d, g: (x, w if s == (1, 1) else w[:, :, ::-1, ::-1])
    ),
    "padding-is-a-border": conv(lambda y, x, w, b, s, p, *_: y if p == (0, 0) else y + 1),
    "channels-add": conv(lambda y, x, *_: y if x.shape[1] == 1 else 2 * y),
    "adjoint-x": back(lambda dx, dw, db, x, w, dy: (2 * dx, dw, db)),
    "adjoint-kernel": back(lambda dx, dw, db, x, w, dy: (dx, 2 * dw, db)),
    "adjoint-bias": back(lambda dx, dw, db, x, w, dy: (dx, dw, dy.mean(axis=(0, 2, 3)))),
    "adjoint-max": {
        "max_pool2d": MAX,
        "max_pool2d_backward": lambda x, grad_y, kernel, stride=None, padding=(0, 0): (
            2 * MAXB(x, grad_y, kernel, stride, padding)
        ),
    },
    "tied-copies": back(first_copy),
    "ties": {"max_pool2d_backward": ties_to_all},
    "gradient-conserved": {"max_pool2d_backward": ties_to_all},
    "leftovers-unseen": conv(lambda y, x, *_: y + x[:, :1, -1:, -1:]),
    "leftovers-no-gradient": back(lambda dx, dw, db, x, w, dy: (dx + 1, dw, db)),
    "monotone": {
        "max_pool2d": lambda x, kernel, stride=None, padding=(0, 0): (
            -MAX(-x, kernel, stride, padding) - MAX(x, kernel, stride, padding)
        )
    },
    "order-equivariant": {"max_pool2d": absolute},
    "constant-image": {"max_pool2d": absolute},
    "between": avg(lambda y, x: y + 300),
    "idempotent": max_pool(lambda y, x: y + 1),
    "average-is-convolution": avg(lambda y, x: 2 * y),
    "nan-is-a-maximum": {"max_pool2d": nan_dropped},
    "extreme-maximum": {"max_pool2d": negated_minimum},
    "batch-independence": conv(lambda y, x, *_: y + len(x)),
    "batch-scale": conv(lambda y, x, *_: y + np.abs(x).max() // 2**40),
    "batch-order": conv(lambda y, x, *_: y + np.arange(len(x)).reshape(-1, 1, 1, 1)),
    "inputs-unwritten": conv(wipes_input),
    "outputs-own": conv(lambda y, x, *_: x[:, :1] if y.shape[2:] == x.shape[2:] else y),
    "no-memory": cached(lambda x, w, b: (x.shape, w.shape, b is None)),
    "refilled-arrays": cached(lambda x, w, b: (id(x), id(w), id(b), x.shape, w.shape)),
    "results-stay": shared_result(),
    "repeatable": counting(),
    "after-error": spoiled_by_errors(),
    "threads": global_workspace(),
    "memory-layout": conv(in_storage_order),
    "refuses-too-large": {"conv2d": accepts_any},
    "empty-batch": conv(lambda y, x, *_: y + 0 * x[0, 0, 0, 0]),
    "float16": conv(lambda y, x, *_: y * 1.5 if x.dtype == np.float16 else y),
    "integers": conv(lambda y, x, *_: y + 1 if x.dtype.kind == "i" else y),
    "half-precision-sums": {"conv2d": narrow_sums},
    "long-sums": conv(lambda y, x, *_: np.minimum(y, 2048) if x.shape[1] > 255 else y),
    "survives-mismatch": conv_in(
        lambda x, w, s, p, d, g: (x, w) if x.shape[1] == w.shape[1] * g else sys.exit(3)
    ),
    "process-unchanged": conv(lambda y, *_: (np.seterr(over="ignore"), y)[1]),
}


def test_every_law_has_a_planted_mistake():
    assert set(PLANTED) == set(LAWS)


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    target = Target("planted", **PLANTED[law])
    result = Run(target, laws=[law], fail_fast=True, examples=250).execute()
    assert [failure.law for failure in result.failures] == [law], str(result)
    failure = result.failures[0]
    assert failure.statement == LAWS[law].statement
    assert law in str(failure)


def test_no_law_says_anything_against_a_right_implementation():
    result = Run(Target("right", **right.OPS), examples=120, seed=3).execute()
    assert result.ok, str(result)
    silent = {
        law
        for law in LAWS
        if not any(e.law == law and e.status == "held" for e in result.exercises)
    }
    assert silent == set()


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


@pytest.mark.parametrize(
    ("law", "made"),
    [("no-memory", dtype_kept_by_shape), ("after-error", spoiled_by_refused_gradients)],
)
def test_what_is_kept_in_other_ways_is_found_too(law, made):
    result = Run(Target("planted", **made()), laws=[law], fail_fast=True, examples=250).execute()
    assert [failure.law for failure in result.failures] == [law], str(result)


def test_sums_of_bytes_that_wrap_are_noted():
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        return y.astype(x.dtype) if x.dtype.kind in "iu" else y

    result = Run(Target("bytes", conv2d=conv2d), laws=["integers"], examples=60).execute()
    assert result.ok, str(result)
    said = " ".join(map(str, result.limits))
    assert "uint8 input: y differs" in said
    assert "an integer image and a real kernel: y differs" in said
