"""One call of a bound function: arguments in its own terms, results in ours, effects noted."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.target import axes
from convproof.conformance.target.arrays import wrap
from convproof.conformance.target.blame import classify
from convproof.conformance.target.capture import guarded
from convproof.conformance.target.layouts import from_native, to_native
from convproof.conformance.target.lift import lifted
from convproof.conformance.target.outcome import Outcome, TargetFailure, TargetNonsense
from convproof.conformance.target.padding import padding_value
from convproof.conformance.target.params import Param
from convproof.conformance.target.returned import narrow, results_of
from convproof.conformance.target.signatures import Binding
from convproof.laws.case import Case, arrange

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Manner:
    """How a target is spoken to: its layout, its kind of array, and roles that want one int."""

    layout: str
    array: str = "numpy"
    ints: frozenset[str] = frozenset()
    bias_none: bool = True
    unread: frozenset[str] = frozenset()  # keys of a param dict that nobody asks for
    own_errors: bool = False  # every exception of this target is a refusal it means
    padding: str = "numbers"  # a form of `padding.FORMS`
    only: str = ""  # the one floating dtype it was seen to answer
    square: bool = False  # it was seen to answer with kernels of one size on all axes only
    wide_bias: bool = False  # its bias has the axes of a result: (1, 1, 1, M)
    lift: str = ""  # a form of `lift.LIFTS`: what the function lacks of (N, C, *space)
    all_axes: bool = False  # strides and windows have a number for the batch and the channels too
    unit_stride: bool = False  # a pool without a stride, whose windows move by 1, not side by side


@dataclass
class Call:
    """What one call leaves behind, for `Target.calls` to look at again."""

    outcome: Outcome
    natives: dict[str, Array]
    results: tuple[Array | None, ...]


def native_arrays(case: Case, layout: str) -> dict[str, Array]:
    """The case's arrays as the target sees them, laid out in memory as the case says."""
    return {
        name: arrange(to_native(name, array, layout), case.memory)
        for name, array in case.arrays.items()
    }


def refill(old: Mapping[str, Array], case: Case, layout: str) -> dict[str, Array]:
    """The same array objects as before with new contents, where shape and dtype agree."""
    out = native_arrays(case, layout)
    for name, array in out.items():
        before = old.get(name)
        if (
            before is not None
            and before.shape == array.shape
            and before.dtype == array.dtype
            and before.flags.writeable
        ):
            np.copyto(before, array)
            out[name] = before
    return out


def role_values(case: Case, binding: Binding, manner: Manner) -> dict[str, Any]:
    """role -> value, each in the form the function wants; arrays are not among them."""
    values: dict[str, Any] = {
        "stride": tuple(case.stride),
        "padding": padding_value(case, manner.padding),
        "dilation": tuple(case.dilation),
        "groups": case.groups,
        "ceil_mode": case.ceil_mode,
        "count_include_pad": case.count_include_pad,
    }
    if case.window is not None:
        values["window"] = tuple(case.window)
    for role in manner.ints & values.keys():
        value = values[role]
        values[role] = value[0] if isinstance(value, tuple) else value
    if manner.all_axes:
        for role in ("stride", "dilation", "window"):
            if isinstance(values.get(role), tuple):
                values[role] = axes.all_axes(values[role], manner.layout)
    values |= axes.values_of(case)
    for role in (*binding.positional, *binding.keywords):
        if role.startswith("layout:"):
            values[role] = axes.layout_value(role, manner.layout, case.rank)
    if "param" in binding.roles:
        values["param"] = Param(values, case.kind, case.rank, binding.param_keys)
    elif default_says_it(binding, case):
        values["stride"] = None
    return values


def default_says_it(binding: Binding, case: Case) -> bool:
    """Whether the stride is left to the default, None: every other call that it suits."""
    return (
        case.window is not None
        and case.stride == case.window
        and binding.defaults.get("stride", case) is None
        and sum(case.x.shape) % 2 == 1
    )


def arguments(
    binding: Binding, case: Case, natives: Mapping[str, Array], manner: Manner
) -> tuple[list[Any], dict[str, Any]]:
    """Positional and keyword arguments for one call (the cache of a CS231n backward excepted)."""
    values = role_values(case, binding, manner)
    for name in ("x", "kernel", "bias", "dy"):
        array = natives.get(name)
        values[name] = None if array is None else wrap(array, manner.array)
    if values["bias"] is None and not manner.bias_none and case.kernel is not None:
        values["bias"] = wrap(np.zeros(case.kernel.shape[-1], case.x.dtype), manner.array)
    if manner.wide_bias and values["bias"] is not None:
        values["bias"] = values["bias"].reshape(*(1,) * (case.rank + 1), -1)
    if "out" in binding.roles:
        values["out"] = wrap(blank(case, manner.layout), manner.array)
    positional = [values.get(role) for role in binding.positional]
    keywords = {
        name: values[role]
        for role, name in binding.keywords.items()
        if role in values and not (role == "bias" and values[role] is None and manner.bias_none)
    }
    return positional, keywords


def blank(case: Case, layout: str) -> Array:
    """Memory for the result, full of what nobody may read."""
    fill = np.nan if case.x.dtype.kind == "f" else 99
    return to_native("y", np.full(case.out_shape, fill, case.x.dtype), layout).copy()


