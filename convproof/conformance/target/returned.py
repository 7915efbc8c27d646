"""The arrays among what a function returned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convproof.conformance.target.outcome import TargetNonsense
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]

_GRADIENT_NAMES = {
    "x": "x dx gradx gradinput inputgrad xgrad input",
    "kernel": "kernel dkernel gradw dw gradkernel gradweight weight w weights dweight",
    "bias": "bias dbias gradb db gradbias b",
}


def _as_array(value: Any, what: str) -> Array:
    """A result as a NumPy array of numbers, or `TargetNonsense`."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    if isinstance(value, (str, bytes, dict, set)) or value is None or callable(value):
        raise TargetNonsense(f"{what} is {_shown(value)}, not an array")
    try:
        array = np.asarray(value)
        if not isinstance(value, (np.ndarray, np.generic, list, tuple, int, float)):
            again = np.asarray(value)  # an object's array is what it says at the time
            same = (again.shape, again.tobytes()) == (array.shape, array.tobytes())
        else:
            same = True
    except Exception as error:
        raise TargetNonsense(f"{what} is {_shown(value)}, not an array ({error})") from None
    if not same:
        raise TargetNonsense(f"{what} is {_shown(value)}, another array at each look")
    if array.dtype.kind not in "biufc" and array.dtype.name != "bfloat16":
        raise TargetNonsense(f"{what} is {_shown(value)}, not an array of numbers")
    return array


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:  # so may a stranger's object
        text = "an object that cannot be shown"
    return f"{type(value).__name__} {text[:60]}" if value is not None else "None"


def results_of(
    raw: Any, case: Case, absent: frozenset[str] = frozenset()
) -> tuple[Array | None, ...]:
    """The arrays among what a function returned, in the order (y) or (dx, dkernel, dbias)."""
    if not case.backward:
        if isinstance(raw, (tuple, list)) and raw and hasattr(raw[0], "shape"):
            raw = raw[0]  # (out, cache)
        return (_as_array(raw, "the result"),)
    if isinstance(raw, Mapping):
        raw = _by_name(raw)
    elif hasattr(raw, "x") and hasattr(raw, "kernel"):
        raw = (raw.x, raw.kernel, getattr(raw, "bias", None))
    if case.kernel is None:
        if isinstance(raw, (tuple, list)) and raw and hasattr(raw[0], "shape"):
            raw = raw[0]
        return (_as_array(raw, "the gradient"),)
    if not isinstance(raw, (tuple, list)) or not 2 <= len(raw) <= 3:
        size = f" of {len(raw)}" if isinstance(raw, (tuple, list)) else ""
        raise TargetNonsense(
            f"a backward returns (grad_x, grad_w, grad_b or None), not {type(raw).__name__}{size}"
        )
    names = {"dx": "grad_x", "dkernel": "grad_w"}
    parts = [
        None if item is None and name in absent else _as_array(item, shown)
        for (name, shown), item in zip(names.items(), raw, strict=False)
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
