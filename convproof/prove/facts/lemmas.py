"""The few facts of integer arithmetic that carry the nonlinear steps, each proved by itself."""

from __future__ import annotations

import sympy as sp

from convproof.prove.facts.obligation import Lemma

_n = sp.Symbol("n", integer=True, positive=True)
_c = sp.Symbol("c", integer=True, nonnegative=True)
_x, _y, _m = sp.symbols("x y m", integer=True)

FLOOR_IS = Lemma(
    "floor-is",
    sp.Implies(sp.And(_n * _m <= _x, _x < _n * _m + _n), sp.Eq(sp.floor(_x / _n), _m)),
)
SMALL_MULTIPLE = Lemma(
    "small-multiple", sp.Implies(sp.And(-_n < _n * _m, _n * _m < _n), sp.Eq(_m, 0))
)
SAME_REST = Lemma(
    "same-rest",
    sp.Implies(sp.Eq(_x - _y, _n * _m), sp.Eq(sp.Mod(_x, _n), sp.Mod(_y, _n))),
    (SMALL_MULTIPLE.at(n=_n, m=sp.floor(_x / _n) - sp.floor(_y / _n) - _m),),
)
SCALE = Lemma("scale", sp.Implies(_x <= _y, _c * _x <= _c * _y))
AT_LEAST = Lemma("at-least", sp.Equivalent(_m >= sp.ceiling(_x / _n), _n * _m >= _x))
AT_MOST = Lemma("at-most", sp.Equivalent(_m <= sp.floor(_x / _n), _n * _m <= _x))
EUCLID = Lemma("euclid", sp.Eq(_c * sp.Mod(_x, _n), _c * _x - _c * _n * sp.floor(_x / _n)))
LEMMAS = (FLOOR_IS, SAME_REST, SCALE, AT_LEAST, AT_MOST, EUCLID, SMALL_MULTIPLE)
