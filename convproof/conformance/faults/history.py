"""Whether a wrong answer is the doing of earlier calls: something is kept between calls."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.catalogue import right
from convproof.conformance.faults.explanation import Diagnosis, matches, result_of
from convproof.conformance.faults.further import Maker
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
LOOK = "what is kept between calls: a cache and what it is keyed by, a buffer that is not cleared"


def history(case: Case, result: str, target: Asked) -> list[Diagnosis]:
    """What has to be called before for this call to be wrong, or to be wrong in another way."""
    now = _answer(target, case, result)
    if now is None or not _same(now, _answer(target, case, result)):
        return []  # chance: told elsewhere
    for what, before in _variants(target, case):
        if _answer(target, before, result) is None:
            continue
        then = _answer(target, case, result)
        if then is not None and not _same(now, then):
            text = f"an earlier call matters: after one with {what} this call gives another answer"
            return [Diagnosis(text, LOOK)]
    return _by_size(case, result, target)


def unmet_is_right(case: Case, result: str, target: Asked) -> bool:
    """Whether the call is right with images, and batches of them, that no call had before."""
    make = Maker(case)
    return all(_right(target, _unmet(make, number), result) for number in (80, 87))


def _by_size(case: Case, result: str, target: Asked) -> list[Diagnosis]:
    """Sizes that were never met are right, unless a call with other parameters comes before."""
    make = Maker(case)
    alone = _unmet(make, 0)
    if alone is None or not _right(target, alone, result):
        return []
    for number, (what, _) in enumerate(_variants(target, case)):
        base = _unmet(make, number + 1)
        if base is None:
            return []
        for name, before in _variants(target, base):
            if name == what:
                _answer(target, before, result)
                if not _right(target, base, result) and (
                    # the same image with a batch that was never met is right
                    _right(target, _unmet(make, number + 1, batch=3), result)
                    # or so is another image, and that one wrong after such a call
                    or _wrong_after(target, make, number, what, result)
                ):
                    text = f"an earlier call matters: a call is wrong after one with {what}"
                    return [Diagnosis(text, LOOK)]
    return []


def _wrong_after(target: Asked, make: Maker, number: int, what: str, result: str) -> bool:
    """Whether images that were never met are right, and wrong after the call called `what`."""
    if not _right(target, _unmet(make, number + 40), result):
        return False
    base = _unmet(make, number + 60)
    for name, before in () if base is None else _variants(target, base):
        if name == what:
            _answer(target, before, result)
            return not _right(target, base, result)
    return False


def _unmet(make: Maker, number: int, batch: int = 0) -> Case | None:
    """The call with a batch and an image that no call had before; what is left over stays."""
    case = make.case
    step = math.prod(case.stride)
    space = tuple(n + step * (3 + number) for n in case.space)
    return make.sized(case, batch=len(case.x) + 6 + 20 * batch + number, space=space)


def _variants(target: Asked, case: Case) -> Iterator[tuple[str, Case]]:
    """Calls that a careless cache takes for this one."""
    make, accepts = Maker(case), target.accepts
    made = make.sized(case)
    if made is not None:
        yield "other numbers", made
        if case.backward and made.forward.op in getattr(target, "ops", ()):
            yield "other numbers of the forward function", made.forward
        if case.bias is not None:
            yield "another bias", case.replace(bias=3 * case.bias + 1)
            yield "no bias", case.replace(bias=None)
    if case.kernel is not None and case.bias is None and accepts(case.op, "bias"):
        yield "a bias", case.replace(bias=np.arange(7, 7 + case.outputs).astype(case.x.dtype))
    padded = any(map(any, case.padding))
    if padded:
        space = tuple(n + lo + hi for n, (lo, hi) in zip(case.space, case.padding, strict=True))
        other = make.sized(case, space=space, padding=((0, 0),) * case.rank)
        if other is not None:
            yield "an image as large as this one with its border", other
    changes: list[tuple[str, dict[str, Any]]] = []
    if accepts(case.op, "stride"):
        changes.append(("another stride", {"stride": tuple(s + 1 for s in case.stride)}))
    if accepts(case.op, "dilation"):
        gaps = tuple(2 if d == 1 else 1 for d in case.dilation)
        changes.append(("another dilation", {"dilation": gaps}))
    if accepts(case.op, "padding"):
        pads = ((0, 0),) * case.rank if padded else ((1, 1),) * case.rank
        changes.append(("another padding", {"padding": pads}))
    changes.append(("another batch", {"batch": len(case.x) + 1}))
    for what, change in changes:
        other = make.sized(case, **change)
        if other is not None:
            yield what, other


def _answer(target: Asked, case: Case, result: str) -> Array | None:
    values = answers(target, case)
    return None if values is None else result_of(case, values, result)


def _right(target: Asked, case: Case | None, result: str) -> bool:
    if case is None:
        return False
    good, got = right(case).get(result), _answer(target, case, result)
    return good is not None and got is not None and matches(good, got) is not None


def _same(one: Array, other: Array | None) -> bool:
    return other is not None and one.shape == other.shape and np.array_equal(one, other, True)
