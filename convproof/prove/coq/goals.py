"""The section of one goal of a derivation in Coq: what it speaks of, its steps, its theorem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sympy as sp

from convproof.derive import rules
from convproof.derive.nodes import ArgMaxOver, MaxOver
from convproof.derive.step import Definition, Derivation, Goal, Step
from convproof.derive.symbols import Limit, axes
from convproof.errors import DerivationError
from convproof.prove.coq import maxima
from convproof.prove.coq import steps as scripts
from convproof.prove.coq.context import Declared
from convproof.prove.coq.terms import Terms, applied, array
from convproof.prove.coq.text import identifier, integer

# How a derivation goes through a definition; `known` rewrites with what is given of its entries.
DERIVING = """\
Ltac known := rewrite {known}.
Ltac derive_head := go_in laws D_derives known.
Ltac derive_sum_step :=
  rewrite (derive_sum R rO rI radd rmul rsub ropp laws D D_derives); inward laws; apply sum_ext.
Ltac derive_leaf := at_leaf laws D_derives known; ring.
"""


def indices(free: Iterable[Limit]) -> list[Declared]:
    """A goal's own indices, and their ranges."""
    found = []
    for var, low, high in free:
        name = identifier(var)
        found.append(Declared(name, "Z"))
        within = f"{integer(low)} <= {name} <= {integer(high)}"
        found.append(Declared(f"{name}_in", within, hypothesis=True))
    return found


def section(
    name: str, declared: Iterable[Declared], lines: Iterable[str], conclusion: str, proof: str
) -> str:
    """A section: what is declared, further lines, and its theorem."""
    return "\n".join([
        f"Section {name}_section.", *(one.line() for one in declared), *lines,
        f"Theorem {name} :\n  {conclusion}.\nProof. {proof} Qed.", f"End {name}_section.\n",
    ])  # fmt: skip


