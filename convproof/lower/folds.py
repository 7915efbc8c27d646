"""The schedule of folds: on each axis, one reduction over a view of its windows.

For pools of few windows with many taps each: no statement per tap, and sums that stay at hand.
"""

from __future__ import annotations

from sympy import Mul, S

from convproof.derive.step import Derivation
from convproof.errors import LoweringError
from convproof.lower.contraction import contractions
from convproof.lower.program import Fold, Let, Program, Shaped, Statement, View, Windows
from convproof.lower.schedule import assemble, linear, main_term, name, tap_size
from convproof.lower.taps import divide, divisors_of


def lower_folds(derivation: Derivation, goal_name: str, title: str, doc: str) -> Program:
    """A reduction of one array over its taps, one axis after another.

    Each axis is a layer in one dimension: what is before it counts as images, what is after it as
    channels.
    """
    goal = derivation.goals[goal_name]
    term = main_term(contractions(derivation, goal))
    counts, divisors = divisors_of(derivation, term)
    factors = [factor for factor in term.factors if factor.power == 1]
    if len(factors) != 1 or term.selected is not None:
        raise LoweringError(f"{goal_name} does not fold one array")
    (factor,) = factors
    source = name(factor.array)
    sizes = list(derivation.arrays[factor.array])
    body: list[Statement] = list(counts)
    relations = sorted(term.relations, key=lambda one: "qkl".index(one.tap))
    for relation in relations:
        axis = factor.letters.index(relation.axis)
        if factor.dims[axis].kind != "fine":
            raise LoweringError(f"{goal_name} gathers nothing along {relation.axis}")
        gap, offset = linear(relation.offset, relation.tap)
        ahead, behind = Mul(*sizes[:axis]), Mul(*sizes[axis + 1 :])
        seen = Windows(
            Shaped(View(source), (ahead, sizes[axis], S.One, behind)),
            (tap_size(relation),),
            (gap,),
            (offset,),
            (relation.stride,),
            (relation.coarse_size,),
            fill="lowest" if term.op == "max" else "zeros",
        )
        sizes[axis] = relation.coarse_size
        last = relation is relations[-1]
        source = name(term.out.array) if last else f"along_{relation.axis}"
        body += [Let("seen", seen), Fold(source, term.op, "seen", 3, tuple(sizes))]
    body += divide(divisors, term.out)
    return assemble(title, doc, derivation, [factor.array], body, source)
