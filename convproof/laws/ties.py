"""Weights used many times: every copy has its gradient, and they add up.  And equal maxima."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from convproof.laws.case import Case
from convproof.laws.definition import has_ties, hold_ties
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
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


@law(
    "ties",
    "Equal maxima share one window's gradient by one rule: the first, the last, or equal parts "
    "(or as the target declares); it is given out once.",
    "dX_i = sum_o w_{o,i} dY_o, w_o >= 0, sum_i w_{o,i} = 1",
    kinds="max_pool",
    ways="backward",
    scope="call",
    source="a subgradient of (10.9); which one is convention",
)
def ties(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """On calls that have ties; which rule fits is noted."""
    if not has_ties(case):
        raise NotApplied("no equal maxima")
    hold_ties(trial, case, outcome)


@law(
    "gradient-conserved",
    "A max-pool's gradient hands on what came in, no more and no less, ties or not.",
    "sum_i dX_i = sum_o dY_o",
    kinds="max_pool",
    ways="backward",
    source="each window's weights add up to 1",
)
def gradient_conserved(trial: Trial, case: Case) -> None:
    """With many ties, unless the target declares that each takes the whole; with -inf; with NaN."""
    if trial.convention("ties") == "all":
        raise NotApplied("declared: every maximum takes the whole gradient")
    rng = trial.rng(61, case.x.size)
    tied = case.replace(x=rng.integers(0, 2, case.x.shape).astype(case.x.dtype))
    _conserved(trial, tied)
    if not (case.overhangs or any(map(any, case.padding))):  # a border may be -inf as well
        dark = np.where(rng.random(case.x.shape) < 0.8, -np.inf, case.x).astype(case.x.dtype)
        dark[0] = -np.inf
        _conserved(trial, case.replace(x=dark))
    strange = case.x.copy()
    strange[rng.random(strange.shape) < 0.3] = np.nan
    one = {"first", "last", "first-column", "last-column"}
    if trial.notes.ties and trial.convention("nan") is None:
        try:
            _conserved(trial, case.replace(x=strange))
        except Broken:
            # A single winner is found among NaNs too; who looks for equals finds no NaN.
            if set(trial.notes.ties) <= one:
                raise
            trial.notes.limitations.setdefault(
                (case.op, "NaN input"), "the gradient of windows with a NaN is lost"
            )


def _conserved(trial: Trial, tied: Case) -> None:
    """Channel by channel, the gradient's sum is kept."""
    case = tied
    assert case.dy is not None
    dx = trial.answer(tied)[0]
    assert dx is not None
    # Shares are thirds at worst: each of the terms may round once.
    axes = tuple(range(1, dx.ndim - 1))
    came, went = case.dy.astype(np.float64).sum(axis=axes), dx.astype(np.float64).sum(axis=axes)
    u = max(float(np.finfo(a.dtype).eps) / 2 for a in (dx, tied.x) if a.dtype.kind == "f")
    bound = (dx.size + case.dy.size) * u * np.abs(case.dy.astype(np.float64)).sum(axis=axes)
    if (np.abs(came - went) > bound).any():
        raise Broken(
            "the gradient that comes out does not add up to what went in",
            tied,
            came,
            went,
            result="dx",
        )
