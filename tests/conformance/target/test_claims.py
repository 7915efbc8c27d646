"""A text that names half precision is held to its sums; one that does not is told its limit."""

from __future__ import annotations

import pytest

from convproof.conformance import check

SUMS = '''\
import numpy as np


def conv2d(x, w):
    """{doc}"""
    n, c, h, v = x.shape
    m, _, k, q = w.shape
    y = np.zeros((n, m, h - k + 1, v - q + 1), np.result_type(x, w))
    for i, a, b in np.ndindex(c, k, q):
        y += (x[:, None, i, a : a + h - k + 1, b : b + v - q + 1] * w[:, i, a, b, None, None])
    return y
'''
KERNEL_ONLY = """\
import numpy as np


def conv_bwd_filter(x, dy, w_shape):
    k, q = w_shape[2:]
    dw = np.zeros(w_shape)
    for a, b in np.ndindex(k, q):
        part = x[:, :, a : a + dy.shape[2], b : b + dy.shape[3]]
        dw[:, :, a, b] = np.einsum("nmhw,nchw->mc", dy, part)
    return dw{wrong}
"""


@pytest.mark.parametrize(
    ("doc", "holds"), [("Sums in the type of its arrays.", True), ("Takes float16 too.", False)]
)
def test_half_precision_is_claimed_by_name(tmp_path, doc, holds):
    file = tmp_path / "mine.py"
    file.write_text(SUMS.format(doc=doc))
    result = check(f"{file}:conv2d", examples=20)
    assert [failure.law for failure in result.failures] == (
        [] if holds else ["half-precision-sums"]
    )
    limits = [text for text in map(str, result.limits) if "float16" in text]
    assert any("4096 ones are not 4096" in text for text in limits) == holds


RUNNING = '''\
import numpy as np


def avg_pool1d(x, window):
    """{doc}"""
    s = np.cumsum(np.pad(x.astype(float), ((0, 0), (0, 0), (1, 0))), axis=2)
    return ((s[:, :, window:] - s[:, :, :-window]) / window)[:, :, ::window]
'''
PHOTO = '''\
import numpy as np


def filter2d(photo, kernel):
    """{doc}"""
    windows = np.lib.stride_tricks.sliding_window_view(photo, kernel.shape)
    y = np.einsum("hwij,ij->hw", windows.astype(float), kernel)
    if photo.dtype.kind == "f":
        return y
    ends = np.iinfo(photo.dtype)
    return np.clip({way}, ends.min, ends.max).astype(photo.dtype)
'''


@pytest.mark.parametrize(
    ("doc", "holds"),
    [
        ("Means of windows.", True),
        ("A window with NaN is NaN, as IEEE has it.", False),
        ("A NaN spreads to all results after it.", True),
    ],
)
def test_a_text_that_speaks_of_nan_is_held_to_it(tmp_path, doc, holds):
    file = tmp_path / "mine.py"
    file.write_text(RUNNING.format(doc=doc))
    result = check(str(file), laws=["nan-reaches"], examples=4)
    assert result.ok == holds, str(result)
    if not holds:
        assert "spoils results" in result.failures[0].diagnosis[0]


@pytest.mark.parametrize(
    ("doc", "way", "holds"),
    [
        ("Photographs of integers are rounded and clipped to their dtype.", "np.rint(y)", True),
        ("Photographs of integers are rounded and clipped to their dtype.", "y / 2", False),
        ("Photographs of integers are rounded and clipped to their dtype.", "np.trunc(y)", False),
        ("A filter.", "np.rint(y)", False),
    ],
)
def test_photographs_are_rounded_where_the_text_says_so(tmp_path, doc, way, holds):
    file = tmp_path / "mine.py"
    file.write_text(PHOTO.format(doc=doc, way=way))
    result = check(str(file), laws=["integers"], examples=4)
    assert result.ok == holds, str(result)
    assert any("as its text says" in str(limit) for limit in result.limits) or not holds


@pytest.mark.parametrize(("wrong", "holds"), [("", True), ("[..., ::-1]", False)])
def test_a_backward_of_the_kernel_alone_is_judged(tmp_path, wrong, holds):
    file = tmp_path / "mine.py"
    file.write_text(KERNEL_ONLY.format(wrong=wrong))
    result = check(str(file), examples=20)
    assert result.ok == holds
    assert "conv2d_backward: dx: nobody computes it" in map(str, result.not_judged)
