"""Mistakes with the arguments: swapped, ignored, applied to the wrong axis or twice."""

from __future__ import annotations

from collections.abc import Callable

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Results, mistake, right
from convproof.laws.case import Case

Rewrite = Callable[[Case], Case | None]


def _rewritten(rewrite: Rewrite) -> Callable[[Case], Results | None]:
    """The right results of other arguments than those given."""

    def make(case: Case) -> Results | None:
        other = rewrite(case)
        return None if other is None else right(other)

    return make


def _declare(
    name: str,
    look: str,
    rewrite: Rewrite,
    *,
    kinds: str = "conv max_pool avg_pool",
    ways: str = "forward backward",
    weight: int = 50,
) -> None:
    mistake(name, look, kinds=kinds, ways=ways, weight=weight)(_rewritten(rewrite))


_FIELDS = {"stride": "strides", "padding": "paddings", "dilation": "dilations", "window": "windows"}
_KINDS = {
    "stride": "conv max_pool avg_pool",
    "padding": "conv max_pool avg_pool",
    "dilation": "conv max_pool",
    "window": "max_pool avg_pool",
}
for _field, _plural in _FIELDS.items():

    def _swapped(case: Case, field: str = _field) -> Case | None:
        value = getattr(case, field)
        return case.replace(**{field: value[::-1]}) if len(set(value)) > 1 else None

    def _first(case: Case, field: str = _field) -> Case | None:
        value = getattr(case, field)
        return case.replace(**{field: value[:1] * len(value)}) if len(set(value)) > 1 else None

    def _last(case: Case, field: str = _field) -> Case | None:
        value = getattr(case, field)
        return case.replace(**{field: value[-1:] * len(value)}) if len(set(value)) > 1 else None

    _kinds = _KINDS[_field]
    _declare(
        f"H and W {_plural} swapped",
        f"the order in which the {_plural} of the axes are unpacked or passed on",
        _swapped,
        kinds=_kinds,
        weight=70,
    )
    _declare(
        f"first axis's {_field} used for all axes",
        f"{_field}[0] where {_field}[1] is due",
        _first,
        kinds=_kinds,
        weight=65,
    )
    _declare(
        f"last axis's {_field} used for all axes",
        f"{_field}[-1] where {_field}[0] is due",
        _last,
        kinds=_kinds,
        weight=65,
    )


def _ones(case: Case) -> tuple[int, ...]:
    return (1,) * case.rank


def _zero_pads(case: Case) -> tuple[tuple[int, int], ...]:
    return ((0, 0),) * case.rank


