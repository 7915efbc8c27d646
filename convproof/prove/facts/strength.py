"""Whether an obligation says as much as its sentence: points that its formulas must tell apart.

A conclusion that is true and too weak is proved as readily as the right one.  So each obligation
has points, written down apart from its formulas, at which its conclusion has to be false, and
points that its hypotheses have to admit; the named parts are free there.

A named part of another meaning would change the sentence unseen.  So there are points at which
what it comes to is written down, as it was counted: its formula has to give that number, and so
has what the reference counts, which may not be a formula itself.
"""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import FrameType
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof.prove.facts.obligation import Meaning, Obligation

SYMPY = str(Path(sp.__file__).parent)


@dataclass
class Planted:
    """`says`: the sentence that the points were written for, word for word.

    `never`: where the conclusion must fail; `admits`: where every hypothesis must hold; `means`:
    what the named parts come to.  A point is written "H=3 K=2 fits=1"; 0 and 1 stand for the truth
    of a named part.
    """

    says: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    admits: list[str] = field(default_factory=list)
    means: list[str] = field(default_factory=list)


@functools.cache
def planted() -> dict[str, Planted]:
    """The points of every obligation, from the file beside this one."""
    text = resources.files("convproof.prove.facts").joinpath("planted.txt").read_text("utf-8")
    found: dict[str, Planted] = {}
    points = Planted()
    for line in text.splitlines():
        if line.startswith("  "):
            kind, _, at = line.strip().partition(" ")
            getattr(points, kind).append(at)
        elif line and not line.startswith("#"):
            found[line] = points = Planted()
    return found


def doubts(item: Obligation) -> list[str]:
    """Why `item` may say less than its sentence; nothing if it tells all its points apart."""
    points = planted().get(item.id)
    if points is None or not points.never or not points.admits:
        return ["no points are planted"]
    if points.says != [item.statement]:
        return ["its sentence is not the one that its points were written for"]
    allowed = [f"the conclusion allows {at}" for at in points.never if not _fails(item, at)]
    allowed += [f"{at} is not admitted" for at in points.admits if not _admits(item, at)]
    return [*allowed, *misread(item.meanings, tuple(points.means))]


@functools.cache
def misread(meanings: tuple[Meaning, ...], points: tuple[str, ...]) -> tuple[str, ...]:
    """Which named parts mean something else than is written down, and where."""
    spelled = Obligation("", "", (), sp.true, meanings).spelled
    found: list[str] = []
    for meaning in meanings:
        name, formula = str(meaning.name), spelled(meaning.name)
        told = [at for at in map(numbers, points) if name in at]
        if not told:
            found.append(f"it is not written down what {name} means")
        for at in told:
            said = formula.xreplace({s: sp.Integer(at[str(s)]) for s in formula.free_symbols})
            if sp.sympify(at[name] if said.is_Integer else bool(at[name])) != said:
                found.append(f"{name} is {said}, and not {at[name]}, at {at}")
            counted, computed = watched(meaning, at)
            if counted != at[name]:
                found.append(f"{name} is counted as {counted}, and not {at[name]}, at {at}")
            if computed:
                found.append(f"{name} is not counted: a formula is computed")
    return tuple(found)


def numbers(at: str) -> dict[str, int]:
    """A written point."""
    pairs = (part.partition("=") for part in at.split())
    return {name: int(number) for name, _, number in pairs}


def watched(meaning: Meaning, at: dict[str, int]) -> tuple[int, bool]:
    """What is counted there, and whether SymPy had a part in it: then a formula was computed."""
    seen: list[str] = []

    def called(frame: FrameType, event: str, arg: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith((SYMPY, "<lambdify")):
            seen.append(frame.f_code.co_name)

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        counted: object = meaning.counted(at)
    finally:
        sys.setprofile(before)
    if not isinstance(counted, int):  # SymPy's own, that is
        return 0, True
    return int(counted), bool(seen)


def _fails(item: Obligation, at: str) -> bool:
    return value(item.conclusion, point(item, at)) is False


def _admits(item: Obligation, at: str) -> bool:
    """What the symbols are assumed to be, those of named parts too, is a hypothesis like others."""
    where, numbered = point(item, at), numbers(at)
    spelled = (sp.sympify(f).free_symbols for f in (*item.assumed(), item.claim()))
    allowed = all(
        getattr(sp.Integer(numbered[str(symbol)]), f"is_{said}") in (true, None)
        for symbol in set().union(*spelled)
        if str(symbol) in numbered
        for said, true in symbol.assumptions0.items()
    )
    return allowed and all(value(formula, where) is True for formula in item.hypotheses)


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
