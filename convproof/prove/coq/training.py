"""The derivation of a training step as a Coq file: its goals are theorems, its steps lemmas.

Its arrays obey a hypothesis (the columns of R are orthonormal) and its goals use one another, so
that all of it is one section: each goal declares what those before it did not need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from convproof.derive import rules
from convproof.derive.step import Definition, Derivation, Goal, Step
from convproof.errors import DerivationError
from convproof.prove.coq import steps as scripts
from convproof.prove.coq.context import Declared, statement
from convproof.prove.coq.goals import bases
from convproof.prove.coq.script import HEADER, theorem_name
from convproof.prove.coq.terms import Terms, applied
from convproof.prove.coq.text import identifier, integer

NAMES = {"R": "Turn", "Z": "Pre", "Z'": "Pre'"}  # R is the ring, Z are the integers
SAME = {"definition", "hypothesis", "chain rule", "rename"}  # equal once written out
SPREAD = {"distributivity", "exchange", "linearity"}
USE = "goal "


def training_file(name: str, what: Derivation) -> str:
    """The Coq file of a training step's derivation, whose theorems get `name`.

    Raises:
        DerivationError: if a step has a rule, or a formula a form, that is not covered.
    """
    return Writer(name, what).text()


def training_statements(name: str, what: Derivation) -> dict[str, str]:
    """By theorem, what it must say: in full, and printed apart from its proof."""
    return Writer(name, what, plain=True).statements()


def array(base: sp.IndexedBase) -> str:
    """An array's Coq name: V'^+ is Vnext'."""
    label = NAMES.get(str(base.label), str(base.label))
    letter, prime = label[0], "'" * label.count("'")
    return f"{letter}next{prime}" if label.endswith("^+") else label


class Training(Terms):
    """The formulas of a training step: with numbers, squares, and a derivative by any entry."""

    def write(self, e: sp.Expr) -> str:
        """A formula as Coq text."""
        if isinstance(e, sp.Indexed):
            return applied(array(e.base), map(integer, e.indices))
        if isinstance(e, sp.Symbol) and not e.is_integer:
            return identifier(e)
        if e == -1:
            return "(ropp rI)"
        if isinstance(e, sp.Pow) and e.exp == 2:
            return self.joined("mul", [self.write(e.base)] * 2)
        if isinstance(e, sp.Derivative):
            (by,) = e.variables
            return applied("D", [*map(integer, by.indices), self.write(e.expr)])
        return super().write(e)


