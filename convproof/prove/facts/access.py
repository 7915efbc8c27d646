"""Every access in bounds, gather form = scatter form, and the edges of a layer with their ties."""

from __future__ import annotations

import sympy as sp

from convproof.lower.closed import span_form, taps_form
from convproof.prove.facts.geometry import (
    PIXEL,
    TAP,
    H,
    K,
    P,
    Q,
    S,
    Values,
    count_meaning,
    d,
    edges,
    i,
    k,
    n,
    o,
    position,
    tap_edges,
    within,
)
from convproof.prove.facts.lemmas import AT_LEAST, AT_MOST, EUCLID, FLOOR_IS, SCALE
from convproof.prove.facts.obligation import Cut, Meaning, Obligation, Wrong

_reads = sp.Symbol("reads")
_m = sp.Symbol("m", integer=True)
_OUT = within(0, o, n)

PADDED_ACCESS = Obligation(
    "access-padded",
    "every output position reads the padded input inside its bounds -P <= i < H + Q",
    (_OUT, TAP),
    within(-P, position(), H + Q),
    (count_meaning(),),
    wrong=(
        Wrong("one output too many", within(-P, position(), H + Q), (sp.And(o >= 0, o <= n), TAP)),
        Wrong("one tap too many", within(-P, position(), H + Q), (_OUT, within(0, k, K + 1))),
        Wrong("the padding after forgotten", within(-P, position(), H)),
    ),
)

# The slices that the generated code takes for a tap: read from the text that it runs.
SLICES = span_form(offset=d * k - P, stride=S, coarse=n, fine=H)
LOW, HIGH = SLICES.lo, SLICES.hi
_READS = sp.And(_OUT, within(0, position(), H))


def _is_read(values: Values) -> bool:
    return (values["o"], values["k"]) in {(out, tap) for out, tap, _ in edges(values)}


SLICE = Obligation(
    "slice-outputs",
    "tap k reads a pixel for exactly the outputs max(0, ceil((P - dk)/S)) <= o < "
    "min(n, floor((H - 1 + P - dk)/S) + 1)",
    (TAP,),
    sp.Equivalent(_reads, within(LOW, o, HIGH)),
    (count_meaning(), Meaning(_reads, _READS, _is_read)),
    (AT_LEAST.at(n=S, m=o, x=P - d * k), AT_MOST.at(n=S, m=o, x=H - 1 + P - d * k)),
    wrong=(
        Wrong(
            "the start rounded down",
            sp.Equivalent(_reads, within(sp.Max(0, sp.floor((P - d * k) / S)), o, HIGH)),
        ),
        Wrong("<= for <", sp.Equivalent(_reads, sp.And(o >= LOW, o <= HIGH))),
        Wrong(
            "stride and dilation swapped",
            sp.Equivalent(_reads, within(sp.Max(0, sp.ceiling((P - S * k) / d)), o, HIGH)),
        ),
    ),
)

FIRST_TAP, LAST_TAP = taps_form(offset=-P, gap=d, stride=S, taps=K, coarse=n, fine=H)

IN_REACH = Obligation(
    "taps-in-reach",
    "a tap that reads a pixel for some output is one of those that are looked at, from "
    "max(0, ceil((P - S(n - 1))/d)) to before min(K, floor((H - 1 + P)/d) + 1)",
    (TAP, _reads),
    within(FIRST_TAP, k, LAST_TAP),
    (count_meaning(), Meaning(_reads, _READS, _is_read)),
    (
        SCALE.at(c=S, x=o, y=n - 1),
        SCALE.at(c=S, x=0, y=o),
        AT_LEAST.at(n=d, m=k, x=P - S * (n - 1)),
        AT_MOST.at(n=d, m=k, x=H - 1 + P),
    ),
    wrong=(
        Wrong("one tap later", within(FIRST_TAP + 1, k, LAST_TAP)),
        Wrong("one tap sooner", within(FIRST_TAP, k, LAST_TAP - 1)),
        Wrong("by the first output alone", within(sp.Max(0, sp.ceiling(P / d)), k, LAST_TAP)),
    ),
)

_start, _stop = sp.symbols("start stop", integer=True)
_LENGTH = sp.floor((_stop - 1 - _start) / SLICES.step) + 1


def _pixels(values: Values) -> list[int]:
    """The pixels that tap k reads, in order."""
    return sorted(pixel for _, tap, pixel in edges(values) if tap == values["k"])


