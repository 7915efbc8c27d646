"""A file's own engine: objects that hold an array and know their gradient, with ops among them.

`Tensor(x).conv2d(Tensor(w))`, `conv2d(Var(x), Var(w))`, a layer whose weights are `Tensor`s: each
is called with objects made of the arrays, and its numbers are taken out of what comes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.target.capture import guarded, patient
from convproof.conformance.target.interfaces.layers import (
    METHODS,
    how,
    made_lines,
    method_of,
    weights_of,
)
from convproof.conformance.target.interfaces.sizes import arguments_of
from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.wrapper import Wrapper, alias, declared_by, parameters
from convproof.laws.op import WEIGHTED, Op

TWICE = "used twice: both halves add up"
_HOLDS = ("data", "value", "values", "array", "arr", "item", "val", "_data", "ndarray")
# how a gradient is sent back, those that use the result twice first
_BACK = (
    f"({{a}} * {{T}}(grad_y / 2) + {{b}} * {{T}}(grad_y / 2)).sum().backward()  # {TWICE}",
    "({a} * {T}(grad_y)).sum().backward()",
    "{a}.backward(grad_y)",
    "{a}.backward({T}(grad_y))",
)


@dataclass(frozen=True)
class _Box:
    """A class whose objects hold an array: how one is made, and what of it is the array."""

    name: str
    made: str  # of {}
    held: str  # of {}

    def of(self, text: str) -> str:
        """The object of an array."""
        return self.made.format(text)


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Wrappers for methods, functions and layers of each class that holds an array."""
    for name, cls in own.items():
        box = _box(name, cls) if isinstance(cls, type) else None
        if box is None:
            continue
        for method, function in vars(cls).items():
            if method.startswith("_") or not hasattr(function, "__code__"):
                continue
            yield from _calls(box, method, function, {name: name}, method=True)
        for other, item in own.items():
            if isinstance(item, type):
                yield from _layer(box, cls, other, item)
            elif hasattr(item, "__code__"):
                op = op_of_name(other)
                known = alias(other, op) if op else other
                yield from _calls(box, known, item, {known: other, name: name}, method=False)


def _box(name: str, cls: type) -> _Box | None:
    """How the class holds an array; None where it does not, or has no gradients."""
    if not callable(getattr(cls, "backward", None)) or "forward" in vars(cls):
        return None  # a layer has both
    taken = list(declared_by(cls).values())
    if not taken or any(p.default is p.empty and p.kind is not p.VAR_KEYWORD for p in taken[1:]):
        return None
    flag = next((p.name for p in taken if p.name.lower().startswith("requires_grad")), None)
    made = f"{name}({{}}{f', {flag}=True' if flag else ''})"
    x = np.arange(1.0, 7).reshape(1, 2, 3)
    try:
        with guarded(), patient():
            one = eval(made.format("x"), {name: cls, "x": x})
            for held in _HOLDS:
                value = getattr(one, held, None)
                if isinstance(value, np.ndarray) and np.array_equal(value, x):
                    return _Box(name, made, f"{{}}.{held}")
    except Exception:  # not made of an array
        return None
    return None


def _calls(
    box: _Box, name: str, function: Any, uses: Mapping[str, str], *, method: bool
) -> Iterator[Wrapper]:
    """The op of a function or method of such objects, and its gradient."""
    op = op_of_name(name.removeprefix("own_"))
    taken = parameters(function, ("self",) if method else ())
    if op is None or Op.of(op).backward or taken is None:
        return
    names = [n for n in taken.names if n != "self"]
    count = (2 if Op.of(op).kind in WEIGHTED else 1) - method
    if len(names) < count:
        return
    bias = count + method == 2 and len(names) > count and names[count].lower() in ("b", "bias")
    arrays = (["x", "w"] if Op.of(op).kind in WEIGHTED else ["x"]) + ["b"] * bias
    given = names[: count + bias]
    rest = [p for p in taken.each if p != "*" and p.split("=")[0] not in given]
    declared = "".join(f", {p}" for p in rest)
    options = "".join(f", {p.split('=')[0]}={p.split('=')[0]}" for p in rest)
    boxed = [*("xw"[: len(arrays) - bias]), *(["b"] if bias else [])]
    inner = ", ".join(boxed[1:] if method else boxed)
    call = f"{'x.' if method else ''}{name}({f'{inner}{options}'.removeprefix(', ')})"
    put = [f"    {a} = {box.of(a)}" for a in boxed if a != "b"]
    if bias:
        put.append(f"    b = None if b is None else {box.of('b')}")
    about = f"{box.name}'s {name}" if method else f"{name} of {box.name}s"
    yield from _both(op, box, arrays, declared, put, call, boxed, uses, about)


