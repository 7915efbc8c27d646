"""One call of a bound function: arguments in its own terms, results in ours, effects noted."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance import axes
from convproof.conformance.blame import classify
from convproof.conformance.guard import guarded
from convproof.conformance.layouts import from_native, to_native
from convproof.conformance.lift import lifted
from convproof.conformance.outcome import Outcome, TargetFailure, TargetNonsense
from convproof.conformance.padding import padding_value
from convproof.conformance.params import Param
from convproof.conformance.signatures import Binding
from convproof.laws.case import Case, arrange

Array = np.ndarray[Any, Any]

_GRADIENT_NAMES = {
    "x": "x dx gradx gradinput inputgrad xgrad input",
    "kernel": "kernel dkernel gradw dw gradkernel gradweight weight w weights dweight",
    "bias": "bias dbias gradb db gradbias b",
}


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


def _wrap(array: Array, kind: str) -> Any:
    """The array as the target wants it; torch shares the memory where it can."""
    if kind == "torch":
        import torch

        if array.flags.writeable and all(step >= 0 for step in array.strides):
            return torch.from_numpy(array)
        return torch.from_numpy(np.array(array))
    if kind == "jax":
        import jax.numpy as jnp

        return jnp.asarray(array)
    return array


def arguments(
    binding: Binding, case: Case, natives: Mapping[str, Array], manner: Manner
) -> tuple[list[Any], dict[str, Any]]:
    """Positional and keyword arguments for one call (the cache of a CS231n backward excepted)."""
    values = role_values(case, binding, manner)
    for name in ("x", "kernel", "bias", "dy"):
        array = natives.get(name)
        values[name] = None if array is None else _wrap(array, manner.array)
    if values["bias"] is None and not manner.bias_none and case.kernel is not None:
        values["bias"] = _wrap(np.zeros(case.kernel.shape[-1], case.x.dtype), manner.array)
    if manner.wide_bias and values["bias"] is not None:
        values["bias"] = values["bias"].reshape(*(1,) * (case.rank + 1), -1)
    positional = [values.get(role) for role in binding.positional]
    keywords = {
        name: values[role]
        for role, name in binding.keywords.items()
        if role in values and not (role == "bias" and values[role] is None and manner.bias_none)
    }
    return positional, keywords


def _as_array(value: Any, what: str) -> Array:
    """A result as a NumPy array of numbers, or `TargetNonsense`."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    if isinstance(value, (str, bytes, dict, set)) or value is None or callable(value):
        raise TargetNonsense(f"{what} is {_shown(value)}, not an array")
    try:
        array = np.asarray(value)
    except Exception as error:
        raise TargetNonsense(f"{what} is {_shown(value)}, not an array ({error})") from None
    if array.dtype.kind not in "biufc" and array.dtype.name != "bfloat16":
        raise TargetNonsense(f"{what} is {_shown(value)}, not an array of numbers")
    return array


def _narrow(gradient: Array, case: Case) -> Array:
    """The gradient of a bias with the axes of a result, as one of a list of numbers."""
    wide = gradient.shape[:-1] == (1,) * (case.rank + 1)
    return gradient.reshape(-1) if wide else gradient


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:  # so may a stranger's object
        text = "an object that cannot be shown"
    return f"{type(value).__name__} {text[:60]}" if value is not None else "None"


def results_of(raw: Any, case: Case) -> tuple[Array | None, ...]:
    """The arrays among what a function returned, in the order (y) or (dx, dkernel, dbias)."""
    if not case.backward:
        if isinstance(raw, (tuple, list)) and raw and hasattr(raw[0], "shape"):
            raw = raw[0]  # (out, cache)
        return (_as_array(raw, "the result"),)
    if isinstance(raw, Mapping):
        raw = _by_name(raw)
    elif hasattr(raw, "x") and hasattr(raw, "kernel"):
        raw = (raw.x, raw.kernel, getattr(raw, "bias", None))
    if case.kind != "conv":
        if isinstance(raw, (tuple, list)) and raw and hasattr(raw[0], "shape"):
            raw = raw[0]
        return (_as_array(raw, "the gradient"),)
    if not isinstance(raw, (tuple, list)) or not 2 <= len(raw) <= 3:
        size = f" of {len(raw)}" if isinstance(raw, (tuple, list)) else ""
        raise TargetNonsense(
            f"a backward returns (grad_x, grad_w, grad_b or None), not {type(raw).__name__}{size}"
        )
    names = ("grad_x", "grad_w")
    parts: list[Array | None] = [
        _as_array(item, name) for name, item in zip(names, raw, strict=False)
    ]
    bias = raw[2] if len(raw) == 3 else None
    parts.append(None if bias is None or case.bias is None else _as_array(bias, "grad_b"))
    return tuple(parts)


def _by_name(raw: Mapping[Any, Any]) -> tuple[Any, ...]:
    found = {str(key).replace("_", "").lower(): value for key, value in raw.items()}
    out = []
    for names in _GRADIENT_NAMES.values():
        out.append(next((found[name] for name in names.split() if name in found), None))
    return tuple(out)


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
            results = results_of(raw, case)
            if manner.wide_bias and len(results) == 3 and results[2] is not None:
                results = (*results[:2], _narrow(results[2], case))
        except BaseException as caught:
            error, refused = classify(caught, manner.own_errors)
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
