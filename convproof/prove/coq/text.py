"""From SymPy to Coq text: integers and booleans for the obligations, sums for the derivations.

Floor division is Coq's `/` on Z, which rounds down for a positive divisor; a divisor that is not
known to be positive is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from convproof.errors import DerivationError
from convproof.prove.facts.formula import cleared

PROPOSITIONS = {sp.Eq: "=", sp.Le: "<=", sp.Lt: "<", sp.Ge: ">=", sp.Gt: ">", sp.Ne: "<>"}
TESTS = {sp.Eq: "=?", sp.Le: "<=?", sp.Lt: "<?", sp.Ge: ">=?", sp.Gt: ">?"}
JOINED = {sp.And: " /\\ ", sp.Or: " \\/ ", sp.Equivalent: " <-> "}


def identifier(symbol: sp.Symbol) -> str:
    """A Coq name: a prime is a letter there too."""
    return str(symbol)


def integer(e: sp.Expr) -> str:
    """An integer expression as Coq text over Z."""
    if isinstance(e, sp.Integer):
        return str(int(e)) if e >= 0 else f"({int(e)})"
    if isinstance(e, sp.Symbol):
        return identifier(e)
    if isinstance(e, sp.Add) and e.is_integer:
        return "(" + " + ".join(integer(a) for a in e.as_ordered_terms()) + ")"
    if isinstance(e, sp.Mul) and all(a.is_integer for a in e.args):
        return "(" + " * ".join(integer(a) for a in e.as_ordered_factors()) + ")"
    if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Integer) and int(e.exp) > 0:
        return "(" + " * ".join([integer(e.base)] * int(e.exp)) + ")"
    if isinstance(e, sp.floor):
        return _divided(*sp.fraction(sp.together(e.args[0])))
    if isinstance(e, sp.ceiling):
        top, bottom = sp.fraction(sp.together(e.args[0]))
        return f"(- {_divided(-top, bottom)})"
    if isinstance(e, sp.Mod):
        _positive(e.args[1])
        return f"({integer(e.args[0])} mod {integer(e.args[1])})"
    if isinstance(e, sp.Abs):
        return f"(Z.abs {integer(e.args[0])})"
    if isinstance(e, (sp.Max, sp.Min)):
        name = "Z.max" if isinstance(e, sp.Max) else "Z.min"
        text, *rest = [integer(a) for a in sorted(e.args, key=sp.default_sort_key)]
        for other in rest:
            text = f"({name} {text} {other})"
        return text
    if isinstance(e, sp.Piecewise):
        *cases, last = e.args
        if last[1] is not sp.true:
            raise DerivationError(f"{e}: a Piecewise must end with a case for everything else")
        text = integer(last[0])
        for value, condition in reversed(cases):
            text = f"(if {test(condition)} then {integer(value)} else {text})"
        return text
    if isinstance(e, sp.Add):
        return _index(e)
    raise DerivationError(f"no Coq form for the term {e} ({type(e).__name__})")


def _index(e: sp.Add) -> str:
    """An index that is whole only under its condition: the quotient first, then the rest."""
    whole = [a for a in e.args if a.is_integer]
    top, bottom = sp.fraction(sp.together(sp.Add(*(a for a in e.args if not a.is_integer))))
    return f"({_divided(top, bottom)} + {integer(sp.Add(*whole))})"


def _positive(divisor: sp.Expr) -> None:
    if not divisor.is_positive:
        raise DerivationError(f"divisor {divisor} is not known to be positive")


def _divided(top: sp.Expr, bottom: sp.Expr) -> str:
    _positive(bottom)
    return f"({integer(sp.expand(top))} / {integer(bottom)})"


def proposition(f: Boolean) -> str:
    """A formula as a Coq proposition."""
    if isinstance(f, BooleanTrue):
        return "True"
    if isinstance(f, BooleanFalse):
        return "False"
    if isinstance(f, sp.Not):
        return f"(~ {proposition(f.args[0])})"
    if isinstance(f, sp.Implies):
        return f"({proposition(f.args[0])} -> {proposition(f.args[1])})"
    if isinstance(f, Relational):
        left, right = cleared(f)
        return f"({integer(left)} {PROPOSITIONS[f.func]} {integer(right)})"
    if f.func in JOINED:
        parts = map(proposition, sorted(f.args, key=sp.default_sort_key))
        return "(" + JOINED[f.func].join(parts) + ")"
    raise DerivationError(f"no Coq form for the formula {f} ({type(f).__name__})")


def test(f: Boolean) -> str:
    """A formula as a Coq boolean."""
    if isinstance(f, Relational) and f.func in TESTS:
        left, right = cleared(f)
        return f"({integer(left)} {TESTS[f.func]} {integer(right)})"
    if isinstance(f, (sp.And, sp.Or)):
        sign = " && " if isinstance(f, sp.And) else " || "
        return "(" + sign.join(map(test, sorted(f.args, key=sp.default_sort_key))) + ")"
    raise DerivationError(f"no Coq form for the test {f} ({type(f).__name__})")


def entry(e: sp.Expr, names: Mapping[str, str]) -> str:
    """A ring-valued expression (an array's entry) as Coq text; `names` are the arrays'."""
    if e == 0:
        return "[0]"
    if isinstance(e, sp.Indexed):
        if e.base.name not in names:
            raise DerivationError(f"{e}: no array of that name is given")
        return "(" + " ".join([names[e.base.name], *map(integer, e.indices)]) + ")"
    if isinstance(e, sp.Pow) and e.exp == -1 and isinstance(e.base, sp.Indexed):
        return entry(e.base, {e.base.base.name: f"inv_{e.base.base.name}"})
    if isinstance(e, sp.KroneckerDelta):
        # The indexed side last: the text does not depend on how SymPy sorts a delta's arguments.
        left, right = (
            entry(a, names) if isinstance(a, sp.Indexed) else integer(a)
            for a in sorted(e.args, key=lambda a: isinstance(a, sp.Indexed))
        )
        return f"(if ({left} =? {right}) then rI else [0])"
    if isinstance(e, sp.Add):
        return "(" + " [+] ".join(entry(a, names) for a in e.as_ordered_terms()) + ")"
    if isinstance(e, sp.Mul):
        factors = sorted(_flat(list(e.args)), key=_place)
        return "(" + " [*] ".join(entry(a, names) for a in factors) + ")"
    if isinstance(e, sp.Sum):
        text = entry(e.function, names)
        for index, low, high in e.limits:
            if low != 1:
                raise DerivationError(f"{e}: a range that does not start at 1")
            text = f"(sum {integer(high)} (fun {identifier(index)} => {text}))"
        return text
    if isinstance(e, sp.Piecewise) and len(e.args) == 2 and e.args[1] == (0, True):
        value, condition = e.args[0]
        return f"(if {test(condition)} then {entry(value, names)} else [0])"
    raise DerivationError(f"no Coq form for the entry {e} ({type(e).__name__})")


def _place(factor: sp.Expr) -> tuple[int, str]:
    """The library's order of factors: weights (inverses, deltas), arrays by name, sums."""
    kinds = (sp.Pow, sp.KroneckerDelta, sp.Indexed, sp.Sum)
    kind = next((at for at, cls in enumerate(kinds) if isinstance(factor, cls)), len(kinds))
    return kind, str(factor)


def _flat(factors: list[sp.Expr]) -> list[sp.Expr]:
    """Inverses of products as products of inverses."""
    found: list[sp.Expr] = []
    for factor in factors:
        if isinstance(factor, sp.Pow) and factor.exp == -1 and isinstance(factor.base, sp.Mul):
            found += [sp.Pow(a, -1) for a in factor.base.args]
        else:
            found.append(factor)
    return found