def _both(
    op: str,
    box: _Box,
    arrays: list[str],
    declared: str,
    put: list[str],
    call: str,
    held: list[str],
    uses: Mapping[str, str],
    about: str,
) -> Iterator[Wrapper]:
    """The op, and its gradients in each way that an engine may be asked for them."""
    body = "\n".join(put)
    source = (
        f"def function({', '.join(arrays)}{declared}):\n{body}\n    y = {call}\n"
        f"    return {box.held.format('y')}\n"
    )
    yield Wrapper(op, source, uses, about)
    inner = box.held.format("item.grad")
    found = ", ".join(f"grad({item})" for item in held)
    if len(held) == 3 and held[2] != "b":  # a layer's may have axes of its own
        found += ".reshape(-1)"
    if Op.of(op).kind in WEIGHTED and len(held) == 2:
        found += ", None"
    for back in _BACK:
        line = back.format(a="y", b="again", T=box.name)
        again = f"    again = {call}\n" if "again" in line else ""
        source = (
            f"def function({', '.join(arrays)}, grad_y{declared}):\n"
            f"    def grad(item):\n"
            f"        if item is None:\n"
            f"            return None\n"
            f"        return {inner} if isinstance(item.grad, {box.name}) else item.grad\n\n"
            f"{body}\n    y = {call}\n{again}    {line}\n    return {found}\n"
        )
        yield Wrapper(f"{op}_backward", source, uses, f"the gradients of {about}")


def _layer(box: _Box, cls: type, name: str, layer: type) -> Iterator[Wrapper]:
    """A layer whose weights are such objects."""
    op, method = op_of_name(name), method_of(layer, METHODS)
    if op is None or method is None or layer is cls:
        return
    rank, transposed = Op.of(op).rank, op.startswith("conv_transpose")
    call = f"layer{'' if method == '__call__' else f'.{method}'}(x)"
    put_x = f"    x = {box.of('x')}"
    if "pool" in op:
        taken = parameters(layer)
        if taken is None or "x" in taken.names:
            return
        made = f"{name}({taken.passed})"
        lines = [*made_lines(made, name, layer), put_x]
        rest = f", {taken.declared}" if taken.declared else ""
        uses = {name: name, box.name: box.name}
        yield from _both(op, box, ["x"], rest, lines, call, ["x"], uses, f"{name}(...)")
        return
    plain = weights_of(rank, transposed)
    for given in arguments_of(layer, rank, transposed):
        held: dict[str, tuple[int, ...]] = {}
        with contextlib.suppress(Exception), guarded(), patient():
            one = eval(f"cls({given.trial})", {"cls": layer, "w": np.zeros(plain)})
            held = {
                path: np.shape(eval(box.held.format("it"), {"it": item}))
                for path, item in vars(one).items()
                if isinstance(item, cls)
            }
        weight = next((path for path, shape in held.items() if how(shape, plain)), None)
        if weight is None:
            continue
        put, _ = how(held[weight], plain) or ("{}", str)
        if put != "{}":
            return
        outputs = plain[1] if transposed else plain[0]
        bias = next((p for p, s in held.items() if p != weight and np.prod(s) == outputs), None)
        lines = made_lines(f"{name}({given.passed})", name, layer)
        lines.append(f"    layer.{weight} = {box.of('w')}")
        if bias is not None:
            shape = box.held.format(f"layer.{bias}")
            lines.append(f"    layer.{bias} = {box.of(f'b.reshape({shape}.shape)')}")
        arrays = ["x", "w", *(["b"] if bias else [])]
        rest = f", {given.declared}" if given.declared else ""
        objects = ["x", f"layer.{weight}", *([f"layer.{bias}"] if bias else [])]
        uses = {name: name, box.name: box.name}
        about = f"{name}(...).{method}"
        yield from _both(op, box, arrays, rest, [*lines, put_x], call, objects, uses, about)
        return
