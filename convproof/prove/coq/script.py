"""A derivation as a Coq file: every goal a theorem for all sizes, every step a lemma.

The statements are printed from the derivation's own expressions; the proofs apply the rules of
`Rules.v` step by step.  Whatever is not a consequence of the definitions and of the ranges of
indices and sizes stands as a hypothesis in the theorem.
"""

from __future__ import annotations

import sympy as sp
from sympy.logic.boolalg import Boolean

from convproof.derive.step import Derivation, Goal
from convproof.derive.symbols import SymbolicAxis
from convproof.errors import DerivationError
from convproof.prove.coq.context import Declared, statement
from convproof.prove.coq.goals import Writer, bases, indices, section
from convproof.prove.coq.text import identifier, integer, proposition, test

HEADER = """\
(* Generated from the derivation of {name} ({digest}); not edited by hand. *)

Require Import ZArith Lia Ring List Bool.
From Convproof Require Import Sums Axis Same Rules Greatest Tactics.
Open Scope Z_scope.
Set Default Proof Using "All".

Section Derived.
Variables (R : Type) (rO rI : R) (radd rmul rsub : R -> R -> R) (ropp : R -> R).
Variable laws : ring_theory rO rI radd rmul rsub ropp (@eq R).
Add Ring the_ring : laws.

Notation sum := (Sums.sum R rO radd).
Notation span := (Rules.span R rO radd).
Notation delta := (Rules.delta R rO rI).
Notation top less := (Sums.sum (option R) None (join R less)).
Notation derivation := (Rules.derivation R radd rmul).
Notation "x [+] y" := (radd x y) (at level 50, left associativity).
Notation "x [*] y" := (rmul x y) (at level 40, left associativity).
Notation "[0]" := rO.
"""


def theorem_name(name: str, goal: str) -> str:
    """The theorem about a goal of the derivation of that name."""
    return f"derived_{name}_{goal.replace(' ', '_').replace('-', '_')}"


def derivation_file(name: str, derivation: Derivation) -> str:
    """The Coq file of a derivation, whose theorems get `name`.

    Raises:
        DerivationError: if a step has a rule, or a formula a form, that is not covered.
    """
    goals = [_goal(name, derivation, goal) for goal in derivation.goals.values()]
    head = HEADER.format(name=name, digest=derivation.digest)
    sizes = [one.line() for one in _sizes(derivation)]
    return "\n".join([head, *sizes, "", *goals, "End Derived.\n"])


def statements(name: str, derivation: Derivation) -> dict[str, str]:
    """By theorem, what it must say: in full, and printed apart from its proof."""
    sizes = _sizes(derivation)
    found = {}
    for goal in derivation.goals.values():
        declared, conclusion = _stated(name, derivation, goal)
        found[theorem_name(name, goal.name)] = statement([*sizes, *declared], conclusion)
    return found


def _sizes(derivation: Derivation) -> list[Declared]:
    """Every size as a variable, with its sign, what is given, and the sizes that follow."""
    used: set[sp.Symbol] = set()
    for goal in derivation.goals.values():
        bound = {var for var, _, _ in goal.free}
        for expr in (goal.start, goal.result):
            labels = {base.label for base in expr.atoms(sp.IndexedBase)}
            used |= {s for s in expr.free_symbols if isinstance(s, sp.Symbol)} - labels - bound
        used |= {s for _, _, high in goal.free for s in high.free_symbols}
    for value in (*derivation.sizes.values(), *derivation.given):
        used |= value.free_symbols
    names = sorted(used, key=str)
    found = [Declared(identifier(symbol), "Z") for symbol in names]
    for symbol in names:
        sign = "0 <" if symbol.is_positive else "0 <="
        text = f"{sign} {identifier(symbol)}"
        found.append(Declared(f"{identifier(symbol)}_sign", text, hypothesis=True))
    found += [
        Declared(f"given_{number}", proposition(fact), hypothesis=True)
        for number, fact in enumerate(derivation.given, 1)
    ]
    found += [
        Declared(
            f"{identifier(symbol)}_is", f"{identifier(symbol)} = {integer(value)}", hypothesis=True
        )
        for symbol, value in derivation.sizes.items()
    ]
    return found


