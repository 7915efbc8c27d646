"""Ceil mode's two rules are found out where every call follows them, and only there."""

import numpy as np
import pytest

import convproof as cp

FIRST = "channels_first"


def pool(average, late, full, rows=True):
    """A pool whose last windows may start late, and whose means count an overhang."""

    def function(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        stride, space = stride or kernel, x.shape[2:]
        counts = []
        for axis, (n, k, s, p) in enumerate(zip(space, kernel, stride, padding, strict=True)):
            count = (n + 2 * p - k) // s + 1
            if ceil_mode and (n + 2 * p - k) % s:
                count += count * s < n + p or (late and (axis == 1 or rows))
            counts.append(count)
        ends = [
            max((c - 1) * s + k, n + 2 * p)
            for c, n, k, s, p in zip(counts, space, kernel, stride, padding, strict=True)
        ]
        empty = np.nan if average else -np.inf
        big = np.full((*x.shape[:2], *ends), empty)
        (ph, pw), (h, w) = padding, space
        if average:
            big[:, :, : h + 2 * ph, : w + 2 * pw] = 0
        big[:, :, ph : ph + h, pw : pw + w] = x
        y = np.zeros((*x.shape[:2], *counts))
        for i, j in np.ndindex(*counts):
            window = big[
                :, :, i * stride[0] : i * stride[0] + kernel[0],
                j * stride[1] : j * stride[1] + kernel[1],
            ]  # fmt: skip
            if not average:
                y[:, :, i, j] = window.max((2, 3))
            else:
                seen = np.isfinite(window).sum((2, 3))
                size = kernel[0] * kernel[1] if full else np.maximum(seen, 1)
                y[:, :, i, j] = np.nansum(window, (2, 3)) / size
        return y

    return function


def checked(average, **how):
    op = "avg_pool2d" if average else "max_pool2d"
    target = cp.Target("mine", **{op: pool(average, **how)})
    return cp.check(target, laws=["definition", "shape"], examples=300), target


@pytest.mark.parametrize(
    ("average", "late", "full", "rule"),
    [(False, True, False, "ceil"), (True, False, True, "divisor"), (True, True, True, "both")],
)
def test_a_rule_that_all_calls_follow_is_a_convention(average, late, full, rule):
    result, target = checked(average, late=late, full=full)
    names = {"ceil", "divisor"} if rule == "both" else {rule}
    assert result.ok
    assert target.conventions.inferred == names
    assert names <= {name for name, text in result.conventions.items() if "inferred" in text}
    assert any("as its calls show" in limit.said for limit in result.limits)


def test_windows_that_start_late_on_one_axis_only_are_no_convention():
    result, target = checked(False, late=True, full=False, rows=False)
    assert not result.ok
    assert not target.conventions.inferred


def test_what_is_declared_stays():
    target = cp.Target("mine", max_pool2d=pool(False, True, False), conventions={"ceil": "torch"})
    assert not cp.check(target, laws=["definition", "shape"], examples=300).ok
    assert not target.conventions.inferred


def test_torchs_rules_are_none_to_be_told():
    result, target = checked(True, late=False, full=False)
    assert result.ok
    assert not target.conventions.inferred


def test_a_known_library_is_held_to_its_own_pages():
    target = cp.Target("opencv", max_pool2d=pool(False, True, False))
    target.spec = "opencv"
    assert not cp.check(target, laws=["definition", "shape"], examples=300).ok
    assert not target.conventions.inferred


def windows(x, kernel, stride, padding, places, full):
    """The image with its padding and more, each window's slices, and what its mean divides by."""
    (ph, pw), (h, w) = padding, x.shape[2:]
    axes = zip(x.shape[2:], padding, kernel, stride, strict=True)
    big = np.zeros((*x.shape[:2], *(n + 2 * p + k + s for n, p, k, s in axes)))
    big[:, :, ph : ph + h, pw : pw + w] = x
    there = np.zeros(big.shape[2:])
    there[: h + 2 * ph, : w + 2 * pw] = 1
    seen = {}
    for i, j in np.ndindex(*places):
        rows = slice(i * stride[0], i * stride[0] + kernel[0])
        columns = slice(j * stride[1], j * stride[1] + kernel[1])
        size = kernel[0] * kernel[1] if full else there[rows, columns].sum()
        seen[i, j] = np.s_[:, :, rows, columns], size
    return big, seen


def gradient(full):
    """The gradient of a mean, an overhang counted or not."""

    def function(x, grad_y, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        big, seen = windows(x, kernel, stride or kernel, padding, grad_y.shape[2:], full)
        dx = np.zeros_like(big)
        for (i, j), (where, size) in seen.items():
            dx[where] += grad_y[:, :, i, j][..., None, None] / size
        (ph, pw), (h, w) = padding, x.shape[2:]
        return dx[:, :, ph : ph + h, pw : pw + w]

    return function


def mean(full):
    """The mean whose gradient that is."""

    def function(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        s = stride or kernel
        room = [n + 2 * p - k for n, p, k in zip(x.shape[2:], padding, kernel, strict=True)]
        out = [r // t + 1 for r, t in zip(room, s, strict=True)]
        if ceil_mode:
            late = zip(out, room, s, x.shape[2:], padding, strict=True)
            out = [o + (r % t > 0 and o * t < n + p) for o, r, t, n, p in late]
        big, seen = windows(x, kernel, s, padding, out, full)
        y = np.zeros((*x.shape[:2], *out))
        for (i, j), (where, size) in seen.items():
            y[:, :, i, j] = big[where].sum((2, 3)) / size
        return y

    return function


@pytest.mark.parametrize("forward", [False, True])
@pytest.mark.parametrize("backward", [False, True])
def test_a_mean_and_its_gradient_that_divide_otherwise_follow_no_rule(forward, backward):
    target = cp.Target("mine", avg_pool2d=mean(forward), avg_pool2d_backward=gradient(backward))
    result = cp.check(target, laws=["definition", "shape"], examples=100, max_seconds=20)
    assert result.ok is (forward is backward)
    assert bool(target.conventions.inferred) is (forward and backward)
    if forward is not backward:
        wrong = "avg_pool2d" if forward else "avg_pool2d_backward"
        assert [failure.op for failure in result.failures] == [wrong]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("A mean with the semantics of torch.nn.AvgPool2d.", False),
        ("A mean; unlike PyTorch an overhang counts.", True),
        ("A mean.", True),
    ],
)
def test_a_rule_of_its_own_is_a_mistake_where_its_text_promises_another(text, holds):
    function = pool(True, late=False, full=True)
    function.__doc__ = text
    target = cp.Target("mine", avg_pool2d=function)
    result = cp.check(target, laws=["definition", "shape"], examples=100)
    assert result.ok is holds
    assert ("avg_pool2d follows" in result.conventions) is not holds


def test_a_gradient_that_divides_otherwise_than_its_mean_is_the_one_accused():
    def avg_pool1d(x, kernel, stride, padding=(0,)):
        return cp.avg_pool1d(
            x, kernel, stride=stride, padding=padding, count_include_pad=False, layout=FIRST
        )

    def avg_pool1d_backward(x, grad_y, kernel, stride, padding=(0,)):
        return cp.avg_pool1d_backward(
            grad_y, x, kernel, stride=stride, padding=padding, layout=FIRST
        )

    target = cp.Target("two", avg_pool1d=avg_pool1d, avg_pool1d_backward=avg_pool1d_backward)
    result = cp.check(target, examples=60)
    assert {failure.op for failure in result.failures} == {"avg_pool1d_backward"}
    assert "divisor" in result.failures[0].diagnosis[0]
