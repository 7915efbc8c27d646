"""Translation: where shifting the input by a*S shifts the output by a, and where it does not."""

from __future__ import annotations

import numpy as np
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
    a,
    axis,
    count_meaning,
    d,
    edges,
    i,
    k,
    n,
    o,
    position,
    within,
)
from convproof.prove.facts.lemmas import EUCLID, SAME_REST, SCALE
from convproof.prove.facts.obligation import Meaning, Obligation, Values, Wrong

_OUT, _OLD = within(0, o, n), within(0, o - a, n)
_equal = sp.Symbol("equal")
_EQUAL = sp.Implies(within(0, position(o - a), H), within(0, position(), H))


def _terms_agree(values: Values) -> bool:
    """Whether tap k gives output o of the shifted image what it gave output o - a before."""
    size, shift = values["H"], values["a"] * values["S"]
    x = np.arange(1, size + 1)
    moved = np.array([x[j - shift] if 0 <= j - shift < size else 0 for j in range(size)])
    one_tap = (np.arange(values["K"]) == values["k"]).astype(int)[:, None, None]
    before, after = (
        reference.conv(image[None, :, None], one_tap, None, (axis(values),))[0, :, 0]
        for image in (x, moved)
    )
    return bool(after[values["o"]] == before[values["o"] - values["a"]])


_agree = Meaning(_equal, _EQUAL, _terms_agree)
_INSIDE_END, _INSIDE_START = S * o + EXTENT - P <= H, S * o - P >= 0

REGION = Obligation(
    "translation-region",
    "shifted by a*S pixels, output o is the old output o - a, tap by tap, wherever the window of o "
    "stays off the padding on the side the image moves to",
    (_OUT, _OLD, TAP, sp.Or(sp.And(a >= 0, _INSIDE_END), sp.And(a <= 0, _INSIDE_START))),
    _equal,
    (count_meaning(), _agree),
    (SCALE.at(c=d, x=k, y=K - 1), SCALE.at(c=S, x=0, y=a), SCALE.at(c=S, x=a, y=0)),
    wrong=(
        Wrong("everywhere", _equal, (_OUT, _OLD, TAP)),
        Wrong(
            "one pixel into the padding",
            _equal,
            (_OUT, _OLD, TAP, a >= 0, S * o + EXTENT - P <= H + 1),
        ),
        Wrong("the other side", _equal, (_OUT, _OLD, TAP, a >= 0, _INSIDE_START)),
    ),
)

_LOST = sp.Max(0, H + P - S * o)  # the first tap beyond the image's end

EXACT = Obligation(
    "translation-nowhere-else",
    "for 1 <= a, a*S <= H, Q < K and no dilation, every output whose window does reach past the "
    "end has a tap that loses its pixel: the region is exact",
    (
        _OUT,
        _OLD,
        a >= 1,
        a * S <= H,
        Q < K,
        sp.Eq(d, 1),
        S * o + K - P > H,
        sp.Eq(k, _LOST),
    ),
    sp.And(TAP, sp.Not(_equal)),
    (count_meaning(), _agree),
    wrong=(
        Wrong(
            "wherever the window touches the last pixel",
            sp.Not(_equal),
            (_OUT, _OLD, TAP, a >= 1, sp.Eq(d, 1), S * o + K - P >= H, sp.Eq(k, _LOST - 1)),
        ),
        Wrong(
            "for shifts off the image too",
            sp.Not(_equal),
            (_OUT, _OLD, TAP, a >= 1, Q < K, sp.Eq(d, 1), S * o + K - P > H, sp.Eq(k, _LOST)),
        ),
    ),
)

_N = sp.Symbol("N", integer=True, positive=True)  # outputs of a circular layer: H = S*N
_pixel = sp.Symbol("pixel", integer=True)
_NEW = sp.Mod(position() - a * S, S * _N)


def _circular(values: Values) -> int:
    """The pixel that old output (o - a) mod N reads through tap k, wrapped by the reference."""
    out = (values["o"] - values["a"]) % values["N"]
    where = values["S"] * out + values["d"] * values["k"] - values["P"]
    pixel = reference.source(where, values["S"] * values["N"], "circular")
    assert pixel is not None  # circular padding has no zeros
    return pixel


CIRCULAR = Obligation(
    "translation-circular",
    "with circular padding and H = S*N, output o of the image shifted by a*S reads the pixels of "
    "the old output (o - a) mod N: equivariant everywhere",
    (TAP,),
    sp.Eq(_pixel, _NEW),
    (Meaning(_pixel, sp.Mod(position(sp.Mod(o - a, _N)), S * _N), _circular),),
    (
        EUCLID.at(c=S, x=o - a, n=_N),
        SAME_REST.at(
            n=S * _N,
            x=position(sp.Mod(o - a, _N)),
            y=position() - a * S,
            m=-sp.floor((o - a) / _N),
        ),
    ),
    wrong=(
        Wrong("shifted by a", sp.Eq(_pixel, sp.Mod(position() - a, S * _N))),
        Wrong("shifted the other way", sp.Eq(_pixel, sp.Mod(position() + a * S, S * _N))),
    ),
)

_read = sp.Symbol("read")

LOCAL = Obligation(
    "locality",
    "output o reads pixel i only if S*o - P <= i < S*o - P + d(K-1) + 1",
    (PIXEL, _read),
    within(S * o - P, i, S * o - P + EXTENT),
    (
        count_meaning(),
        Meaning(
            _read,
            sp.And(_OUT, TAP, sp.Eq(position(), i)),
            lambda v: (v["o"], v["k"], v["i"]) in edges(v),
        ),
    ),
    (SCALE.at(c=d, x=k, y=K - 1), SCALE.at(c=d, x=0, y=k)),
    wrong=(
        Wrong("one pixel less", within(S * o - P, i, S * o - P + EXTENT - 1)),
        Wrong("dilation forgotten", within(S * o - P, i, S * o - P + K)),
        Wrong("stride forgotten", within(o - P, i, o - P + EXTENT)),
    ),
)

_t = sp.Symbol("t", integer=True)  # a shift of any size
_stays = sp.Symbol("stays")


def _same_window(values: Values) -> bool:
    """Whether pixels i and i + t lie in one window, by listing windows of S = K pixels."""
    windows = [set(range(w * values["S"], (w + 1) * values["S"])) for w in range(-14, 15)]
    return any({values["i"], values["i"] + values["t"]} <= window for window in windows)


SAME_WINDOW = Obligation(
    "same-window",
    "with window = stride = S, a shift by t keeps pixel i in its window iff 0 <= (i mod S) + t < S",
    (),
    sp.Equivalent(_stays, within(0, sp.Mod(i, S) + _t, S)),
    (Meaning(_stays, sp.Eq(sp.floor((i + _t) / S), sp.floor(i / S)), _same_window),),
    wrong=(
        Wrong("every small shift", _stays, (_t > -S, _t < S)),
        Wrong(
            "<= for <",
            sp.Equivalent(_stays, sp.And(sp.Mod(i, S) + _t >= 0, sp.Mod(i, S) + _t <= S)),
        ),
    ),
)

OBLIGATIONS = (REGION, EXACT, CIRCULAR, LOCAL, SAME_WINDOW)
