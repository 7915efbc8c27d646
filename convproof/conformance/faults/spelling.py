"""A call that is right by numbers and wrong by a word: which padding the word stands for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.explanation import Diagnosis
from convproof.errors import SpecError
from convproof.laws import oracle
from convproof.laws.by_name import word
from convproof.laws.case import Array, Case, Pairs

LOOK = "the padding that the word is turned into: D (K - 1) in all at stride 1, by sides"
MOST = 400  # paddings tried


def misread(case: Case, target: Asked) -> list[Diagnosis]:
    """What `padding="same"` does instead, where the same padding said by numbers is right."""
    plain, by_word = _answer(case.replace(spelled=""), target), _answer(case, target)
    due = oracle.expected(case)[0]
    if plain is not None and not _same(plain, due):
        return []  # it is the padding, however it is said
    said = f"padding={word(case.spelled)!r}"
    right = f"where {_shown(case.padding)} is right"
    if by_word is None:
        return [Diagnosis(f"{said} is refused {right}", LOOK)]
    for pads in _paddings(case):
        try:
            made = oracle.expected(case.replace(padding=pads))[0] if case.dy is None else None
        except SpecError:
            continue
        if made is not None and _same(by_word, made):
            return [Diagnosis(f"{said} pads by {_shown(pads)} {right}", LOOK)]
    shapes = f"a result of {by_word.shape}" if by_word.shape != due.shape else "other numbers"
    told = f"{said} gives {shapes} {right}: said by numbers that padding is right"
    return [Diagnosis(told, LOOK, known=False)]


def _paddings(case: Case) -> Iterator[Pairs]:
    """Every padding up to a window's extent, the same on all axes first; so many."""
    sides = [
        [(lo, hi) for lo in range(a.extent + 1) for hi in range(a.extent + 1)] for a in case.axes
    ]
    return itertools.islice(itertools.product(*sides), MOST)


def _answer(case: Case, target: Asked) -> Array | None:
    values = answers(target, case)
    return values[0] if values else None


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-4, atol=1e-4))


def _shown(pads: Pairs) -> str:
    """The padding of each axis as (before, after); once, if it is the same on all."""
    parts = list(map(str, pads))
    return parts[0] if len(set(parts)) == 1 else " and ".join(parts)
