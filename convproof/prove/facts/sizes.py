"""Output sizes: a position is valid iff its whole window fits, for every padding and rounding."""

from __future__ import annotations

import sympy as sp

from convproof import reference
from convproof.prove.facts.geometry import (
    COUNT,
    EXTENT,
    FITS,
    ROOM,
    H,
    K,
    P,
    Q,
    S,
    Values,
    axis,
    counted,
    d,
    n,
    o,
    within,
)
from convproof.prove.facts.lemmas import AT_LEAST
from convproof.prove.facts.obligation import Meaning, Obligation, Wrong
from convproof.spec import Conv

_fits = sp.Symbol("fits")
_j = sp.Symbol("j", integer=True)  # an output position counted from one, as in the chapter
_WINDOW_FITS = sp.And(o >= 0, S * o + EXTENT <= H + P + Q)
_SWAPPED = sp.floor((H + P + Q - S * (K - 1) - 1) / d) + 1

SIZE = Obligation(
    "size",
    "a window fits iff 0 <= o < max(0, floor((H + P + Q - d(K-1) - 1)/S) + 1)",
    (),
    sp.Equivalent(_fits, within(0, o, COUNT)),
    (Meaning(_fits, _WINDOW_FITS, lambda v: 0 <= v["o"] < counted(v)),),
    wrong=(
        Wrong("the + 1 forgotten", sp.Equivalent(_fits, within(0, o, sp.floor(ROOM / S)))),
        Wrong("<= for <", sp.Equivalent(_fits, sp.And(o >= 0, o <= COUNT))),
        Wrong("stride and dilation swapped", sp.Equivalent(_fits, within(0, o, _SWAPPED))),
        Wrong("rounded up", sp.Equivalent(_fits, within(0, o, sp.ceiling(ROOM / S) + 1))),
    ),
)

_FORMULA = sp.floor((H - K + 2 * P) / S) + 1  # (10.7), as the chapter writes it
_CHAPTER_FITS = sp.And(_j >= 1, S * (_j - 1) + K <= H + 2 * P)
_chapter_fits = Meaning(_fits, _CHAPTER_FITS, lambda v: 1 <= v["j"] <= counted(v))
_CHAPTER_RANGE = sp.And(_j >= 1, _j <= _FORMULA)

CHAPTER_SIZE = Obligation(
    "size-10.7",
    "for K <= H + 2P, position j is valid iff 1 <= j <= floor((H - K + 2P)/S) + 1",
    (K <= H + 2 * P,),
    sp.Equivalent(_fits, _CHAPTER_RANGE),
    (_chapter_fits,),
    wrong=(
        Wrong("P for 2P", sp.Equivalent(_fits, within(1, _j, sp.floor((H - K + P) / S) + 2))),
        Wrong("the + 1 forgotten", sp.Equivalent(_fits, within(1, _j, _FORMULA))),
    ),
)

_chapter_tap = sp.Symbol("k", integer=True)

CHAPTER_ACCESS = Obligation(
    "access-10.8",
    "for 1 <= j <= the size of (10.7) and 1 <= k <= K, row S(j - 1) + k is one of the H + 2P "
    "padded rows",
    (sp.And(_j >= 1, _j <= n), sp.And(_chapter_tap >= 1, _chapter_tap <= K)),
    within(1, S * (_j - 1) + _chapter_tap, H + 2 * P + 1),
    (Meaning(n, sp.Max(0, _FORMULA), counted),),
    wrong=(
        Wrong(
            "counted from zero",
            within(1, S * (_j - 1) + _chapter_tap, H + 2 * P + 1),
            (sp.And(_j >= 0, _j <= n), sp.And(_chapter_tap >= 1, _chapter_tap <= K)),
        ),
        Wrong("padded on one side", within(1, S * (_j - 1) + _chapter_tap, H + P + 1)),
        Wrong("S j for S(j - 1)", within(1, S * _j + _chapter_tap, H + 2 * P + 1)),
    ),
)

_CHAPTER_COUNT = Meaning(n, sp.Max(0, _FORMULA), counted)

