"""Every obligation by its id."""

from __future__ import annotations

import functools
from types import MappingProxyType

from convproof.errors import ConvproofError
from convproof.prove import access, dumoulin, shifts, sizes, stacks, ties
from convproof.prove.obligation import Obligation


@functools.cache
def obligations() -> MappingProxyType[str, Obligation]:
    """Every obligation by id, in the order of their files."""
    found: dict[str, Obligation] = {}
    for module in (sizes, access, ties, shifts, stacks, dumoulin):
        for item in module.OBLIGATIONS:
            if item.id in found:
                raise ConvproofError(f"obligation {item.id!r} is stated twice")
            found[item.id] = item
    return MappingProxyType(found)