class Writer:
    """Writes the file and its statements; `plain` text uses no notation."""

    def __init__(self, name: str, what: Derivation, plain: bool = False) -> None:
        self.name, self.what = name, what
        self.terms = Training((), plain)
        self.meaning = {one.left.base: one for one in what.definitions}
        self.seen: set[str] = set()

    def text(self) -> str:
        """The file."""
        head = HEADER.format(name=self.name, digest=self.what.digest)
        parts = [head.replace(" Tactics.", " Tactics Spread.")]
        for goal in self.what.goals.values():
            parts += [one.line() for one in self.declared(goal)]
            parts += self.proved(goal)
        return "\n".join([*parts, "End Derived.\n"])

    def statements(self) -> dict[str, str]:
        """By theorem, what it must say: in full, and printed apart from its proof."""
        found: dict[str, str] = {}
        given: list[Declared] = []
        for goal in self.what.goals.values():
            given += self.declared(goal)
            said = f"{self.forall(goal)}\n  {self.equal(goal.start, goal.result)}"
            found[theorem_name(self.name, goal.name)] = statement(given, said)
        return found

    def forall(self, goal: Goal) -> str:
        """The goal's own indices, in their ranges."""
        letters = " ".join(identifier(var) for var, _, _ in goal.free)
        within = [f"{low} <= {identifier(v)} <= {integer(hi)}" for v, low, hi in goal.free]
        return f"forall {letters} : Z, {' -> '.join(within)} ->"

    def equal(self, before: sp.Expr, after: sp.Expr) -> str:
        """Two formulas are equal."""
        return f"{self.terms.write(before)}\n  = {self.terms.write(after)}"

    def declared(self, goal: Goal) -> Iterator[Declared]:
        """What a goal speaks of, and was not declared before: sizes, arrays, what they mean."""
        for one in self._declared(goal):
            if one.name not in self.seen:
                self.seen.add(one.name)
                yield one

    def _declared(self, goal: Goal) -> Iterator[Declared]:
        order = list(self._order((goal.start, goal.result)))
        written = [goal.start, goal.result, *(one.right for one in order if not _given(one))]
        tops = [high for _, _, high in goal.free]
        tops += [limit[2] for e in written for s in e.atoms(sp.Sum) for limit in s.limits]
        for top in dict.fromkeys(tops):
            yield Declared(integer(top), "Z")
            yield Declared(f"{integer(top)}_sign", f"0 < {integer(top)}", hypothesis=True)
        labels = {base.label for e in written for base in e.atoms(sp.IndexedBase)}
        scalars = {s for e in written for s in e.free_symbols if not s.is_integer} - labels
        for scalar in sorted(scalars, key=str):
            if isinstance(scalar, sp.Symbol):
                yield Declared(identifier(scalar), "R")
        for one in order:
            if _given(one):
                yield from self._array(one)
            else:
                nodes = one.right.atoms(sp.Derivative)
                yield from self._derivative(nodes)
                letters = " ".join(identifier(var) for var in one.left.indices)
                body = self.terms.write(one.right)
                yield Declared(array(one.left.base), "R", letters=letters, body=body)

    def _order(self, written: Iterable[sp.Expr]) -> Iterator[Definition | sp.IndexedBase]:
        """The arrays in some formulas, each after those in its definition."""
        for base in sorted(bases(*written), key=str):
            if base in self.meaning:
                yield from self._order([self.meaning[base].right])
                yield self.meaning[base]
            else:
                yield base

    def _array(self, base: sp.IndexedBase) -> Iterator[Declared]:
        yield Declared(array(base), "Z -> Z -> R")
        for number, fact in enumerate(self.what.given, 1):
            if bases(fact) == {base}:
                said = self._fact(fact)
                yield Declared(f"given_{number}", said, hypothesis=True)

    def _fact(self, fact: sp.Eq) -> str:
        letters = sorted((s for s in fact.rhs.free_symbols), key=str)
        (extent,) = {limit[2] for limit in fact.lhs.limits}
        within = " -> ".join(f"1 <= {identifier(s)} <= {integer(extent)}" for s in letters)
        names = " ".join(map(identifier, letters))
        return f"forall {names}, {within} -> {self.equal(fact.lhs, fact.rhs)}"

    def _derivative(self, nodes: Iterable[sp.Derivative]) -> Iterator[Declared]:
        """For every entry that is moved a derivation: it moves that one, and no other."""
        for node in nodes:
            (by,) = node.variables
            near = self._within("by", by.base)
            yield Declared("D", "Z -> Z -> R -> R")
            text = f"forall by1 by2, {near} derivation (D by1 by2)"
            yield Declared("D_derives", text, hypothesis=True)
            for base in sorted(self._moved(node), key=str):
                text = f"forall by1 by2 at1 at2, {near} {self._within('at', base)}\n    "
                text += f"D by1 by2 ({array(base)} at1 at2) = "
                here = ["(delta by1 at1)", "(delta by2 at2)"]
                zero = base != by.base
                text += self.terms.zero if zero else self.terms.joined("mul", here)
                yield Declared(f"D_{array(base)}", text, hypothesis=True)

    def _within(self, name: str, base: sp.IndexedBase) -> str:
        """The ranges of two indices of an array."""
        tops: Iterable[sp.Expr] = self.what.arrays.get(base, ())
        if base in self.meaning:
            tops = [high for _, _, high in self.meaning[base].free]
        return " ".join(f"1 <= {name}{at} <= {integer(h)} ->" for at, h in enumerate(tops, 1))

    def _moved(self, node: sp.Derivative) -> set[sp.IndexedBase]:
        """The arrays in what is differentiated, down to the one that is moved."""
        (by,) = node.variables
        found, left = {by.base}, bases(node.expr)
        while left:
            base = left.pop()
            inside = bases(self.meaning[base].right) if base in self.meaning else set()
            if by.base in inside:
                left |= inside - {by.base}
            elif base != by.base:
                found.add(base)
        return found

    def proved(self, goal: Goal) -> list[str]:
        """A lemma for each step, and the theorem."""
        name, lemmas, chain = theorem_name(self.name, goal.name), [], []
        steps = [step for step in self.what.steps if step.goal == goal.name]
        for number, step in enumerate(steps, 1):
            proof = "\n  ".join([f"intros {_paired(goal)}.", *self.script(step)])
            lemmas.append(
                f"Lemma {name}_{number} (* {step.rule} *) : {self.forall(goal)}\n"
                f"  {self.equal(step.before, step.after)}.\nProof.\n  {proof}\nQed.\n"
            )
            chain.append(f"etransitivity; [apply {name}_{number}; assumption|].")
        theorem = f"{self.forall(goal)}\n  {self.equal(goal.start, goal.result)}"
        proof = f"intros {_paired(goal)}. {' '.join(chain)} reflexivity."
        return [*lemmas, f"Theorem {name} :\n  {theorem}.\nProof. {proof} Qed.\n"]

    def script(self, step: Step) -> list[str]:
        """The proof of one step."""
        before, after = step.before, step.after
        if step.rule.startswith(USE):
            used = theorem_name(self.name, step.rule.removeprefix(USE))
            return [f"rewrite {used} by assumption.", "reflexivity."]
        if step.rule in SAME:
            return [self._unfolded(before, after), "same_terms ltac:(ring)."]
        if step.rule in SPREAD:
            inside = "f_equal; " if isinstance(before, sp.Derivative) else ""
            return [f"{inside}distribute laws ltac:(ring)."]
        if step.rule == "differentiation":
            by = " ".join(map(integer, before.variables[0].indices))
            known = ", ".join(f"?D_{array(b)}" for b in sorted(bases(before), key=str))
            return [
                f"pose proof (D_derives {by} ltac:(assumption) ltac:(assumption)) as derives.",
                f"repeat (rewrite (derive_sum {scripts.RING} _ derives);"
                " apply sum_ext; intros ? ?).",
                f"rewrite ?(derive_mul _ _ _ _ derives), {known} by assumption. ring.",
            ]
        if step.rule == "delta elimination":
            gone = {lim[0] for lim in before.limits} - {lim[0] for lim in after.limits}
            (var,) = gone
            return scripts.eliminate(before, after, var, self.terms)
        if step.rule == "orthogonality":
            return self._contracted(before, after)
        raise DerivationError(f"{step.goal}: no lemma for the rule {step.rule!r}")

    def _unfolded(self, before: sp.Expr, after: sp.Expr) -> str:
        names = [array(base) for base in bases(before) ^ bases(after) if base in self.meaning]
        return f"cbv delta [{' '.join(sorted(names))}]; cbv beta." if names else ""

    def _contracted(self, before: sp.Expr, after: sp.Expr) -> list[str]:
        """The sum over what is contracted first, then what is given of it."""
        (delta,) = rules.deltas(rules.open_sum(after)[0])
        term, _, limits = rules.open_sum(before)
        kept = [limit for limit in limits if limit in after.limits]
        (gone,) = (limit for limit in limits if limit not in kept)
        pair = [f for f in sp.Mul.make_args(term) if f.has(gone[0])]
        rest = [f for f in sp.Mul.make_args(term) if not f.has(gone[0])]
        inner = self.terms.summed([gone], self.terms.write(sp.Mul(*pair)))
        body = self.terms.joined("mul", [self.terms.write(sp.Mul(*rest)), inner])
        middle = self.terms.summed(kept, body)
        sides = " ".join(self.terms.delta(delta))
        return [
            f"transitivity {middle}.",
            "{ distribute laws ltac:(ring). }",
            *scripts.enter(kept),
            f"rewrite (given_1 {sides}) by assumption. ring.",
        ]


def _given(one: Definition | sp.IndexedBase) -> bool:
    return isinstance(one, sp.IndexedBase)


def _paired(goal: Goal) -> str:
    """The names of a goal's indices, then those of their ranges."""
    names = [identifier(var) for var, _, _ in goal.free]
    return " ".join([*names, *(f"{name}_in" for name in names)])
