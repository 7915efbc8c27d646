"""Which wrappers a module needs: those for what it has no function for that can be called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

from convproof.conformance.target.experiments import is_op
from convproof.conformance.target.interfaces import (
    built_in,
    configs,
    gradients,
    kernels,
    kin,
    layers,
    modes,
    operators,
    ranks,
    states,
    tensors,
    unnamed,
)
from convproof.conformance.target.layouts import LAYOUTS
from convproof.conformance.target.opnames import distance
from convproof.conformance.target.probe import Probe
from convproof.conformance.target.signatures import bind
from convproof.conformance.target.templates import Form
from convproof.conformance.target.wrapper import Wrapper, used_by
from convproof.errors import TargetError
from convproof.laws.op import Op

Function = Callable[..., Any]


def offered(module: ModuleType, own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Every wrapper for something of the module, the likeliest of each kind first."""
    yield from modes.offers(own)
    yield from configs.offers(module, own)
    yield from tensors.offers(own)
    yield from states.offers(own)
    yield from layers.offers(own)
    yield from kin.offers(own)
    yield from built_in.offers(own)
    yield from gradients.offers(own)
    yield from operators.offers(own)
    yield from kernels.offers(own)
    yield from unnamed.offers(own)


def ranked(direct: Mapping[str, Function]) -> dict[str, Function]:
    """The same functions, those of another number of axes than two under that op.

    Where no name says one or three, two are meant; unless no call of images is answered rightly,
    or the function's text speaks of others, and most of their numbers come.
    """
    found = dict(direct)
    for op, function in sorted(direct.items(), key=lambda item: Op.of(item[0]).backward):
        name = getattr(function, "__name__", "")
        order = ranks.likely(name, function)
        if Op.of(op).rank != 2 or op == name or not name or ranks.told(name):
            continue
        if order[0] == 2 and _way(function, op, found) is FITS:
            continue
        for rank in order:
            other = ranks.at(op, rank)
            if other == op:
                if order[0] != 2 and _way(function, op, found) is FITS:
                    break
            elif (other not in found or _is_step(found[other], function)) and (
                _way(function, other, found, unsure=True) is FITS
            ):
                found[other] = found.pop(op)
                break
    return found


def _is_step(one: Function, other: Function) -> bool:
    """Whether a function is called by another, of which it is a part."""
    return getattr(one, "__name__", "") in used_by(getattr(other, "__code__", None))


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
    taken: set[tuple[str, bool]] = set()  # what is judged as some op, and whether as a backward
    ways: dict[tuple[str, bool], str] = {}  # what came of `direct`'s

    def directly(op: str, unsure: bool) -> str:
        # a backward that needs its forward's cache may have it by now
        if ways.get((op, unsure), FAILS) is FAILS and (
            Op.of(op).backward or (op, unsure) not in ways
        ):
            ways[op, unsure] = _way(direct[op], op, {**direct, **found}, unsure=unsure)
        return ways[op, unsure]

    known = {getattr(function, "__name__", ""): Op.of(op).rank for op, function in direct.items()}
    for wrapper in offered(module, own):
        own_rank = {known[name] for name in wrapper.uses.values() if name in known}
        if len(own_rank) == 1:  # what is made of a function is of as many axes as that
            wrapper = replace(wrapper, op=ranks.at(wrapper.op, *own_rank))
        op = wrapper.op
        if op in found or op in stay or (names and not names & set(wrapper.uses.values())):
            continue
        mark = "".join(sorted(wrapper.uses.values())), Op.of(op).backward
        needless = mark in taken or (op in direct and not wrapper.instead)
        if wrapper.unsure and (needless or not tried):
            continue
        beside = {**direct, **found}
        if op in direct and (
            not tried
            or (not wrapper.instead and directly(op, False) is FITS)
            or (wrapper.unsure and directly(op, True) is FITS)
        ):
            stay.add(op)
            continue
        made = wrapper.function(module)
        # the gradient of what was found so is known by its name, and by its shape
        unsure = wrapper.unsure and not (Op.of(op).backward and str(Op.of(op).forward) in found)
        way = _way(made, op, beside, wrapper.whole, unsure) if tried else FITS
        if way is FITS:
            found[op] = made
            taken.add(mark)
        elif wrapper.unsure:
            continue
        elif way is ANSWERS and not any(map(distance, wrapper.uses.values())):
            wrong.setdefault(op, made)  # of a name that says nothing else than what it is
    wrong = {op: made for op, made in wrong.items() if op not in {*found, *direct}}
    return {**wrong, **found}


def callable_of(found: Mapping[str, Function]) -> dict[str, Function]:
    """Those that there is a way to call, or all where there is none.

    Of parameters that were guessed it is not known, and what cannot be called is not judged.
    """
    kept = {
        op: function
        for op, function in found.items()
        if not _guessed(function, op) or _way(function, op, found, unsure=True) is not FAILS
    }
    return kept or dict(found)


def by_trial(named: Mapping[str, Function], op: str) -> dict[str, Function]:
    """The first of these functions most of whose numbers are right; empty if there is none."""
    for name, function in named.items():
        if not Op.of(op).backward and _way(function, op, {}, unsure=True) is FITS:
            return {name: function}
    return {}


def _guessed(function: Function, op: str) -> bool:
    """Whether it is a backward some of whose parameters were told by their place alone."""
    try:
        return Op.of(op).backward and bool(bind(function, op).guessed)
    except TargetError:
        return False


FITS, ANSWERS, FAILS = "the right shape", "another shape", "no answer"


def _way(
    function: Function,
    op: str,
    beside: Mapping[str, Function],
    whole: bool = False,
    unsure: bool = False,
) -> str:
    """What comes of calling it in all the ways that are known; if `unsure`, numbers count too."""
    try:
        binding = bind(function, op)
        if binding.guessed and Op.of(op).backward and not unsure:
            return FAILS  # what a forward kept looks like an image
        if binding.uses_cache:
            forward = str(Op.of(op).forward)
            if forward not in beside:
                return FAILS
            binding.forward_binding = bind(beside[forward], forward)
    except TargetError:
        return FAILS
    start = Form(LAYOUTS[0], ints=binding.ints)
    probe = Probe(binding)
    adapter, fits = probe.best(start, last=False)
    if unsure and not (adapter is not None and fits and is_op(probe, adapter.only)):
        return FAILS
    if whole and adapter is not None and adapter.lifted:
        return FAILS  # a derivative for each plane takes too long to be judged
    return FITS if fits else FAILS if adapter is None else ANSWERS