CHAPTER_SIZE_EXACT = Obligation(
    "size-10.7-domain",
    "the formula of (10.7) is the number of windows iff K <= H + 2P + S",
    (),
    sp.Equivalent(sp.Eq(n, _FORMULA), K <= H + 2 * P + S),
    (_CHAPTER_COUNT,),
    wrong=(
        Wrong("for every size", sp.Eq(n, _FORMULA)),
        Wrong("iff K <= H + 2P", sp.Equivalent(sp.Eq(n, _FORMULA), K <= H + 2 * P)),
    ),
)

_LAST = sp.ceiling(ROOM / S)  # the last window's number, were nothing taken back
_CEIL = _LAST + 1 - sp.Piecewise((1, S * _LAST >= H + P), (0, True))
_OVERHANGS = sp.And(
    o >= 1, S * (o - 1) + EXTENT < H + P + Q, S * o + EXTENT > H + P + Q, S * o < H + P
)
_kept = Meaning(
    _fits,
    sp.Or(_WINDOW_FITS, _OVERHANGS),
    lambda v: 0 <= v["o"] < reference.output_size(axis(v, ceil_mode=True), v["H"]),
)

CEIL_SIZE = Obligation(
    "size-ceil",
    "in ceil mode a position is kept iff 0 <= o < ceil(room/S) + 1, less one where that window "
    "would start after the image",
    (FITS, Q < EXTENT),
    sp.Equivalent(_fits, within(0, o, _CEIL)),
    (_kept,),
    tuple(AT_LEAST.at(n=S, x=ROOM, m=m) for m in (o, o - 1, _LAST)),
    wrong=(
        Wrong("the last window never taken back", sp.Equivalent(_fits, within(0, o, _LAST + 1))),
        Wrong("floor for ceil", sp.Equivalent(_fits, within(0, o, sp.floor(ROOM / S) + 1))),
        Wrong(
            "> for >=",
            sp.Equivalent(
                _fits,
                within(0, o, _LAST + 1 - sp.Piecewise((1, S * _LAST > H + P), (0, True))),
            ),
        ),
    ),
)

_TOTAL = sp.Max(0, S * (sp.ceiling(H / S) - 1) + EXTENT - H)


def _same_count(values: Values) -> int:
    spec = Conv((values["K"],), stride=values["S"], dilation=values.get("d", 1), padding="same")
    return reference.output_size(spec.axes((values["H"],))[0], values["H"])


SAME = Obligation(
    "size-same",
    '"same" padding of max(0, S(ceil(H/S) - 1) + d(K-1) + 1 - H) pixels gives ceil(H/S) outputs',
    (),
    sp.Eq(n, sp.ceiling(H / S)),
    (Meaning(n, sp.floor((H + _TOTAL - EXTENT) / S) + 1, _same_count),),
    wrong=(
        Wrong("rounded down", sp.Eq(n, sp.floor(H / S))),
        Wrong("one too many where S divides H", sp.Eq(n, sp.floor(H / S) + 1)),
    ),
)


def _full_count(values: Values) -> int:
    pad = values["d"] * (values["K"] - 1)
    return counted({**values, "P": pad, "Q": pad})


FULL = Obligation(
    "size-full",
    '"full" padding of d(K-1) pixels on each side gives H + d(K-1) outputs at stride 1',
    (),
    sp.Implies(sp.Eq(S, 1), sp.Eq(n, H + EXTENT - 1)),
    (Meaning(n, sp.floor((H + 2 * (EXTENT - 1) - EXTENT) / S) + 1, _full_count),),
    wrong=(
        Wrong("one pixel short", sp.Implies(sp.Eq(S, 1), sp.Eq(n, H + EXTENT - 2))),
        Wrong("dilation forgotten", sp.Implies(sp.Eq(S, 1), sp.Eq(n, H + K - 1))),
    ),
)

OBLIGATIONS = (
    SIZE,
    CHAPTER_SIZE,
    CHAPTER_ACCESS,
    CHAPTER_SIZE_EXACT,
    CEIL_SIZE,
    SAME,
    FULL,
)
