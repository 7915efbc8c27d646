"""A proof script for each step of a derivation, by the rule that the step names.

What is found here is a suggestion: Coq checks that each step's two sides are equal for all sizes,
and a wrong step has no script that it accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sympy as sp

from convproof.derive import rules
from convproof.derive.step import Definition, Goal
from convproof.derive.symbols import primed
from convproof.errors import DerivationError
from convproof.prove.coq.terms import Terms, parts
from convproof.prove.coq.text import identifier, integer

RING = "R rO rI radd rmul rsub ropp laws"
CASES = ("before", "on", "after")
ENTER = {True: "sum_ext", False: "span_ext"}


def enter(limits: Iterable[Any]) -> list[str]:
    """Go below the sums over `limits`, the last outermost, with the ranges as hypotheses."""
    return [
        f"apply {ENTER[low == 1]}; intros {identifier(var)} {identifier(var)}_in."
        for var, low, _ in reversed(tuple(limits))
    ]


def braced(lines: Iterable[str]) -> str:
    """A bullet of a proof."""
    return "{ " + " ".join(lines) + " }"


def in_parts(
    before: sp.Expr,
    after: sp.Expr,
    terms: Terms,
    guess: Callable[[sp.Expr], sp.Expr],
    prove: Callable[[sp.Expr, sp.Expr], list[str]],
) -> list[str]:
    """Prove an equality of sums term by term; `guess` says what a term should become."""
    left, right = parts(before), list(parts(after))
    if len(left) == 1 and len(right) == 1:
        return prove(before, after)
    if len(left) != len(right):
        raise DerivationError(f"{before}: {len(left)} terms become {len(right)}")
    matched = []
    for part in left:
        wanted = part if part in right else guess(part)
        matched.append(right.pop(right.index(wanted) if wanted in right else 0))
    middle = " [+] ".join(map(terms.write, matched))
    tree = "apply (f_equal2 radd)"
    for _ in range(len(left) - 2):
        tree = f"apply (f_equal2 radd); [{tree}|]"
    proofs = [
        "{ reflexivity. }" if a == b else braced(prove(a, b))
        for a, b in zip(left, matched, strict=True)
    ]
    return [f"transitivity ({middle}); [|ring].", f"{tree}.", *proofs]


def _solved(term: sp.Expr, var: sp.Symbol) -> tuple[sp.KroneckerDelta, sp.Expr, sp.Expr, sp.Expr]:
    """The delta that fixes `var`, its fixed and its varying side, and the latter's slope."""
    for delta in rules.deltas(term):
        for fixed, varying in (delta.args, delta.args[::-1]):
            if fixed.has(var) or not varying.has(var):
                continue
            slope = sp.expand(varying.subs(var, var + 1) - varying)
            if slope != 0 and not slope.has(var):
                return delta, fixed, varying, slope
    raise DerivationError(f"no delta to eliminate {var} with, in {term}")


def _fraction(e: sp.Expr) -> tuple[str, str]:
    """x and S of x / S + (something whole)."""
    broken = sp.Add(*(part for part in sp.Add.make_args(e) if not part.is_integer))
    top, bottom = sp.fraction(sp.together(broken))
    return integer(sp.expand(top)), integer(bottom)


def eliminate(before: sp.Expr, after: sp.Expr, var: sp.Symbol, terms: Terms) -> list[str]:
    """One sum goes: its delta leaves one value of the index."""
    term, _, limits = rules.open_sum(before)
    place = next((at for at, limit in enumerate(limits) if limit[0] == var), None)
    if place is None:
        raise DerivationError(f"{var} is not summed over, in {before}")
    low = limits[place][1]
    order, lines = list(reversed(limits)), []
    for depth in range(len(limits) - 1 - place, len(limits) - 1):
        above = " ".join(f"apply {ENTER[one[1] == 1]}; intros ? _;" for one in order[:depth])
        lines.append(f"etransitivity; [{above} swap_sums laws|].")
        order[depth], order[depth + 1] = order[depth + 1], order[depth]
    lines += enter(limit for limit in limits if limit[0] != var)
    certain = rules.open_sum(after)[1] == sp.true
    if certain:
        lines.append(
            "match goal with |- _ = ?t => transitivity (if true then t else [0]);"
            " [|reflexivity] end."
        )
    delta, fixed, varying, slope = _solved(term, var)
    value = rules.divide(fixed - varying.subs(var, 1), slope) + 1
    here, elsewhere, range_ = _facts(fixed, varying, slope, value, var)
    rule, where = ("eliminate", "_") if low == 1 else ("eliminate_span", "_ _")
    solution = f"{integer(value)} true" if certain else integer(value)
    name, (i, j) = identifier(var), terms.delta(delta)
    lines += [
        f"apply ({rule} {RING} {where} {solution}).",
        braced([
            f"intros {name} {name}_in {name}_is ok.", here,
            f"pose proof (delta_here R rO rI {i} {j}) as here. subst {name}.",
            "solve_term laws here.",
        ]),
        braced([
            f"intros {name} {name}_in others. guard_holds.",
            f"destruct (Z.eq_dec {i} {j}) as [meets|misses]; [|zero_term laws {i} {j} misses].",
            elsewhere, "refuse others.",
        ]),
        braced(["intros ok. hypotheses.", range_, "try lia."]),
    ]  # fmt: skip
    return lines


