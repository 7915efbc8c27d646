"""The SMT-LIB text says what the SymPy formula says, or is refused."""

import itertools

import pytest
import sympy as sp

from convproof.errors import DerivationError
from convproof.prove.smt.text import Script

z3 = pytest.importorskip("z3")

n = sp.Symbol("n", integer=True, positive=True)
x, y = sp.symbols("x y", integer=True)

FORMULAS = [
    sp.Le(sp.floor((x + y) / n), 1),
    sp.Eq(sp.ceiling(x / n), y),
    sp.Lt(sp.Mod(x - y, n), 2),
    sp.Ne(sp.Max(x, y, 1), sp.Min(2, y)),
    sp.Implies(x > y, sp.Or(sp.Eq(x, 1), sp.Not(y < 0))),
    sp.Equivalent(x >= y, n > 2),
    sp.Ge(sp.Piecewise((x, y > 0), (-x, True)), x**2 - 3),
    sp.floor(x / n) <= y,  # SymPy rewrites this one without the floor
    sp.Eq(sp.floor(x / 2), y),
    sp.Eq(sp.Piecewise((x, y > 1), (n, y > 0), (-x, True)), 1),  # cases that overlap
    sp.And(sp.Gt(x * y, n - 3), sp.Or(x > 0, sp.Ge(sp.Min(x, y), -2))),
]


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_text_and_formula_agree_on_a_grid(formula: sp.Basic) -> None:
    script = Script([], formula)
    seen = set()
    for values in itertools.product((1, 2, 3), range(-3, 4), range(-3, 4)):
        point = dict(zip((n, x, y), values, strict=True))
        solver = z3.Solver(ctx=z3.Context())
        solver.from_string(script.text)
        for symbol in script.symbols:
            solver.add(z3.Int(str(symbol), solver.ctx) == point[symbol])
        truth = bool(formula.xreplace({s: sp.Integer(v) for s, v in point.items()}))
        assert (str(solver.check()) == "unsat") == truth, point
        seen.add(truth)
    assert seen == {True, False}


@pytest.mark.parametrize(
    "formula",
    [
        sp.Eq(sp.floor(x / y), 1),  # y may be zero: a definition by it could be contradictory
        sp.Eq(sp.Symbol("r", real=True), 1),
        sp.Eq(sp.sin(x), 0),
        sp.Eq(2**x, 1),
    ],
    ids=str,
)
def test_what_has_no_safe_form_is_refused(formula: sp.Basic) -> None:
    with pytest.raises(DerivationError):
        Script([], formula)


def test_the_text_is_the_same_every_time() -> None:
    formula = sp.And(x > 1, y > 2, sp.Or(sp.Eq(x, 1), y < n))
    assert Script([x > 0], formula).text == Script([x > 0], formula).text
