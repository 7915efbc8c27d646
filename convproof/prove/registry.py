"""Which statements the ledger holds, in the order of the chapter, and who judges each of them.

`CHAPTER` lists every id with the statement it has while nobody judges it: such a claim stands in
the ledger as OPEN, so that nothing is left out by silence.  `PROVIDERS` are module paths, looked
up only when the ledger is made: a room below this one need not know that the ledger exists.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable

from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade, Status, Verdict
from convproof.judgement import Finding, Judgement

# Each of these modules has `claims() -> Iterable[Judgement]`; the first that knows an id has it.
PROVIDERS = ("convproof.theory.claims",)

# id, source, statement: section 10.2, where another room is to judge.
CHAPTER: tuple[tuple[str, str, str], ...] = (
    ("orthogonal-equivariance", "chapter, 10.2", "Standard training algorithms for fully connected nets are orthogonally equivariant."),  # noqa: E501 (a table)
)


def _open(id: str, source: str, statement: str) -> Judgement:
    def judge() -> Finding:
        reason = "nobody has judged this statement yet"
        return Finding(
            Verdict.undecided(reason, Status.OPEN), Grade.OPEN, (Evidence(Grade.OPEN, reason),)
        )

    return Judgement(id, source, statement, judge, expected=Status.OPEN)


def _provided(path: str) -> Iterable[Judgement]:
    if importlib.util.find_spec(path) is None:
        return ()
    found: Iterable[Judgement] = importlib.import_module(path).claims()
    return found


def judgements() -> dict[str, Judgement]:
    """Every judgement by id: the chapter's order, each correction right after what it replaces."""
    found: dict[str, Judgement] = {}
    for path in PROVIDERS:
        own: set[str] = set()
        for item in _provided(path):
            if item.id in own:
                raise ConvproofError(f"{path} provides claim {item.id!r} twice")
            own.add(item.id)
            found.setdefault(item.id, item)
    order = [id for id, _, _ in CHAPTER]
    table = {id: found.get(id) or _open(id, source, text) for id, source, text in CHAPTER}
    for item in found.values():
        if item.id not in table:
            table[item.id] = item
            heirs = [at for at, id in enumerate(order) if table[id].replaced_by == item.id]
            order.insert(heirs[-1] + 1 if heirs else len(order), item.id)
    return {id: table[id] for id in order}
