"""Maxima over windows in Coq: the first greatest value's number, and the gradient it takes."""

from __future__ import annotations

import sympy as sp

from convproof.derive import rules
from convproof.derive.step import Definition
from convproof.errors import DerivationError
from convproof.prove.coq.context import Declared
from convproof.prove.coq.steps import RING, enter
from convproof.prove.coq.terms import Terms, applied, array, factors
from convproof.prove.coq.text import identifier, integer, test


def taps(e: sp.Expr) -> list[tuple[str, str]]:
    """The taps of a maximum and how many there are, outermost first."""
    for _, low, _ in e.limits:
        if low != 1:
            raise DerivationError(f"{e}: a range that does not start at 1")
    return [(identifier(var), integer(high)) for var, _, high in reversed(e.limits)]


def volume(e: sp.Expr) -> str:
    """How many taps there are."""
    counts = [count for _, count in taps(e)]
    text = counts[-1]
    for count in reversed(counts[:-1]):
        text = f"({count} * {text})"
    return text


def places(e: sp.Expr, number: str) -> str:
    """The taps of a row-major number, as arguments."""
    counts = [count for _, count in taps(e)]
    if len(counts) == 1:
        return number
    if len(counts) == 2:
        return f"(({number} - 1) / {counts[1]} + 1) (({number} - 1) mod {counts[1]} + 1)"
    plane = f"({counts[1]} * {counts[2]})"
    rest = f"(({number} - 1) mod {plane})"
    return f"(({number} - 1) / {plane} + 1) ({rest} / {counts[2]} + 1) ({rest} mod {counts[2]} + 1)"


def letters(e: sp.Expr) -> str:
    """The taps' names."""
    return " ".join(name for name, _ in taps(e))


def winner(definition: Definition, terms: Terms) -> Declared:
    """The number of the first greatest value of a window, as a Coq function."""
    e = definition.right
    indices = " ".join(identifier(var) for var in definition.left.indices)
    value = terms.optional(e.function)
    body = (
        f"first{'' if terms.plain else ' R'} less {volume(e)}"
        f" (fun t => (fun {letters(e)} => {value}) {places(e, 't')})"
    )
    return Declared(array(definition.left.base), "Z", letters=indices, body=body)


def moves_as_its_winner(definition: Definition, win: sp.IndexedBase, terms: Terms) -> Declared:
    """The hypothesis that a maximum has the derivative of the entry that wins it."""
    e = definition.right
    (value, guard), _ = e.function.args
    indices = [identifier(var) for var in definition.left.indices]
    number = applied(array(win), indices)
    name = array(definition.left.base)
    return Declared(
        f"D_{name}",
        f"forall {' '.join(indices)}, D {applied(name, indices)} =\n"
        f"  (fun {letters(e)} => if {test(guard)} then D {terms.write(value)} else {terms.zero})"
        f" {places(e, number)}",
        hypothesis=True,
    )


def differentiate(
    before: sp.Expr, after: sp.Expr, definition: Definition, win: sp.IndexedBase, terms: Terms
) -> list[str]:
    """Of the sum over taps one is left, the winner's."""
    _, _, limits = rules.open_sum(before)
    term, guard, _ = rules.open_sum(after)
    (chosen,) = (d for d in rules.deltas(term) if d.has(sp.Indexed))
    rest = sp.Mul(*(part for part in factors(term) if part != chosen))
    number, place = terms.delta(chosen)
    e = definition.right
    counts = [count for _, count in taps(e)]
    kept = f"(fun {letters(e)} => if {test(guard)} then {terms.write(rest)} else [0])"
    names = [name for name, _ in taps(e)]
    return [
        *enter(limits),
        f"assert (in_window : 1 <= {place} <= {volume(e)}) by (apply first_in_range; nia).",
        f"rewrite D_{array(definition.left.base)}. symmetry.",
        f"etransitivity; [apply (pick{len(counts)} {RING} {' '.join(counts)} {place} {kept});"
        f" try assumption; intros {' '.join(names)}; intros; pick_tap laws {number} {place}|].",
        "cbv beta. known. match goal with |- (if ?g then _ else _) = _ => destruct g end; ring.",
    ]
