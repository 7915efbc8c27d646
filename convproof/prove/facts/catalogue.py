"""Every obligation by its id, from the files that are there."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import MappingProxyType

from convproof.errors import ConvproofError
from convproof.prove import facts
from convproof.prove.facts.obligation import Obligation


@functools.cache
def files() -> MappingProxyType[str, tuple[Obligation, ...]]:
    """The obligations of each file of this folder that states some."""
    found: dict[str, tuple[Obligation, ...]] = {}
    for _, name, _ in pkgutil.iter_modules(facts.__path__):
        if name == __name__.rpartition(".")[2]:
            continue
        items = getattr(importlib.import_module(f"{facts.__name__}.{name}"), "OBLIGATIONS", ())
        if items:
            found[name] = tuple(items)
    return MappingProxyType(found)


@functools.cache
def obligations() -> MappingProxyType[str, Obligation]:
    """Every obligation by id, in the order of their files."""
    found: dict[str, Obligation] = {}
    for items in files().values():
        for item in items:
            if item.id in found:
                raise ConvproofError(f"obligation {item.id!r} is stated twice")
            found[item.id] = item
    return MappingProxyType(found)
