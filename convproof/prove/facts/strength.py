"""Whether an obligation says as much as its sentence: points that its formulas must tell apart.

A conclusion that is true and too weak is proved as readily as the right one.  So each obligation
has points, written down apart from its formulas, at which its conclusion has to be false, and
points that its hypotheses have to admit; the named parts are free there.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof.prove.facts.obligation import Obligation


@dataclass
class Planted:
    """`never`: where the conclusion must fail; `admits`: where every hypothesis must hold.

    A point is written "H=3 K=2 fits=1"; 0 and 1 stand for the truth of a named part.
    """

    never: list[str] = field(default_factory=list)
    admits: list[str] = field(default_factory=list)


@functools.cache
def planted() -> dict[str, Planted]:
    """The points of every obligation, from the file beside this one."""
    text = resources.files("convproof.prove.facts").joinpath("planted.txt").read_text("utf-8")
    found: dict[str, Planted] = {}
    points = Planted()
    for line in text.splitlines():
        if line.startswith("  "):
            kind, _, at = line.strip().partition(" ")
            {"never": points.never, "admits": points.admits}[kind].append(at)
        elif line and not line.startswith("#"):
            found[line] = points = Planted()
    return found


def doubts(item: Obligation) -> list[str]:
    """Why `item` may say less than its sentence; nothing if it tells all its points apart."""
    points = planted().get(item.id)
    if points is None or not points.never or not points.admits:
        return ["no points are planted"]
    allowed = [f"the conclusion allows {at}" for at in points.never if not _fails(item, at)]
    return [*allowed, *(f"{at} is not admitted" for at in points.admits if not _admits(item, at))]


def _fails(item: Obligation, at: str) -> bool:
    return value(item.conclusion, point(item, at)) is False


def _admits(item: Obligation, at: str) -> bool:
    where = point(item, at)
    return all(value(formula, where) is True for formula in item.hypotheses)


def named(item: Obligation) -> dict[str, sp.Symbol]:
    """Every symbol of an obligation's own formulas by name, named parts included."""
    formulas = (*item.hypotheses, item.conclusion)
    return {str(s): s for f in formulas for s in sp.sympify(f).free_symbols}


def point(item: Obligation, at: str) -> dict[sp.Basic, Any]:
    """A written point as values of the symbols; those that do not occur are left out."""
    symbols = named(item)
    found: dict[sp.Basic, Any] = {}
    for part in at.split():
        name, _, number = part.partition("=")
        if name in symbols:
            symbol = symbols[name]
            found[symbol] = sp.Integer(int(number)) if symbol.is_integer else sp.S(number != "0")
    return found


def value(formula: Boolean, where: dict[sp.Basic, Any]) -> bool | None:
    """The truth of `formula` there; None if a symbol is left free, or a divisor is zero."""
    said = sp.sympify(formula).xreplace(where)
    if said in (sp.true, sp.false):
        return bool(said)
    return None
