"""The affine index relation that a layer follows instead of i = s o + d k - p."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.faults.reading.edges import Edges, due, numbered
from convproof.conformance.faults.reading.words import LINES, relation
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Affine:
    """One axis's relation: integers for o and k of each axis, and a constant."""

    axis: int
    factors: dict[str, int]
    constant: int

    def at(self, places: dict[str, Array]) -> Array:
        """The pixel that it ends at."""
        total = np.full(len(places["n"]), self.constant)
        for name, value in self.factors.items():
            total = total + value * places[name]
        return total


def own(case: Case, axis: int) -> Affine:
    """The right relation of an axis."""
    factors = dict.fromkeys((*numbered("o", case.rank), *numbered("k", case.rank)), 0)
    factors[f"o{axis}"], factors[f"k{axis}"] = case.stride[axis], case.dilation[axis]
    return Affine(axis, factors, -case.padding[axis][0])


def fitted(case: Case, edges: Edges) -> list[Affine] | None:
    """The relation that all the edges follow, or None."""
    places = edges.places
    wanted = due(case, places)
    if not len(edges.keys) or any(
        not np.array_equal(wanted[name], places[name]) for name in ("b", "c", "mk")
    ):
        return None
    found = []
    for axis in range(case.rank):
        base = own(case, axis)
        names = [name for name in base.factors if np.ptp(places[name])]
        columns = np.stack([*(places[name] for name in names), np.ones(len(edges.keys))], 1)
        gap = places[f"i{axis}"] - wanted[f"i{axis}"]
        solved, _, _, _ = np.linalg.lstsq(columns.astype(float), gap.astype(float), rcond=None)
        whole = np.rint(solved).astype(int)
        if np.abs(columns @ whole - gap).max() > 1e-6:
            return None
        factors = base.factors | {
            name: base.factors[name] + int(more)
            for name, more in zip(names, whole[:-1], strict=True)
        }
        found.append(Affine(axis, factors, base.constant + int(whole[-1])))
    return found


