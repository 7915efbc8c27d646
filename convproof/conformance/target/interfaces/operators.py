"""Classes that hold an op's options and are handed its arrays: `Conv(stride).compute(x, w)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.interfaces import ranks
from convproof.conformance.target.interfaces.kept import is_module
from convproof.conformance.target.interfaces.layers import BACKWARDS, METHODS
from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.signatures import role_of
from convproof.conformance.target.wrapper import Wrapper, declared_by, parameters
from convproof.laws.op import WEIGHTED, Op

_GIVEN = {"x": "x", "kernel": "w", "bias": "b", "dy": "grad_y"}


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each convolution's class whose method takes the image and the kernel."""
    for name, cls in own.items():
        op = op_of_name(name)
        if not isinstance(cls, type) or is_module(cls) or op is None:
            continue
        if Op.of(op).kind not in WEIGHTED or (options := parameters(cls)) is None:
            continue
        required = [part for part in options.each if part != "*" and "=" not in part]
        if any(role_of(cls, part, op) not in ("stride", "padding") for part in required):
            continue
        sure = ranks.told(name)
        likely = (Op.of(op).rank,) if sure else ranks.likely(name, cls)
        for rank in likely:
            for backward, methods in ((False, METHODS), (True, BACKWARDS)):
                for method in methods:
                    one = f"{ranks.at(op, rank)}{'_backward' if backward else ''}"
                    taken = _arrays(cls, method, one)
                    if taken is None:
                        continue
                    call = f"{name}({options.passed}).{method}({', '.join(taken.values())})"
                    rest = f", {options.declared}" if options.declared else ""
                    # the image and the kernel lead, as everywhere
                    names = sorted(taken.values(), key=list(_GIVEN.values()).index)
                    source = f"def function({', '.join(names)}{rest}):\n    return {call}\n"
                    about = f"{name}(...).{method}"
                    yield Wrapper(one, source, {name: name}, about, unsure=rank != likely[0])


def _arrays(cls: type, method: str, op: str) -> dict[str, str] | None:
    """parameter of the method -> the array it is given; None where it is no method of that kind."""
    function: Any = vars(cls).get(method)
    if not hasattr(function, "__code__"):
        return None
    own = [p for p in list(declared_by(function).values())[1:] if p.default is p.empty]
    free = [p for p in list(declared_by(function).values())[1:] if p.default is None]
    if len(own) == 2 and not Op.of(op).backward:  # a bias need not be given
        own += [p for p in free if role_of(function, p.name, op) == "bias"][:1]
    due = ["dy", "x", "kernel"] if Op.of(op).backward else ["x", "kernel", "bias"]
    if not len(due) - (not Op.of(op).backward) <= len(own) <= len(due):
        return None
    found: dict[str, str] = {}
    for p in own:
        role = role_of(function, p.name, op)
        letter = p.name.lower()
        if re.fullmatch("a|x", letter) or re.fullmatch("b|w", letter):  # (A, B) are image, kernel
            role = "x" if letter in "ax" else "kernel"
        if role not in due:
            role = due[0]
        due.remove(role)
        found[p.name] = _GIVEN[role]
    return found
