"""Weights used many times: every copy has its gradient, and they add up."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from convproof.laws.case import Case
from convproof.laws.law import NotApplied, law
from convproof.laws.trial import Trial


@law(
    "tied-copies",
    "Each output position holds its own copy of the kernel; a copy's gradient is the patch it saw, "
    "and the kernel's gradient is the sum over the copies.",
    "dK = sum_o dK^(o), dK^(o)_k = dy_o x_{S o + D k - P}",
    kinds="conv",
    ways="backward",
    source="section 10.1.5: gradient values from all copies are pooled",
    runs=5,
)
def tied_copies(trial: Trial, case: Case) -> None:
    """One call for each of (up to) a dozen output positions, then the whole."""
    assert case.dy is not None
    assert case.kernel is not None
    positions = list(itertools.product(*(range(n) for n in case.out_space)))
    if len(positions) > 12:
        raise NotApplied("too many copies to ask for one by one")
    total = np.zeros(case.kernel.shape)
    depth, width = case.kernel.shape[-2], case.kernel.shape[-1] // case.groups
    for o in positions:
        dy = np.zeros_like(case.dy)
        here: tuple[Any, ...] = (slice(None), *o)
        dy[here] = case.dy[here]
        single = case.replace(dy=dy)
        got = trial.answer(single)[1]
        if got is None:
            raise NotApplied("the target gives no gradient for the kernel")
        want = np.zeros(case.kernel.shape)
        for tap in itertools.product(*(range(k) for k in case.taps)):
            pixel = tuple(
                a.stride * i + a.dilation * k - a.pad_lo
                for a, i, k in zip(case.axes, o, tap, strict=True)
            )
            if any(not 0 <= p < n for p, n in zip(pixel, case.space, strict=True)):
                continue
            there: tuple[Any, ...] = (slice(None), *pixel)
            seen = case.x[there].astype(np.float64)
            for g in range(case.groups):
                m, c = slice(g * width, (g + 1) * width), slice(g * depth, (g + 1) * depth)
                block: tuple[Any, ...] = (*tap, slice(None), m)
                want[block] = seen[:, c].T @ dy[(*here, m)].astype(float)
        trial.same(
            single,
            [None, got],
            [want, want],
            fractions=False,
            note=False,
            what=f"the gradient of the copy at output {o}",
        )
        total += got
    whole = trial.answer(case)[1]
    trial.same(
        case,
        [None, whole],
        [total, total],
        fractions=False,
        note=False,
        what="the sum over the copies",
    )