def _filled(binding: Binding, args: list[Any], kwargs: Mapping[str, Any]) -> Any:
    """The array that was handed over for the result."""
    if "out" in binding.positional:
        return args[binding.positional.index("out")]
    return kwargs[binding.keywords["out"]]


def invoke(
    binding: Binding,
    case: Case,
    manner: Manner,
    natives: dict[str, Array] | None = None,
    earlier: Callable[[tuple[Array | None, ...]], bool] = lambda results: False,
) -> Call:
    """Call the function once and say what came of it; never raises for the target's doing.

    `earlier` says whether results share memory with what earlier calls returned.
    """
    natives = native_arrays(case, manner.layout) if natives is None else natives
    before = {name: (array.tobytes(), _state(array)) for name, array in natives.items()}
    results: tuple[Array | None, ...] = ()
    values: tuple[Array | None, ...] | None = None
    error: TargetFailure | None = None
    refused, raw = False, None
    with guarded() as record:
        start = time.perf_counter()
        try:
            args, kwargs = arguments(binding, case, natives, manner)
            if binding.uses_cache:
                args, kwargs = _with_cache(binding, case, natives, manner, args, kwargs)
            raw = lifted(binding, manner.lift)(*args, **kwargs)
            if raw is None and "out" in binding.roles:
                raw = _filled(binding, args, kwargs)
            results = results_of(raw, case, binding.absent)
            if manner.wide_bias and len(results) == 3 and results[2] is not None:
                results = (*results[:2], narrow(results[2], case))
        except BaseException as caught:
            error, refused = classify(caught, manner.own_errors)
            refused = refused or _untiled(binding, case, caught)
            caught.__traceback__ = None
        seconds = time.perf_counter() - start
    if error is None:
        names = ("x", "kernel", "bias")
        values = tuple(
            None
            if item is None
            else np.array(from_native(name, item, manner.layout, case.rank), order="C")
            for name, item in zip(names, results, strict=False)
        )
    written = tuple(
        name if natives[name].tobytes() != numbers else f"the {what} of {name}"
        for name, (numbers, state) in before.items()
        for what in _changed(numbers, state, natives[name])
    )
    shared = [
        name
        for name, array in natives.items()
        if any(r is not None and np.may_share_memory(r, array) for r in results)
    ]
    if earlier(results):
        shared.append("earlier result")
    outcome = Outcome(
        values,
        error,
        raw,
        written,
        tuple(shared),
        record.printed,
        seconds,
        tuple(record.warned),
        refused,
        disturbed=tuple(record.disturbed),
    )
    return Call(outcome, natives, results)


def _untiled(binding: Binding, case: Case, error: BaseException) -> bool:
    """Whether a pool without a stride could not cut an image that its windows do not fill.

    It reshapes the image into windows, so that NumPy says no for it.
    """
    tiles = case.window is not None and "stride" not in binding.roles
    cut = type(error) is ValueError and str(error).startswith("cannot reshape array")
    return bool(tiles and cut and any(n % k for n, k in zip(case.space, case.taps, strict=True)))


def _state(array: Array) -> dict[str, Any]:
    """What a caller relies on besides the numbers."""
    writeable = array.flags.writeable
    return {"shape": array.shape, "dtype": array.dtype, "write permission": writeable}


def _changed(numbers: bytes, state: Mapping[str, Any], array: Array) -> list[str]:
    """What of an array is no longer as it was: at most one thing, the plainest first."""
    now = _state(array)
    changed = [what for what, was in state.items() if now[what] != was]
    return changed[:1] or (["numbers"] if array.tobytes() != numbers else [])


def _with_cache(
    binding: Binding,
    case: Case,
    natives: Mapping[str, Array],
    manner: Manner,
    args: list[Any],
    kwargs: dict[str, Any],
) -> tuple[list[Any], dict[str, Any]]:
    """Run the forward first and hand its cache to the backward (CS231n)."""
    forward = binding.forward_binding
    if forward is None:
        raise TargetNonsense("a backward that takes a cache needs its forward beside it")
    fargs, fkwargs = arguments(forward, case.forward, natives, manner)
    out = forward.function(*fargs, **fkwargs)
    if len(case.x) > 1:  # another forward in between: the cache has to be this call's own
        other = {**natives, "x": other_image(natives["x"])}
        between, more = arguments(forward, case.forward, other, manner)
        forward.function(*between, **more)
    if not isinstance(out, (tuple, list)) or len(out) < 2:
        raise TargetNonsense("the forward returned no cache for its backward: (out, cache) is due")
    place = binding.positional.index("cache") if "cache" in binding.positional else None
    if place is None:
        return args, {**kwargs, binding.keywords["cache"]: out[1]}
    return [*args[:place], out[1], *args[place + 1 :]], kwargs


def other_image(x: Array) -> Array:
    """An image of the same shape with other numbers."""
    other: Array = np.add(x[::-1], x.dtype.type(1))
    return other


def short_trace(error: BaseException) -> str:
    """The last lines of a traceback, for a person."""
    lines = traceback.format_exception_only(type(error), error)
    return "".join(lines).strip()[-500:]
