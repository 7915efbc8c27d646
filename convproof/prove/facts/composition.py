"""Two layers as one: the induction step for the size, stride and receptive field of a stack."""

from __future__ import annotations

import sympy as sp

from convproof import reference
from convproof.prove.facts.geometry import H, P, Q, within
from convproof.prove.facts.lemmas import FLOOR_IS, SCALE
from convproof.prove.facts.obligation import Cut, Meaning, Obligation, Values, Wrong
from convproof.spec import Axis

# Extents, strides and padding of the first (composed so far) and of the next layer.
_E1, _E2, _S1, _S2 = sp.symbols("E1 E2 S1 S2", integer=True, positive=True)
_P2, _Q2 = sp.symbols("P2 Q2", integer=True, nonnegative=True)
_o = sp.Symbol("o", integer=True)
_t1, _t2 = sp.symbols("t1 t2", integer=True)
_n2 = sp.Symbol("n2", integer=True)

STRIDE = _S1 * _S2
EXTENT = _E1 + _S1 * (_E2 - 1)
LOW, HIGH = P + _S1 * _P2, Q + _S1 * _Q2

_ROOM1 = H + P + Q - _E1
_ONE = sp.floor(_ROOM1 / _S1) + 1
_ROOM2 = _ONE + _P2 + _Q2 - _E2
_TWO = sp.floor(_ROOM2 / _S2) + 1
_ROOM = sp.expand(H + LOW + HIGH - EXTENT)


def _layers(values: Values) -> tuple[Axis, Axis]:
    return (
        Axis(values["E1"], values["S1"], 1, values["P"], values.get("Q", 0)),
        Axis(values["E2"], values["S2"], 1, values["P2"], values.get("Q2", 0)),
    )


def _size_of_both(values: Values) -> int:
    first, second = _layers(values)
    return reference.output_size(second, reference.output_size(first, values["H"]))


_FLOOR1, _FLOOR2 = sp.floor(_ROOM1 / _S1), sp.floor(_ROOM2 / _S2)

SIZE = Obligation(
    "stack-size",
    "two layers have the output size of one with stride S1*S2, extent E1 + S1(E2 - 1) and padding "
    "P + S1*P2, Q + S1*Q2",
    (_ROOM1 >= 0, _ROOM2 >= 0),
    sp.Eq(_n2, sp.floor(_ROOM / STRIDE) + 1),
    (Meaning(_n2, _TWO, _size_of_both),),
    (
        Cut(sp.And(_S1 * _FLOOR1 <= _ROOM1, _ROOM1 < _S1 * _FLOOR1 + _S1)),
        Cut(sp.And(_S2 * _FLOOR2 <= _ROOM2, _ROOM2 < _S2 * _FLOOR2 + _S2)),
        SCALE.at(c=_S1, x=_S2 * _FLOOR2, y=_ROOM2),
        SCALE.at(c=_S1, x=_ROOM2 + 1, y=_S2 * _FLOOR2 + _S2),
        Cut(sp.And(STRIDE * _FLOOR2 <= _ROOM, _ROOM < STRIDE * _FLOOR2 + STRIDE)),
        FLOOR_IS.at(n=STRIDE, x=_ROOM, m=_FLOOR2),
    ),
    wrong=(
        Wrong("the second stride alone", sp.Eq(_n2, sp.floor(_ROOM / _S2) + 1)),
        Wrong(
            "extents added up",
            sp.Eq(_n2, sp.floor(sp.expand(H + LOW + HIGH - _E1 - _E2 + 1) / STRIDE) + 1),
        ),
        Wrong(
            "the second padding not scaled",
            sp.Eq(_n2, sp.floor(sp.expand(H + P + _P2 + Q + _Q2 - EXTENT) / STRIDE) + 1),
        ),
    ),
)

_FIRST = _S1 * (_S2 * _o + _t2 - _P2) + _t1 - P
_at = sp.Symbol("at", integer=True)
_START = STRIDE * _o - LOW


def _where(values: Values) -> int:
    """The pixel reached through tap t2 of the second layer, then tap t1 of the first."""
    first, second = _layers(values)
    middle = second.stride * values["o"] + values["t2"] - second.pad_lo
    return first.stride * middle + values["t1"] - first.pad_lo


FIELD = Obligation(
    "stack-field",
    "output o of two layers reads only pixels from S1*S2*o - (P + S1*P2) on, E1 + S1(E2 - 1) of "
    "them, the first and the last included",
    (within(0, _t1, _E1), within(0, _t2, _E2)),
    sp.And(
        within(_START, _at, _START + EXTENT),
        sp.Implies(sp.And(sp.Eq(_t1, 0), sp.Eq(_t2, 0)), sp.Eq(_at, _START)),
        sp.Implies(
            sp.And(sp.Eq(_t1, _E1 - 1), sp.Eq(_t2, _E2 - 1)), sp.Eq(_at, _START + EXTENT - 1)
        ),
    ),
    (Meaning(_at, sp.expand(_FIRST), _where),),
    (SCALE.at(c=_S1, x=_t2, y=_E2 - 1), SCALE.at(c=_S1, x=0, y=_t2)),
    wrong=(
        Wrong("extents added up", within(_START, _at, _START + _E1 + _E2 - 1)),
        Wrong("the second stride taken", within(_START, _at, _START + _E1 + _S2 * (_E2 - 1))),
        Wrong("off by one", within(_START, _at, _START + EXTENT - 1)),
    ),
)

OBLIGATIONS = (SIZE, FIELD)
