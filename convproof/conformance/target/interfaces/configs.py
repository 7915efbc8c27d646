"""Functions that take their numbers as one object: a dataclass or a named tuple of them."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.wrapper import Wrapper, alias, parameters

_ROLES = "stride strides padding pad dilation groups kernel_size window pool_size size"


def offers(module: ModuleType, own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each function with such a parameter: its fields become keywords."""
    for name, function in own.items():
        op = op_of_name(name)
        if op is None or isinstance(function, type):
            continue
        for parameter in inspect.signature(function).parameters.values():
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
