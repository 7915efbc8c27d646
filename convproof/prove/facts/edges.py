"""The edges of a layer, their ties, groups, and windows that share pixels or miss some."""

from __future__ import annotations

import sympy as sp

from convproof import reference
from convproof.prove.facts.geometry import (
    EXTENT,
    PIXEL,
    TAP,
    H,
    K,
    P,
    Q,
    S,
    axis,
    count_meaning,
    d,
    edges,
    i,
    k,
    k2,
    n,
    o,
    o2,
    position,
    within,
)
from convproof.prove.facts.lemmas import EUCLID, FLOOR_IS, SCALE, SMALL_MULTIPLE
from convproof.prove.facts.obligation import Cut, Meaning, Obligation, Values, Wrong

_OUT = within(0, o, n)
_both = sp.Symbol("both")
_other = sp.Symbol("other")


def _at(out: str, tap: str) -> Meaning:
    """`both`/`other`: the edge (out, tap) exists and ends at pixel i."""
    name, x, t = (_both, o, k) if out == "o" else (_other, o2, k2)
    formula = sp.And(within(0, x, n), within(0, t, K), sp.Eq(position(x, t), i))
    return Meaning(name, formula, lambda v: (v[out], v[tap], v["i"]) in edges(v))


_first, _second = _at("o", "k"), _at("o2", "k2")

ONE_TAP = Obligation(
    "edge-has-one-tap",
    "two edges between the same pixel and the same output carry the same tap: an edge is its "
    "(output, tap) pair",
    (PIXEL, _both, _other, sp.Eq(o, o2)),
    sp.Eq(k, k2),
    (count_meaning(), _first, _second),
    (SMALL_MULTIPLE.at(n=d, m=k - k2),),
    wrong=(
        Wrong("of different outputs too", sp.Eq(k, k2), (PIXEL, _both, _other)),
        Wrong("off by one", sp.Eq(k, k2 + 1)),
    ),
)

COPIES = Obligation(
    "copies-are-outputs",
    "a tap meets each pixel for at most one output: the copies of a weight are its outputs",
    (PIXEL, _both, _other, sp.Eq(k, k2)),
    sp.Eq(o, o2),
    (count_meaning(), _first, _second),
    (SMALL_MULTIPLE.at(n=S, m=o - o2),),
    wrong=(
        Wrong("for different taps too", sp.Eq(o, o2), (PIXEL, _both, _other)),
        Wrong("off by one", sp.Eq(o, o2 - 1)),
    ),
)

# Flat positions in an array of two axes: rows of `W` entries; three and more axes by iteration.
_W = sp.Symbol("W", integer=True, positive=True)
_r, _c, _r2, _c2 = sp.symbols("r c r2 c2", integer=True)
_FLAT = (within(0, _c, _W), within(0, _c2, _W), sp.Eq(_r * _W + _c, _r2 * _W + _c2))


def _flat(values: Values) -> bool:
    """Whether row-major enumeration gives both index pairs the same place, counted."""
    width, rows = values["W"], range(-12, 13)
    places = {(r, c): at for at, (r, c) in enumerate((r, c) for r in rows for c in range(width))}
    first, second = (values["r"], values["c"]), (values["r2"], values["c2"])
    return first in places and second in places and places[first] == places[second]


_same = sp.Symbol("same")

FLAT = Obligation(
    "tie-classes-partition",
    "flat weight numbers r*W + c are equal only for the same index: the tie classes are disjoint, "
    "one for each entry of the kernel, on any number of axes by iteration",
    (*_FLAT[:2], _same),
    sp.And(sp.Eq(_r, _r2), sp.Eq(_c, _c2)),
    (Meaning(_same, _FLAT[2], _flat),),
    (SMALL_MULTIPLE.at(n=_W, m=_r - _r2),),
    wrong=(
        Wrong(
            "indices one past the row",
            sp.Eq(_r, _r2),
            (within(0, _c, _W + 1), within(0, _c2, _W), sp.Eq(_r * _W + _c, _r2 * _W + _c2)),
        ),
        Wrong("off by one", sp.Eq(_r, _r2 + 1)),
    ),
)

_G, _Mg, _Cg = sp.symbols("G Mg Cg", integer=True, positive=True)
_out_channel, _in_channel = sp.symbols("m c", integer=True)
_GROUP = sp.floor(_out_channel / _Mg)
_g = sp.Symbol("g", integer=True)


def _group(values: Values) -> int:
    """The group of an output channel, by dealing the channels out."""
    dealt = [g for g in range(values["G"]) for _ in range(values["Mg"])]
    return dealt[values["m"]]


GROUPS = Obligation(
    "groups",
    "output channel m lies in the block of group floor(m/Mg), one of the G, and the input channels "
    "g*Cg + c of that group are inside 0..G*Cg",
    (within(0, _out_channel, _G * _Mg), within(0, _in_channel, _Cg)),
    sp.And(
        within(0, _g, _G),
        within(0, _g * _Cg + _in_channel, _G * _Cg),
        within(_g * _Mg, _out_channel, _g * _Mg + _Mg),
    ),
    (Meaning(_g, _GROUP, _group),),
    (
        SCALE.at(c=_Mg, x=_G, y=_g),
        Cut(within(0, _g, _G)),
        SCALE.at(c=_Cg, x=_g + 1, y=_G),
        SCALE.at(c=_Cg, x=0, y=_g),
    ),
    wrong=(
        Wrong("input and output widths swapped", within(_g * _Cg, _out_channel, _g * _Cg + _Cg)),
        Wrong("the last group cut off", within(0, _g, _G - 1)),
    ),
)