def _stated(name: str, derivation: Derivation, goal: Goal) -> tuple[list[Declared], str]:
    """What a goal's theorem speaks of, and what it says, in plain text."""
    if isinstance(goal.start, Boolean) or not bases(goal.start):
        return indices(goal.free), _plain_conclusion(goal, _counted(derivation, goal))
    writer = Writer(name, derivation, goal, plain=True)
    return writer.declared(), writer.conclusion()


def _counted(derivation: Derivation, goal: Goal) -> Boolean | None:
    """Which taps a divisor counts, written down apart from the derivation; None for no divisor."""
    if isinstance(goal.start, Boolean):
        return None
    axis = SymbolicAxis(goal.name.split()[-1])
    pixel = axis.stride * (axis.position - 1) + axis.tap - axis.pad_lo
    if "count_include_pad" in derivation.options:
        return sp.Ge(axis.pad_lo + axis.size + axis.pad_hi, pixel + axis.pad_lo)
    return sp.And(sp.Ge(axis.size, pixel), sp.Ge(pixel, 1))


def _plain_conclusion(goal: Goal, counted: Boolean | None = None) -> str:
    """A goal about integers: a condition, or a number of taps (those `counted`)."""
    if isinstance(goal.start, Boolean):
        return f"({proposition(goal.start)} <-> {proposition(goal.result)})"
    ((tap, _, taps),) = goal.start.limits
    guard = test(goal.start.function.args[0][1] if counted is None else counted)
    one = f"(fun {tap} => if {guard} then 1 else 0)"
    return f"Convproof.Sums.sum Z 0 Z.add {integer(taps)} {one}\n  = {integer(goal.result)}"


def _goal(name: str, derivation: Derivation, goal: Goal) -> str:
    if isinstance(goal.start, Boolean):
        return _equivalence(theorem_name(name, goal.name), derivation, goal)
    if not bases(goal.start):
        return _count(theorem_name(name, goal.name), derivation, goal)
    return Writer(theorem_name(name, goal.name), derivation, goal).section()


def _equivalence(name: str, derivation: Derivation, goal: Goal) -> str:
    """A goal about a condition: its steps are equivalences."""
    lemmas, chain = [], []
    for number, step in enumerate((s for s in derivation.steps if s.goal == goal.name), 1):
        lemma = f"{name}_{number}"
        proof = "by_division." if step.rule.startswith("divide") else "lia."
        if isinstance(step.before, sp.Or):
            axis = SymbolicAxis(goal.name.split()[-1])
            proof = f"by_counting {axis.stride} {axis.position}."
        lemmas.append(
            f"Lemma {lemma} (* {step.rule} *) :\n"
            f"  {proposition(step.before)} <-> {proposition(step.after)}.\n"
            f"Proof. {proof} Qed.\n"
        )
        chain.append(f"etransitivity; [apply {lemma}|].")
    proof = f"{' '.join(chain)} reflexivity."
    return section(name, indices(goal.free), lemmas, _plain_conclusion(goal), proof)


def _count(name: str, derivation: Derivation, goal: Goal) -> str:
    """A goal about a number of taps: consecutive ones are counted."""
    axis = SymbolicAxis(goal.name.split()[-1])
    ((tap, _, _),) = goal.start.limits
    guard = goal.start.function.args[0][1]
    low, high = sp.Integer(1), axis.kernel
    for fact in sp.And.make_args(guard):
        # tap <= slack where it has the sign minus, and tap >= -slack else
        slack = sp.expand(fact.gts - fact.lts)
        if sp.expand(slack.subs(tap, tap + 1) - slack) == -1:
            high = sp.expand(slack + tap)
        else:
            low = sp.expand(tap - slack)
    (step,) = (step for step in derivation.steps if step.goal == goal.name)
    if step.after != goal.result:
        raise DerivationError(f"{goal.name}: the last step is not the result")
    window = f"window {axis.stride} {axis.position} {axis.out}_is"
    proof = f"{window}; count_taps {integer(low)} {integer(high)}."
    return section(name, indices(goal.free), [], _plain_conclusion(goal), proof)
