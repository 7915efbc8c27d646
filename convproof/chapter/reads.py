"""What each part of a claim's sentence rests on, held against what the claim's judge cites.

A judge that cites one theorem less would leave its sentence wider than its evidence, unseen where
another claim cites the same theorem.  So `reads.txt` says of each part of each sentence, word for
word, what it rests on: the two are kept apart and have to agree.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from convproof.chapter.parts import derived
from convproof.evidence import Evidence, Grade
from convproof.prove.coq.obligations import theorem_name
from convproof.prove.facts.catalogue import obligations

OTHER = {"computed", "cited", "measured", "refuted", "named"}  # evidence of other kinds
EVERY = "every-derivation"  # the theorems about derivations are counted, not listed
WEAK = {"cited": Grade.CITED, "measured": Grade.MEASURED}  # what lowers a grade, and is needed
JOINING = {"and", "with"}  # what may stand between two parts of a sentence


@dataclass(frozen=True)
class Part:
    """Some words of a sentence, and the names of what says so."""

    words: str
    names: tuple[str, ...]


def spelled(name: str) -> list[str]:
    """A name with each choice in braces taken in turn.

    >>> spelled("pick{1,2}")
    ['pick1', 'pick2']
    """
    pieces = re.split(r"\{([^}]*)\}", name)
    choices = [piece.split(",") if odd % 2 else [piece] for odd, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen in itertools.product(*choices)]


@functools.cache
def parts() -> MappingProxyType[str, tuple[Part, ...]]:
    """The parts of every sentence that rests on theorems, by the claim's id."""
    text = resources.files("convproof.chapter").joinpath("reads.txt").read_text("utf-8")
    found: dict[str, list[Part]] = {}
    for line in text.splitlines():
        words = line.strip()
        if not words or line.startswith("#"):
            continue
        if not line.startswith(" "):
            here = found[words] = []
        elif line.startswith("    "):
            names = [one for name in words.split() for one in spelled(name)]
            here[-1] = Part(here[-1].words, (*here[-1].names, *names))
        else:
            here.append(Part(words, ()))
    return MappingProxyType({id: tuple(several) for id, several in found.items()})


def of(id: str, statement: str) -> tuple[Part, ...]:
    """The parts of one claim's sentence; an obligation that is a claim says all of its own."""
    if id not in parts() and id in obligations():
        return (Part(statement, (id,)),)
    return parts().get(id, ())


def named(several: Iterable[Part]) -> set[str]:
    """The theorems that parts rest on, an obligation's by its theorem's name."""
    found: set[str] = set()
    for part in several:
        for name in part.names:
            if name == EVERY:
                found |= set(derived())
            elif name not in OTHER:
                found.add(theorem_name(name) if name in obligations() else name)
    return found


def left(statement: str, several: Iterable[Part]) -> list[str]:
    """The words of a sentence that are in none of its parts and join none of them.

    >>> left("small, and red", [Part("small", ("a",))])
    ['red']
    """
    for part in several:
        statement = statement.replace(part.words, " , ")
    return [word for word in re.findall(r"[^\s,.;:()]+", statement) if word not in JOINING]


def doubts(id: str, statement: str, found: Iterable[Evidence]) -> Iterator[str]:
    """Why a claim may say more than its judge cites; nothing if both agree.

    Without Coq no theorem is cited, and there are its words alone to compare.
    """
    found = tuple(found)
    told = [item.details["theorems"] for item in found if "theorems" in item.details]
    several = of(id, statement)
    needed = {item.grade for item in found if not item.beside}
    for kind, grade in WEAK.items():
        if several and (grade in needed) is not any(kind in part.names for part in several):
            yield f"it rests on what is {kind}, or its sentence does, and not both"
    cited = {name for names in told for name in names}
    if told and not several:
        yield "reads.txt does not say what its sentence rests on"
    for part in several:
        if part.words not in statement or not part.names:
            yield f"it does not say {part.words!r}, or that rests on nothing"
    if several and (rest := left(statement, several)):
        yield f"nothing is said to be behind {' '.join(rest)!r}"
    if not told:
        return
    if several and (missing := named(several) - cited):
        yield f"its sentence rests on {min(missing)}, which is not cited"
    if several and (idle := cited - named(several)):
        yield f"{min(idle)} is cited, for no part of its sentence"
