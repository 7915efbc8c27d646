"""Backwards that are handed what the forward kept: masks, indices, switches, shapes, closures."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.wrapper import Wrapper, alias, declared_by, parameters
from convproof.laws.op import Op

_DY = r"(d|grad|upstream|delta|g|gout|grads?)(_?(out\w*|y|z|a|next|output\w*|l_?d\w+|pool\w*))?$"
_SHAPE = r"((in\w*|x|a_?prev|image|img|orig\w*|prev)_?)?(shape|size|dims?)$"
_OPTIONS = (
    r"(k|f|kh|kw|(kernel|pool|window|filter)(_?(size|h|w|height|width|shape))?|s\w?|stride\w*|"
    r"p|pad\w*|dilation\w*|size)$"
)
_WHOLE = "x X inp input inputs image A_prev a_prev w W weight weights kernel b bias"


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each backward whose parameters the forward beside it returns."""
    forwards: dict[str, list[str]] = {}
    for name, function in own.items():
        op = op_of_name(name)
        if op is not None and not Op.of(op).backward and not isinstance(function, type):
            forwards.setdefault(op, []).append(name)
    for name, function in own.items():
        op = op_of_name(name)
        if op is None or not Op.of(op).backward or isinstance(function, type):
            continue
        if op == "max_pool2d_backward" and not forwards.get("max_pool2d"):
            yield from _from_places(op, name, function)
        for forward in _nearest(forwards.get(str(Op.of(op).forward), []), name):
            found = _through(op, name, function, forward, own[forward])
            if found is not None:
                yield found
    for op, names in forwards.items():
        for name in names:
            yield from _closure(op, name, own[name])
            yield from _by_indices(op, name, own[name])


def _nearest(names: list[str], backward: str) -> list[str]:
    plain = re.sub(r"_?(backward|bwd|grad)", "", backward.lower())
    return sorted(names, key=lambda n: re.sub(r"_?(forward|fwd)", "", n.lower()) != plain)


def _through(op: str, name: str, back: Any, forward: str, ahead: Any) -> Wrapper | None:
    """The backward, called with what its forward returned beside the result."""
    taken = parameters(ahead)
    if taken is None:
        return None
    given: list[str] = []
    kept = 0
    image = taken.names[0]
    for parameter in declared_by(back).values():
        text = parameter.name.lower()
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.name in taken.names:
            value = parameter.name
        elif re.fullmatch(_SHAPE, text):
            value = f"{image}.shape"
        elif re.fullmatch(_DY, text) and "grad_y" not in given:
            value = "grad_y"
        elif parameter.default is not parameter.empty or re.fullmatch(_OPTIONS, text):
            continue
        elif parameter.name in _WHOLE.split():
            return None
        else:
            kept += 1
            value = f"kept[{kept - 1}]"
        by_name = parameter.kind is parameter.KEYWORD_ONLY or value == parameter.name
        given.append(f"{parameter.name}={value}" if by_name else value)
    if "grad_y" not in given:
        return None
    positional = [item for item in given if "=" not in item]
    given = [*positional, *(item for item in given if "=" in item)]
    source = (
        f"def function(grad_y, {taken.declared}):\n"
        f"    y, *kept = {forward}({taken.passed})\n"
        f"    return {alias(name, op)}({', '.join(given)})\n"
    )
    if not kept:
        source = (
            f"def function(grad_y, {taken.declared}):\n"
            f"    return {alias(name, op)}({', '.join(given)})\n"
        )
    about = f"{name} of what {forward} returns"
    return Wrapper(op, source, {alias(name, op): name, forward: forward}, about)


def _from_places(op: str, name: str, back: Any) -> Iterator[Wrapper]:
    """A max-pool's backward alone, of the flat place of each maximum in its plane."""
    given = []
    for parameter in declared_by(back).values():
        text = parameter.name.lower()
        if re.fullmatch(_SHAPE, text):
            given.append("x.shape")
        elif re.search(r"ind(ices|ex)|arg_?max|places|positions", text):
            given.append("places")
        elif re.fullmatch(_DY, text):
            given.append("grad_y")
        elif parameter.default is parameter.empty:
            return
    if sorted(given) != ["grad_y", "places", "x.shape"]:
        return
    source = (
        f"def function(x, grad_y, kernel, stride):\n"
        f"    seen = np.lib.stride_tricks.sliding_window_view(np.asarray(x), kernel, axis=(2, 3))\n"
        f"    seen = seen[:, :, :: stride[0], :: stride[1]]\n"
        f"    first = seen.reshape(*seen.shape[:4], kernel[0] * kernel[1]).argmax(axis=-1)\n"
        f"    rows = np.arange(seen.shape[2])[:, None] * stride[0] + first // kernel[1]\n"
        f"    columns = np.arange(seen.shape[3]) * stride[1] + first % kernel[1]\n"
        f"    places = rows * x.shape[3] + columns\n"
        f"    if hasattr(x, 'new_tensor'):  # it takes tensors\n"
        f"        places = x.new_tensor(places).long()\n"
        f"    return {alias(name, op)}({', '.join(given)})\n"
    )
    about = f"{name} of the place of each first maximum"
    yield Wrapper(op, source, {alias(name, op): name}, about)


def _closure(op: str, name: str, forward: Any) -> Iterator[Wrapper]:
    """A forward that returns (y, function of dy), with code in it for that function."""
    taken, code = parameters(forward), getattr(forward, "__code__", None)
    inner = [item for item in getattr(code, "co_consts", ()) if hasattr(item, "co_code")]
    if taken is None or not any(not item.co_name.startswith("<") for item in inner):
        return
    back = f"{op}_backward"
    source = (
        f"def function(grad_y, {taken.declared}):\n"
        f"    y, vjp = {name}({taken.passed})\n"
        f"    vjp(grad_y + 1)  # another gradient first: the second must not depend on it\n"
        f"    return vjp(grad_y)\n"
    )
    yield Wrapper(back, source, {name: name}, f"the function that {name} returns beside y")


def _by_indices(op: str, name: str, forward: Any) -> Iterator[Wrapper]:
    """A max-pool that returns the flat place of each maximum in its plane, beside the maxima."""
    taken = parameters(forward)
    try:
        text = inspect.getsource(forward)
    except (OSError, TypeError, ValueError):
        return
    if taken is None or op != "max_pool2d" or not re.search(r"return [^\n]*ind(ices|ex)", text):
        return
    back = f"{op}_backward"
    source = (
        f"def function(grad_y, {taken.declared}):\n"
        f"    y, indices = {name}({taken.passed})\n"
        f"    x = np.asarray({taken.names[0]})\n"
        f"    dx = np.zeros((x.shape[0] * x.shape[1], x.shape[2] * x.shape[3]), x.dtype)\n"
        f"    planes = np.arange(len(dx))[:, None]\n"
        f"    spots = (len(dx), y.shape[2] * y.shape[3])\n"
        f"    places = np.asarray(indices).reshape(spots)\n"
        f"    np.add.at(dx, (planes, places), np.asarray(grad_y).reshape(spots))\n"
        f"    return dx.reshape(x.shape)\n"
    )
    yield Wrapper(back, source, {name: name}, f"the gradient, put where the indices of {name} say")
