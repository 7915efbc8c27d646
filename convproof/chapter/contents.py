"""The contents of the chapter: every claim of this folder's files, none of them judged yet."""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType, ModuleType

from convproof import chapter
from convproof.chapter import reads
from convproof.chapter.claim import Claim
from convproof.errors import ConvproofError, SpecError, SpecTypeError

SECTION = "s10_"  # the chapter's own files; what is claimed after other sources comes behind them


@functools.cache
def claims() -> MappingProxyType[str, Claim]:
    """Every claim by id, not judged yet: the order of the files and of the functions in them.

    Raises:
        ConvproofError: where an id is given twice, a replacement is not there, a file has a public
            function that is no claim's judge, or a claim and what its sentence rests on
            (`reads.txt`) are not both there: a claim must not be lost.
    """
    found: dict[str, Claim] = {}
    for section in sections():
        for item in stated(section):
            if item.id in found:
                raise ConvproofError(f"claim {item.id!r} is stated twice")
            found[item.id] = item
    for item in found.values():
        if item.replaced_by is not None and item.replaced_by not in found:
            raise ConvproofError(f"claim {item.id!r}: its replacement is not in the ledger")
    for id in found.keys() ^ reads.parts().keys():
        if id not in found:
            raise ConvproofError(f"claim {id!r} is lost: reads.txt has what it rests on")
        if not reads.of(id, found[id].statement):
            raise ConvproofError(f"claim {id!r}: reads.txt does not say what it rests on")
    return MappingProxyType(found)


def sections() -> list[ModuleType]:
    """The files that state claims: the chapter's sections, then the other sources."""
    names = [name for _, name, _ in pkgutil.iter_modules(chapter.__path__)]
    modules = {name: importlib.import_module(f"{chapter.__name__}.{name}") for name in names}
    own = [name for name in names if name.startswith(SECTION)]
    others = [name for name in names if name not in own and _claims(modules[name])]
    return [modules[name] for name in (*own, *others)]


def _claims(section: ModuleType) -> list[Claim]:
    found: list[Claim] = []
    for value in vars(section).values():
        if isinstance(value, Claim):
            found.append(value)
        elif isinstance(value, tuple):
            found += [item for item in value if isinstance(item, Claim)]
    return found


def stated(section: ModuleType) -> list[Claim]:
    """The claims of one file, in its order.

    Raises:
        ConvproofError: if there are none, or a public function of it judges no claim.
    """
    for name, value in vars(section).items():
        own = inspect.isfunction(value) and value.__module__ == section.__name__
        if own and not name.startswith("_"):
            where = f"{section.__name__}.{name}"
            raise ConvproofError(f"{where} judges no claim: decorate it, or hide it")
    found = _claims(section)
    if not found:
        raise ConvproofError(f"{section.__name__} states no claim")
    return found


def select(claims: str | Iterable[str] | None = None) -> list[Claim]:
    """The claims with the given ids (None: all), not judged, in the order of the chapter.

    Raises:
        SpecError: for an id that no claim has; the message names the nearest ones.
        SpecTypeError: where `claims` is no id and no collection of ids.
    """
    known = _all()
    if claims is None:
        return list(known.values())
    allowed = "None, a claim's id, or several of them"
    if isinstance(claims, str):
        claims = (claims,)
    if not isinstance(claims, Iterable):
        raise SpecTypeError.of("claims", claims, allowed)
    wanted = list(claims)
    for id in wanted:
        if not isinstance(id, str):
            raise SpecTypeError.of("claims", id, allowed)
        if id not in known:
            near = difflib.get_close_matches(id, known, n=3, cutoff=0.0)
            raise SpecError.of(
                "claim", id, "an id of the ledger", "the nearest are " + ", ".join(near)
            )
    return [item for id, item in known.items() if id in wanted]


def _all() -> Mapping[str, Claim]:
    """`claims`, whose name `select` has for its argument."""
    return claims()
