"""Calls to read a function from."""

from __future__ import annotations

import time

import numpy as np

from convproof.laws.case import Case

RNG = np.random.default_rng(3)


def call(op="conv2d", stride=(1, 2), padding=((1, 1), (0, 1)), groups=1, dtype=float, bias=None):
    x = RNG.integers(-9, 9, (2, 5, 6, 2 * groups)).astype(dtype)
    kernel = RNG.integers(-9, 9, (2, 3, 2, 2 * groups)).astype(dtype)
    case = Case(op, x, kernel, bias, None, stride, padding, (1, 1), groups)
    return case.replace(dy=np.ones(case.out_shape, dtype)) if case.backward else case


def later():
    return time.monotonic() + 20