DISJOINT = Obligation(
    "windows-disjoint",
    "windows whose stride is at least their extent share no pixel",
    (PIXEL, _both, _other, S >= EXTENT),
    sp.Eq(o, o2),
    (count_meaning(), _first, _second),
    (
        SCALE.at(c=d, x=k, y=K - 1),
        SCALE.at(c=d, x=k2, y=K - 1),
        SMALL_MULTIPLE.at(n=S, m=o - o2),
    ),
    wrong=(
        Wrong("stride at least the number of taps", sp.Eq(o, o2), (PIXEL, _both, _other, S >= K)),
        Wrong("off by one", sp.Eq(o, o2), (PIXEL, _both, _other, S >= EXTENT - 1)),
    ),
)

_overlap = sp.Symbol("overlap")


def _pixel_of_both(values: Values) -> bool:
    found = edges(values)
    first = {pixel for out, _, pixel in found if out == values["o"]}
    return bool(first & {pixel for out, _, pixel in found if out == values["o"] + 1})


OVERLAP = Obligation(
    "windows-overlap",
    "two neighbouring windows without dilation and padding share a pixel iff S < K",
    (_OUT, o + 1 < n, sp.Eq(d, 1), sp.Eq(P, 0), sp.Eq(Q, 0)),
    sp.Equivalent(_overlap, S < K),
    (
        count_meaning(),
        # The shared pixel, if there is one, is the second window's first.
        Meaning(_overlap, within(0, S * (o + 1) - S * o, K), _pixel_of_both),
    ),
    wrong=(
        Wrong("<= for <", sp.Equivalent(_overlap, S <= K)),
        Wrong("stride against size", sp.Equivalent(_overlap, S < H)),
    ),
)

_covered = sp.Symbol("covered")
_OWNER = sp.Min(n - 1, sp.floor(i / S))
_END = S * (n - 1) + K


def _is_covered(values: Values) -> bool:
    return values["i"] in {pixel for _, _, pixel in edges(values)}


COVER = Obligation(
    "windows-cover",
    "without dilation and padding, and with S <= K, pixel i lies in window "
    "min(n - 1, floor(i/S)) iff i < S(n - 1) + K: nothing is left out but the tail",
    (PIXEL, K <= H, S <= K, sp.Eq(d, 1), sp.Eq(P, 0), sp.Eq(Q, 0)),
    sp.Equivalent(_covered, i < _END),
    (count_meaning(), Meaning(_covered, within(0, i - S * _OWNER, K), _is_covered)),
    (
        SCALE.at(c=S, x=_OWNER, y=n - 1),
        SCALE.at(c=S, x=n - 1, y=_OWNER),
        SCALE.at(c=S, x=_OWNER, y=sp.floor(i / S)),
        SCALE.at(c=S, x=sp.floor(i / S), y=_OWNER),
    ),
    wrong=(
        Wrong("one pixel more", sp.Equivalent(_covered, i <= _END)),
        Wrong("nothing left over", _covered),
        Wrong(
            "for every stride",
            sp.Equivalent(_covered, i < _END),
            (PIXEL, K <= H, sp.Eq(d, 1), sp.Eq(P, 0), sp.Eq(Q, 0)),
        ),
    ),
)

GAP = Obligation(
    "windows-gap",
    "without dilation and padding, and with S > K, no window holds a pixel with i mod S >= K",
    (PIXEL, _both, S > K, sp.Eq(d, 1), sp.Eq(P, 0), sp.Eq(Q, 0)),
    sp.Mod(i, S) < K,
    (count_meaning(), _first),
    (FLOOR_IS.at(n=S, m=o, x=i), EUCLID.at(c=1, x=i, n=S)),
    wrong=(
        Wrong("off by one", sp.Mod(i, S) < K - 1),
        Wrong(
            "with any dilation",
            sp.Mod(i, S) < K,
            (PIXEL, _both, S > K, sp.Eq(P, 0), sp.Eq(Q, 0)),
        ),
    ),
)

LEFTOVER = Obligation(
    "leftover",
    "pixels from S(n - 1) + d(K - 1) + 1 - P on, fewer than S with their padding, are read by no "
    "output, so their gradient is zero",
    (PIXEL, _both),
    sp.And(i < S * (n - 1) + EXTENT - P, H + Q - (S * (n - 1) + EXTENT - P) < S),
    (count_meaning(), _first),
    (SCALE.at(c=S, x=o, y=n - 1), SCALE.at(c=d, x=k, y=K - 1)),
    wrong=(
        Wrong("one pixel sooner", i < S * (n - 1) + EXTENT - P - 1),
        Wrong("fewer than d", H + Q - (S * (n - 1) + EXTENT - P) < d),
        Wrong("dilation forgotten", i < S * (n - 1) + K - P),
    ),
)

_count = sp.Symbol("divisor", integer=True)
_RIGHT = sp.Min(K, H + P + Q - S * o)


def _divisor(values: Values) -> int:
    return reference.divisor(axis(values, ceil_mode=True), values["H"], values["o"], True)


DIVISOR = Obligation(
    "average-divisor",
    "a window that starts inside the padded image counts min(K, H + P + Q - S*o) positions: tap k "
    "is counted iff it is one of the first so many",
    (sp.Eq(d, 1), o >= 0, S * o < H + P + Q, TAP),
    sp.Equivalent(position() < H + Q, k < _count),
    (Meaning(_count, _RIGHT, _divisor),),
    wrong=(
        Wrong("off by one", sp.Equivalent(position() < H + Q, k <= _count)),
        Wrong("the padding after left out", sp.Equivalent(position() < H, k < _count)),
    ),
)

OBLIGATIONS = (
    ONE_TAP,
    COPIES,
    FLAT,
    GROUPS,
    DISJOINT,
    OVERLAP,
    COVER,
    GAP,
    LEFTOVER,
    DIVISOR,
)
