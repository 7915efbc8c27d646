"""Naming what went wrong: the known mistakes that produce exactly the output a target gave."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convproof.conformance.mistakes import MISTAKES, right
from convproof.conformance.mistakes.catalogue import Mistake, Results
from convproof.conformance.target import Target
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_NAMES = ("dx", "dkernel", "dbias")
_SECONDS = 3.0  # for one diagnosis
_WORK = 20_000_000  # multiplications of a call beyond which nothing is tried


@dataclass(frozen=True)
class Diagnosis:
    """One explanation.

    Attributes:
        name: the mistake's name, in a gradient with which; or a pattern seen in the difference.
        mistake: its name among `MISTAKES`.
        look: where in one's code to look.
        known: True for a known mistake, False for a mere pattern.
        exact: its output equals the target's entry by entry, not only to rounding.
        confirmed: on how many further calls the mistake predicted the target's output; of `tried`.
    """

    name: str
    look: str = ""
    known: bool = True
    exact: bool = True
    confirmed: int = 0
    tried: int = 0
    mistake: str = ""

    def __str__(self) -> str:
        text = self.name if not self.look else f"{self.name} (look at: {self.look})"
        if not self.known:
            return text
        if not self.exact:
            text += "; equal to rounding"
        if self.tried and self.confirmed == self.tried:
            text += "; it predicts further calls too"
        elif self.tried:
            text += "; in this call: not every call shows it"
        return text

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "name": self.name,
            "look": self.look,
            "known": self.known,
            "exact": self.exact,
            "confirmed": self.confirmed,
            "tried": self.tried,
        }


def result_of(case: Case, values: Sequence[Array | None], result: str) -> Array | None:
    """The named one of a call's values."""
    if not case.backward or case.kernel is None:
        return values[0]
    place = _NAMES.index(result) if result in _NAMES else 0
    return values[place] if place < len(values) else None


