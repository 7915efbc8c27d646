"""Mistakes with the arguments: swapped, ignored, applied to the wrong axis or twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Array, Edit, edited, gives, mistake
from convproof.laws.case import Case, Pairs

DILATED = "conv max_pool"
POOLS = "max_pool avg_pool"
Value = Callable[[Case], Any]


def ones(c: Case) -> tuple[int, ...]:
    """One on each axis."""
    return (1,) * c.rank


def zeros(c: Case) -> Pairs:
    """No padding on any axis."""
    return ((0, 0),) * c.rank


def lows(c: Case) -> tuple[int, ...]:
    """The padding at the start of each axis."""
    return tuple(lo for lo, _ in c.padding)


def pads(change: Callable[[int, int], tuple[int, int]]) -> Edit:
    """Each axis's padding changed."""
    return changed(padding=lambda c: tuple(change(lo, hi) for lo, hi in c.padding))


def changed(**values: Value) -> Edit:
    """Other arguments; no mistake where they are the ones given."""

    def edit(c: Case) -> Case | None:
        new = {name: value(c) for name, value in values.items()}
        return None if all(getattr(c, name) == v for name, v in new.items()) else c.replace(**new)

    return edit


def where(guard: Callable[[Case], object], edit: Edit) -> Edit:
    """An edit in some calls only."""
    return lambda c: edit(c) if guard(c) else None


for _field, _plural, _kinds in (
    ("stride", "strides", "conv max_pool avg_pool"),
    ("padding", "paddings", "conv max_pool avg_pool"),
    ("dilation", "dilations", DILATED),
    ("window", "windows", POOLS),
):
    _none: Any = {"padding": (0, 0)}.get(_field, 1)

    def _take(pick: Callable[[Any], Any], field: str = _field) -> Edit:
        return changed(**{field: lambda c: pick(getattr(c, field))})

    edited(
        f"H and W {_plural} swapped",
        f"the order in which the {_plural} of the axes are unpacked or passed on",
        _take(lambda value: value[::-1]),
        70,
        kinds=_kinds,
    )
    for _axis, _line in ((0, "rows"), (-1, "columns")) if _field != "window" else ():

        def _drop(value: Any, axis: int = _axis, none: Any = _none) -> Any:
            changed = list(value)
            changed[axis] = none
            return tuple(changed) if len(value) == 2 else value

        edited(
            f"{_field} of the {_line} ignored",
            f"the {_line}: {_field} is read for the other axis alone",
            _take(_drop),
            64,
            kinds="conv" if _field == "dilation" else _kinds,
        )
    edited(
        f"first axis's {_field} used for all axes",
        f"{_field}[0] where {_field}[1] is due",
        _take(lambda value: value[:1] * len(value)),
        65,
        kinds=_kinds,
    )
    edited(
        f"last axis's {_field} used for all axes",
        f"{_field}[-1] where {_field}[0] is due",
        _take(lambda value: value[-1:] * len(value)),
        65,
        kinds=_kinds,
    )


def undilated(c: Case) -> Array | None:
    """Windows without dilation, as many as with it."""
    near = c.replace(dilation=ones(c))
    return None if c.dilation == ones(c) else engine.conv(near, out=c.out_space)


def early(c: Case) -> Array | None:
    """Windows of even taps one pixel before their place."""
    axes = zip(c.padding, c.taps, strict=True)
    padding = tuple((lo + 1 - k % 2, hi) for (lo, hi), k in axes)
    if padding == c.padding:
        return None
    return engine.conv(c.replace(padding=padding), out=c.out_space)


# A table, one mistake a paragraph.
# fmt: off
edited("stride ignored", "the step between windows: it is 1 in this code path",
       changed(stride=ones), 60)
edited("padding ignored", "where the border is added: this code path adds none",
       changed(padding=zeros), 60)
edited("dilation ignored", "the distance between taps: it is 1 in this code path",
       changed(dilation=ones), 60, kinds=DILATED)
edited("stride and dilation swapped", "the order of the stride and dilation arguments",
       changed(stride=lambda c: c.dilation, dilation=lambda c: c.stride), 70, kinds=DILATED)
edited("stride and padding swapped", "the order of the stride and padding arguments",
       where(lambda c: min(lows(c)) > 0 and c.stride != lows(c), changed(
           stride=lows, padding=lambda c: tuple((s, s) for s in c.stride))), 70)
edited("padding and dilation swapped", "the order of the padding and dilation arguments",
       where(lambda c: min(lows(c)) > 0 and c.dilation != lows(c), changed(
           dilation=lows, padding=lambda c: tuple((d, d) for d in c.dilation))), 70, kinds=DILATED)
edited("stride ignored by a fast path for 1x1 kernels", "the branch for kernels of size 1",
       where(lambda c: set(c.taps) == {1}, changed(stride=ones)), 80)
edited("padding ignored by a fast path for 1x1 kernels", "the branch for kernels of size 1",
       where(lambda c: set(c.taps) == {1}, changed(padding=zeros)), 80, kinds="conv")
edited("padding on the wrong side (low and high swapped)",
       "which side takes the odd pixel: SAME padding puts it at the end",
       pads(lambda lo, hi: (hi, lo)), 75)
edited("all padding at the end", "np.pad's (before, after) pairs",
       pads(lambda lo, hi: (0, lo + hi)), ways="forward")
edited("all padding at the start", "np.pad's (before, after) pairs",
       pads(lambda lo, hi: (lo + hi, 0)))
edited("padding only at the start", "the formula's 2P: both ends get P",
       pads(lambda lo, hi: (lo, 0)), ways="forward")
edited("padding only at the end", "the formula's 2P: both ends get P",
       pads(lambda lo, hi: (0, hi)), ways="forward")
edited("low padding used at both ends", "the high padding is never read",
       pads(lambda lo, hi: (lo, lo)), 60, ways="forward")
edited("padding added twice", "padding in the array and in the window arithmetic too",
       pads(lambda lo, hi: (2 * lo, 2 * hi)))
edited("dilation taken as the zeros between taps",
       "dilation d means taps d apart, with d - 1 pixels between them",
       changed(dilation=lambda c: tuple(d + 1 for d in c.dilation)), kinds=DILATED)
edited("dilation doubled where it is more than one",
       "dilation applied to the kernel and to the window arithmetic",
       changed(dilation=lambda c: tuple(d * d for d in c.dilation)), kinds=DILATED)
mistake("dilation left out of the windows, though the output size counts it",
        "the distance between taps: it is 1 in this code path",
        gives("y", undilated), 70, kinds="conv", ways="forward")
mistake("windows of an even kernel start one pixel early",
        "the centre of an even kernel: K // 2 where (K - 1) // 2 is due",
        gives("y", early), 65, kinds="conv", ways="forward")
edited("stride is always the window", "stride=None means the window; a stride that is given counts",
       changed(stride=lambda c: c.window), 70, kinds=POOLS)
edited("ceil_mode ignored", "the output size: ceil_mode keeps a last window that overhangs",
       changed(ceil_mode=lambda c: False), 70, kinds=POOLS, ways="forward")
edited("output size rounded up (ceil_mode always on)", "the output size: (H + 2P - K) // S + 1",
       changed(ceil_mode=lambda c: True), 60, kinds=POOLS, ways="forward")
