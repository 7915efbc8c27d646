"""Pixels that no window reaches, because the stride does not divide (H + 2P - K)."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import NotApplied, law
from convproof.laws.trial import Trial


def unreached(case: Case) -> Array:
    """(*space,) True where no window has a tap."""
    reached = np.ones((), bool)
    for axis, size, out in zip(case.axes, case.space, case.out_space, strict=True):
        seen = np.zeros(size, bool)
        for k in range(axis.kernel):
            at = axis.stride * np.arange(out) + axis.dilation * k - axis.pad_lo
            seen[at[(at >= 0) & (at < size)]] = True
        reached = reached[..., None] & seen
    return ~reached


def _has(case: Case) -> bool:
    return bool(unreached(case).any())


@law(
    "leftovers-unseen",
    "Pixels that no window reaches do not change the output.",
    "Z does not depend on X_i if no o, k has i = S o + D k - P",
    ways="forward",
    source="(10.7): the floor",
    suits=_has,
)
def leftovers_unseen(trial: Trial, case: Case) -> None:
    """All of them replaced by large numbers."""
    left = unreached(case)
    if not left.any():
        raise NotApplied("every pixel is reached")
    x = case.x.copy()
    x[:, left] += 2 ** {8: 20, 4: 10}.get(trial.itemsize(case), 5)
    changed = case.replace(x=x)
    before = trial.answer(case)[0]
    assert before is not None
    trial.same(
        changed,
        trial.answer(changed),
        [before.astype(np.float64)],
        fractions=case.kind == "avg_pool",
        note=False,
    )


@law(
    "leftovers-no-gradient",
    "Pixels that no window reaches have gradient zero, and a place in it.",
    "dX_i = 0 if no o, k has i = S o + D k - P",
    ways="backward",
    source="(10.7): the floor",
    suits=_has,
)
def leftovers_no_gradient(trial: Trial, case: Case) -> None:
    """Present, and zero (an algorithm that rounds may leave its rounding)."""
    left = unreached(case)
    if not left.any():
        raise NotApplied("every pixel is reached")
    dx = trial.answer(case)[0]
    if dx is None:
        raise NotApplied("the target gives no gradient for the image")
    want = dx.astype(np.float64)
    want[:, left] = 0.0
    trial.same(
        case,
        [dx],
        [want],
        fractions=False,
        note=False,
        what="the gradient of a pixel that no window reaches",
    )
