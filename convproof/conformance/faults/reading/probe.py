"""Reading a layer's edges off a black box: one-hot arrays, and images that carry their address.

A bilinear function is its values on a basis.  With one entry of one array at 1 and all others 0,
and the entries of the other array as codes, each result is a weight times a code: two codings tell
which entry it is and with which weight.  Sums of several are read entry by entry.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.explanation import matches, result_of
from convproof.conformance.faults.patience import patient
from convproof.conformance.faults.reading.edges import Edges, Side, sides
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
ENDS = {"y": "out", "bias": "out", "dx": "pixel", "dkernel": "kernel", "dbias": "bias"}
FIELDS = {"kernel": "kernel", "pixel": "x", "out": "dy", "bias": "bias"}
# which array is one-hot and which is coded, by the result that is read
PROBES = {"y": ("kernel", "pixel"), "dx": ("kernel", "out"), "dkernel": ("out", "pixel")}
# Exact, also times a small weight; small enough that a transform's rounding can be told from it.
CODES = {"float16": (2**9, 2**10), "float32": (2**10, 2**13)}
NOISE = {"float16": 0.4, "float32": 0.05}
SCALE = 720.0  # divides by the sizes of most windows; fractions of it are no rounding
MOST = 6_000  # calls of one reading
DENSE = 2  # calls with all numbers at once on which what was read has to predict the result


class Unreadable(Exception):
    """The target cannot be read: it refuses, is not bilinear, or there is no time."""


class Prober:
    """Calls a target with chosen arrays, until a time."""

    def __init__(self, target: Asked, case: Case, result: str, end: float) -> None:
        self.target, self.case, self.result, self.end = target, case, result, end
        self.clock = patient(target).clock
        self.calls = 0
        self.known = sides(case)
        self.rng = np.random.default_rng(20_09)

    def ask(self, **arrays: Array) -> Array:
        """The result, flat, of the call with these arrays by side and all others as they are."""
        if self.clock.now() > self.end or self.calls >= MOST:
            patient(self.target).cut |= self.calls < MOST  # so many there are on any machine
            raise Unreadable("no time")
        self.calls += 1
        kind = self.case.x.dtype
        fields: dict[str, Array | None] = {
            FIELDS[name]: np.asarray(array).reshape(self.known[name].shape).astype(kind)
            for name, array in arrays.items()
        }
        if self.case.bias is not None and self.result == "y":
            fields["bias"] = np.zeros_like(self.case.bias)
        if self.result == "bias":
            fields["x"] = np.zeros_like(self.case.x)
        call = self.case.replace(**fields)
        values = answers(self.target, call)
        result = "y" if self.result == "bias" else self.result
        got = None if values is None else result_of(call, values, result)
        if got is None or got.shape != self.known[ENDS[self.result]].shape:
            raise Unreadable("no answer")
        flat: Array = np.asarray(got, float).ravel()
        if not np.isfinite(flat).all():
            raise Unreadable("not finite")
        whole: Array = np.rint(flat)
        snapped: Array = np.where(np.abs(flat - whole) < NOISE.get(kind.name, 1e-4), whole, flat)
        return snapped

    def one_hot(self, side: Side, entry: int) -> Array:
        """One at an entry, zero elsewhere."""
        array = np.zeros(side.size)
        array[entry] = 1
        return array

    def codes(self, size: int) -> Array:
        """Distinct numbers, one for each entry."""
        low, high = CODES.get(self.case.x.dtype.name, (2**20, 2**24))
        if size > high - low:
            raise Unreadable("too many entries")
        drawn = np.unique(self.rng.integers(low, high, 4 * size + 16))
        if len(drawn) < size:
            drawn = np.arange(low, high)
        return self.rng.permutation(drawn)[:size].astype(float)

    def numbers(self, size: int) -> Array:
        """Small integers, none of them zero."""
        signs: Array = self.rng.choice([-1.0, 1.0], size)
        return signs * self.rng.integers(1, 8, size)


def read(target: Asked, case: Case, result: str, end: float) -> tuple[Edges, int]:
    """The edges of the target's result, and how many calls it took.

    Raises:
        Unreadable: where it has none that explain it.
    """
    probe = Prober(target, case, result, end)
    bilinear = case.kind == "conv" and result in PROBES
    edges = _bilinear(probe) if bilinear else _linear(probe)
    _verify(probe, edges)
    return edges, probe.calls


def _bilinear(probe: Prober) -> Edges:
    hot, coded = (probe.known[name] for name in PROBES[probe.result])
    answer = probe.known[ENDS[probe.result]]
    if probe.ask(**{hot.name: np.zeros(hot.size)}).any():  # one call says what thousands would
        raise Unreadable("zeros do not give zeros")
    codings = [probe.codes(coded.size) for _ in range(2)]
    found: list[tuple[Array, Array, Array, Array]] = []
    for entry in range(hot.size):
        one = probe.one_hot(hot, entry)
        answers = [probe.ask(**{hot.name: one, coded.name: codings[0]})]
        if not np.isin(answers[0], (0, *codings[0])).all():  # by one coding all weights are 1
            answers.append(probe.ask(**{hot.name: one, coded.name: codings[1]}))
        ends, others, weights, unread = decode(answers, codings)
        if len(unread):
            ask = functools.partial(probe.ask, **{hot.name: one})
            ends, others, weights = _entry_by_entry(ask, probe, coded)
        found.append((ends, np.full(len(ends), entry), others, weights))
    ends, entries, others, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    flat = {answer.name: ends, hot.name: entries, coded.name: others}
    order = ("out", "kernel", "pixel")
    parts = tuple(flat[name].astype(int) for name in order)
    return Edges.of(tuple(probe.known[name] for name in order), parts, weights)


def _entry_by_entry(
    ask: Callable[..., Array], probe: Prober, side: Side
) -> tuple[Array, Array, Array]:
    """(result, entry, weight) of a linear function, one entry at a time."""
    found = []
    scale = 1.0 if probe.case.kind == "max_pool" else SCALE
    for entry in range(side.size):
        answer = ask(**{side.name: scale * probe.one_hot(side, entry)}) / scale
        ends = np.flatnonzero(answer)
        found.append((ends, np.full(len(ends), entry), answer[ends]))
    ends, entries, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    return ends, entries, weights


def _linear(probe: Prober) -> Edges:
    """A pooling, or a bias's gradient: linear in one array (a maximum: of ones and zeros)."""
    side = probe.known["out" if probe.case.backward else "pixel"]
    if probe.result == "bias":
        side = probe.known["bias"]
    answer = probe.known[ENDS[probe.result]]
    ends, entries, weights = _entry_by_entry(probe.ask, probe, side)
    flat = {answer.name: ends, side.name: entries}
    order = ("out", "bias" if "bias" in flat else "pixel")
    parts = tuple(flat[name].astype(int) for name in order)
    return Edges.of(tuple(probe.known[name] for name in order), parts, weights)


