"""Backwards that come in parts: one function for each gradient, autograd's."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.adapter import AUTOGRAD
from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.wrapper import (
    Wrapper,
    alias,
    declared_by,
    parameters,
    used_by,
)
from convproof.laws.op import Op

JAX = "the gradient that jax is given for"
_IMAGE = re.compile(r"(input|data|image|_d?x)s?(_?(grad\w*|bwd|backward|backprop))?$")
_WEIGHT = re.compile(r"(weight|filter|kernel|_d?w)s?(_?(grad\w*|bwd|backward|backprop))?$")
_BIAS = re.compile(r"(bias|_d?b)(_?(grad\w*|bwd|backward|backprop))?$")
_BACK = re.compile(r"grad|bwd|backward|backprop|vjp|adjoint|pullback|(^|_)d[xw]$")
_NAMES = {
    "x": r"x|x_?in|inputs?|image|img|data|a_?prev",
    "w": r"w|weights?|kernels?|filters?|wt",
    "grad_y": r"dy|dout|grad_?(y|out\w*)|dz|dout\w*|upstream|delta|gy|g|grad|out_?grad\w*",
}


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Wrappers for gradients alone, and for autograd's functions."""
    parts: dict[str, dict[str, str]] = {}
    for name, function in own.items():
        text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        if isinstance(function, type) or not hasattr(function, "__code__"):
            continue
        if re.search(r"trans(pos|_?conv)|deconv", text):
            continue  # an op of its own
        back = _BACK.search(text) or takes_gradient(function)
        if "conv" in text and "pool" not in text and back:
            rank = re.search(r"([123])_?d(?![a-z])", text)
            op = f"conv{rank[1] if rank else 2}d_backward"
            for role, pattern in (("x", _IMAGE), ("w", _WEIGHT), ("b", _BIAS)):
                if pattern.search(text):
                    parts.setdefault(op, {}).setdefault(role, name)
                    break
    for op, named in parts.items():
        yield from _together(op, named, own)
    yield from _autograd(own)
    yield from _custom(own)


def takes_gradient(function: Any) -> bool:
    """Whether it wants a gradient by name: torch.nn.grad's conv2d_weight says so nowhere else."""
    return any(re.fullmatch(_NAMES["grad_y"], name.lower()) for name in declared_by(function))