SLICE_INPUT = Obligation(
    "slice-inputs",
    "where tap k reads anything, the input slice start:stop:S stays in 0..H and is as long as the "
    "output slice",
    (TAP, _m > 0),
    sp.And(_start >= 0, _start < _stop, _stop <= H, sp.Eq(_LENGTH, _m)),
    (
        count_meaning(),
        Meaning(_m, sp.Max(0, HIGH - LOW), tap_edges),
        Meaning(_start, SLICES.start, lambda v: min(_pixels(v), default=0)),
        Meaning(_stop, SLICES.stop, lambda v: max(_pixels(v), default=-1) + 1),
    ),
    (
        AT_LEAST.at(n=S, m=LOW, x=P - d * k),
        AT_MOST.at(n=S, m=HIGH - 1, x=H - 1 + P - d * k),
        Cut(sp.ceiling((P - d * k) / S) <= LOW),
        Cut(sp.floor((H - 1 + P - d * k) / S) >= HIGH - 1),
        Cut(LOW <= HIGH - 1),
        SCALE.at(c=S, x=LOW, y=HIGH - 1),
    ),
    wrong=(
        Wrong("one element too many", sp.Eq(_LENGTH + 1, _m)),
        Wrong("the stop before the last pixel", _stop < H),
        Wrong("the start after the first pixel", _start > 0),
    ),
)

_GATHERED = sp.floor((i + P - d * k) / S)


def _is_edge(values: Values) -> bool:
    return (values["o"], values["k"], values["i"]) in edges(values)


_edge = Meaning(_reads, sp.And(_OUT, sp.Eq(position(), i)), _is_edge)


def _gather(offset: sp.Expr, step: sp.Expr) -> sp.Basic:
    quotient = sp.floor(offset / step)
    return sp.And(sp.Eq(sp.Mod(offset, step), 0), sp.Eq(o, quotient), within(0, quotient, n))


GATHER = Obligation(
    "gather-is-scatter",
    "output o reaches pixel i through tap k (scatter form) iff S divides i + P - dk and o is the "
    "quotient, in range (gather form)",
    (PIXEL, TAP),
    sp.Equivalent(_reads, _gather(i + P - d * k, S)),
    (count_meaning(), _edge),
    (FLOOR_IS.at(n=S, m=o, x=i + P - d * k), EUCLID.at(c=1, x=i + P - d * k, n=S)),
    wrong=(
        Wrong(
            "divisibility forgotten",
            sp.Equivalent(_reads, sp.And(sp.Eq(o, _GATHERED), within(0, _GATHERED, n))),
        ),
        Wrong("stride and dilation swapped", sp.Equivalent(_reads, _gather(i + P - S * k, d))),
        Wrong("padding with the wrong sign", sp.Equivalent(_reads, _gather(i - P - d * k, S))),
        Wrong(
            "<= for <",
            sp.Equivalent(
                _reads,
                sp.And(
                    sp.Eq(sp.Mod(i + P - d * k, S), 0),
                    sp.Eq(o, _GATHERED),
                    _GATHERED >= 0,
                    n >= _GATHERED,
                ),
            ),
        ),
    ),
)

_meets = sp.Symbol("meets")
_FIRST = sp.Max(0, sp.ceiling((i + P - K + 1) / S))
_LAST = sp.Min(n - 1, sp.floor((i + P) / S))

GATHER_BOUNDS = Obligation(
    "gather-bounds",
    "without dilation, pixel i lies in the windows max(0, ceil((i + P - K + 1)/S)) <= o <= "
    "min(n - 1, floor((i + P)/S)) and in no other",
    (PIXEL, sp.Eq(d, 1)),
    sp.Equivalent(_meets, sp.And(o >= _FIRST, o <= _LAST)),
    (
        count_meaning(),
        Meaning(
            _meets,
            sp.And(_OUT, within(0, i + P - S * o, K)),
            lambda v: (v["o"], v["i"]) in {(out, pixel) for out, _, pixel in edges(v)},
        ),
    ),
    (AT_LEAST.at(n=S, m=o, x=i + P - K + 1), AT_MOST.at(n=S, m=o, x=i + P)),
    wrong=(
        Wrong("< for <=", sp.Equivalent(_meets, sp.And(o >= _FIRST, o < _LAST))),
        Wrong(
            "off by one at the start",
            sp.Equivalent(_meets, sp.And(sp.Max(0, sp.ceiling((i + P - K) / S)) <= o, o <= _LAST)),
        ),
    ),
)

OBLIGATIONS = (PADDED_ACCESS, SLICE, IN_REACH, SLICE_INPUT, GATHER, GATHER_BOUNDS)
