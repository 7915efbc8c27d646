"""`resolve`: whatever a user calls a target, as a `Target`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from convproof.conformance.target.interfaces.choose import wrapped
from convproof.conformance.target.libraries import KNOWN, known
from convproof.conformance.target.loading import (
    beside,
    companion,
    find_object,
    functions_of,
    imports_us,
    load_module,
    own_of,
)
from convproof.conformance.target.locate import split_spec
from convproof.conformance.target.opnames import not_an_op, op_of_name
from convproof.conformance.target.signatures import bind, parameters_of
from convproof.conformance.target.target import Target
from convproof.conformance.target.wrapper import declared_by
from convproof.errors import TargetError
from convproof.laws.op import Op


def resolve(
    target: str | Path | Target | Callable[..., Any],
    *,
    op: str | None = None,
    layout: str | None = None,
    probing: str = "full",
) -> Target:
    """The `Target` that `target` names.

    Args:
        target: a `Target`; "convproof", "scipy", "torch", "jax" or "onnxruntime";
            "package.module"; "package.module:function"; "path/to/file.py";
            "path/to/file.py:function"; or a function whose name tells its op.
        op: which op the function computes, where its name does not tell.
        layout: "channels_first" or "channels_last"; None finds it out by a small call.
        probing: how much may be tried out: "full", "plain" or "none".

    Raises:
        TargetError: naming what is wrong and how to mend it; MissingExtra for a known library
            that is not installed.

    >>> resolve("scipy").name
    'scipy'
    """
    if op is not None:
        Op.of(op)
    if isinstance(target, Target):
        return target
    if callable(target):
        name = getattr(target, "__name__", type(target).__name__)
        return _of_function(name, target, op or _op_for(name, target, name), layout, None)
    if not isinstance(target, (str, Path)):
        raise TargetError(
            f"target={target!r}: allowed is a Target, a function, or a text such as 'torch' or "
            "'mine.py:conv2d'"
        )
    text = str(target)
    if text in KNOWN:
        made = known(text)
        expect_layout(made, layout)
        return made
    made = _of_text(text, op, layout, probing == "full")
    made.probing = probing
    return made


def expect_layout(made: Target, layout: str | None) -> None:
    """Refuse to call a known library's functions in a layout that is not theirs."""
    if layout and layout != made.layout:
        raise TargetError(f"layout={layout!r}: the target {made.name!r} is {made.layout}")


def _of_text(text: str, op: str | None, layout: str | None, tried: bool) -> Target:
    place, name = split_spec(text)
    module = load_module(place)
    made = _of_module(module, place, name, text, op, layout, tried)
    made.uses_us = made.uses_us or imports_us(module)
    return made


def _of_module(
    module: ModuleType,
    place: str,
    name: str | None,
    text: str,
    op: str | None,
    layout: str | None,
    tried: bool,
) -> Target:
    array = place.split(".")[0] if place.split(".")[0] in ("torch", "jax") else "numpy"
    if name is None:
        functions: dict[str, Any] = dict(functions_of(module, place, tried))
        if op is not None and op not in functions:
            raise TargetError(
                f"target {text!r} has no function named like {op}; it has "
                f"{', '.join(sorted(functions))}: name the function with {place}:FUNCTION"
            )
        made = _build(text, functions, layout, array, text)
        made.names = _names(module, functions)
        made.beside = beside(module)
        return made
    value = find_object(module, name, place)
    if isinstance(value, Target):
        value.spec, value.variable, value.stands_alone = text, name, True
        return value
    if not callable(value):
        raise TargetError(f"target {text!r}: {name} is a {type(value).__name__}, not callable")
    known = op or op_of_name(name.split(".")[-1])
    direct: dict[str, Any] = {}
    if known is not None and not isinstance(value, type):
        direct = {**companion(module, name, known), known: value}
    own = own_of(module) | ({name: value} if isinstance(value, type) else {})
    wrappers = wrapped(module, own, direct, frozenset((name,)), tried)
    if op is not None:
        wrappers = {op: wrappers[op]} if op in wrappers else {}
    if wrappers and (known is None or known in wrappers or isinstance(value, type)):
        return _build(text, wrappers, layout, array, text)
    chosen = op or _op_for(name.split(".")[-1], value, text)
    partner = companion(module, name, chosen)
    made = _of_function(text, value, chosen, layout, text, array, partner)
    made.names = {**_names(module, partner), chosen: name}
    return made


def _names(module: ModuleType, functions: Mapping[str, Any]) -> dict[str, str]:
    """op -> the name its function has in the module."""
    found = {}
    for op, function in functions.items():
        named = [name for name, value in vars(module).items() if value is function]
        if named:
            found[op] = op if op in named else named[0]
    return found


def _op_for(name: str, function: Callable[..., Any], shown: str) -> str:
    """The op, from the function's name, else from its parameters' names."""
    found = op_of_name(name)
    if found is not None:
        return found
    other = not_an_op(name)
    if other is not None:
        raise TargetError(
            f"target {shown!r}: it seems to compute {other}, of which there are no laws: wrap "
            "it in a function that is one of the ops, e.g. conv2d(x, w, stride=1, groups=1) or "
            "conv2d_backward(x, w, b, grad_y) -> (dx, dw, db), or name the op with --op"
        )
    fits = []
    for op in ("conv2d_backward", "conv2d"):
        try:
            binding = bind(function, op)
        except TargetError:
            continue
        if {"kernel", "x"} <= binding.roles and _names_kernel(function):
            fits.append(op)
    if fits:
        return fits[0]
    raise TargetError(
        f"target {shown!r}: its name does not tell what it computes; say so with --op, e.g. "
        "--op conv2d or --op max_pool2d (in Python: op='conv2d')"
    )


def _names_kernel(function: Callable[..., Any]) -> bool:
    """True if a parameter is named like a convolution's weights, and none like a pool's window."""
    names = [n.lower().replace("_", "") for n in declared_by(function)]
    return any(n in ("w", "weight", "weights", "kernel", "filter", "filters") for n in names)


def _of_function(
    name: str,
    function: Callable[..., Any],
    op: str,
    layout: str | None,
    spec: str | None,
    array: str = "numpy",
    beside: Any = None,
) -> Target:
    functions: dict[str, Any] = {op: function}
    if bind(function, op, name).uses_cache:
        functions.update(beside or {})
    return _build(name, functions, layout, array, spec)


def _build(
    name: str, functions: dict[str, Any], layout: str | None, array: str, spec: str | None
) -> Target:
    if array == "numpy" and any(_wants_torch(f) for f in functions.values()):
        array = "torch"
    made = Target(name, layout=layout, array=array, spec=spec, **functions)
    made.stands_alone = spec is not None
    return made


def _wants_torch(function: Any) -> bool:
    """True if a parameter is annotated as a torch tensor, or the function is a torch module."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(function, torch.nn.Module):
        return True
    return any("Tensor" in str(p.annotation) for p in parameters_of(function) or ())