def _facts(
    fixed: sp.Expr, varying: sp.Expr, slope: sp.Expr, value: sp.Expr, var: sp.Symbol
) -> tuple[str, str, str]:
    """What an elimination needs to know of divisions: at the solution, elsewhere, of its range."""
    if slope in (1, -1):
        return "", "", ""
    name = identifier(var)
    if (1 / slope).is_integer:
        # The index map of a transposed convolution: j = x / S + 1, with x linear in var.
        x, s = _fraction(varying)
        j = integer(fixed)
        return (
            f"exact_multiple {x} {s} ({j} - 1). bounds {s} {j}.",
            f"whole {x} {s}. bounds {s} {j}. "
            f"assert ({x} = {s} * ({j} - 1))"
            f" by (replace ({j} - 1) with ({x} / {s}) by lia; assumption).",
            f"bounds {s} {j}.",
        )
    x, s = _fraction(value)
    return (
        f"whole {x} {s}.",
        f"exact_multiple {x} {s} ({name} - 1). bounds {s} {name}.",
        f"whole {x} {s}. quotient {x} {s}.",
    )


def drop(before: sp.Expr, after: sp.Expr) -> list[str]:
    """Conditions go that the ranges imply."""
    return [*enter(rules.open_sum(after)[2]), "drop_guard."]


def write_out(before: sp.Expr, after: sp.Expr, unfolded: str, facts: str) -> list[str]:
    """A defined array's entries are written out below the sums (and the factors before them)."""
    lines = []
    while isinstance(after, sp.Mul):
        (after,) = (part for part in after.args if isinstance(part, (sp.Sum, sp.Piecewise)))
        lines.append("f_equal.")
    return [*lines, *enter(rules.open_sum(after)[2]), unfolded, facts, "write_out laws."]


def renamed(goal: Goal, definition: Definition) -> tuple[sp.Derivative, sp.Expr]:
    """The derivative in a goal's start, and the definition at its entry, in the names it takes."""
    (node,) = goal.start.atoms(sp.Derivative)
    bound = {v for part in definition.right.atoms(sp.Sum) for v in part.bound_symbols}
    names = dict(zip(definition.left.indices, node.expr.indices, strict=True))
    names |= {v: primed(v) for v in bound if goal.start.has(v)}
    return node, definition.right.xreplace(names)


def differentiate(
    before: sp.Expr, after: sp.Expr, goal: Goal, definition: Definition, name: str, terms: Terms
) -> list[str]:
    """The derivation goes through the definition's sums; deltas come from the entry it moves."""
    term, _, limits = rules.open_sum(before)
    node, right = renamed(goal, definition)
    flow = terms.write(sp.Mul(*(part for part in sp.Mul.make_args(term) if part != node)))
    inner = rules.open_sum(after)[2]
    inner = inner[: len(inner) - len(limits)]
    lines = [
        *enter(limits),
        f"transitivity ({flow} [*] D {terms.write(right)}).",
        f"{{ f_equal; f_equal; unfold {name}; same. }}",
        "derive_head.",
    ]
    for var, _, _ in reversed(inner):
        lines.append(f"derive_sum_step. intros {identifier(var)} {identifier(var)}_in.")
    return [*lines, "derive_leaf."]


def differentiate_cases(before: sp.Expr, after: sp.Expr, name: str, terms: Terms) -> list[str]:
    """An entry defined by three cases along a range: the range is cut, one sum for each case."""
    limits = rules.open_sum(before)[2]
    pieces = [rules.open_sum(part) for part in parts(after)]
    if len(pieces) != len(CASES) or any(len(piece[2]) != len(limits) for piece in pieces):
        raise DerivationError(f"{after}: not a sum for each of {len(CASES)} cases")
    (var,) = (one[0] for one, other in zip(pieces[0][2], pieces[1][2], strict=True) if one != other)
    at = next(place for place, limit in enumerate(limits) if limit[0] == var)
    # The first case starts at 1, the last one ends where the range does.
    pieces.sort(key=lambda piece: (piece[2][at][1] != 1, piece[2][at][2] == limits[at][2]))
    outer, below = limits[at + 1 :], at + 1
    inner = [terms.summed(piece[2][:below], terms.write(piece[0])) for piece in pieces]
    whole = [terms.summed(piece[2], terms.write(piece[0])) for piece in pieces]
    first, (_, l, h), (_, k, _) = (piece[2][at] for piece in pieces)
    cuts = " ".join(map(integer, (limits[at][2], first[2], l, h, k)))
    leaf = f"unfold {name}; by_cases; try lia; known; ring."
    proofs = [braced([*enter(piece[2][:below]), leaf]) for piece in pieces]
    return [
        f"transitivity ({' [+] '.join(whole)}); [|ring].",
        f"transitivity {terms.summed(outer, '(' + ' [+] '.join(inner) + ')')}.",
        "2:{ rewrite !(sum_add R rO rI radd rmul rsub ropp laws). reflexivity. }",
        *enter(outer),
        f"rewrite (split_range {RING} {cuts}) by lia.",
        "apply (f_equal2 radd); [apply (f_equal2 radd)|].",
        *proofs,
    ]
