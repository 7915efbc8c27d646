"""Every Coq file that is checked: the shipped library, and what is generated here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from convproof.prove.coq.derived import conv_file, pool_file
from convproof.prove.coq.library import needs, pinned, shipped, theorems
from convproof.prove.coq.obligations import (
    lemmas_file,
    obligations_file,
    statement_text,
    theorem_name,
)
from convproof.prove.facts.catalogue import files
from convproof.prove.facts.obligation import Obligation

LIBRARY = ("Sums", "Axis", "Layers", "Pooling", "Same")


@dataclass(frozen=True)
class Source:
    """A Coq file: what it needs, how its text is made, and the theorems to be audited.

    `statements` has, for a theorem, what it must say: the name of a statement kept apart from the
    proofs, or the statement itself.
    """

    name: str
    needs: tuple[str, ...]
    text: Callable[[], str]
    theorems: tuple[str, ...] = ()
    statements: Mapping[str, str] = field(default_factory=dict)


def _library() -> list[Source]:
    known = pinned()
    return [
        Source(
            name,
            needs(text),
            functools.partial(str, text),
            theorems(text),
            {theorem: known[theorem] for theorem in theorems(text) if theorem in known},
        )
        for name, text in shipped().items()
    ]


def _obligations(name: str, items: tuple[Obligation, ...]) -> Source:
    stated = {theorem_name(item.id): statement_text(item) for item in items}
    needed = ("Settle", "Lemmas")
    text = functools.partial(obligations_file, items)
    return Source(f"Obligations_{name}", needed, text, tuple(stated), stated)


@functools.cache
def sources() -> dict[str, Source]:
    """Every file by name, each after those it needs."""
    found = [
        *_library(),
        Source("Lemmas", ("Settle",), lemmas_file),
        *(_obligations(name, items) for name, items in files().items()),
    ]
    for rank in (1, 2, 3):
        name = f"conv{rank}d"
        both = (f"{name}_grad_x_is_adjoint", f"{name}_grad_kernel_is_adjoint")
        found.append(Source(name, LIBRARY, functools.partial(conv_file, name), both))
        for kind in ("avg_pool", "max_pool"):
            name = f"{kind}{rank}d"
            one = (f"{name}_grad_x_is_adjoint",)
            found.append(Source(name, LIBRARY, functools.partial(pool_file, name), one))
    return {source.name: source for source in found}


@functools.cache
def home_of() -> dict[str, str]:
    """The file of every audited theorem."""
    return {theorem: source.name for source in sources().values() for theorem in source.theorems}