def decode(answers: list[Array], codings: list[Array]) -> tuple[Array, Array, Array, Array]:
    """(result, entry, weight) of each result that is a weight times one code; results that are not.

    >>> codes = [np.array([5.0, 7, 11]), np.array([13.0, 17, 19])]
    >>> [part.tolist() for part in decode([np.array([7.0, 0, 22]), np.array([17.0, 0, 38])], codes)]
    [[0, 2], [1, 2], [1.0, 2.0], []]
    """
    first, (one, two) = answers[0], codings
    order = np.argsort(one)
    if len(answers) == 1:  # of one coding: each result is a code or zero
        ends = np.flatnonzero(first)
        place = order[np.searchsorted(one, first[ends], sorter=order)]
        return ends, place, np.ones(len(ends)), np.array([], dtype=int)
    second = answers[1]
    ends = np.flatnonzero((first != 0) | (second != 0))
    place = order[np.searchsorted(one, first[ends], sorter=order).clip(0, len(one) - 1)]
    plain = (one[place] == first[ends]) & (two[place] == second[ends])
    weights = np.ones(len(ends))
    unread = []
    for number in np.flatnonzero(~plain):
        a, b = first[ends[number]], second[ends[number]]
        gap = np.abs(a * two - b * one)
        near = np.flatnonzero(gap <= 2e-6 * np.abs(a) * two)
        if len(near) == 1:
            place[number], weights[number] = near[0], a / one[near[0]]
        else:
            unread.append(ends[number])
    return ends, place, weights, np.array(unread, dtype=int)


def _verify(probe: Prober, edges: Edges) -> None:
    """What was read must predict calls with all numbers at once: else there is more to it."""
    names = [side.name for side in edges.sides if side.name != ENDS[probe.result]]
    if probe.case.kind == "max_pool" and not probe.case.backward:
        _verify_maximum(probe, edges)
        return
    for _ in range(DENSE):
        arrays = {name: probe.numbers(probe.known[name].size) for name in names}
        predicted = edges.summed(ENDS[probe.result], **arrays)
        got = probe.ask(**arrays).reshape(predicted.shape)
        if matches(predicted, got.astype(probe.case.x.dtype)) is None:
            raise Unreadable("not bilinear")


def _verify_maximum(probe: Prober, edges: Edges) -> None:
    """A maximum is not linear, but it is that of the pixels that could make it one."""
    x = probe.rng.permutation(probe.known["pixel"].size) + 1.0
    if probe.case.x.dtype.kind != "u":
        x -= len(x) // 2 + 0.5 if probe.case.x.dtype.kind == "f" else len(x) // 2
    top = np.full(probe.known["out"].size, -np.inf)
    np.maximum.at(top, edges.ends["out"], x[edges.ends["pixel"]])
    seen = np.isfinite(top)  # a window that sees no pixel gives whatever it gives
    if not np.array_equal(probe.ask(pixel=x)[seen], top[seen]):
        raise Unreadable("not a maximum")


def shows(target: Asked, case: Case, result: str, end: float) -> bool:
    """Whether one call of these sizes is wrong."""
    good = engine.right(case).get(result)
    values = None if patient(target).clock.now() > end else answers(target, case)
    got = None if values is None else result_of(case, values, result)
    return (
        got is not None
        and good is not None
        and got.shape == good.shape
        and matches(good, got) is None
    )