def followed(case: Case, edges: Edges, affine: list[Affine]) -> Edges:
    """All the edges of a relation: wherever it ends on a pixel."""
    known = {side.name: side for side in edges.sides}
    out, kernel, pixel = known["out"], known["kernel"], known["pixel"]
    places = dict(zip(out.axes, np.indices(out.shape).reshape(len(out.shape), -1), strict=True))
    entry = np.indices(kernel.shape).reshape(len(kernel.shape), -1)
    outs = {name: np.repeat(part, kernel.size) for name, part in places.items()}
    taps = {name: np.tile(part, out.size) for name, part in zip(kernel.axes, entry, strict=True)}
    both = outs | taps
    wanted = due(case, both)
    keep = wanted["mk"] == both["mk"]
    ends = [wanted["b"]]
    for item in affine:
        i = item.at(both)
        keep &= (i >= 0) & (i < case.space[item.axis])
        ends.append(i)
    ends.append(wanted["c"])
    flat = np.ravel_multi_index(tuple(end[keep] for end in ends), pixel.shape)
    numbers = np.arange(out.size * kernel.size)[keep]
    parts = (numbers // kernel.size, numbers % kernel.size, flat)
    return Edges.of((out, kernel, pixel), parts, np.ones(len(flat)))


def told(case: Case, affine: list[Affine], partly: bool = False) -> list[tuple[str, str]]:
    """What is wrong with a relation and where to look, a pair for each wrong axis.

    `partly`: only some of the edges follow it, so that a shift is a shift and no parameter's.
    """
    found = []
    lines = LINES[case.rank]
    rows, columns = 0, case.rank - 1
    if case.rank > 1 and all(_swaps(case, affine, letter, rows, columns) for letter in ("o", "k")):
        return [("H and W of the input exchanged", "the order of the input's spatial axes")]
    for letter, what in (("k", "kernel"), ("o", "output")):
        if case.rank > 1 and _swaps(case, affine, letter, rows, columns):
            return [(f"H and W of the {what} exchanged", f"the order of the {what}'s spatial axes")]
    wrong = [item for item in affine if item != own(case, item.axis)]
    if partly and any(_by_two(case, item) for item in wrong):
        return []  # through two windows goes every relation
    both = _exchanged(case, affine)
    if both:
        return [both]
    kinds = {_kind(case, item, partly) for item in wrong}
    for item in wrong:
        what, look = _kind(case, item, partly)
        base = own(case, item.axis)
        on = f" on {lines[item.axis]}s"
        if len(kinds) == 1 and len(wrong) == case.rank:
            on = ""
        text = (
            f"{what}{on}: it reads {relation(item.axis, case.rank, item.factors, item.constant)} "
            f"where {relation(item.axis, case.rank, base.factors, base.constant)} is due"
        )
        found.append((text, look))
        if not on:
            break
    return found


def _by_two(case: Case, item: Affine) -> bool:
    """Whether it steps otherwise from window to window, of which there are no more than two."""
    step = f"o{item.axis}"
    other = item.factors[step] != own(case, item.axis).factors[step]
    return other and case.out_space[item.axis] < 3


def _exchanged(case: Case, affine: list[Affine]) -> tuple[str, str] | None:
    """Whether rows go by the columns' number of a parameter, and columns by the rows'."""
    if case.rank != 2:
        return None
    given: dict[str, tuple[tuple[int, ...], Callable[[Affine], int]]] = {
        "stride": (case.stride, lambda item: item.factors[f"o{item.axis}"]),
        "dilation": (case.dilation, lambda item: item.factors[f"k{item.axis}"]),
        "padding": (tuple(lo for lo, _ in case.padding), lambda item: -item.constant),
    }
    came = {name: tuple(read(item) for item in affine) for name, (_, read) in given.items()}
    wrong = [name for name, (values, _) in given.items() if came[name] != values]
    if len(wrong) != 1 or came[wrong[0]] != given[wrong[0]][0][::-1]:
        return None
    name, lines = wrong[0], LINES[case.rank]
    return (
        f"the {name}s of {lines[0]}s and {lines[1]}s exchanged: {came[name]} where "
        f"{given[name][0]} is due",
        f"the order of the {name}'s two numbers",
    )


def _swaps(case: Case, affine: list[Affine], letter: str, a: int, b: int) -> bool:
    """Whether the two axes follow each other's o (or k) in place of their own."""
    one, two = affine[a].factors, affine[b].factors
    return (
        one[f"{letter}{a}"] == 0 == two[f"{letter}{b}"]
        and one[f"{letter}{b}"] != 0 != two[f"{letter}{a}"]
    )


def _kind(case: Case, item: Affine, partly: bool = False) -> tuple[str, str]:
    """The name of what is wrong on an axis, and where to look."""
    axis, base = item.axis, own(case, item.axis)
    step, gap, start = (item.factors[f"o{axis}"], item.factors[f"k{axis}"], item.constant)
    s, d, p = case.stride[axis], case.dilation[axis], -base.constant
    high, taps = case.padding[axis][1], case.taps[axis]
    others = [other for other in range(case.rank) if other != axis]
    if any(item.factors[f"{x}{o}"] for x in "ok" for o in others):
        return "a wrong axis's index used", "which index goes with which axis"
    if step == -s and gap == -d:
        return "input read backwards", "the order of the input's pixels"
    if step == d != s == gap:
        return "stride and dilation exchanged", "the order of the stride and dilation arguments"
    if gap == -d and d:
        if start == -p + d * (taps - 1):
            return "kernel flipped (a true convolution)", "K[-k, -l] where K[k, l] is due"
        return (
            f"kernel flipped and shifted by {start + p - d * (taps - 1):+d}",
            "the flip of the kernel, and the crop or centre of an even kernel",
        )
    if step != s:
        if step == -s:
            return "output written backwards", "the order of the output positions"
        if step in [case.stride[o] for o in others]:
            return "another axis's stride used", "stride[0] and stride[1]"
        if step == 1:
            return "stride ignored", "the step between windows: it is 1 here"
        if step == d:
            return "the dilation used as the stride", "the order of stride and dilation"
        if step == taps:
            return "the kernel's size used as the stride", "the step between windows"
        return f"stride {step} used where {s} is due", "the step between windows"
    if gap != d:
        if gap == 0:
            return "every tap reads the same pixel", "the tap's index"
        if gap in [case.dilation[o] for o in others]:
            return "another axis's dilation used", "dilation[0] and dilation[1]"
        if gap == 1:
            return "dilation ignored", "the distance between taps: it is 1 here"
        if gap == d + 1:
            return "dilation taken as the zeros between taps", "taps lie d apart"
        if gap == s:
            return "the stride used as the dilation", "the order of stride and dilation"
        return f"dilation {gap} used where {d} is due", "the distance between taps"
    shift = start + p
    left = (case.space[axis] + p + high - d * (taps - 1) - 1) % s
    if partly:
        return _shifted(shift)
    if start and -start in [case.padding[o][0] for o in others] and len(set(case.padding)) > 1:
        return "another axis's padding used", "padding[0] and padding[1]"
    if shift == p and p:
        return "padding ignored at the start", "where the border is added, and on which sides"
    if shift == left and left:
        return "leftover pixels dropped from the start", "(H + 2P - K) % S is not 0: drop the end"
    if -start == p + high and high:
        return "all padding at the start", "np.pad's (before, after) pairs"
    return _shifted(shift)


def _shifted(shift: int) -> tuple[str, str]:
    word = "late" if shift > 0 else "early"
    count = f"{abs(shift)} pixel{'s' if abs(shift) > 1 else ''}"
    return f"windows start {count} {word}", "the padding, a crop, or the centre of the kernel"


def beyond(case: Case, extra: Edges) -> tuple[str, str] | None:
    """What pixels stand in for the border, where all the extra edges should end outside."""
    if not len(extra.keys):
        return None
    places = extra.places
    wanted = due(case, places)
    if not all(np.array_equal(wanted[name], places[name]) for name in ("b", "c", "mk")):
        return None
    rules: dict[str, Callable[[Array, int], Array]] = {
        "border repeated (replicate) instead of zeros": lambda i, n: np.clip(i, 0, n - 1),
        "border wrapped round (circular) instead of zeros": lambda i, n: i % n,
        "border mirrored (reflect) instead of zeros": lambda i, n: (
            np.abs((i + n - 1) % max(2 * n - 2, 1) - (n - 1)) if n > 1 else 0 * i
        ),
        "border mirrored with its edge (symmetric) instead of zeros": lambda i, n: np.minimum(
            i % (2 * n), 2 * n - 1 - i % (2 * n)
        ),
    }
    for text, rule in rules.items():
        if all(
            np.array_equal(places[f"i{axis}"], rule(wanted[f"i{axis}"], size))
            for axis, size in enumerate(case.space)
        ):
            low = all(
                ((wanted[f"i{axis}"] < size).all() and (wanted[f"i{axis}"] < 0).any())
                or (wanted[f"i{axis}"] == places[f"i{axis}"]).all()
                for axis, size in enumerate(case.space)
            )
            if "circular" in text and low and _padded_after(case):
                return (
                    "pixels before the start are read from the other end (wrapped round)",
                    "a negative index: Python counts it from the end; test for i >= 0",
                )
            return text, "the value of the padding: zeros"
    flat = wanted["i0"]
    for axis in range(1, case.rank):
        flat = flat * case.space[axis] + wanted[f"i{axis}"]
    came = np.ravel_multi_index(tuple(places[f"i{a}"] for a in range(case.rank)), case.space)
    if case.rank > 1 and np.array_equal(flat, came):
        return (
            "beyond a row's end the next row is read, and before its start the row before: the "
            "border of columns is wrapped into other rows",
            "an index into flat memory without a bound for each row",
        )
    return None


def _padded_after(case: Case) -> bool:
    """Whether some window reaches beyond the image's end, which shows a bound there."""
    return any(
        axis.stride * (count - 1) - axis.pad_lo + axis.extent > size
        for axis, count, size in zip(case.axes, case.out_space, case.space, strict=True)
    )
