"""Finding out by small calls how a function wants to be spoken to: layout, tuples or ints, bias."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from convproof.conformance.guard import guarded
from convproof.conformance.invoke import Manner, arguments, invoke, native_arrays
from convproof.conformance.layouts import LAYOUTS
from convproof.conformance.signatures import Binding, Param, split_op
from convproof.laws.case import Case

_SPACE, _TAPS = (7, 10, 6), (3, 2, 3)


def example(op: str, binding: Binding, *, plain: bool, bias: bool = True) -> Case:
    """A call whose sizes all differ; with `plain`, stride 1 and no padding."""
    base, rank, backward = split_op(op)
    roles = binding.roles
    step = 1 if plain or "stride" not in roles else 2
    pad = 0 if plain or "padding" not in roles else 1
    taps = _TAPS[:rank]
    if base != "conv" and "stride" not in roles:
        taps = (2,) * rank
    kernel = bias_array = None
    depth = 3
    x = np.arange(2 * 3 * np.prod(_SPACE[:rank])).reshape(2, *_SPACE[:rank], 3) % 7 - 3.0
    if base == "conv":
        depth = 5
        kernel = np.arange(15 * np.prod(taps)).reshape(*taps, 3, 5) % 5 - 2.0
        bias_array = np.arange(5.0) if bias and "bias" in roles else None
    case = Case(
        op,
        x,
        kernel,
        bias_array,
        None,
        stride=(step,) * rank if "stride" in roles or base == "conv" else taps,
        padding=((pad, pad),) * rank,
        dilation=(1,) * rank,
        window=None if base == "conv" else taps,
    )
    if not backward:
        return case
    shape = (2, *case.out_space, depth)
    return case.replace(dy=np.arange(np.prod(shape)).reshape(shape) % 5 - 1.0)


def _int_choices(binding: Binding) -> Iterator[frozenset[str]]:
    """Which roles to give as one int: none, all, then every other set of them."""
    fixed = frozenset(binding.ints)
    options = [
        role
        for role in ("window", "stride", "padding", "dilation")
        if role in binding.roles and role not in fixed
    ]
    sets = [
        frozenset(chosen)
        for size in range(len(options) + 1)
        for chosen in itertools.combinations(options, size)
    ]
    order = [sets[0], sets[-1], *sets[1:-1]] if len(sets) > 1 else sets
    return (fixed | chosen for chosen in order)


def _shapes_fit(binding: Binding, case: Case, manner: Manner) -> bool | None:
    """True if the call gave the right shape, False if a wrong one, None if it failed."""
    outcome = invoke(binding, case, manner).outcome
    if outcome.values is None or outcome.values[0] is None:
        return None
    wanted = case.x.shape if case.backward else case.out_shape
    return bool(outcome.values[0].shape == wanted)


def find_manner(
    binding: Binding,
    start: Manner,
    layouts: Sequence[str] = LAYOUTS,
    *,
    plain_only: bool = False,
) -> Manner | None:
    """The manner in which the function gives the right shape, else one in which it answers.

    None if it answers in no manner at all.
    """
    answering: Manner | None = None
    for plain in (True,) if plain_only else (False, True):
        case = example(binding.op, binding, plain=plain)
        for ints in _int_choices(binding):
            for layout in layouts:
                manner = replace(start, layout=layout, ints=ints)
                fits = _shapes_fit(binding, case, manner)
                if fits:
                    return manner
                if fits is False and answering is None:
                    answering = manner
    return answering


def takes_no_bias(binding: Binding, manner: Manner) -> bool:
    """True if the function can be called without a bias (None, or the argument left out)."""
    if "bias" not in binding.roles:
        return True
    case = example(binding.op, binding, plain=True, bias=False)
    return _shapes_fit(binding, case, replace(manner, bias_none=True)) is not None


def unread_roles(binding: Binding, manner: Manner) -> frozenset[str]:
    """What a function with a param dict never looks up in it: parameters it does not have."""
    reader = binding.forward_binding or binding
    if "param" not in {*reader.positional, *reader.keywords}:
        return frozenset()
    case = example(reader.op, reader, plain=False)
    args, kwargs = arguments(reader, case, native_arrays(case, manner.layout), manner)
    with guarded(), contextlib.suppress(Exception, SystemExit):
        reader.function(*args, **kwargs)
    params = [item for item in (*args, *kwargs.values()) if isinstance(item, Param)]
    return params[0].unread() if params else frozenset()
