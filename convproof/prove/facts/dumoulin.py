"""The 15 relationships of Dumoulin and Visin's guide to convolution arithmetic.

"A guide to convolution arithmetic for deep learning", arXiv:1603.07285v2, by their numbers.
Their i, k, s, p, o are H, K, S, P, n here.  Where the guide leaves a condition unsaid (the kernel
fits: K <= H + 2P; the transposed padding exists: P <= K - 1) it is a hypothesis here, and leaving
it out is among the planted mistakes that must be refused.

A transposed convolution (8-14) is stated in full: the stretched and padded direct convolution that
the guide describes has the size the guide gives, that size is the original input's, and its
edges are exactly those of the original convolution, tap by tap.
"""

from __future__ import annotations

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof import reference
from convproof.prove.facts.geometry import H, K, P, S, Values, counted, d, edges, k, o, within
from convproof.prove.facts.geometry import i as q
from convproof.prove.facts.lemmas import EUCLID, FLOOR_IS
from convproof.prove.facts.obligation import Cut, Meaning, Obligation, Wrong
from convproof.spec import Axis

n = sp.Symbol("n", integer=True)  # o in the guide
_h = sp.Symbol("h", integer=True, nonnegative=True)  # half of an odd kernel
_room = H + 2 * P - d * (K - 1) - 1
_size = Meaning(n, sp.Max(0, sp.floor((H + 2 * P - K) / S) + 1), counted)
_fitting = Meaning(n, sp.floor((H + 2 * P - K) / S) + 1, counted)  # where the kernel fits
_dilated = Meaning(n, sp.Max(0, sp.floor(_room / S) + 1), counted)

_unit = (sp.Eq(S, 1),)
_bare = sp.Eq(P, 0)
_fits = K <= H + 2 * P


def _forward(
    number: int,
    says: str,
    hypotheses: tuple[Boolean, ...],
    conclusion: Boolean,
    *wrong: Wrong,
    cuts: tuple[Cut, ...] = (),
    meanings: tuple[Meaning, ...] = (_size,),
) -> Obligation:
    return Obligation(
        f"dumoulin-visin-{number}", says, hypotheses, conclusion, meanings, cuts, tuple(wrong)
    )


_ANY = sp.floor((H + 2 * P - K) / S) + 1
_NO_PAD = sp.floor((H - K) / S) + 1
_a = sp.Symbol("a", integer=True)  # how much larger another input of the same output size is
_n2 = sp.Symbol("n2", integer=True)  # its output size


def _of_larger(values: Values) -> int:
    """Counted outputs of an input of H + a pixels; 0 where there are no pixels."""
    pixels = values["H"] + values.get("a", 0)
    return counted({**values, "H": pixels}) if pixels > 0 else 0


_larger = Meaning(_n2, sp.Max(0, sp.floor((H + _a + 2 * P - K) / S) + 1), _of_larger)
_SAME_SIZE = sp.Implies(sp.And(sp.Eq(sp.Mod(H + 2 * P - K, S), 0), _a >= 0, _a < S), sp.Eq(_n2, n))

_HALF = (Cut(sp.Eq(P, _h)), FLOOR_IS.at(n=S, x=H + 2 * P - K, m=H - 1))

