"""Every Coq file that is checked: the shipped library, and what is generated here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from convproof.derive import derive
from convproof.derive.step import Derivation
from convproof.derive.training import training_step
from convproof.prove.coq.derivations import derivations
from convproof.prove.coq.derived import adjoint_file, adjoints
from convproof.prove.coq.library import needs, pinned, shipped, theorems
from convproof.prove.coq.obligations import (
    lemmas_file,
    obligations_file,
    statement_text,
    theorem_name,
)
from convproof.prove.coq.script import derivation_file, statements
from convproof.prove.coq.script import theorem_name as theorem_name_of
from convproof.prove.coq.training import training_file, training_statements
from convproof.prove.facts.catalogue import files
from convproof.prove.facts.obligation import Obligation

DERIVED, UPDATE = "Derived_", "update_step"
TACTICS = ("Sums", "Same", "Rules", "Greatest", "Tactics")
LIBRARY = ("Sums", "Axis", "Layers", "Pooling", "Same", "Rules", "Greatest")


@dataclass(frozen=True)
class Source:
    """A Coq file: what it needs, how its text is made, and the theorems to be audited.

    `stated` gives, for a theorem, all that it must say: names of statements kept apart from the
    proofs, or statements themselves.  Theorems that are not `listed` are those that are stated.
    """

    name: str
    needs: tuple[str, ...]
    text: Callable[[], str]
    listed: tuple[str, ...] = ()
    stated: Callable[[], Mapping[str, tuple[str, ...]]] = dict

    @functools.cached_property
    def statements(self) -> Mapping[str, tuple[str, ...]]:
        """What each theorem must say; made when it is asked for."""
        return self.stated()

    @property
    def theorems(self) -> tuple[str, ...]:
        """The theorems to be audited."""
        return self.listed or tuple(self.statements)


def _library() -> list[Source]:
    known = pinned()
    return [
        Source(
            name,
            needs(text),
            functools.partial(str, text),
            theorems(text),
            functools.partial(_known, theorems(text), known),
        )
        for name, text in shipped().items()
    ]


def _known(
    names: tuple[str, ...], known: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    return {theorem: known[theorem] for theorem in names if theorem in known}


def _obligations(name: str, items: tuple[Obligation, ...]) -> Source:
    stated = {theorem_name(item.id): (statement_text(item),) for item in items}
    needed = ("Settle", "Lemmas")
    text = functools.partial(obligations_file, items)
    return Source(f"Obligations_{name}", needed, text, tuple(stated), lambda: stated)


@functools.cache
def sources() -> dict[str, Source]:
    """Every file by name, each after those it needs."""
    found = [
        *_library(),
        Source("Lemmas", ("Settle",), lemmas_file),
        *(_obligations(name, items) for name, items in files().items()),
    ]
    for rank in (1, 2, 3):
        for kind in ("conv", "avg_pool", "max_pool"):
            found.append(_adjoint(f"{kind}{rank}d"))
    found += [_derived(name, get) for name, get in derivations().items()]
    found.append(_training())
    return {source.name: source for source in found}


def _adjoint(name: str) -> Source:
    """What is adjoint to what in one derivation."""
    return Source(
        name,
        LIBRARY,
        functools.cache(lambda: adjoint_file(name, derive(name))),
        stated=lambda: {one: (says,) for one, says in adjoints(name, derive(name)).items()},
    )


def _derived(name: str, get: Callable[[], Derivation]) -> Source:
    """A derivation's proof, and what each of its theorems must say."""
    return Source(
        f"{DERIVED}{name}",
        TACTICS,
        functools.cache(lambda: derivation_file(name, get())),
        stated=lambda: {one: (says,) for one, says in statements(name, get()).items()},
    )


def _training() -> Source:
    """The proof of the update step's derivation."""
    return Source(
        f"{DERIVED}{UPDATE}",
        (*TACTICS, "Spread"),
        functools.cache(lambda: training_file(UPDATE, training_step())),
        stated=lambda: {
            one: (says,) for one, says in training_statements(UPDATE, training_step()).items()
        },
    )


@functools.cache
def home_of() -> dict[str, str]:
    """The file of every audited theorem but those about derivations."""
    return {
        theorem: source.name
        for source in sources().values()
        if not source.name.startswith(DERIVED)
        for theorem in source.theorems
    }


def home(theorem: str) -> str | None:
    """The file of a theorem; those about a derivation have its name in theirs."""
    if theorem in home_of():
        return home_of()[theorem]
    every = (*derivations(), UPDATE)
    named = [name for name in every if theorem.startswith(theorem_name_of(name, ""))]
    return f"{DERIVED}{max(named, key=len)}" if named else None
