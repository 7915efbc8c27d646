"""What of an earlier call a wrong answer is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.catalogue import MISTAKES, right
from convproof.conformance.faults.explanation import Diagnosis, matches, result_of
from convproof.conformance.faults.further import Maker, again
from convproof.conformance.target.interfaces.layers import CHANGED, EARLIER, FEW, LARGER
from convproof.conformance.target.interfaces.tensors import TWICE
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_KEPT = (
    ("kernel", "an earlier call's kernel is used again"),
    ("bias", "an earlier call's bias is used again"),
    ("x", "an earlier call's input is used again"),
    ("dy", "an earlier call's dy is used again"),
    ("stride", "an earlier call's stride is used again"),
    ("padding", "an earlier call's padding is used again"),
    ("dilation", "an earlier call's dilation is used again"),
    ("groups", "an earlier call's groups are used again"),
    ("window", "an earlier call's window is used again"),
)


def stale(case: Case, got: Array, result: str, before: Sequence[Case]) -> list[Diagnosis]:
    """What of an earlier call explains the output of this one."""
    look = "what is kept between calls: a cache, and what it is keyed by"
    found = []
    for earlier in reversed(before):
        tries = [(earlier, "an earlier call's result is returned again")]
        tries += [(case.replace(**{name: getattr(earlier, name)}), text) for name, text in _KEPT]
        for other, text in tries:
            try:
                predicted = right(other).get(result)
            except (ValueError, IndexError, TypeError):
                continue
            if predicted is not None and matches(predicted, got) is not None:
                found.append(Diagnosis(text, look))
        if earlier.op == case.op and earlier.x.shape == case.x.shape:
            try:
                total = right(earlier)[result] + right(case)[result]
            except (ValueError, KeyError):
                continue
            if matches(total, got) is not None:
                found.append(Diagnosis("an earlier call's result is added to this one's", look))
    return found


def besides(
    source: str, case: Case, got: Array, result: str, target: Asked | None = None
) -> list[Diagnosis]:
    """Which of the things that an adapter's lines do besides its call a wrong answer shows.

    Args:
        source: the adapter's lines.
        case: the call.
        got: the wrong answer.
        result: which it is.
        target: who gave it, to be asked without what the lines do besides.
    """
    ones = case
    if CHANGED in source and case.kernel is not None:
        ones = case.replace(kernel=np.ones_like(case.kernel))
        if _is(right(ones).get(result), got):
            name = "the weights are those of before they were changed in place, between two calls"
            look = (
                "what is packed, cast or kept of the weights: the same array may hold other numbers"
            )
            return [Diagnosis(name, look)]
    good = right(case).get(result)
    if good is None:
        return []
    if EARLIER in source:
        before = right(ones.replace(x=case.x[::-1] + 1)).get(result)
        if before is not None and _is(good + before, got):
            name = f"{_SHOWN.get(result, result)} is added to that of the pass before"
            return [
                Diagnosis(
                    name, "where it is set to zero: once when the layer is made, or each time"
                )
            ]
    if LARGER in source and target is not None and case.x.size < FEW:
        many = case.replace(x=np.repeat(case.x, -(-FEW // max(case.x.size, 1)), axis=0))
        alone = None if case.dy is not None else _answer(target, many, result)
        if _is(right(many).get(result), alone):
            name = "an earlier call of the same layer, with a larger image, shows in this one"
            return [Diagnosis(name, "a buffer that is used again: its border, and what is beyond")]
    if TWICE in source and _is(good / 2, got):
        name = f"{_SHOWN.get(result, result)} of an array used twice is that of one use alone"
        return [Diagnosis(name, "= for += where a gradient is handed on: .grad has to add up")]
    return []


_SHOWN = {"dx": "grad_x", "dkernel": "grad_w", "dbias": "grad_b"}


def _is(predicted: Array | None, got: Array | None) -> bool:
    return predicted is not None and got is not None and matches(predicted, got) is not None


_GIVEN = {"x": "input", "kernel": "kernel", "bias": "bias", "dy": "gradient"}


def unread(case: Case, result: str, target: Asked) -> list[Diagnosis]:
    """Which of the arrays given the answer does not depend on, though it should.

    What a cache remembers of earlier calls takes the place of what is given.
    """
    # Large enough that nothing but a cache can keep another input from showing.
    base = Maker(case).sized(case, batch=2, space=tuple(n + 4 for n in case.space)) or again(case)
    before = None if base is None else _answer(target, base, result)
    if base is None or before is None:
        return []
    good = right(base).get(result)
    if good is None or before.shape != good.shape or not before.any():
        return []  # zeros do not depend on anything
    found = []
    blind = case.kind == "max_pool" and case.backward and _fixed(base, before)
    for name, array in base.arrays.items():
        if _left_out(base, name, result, before):
            continue  # nothing stands in its place
        if blind and name == "x":
            continue  # the same pixels of every window: no input at all is looked at
        others = [base.replace(**{name: change(array)}) for change in _CHANGES]
        due = [right(other).get(result) for other in others]
        came = [_answer(target, other, result) for other in others]
        told = [d is not None and not np.array_equal(d, good) for d in due]
        if sum(told) > 1 and all(
            c is not None and np.array_equal(c, before)
            for c, tells in zip(came, told, strict=True)
            if tells
        ):
            text = f"the {_GIVEN[name]} given is not read: what an earlier call was given is used"
            found.append(Diagnosis(text, "what is kept between calls: a cache keyed by shape"))
    return found if len(found) < len(base.arrays) else []


def _left_out(base: Case, name: str, result: str, got: Array) -> bool:
    """Whether the result is right but for an array that counts as zeros: no earlier one's."""
    array = base.arrays[name]
    without = right(base.replace(**{name: np.zeros_like(array)})).get(result)
    return without is not None and matches(without, got) is not None


def _fixed(base: Case, got: Array) -> bool:
    """Whether a maximum's gradient goes to the same pixels of every window, whatever is in it."""
    tried = (MISTAKES[name].results(base).get("dx") for name in _FIXED)
    return any(made is not None and matches(made, got) is not None for made in tried)


_FIXED = (
    "gradient to the window's first pixel",
    "gradient spread over the whole window",
    "whole gradient to every pixel of the window",
)
# other numbers, other signs, other sizes: what is rounded, clipped or compared sees one of them
_CHANGES: tuple[Callable[[Array], Array], ...] = (
    lambda array: np.roll(array, 1) + 1,
    lambda array: -3 * array,
    lambda array: 1000 * array + 17,
)


def _answer(target: Asked, case: Case, result: str) -> Array | None:
    values = answers(target, case)
    return None if values is None else result_of(case, values, result)
