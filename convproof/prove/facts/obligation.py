"""A fact over symbolic sizes that is to hold for every value of its symbols.

The statement is SymPy: integer symbols (their assumptions are hypotheses too), relations and
connectives.  `meanings` name parts of it that the reference can count for itself, so that a
model a solver finds is judged by counting and not by the formula that produced it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof.errors import DerivationError

Values = Mapping[str, int]


@dataclass(frozen=True)
class Lemma:
    """A universally true formula, proved once and then used at chosen terms."""

    id: str
    formula: Boolean
    cuts: tuple[Cut, ...] = ()

    def at(self, **terms: Any) -> Cut:
        """The lemma with each symbol replaced by a term of at least the same sign."""
        swap: dict[sp.Basic, sp.Basic] = {}
        given = tuple(sorted((name, sp.sympify(term)) for name, term in terms.items()))
        for symbol in self.formula.free_symbols:
            term = sp.sympify(terms.pop(str(symbol)))
            for sign in ("is_integer", "is_positive", "is_nonnegative"):
                if getattr(symbol, sign) and not getattr(term, sign):
                    raise DerivationError(f"lemma {self.id}: {term} for {symbol} is not {sign[3:]}")
            swap[symbol] = term
        if terms:
            raise DerivationError(f"lemma {self.id} has no symbol {sorted(terms)}")
        return Cut(self.formula.xreplace(swap), self, given)


@dataclass(frozen=True)
class Cut:
    """A step on the way: proved first (or an instance of a proved lemma), then assumed."""

    formula: Boolean
    lemma: Lemma | None = None
    terms: tuple[tuple[str, sp.Expr], ...] = ()


@dataclass(frozen=True)
class Meaning:
    """A name in a statement: the formula it stands for, and what the reference counts for it."""

    name: sp.Symbol
    formula: sp.Basic
    counted: Callable[[Values], int | bool]


@dataclass(frozen=True)
class Wrong:
    """A planted mistake: the conclusion (or the hypotheses) with one thing changed."""

    change: str
    conclusion: Boolean
    hypotheses: tuple[Boolean, ...] | None = None


@dataclass(frozen=True)
class Obligation:
    """`hypotheses` imply `conclusion`, for all integers that the symbols allow.

    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> Obligation("square", "n <= n^2", (), sp.Le(n, n * n, evaluate=False)).claim()
    n <= n**2
    """

    id: str
    statement: str
    hypotheses: tuple[Boolean, ...]
    conclusion: Boolean
    meanings: tuple[Meaning, ...] = ()
    cuts: tuple[Cut, ...] = ()
    wrong: tuple[Wrong, ...] = field(default=(), repr=False)

    def spelled(self, formula: Boolean) -> Boolean:
        """`formula` with every named part written out (later meanings may use earlier names)."""
        for meaning in reversed(self.meanings):
            formula = formula.xreplace({meaning.name: meaning.formula})
        return formula

    def claim(self) -> Boolean:
        """The conclusion with every named part written out."""
        return self.spelled(self.conclusion)

    def assumed(self) -> tuple[Boolean, ...]:
        """The hypotheses with every named part written out."""
        return tuple(self.spelled(item) for item in self.hypotheses)