_declare(
    "stride ignored",
    "the step between windows: it is 1 in this code path",
    lambda c: c.replace(stride=_ones(c)) if c.stride != _ones(c) else None,
    weight=60,
)
_declare(
    "padding ignored",
    "where the border is added: this code path adds none",
    lambda c: c.replace(padding=_zero_pads(c)) if c.padding != _zero_pads(c) else None,
    weight=60,
)
_declare(
    "dilation ignored",
    "the distance between taps: it is 1 in this code path",
    lambda c: c.replace(dilation=_ones(c)) if c.dilation != _ones(c) else None,
    kinds="conv max_pool",
    weight=60,
)
_declare(
    "stride and dilation swapped",
    "the order of the stride and dilation arguments",
    lambda c: c.replace(stride=c.dilation, dilation=c.stride) if c.stride != c.dilation else None,
    kinds="conv max_pool",
    weight=70,
)
_declare(
    "stride and padding swapped",
    "the order of the stride and padding arguments",
    lambda c: (
        c.replace(stride=tuple(lo for lo, _ in c.padding), padding=tuple((s, s) for s in c.stride))
        if min(lo for lo, _ in c.padding) > 0 and c.stride != tuple(lo for lo, _ in c.padding)
        else None
    ),
    weight=70,
)
_declare(
    "padding and dilation swapped",
    "the order of the padding and dilation arguments",
    lambda c: (
        c.replace(
            dilation=tuple(lo for lo, _ in c.padding), padding=tuple((d, d) for d in c.dilation)
        )
        if min(lo for lo, _ in c.padding) > 0 and c.dilation != tuple(lo for lo, _ in c.padding)
        else None
    ),
    kinds="conv max_pool",
    weight=70,
)
_declare(
    "stride ignored by a fast path for 1x1 kernels",
    "the branch for kernels of size 1",
    lambda c: c.replace(stride=_ones(c)) if set(c.taps) == {1} and c.stride != _ones(c) else None,
    weight=80,
)
_declare(
    "padding ignored by a fast path for 1x1 kernels",
    "the branch for kernels of size 1",
    lambda c: (
        c.replace(padding=_zero_pads(c))
        if set(c.taps) == {1} and c.padding != _zero_pads(c)
        else None
    ),
    kinds="conv",
    weight=80,
)
_declare(
    "padding on the wrong side (low and high swapped)",
    "which side takes the odd pixel: SAME padding puts it at the end",
    lambda c: (
        c.replace(padding=tuple((hi, lo) for lo, hi in c.padding))
        if any(lo != hi for lo, hi in c.padding)
        else None
    ),
    weight=75,
)
_declare(
    "all padding at the end",
    "np.pad's (before, after) pairs",
    lambda c: (
        c.replace(padding=tuple((0, lo + hi) for lo, hi in c.padding))
        if any(lo for lo, _ in c.padding)
        else None
    ),
    ways="forward",
)
_declare(
    "all padding at the start",
    "np.pad's (before, after) pairs",
    lambda c: (
        c.replace(padding=tuple((lo + hi, 0) for lo, hi in c.padding))
        if any(hi for _, hi in c.padding)
        else None
    ),
)
_declare(
    "padding only at the start",
    "the formula's 2P: both ends get P",
    lambda c: (
        c.replace(padding=tuple((lo, 0) for lo, _ in c.padding))
        if any(hi for _, hi in c.padding)
        else None
    ),
    ways="forward",
)
_declare(
    "padding only at the end",
    "the formula's 2P: both ends get P",
    lambda c: (
        c.replace(padding=tuple((0, hi) for _, hi in c.padding))
        if any(lo for lo, _ in c.padding)
        else None
    ),
    ways="forward",
)
_declare(
    "low padding used at both ends",
    "the high padding is never read",
    lambda c: (
        c.replace(padding=tuple((lo, lo) for lo, _ in c.padding))
        if any(lo != hi for lo, hi in c.padding)
        else None
    ),
    weight=60,
    ways="forward",
)
_declare(
    "padding added twice",
    "padding in the array and in the window arithmetic too",
    lambda c: (
        c.replace(padding=tuple((2 * lo, 2 * hi) for lo, hi in c.padding))
        if c.padding != _zero_pads(c)
        else None
    ),
)
_declare(
    "dilation taken as the zeros between taps",
    "dilation d means taps d apart, with d - 1 pixels between them",
    lambda c: c.replace(dilation=tuple(d + 1 for d in c.dilation)),
    kinds="conv max_pool",
)
_declare(
    "dilation doubled where it is more than one",
    "dilation applied to the kernel and to the window arithmetic",
    lambda c: (
        c.replace(dilation=tuple(d * d for d in c.dilation)) if c.dilation != _ones(c) else None
    ),
    kinds="conv max_pool",
)


@mistake(
    "dilation left out of the windows, though the output size counts it",
    "the distance between taps: it is 1 in this code path",
    kinds="conv",
    ways="forward",
    weight=70,
)
def _undilated(case: Case) -> Results | None:
    if case.dilation == _ones(case):
        return None
    return {"y": engine.conv(case.replace(dilation=_ones(case)), out=engine.out_space(case))}


@mistake(
    "windows of an even kernel start one pixel early",
    "the centre of an even kernel: K // 2 where (K - 1) // 2 is due",
    kinds="conv",
    ways="forward",
    weight=65,
)
def _early(case: Case) -> Results | None:
    odd = [k % 2 for k in case.taps]
    if all(odd):
        return None
    pads = tuple((lo + 1 - one, hi) for (lo, hi), one in zip(case.padding, odd, strict=True))
    return {"y": engine.conv(case.replace(padding=pads), out=engine.out_space(case))}


_declare(
    "stride is always the window",
    "stride=None means the window; a stride that is given counts",
    lambda c: c.replace(stride=c.window) if c.stride != c.window else None,
    kinds="max_pool avg_pool",
    weight=70,
)
_declare(
    "ceil_mode ignored",
    "the output size: ceil_mode keeps a last window that overhangs",
    lambda c: c.replace(ceil_mode=False) if c.ceil_mode else None,
    kinds="max_pool avg_pool",
    weight=70,
    ways="forward",
)
_declare(
    "output size rounded up (ceil_mode always on)",
    "the output size: (H + 2P - K) // S + 1",
    lambda c: None if c.ceil_mode else c.replace(ceil_mode=True),
    kinds="max_pool avg_pool",
    weight=60,
    ways="forward",
)
