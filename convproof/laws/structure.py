"""Every parameter undone by hand: the same answer without it."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import NotApplied, law
from convproof.laws.trial import Trial


def _wide(array: Array | None) -> Array:
    if array is None:
        raise NotApplied("the target does not compute that result")
    return array.astype(np.float64)


@law(
    "groups-are-blocks",
    "A grouped convolution is the dense one with a block-diagonal kernel.",
    "f(x, K; G) = f(x, blockdiag(K_1 .. K_G))",
    kinds="conv",
    needs="groups",
    source="the definition of groups",
    suits=lambda case: case.groups > 1,
)
def groups_are_blocks(trial: Trial, case: Case) -> None:
    """Forward, and the block of the gradient that belongs to each group."""
    assert case.kernel is not None
    depth, width = case.kernel.shape[-2], case.kernel.shape[-1] // case.groups
    dense = np.zeros((*case.taps, case.x.shape[-1], case.kernel.shape[-1]), case.kernel.dtype)
    for g in range(case.groups):
        m = slice(g * width, (g + 1) * width)
        dense[..., g * depth : (g + 1) * depth, m] = case.kernel[..., m]
    plain = trial.answer(case.replace(kernel=dense, groups=1))
    grouped = trial.answer(case)
    want: list[Array] = [_wide(plain[0])]
    if case.backward:
        whole = _wide(plain[1])
        parts = [
            whole[..., g * depth : (g + 1) * depth, g * width : (g + 1) * width]
            for g in range(case.groups)
        ]
        want.append(np.concatenate(parts, axis=-1))
        want.append(np.zeros(0) if plain[2] is None else _wide(plain[2]))
        grouped = (*grouped[:2], None if plain[2] is None else grouped[2])
    trial.same(case, grouped, want, fractions=False, note=False)


def _zeros_between(array: Array, gaps: tuple[int, ...], first: int) -> Array:
    """`array` with gap - 1 zeros put between neighbours on the axes from `first` on."""
    shape = list(array.shape)
    where: list[slice] = [slice(None)] * array.ndim
    for axis, gap in enumerate(gaps):
        shape[first + axis] = (shape[first + axis] - 1) * gap + 1
        where[first + axis] = slice(None, None, gap)
    wide = np.zeros(shape, array.dtype)
    wide[tuple(where)] = array
    return wide


@law(
    "dilation-is-zeros",
    "A dilated kernel is the kernel with zeros put between its taps.",
    "f(x, K; D) = f(x, K with D - 1 zeros between taps)",
    kinds="conv",
    needs="dilation",
    source="the definition of dilation",
    suits=lambda case: any(d > 1 for d in case.dilation),
)
def dilation_is_zeros(trial: Trial, case: Case) -> None:
    """Forward and gradients; the kernel's gradient is read off at the taps."""
    assert case.kernel is not None
    plain = case.replace(
        kernel=_zeros_between(case.kernel, case.dilation, 0), dilation=(1,) * case.rank
    )
    results = list(trial.answer(plain))
    if case.backward:
        taps = tuple(slice(None, None, d) for d in case.dilation)
        results[1] = _wide(results[1])[taps]
    got = trial.answer(case)
    trial.same(
        case,
        [None if r is None else g for g, r in zip(got, results, strict=True)],
        [np.zeros(0) if r is None else _wide(r) for r in results],
        fractions=False,
        note=False,
    )


@law(
    "stride-subsamples",
    "A stride keeps every S-th output of the same call with stride 1; backward, it is stride 1 "
    "with zeros between the incoming gradients.",
    "f(x; S)_o = f(x; 1)_{S o}",
    needs="stride",
    source="equation (10.8)",
    suits=lambda case: any(s > 1 for s in case.stride) and not case.ceil_mode,
)
def stride_subsamples(trial: Trial, case: Case) -> None:
    """For all three kinds."""
    if case.ceil_mode:
        raise NotApplied("a window that overhangs has no counterpart at stride 1")
    dense = case.replace(stride=(1,) * case.rank)
    if case.dy is not None:
        dy = np.zeros(dense.out_shape, case.dy.dtype)
        dy[
            (
                slice(None),
                *(
                    slice(0, (n - 1) * s + 1, s)
                    for n, s in zip(case.out_space, case.stride, strict=True)
                ),
            )
        ] = case.dy
        dense = dense.replace(dy=dy)
    results = list(trial.answer(dense))
    if not case.backward:
        keep = tuple(
            slice(0, (n - 1) * s + 1, s) for n, s in zip(case.out_space, case.stride, strict=True)
        )
        results[0] = _wide(results[0])[(slice(None), *keep)]
    got = trial.answer(case)
    trial.same(
        case,
        [None if r is None else g for g, r in zip(got, results, strict=True)],
        [np.zeros(0) if r is None else _wide(r) for r in results],
        fractions=case.kind == "avg_pool",
        note=False,
    )


@law(
    "padding-is-a-border",
    "Padding is a border of zeros put round the image by hand (of numbers below every pixel, for "
    "max-pooling).",
    "f(x; P) = f(bordered x; 0)",
    needs="padding",
    source="equation (10.8): X'",
    suits=lambda case: any(max(pair) for pair in case.padding) and not case.ceil_mode,
)
def padding_is_a_border(trial: Trial, case: Case) -> None:
    """Forward and gradients; the border's own gradient is cut off."""
    if case.kind == "avg_pool" and not case.count_include_pad:
        raise NotApplied("padding that does not count is no border")
    if case.ceil_mode:
        raise NotApplied("an overhang is counted from the padding")
    fill = 0 if case.kind != "max_pool" else int(case.x.min(initial=0)) - 5
    border = [(0, 0), *case.padding, (0, 0)]
    bare = case.replace(
        x=np.pad(case.x, border, constant_values=fill), padding=((0, 0),) * case.rank
    )
    results = list(trial.answer(bare))
    if case.backward:
        inner = tuple(
            slice(lo, lo + n) for (lo, _), n in zip(case.padding, case.space, strict=True)
        )
        results[0] = _wide(results[0])[(slice(None), *inner)]
    got = trial.answer(case)
    trial.same(
        case,
        [None if r is None else g for g, r in zip(got, results, strict=True)],
        [np.zeros(0) if r is None else _wide(r) for r in results],
        fractions=case.kind == "avg_pool",
        note=False,
    )


@law(
    "channels-add",
    "The output is the sum of what each input channel gives with its own kernel.",
    "Z = sum_c X_c * K_c",
    kinds="conv",
    ways="forward",
    source="equation (10.5)",
    suits=lambda case: case.groups == 1 and case.x.shape[-1] > 1,
)
def channels_add(trial: Trial, case: Case) -> None:
    """One call for each channel, added up."""
    assert case.kernel is not None
    if case.groups > 1:
        raise NotApplied("stated for one group")
    total = np.zeros(case.out_shape)
    for c in range(case.x.shape[-1]):
        one = case.replace(
            x=case.x[..., c : c + 1], kernel=case.kernel[..., c : c + 1, :], bias=None
        )
        total += _wide(trial.answer(one)[0])
    bare = case.replace(bias=None)
    trial.same(bare, trial.answer(bare), [total], fractions=False, note=False)