FORWARD = (
    _forward(
        1,
        "s = 1, p = 0: o = (i - k) + 1",
        (*_unit, _bare, K <= H),
        sp.Eq(n, H - K + 1),
        Wrong("off by one", sp.Eq(n, H - K)),
        Wrong("a kernel larger than the input", sp.Eq(n, H - K + 1), (*_unit, _bare)),
    ),
    _forward(
        2,
        "s = 1: o = (i - k) + 2p + 1",
        (*_unit, _fits),
        sp.Eq(n, H - K + 2 * P + 1),
        Wrong("p for 2p", sp.Eq(n, H - K + P + 1)),
        Wrong("any stride", sp.Eq(n, H - K + 2 * P + 1), (_fits,)),
    ),
    _forward(
        3,
        "k = 2n + 1, s = 1, p = floor(k/2) = n: o = i",
        (*_unit, sp.Eq(K, 2 * _h + 1), sp.Eq(P, sp.floor(K / 2))),
        sp.And(sp.Eq(n, H), sp.Eq(P, _h)),
        Wrong("k even", sp.Eq(n, H), (*_unit, sp.Eq(P, sp.floor(K / 2)))),
        Wrong("off by one", sp.Eq(n, H + 1)),
        cuts=_HALF,
    ),
    _forward(
        4,
        "p = k - 1, s = 1: o = i + (k - 1)",
        (*_unit, sp.Eq(P, K - 1)),
        sp.Eq(n, H + K - 1),
        Wrong("one less", sp.Eq(n, H + K - 2)),
        Wrong("p = k", sp.Eq(n, H + K - 1), (*_unit, sp.Eq(P, K))),
    ),
    _forward(
        5,
        "p = 0: o = floor((i - k)/s) + 1",
        (_bare, K <= H),
        sp.Eq(n, _NO_PAD),
        Wrong("rounded up", sp.Eq(n, sp.ceiling((H - K) / S) + 1)),
        Wrong("the + 1 inside", sp.Eq(n, sp.floor((H - K + 1) / S))),
    ),
    _forward(
        6,
        "o = floor((i + 2p - k)/s) + 1; and where s divides i + 2p - k, inputs of i + a pixels, "
        "a in 0..s-1, have the same o",
        (_fits,),
        sp.And(sp.Eq(n, _ANY), _SAME_SIZE),
        Wrong("a kernel larger than the padded input", sp.Eq(n, _ANY), ()),
        Wrong("p for 2p", sp.Eq(n, sp.floor((H + P - K) / S) + 1)),
        Wrong(
            "a up to s",
            sp.Implies(
                sp.And(sp.Eq(sp.Mod(H + 2 * P - K, S), 0), _a >= 0, _a <= S),
                sp.Eq(_n2, n),
            ),
        ),
        meanings=(_size, _larger),
        cuts=(
            EUCLID.at(c=1, x=H + 2 * P - K, n=S),
            FLOOR_IS.at(n=S, m=_ANY - 1, x=H + _a + 2 * P - K),
        ),
    ),
    _forward(
        7,
        "pooling: o = floor((i - k)/s) + 1",
        (_bare, K <= H),
        sp.Eq(n, _NO_PAD),
        Wrong("the stride taken for the window", sp.Eq(n, sp.floor((H - S) / K) + 1)),
        Wrong("ceil mode", sp.Eq(n, sp.ceiling((H - K) / S) + 1)),
    ),
)

# -- transposed: the direct convolution over the stretched input -------------------------------

_t = sp.Symbol("t", integer=True)  # o' in the guide
_edge = sp.Symbol("edge")
_PAD = K - P - 1
_EXTRA = sp.Mod(H + 2 * P - K, S)  # a in the guide


def _outputs(values: Values) -> int:
    """Counted outputs of the direct convolution over the stretched and padded input."""
    pad = values["K"] - values.get("P", 0) - 1
    step = values.get("S", 1)
    extra = (values["H"] + 2 * values.get("P", 0) - values["K"]) % step
    if pad < 0:
        return -1  # no such convolution
    stretched = step * (counted(values) - 1) + 1
    return reference.output_size(Axis(values["K"], 1, 1, pad, pad + extra), stretched)


def _is_edge(values: Values) -> bool:
    return (values["o"], values["k"], values["i"]) in edges(values)


# Output q of the direct convolution reads, through the flipped tap K - 1 - k, the stretched cell:
_CELL = q + (K - 1 - k) - _PAD
_SAME_EDGES = sp.Equivalent(
    _edge, sp.And(sp.Eq(sp.Mod(_CELL, S), 0), sp.Eq(o, sp.floor(_CELL / S)))
)
_DOMAIN = (within(0, q, H), within(0, k, K), within(0, o, n))


def _transposed(
    number: int,
    says: str,
    hypotheses: tuple[Boolean, ...],
    size: sp.Expr,
    *wrong: Wrong,
    cuts: tuple[Cut, ...] = (),
) -> Obligation:
    outputs = Meaning(_t, (S * (n - 1) + 1) + 2 * _PAD + _EXTRA - K + 1, _outputs)
    edge = Meaning(_edge, sp.And(within(0, o, n), sp.Eq(q, S * o + k - P)), _is_edge)
    return Obligation(
        f"dumoulin-visin-{number}",
        says,
        (_fits, P <= K - 1, *hypotheses, *_DOMAIN),
        sp.And(sp.Eq(_t, size), sp.Eq(_t, H), _SAME_EDGES),
        (_fitting, outputs, edge),
        (
            *cuts,
            EUCLID.at(c=1, x=H + 2 * P - K, n=S),
            EUCLID.at(c=1, x=_CELL, n=S),
            FLOOR_IS.at(n=S, m=o, x=_CELL),
        ),
        (*wrong, Wrong("edges of the unflipped kernel", _flipped_wrongly())),
    )


