"""Which wrappers a module needs: those for what it has no function for that can be called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from convproof.conformance.target.interfaces import (
    built_in,
    configs,
    gradients,
    kin,
    layers,
    modes,
    states,
)
from convproof.conformance.target.layouts import LAYOUTS
from convproof.conformance.target.opnames import distance
from convproof.conformance.target.probe import Probe
from convproof.conformance.target.signatures import bind
from convproof.conformance.target.templates import Form
from convproof.conformance.target.wrapper import Wrapper
from convproof.errors import TargetError
from convproof.laws.op import Op

Function = Callable[..., Any]


def offered(module: ModuleType, own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Every wrapper for something of the module, the likeliest of each kind first."""
    yield from modes.offers(own)
    yield from configs.offers(module, own)
    yield from states.offers(own)
    yield from layers.offers(own)
    yield from kin.offers(own)
    yield from built_in.offers(own)
    yield from gradients.offers(own)


def wrapped(
    module: ModuleType,
    own: Mapping[str, Any],
    direct: Mapping[str, Function],
    names: frozenset[str] | None = None,
    tried: bool = True,
) -> dict[str, Function]:
    """op -> the function that a wrapper makes, for ops that `direct` cannot be called for.

    Args:
        module: the target's.
        own: what it defines, by name.
        direct: op -> function, matched by name alone.
        names: only wrappers that use one of these.
        tried: whether calls may be made to find out; else the likeliest is taken.
    """
    found: dict[str, Function] = {}
    wrong: dict[str, Function] = {}
    stay: set[str] = set()
    for wrapper in offered(module, own):
        op = wrapper.op
        if op in found or op in stay or (names and not names & set(wrapper.uses.values())):
            continue
        beside = {**direct, **found}
        if op in direct and (
            not tried or (not wrapper.instead and _way(direct[op], op, beside) is FITS)
        ):
            stay.add(op)
            continue
        made = wrapper.function(module)
        way = _way(made, op, beside, wrapper.whole) if tried else FITS
        if way is FITS:
            found[op] = made
        elif way is ANSWERS and not any(map(distance, wrapper.uses.values())):
            wrong.setdefault(op, made)  # of a name that says nothing else than what it is
    wrong = {op: made for op, made in wrong.items() if op not in {*found, *direct}}
    return {**wrong, **found}


FITS, ANSWERS, FAILS = "the right shape", "another shape", "no answer"


def _way(function: Function, op: str, beside: Mapping[str, Function], whole: bool = False) -> str:
    """What comes of calling it in all the ways that are known."""
    try:
        binding = bind(function, op)
        if binding.guessed and Op.of(op).backward:
            return FAILS  # what a forward kept looks like an image
        if binding.uses_cache:
            forward = str(Op.of(op).forward)
            if forward not in beside:
                return FAILS
            binding.forward_binding = bind(beside[forward], forward)
    except TargetError:
        return FAILS
    start = Form(LAYOUTS[0], ints=binding.ints)
    adapter, fits = Probe(binding).best(start, last=False)
    if whole and adapter is not None and adapter.lifted:
        return FAILS  # a derivative for each plane takes too long to be judged
    return FITS if fits else FAILS if adapter is None else ANSWERS
