"""What of a result's terms is left out, and what is there that should not be."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from convproof.conformance.faults.reading import relation, share
from convproof.conformance.faults.reading.edges import Edges
from convproof.conformance.faults.reading.edges import due as due_of
from convproof.conformance.faults.reading.words import LETTERS, RESULTS
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
Text = tuple[str, str]
PAIRED = ("y", "dx", "dkernel")  # results that are bilinear in two arrays of a convolution


def told(case: Case, result: str, found: Edges, due: Edges) -> list[Text]:
    """What is left out, and what is there that should not be."""
    name, rank = RESULTS[result], case.rank
    missing, extra = due.without(found), found.without(due)
    texts: list[Text] = []
    bilinear = case.kernel is not None and result in PAIRED
    if bilinear and len(extra.keys):
        table = _coefficients(case, found, extra)
        if table is not None:
            return [(f"{name} {table[0]}", table[1])]
        flat = _flat(case, found)
        if flat is not None:
            return [(f"{name}: {flat[0]}", flat[1])]
        affine = relation.fitted(case, extra)
        wanted = share.described(missing, due, case) if len(missing.keys) else None
        partly = relation.told(case, affine, partly=True) if affine is not None else []
        if partly:
            where = f", at {wanted.text(rank)}" if wanted and wanted.values else ", in part"
            texts += [(f"{name}: {text}{where}", look) for text, look in partly]
            return texts
        tiled = _tiled(case, extra)
        if tiled is not None:
            return [(f"{name}: {tiled[0]}", tiled[1])]
        wired = _wired(case, found, due)
        if wired is not None:
            return [(f"{name}: {wired[0]}", wired[1])]
    bound = share.bounded(missing, due, case)
    if bound is not None and not len(extra.keys):
        return [(f"{name} {bound[0]}", bound[1])]
    if len(missing.keys):
        condition = share.described(missing, due, case)
        only = None if condition else share.described(due.where(~_among(due, missing)), due, case)
        texts.append(
            (left_out(name, condition, result, rank), "a loop's range, a bound, a block's end")
            if condition is not None
            else (f"{name} takes nothing but {only.text(rank)}", "the ranges of the loops, bounds")
            if only is not None and only.values
            else (_counted(name, missing, due, "leaves out", rank), "loops, bounds and blocks")
        )
    if len(extra.keys):
        mixed = _mixed(case, extra) if bilinear else None
        if mixed is not None:
            texts.insert(0, (f"{name} {mixed}", "which index goes with which"))
        texts.append((_counted(name, extra, found, "takes, wrongly,", rank), "indices and borders"))
    return texts


def _coefficients(case: Case, found: Edges, extra: Edges) -> tuple[str, str] | None:
    """Terms that no direct sum has, with weights that no direct sum has: those of a transform."""
    odd = np.abs(np.abs(extra.weights) - 1) > 1e-9
    if case.kind != "conv" or odd.sum() < 0.5 * len(odd):
        return None
    most = float(np.abs(extra.weights).max())
    look = "the tables of Winograd's transform, the length or the sign of an FFT's"
    if most < 2.0**-6:
        bits = int(-np.floor(np.log2(most)))
        return (
            f"has weights that are right to about {bits} bits: they are those of a transform whose "
            "coefficients are rounded",
            f"the digits of the coefficients: {look}",
        )
    some = ", ".join(f"{w:.3g}" for w in np.unique(np.round(extra.weights[odd], 6))[:3])
    places = extra.places
    wanted = due_of(case, places)
    where = ("b", *(f"i{axis}" for axis in range(case.rank)))
    if case.groups > 1 and all(np.array_equal(wanted[name], places[name]) for name in where):
        return (
            f"takes channels of other groups too, with weights such as {some}: groups are ignored",
            "the channels of group g of G: those from g C / G on, C / G of them",
        )
    return (
        f"takes pixels that are no tap's, with weights such as {some}: a coefficient of a "
        "transform of the kernel or the image is wrong",
        look,
    )


def _flat(case: Case, found: Edges) -> tuple[str, str] | None:
    """Whether rows and columns are taken from an output's flat place by other sizes than its own.

    The place counts columns, rows, channels and images; of a depthwise layer that is called for
    one output at a time, the channel is the input's.
    """
    places = found.places
    wanted = due_of(case, places)
    others = ("b", "c", "mk")
    if case.rank != 2 or not all(np.array_equal(wanted[n], places[n]) for n in others):
        return None
    if all(np.array_equal(wanted[name], places[name]) for name in ("i0", "i1")):
        return None
    height, width = found.side("out").shape[1:3]
    sizes = {"OH": height, "OW": width, "H": case.space[0], "W": case.space[1]}
    channels = {"m": case.out_shape[-1], "c": case.x.shape[-1]}
    for channel, count in channels.items():
        above = (places["n"] * count + places[channel]) * height
        place = (above + places["o0"]) * width + places["o1"]
        for by, turn, last in itertools.product(sizes, repeat=3):
            rows, columns = place // sizes[by] % sizes[turn], place % sizes[last]
            if (by, turn, last) == ("OW", "OH", "OW") or not all(
                np.array_equal(
                    places[f"i{a}"],
                    case.stride[a] * line + case.dilation[a] * places[f"k{a}"] - case.padding[a][0],
                )
                for a, line in enumerate((rows, columns))
            ):
                continue
            return (
                "each output's row and column are taken from its flat place by wrong sizes: row "
                f"place // {by} % {turn}, column place % {last}, where place // OW % OH and "
                "place % OW are due",
                "the order and the sizes by which a flat index is taken apart",
            )
    return None


def _tiled(case: Case, extra: Edges) -> tuple[str, str] | None:
    """Pixels off by a step that depends on the tap, and on the place in a tile of outputs."""
    places = extra.places
    wanted = due_of(case, places)
    if not all(np.array_equal(wanted[name], places[name]) for name in ("b", "c", "mk")):
        return None
    axes = range(case.rank)
    off = np.stack([places[f"i{axis}"] - wanted[f"i{axis}"] for axis in axes], 1)
    taps = [places[f"k{axis}"] for axis in axes]
    if _decides(np.stack(taps, 1), off):
        return None
    for tile in (t for t in (2, 3, 4) if min(case.out_space) >= 2 * t):
        within = np.stack([*taps, *(places[f"o{axis}"] % tile for axis in axes)], 1)
        if len(np.unique(within, axis=0)) < len(within) and _decides(within, off):
            return (
                f"in tiles of {tile} outputs some taps read pixels that are due to other outputs "
                "of the tile: the kernel's or the image's transform is wrong",
                "the signs in the tables of Winograd's transform, indices within a tile",
            )
    return None


def _decides(keys: Array, values: Array) -> bool:
    """Whether equal keys have equal values."""
    both = np.unique(np.concatenate([keys, values], 1), axis=0)
    return len(both) == len(np.unique(keys, axis=0))


def _wired(case: Case, found: Edges, due: Edges) -> tuple[str, str] | None:
    """Which input channels each output channel reads, where that is all that is wrong."""
    places, right = found.places, due.places
    if len(places["m"]) != len(right["m"]) or case.rank < 1:
        return None
    same = [n for n in places if n != "c"]
    order, wanted = (np.lexsort([part[name] for name in same]) for part in (places, right))
    if not all(np.array_equal(places[n][order], right[n][wanted]) for n in same):
        return None
    read = [sorted(set(places["c"][places["m"] == m].tolist())) for m in range(case.out_shape[-1])]
    ought = [sorted(set(right["c"][right["m"] == m].tolist())) for m in range(case.out_shape[-1])]
    m = next((m for m, (one, other) in enumerate(zip(read, ought, strict=True)) if one != other), 0)
    count, inputs = case.out_shape[-1], case.x.shape[-1]
    look = "which input channels belong to an output channel"
    if all(channels == [m % inputs] for m, channels in enumerate(read)) and count > inputs:
        return (
            f"output channel m reads input channel m % {inputs} where m // {count // inputs} is "
            "due: with several outputs a channel, those of one channel lie together",
            look,
        )
    return (
        f"output channel {m} reads input channels {_listed(read[m])} where {_listed(ought[m])} "
        "are due: groups are dealt out otherwise",
        look,
    )


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:6])) + (" ..." if len(numbers) > 6 else "")


def _among(edges: Edges, some: Edges) -> Array:
    return np.isin(edges.keys, some.keys)


def _mixed(case: Case, extra: Edges) -> str | None:
    """Which of their ends the added terms have wrong, if all have the same wrong."""
    places = extra.places
    wanted = due_of(case, places)
    off = {name for name in wanted if not np.array_equal(wanted[name], places[name])}
    if off <= {"c", "mk"} and case.groups > 1:
        return "takes terms of other groups too"
    texts: dict[tuple[str, ...], str] = {
        ("b",): "takes terms of other batch items too",
        ("c",): "takes terms of other input channels too",
        ("mk",): "takes terms of other output channels too",
    }
    if off and all(name[0] == "i" and name[1:].isdigit() for name in off):
        lines = [LETTERS[case.rank][int(name[1:])] for name in sorted(off)]
        return f"reads pixels at other places than the windows' ({', '.join(lines)})"
    return texts.get(tuple(sorted(off)))


def left_out(name: str, condition: share.Condition, result: str, rank: int) -> str:
    """A condition as a sentence: entries never filled, or terms of sums left out."""
    own = {
        "y": {"n", "m", "o0", "o1", "o2"},
        "bias": {"n", "m", "o0", "o1", "o2"},
        "dx": {"b", "c", "i0", "i1", "i2"},
        "dkernel": {"mk", "ci", "k0", "k1", "k2"},
        "dbias": {"mb"},
    }[result]
    text = condition.text(rank)
    if not condition.values:
        return f"{name} is zero"
    if set(condition.values) <= own:
        return f"{name} is zero at {text}"
    return f"{name} leaves out {text}"


def _counted(name: str, some: Edges, among: Edges, verb: str, rank: int) -> str:
    """How many edges, and one of them."""
    example = " x ".join(_entry(some, side.name, rank) for side in some.sides)
    return f"{name} {verb} {len(some.keys)} of {len(among.keys)} terms, for example {example}"


ARRAYS = {"out": "output", "kernel": "w", "pixel": "x", "bias": "b"}


def _entry(some: Edges, name: str, rank: int) -> str:
    """The first edge's entry of a side: "w[kh=0, kw=1, c=0, m=0]"."""
    side, places = some.side(name), some.places
    parts = ", ".join(f"{_short(axis, rank)}={places[axis][0]}" for axis in side.axes)
    return f"{ARRAYS[name]}[{parts}]"


def _short(axis: str, rank: int) -> str:
    if axis[1:].isdigit():
        letter = LETTERS[rank][int(axis[1:])]
        return f"k{letter}" if axis[0] == "k" else letter
    return {"b": "n", "mk": "m", "mb": "m", "ci": "c"}.get(axis, axis)
