"""Integers: answered exactly, or refused; what becomes of fractions and of bytes is said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.protocol import OutcomeLike
from convproof.laws.refusal import tolerated
from convproof.laws.trial import Trial, result_names

# The largest sums that are asked for: the oracle, and a right implementation, are exact on them.
LARGEST: dict[Any, float] = {np.int64: 2.0**50, np.int32: 2.0**31}
# Factors whose products need more than the 24 bits of float32, and for int64 than 32 bits.
FACTORS: dict[Any, tuple[int, int]] = {
    np.int64: (2**16 + 1, 2**13 + 1),
    np.int32: (2**11 + 1, 2**10 + 1),
}
# Numbers of 8 and of 16 bits (of the array that comes in, of the others) whose sums need more.
WORDS: dict[Any, tuple[tuple[int, int], ...]] = {
    np.int64: ((127, 127), (32767, 32767)),
    np.int32: ((127, 127), (32767, 2)),
}


@law(
    "integers",
    "Integer input is answered exactly, or refused.",
    "f(x) = Z for integer x",
    scope="session",
    runs=4,
    source="the definition",
)
def integers(trial: Trial, case: Case) -> None:
    """int64 and int32: small numbers, then sums of more bits than a narrower type holds."""
    if not case.backward:
        _bytes(trial, case)
    if case.kind == "max_pool":
        _dark(trial, case)
    for dtype in (np.int64, np.int32):
        given = case.replace(**{name: array.astype(dtype) for name, array in case.arrays.items()})
        what = f"{np.dtype(dtype).name} input"
        outcome = trial.outcome(given)
        if outcome.error is not None:
            tolerated(trial, given, outcome, "integers", what, case)
        values = trial.checked(given, outcome)
        if values[0] is None:
            continue
        integral, wide = values[0].dtype.kind in "iu", values[0].itemsize >= given.x.itemsize
        if case.kind == "avg_pool" and (integral or case.backward):
            _note_fractions(trial, given, values[0], what)
            continue
        _hold(trial, given, values)
        if not wide:
            continue  # it works in something narrower, which is its right
        if case.kind != "max_pool" or case.backward:
            for large in _larger(trial, given):
                if max(np.abs(w).max(initial=0) for w in oracle.expected(large)) < LARGEST[dtype]:
                    _hold(trial, large, trial.answer(large))
        if integral and not case.backward:
            _neighbours(trial, given, what)


def _note_fractions(trial: Trial, case: Case, got: Array, what: str) -> None:
    """Note what becomes of the fractions of means, for which integers have no room."""
    far = float(np.abs(got - oracle.expected(case)[0]).max(initial=0))
    if far > 2.0**-10:
        said = "its fraction lost" if far < 1 else f"off by up to {far:.3g}"
        kind = "an integer too" if got.dtype.kind in "iu" else "made of integers"
        trial.notes.limitations.setdefault((case.op, what), f"the result is {kind}, {said}")


def _hold(trial: Trial, case: Case, values: tuple[Array | None, ...]) -> None:
    """To the oracle; what comes back as an integer leaves no room for rounding."""
    want = oracle.expected(case)
    trial.same(case, values, want, fractions=case.kind == "avg_pool", note=False)
    for name, got, right in zip(result_names(case), values, want, strict=False):
        if got is not None and got.dtype.kind in "iu" and not np.array_equal(got, right):
            raise Broken(f"{name} is an integer, but not the right one", case, right, got)


def _larger(trial: Trial, case: Case) -> Iterator[Case]:
    """The call with large numbers, then with bytes and words full to the brim, all of one sign."""
    dtype, comes_in = case.x.dtype.type, "dy" if case.backward else "x"
    first, second = FACTORS[dtype]
    factors = {"x": first, "kernel": first, "bias": first}
    factors |= {comes_in: second} if case.kernel is not None else {comes_in: first * second}
    sized = {n for n in case.arrays if case.kind != "max_pool" or n == comes_in}
    yield case.replace(**{name: case.arrays[name] * factors[name] for name in sized})
    for turn, tops in enumerate(WORDS[dtype]):
        rng = trial.rng(96, turn, case.x.size)
        full: dict[str, Array] = {}
        for name in sorted(sized):
            top = tops[name != comes_in]
            values = rng.integers(top - top // 4, top + 1, case.arrays[name].shape)
            full[name] = np.asarray(values).astype(dtype)
        yield case.replace(**full)


def _neighbours(trial: Trial, case: Case, what: str) -> None:
    """Note integers that only floating point numbers confuse; in a maximum, or a sum of one."""
    start = 2**53 if case.x.dtype.itemsize == 8 else 2**24
    if case.kind == "max_pool":
        close = case.replace(x=case.x + start)
        want = oracle.expected(close)[0]
    else:
        assert case.kernel is not None
        kernel = np.zeros_like(case.kernel)
        kernel[(0,) * (case.rank + 1)] = 1  # the first tap of the first channel, for every map
        none = ((0, 0),) * case.rank
        x = np.full_like(case.x, start + 1)
        close = case.replace(x=x, kernel=kernel, bias=None, padding=none)
        want = np.full(close.out_shape, start + 1, x.dtype)
    found = trial.answer(close)[0]
    if found is None or not np.array_equal(found, want):
        trial.notes.limitations.setdefault(
            (case.op, what), "told apart only as far as floating point numbers are"
        )


def _bytes(trial: Trial, case: Case) -> None:
    """What becomes of a bright uint8 image, and of an image of integers under a real kernel.

    NumPy's own sums of bytes wrap: no failure, but no secret.  A real kernel has a real result: one
    cut to integers is wrong.  So is a wrong byte of a maximum, which is no sum (a border of -1 is
    one of 255).
    """
    bright = {n: np.asarray(np.abs(a) % 4 * 50 + 55) for n, a in case.arrays.items()}
    if case.kind == "max_pool":
        bright["x"] = np.asarray(trial.rng(97, case.x.size).integers(0, 200, case.x.shape))
    bright = {name: array.astype(np.uint8) for name, array in bright.items()}
    given = {"uint8 input": case.replace(**bright)}
    if case.kernel is not None:
        halves = {n: a / 2 for n, a in case.arrays.items() if n != "x"}
        mixed = case.replace(x=case.x.astype(np.int64), **halves)
        given["an integer image and a real kernel"] = mixed
        given["a photograph of bytes and a real kernel"] = mixed.replace(
            x=np.asarray(np.abs(case.x) % 4 + 1).astype(np.uint8)
        )
    for what, one in given.items():
        outcome = trial.outcome(one)
        if outcome.error is not None and trial.outcome(case).error is not None:
            continue  # it is not the numbers that it refuses
        try:
            values = trial.checked(one, outcome)
            trial.same(one, values, oracle.expected(one), fractions=True, note=False)
        except (Broken, NotApplied) as wrong:
            if case.kind == "max_pool" and outcome.error is None:
                raise
            if (
                case.kernel is not None
                and trial.promises(case.op, "rounded")
                and _rounded(trial, one)
            ):
                said = "whole numbers, rounded and clipped to the image's type, as its text says"
                trial.notes.limitations.setdefault((case.op, what), said)
                continue
            if getattr(trial.target, "array", "numpy") == "torch":
                why = "torch refuses arrays of two kinds: what comes of them is its own affair"
                trial.notes.limitations.setdefault((case.op, what), f"{wrong} ({why})")
                continue
            real = one.kernel is not None and one.kernel.dtype.kind == "f"
            if real and isinstance(wrong, Broken):
                how = "cut to integers" if _cut(outcome) else "not the real one"
                reason = f"the result of {what} is {how} ({wrong.reason})"
                raise wrong.but(reason=reason) from None
            trial.notes.limitations.setdefault((case.op, what), str(wrong))


def _rounded(trial: Trial, case: Case) -> bool:
    """Whether results of one channel are the right ones in the image's type: rounded, clipped."""
    assert case.kernel is not None
    kernel = case.kernel[..., :1, :1]
    one = case.replace(x=case.x[..., :1], kernel=kernel, bias=None, groups=1)
    values = trial.outcome(one).values
    got = values[0] if values else None
    if got is None or got.dtype.kind not in "iu":
        return False
    ends, want = np.iinfo(got.dtype), oracle.expected(one)[0]
    ways = (np.rint(want), np.floor(want + 0.5))
    return any(np.array_equal(got, np.clip(way, ends.min, ends.max)) for way in ways)


