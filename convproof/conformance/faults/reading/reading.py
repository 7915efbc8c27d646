"""What a wrong layer computes instead, read off it and said in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convproof.conformance.faults.ask import Asked
from convproof.conformance.faults.further import Maker
from convproof.conformance.faults.patience import patient
from convproof.conformance.faults.reading import (
    exchange,
    growing,
    parts,
    relation,
    share,
    windows,
    winners,
)
from convproof.conformance.faults.reading.edges import Edges, right
from convproof.conformance.faults.reading.probe import ENDS, Unreadable, read, shows
from convproof.conformance.faults.reading.words import RESULTS, times
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
PROBES = 3_000  # calls that a reading may take
ENTRIES = 4_000  # of an array, beyond which nothing is read
CHEAP = 400  # calls that one tries first
Text = tuple[str, str]
WHOSE = {"out": "the output", "kernel": "the kernel", "pixel": "the input", "bias": "the bias"}


@dataclass(frozen=True)
class Reading:
    """The coefficients of a target's result at one call, and how they differ from the right ones.

    Attributes:
        case: the call; its numbers do not matter.
        result: which result: "y", "dx", "dkernel", "dbias".
        calls: how many calls it took.
        wrong: how many edges are missing, added or of another weight.
        texts: what is computed instead, with where to look; the first says the most.
    """

    case: Case
    result: str
    calls: int
    wrong: int
    texts: tuple[Text, ...]

    @property
    def decided(self) -> bool:
        """Whether all coefficients are right: if it is bilinear, it is right at these sizes."""
        return not self.wrong


def explain(target: Asked, case: Case, result: str, first: Case | None = None) -> Reading | None:
    """Read the coefficients at the most telling sizes at which the target is wrong."""
    clock, end = patient(target).clock, patient(target).end
    later: list[tuple[float, Case]] = []
    for sized in _cheap_first(case, first, result):
        began = clock.now()
        if not shows(target, sized, result, end):
            continue
        seconds, left = (clock.now() - began) * _cost(sized, result), end - began
        if 2 * seconds > left:
            later.append((seconds, sized))  # a slow target: smaller sizes can still be read
            continue
        found = _told(target, sized, result, first, began + left / 2)
        if found is not None:
            return found
    for _, sized in sorted(later, key=lambda item: item[0])[:1]:
        return _told(target, sized, result, first, end)
    return None


def _told(target: Asked, case: Case, result: str, first: Case | None, end: float) -> Reading | None:
    """What is read at these sizes, if there are words for it."""
    try:
        found = reading(target, case, result, end)
    except (Unreadable, ValueError):
        return None
    if result == "y":
        found = replace(found, texts=(*found.texts, *_bias(target, case, first, end)))
    return found if found.texts else None


def _cheap_first(case: Case, first: Case | None, result: str) -> Iterator[Case]:
    """The sizes that can be read, those first that take few calls."""
    dear = []
    for sized in _sizes(case, first):
        cost = _cost(sized, result)
        if cost <= CHEAP:
            yield sized
        elif cost <= PROBES:
            dear.append(sized)
    yield from dear


def _bias(target: Asked, case: Case, first: Case | None, end: float) -> tuple[Text, ...]:
    """What is wrong with the bias, in the first of these calls that has one."""
    for sized in (case, None if first is None else Maker(first).sized(first)):
        if sized is not None and sized.bias is not None and _cost(sized, "bias") <= CHEAP:
            blank = sized.replace(x=np.zeros_like(sized.x))
            if not shows(target, blank, "y", end):  # one call: the bias alone comes out right
                return ()
            try:
                return reading(target, sized, "bias", end).texts
            except (Unreadable, ValueError):
                continue
    return ()


def reading(target: Asked, case: Case, result: str, end: float) -> Reading:
    """Read the coefficients at a call's sizes.

    Raises:
        Unreadable: where the target is not bilinear, refuses, or there is no time.
    """
    edges, calls = read(target, case, result, end)
    due = right(case, result)
    if edges.same(due):
        return Reading(case, result, calls, 0, ())
    same = np.isin(edges.keys, due.keys)
    wrong = int((~same).sum() + (~np.isin(due.keys, edges.keys)).sum())
    wrong += int(
        (
            ~np.isclose(
                edges.weights[same], due.where(np.isin(due.keys, edges.keys)).weights, rtol=1e-5
            )
        ).sum()
    )
    texts = told(case, result, edges, due, target.layout)
    return Reading(case, result, calls, wrong, tuple(texts))


def _sizes(case: Case, first: Case | None) -> Iterator[Case]:
    """Calls like `case`: unequal and larger ones first, for what they tell apart."""
    make = Maker(case)
    depth = case.x.shape[-1] // case.groups
    width = None if case.kernel is None else case.kernel.shape[-1] // case.groups
    more: dict[str, Any] = {"batch": 3 if len(case.x) < 3 else len(case.x)}
    if depth < 4:
        more["depth"] = max(depth, 2)
    if width is not None and width < 4:
        more["width"] = max(width, 3 if case.groups == 1 else 2)
    step = max(case.stride)
    space = tuple(n + step + axis for axis, n in enumerate(case.space))
    # Four windows on each axis by any axis's stride: relations of the axes can be told apart.
    gap = max(case.dilation)
    roomy = tuple(
        max(n, gap * max(k, 2 + axis % 2) + 3 * step + axis)
        for axis, (n, k) in enumerate(zip(space, case.taps, strict=True))
    )
    taps = tuple(max(k, 2 + axis % 2) for axis, k in enumerate(case.taps))
    tries: list[tuple[Case, dict[str, Any]]] = [
        (case, {"taps": taps, "space": roomy, **more}),
        (case, {"taps": taps, "space": space, **more}),
        (case, {"space": space, **more}),
        (case, more),
        (case, {"space": space}),
        (case, {}),
    ]
    if first is not None and first is not case:
        tries += [(first, {}), (first, {"batch": 1})]
    for like, changes in tries:
        made = make.sized(like, **changes)
        if made is not None:
            yield made


def _cost(case: Case, result: str) -> int:
    """How many calls a reading takes, at least."""
    kernel = 0 if case.kernel is None else case.kernel.size
    if max(case.x.size, kernel, math.prod(case.out_shape)) > ENTRIES:
        return PROBES + 1
    if case.kernel is None:
        return math.prod(case.out_shape) if case.backward else case.x.size
    outputs = math.prod(case.out_shape)
    costs = {"y": 2 * kernel, "dx": 2 * kernel, "dkernel": 2 * outputs, "dbias": outputs}
    return costs.get(result, case.out_shape[-1])


def told(case: Case, result: str, found: Edges, due: Edges, layout: str) -> list[Text]:
    """The difference in words: the plainest account that is the whole of it."""
    name, rank = RESULTS[result], case.rank
    if not len(found.keys) and result == "bias":
        return [("bias ignored", "the bias is not added in this code path")]
    if not len(found.keys):
        return [(f"{name} is zero whatever the numbers", "the result is never filled")]
    everything = share.weighted(found, due, case)
    if everything:
        return [_scaled(name, factor, where, due, case) for factor, where in everything]
    bilinear = case.kernel is not None and result in parts.PAIRED
    if bilinear:
        affine = relation.fitted(case, found)
        follows = None if affine is None else relation.followed(case, found, affine)
        if affine and follows and not follows.same(due) and not len(found.without(follows).keys):
            texts = [(f"{name}: {text}", look) for text, look in relation.told(case, affine)]
            rest = share.described(follows.without(found), follows, case)
            if follows.same(found) or rest is not None:
                more = "" if rest is None else f"; {parts.left_out(name, rest, result, rank)}"
                return [(texts[0][0] + more, texts[0][1]), *texts[1:]]
        border = None if len(due.without(found).keys) else relation.beyond(case, found.without(due))
        if border is not None:
            return [(f"{name}: {border[0]}", border[1])]
    grown = growing.told(found, due, rank)
    if grown is not None:
        return [(f"{name}: {grown[0]}", grown[1])]
    if case.kind == "max_pool" and case.backward:
        moved = winners.told(case, found, due)
        if moved is not None:
            return [(f"{name}: {moved[0]}", moved[1])]
    for side in found.sides:
        taken = exchange.places_taken(due, found, side.name)
        if taken is not None and _moved(due, found, side.name, taken):
            text, look = exchange.told(side, taken, rank, layout)
            return [(f"{name}: {text}", look)]
    taken = exchange.places_taken(due, found, "out", holes=True)
    filled = None if taken is None else exchange.by_width(due.side("out"), taken, rank)
    if filled is not None:
        return [(f"{name}: {filled[0]}", filled[1])]
    one = share.kept_one(found, due, ENDS[result], case)
    if one is not None:
        return [_assigned(name, *one)]
    for side in found.sides:
        stand_in = exchange.replaced(due, found, side.name, rank)
        if stand_in is not None:
            return [(f"{name}: {stand_in}", f"the index of {WHOSE[side.name]}")]
    if case.kernel is None and not (case.kind == "max_pool" and case.backward):
        moved = windows.told(case, found, due)
        if moved is not None:
            return [(f"{name}: {moved[0]}", moved[1])]
    shift = exchange.shifted(case, due, found)
    if shift is not None:
        return [(f"{name} is {shift}", "the crop of the padding")]
    return parts.told(case, result, found, due)


def _moved(due: Edges, found: Edges, name: str, taken: Array) -> bool:
    """Whether the exchange is the whole difference."""
    ends = due.ends
    back = {int(entry): [] for entry in taken}  # type: dict[int, list[int]]
    for entry, role in enumerate(taken):
        back.setdefault(int(role), []).append(entry)
    keys: list[tuple[int, ...]] = []
    order = [side.name for side in due.sides]
    for row in zip(*(ends[n] for n in order), strict=True):
        place = order.index(name)
        keys += [
            (*row[:place], entry, *row[place + 1 :]) for entry in back.get(int(row[place]), [])
        ]
    shape = tuple(side.size for side in due.sides)
    made = np.sort(np.ravel_multi_index(tuple(np.array(keys).T), shape))
    return np.array_equal(made, found.keys)


def _scaled(name: str, factor: float, where: share.Condition, due: Edges, case: Case) -> Text:
    text = f"{times(factor)} the right weight"
    place = where.text(case.rank)
    text = f"{name} has {text}" + (f" at {place}" if place else " everywhere")
    if factor in (2, -1):
        return text, "what is added or counted twice" if factor == 2 else "a minus"
    sizes = {"the number of groups": case.groups, "the number of taps": math.prod(case.taps)}
    if case.kernel is None:
        sizes["one side of the window"] = case.taps[0]
    else:
        sizes["the input channels of a group"] = case.x.shape[-1] // case.groups
    sizes |= {
        "the number of output positions": math.prod(due.side("out").shape[1:-1]),
        "the batch size": len(case.x),
        "batch size times output positions": math.prod(due.side("out").shape[:-1]),
    }
    for what, size in sizes.items():
        if size > 1 and abs(factor * size - 1) < 1e-5:
            return text, f"a division by {what}"
        if size > 1 and abs(factor - size) < 1e-5:
            return text, f"added up {what} times over, or a division left out"
    return text, "a factor, or what is counted twice"


def _assigned(name: str, what: str, which: str) -> Text:
    last = "= where += is due" if which == "last" else "what is written once and never added to"
    return f"{name} counts the {which} {what} only", f"{last}, in the loop over each {what}"
