"""The obligations and their lemmas as one Coq file of theorems about Z."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy.logic.boolalg import Boolean

from convproof.prove.coq.text import identifier, integer, proposition
from convproof.prove.facts.formula import domain
from convproof.prove.facts.lemmas import LEMMAS
from convproof.prove.facts.obligation import Cut, Lemma, Obligation

HEADER = """\
(* Generated from the {what} stated in SymPy; not edited by hand. *)

Require Import ZArith Lia Bool.
From Convproof Require Import {needs}.
Open Scope Z_scope.

"""


def theorem_name(id: str) -> str:
    """An obligation's or lemma's name in Coq."""
    return "o_" + re.sub(r"[^A-Za-z0-9]", "_", id)


def _statement(hypotheses: Iterable[Boolean], conclusion: Boolean) -> str:
    known = [*hypotheses]
    symbols = sorted(set().union(*(f.free_symbols for f in (*known, conclusion))), key=str)
    names = " ".join(map(identifier, symbols))
    chain = [proposition(f) for f in (*domain(symbols), *known)]
    return f"forall {names} : Z,\n  " + " ->\n  ".join([*chain, proposition(conclusion)])


def lemma_text(lemma: Lemma) -> str:
    """A lemma of the nonlinear steps, proved from the integers up."""
    name = theorem_name(f"lemma-{lemma.id}")
    return (
        f"Lemma {name} : {_statement((), lemma.formula)}.\n"
        f"Proof. intros. {_cuts(lemma.cuts)}settle. Qed.\n"
    )


def _cuts(cuts: Iterable[Cut]) -> str:
    lines = []
    for number, cut in enumerate(cuts, start=1):
        how = "settle" if cut.lemma is None else _instance(cut)
        lines.append(f"assert (C{number} : {proposition(cut.formula)}).\n  {{ {how}. }}\n  ")
    return "".join(lines)


def _instance(cut: Cut) -> str:
    assert cut.lemma is not None
    terms = " ".join(integer(term) for _, term in cut.terms)
    sides = " ltac:(side)" * len(domain(cut.lemma.formula.free_symbols))
    name = theorem_name(f"lemma-{cut.lemma.id}")
    return f"pose proof ({name} {terms}{sides}) as L. align L. instance L"


def statement_text(item: Obligation) -> str:
    """What an obligation says, as a proposition of Coq."""
    return _statement(item.assumed(), item.claim())


def obligation_text(item: Obligation) -> str:
    """An obligation as a theorem; its cuts are asserted on the way."""
    cuts = [
        Cut(
            item.spelled(cut.formula),
            cut.lemma,
            tuple((name, item.spelled(term)) for name, term in cut.terms),
        )
        for cut in item.cuts
    ]
    return (
        f"(* {item.statement} *)\n"
        f"Theorem {theorem_name(item.id)} : {_statement(item.assumed(), item.claim())}.\n"
        f"Proof.\n  intros.\n  {_cuts(cuts)}settle.\nQed.\n"
    )


def lemmas_file() -> str:
    """The lemmas that the cuts are instances of."""
    texts = [lemma_text(lemma) for lemma in _in_order(LEMMAS)]
    return HEADER.format(what="lemmas", needs="Settle") + "\n".join(texts)


def obligations_file(items: Iterable[Obligation]) -> str:
    """Obligations as theorems."""
    texts = map(obligation_text, items)
    return HEADER.format(what="obligations", needs="Settle Lemmas") + "\n".join(texts)


def _in_order(lemmas: Iterable[Lemma]) -> list[Lemma]:
    """Lemmas after those they use."""
    order: list[Lemma] = []

    def place(lemma: Lemma) -> None:
        for cut in lemma.cuts:
            if cut.lemma is not None:
                place(cut.lemma)
        if lemma not in order:
            order.append(lemma)

    for lemma in lemmas:
        place(lemma)
    return order
