"""From SymPy integers and booleans to SMT-LIB 2 text, the one text that every solver is given.

Floor division and remainder become a quotient and a remainder variable (Euclid), which both
solvers settle where their own `div` by a symbol often gives up.  A divisor must be known to be
positive from its symbols' assumptions: a definition that could be contradictory would prove
anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from convproof.errors import DerivationError
from convproof.prove.facts.formula import cleared, domain

RELATIONS = {sp.Eq: "=", sp.Le: "<=", sp.Lt: "<", sp.Ge: ">=", sp.Gt: ">"}
CONNECTIVES = {sp.And: "and", sp.Or: "or", sp.Implies: "=>", sp.Equivalent: "="}


class Script:
    """The text that asks whether `hypotheses` and not `conclusion` can be true together.

    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> print(Script([], sp.Ge(n * n, n, evaluate=False)).text)
    (set-logic QF_NIA)
    (declare-const n Int)
    (assert (>= n 1))
    (assert (not (>= (* n n) n)))
    (check-sat)
    """

    def __init__(
        self,
        hypotheses: Sequence[Boolean],
        conclusion: Boolean,
        limit: int | None = None,
    ) -> None:
        self._fresh: list[str] = []
        self._defined: dict[tuple[str, str], tuple[str, str]] = {}
        self._definitions: list[str] = []
        formulas = [*hypotheses, conclusion]
        self.symbols: tuple[sp.Symbol, ...] = tuple(
            sorted(set().union(*(f.free_symbols for f in formulas)), key=str)
        )
        asserted = [self._formula(f) for f in (*domain(self.symbols), *hypotheses)]
        goal = self._formula(conclusion)
        if limit is not None:
            # A small counterexample can be counted by hand; the bound only shrinks the search.
            asserted += [f"(<= {s} {limit})" for s in self.symbols]
            asserted += [f"(>= {s} {_number(-limit)})" for s in self.symbols]
        names = [str(s) for s in self.symbols] + self._fresh
        self.text = "\n".join(
            [
                "(set-logic QF_NIA)",
                *(f"(declare-const {name} Int)" for name in names),
                *(f"(assert {item})" for item in self._definitions),
                *(f"(assert {item})" for item in asserted),
                f"(assert (not {goal}))",
                "(check-sat)",
            ]
        )

    def _formula(self, f: Boolean) -> str:
        if isinstance(f, BooleanTrue):
            return "true"
        if isinstance(f, BooleanFalse):
            return "false"
        if isinstance(f, sp.Not):
            return f"(not {self._formula(f.args[0])})"
        if isinstance(f, Relational):
            left, right = cleared(f)
            if isinstance(f, sp.Ne):
                return f"(not (= {self._term(left)} {self._term(right)}))"
            return f"({RELATIONS[f.func]} {self._term(left)} {self._term(right)})"
        if f.func in CONNECTIVES:
            # An order that does not depend on Python's hashing: the text is the same every run.
            args = f.args if f.func is sp.Implies else sorted(f.args, key=sp.default_sort_key)
            return f"({CONNECTIVES[f.func]} {' '.join(map(self._formula, args))})"
        raise DerivationError(f"no SMT-LIB form for the formula {f} ({type(f).__name__})")

    def _term(self, e: sp.Expr) -> str:
        if isinstance(e, sp.Integer):
            return _number(int(e))
        if isinstance(e, sp.Symbol):
            return str(e)
        if isinstance(e, (sp.Add, sp.Mul)):
            if isinstance(e, sp.Mul) and any(not a.is_integer for a in e.args):
                raise DerivationError(f"{e}: a quotient outside floor or ceiling")
            if isinstance(e, sp.Add):
                return f"(+ {' '.join(self._term(a) for a in e.as_ordered_terms())})"
            return f"(* {' '.join(self._term(a) for a in e.as_ordered_factors())})"
        if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Integer) and int(e.exp) > 0:
            return f"(* {' '.join([self._term(e.base)] * int(e.exp))})"
        if isinstance(e, sp.floor):
            return self._divided(*sp.fraction(sp.together(e.args[0])))[0]
        if isinstance(e, sp.ceiling):
            top, bottom = sp.fraction(sp.together(e.args[0]))
            return f"(- {self._divided(-top, bottom)[0]})"
        if isinstance(e, sp.Mod):
            return self._divided(*e.args)[1]
        if isinstance(e, (sp.Max, sp.Min)):
            order = ">=" if isinstance(e, sp.Max) else "<="
            first, *rest = sorted(e.args, key=sp.default_sort_key)
            text = self._term(first)
            for other in rest:
                item = self._term(other)
                text = f"(ite ({order} {text} {item}) {text} {item})"
            return text
        if isinstance(e, sp.Piecewise):
            *cases, last = e.args
            if last[1] is not sp.true:
                raise DerivationError(f"{e}: a Piecewise must end with a case for everything else")
            text = self._term(last[0])
            for value, condition in reversed(cases):
                text = f"(ite {self._formula(condition)} {self._term(value)} {text})"
            return text
        raise DerivationError(f"no SMT-LIB form for the term {e} ({type(e).__name__})")

    def _divided(self, top: sp.Expr, bottom: sp.Expr) -> tuple[str, str]:
        if not bottom.is_positive:
            raise DerivationError(f"divisor {bottom} is not known to be positive")
        above, below = self._term(sp.expand(top)), self._term(bottom)
        if (above, below) not in self._defined:
            number = len(self._defined)
            q, r = f"quot!{number}", f"rest!{number}"
            self._fresh += [q, r]
            self._defined[above, below] = q, r
            self._definitions += [
                f"(= {above} (+ (* {below} {q}) {r}))",
                f"(<= 0 {r})",
                f"(< {r} {below})",
            ]
        return self._defined[above, below]


def _number(value: int) -> str:
    return str(value) if value >= 0 else f"(- {-value})"