class Writer:
    """Writes the section of one goal."""

    def __init__(self, name: str, derivation: Derivation, goal: Goal, plain: bool = False) -> None:
        self.name, self.derivation, self.goal = name, derivation, goal
        self.chain = [step for step in derivation.steps if step.goal == goal.name]
        self.terms = Terms((var for var, _, _ in goal.free), plain)
        self.unbound = Terms((), plain)
        meanings = {one.left.base: one for one in derivation.definitions}
        nodes = goal.start.atoms(sp.Derivative)
        self.node: sp.Derivative | None = next(iter(nodes), None)
        used = {base for step in self.chain for base in bases(step.before, step.after)}
        # What the derivative moves an entry of, alone, is given: entries that a definition makes
        # equal to others cannot move alone.
        kept = bases(goal.result) | {by.base for node in nodes for by in node.variables}
        self.defined: dict[sp.IndexedBase, Definition] = {}
        self.maximum: Definition | None = None
        for base in sorted(used, key=str):
            moved = self.node is not None and self.node.expr.base == base
            if base in meanings and isinstance(meanings[base].right, MaxOver):
                self.maximum = meanings[base]
                continue
            if base in meanings and isinstance(meanings[base].right, ArgMaxOver):
                self.defined[base] = meanings[base]
                continue
            if base in meanings and (moved or (base not in kept and str(base.label) == "Xp")):
                self.defined[base] = meanings[base]
        given = used | {b for one in self.defined.values() for b in bases(one.right)}
        self.given = sorted(given - set(self.defined), key=str)

    @property
    def ordered(self) -> bool:
        """Values are compared here, and may be minus infinity."""
        return isinstance(self.goal.start, MaxOver) or self.maximum is not None

    @property
    def cases(self) -> sp.IndexedBase | None:
        """The array that is defined by cases, if one is."""
        found = (
            b
            for b, one in self.defined.items()
            if len(one.right.args) == len(scripts.CASES) and isinstance(one.right, sp.Piecewise)
        )
        return next(found, None)

    @property
    def winner(self) -> sp.IndexedBase:
        """The array of the winners' numbers."""
        (found,) = (b for b, one in self.defined.items() if isinstance(one.right, ArgMaxOver))
        return found

    def write(self, e: sp.Expr) -> str:
        """A formula of the goal."""
        return self.terms.largest(e) if isinstance(e, MaxOver) else self.terms.write(e)

    def declared(self) -> list[Declared]:
        """The goal's indices, the arrays that are given and those defined, the derivation."""
        found = [*indices(self.goal.free)]
        found += [
            Declared(array(base), _type(base, self.chain, self.defined)) for base in self.given
        ]
        if self.ordered:
            found.append(Declared("less", "R -> R -> bool"))
        for base, one in self.defined.items():
            if isinstance(one.right, ArgMaxOver):
                found.append(maxima.winner(one, self.unbound))
                continue
            letters = " ".join(identifier(var) for var in one.left.indices)
            kind, body = "R", self.unbound.write
            if self.ordered:
                kind, body = "option R", self.unbound.optional
            found.append(Declared(array(base), kind, letters=letters, body=body(one.right)))
        return [*found, *self.derivative()]

    def moved(self) -> list[sp.IndexedBase]:
        """The arrays in what is differentiated."""
        if self.node is None:
            return []
        one = self.maximum or self.defined[self.node.expr.base]
        return sorted(bases(one.right), key=str)

    def derivative(self) -> list[Declared]:
        """A derivation that moves one entry of one array, and none of the others."""
        if self.node is None:
            return []
        (by,) = self.node.variables
        found = [
            Declared("D", "R -> R"), Declared("D_derives", "derivation D", hypothesis=True),
        ]  # fmt: skip
        for base in self.moved():
            name, rank = array(base), _rank(base, self.chain, self.defined)
            others = [f"at{number}" for number in range(1, rank + 1)]
            moved = self.unbound.zero
            if base == by.base:
                moved = self.unbound.joined("mul", [
                    f"(delta {integer(i)} {at})" for i, at in zip(by.indices, others, strict=True)
                ])  # fmt: skip
            text = f"forall {' '.join(others)}, D {applied(name, others)} = {moved}"
            found.append(Declared(f"D_{name}", text, hypothesis=True))
        if self.maximum is not None:
            found.append(maxima.moves_as_its_winner(self.maximum, self.winner, self.unbound))
        return found

    def conclusion(self) -> str:
        """What is proved: the definition is the result."""
        return f"{self.write(self.goal.start)}\n  = {self.write(self.goal.result)}"

    def script(self, step: Step) -> list[str]:
        """The proof of one step."""
        kind, terms, free = step.rule.split()[0], self.terms, self.goal.free
        if kind == "eliminate":
            var = sp.Symbol(step.rule.split()[1], integer=True, positive=True)
            return scripts.in_parts(
                step.before, step.after, terms,
                lambda part: _eliminated(part, var),
                lambda a, b: scripts.eliminate(a, b, var, terms),
            )  # fmt: skip
        if kind == "drop":
            return scripts.in_parts(
                step.before, step.after, terms,
                lambda part: rules.drop_implied(part, free), scripts.drop,
            )  # fmt: skip
        if isinstance(step.before, MaxOver):
            limits = step.after.limits
            return [*scripts.enter(limits), "unfold Padded. write_out_option."]
        if self.maximum is not None and kind == "differentiate":
            return maxima.differentiate(step.before, step.after, self.maximum, self.winner, terms)
        if step.rule == "unfold the padding":
            hidden = [array(base) for base in self.defined if str(base.label) == "Xp"]
            unfolded = f"unfold {hidden[0]}." if hidden else ""
            facts = "" if hidden else self._window_facts()
            return scripts.in_parts(
                step.before, step.after, terms, lambda part: part,
                lambda a, b: scripts.write_out(a, b, unfolded, facts),
            )  # fmt: skip
        if kind == "split":
            return ["which_case."]
        if kind == "differentiate" and self.cases:
            return scripts.differentiate_cases(step.before, step.after, array(self.cases), terms)
        if kind == "differentiate" and self.node is not None:
            base = self.node.expr.base
            return scripts.in_parts(
                step.before, step.after, terms, lambda part: part,
                lambda a, b: scripts.differentiate(
                    a, b, self.goal, self.defined[base], array(base), terms
                ),
            )  # fmt: skip
        raise DerivationError(f"{step.goal}: no lemma for the rule {step.rule!r}")

    def _window_facts(self) -> str:
        """Windows in range lie on the padded input: from the output sizes' formulas."""
        return " ".join(
            f"window {axis.stride} {axis.position} {axis.out}_is. taps {axis.dilation} {axis.tap}."
            for axis in axes(int(self.derivation.name[-2]))
        )

    def section(self) -> str:
        """The goal's section: what is given, a lemma for each step, the theorem."""
        name = self.name
        lemmas, chain = [], []
        for number, step in enumerate(self.chain, 1):
            proof = "\n  ".join(self.script(step))
            lemma = f"{name}_{number}"
            lemmas.append(
                f"Lemma {lemma} (* {step.rule} *) :\n"
                f"  {self.write(step.before)}\n  = {self.write(step.after)}.\n"
                f"Proof.\n  {proof}\nQed.\n"
            )
            chain.append(f"etransitivity; [apply {lemma}|].")
        known = [f"?D_{array(base)}" for base in self.moved()]
        tactics = [DERIVING.format(known=", ".join(known))] if known else []
        proof = f"{' '.join(chain)} reflexivity."
        return section(name, self.declared(), [*tactics, *lemmas], self.conclusion(), proof)


def _eliminated(part: sp.Expr, var: sp.Symbol) -> sp.Expr:
    """What a term should become: itself, where no delta fixes the index."""
    try:
        return rules.eliminate(part, var)
    except (DerivationError, StopIteration):
        return part


def bases(*exprs: sp.Basic) -> set[sp.IndexedBase]:
    """The arrays in some expressions."""
    return {base for expr in exprs for base in expr.atoms(sp.IndexedBase)}


def _rank(
    base: sp.IndexedBase, chain: Sequence[Step], defined: Mapping[sp.IndexedBase, Definition]
) -> int:
    exprs = [e for step in chain for e in (step.before, step.after)]
    exprs += [one.right for one in defined.values()]
    for expr in exprs:
        for entry in expr.atoms(sp.Indexed):
            if entry.base == base:
                return len(entry.indices)
    raise DerivationError(f"{base} has no entry")


def _type(
    base: sp.IndexedBase, chain: Sequence[Step], defined: Mapping[sp.IndexedBase, Definition]
) -> str:
    value = "Z" if str(base.label) == "A" else "R"
    return "Z -> " * _rank(base, chain, defined) + value