def _flipped_wrongly() -> Boolean:
    cell = q + k - _PAD
    return sp.Equivalent(_edge, sp.And(sp.Eq(sp.Mod(cell, S), 0), sp.Eq(o, sp.floor(cell / S))))


_one = sp.Eq(S, 1)
_whole = sp.Eq(_EXTRA, 0)
TRANSPOSED = (
    _transposed(
        8,
        "s = 1, p = 0: k' = k, s' = 1, p' = k - 1, and o' = i' + (k - 1)",
        (_one, _bare),
        n + K - 1,
        Wrong("off by one", sp.Eq(_t, n + K)),
    ),
    _transposed(
        9,
        "s = 1: k' = k, s' = 1, p' = k - p - 1, and o' = i' + (k - 1) - 2p",
        (_one,),
        n + K - 1 - 2 * P,
        Wrong("p for 2p", sp.Eq(_t, n + K - 1 - P)),
    ),
    _transposed(
        10,
        "k = 2n + 1, s = 1, p = floor(k/2) = n: k' = k, s' = 1, p' = p, and o' = i'",
        (_one, sp.Eq(K, 2 * _h + 1), sp.Eq(P, sp.floor(K / 2))),
        n,
        Wrong("off by one", sp.Eq(_t, n + 1)),
        cuts=_HALF,
    ),
    _transposed(
        11,
        "s = 1, p = k - 1: k' = k, s' = 1, p' = 0, and o' = i' - (k - 1)",
        (_one, sp.Eq(P, K - 1)),
        n - (K - 1),
        Wrong("added for taken away", sp.Eq(_t, n + K - 1)),
    ),
    _transposed(
        12,
        "p = 0, s divides i - k: stretched by s - 1 zeros, k' = k, s' = 1, p' = k - 1, and "
        "o' = s(i' - 1) + k",
        (_bare, _whole),
        S * (n - 1) + K,
        Wrong("s i' + k", sp.Eq(_t, S * n + K)),
    ),
    _transposed(
        13,
        "s divides i + 2p - k: stretched by s - 1 zeros, k' = k, s' = 1, p' = k - p - 1, and "
        "o' = s(i' - 1) + k - 2p",
        (_whole,),
        S * (n - 1) + K - 2 * P,
        Wrong(
            "divisibility forgotten",
            sp.Eq(_t, S * (n - 1) + K - 2 * P),
            (_fits, P <= K - 1, *_DOMAIN),
        ),
    ),
    _transposed(
        14,
        "with a = (i + 2p - k) mod s more zeros at the end: k' = k, s' = 1, p' = k - p - 1, and "
        "o' = s(i' - 1) + a + k - 2p",
        (),
        S * (n - 1) + _EXTRA + K - 2 * P,
        Wrong("a forgotten", sp.Eq(_t, S * (n - 1) + K - 2 * P)),
    ),
)

_DILATED = sp.floor((H + 2 * P - K - (K - 1) * (d - 1)) / S) + 1
DILATION = _forward(
    15,
    "dilation d: o = floor((i + 2p - k - (k - 1)(d - 1))/s) + 1",
    (K + (K - 1) * (d - 1) <= H + 2 * P,),
    sp.Eq(n, _DILATED),
    Wrong(
        "d for d - 1",
        sp.Eq(n, sp.floor((H + 2 * P - K - (K - 1) * d) / S) + 1),
    ),
    Wrong("k for k - 1", sp.Eq(n, sp.floor((H + 2 * P - K - K * (d - 1)) / S) + 1)),
    Wrong("stride and dilation swapped", sp.Eq(n, _DILATED.subs({S: d, d: S}, simultaneous=True))),
    meanings=(_dilated,),
)

OBLIGATIONS = (*FORWARD, *TRANSPOSED, DILATION)
