"""Transposed convolutions: the transpose of the convolution with the same parameters."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.op import Op
from convproof.laws.trial import Trial


def _inner(a: Array, b: Array) -> float:
    return float((a.astype(np.float64) * b.astype(np.float64)).sum())


def _own_convolution(trial: Trial, case: Case, image: Array) -> Array:
    """What the target's own convolution makes of an image of the output's shape."""
    way = str(Op("conv", case.rank))
    if way not in trial.target.ops:
        raise NotApplied("the target has no convolution")
    there = case.base.replace(op=way, x=image, dy=None)
    if trial.target.why_not(there) is not None:
        raise NotApplied("the target's convolution takes other parameters")
    if there.out_shape != case.x.shape:
        raise NotApplied("the output padding has room for a window more")
    found = trial.answer(there)[0]
    assert found is not None
    return found


@law(
    "transposes-convolution",
    "It is the transpose of the target's own convolution: for all x and y, <T(x), y> = <x, f(y)>.",
    "<T(x), y> = <x, f(y)>",
    kinds="conv_transpose",
    ways="forward",
    source="section 10.1.5: the gradient of the image is the transposed convolution",
)
def transposes_convolution(trial: Trial, case: Case) -> None:
    """Both sides round at most once a term."""
    bare = case.replace(bias=None)
    y = trial.rng(71, bare.x.size).integers(-3, 4, bare.out_shape).astype(case.x.dtype)
    down, up = _own_convolution(trial, bare, y), trial.answer(bare)[0]
    assert up is not None
    left, right = _inner(up, y), _inner(bare.x, down)
    size = _inner(np.abs(up), np.abs(y)) + _inner(np.abs(bare.x), np.abs(down))
    u = max(float(np.finfo(a.dtype).eps) for a in (up, down) if a.dtype.kind == "f")
    if abs(left - right) > 4 * (up.size + down.size) * u * size:
        raise Broken("it is not the transpose of the convolution", bare, right, left, result="y")


@law(
    "sizes-both-ways",
    "A convolution with the same parameters makes of its output an image of its input's size, as "
    "long as the output padding is less than the stride.",
    "size f(T(x)) = size x",
    kinds="conv_transpose",
    ways="forward",
    source="Dumoulin and Visin, A guide to convolution arithmetic, relationship 14",
)
def sizes_both_ways(trial: Trial, case: Case) -> None:
    """Windows are counted on the output that came, whatever its size."""
    y = trial.outcome(case).values
    if not y or y[0] is None or y[0].ndim != case.rank + 2:
        raise NotApplied("no image came")
    shape = y[0].shape
    more = case.output_padding or (0,) * case.rank
    for axis, size, n, extra in zip(case.axes, shape[1:-1], case.space, more, strict=True):
        if extra >= axis.stride:
            raise NotApplied("an output padding with room for a window more")
        if size + axis.pad_lo + axis.pad_hi < axis.extent or axis.output_size(size) != n:
            raise Broken(
                "a convolution with the same parameters makes another size of its output",
                case,
                case.out_shape,
                shape,
                result="y",
            )


@law(
    "inserts-zeros",
    "With a stride it is the call of stride 1 on the image with zeros put between its pixels.",
    "T(x; S) = T(x with S - 1 zeros between; 1)",
    kinds="conv_transpose",
    ways="forward",
    needs="stride",
    source="Dumoulin and Visin, A guide to convolution arithmetic, relationship 13",
    suits=lambda case: any(s > 1 for s in case.stride) and not any(case.output_padding),
)
def inserts_zeros(trial: Trial, case: Case) -> None:
    """The same kernel, padding and dilation."""
    if any(case.output_padding):
        raise NotApplied("stated without output padding")
    sizes = [s * (n - 1) + 1 for s, n in zip(case.stride, case.space, strict=True)]
    wide = np.zeros((len(case.x), *sizes, case.x.shape[-1]), case.x.dtype)
    wide[(slice(None), *(slice(None, None, s) for s in case.stride))] = case.x
    dense = trial.answer(case.replace(x=wide, stride=(1,) * case.rank))[0]
    assert dense is not None
    got = trial.answer(case)
    trial.same(case, got, [dense.astype(np.float64)], fractions=False, note=False)


@law(
    "gradient-is-convolution",
    "The image's gradient is the target's own convolution of the gradient that comes in.",
    "dx = f(dy)",
    kinds="conv_transpose",
    ways="backward",
    source="the transpose of a transpose",
)
def gradient_is_convolution(trial: Trial, case: Case) -> None:
    """With the kernel and the parameters as they are."""
    assert case.dy is not None
    want = _own_convolution(trial, case, case.dy).astype(np.float64)
    got = trial.answer(case)[0]
    trial.same(case, [got, None, None], [want] * 3, fractions=False, note=False)