def _together(op: str, named: Mapping[str, str], own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """One backward of what there is: gradients that nobody computes are absent."""
    if not set(named) & {"x", "w"}:
        return
    declared: dict[str, str] = {}
    calls: dict[str, str] = {}
    for role, name in named.items():
        given = []
        for p in declared_by(own[name]).values():
            text = p.name.lower()
            whole = next((r for r, known in _NAMES.items() if re.fullmatch(known, text)), None)
            shape = re.fullmatch(r"(\w+?)_?(shape|size)", text)
            if whole is not None:
                value = whole
            elif shape and re.fullmatch(_NAMES["x"] + "|im|in", shape[1]):
                value = "x.shape"
            elif shape and re.fullmatch(_NAMES["w"], shape[1]):
                value = "w.shape"
            else:
                value = p.name
                default = "" if p.default is p.empty else f"={p.default!r}"
                declared.setdefault(p.name, default)
            given.append(f"{p.name}={value}" if p.kind is p.KEYWORD_ONLY else value)
        calls[role] = f"{alias(name, op)}({', '.join(given)})"
    options = [n + d for n, d in sorted(declared.items(), key=lambda item: bool(item[1]))]
    rest = "".join(f", {text}" for text in options)
    returned = ", ".join(calls.get(role, "None") for role in ("x", "w", "b"))
    source = f"def function(x, w, b, grad_y{rest}):\n    return {returned}\n"
    results = {"x": "dx", "w": "dkernel", "b": "dbias"}
    absent = frozenset(results[role] for role in results.keys() - named.keys())
    uses = {alias(name, op): name for name in named.values()}
    yield Wrapper(op, source, uses, f"{', '.join(named.values())} together", absent)


def _autograd(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """torch's derivative: of functions that compute with torch, of `torch.autograd.Function`s."""
    torch = sys.modules.get("torch")
    if torch is None:
        return
    for name, function in own.items():
        op = op_of_name(name)
        if op is None or Op.of(op).backward:
            continue
        if isinstance(function, type):
            if not issubclass(function, torch.autograd.Function):
                continue
            names = _applied(function)
            declared = None if names is None else ", ".join(names)
            call, passed = f"{name}.apply", ", ".join(names or ())
            uses = {name: name}
        else:
            taken = parameters(function) if _of_torch(function, torch) else None
            names = None if taken is None else taken.names
            declared = None if taken is None else taken.declared
            call, passed = alias(name, op), "" if taken is None else taken.passed
            uses = {call: name}
        if names is None or declared is None:
            continue
        if isinstance(function, type):
            source = (
                f"def function({declared}):\n    y = {call}({passed})\n"
                f"    return y[0] if isinstance(y, tuple) else y\n"
            )
            yield Wrapper(op, source, uses, f"{name}.apply")
        conv = op.startswith("conv")
        count = (3 if len(names) > 2 and names[2] in ("b", "bias") else 2) if conv else 1
        arrays = ", ".join(names[:count])
        source = (
            f"def function(grad_y, {declared}):\n"
            f"    import torch\n\n"
            f"    copies = [a if a is None else a.clone().requires_grad_() for a in ({arrays},)]\n"
            f"    {arrays}, = copies\n"
            f"    y = {call}({passed})\n"
            f"    y = y[0] if isinstance(y, tuple) else y\n"
            f"    given = [a for a in copies if a is not None]\n"
            f"    gradients = iter(torch.autograd.grad(y, given, grad_y))\n"
            f"    found = tuple(None if a is None else next(gradients).clone() for a in copies)\n"
            f"    return {'found' if conv else 'found[0]'}\n"
        )
        about = f"{AUTOGRAD} {name}"
        yield Wrapper(f"{op}_backward", source, uses, about, whole=True)


def _custom(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """The gradients that a file gives jax for functions of its own (`custom_vjp`, `custom_jvp`)."""
    jax = sys.modules.get("jax")
    if jax is None:
        return
    kinds = (jax.custom_vjp, jax.custom_jvp)
    custom = {name for name, function in own.items() if isinstance(function, kinds)}
    for name, function in own.items():
        inner = used_by(getattr(function, "__code__", None))
        op, taken = op_of_name(name), parameters(function)
        if op is None or Op.of(op).backward or taken is None or not ({name} | inner) & custom:
            continue
        call, names = alias(name, op), taken.names
        conv = op.startswith("conv")
        count = (3 if len(names) > 2 and names[2] in ("b", "bias") else 2) if conv else 1
        arrays = ", ".join(names[:count])
        passed = ", ".join([*names[:count], *taken.passed.split(", ")[count:]])
        source = (
            f"def function(grad_y, {taken.declared}):\n"
            f"    import jax\n\n"
            f"    if not all(a is None or a.dtype.kind == 'f' for a in ({arrays},)):\n"
            f'        raise NotImplementedError("jax has gradients of real numbers alone")\n'
            f"    y, pull = jax.vjp(lambda {arrays}: {call}({passed}), {arrays})\n"
            f"    found = pull(grad_y)\n"
            f"    return {'found' if count == 3 else '(*found, None)' if conv else 'found[0]'}\n"
        )
        about = f"{JAX} {name}"
        yield Wrapper(f"{op}_backward", source, {call: name}, about, whole=True)


def _of_torch(function: Any, torch: Any) -> bool:
    """Whether a function can see torch: what it computes may have a derivative of torch's."""
    seen = getattr(function, "__globals__", {}).values()
    return any(getattr(value, "__name__", "").split(".")[0] == "torch" for value in seen) or any(
        getattr(value, "__module__", None) == torch.nn.functional.__name__ for value in seen
    )


def _applied(cls: Any) -> tuple[str, ...] | None:
    """The parameters of its `apply`, which takes them in their places alone."""
    taken = list(declared_by(cls.forward).values())
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD, p.KEYWORD_ONLY) for p in taken):
        return None
    names = [p.name for p in taken]
    return tuple(names[1:] if names[:1] in (["ctx"], ["self"], ["context"]) else names)