def matches(predicted: Array, got: Array) -> str | None:
    """Whether a prediction is what came: "exact", "rounded" or None."""
    if predicted.shape != got.shape:
        return None
    given = np.asarray(got, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        kind = got.dtype if got.dtype.kind == "f" else np.dtype(np.float64)
        own = predicted.astype(kind).astype(np.float64)
        if np.array_equal(own, given, equal_nan=True):
            return "exact"
        finite = np.isfinite(own) & np.isfinite(given)
        same_rest = np.array_equal(
            np.where(finite, 0, own), np.where(finite, 0, given), equal_nan=True
        )
        scale = np.abs(own[finite]).max(initial=0.0)
        # sums of up to a few hundred terms, each rounded: 64 ulp of the largest result
        bound = 64 * float(np.finfo(kind).eps) * scale
        close = bool((np.abs(own - given)[finite] <= bound).all())
    return "rounded" if same_rest and close else None


def diagnose(
    case: Case,
    got: Array | Sequence[Array | None] | None = None,
    *,
    result: str = "",
    target: Target | None = None,
    before: Sequence[Case] = (),
    limit: int = 3,
) -> list[Diagnosis]:
    """The known mistakes that give `got` for this call, the most specific first.

    Args:
        case: the call.
        got: what the target returned: an array, or all of a backward's; None calls the target.
        result: which result is wrong: "y", "dx", "dkernel", "dbias"; by default the first wrong.
        target: with it, explanations are tried on further calls, and those it bears out stay.
        before: calls that came first, if it takes them to see the error.
        limit: at most so many.

    Returns:
        An empty list if the output is right; patterns (`known` False) if no mistake explains it.

    >>> x, k = np.arange(1.0, 5).reshape(1, 4, 1), np.array([1.0, 2, 4]).reshape(3, 1, 1)
    >>> case = Case("conv1d", x, k, None, None, (1,), ((0, 0),), (1,))
    >>> diagnose(case, np.array([[[4 * 1 + 2 * 2 + 3], [4 * 2 + 2 * 3 + 4.0]]]))[0].name
    'kernel flipped'
    """
    if _work(case) > _WORK:
        return []
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
            return []
        name = result if result in wrong else next(iter(wrong))
        if before:
            stale = _stale(case, wrong[name], name, before)
            if stale:
                return stale[:limit]
        found = _explain(case, wrong[name], good[name], name)
        if target is not None and found:
            found = _confirm(case, name, target, found)
        if found:
            best = max(item.confirmed for item in found)
            found = [item for item in found if item.confirmed == best][:limit]
            return [_placed(item, case, good, arrays, wrong, name) for item in found]
        return [Diagnosis(text, known=False) for text in pattern(good[name], wrong[name], name)][
            :limit
        ]


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


def _work(case: Case) -> int:
    outputs = 1 if case.kernel is None else int(case.kernel.shape[-1])
    return int(case.x.size) * int(np.prod(case.taps)) * outputs


def _arrays(case: Case, got: Any, result: str, target: Target | None) -> dict[str, Array]:
    """What came, by name."""
    if got is None and target is not None:
        got = target.call(case).values
    names = (
        _NAMES if case.backward and case.kernel is not None else ("dx" if case.backward else "y",)
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
    """The mistakes whose output is `got`."""
    end = time.monotonic() + _SECONDS
    found = []
    for item in _ordered():
        if time.monotonic() > end:
            break
        predicted = item.results(case).get(result)
        if predicted is None:
            continue
        how = matches(predicted, got)
        if how is not None and matches(good, predicted) is None:
            found.append(Diagnosis(item.name, item.look, exact=how == "exact", mistake=item.name))
    return sorted(found, key=lambda item: not item.exact)


def variations(case: Case, number: int = 4) -> list[Case]:
    """Further calls with the same parameters: fresh numbers, then larger sizes, a larger window."""
    rng = np.random.default_rng(20_10)
    kernel, groups = case.kernel, case.groups
    out = []
    for step in range(number):
        batch = len(case.x) if step == 0 else 2 + step % 2
        space = tuple(
            n + (0 if step == 0 else 2 * step + 3 * axis) for axis, n in enumerate(case.space)
        )
        depth = case.x.shape[-1] // groups + (1 if step > 1 else 0)
        taps = tuple(k + (step == number - 1) for k in case.taps)
        x = rng.integers(-9, 10, (batch, *space, depth * groups)).astype(case.x.dtype)
        new = None
        bias = case.bias
        if kernel is not None:
            width = kernel.shape[-1] // groups + (1 if step > 1 else 0)
            new = rng.integers(-9, 10, (*taps, depth, width * groups)).astype(kernel.dtype)
            if bias is not None:
                bias = rng.integers(-9, 10, width * groups).astype(bias.dtype)
        window = None if case.window is None else taps
        made = case.replace(x=x, kernel=new, bias=bias, dy=None, window=window, memory="plain")
        try:
            shape = made.out_shape
        except ValueError:
            continue
        if case.backward:
            dy = rng.integers(-9, 10, shape).astype(case.x.dtype)
            made = made.replace(dy=dy)
        out.append(made)
    return out


def _confirm(
    case: Case, result: str, target: Target, found: Sequence[Diagnosis]
) -> list[Diagnosis]:
    """Try each explanation on further calls of the target."""
    scores = {item.mistake: [0, 0] for item in found}
    for other in variations(case):
        if target.why_not(other) is not None:
            continue
        values = target.call(other).values
        got = None if values is None else result_of(other, values, result)
        if got is None:
            continue
        try:
            good: Results = right(other)
        except ValueError:
            continue
        for name, score in scores.items():
            predicted = MISTAKES[name].results(other).get(result, good[result])
            if matches(predicted, got) is None and matches(good[result], predicted) is not None:
                score[1] += 1  # the mistake changes nothing here, and yet the result is wrong
            elif matches(good[result], predicted) is None:
                score[1] += 1
                score[0] += matches(predicted, got) is not None
    made = [
        replace(item, confirmed=scores[item.mistake][0], tried=scores[item.mistake][1])
        for item in found
    ]
    return sorted(made, key=lambda item: -item.confirmed)


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


def _stale(case: Case, got: Array, result: str, before: Sequence[Case]) -> list[Diagnosis]:
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


def pattern(good: Array, got: Array, result: str) -> list[str]:
    """What can be said of a difference that no known mistake explains."""
    if good.shape != got.shape:
        return [f"no known mistake gives this; {result} has shape {got.shape}, not {good.shape}"]
    given = np.asarray(got, dtype=np.float64)
    wrong = ~((good == given) | (np.isnan(good) & np.isnan(given)))
    facts = [f"no known mistake gives this; {int(wrong.sum())} of {wrong.size} entries are wrong"]
    rank = good.ndim
    if result in ("y", "dx") and rank > 2:
        titles = ["batch item", *(f"spatial axis {a} at" for a in range(rank - 2)), "channel"]
    elif result == "dkernel" and rank > 2:
        titles = [*(f"tap of axis {a} at" for a in range(rank - 2)), "in channel", "out channel"]
    else:
        titles = ["entry"]
    for axis, title in enumerate(titles):
        others = tuple(a for a in range(rank) if a != axis)
        where = np.flatnonzero(wrong.any(axis=others))
        if 0 < len(where) < good.shape[axis]:
            shown = ", ".join(str(i) for i in where[:8]) + (" ..." if len(where) > 8 else "")
            facts.append(f"wrong only in {title} {shown} (of {good.shape[axis]}, counted from 0)")
    with np.errstate(all="ignore"):
        ratio = given[good != 0] / good[good != 0]
    if wrong.all() and ratio.size > 1 and np.isfinite(ratio).all() and np.ptp(ratio) < 1e-9:
        facts.append(f"every entry is {ratio[0]:.6g} times the right one")
    difference = given - good
    if wrong.any() and np.isfinite(difference).all() and rank > 1:
        flat = difference.reshape(-1, good.shape[-1])
        if np.ptp(flat, axis=0).max() < 1e-9 * max(1.0, np.abs(difference).max()):
            facts.append("each channel is off by a number of its own: look at the bias")
    return facts
