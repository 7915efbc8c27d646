"""Symmetries of the definition: mirror, transposition, renaming of channels."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import NotApplied, law
from convproof.laws.trial import Trial, result_names


def _fractions(case: Case) -> bool:
    return case.kind == "avg_pool"


def _hold(trial: Trial, case: Case, image: Case, back: list[Array | None], what: str) -> None:
    """`back`: the results of `image` mapped back; they must be the results of `case`."""
    want = trial.answer(case)
    trial.same(
        case,
        [None if w is None else b for w, b in zip(want, back, strict=True)],
        [np.zeros(0) if w is None else w.astype(np.float64) for w in want],
        fractions=_fractions(case),
        note=False,
        what=what,
    )


@law(
    "mirror",
    "Mirroring image and kernel, and swapping low and high padding, mirrors the output.",
    "f(flip x, flip K) = flip f(x, K) where no pixel is left over",
    source="i -> I - 1 - i in the axis relation",
)
def mirror(trial: Trial, case: Case) -> None:
    """All spatial axes at once; pixels left over are cut off first."""
    lopsided = any(lo != hi for lo, hi in case.padding)
    if lopsided and not trial.accepts(case, "asymmetric_padding"):
        raise NotApplied("the target pads both sides alike")
    if case.ceil_mode:
        case = case.replace(ceil_mode=False)
        if case.dy is not None:
            case = case.replace(dy=case.dy[(slice(None), *(slice(0, o) for o in case.out_space))])
    keep = []
    for axis, size, out in zip(case.axes, case.space, case.out_space, strict=True):
        used = (out - 1) * axis.stride + axis.extent - axis.pad_lo - axis.pad_hi
        if used < 1:
            raise NotApplied("every pixel is left over")
        keep.append(slice(0, min(size, used)))
    case = case.replace(x=case.x[(slice(None), *keep)])
    axes = tuple(range(1, case.rank + 1))
    image = case.replace(
        x=np.flip(case.x, axes),
        kernel=None if case.kernel is None else np.flip(case.kernel, tuple(range(case.rank))),
        dy=None if case.dy is None else np.flip(case.dy, axes),
        padding=tuple((hi, lo) for lo, hi in case.padding),
    )
    results = trial.answer(image)
    back: list[Array | None] = []
    for name, result in zip(result_names(case), results, strict=True):
        turn = {"dkernel": tuple(range(case.rank)), "dbias": ()}.get(name, axes)
        back.append(None if result is None else np.flip(result, turn))
    _hold(trial, case, image, back, "the mirrored call, mirrored back,")


@law(
    "transposition",
    "Swapping two spatial axes of everything swaps them in the output.",
    "f(x^T, K^T) = f(x, K)^T",
    source="the axis relation is the same on every axis",
)
def transposition(trial: Trial, case: Case) -> None:
    """The first and the last spatial axis."""
    if case.rank < 2:
        raise NotApplied("there is one spatial axis")
    last = case.rank - 1

    def swap(values: tuple[object, ...]) -> tuple[object, ...]:
        turned = list(values)
        turned[0], turned[last] = turned[last], turned[0]
        return tuple(turned)

    image = case.replace(
        x=np.swapaxes(case.x, 1, last + 1),
        kernel=None if case.kernel is None else np.swapaxes(case.kernel, 0, last),
        dy=None if case.dy is None else np.swapaxes(case.dy, 1, last + 1),
        window=None if case.window is None else swap(case.window),
        stride=swap(case.stride),
        padding=swap(case.padding),
        dilation=swap(case.dilation),
    )
    results = trial.answer(image)
    back: list[Array | None] = []
    for name, result in zip(result_names(case), results, strict=True):
        if result is None or name == "dbias":
            back.append(result)
        elif name == "dkernel":
            back.append(np.swapaxes(result, 0, last))
        else:
            back.append(np.swapaxes(result, 1, last + 1))
    _hold(trial, case, image, back, "the transposed call, transposed back,")


@law(
    "output-channels",
    "Renaming output channels renames the maps, and nothing else.",
    "f(x, K_{..., p(m)})_m = f(x, K)_{p(m)}",
    kinds="conv",
    source="equation (10.5): maps do not meet",
)
def output_channels(trial: Trial, case: Case) -> None:
    """A permutation within each group."""
    assert case.kernel is not None
    width = case.kernel.shape[-1] // case.groups
    rng = trial.rng(41, width)
    order = np.concatenate([g * width + rng.permutation(width) for g in range(case.groups)])
    image = case.replace(
        kernel=case.kernel[..., order],
        bias=None if case.bias is None else case.bias[order],
        dy=None if case.dy is None else case.dy[..., order],
    )
    undo = np.argsort(order)
    results = trial.answer(image)
    back = [
        r if r is None or name == "dx" else r[..., undo]
        for name, r in zip(result_names(case), results, strict=True)
    ]
    _hold(trial, case, image, back, "the call with renamed output channels")


@law(
    "input-channels",
    "Renaming input channels in image and kernel changes nothing; in pooling it renames the maps.",
    "f(x_{p(c)}, K_{p(c)}) = f(x, K)",
    source="equation (10.5) sums over all channels",
)
def input_channels(trial: Trial, case: Case) -> None:
    """A permutation within each group."""
    depth = case.x.shape[-1] // case.groups
    rng = trial.rng(42, depth)
    inner = rng.permutation(depth)
    order = np.concatenate([g * depth + inner for g in range(case.groups)])
    undo = np.argsort(order)
    image = case.replace(
        x=case.x[..., order],
        kernel=None if case.kernel is None else case.kernel[..., inner, :],
        dy=case.dy if case.dy is None or case.kernel is not None else case.dy[..., order],
    )
    back: list[Array | None] = []
    for name, result in zip(result_names(case), trial.answer(image), strict=True):
        if result is None or name == "dbias" or (name == "y" and case.kernel is not None):
            back.append(result)
        elif name == "dkernel":
            back.append(result[..., np.argsort(inner), :])
        else:
            back.append(result[..., undo])
    _hold(trial, case, image, back, "the call with renamed input channels")
