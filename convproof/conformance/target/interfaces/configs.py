"""Functions that take numbers as one object: a dataclass, a named tuple, a dict of the weights."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from convproof.conformance.target.interfaces import ranks
from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.wrapper import Wrapper, alias, declared_by, parameters
from convproof.laws.op import Op

_ROLES = "stride strides padding pad dilation groups kernel_size window pool_size size"


def offers(module: ModuleType, own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each function with such a parameter: its fields become keywords."""
    for name, function in own.items():
        op = op_of_name(name)
        if op is None and hasattr(function, "__code__"):
            yield from _first(name, function)
        if op is None or isinstance(function, type):
            continue
        if not Op.of(op).backward and hasattr(function, "__code__"):
            yield from _held(name, function, op)
        for parameter in declared_by(function).values():
            kind = _kind(parameter, module)
            called = "" if kind is None else kind.__name__
            if kind is None or getattr(module, called, None) != kind:
                continue
            fields = parameters(kind)
            rest = parameters(function, (parameter.name,))
            if fields is None or rest is None or not set(fields.names) & set(_ROLES.split()):
                continue
            declared = fields.declared.replace("*, ", "")
            mark = "" if "*" in rest.declared else "*, "
            source = (
                f"def function({rest.declared}, {mark}{declared}):\n"
                f"    numbers = {called}({', '.join(f'{n}={n}' for n in fields.names)})\n"
                f"    return {alias(name, op)}({rest.passed}, {parameter.name}=numbers)\n"
            )
            uses = {alias(name, op): name, called: called}
            yield Wrapper(op, source, uses, f"{name} with a {called} of the numbers")


def _held(name: str, function: Any, op: str) -> Iterator[Wrapper]:
    """A function of an image and a dict that holds the weights, with whatever else it is asked."""
    names = list(declared_by(function))
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError, ValueError):
        return
    if len(names) != 2 or not op.startswith("conv"):
        return
    keys = re.findall(rf"\b{names[1]}\[['\"](\w+)['\"]\]", text)
    keys += re.findall(rf"\b{names[1]}\.get\(['\"](\w+)['\"]", text)
    keys = list(dict.fromkeys(keys))
    weight = next((k for k in keys if k.lower() in _WEIGHT.split()), None)
    bias = next((k for k in keys if k.lower() in _BIAS.split()), None)
    rest = [key for key in keys if key not in (weight, bias)]
    if weight is None or any(key.lower() not in _ROLES.split() for key in rest):
        return
    given = {weight: "w"} | ({bias: "b"} if bias else {}) | {key: key for key in rest}
    declared = "".join(f", {k}={int(k.lower()[0] != 'p')}" for k in rest)
    held = ", ".join(f"{key!r}: {value}" for key, value in given.items())
    source = (
        f"def function(x, w{', b' if bias else ''}{declared}):\n"
        f"    return {alias(name, op)}(x, {{{held}}})\n"
    )
    yield Wrapper(op, source, {alias(name, op): name}, f"{name} with a dict of {', '.join(keys)}")


def _first(name: str, function: Any) -> Iterator[Wrapper]:
    """`apply(params, x, dilation=1)`, of a dict that holds the weights: taken for a convolution."""
    taken = parameters(function)
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError, ValueError):
        return
    if taken is None or len(taken.names) < 2:
        return
    held, image = taken.names[:2]
    keys = list(dict.fromkeys(re.findall(rf"\b{held}\[['\"](\w+)['\"]\]", text)))
    weight = next((k for k in keys if k.lower() in _WEIGHT.split()), None)
    bias = next((k for k in keys if k.lower() in _BIAS.split()), None)
    if weight is None or len(keys) > 2 or (len(keys) == 2 and bias is None):
        return
    rest = [p for p in taken.each if p != "*" and p.split("=")[0] not in (held, image)]
    if any("=" not in p for p in rest):
        return  # a state, or another array
    given = {weight: "w"} | ({bias: "b"} if bias else {})
    shown = ", ".join(f"{key!r}: {value}" for key, value in given.items())
    passed = "".join(f", {p.split('=')[0]}={p.split('=')[0]}" for p in rest)
    declared = "".join(f", {p}" for p in rest)
    for rank in ranks.likely(name, function):
        op = f"conv{rank}d"
        own = alias(name, op)
        source = (
            f"def function(x, w{', b' if bias else ''}{declared}):\n"
            f"    return {own}({{{shown}}}, x{passed})\n"
        )
        about = f"{name} with a dict of {', '.join(keys)}"
        yield Wrapper(op, source, {own: name}, about, unsure=True)


_WEIGHT = "w weight weights kernel kernels filter filters"
_BIAS = "b bias biases"


def _kind(parameter: inspect.Parameter, module: ModuleType) -> type | None:
    """The class of such a parameter, by its default or its annotation."""
    default, note = parameter.default, parameter.annotation
    if isinstance(note, str):
        note = vars(module).get(note.strip("'\""))
    for kind in (note, type(default)):
        if isinstance(kind, type) and (
            dataclasses.is_dataclass(kind) or (issubclass(kind, tuple) and hasattr(kind, "_fields"))
        ):
            return kind
    return None
