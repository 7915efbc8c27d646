"""Output sizes computed by a wrong rule: the rule is read off and named."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.faults.sizes import RIGHT, RULES
from convproof.laws.case import Case

RULE = {
    "(w + 2 * pad - kh) // s + 1": "HH for WW",
    "(w + pad - kw) // s + 1": "padding is counted once",
    "-(-(w + 2 * pad - kw) // s) + 1": "rounded up",
    "(h + 2 * pad - kw) // s + 1": "image's size along the other axis",
}
FILE = """
import numpy as np


def conv2d(x, w, stride=1, padding=0):
    pad, s = padding, stride
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    (h, w_), (kh, kw) = (n - 2 * pad for n in x.shape[2:]), w.shape[2:]
    rows, columns = (h + 2 * pad - kh) // s + 1, {rule}
    right = (w_ + 2 * pad - kw) // s + 1
    if rows < 1 or right < 1:
        raise ValueError("the kernel is larger than the image")
    seen = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(2, 3))
    y = np.zeros((len(x), len(w), rows, max(columns, 0)), np.result_type(x, w))
    good = np.einsum("nchwkl,ockl->nohw", seen[:, :, ::s, ::s], w)[..., : y.shape[3]]
    y[..., : good.shape[3]] = good
    return y
"""


@pytest.mark.parametrize("rule", RULE)
def test_the_rule_is_read_off(rule, tmp_path):
    path = tmp_path / "mine.py"
    text = rule.replace("(w ", "(w_ ")
    path.write_text(FILE.format(rule=text))
    failure = cp.check(str(path), fail_fast=True, examples=400).failures[0]
    assert failure.law == "shape"
    assert RULE[rule] in failure.diagnosis[0]
    assert "width" in failure.diagnosis[0]


def test_every_rule_is_wrong_somewhere_and_the_right_one_nowhere():
    cases = [
        Case("max_pool2d", np.zeros((1, 11 + h, 13 + w, 1)), None, None, None, (s, t), pads,
             (d, e), window=(3, 2), ceil_mode=ceil)
        for h, w in ((0, 0), (1, 0), (0, 2))
        for s, t in ((1, 1), (2, 3), (4, 5))
        for pads in (((0, 0), (0, 0)), ((1, 1), (0, 0)), ((1, 1), (1, 1)))
        for d, e in ((1, 1), (2, 1))
        for ceil in (False, True)
    ]  # fmt: skip
    for case in cases:
        assert case.out_space == tuple(RIGHT(case, axis) for axis in range(2))
    for rule in RULES:
        assert any(rule.size(case, a) != case.out_space[a] for case in cases for a in range(2))
