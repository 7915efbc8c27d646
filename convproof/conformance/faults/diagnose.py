"""Naming what went wrong: the known mistakes that produce exactly the output a target gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from convproof.conformance.faults import sizes, transposed
from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.catalogue import MISTAKES, right
from convproof.conformance.faults.catalogue.catalogue import Mistake, Results
from convproof.conformance.faults.confirm import WORK, confirm, work
from convproof.conformance.faults.explanation import NAMES, Diagnosis, matches, result_of
from convproof.conformance.faults.further import again
from convproof.conformance.faults.history import history, unmet_is_right
from convproof.conformance.faults.patience import Patient
from convproof.conformance.faults.pattern import pattern
from convproof.conformance.faults.reading.reading import explain
from convproof.conformance.faults.spelling import misread
from convproof.conformance.faults.stale import stale, unread
from convproof.laws import oracle
from convproof.laws.case import Case

__all__ = ["Diagnosis", "diagnose", "matches", "result_of"]

Array = np.ndarray[Any, Any]
HALVES = 64  # products: sums of fewer halves are right to a few bits in any format
FORETOLD = 3  # further calls
_TRIED = 2_000_000_000  # multiplications for the mistakes tried on one call


def diagnose(
    case: Case,
    got: Array | Sequence[Array | None] | None = None,
    *,
    result: str = "",
    target: Asked | None = None,
    before: Sequence[Case] = (),
    first: Case | None = None,
    seen: Array | None = None,
    limit: int = 3,
) -> list[Diagnosis]:
    """The known mistakes that give `got` for this call, the most specific first.

    Args:
        case: the call.
        got: what the target returned: an array, or all of a backward's; None calls the target.
        result: which result is wrong: "y", "dx", "dkernel", "dbias"; by default the first wrong.
        target: with it, explanations are tried on further calls, and those it bears out stay.
        before: calls that came first, if it takes them to see the error.
        first: the call in which the error was found, before it was made smaller: a mistake that
            does not explain it as well is not the whole of it.
        seen: what the target gave when the error was found, to tell whether it does so again.
        limit: at most so many.

    Returns:
        An empty list if the output is right; patterns (`known` False) if no mistake explains it.

    >>> x, k = np.arange(1.0, 5).reshape(1, 4, 1), np.array([1.0, 2, 4]).reshape(3, 1, 1)
    >>> case = Case("conv1d", x, k, None, None, (1,), ((0, 0),), (1,))
    >>> diagnose(case, np.array([[[4 * 1 + 2 * 2 + 3], [4 * 2 + 2 * 3 + 4.0]]]))[0].name
    'kernel flipped'
    """
    if work(case) > WORK:
        return []
    if target is None:
        return _diagnosed(case, got, result, None, before, first, seen, limit)
    patient = Patient(target)
    found = _diagnosed(case, got, result, patient, before, first, seen, limit)
    return [*found, *map(_note, patient.told())]


def _diagnosed(
    case: Case,
    got: Array | Sequence[Array | None] | None,
    result: str,
    target: Asked | None,
    before: Sequence[Case] = (),
    first: Case | None = None,
    seen: Array | None = None,
    limit: int = 3,
) -> list[Diagnosis]:
    """The same, of a target that is asked until a time."""
    if case.spelled and target is not None:
        if told := misread(case, target):
            return told
        case = case.replace(spelled="")  # it is as wrong by numbers
    if case.kind == "conv_transpose":
        return _transposed(case, got, result, target, first, limit)
    with np.errstate(all="ignore"):
        try:
            good = right(case)
        except ValueError:
            return []  # the definition gives no answer: nothing to compare with
        arrays = _arrays(case, got, result, target)
        wrong = {
            name: value
            for name, value in arrays.items()
            if name in good and matches(good[name], value) is None
        }
        if not wrong:
            return _gone(case, good, seen, result)
        name = result if result in wrong else next(iter(wrong))
        notes: list[Diagnosis] = []
        if before:
            kept = stale(case, wrong[name], name, before)
            if kept:
                return kept[:limit]
            notes = _alone(case, good[name], name, target)
        notes += _laid_out(case, good[name], name, target)
        found = _explain(case, wrong[name], good[name], name)
        if target is not None and found and not before:
            found = confirm(case, name, target, found, first)
        # An explanation that foretold answer after answer leaves nothing to the calls before them.
        foretold = any(item.whole and item.confirmed >= FORETOLD for item in found)
        if target is not None and not before and not foretold:
            notes = [*history(case, name, target), *notes]
        named = [_placed(item, case, good, arrays, wrong, name) for item in found]
        if target is not None and not any(item.whole for item in found):
            known = {item.name for item in found}
            read = unread(case, name, target) or _read(case, name, target, first)
            named = [*(item for item in read if item.name not in known), *named]
            due, came = good[name].shape, wrong[name].shape
            if name == "y" and due != came and len(due) == len(came) and not before:
                named = [*sizes.told(case, target, first), *named]
        named = named or _facts(case, good[name], wrong[name], name, target, first)
        if before and not notes:
            named = [replace(item, name=f"after earlier calls: {item.name}") for item in named]
        return [*notes, *named][: limit + len(notes)]


def _transposed(
    case: Case,
    got: Any,
    result: str,
    target: Asked | None,
    first: Case | None,
    limit: int,
) -> list[Diagnosis]:
    """An explanation of the convolution that it transposes, of the result that is wrong."""
    names = NAMES if case.backward else ("y",)
    good = dict(zip(names, oracle.expected(case), strict=False))
    arrays = _arrays(case, got, result, target)
    wrong = [n for n, a in arrays.items() if n in good and matches(good[n], a) is None]
    if not wrong:
        return []
    name = result if result in wrong else wrong[0]
    if name == "y" and transposed.bordered(case, good["y"], arrays["y"]):
        return [Diagnosis(*transposed.BORDERED)]
    argued = transposed.argued(case, arrays["y"]) if name == "y" else None
    if argued is not None and arrays[name].shape != good[name].shape:
        return [argued]
    if name in transposed.SEEN and target is not None:
        like = first if first is not None and first.op == case.op else None
        found = _diagnosed(
            transposed.seen(case, name),
            None,
            transposed.SEEN[name],
            transposed.Turned(target, case.op, name),
            first=None if like is None else transposed.seen(like, name),
            limit=limit + 2,
        )
        named = transposed.told(found, name)
        if found and not named:  # what was named is of another gradient
            read = _read(
                transposed.seen(case, name),
                transposed.SEEN[name],
                transposed.Turned(target, case.op, name),
                None if like is None else transposed.seen(like, name),
            )
            named = transposed.told(read, name)
        if named:
            return named[:limit]
        if case.bias is not None and name == "y":
            return [Diagnosis("the bias is wrong: without one the result is right", "the bias")]
    if argued is not None:
        return [argued]
    if name == "dbias" and (summed := transposed.summed(case, arrays[name])) is not None:
        return [summed]
    facts = pattern(good[name], arrays[name], name, kind=case.kind)
    return [_note(text) for text in facts]


def _read(case: Case, result: str, target: Asked, first: Case | None) -> list[Diagnosis]:
    """What the target computes instead, read off its coefficients."""
    found = explain(target, case, result, first)
    return [] if found is None else [Diagnosis(text, look) for text, look in found.texts]


def _note(text: str, look: str = "") -> Diagnosis:
    return Diagnosis(text, look, known=False)


_KEEPS = "what is kept between calls (a cache, a buffer), threads, memory that is never filled"


def _gone(case: Case, good: Results, seen: Array | None, result: str) -> list[Diagnosis]:
    """The call is right now; say so if it was wrong when the error was found."""
    if seen is None or result not in good or matches(good[result], seen) is not None:
        return []
    text = "made once more by itself, this call is right: earlier calls matter, or chance"
    return [_note(text, _KEEPS)]


def _answer(case: Case, result: str, target: Asked | None) -> Array | None:
    values = None if target is None else answers(target, case)
    return None if values is None else result_of(case, values, result)


def _alone(case: Case, good: Array, result: str, target: Asked | None) -> list[Diagnosis]:
    """Whether a call that was wrong after others is wrong without them."""
    got = _answer(case, result, target)
    if target is None or got is None or matches(good, got) is not None:
        return []
    if unmet_is_right(case, result, target):
        text = (
            "an earlier call matters: this one is wrong by itself too by now, and right at sizes "
            "that no call had before"
        )
        return [_note(text, _KEEPS)]
    return [_note("made by itself this call is wrong too: the calls before it may not matter")]


def _laid_out(case: Case, good: Array, result: str, target: Asked | None) -> list[Diagnosis]:
    """Whether a call with arrays laid out in an unusual way is right with plain ones."""
    if case.memory == "plain":
        return []
    got = _answer(case.replace(memory="plain"), result, target)
    if got is None or matches(good, got) is None:
        return []
    text = f"right with plain arrays, wrong with the same numbers laid out {case.memory!r}"
    look = "what reads memory instead of the array: ravel or reshape with order 'K' or 'A', strides"
    return [_note(text, look)]


def _found(first: Case, result: str, target: Asked) -> list[str]:
    """Where the call in which the error was found is wrong: it is larger, and shows more."""
    if work(first) > WORK or (first.kind == "max_pool" and first.backward):  # ties are lawful
        return []
    good, got = right(first).get(result), _answer(first, result, target)
    if good is None or got is None or good.shape != got.shape:
        return []
    lead, *facts = pattern(good, got, result, layout=target.layout, kind=first.kind)
    where = lead.partition(": ")[0].partition(" is ")[2]
    if where.startswith("wrong only at"):
        facts.insert(0, where)
    return [f"in the larger call the error was found in: {text}" for text in facts]


def _facts(
    case: Case,
    good: Array,
    got: Array,
    result: str,
    target: Asked | None,
    first: Case | None,
) -> list[Diagnosis]:
    """Patterns in the difference, seen on numbers that do not hide them where there are such."""
    layout = "channels_last" if target is None else target.layout
    other = again(case) if target is not None else None
    came = None if other is None else _answer(other, result, target)
    fresh, by_value = False, False
    now = _answer(case, result, target) if came is not None else None
    if now is not None and matches(now, got) is None and matches(good, now) is None:
        text = "the same call made twice gives two answers: earlier calls matter, or chance"
        return [_note(text, _KEEPS)]
    if now is not None and matches(good, now) is not None:
        came = None  # it takes the calls before it: other numbers would tell nothing
    if other is not None and came is not None and target is not None:
        due = right(other).get(result)
        by_value = due is not None and matches(due, came) is not None
        if due is not None and not by_value:
            good, got, fresh = due, came, True
    facts = pattern(good, got, result, layout=layout, kind=case.kind, fresh=fresh)
    if case.x.dtype == np.float16 and case.kind != "max_pool" and work(case) > HALVES:
        facts.insert(0, "the running sum is kept in float16 (look at: a dtype of float32 for sums)")
    if len(facts) == 1 and fresh and target is not None and first is not None and first is not case:
        facts += _found(first, result, target)
    notes = [_note(text) for text in facts]
    if target is not None and not by_value and _separable(case, result, target):
        text = "with kernels that are a column times a row the result is right: others are wrong"
        look = "a kernel taken for separable: the first singular vectors, or sums of its rows alone"
        notes.insert(0, _note(text, look))
    if by_value:
        text = "with other numbers in this call the result is right: these very numbers matter"
        look = "what the code does by value: tests for zero, comparisons, skipped terms, caches"
        notes.insert(1, _note(text, look))
    return notes


def _separable(case: Case, result: str, target: Asked) -> bool:
    """Whether kernels of rank one are right where one of any numbers is wrong."""
    made = again(case)
    if made is None or made.kernel is None or sum(k > 1 for k in made.taps) < 2:
        return False
    rng, kernel = np.random.default_rng(20_11), made.kernel
    outer = np.ones(kernel.shape)
    for axis, taps in enumerate(made.taps):
        shape = [1] * kernel.ndim
        shape[axis] = taps
        outer = outer * rng.integers(1, 4, taps).reshape(shape)
    whole = rng.integers(1, 4, kernel.shape)
    told = []
    for numbers in (outer, whole):
        call = made.replace(kernel=numbers.astype(kernel.dtype))
        got, good = _answer(call, result, target), right(call).get(result)
        if got is None or good is None or got.shape != good.shape:
            return False
        scale = float(np.abs(good).max(initial=1.0))
        told.append(bool(np.abs(got - good).max(initial=0.0) <= 1e-4 * scale))
    return told == [True, False]


_GRADIENTS = {"dx": "grad_x", "dkernel": "grad_w", "dbias": "grad_b"}


def _placed(
    item: Diagnosis,
    case: Case,
    good: Results,
    arrays: Results,
    wrong: Results,
    name: str,
) -> Diagnosis:
    """With the gradient it is in, unless it explains all that came of the call."""
    if case.kind != "conv" or not case.backward or _GRADIENTS[name] in item.name:
        return item
    predicted = good | MISTAKES[item.mistake].results(case)
    touched = sum(matches(good[key], predicted[key]) is None for key in good)
    if touched > 1 and not (
        len(wrong) > 1 and all(matches(predicted[key], arrays[key]) for key in arrays)
    ):
        return replace(item, name=f"{item.name} in {_GRADIENTS[name]}")
    return item


def _arrays(case: Case, got: Any, result: str, target: Asked | None) -> dict[str, Array]:
    """What came, by name."""
    arrays = isinstance(got, np.ndarray) or (
        isinstance(got, (tuple, list)) and any(isinstance(item, np.ndarray) for item in got)
    )
    if target is not None and not arrays:  # a shape, say, is not what the call gave
        got = answers(target, case)
    names = (
        NAMES if case.backward and case.kernel is not None else ("dx" if case.backward else "y",)
    )
    if isinstance(got, np.ndarray):
        return {result or names[0]: got}
    if got is None or not isinstance(got, (tuple, list)):
        return {}
    return {
        name: value
        for name, value in zip(names, got, strict=False)
        if isinstance(value, np.ndarray)
    }


def _ordered() -> list[Mistake]:
    return sorted(MISTAKES.values(), key=lambda item: -item.weight)


def _explain(case: Case, got: Array, good: Array, result: str) -> list[Diagnosis]:
    """The mistakes whose output is `got`, the most specific tried first."""
    found = []
    for item in _ordered()[: max(1, _TRIED // max(1, work(case)))]:
        predicted = item.results(case).get(result)
        if predicted is None:
            continue
        how = matches(predicted, got)
        if how is not None and matches(good, predicted) is None:
            exact = how == "exact"
            found.append(
                Diagnosis(item.name, item.look, exact=exact, mistake=item.name, rank=case.rank)
            )
    return sorted(found, key=lambda item: not item.exact)
