"""What a theorem speaks of: variables, hypotheses and definitions, for a section or in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Declared:
    """A variable or a hypothesis (`type`), or a definition of a function of integers (`body`)."""

    name: str
    type: str
    hypothesis: bool = False
    letters: str = ""
    body: str = ""

    def line(self) -> str:
        """The declaration in a section."""
        if self.body:
            return f"Let {self.name} ({self.letters} : Z) : {self.type} :=\n  {self.body}."
        kind = "Hypothesis" if self.hypothesis else "Variable"
        return f"{kind} {self.name} : {self.type}."

    def binder(self) -> str:
        """The declaration at the head of a statement."""
        if self.body:
            return f"let {self.name} ({self.letters} : Z) : {self.type} :=\n    {self.body} in"
        return f"({self.type}) ->" if self.hypothesis else f"forall {self.name} : {self.type},"


RING = (
    *(Declared(name, kind) for name, kind in (("R", "Type"), ("rO", "R"), ("rI", "R"))),
    *(Declared(name, "R -> R -> R") for name in ("radd", "rmul", "rsub")),
    Declared("ropp", "R -> R"),
    Declared("laws", "Ring_theory.ring_theory rO rI radd rmul rsub ropp (@eq R)", True),
)
# The words of a statement, by their full names: it is read apart from the files that prove it.
WORDS = """\
let sum := Convproof.Sums.sum R rO radd in
  let span := Convproof.Rules.span R rO radd in
  let delta := Convproof.Rules.delta R rO rI in
  let derivation := Convproof.Rules.derivation R radd rmul in
  let first := Convproof.Greatest.first R in
  let top (less : R -> R -> bool) := Convproof.Sums.sum (option R) None
    (Convproof.Greatest.join R less) in"""


def statement(declared: Iterable[Declared], conclusion: str) -> str:
    """A theorem's statement in full: over every commutative ring, nothing left to a section."""
    head = "\n  ".join(one.binder() for one in RING)
    body = "\n  ".join(one.binder() for one in declared)
    return f"({head}\n  {WORDS}\n  {body}\n  {conclusion})"
