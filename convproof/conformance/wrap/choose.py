"""Which wrappers a module needs: those for what it has no function for that can be called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

from convproof.conformance.guard import guarded
from convproof.conformance.invoke import Manner
from convproof.conformance.layouts import LAYOUTS
from convproof.conformance.manners import best_manner
from convproof.conformance.probe import learn_keys
from convproof.conformance.signatures import bind
from convproof.conformance.wrap import configs, gradients, kin, layers, modes, states
from convproof.conformance.wrap.wrapper import Wrapper
from convproof.errors import TargetError

Function = Callable[..., Any]


def offered(module: ModuleType, own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Every wrapper for something of the module, the likeliest of each kind first."""
    yield from modes.offers(own)
    yield from configs.offers(module, own)
    yield from states.offers(own)
    yield from layers.offers(own)
    yield from kin.offers(own)
    yield from gradients.offers(own)


def wrapped(
    module: ModuleType,
    own: Mapping[str, Any],
    direct: Mapping[str, Function],
    names: frozenset[str] | None = None,
) -> dict[str, Function]:
    """op -> the function that a wrapper makes, for ops that `direct` cannot be called for.

    Args:
        module: the target's.
        own: what it defines, by name.
        direct: op -> function, matched by name alone.
        names: only wrappers that use one of these.
    """
    found: dict[str, Function] = {}
    stay: set[str] = set()
    for wrapper in offered(module, own):
        op = wrapper.op
        if op in found or op in stay or (names and not names & set(wrapper.uses.values())):
            continue
        if op in direct and not wrapper.instead and _callable(direct[op], op, {**direct, **found}):
            stay.add(op)
            continue
        made = wrapper.function(module)
        if _callable(made, op, {**direct, **found}):
            found[op] = made
    return found


def _callable(function: Function, op: str, beside: Mapping[str, Function]) -> bool:
    """Whether a way is known to call it, by which the shape is right."""
    try:
        binding = bind(function, op)
        if binding.guessed and op.endswith("_backward"):
            return False  # what a forward kept looks like an image
        if binding.uses_cache:
            forward = op.removesuffix("_backward")
            if forward not in beside:
                return False
            binding.forward_binding = bind(beside[forward], forward)
    except TargetError:
        return False
    start = Manner(LAYOUTS[0], ints=frozenset(binding.ints))
    with guarded():
        start = replace(start, unread=learn_keys(binding, start))
        return best_manner(binding, start, LAYOUTS, last=False)[1]