def _dark(trial: Trial, case: Case) -> None:
    """Images of negative integers alone, with as much border as is lawful: it must never win.

    Of bytes and words, which few speak of, a wrong answer is no failure, but no secret.
    """
    takes = trial.target.accepts
    wide = [k // 2 for k in case.taps]
    if not takes(case.op, "padding"):
        wide = [0] * case.rank
    elif not takes(case.op, "unequal_padding"):
        wide = [min(wide)] * case.rank
    bordered = case.replace(padding=tuple((p, p) for p in wide), memory="plain")
    if bordered.hollow:
        return
    turns = [False, True] if takes(case.op, "ceil_mode") else [False]
    for ceil, dtype in itertools.product(turns, (np.int64, np.int32, np.int16, np.int8)):
        dark = trial.rng(98, case.x.size).permutation(case.x.size).reshape(case.x.shape) % 99
        given = bordered.replace(x=(-1 - dark).astype(dtype), ceil_mode=ceil)
        if case.dy is not None:
            given = given.replace(dy=np.full(given.out_shape, 2, dtype))
        outcome = trial.outcome(given)
        if outcome.error is not None:
            continue  # that such types are refused is said elsewhere
        values = trial.checked(given, outcome)
        rules = oracle.TIES if case.backward else ("first",)
        if not any(_are(values[0], oracle.expected(given, rule)[0]) for rule in rules):
            what = f"of an image of negative {np.dtype(dtype).name} with a border"
            want = oracle.expected(given)[0]
            said = f"{result_names(given)[0]} {what} differs"
            if np.dtype(dtype).itemsize > 2:
                raise Broken(said, given, want, values[0])
            trial.notes.limitations.setdefault((case.op, f"{np.dtype(dtype).name} input"), said)


def _are(got: Array | None, want: Array) -> bool:
    return got is None or bool(np.array_equal(got, want))


def _cut(outcome: OutcomeLike) -> bool:
    """Whether any result is of integers."""
    values = outcome.values if outcome.error is None else None
    return any(value is not None and value.dtype.kind in "iu" for value in values or ())
