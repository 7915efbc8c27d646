"""Translation equivariance: where it holds exactly, and that it breaks where it must."""

from __future__ import annotations

import numpy as np

from convproof.laws.axis import Axis
from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.trial import Trial


def valid_axis(axis: Axis, size: int, out: int, steps: int) -> tuple[Array, Array]:
    """For each output o, whether y'[o] = y[o - steps] for every image, and whether o - steps is.

    The image moves by stride * steps >= 0 pixels, zeros come in, the last pixels are lost.  Window
    o of the new image and window o - steps of the old one see the same numbers unless a tap of
    the old one lies on a pixel that was lost.
    """
    there = np.arange(out) >= steps
    lost = np.zeros(out, bool)
    for k in range(axis.kernel):
        new = axis.stride * np.arange(out) + axis.dilation * k - axis.pad_lo
        old = new - axis.stride * steps
        lost |= (old >= 0) & (old < size) & (new >= size)
    return ~lost, there


@law(
    "translation",
    "Shifting the input by a multiple of the stride shifts the output, exactly on the outputs "
    "whose window keeps all its pixels; on positive numbers it changes all others.",
    "f(T_{S t} x)_o = f(x)_{o - t} for o in the validity region",
    kinds="conv",
    ways="forward",
    source="section 10.1.4, with the region of validity it leaves out",
)
def translation(trial: Trial, case: Case) -> None:
    """One axis at a time; all numbers positive, so a lost pixel always shows."""
    assert case.kernel is not None
    case = case.replace(x=np.abs(case.x) + 1, kernel=np.abs(case.kernel) + 1)
    before = trial.answer(case)[0]
    assert before is not None
    for number, (axis, size, out) in enumerate(
        zip(case.axes, case.space, case.out_space, strict=True)
    ):
        for steps in (1, 2):
            shift = axis.stride * steps
            if shift >= size or steps >= out:
                continue
            x = np.zeros_like(case.x)
            to, of = [slice(None)] * x.ndim, [slice(None)] * x.ndim
            to[number + 1], of[number + 1] = slice(shift, None), slice(0, size - shift)
            x[tuple(to)] = case.x[tuple(of)]
            moved = case.replace(x=x)
            after = trial.answer(moved)[0]
            assert after is not None
            valid, there = valid_axis(axis, size, out, steps)
            was = np.roll(before, steps, axis=number + 1).astype(np.float64)
            on = np.moveaxis(np.zeros(after.shape, bool), number + 1, -1)
            on[...] = valid & there
            on = np.moveaxis(on, -1, number + 1)
            want = np.where(on, was, after.astype(np.float64))
            trial.same(
                moved,
                [after],
                [want],
                fractions=False,
                note=False,
                what=f"the output of the image shifted by {shift} on axis {number}",
            )
            off = np.moveaxis(np.zeros(after.shape, bool), number + 1, -1)
            off[...] = ~valid & there
            off = np.moveaxis(off, -1, number + 1)
            stuck = off & (np.abs(after.astype(np.float64) - was) < 0.5)
            # The other axes may hold nothing but padding there: then nothing can be lost.
            if (stuck & (was > _bias_alone(case) + 0.5)).any():
                raise Broken(
                    "an output that lost a positive pixel did not change",
                    moved,
                    "a smaller number",
                    after,
                )


def _bias_alone(case: Case) -> Array | float:
    return 0.0 if case.bias is None else case.bias.astype(np.float64)


@law(
    "circular-translation",
    "On an image wrapped round a torus, every shift of the input shifts the output the same way.",
    "f(roll x) = roll f(x)",
    kinds="conv avg_pool max_pool",
    ways="forward",
    runs=6,
    source="section 10.1.4; exact with circular borders",
)
def circular_translation(trial: Trial, case: Case) -> None:
    """The border is made by hand, so no padding mode is needed; stride 1."""
    ones = (1,) * case.rank
    if case.kind != "conv" and not trial.target.accepts(case.op, "stride"):
        raise NotApplied("the target takes no stride")
    room = [(a.dilation * (a.kernel - 1)) for a in case.axes]
    base = case.replace(stride=ones, padding=((0, 0),) * case.rank, ceil_mode=False)

    def wrapped(x: Array) -> Case:
        border = [(0, 0), *((0, extra) for extra in room), (0, 0)]
        return base.replace(x=np.pad(x, border, mode="wrap"))

    shifts = tuple(1 + axis for axis in range(case.rank))
    places = tuple(range(1, case.rank + 1))
    moved = wrapped(np.roll(case.x, shifts, places))
    after, before = trial.answer(moved)[0], trial.answer(wrapped(case.x))[0]
    assert after is not None
    assert before is not None
    want = np.roll(before, shifts, places).astype(np.float64)
    trial.same(moved, [after], [want], fractions=case.kind == "avg_pool", note=False)
