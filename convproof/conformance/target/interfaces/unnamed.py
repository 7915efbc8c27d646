"""Functions whose names say nothing of an op: tried as one, and taken for it if its numbers come.

`fir_bank(signals, taps)` or `box_mean(img, size)`: only those that speak of kernels or windows are
called at all, on small arrays, and only if half of the numbers of a call are right are they judged.
"""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.interfaces import ranks
from convproof.conformance.target.opnames import not_an_op, op_of_name
from convproof.conformance.target.signatures import role_of
from convproof.conformance.target.wrapper import Wrapper, alias, declared_by, parameters, used_by

MANY = 8  # functions of a file: those of a whole program are not called to see what they do
_KERNEL = r"filter|conv|corr|kernel|\bfir\b|winograd|\btaps?\b|stencil|weights?\b"
_WINDOW = r"pool|window|\bbox\b|moving|running|rolling|sliding|block"
_KINDS = {"max_pool": r"max|dilat(e|ion)|peak", "avg_pool": r"mean|avg|average|box|/ ?\("}
_BACK = r"_?(grads?|gradients?|vjp|bwd|backward|back|backprop|adjoint|pullback)$"
_AHEAD = r"^(grads?_(of_)?|d_?|back_?|backward_?)"
_NO = r"train|save|load|write|read|plot|show|print|open|main|test|fit|download"


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Wrappers for each function that may be a convolution or a pool, and for gradients beside."""
    free = {
        name: function
        for name, function in own.items()
        if hasattr(function, "__code__") and _unknown(name) and not re.search(_NO, name.lower())
    }
    used: set[str] = set()
    for value in own.values():
        members = vars(value).values() if isinstance(value, type) else (value,)
        used |= set().union(*(used_by(getattr(m, "__code__", None)) for m in members))
    tops = [name for name in free if name not in used and _required(free[name]) >= 2]
    if len(tops) > MANY:
        return
    for name in tops:
        ahead = re.sub(_BACK, "", re.sub(_AHEAD, "", name))
        if ahead == name or ahead not in own:
            for base in _bases(name, free[name]):
                yield from _at_ranks(base, "", name, free[name], free[name])
    for name in tops:
        ahead = re.sub(_BACK, "", re.sub(_AHEAD, "", name))
        if ahead != name and ahead in own:
            for base in _bases(ahead, own[ahead]):
                yield from _at_ranks(base, "_backward", name, own[ahead], free[name])


def _unknown(name: str) -> bool:
    other = not_an_op(name)
    return op_of_name(name) is None and (other is None or "indices" in name.lower())


def _required(function: Any) -> int:
    return sum(p.default is p.empty for p in declared_by(function).values())


def _bases(name: str, function: Any) -> Iterator[str]:
    """The ops that its name, its parameters or its text speak of."""
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError, ValueError):
        text = function.__doc__ or ""
    head = f"{name} {' '.join(declared_by(function))}".replace("_", " ").lower()
    text = text.lower()
    if re.search(_KERNEL, f"{head} {function.__doc__ or ''}".lower()):
        if re.search("transpos|deconv|upsampl|upconv|fractional", head):
            yield "conv_transpose"
        yield "conv"
    if re.search(_WINDOW, head) or re.search("pool|window", (function.__doc__ or "").lower()):
        for base, words in _KINDS.items():
            if re.search(words, f"{head} {text}"):
                yield base


def _at_ranks(base: str, ending: str, name: str, ahead: Any, own: Any) -> Iterator[Wrapper]:
    for rank in ranks.likely(name, ahead):
        op = f"{base}{rank}d{ending}"
        called = alias(name, op)
        about = f"{name}, since most of its numbers are those of {op}"
        source = f"import functools\n\nfunction = functools.partial({called})\n"
        if not ending:
            yield from _sizes_given(op, called, name, own, about)
        else:
            taken = parameters(own)
            if taken is None:
                return
            given = dict(
                zip(declared_by(ahead), ("x", "kernel" if "pool" in base else "w"), strict=False)
            )
            free = [p for p in taken.each if p != "*" and "=" not in p and p not in given]
            if len(free) != 1:
                return
            given[free[0]] = "grad_y"
            arrays = sorted({given[n] for n in taken.names if n in given}, key=_ORDER.index)
            rest = [p for p in taken.each if p.split("=")[0] not in given and p != "*"]
            passed = [f"{n}={given.get(n, n)}" for n in taken.names]
            source = (
                f"def function({', '.join([*arrays, *rest])}):\n"
                f"    return {called}({', '.join(passed)})\n"
            )
            about = f"{name}, taken for the gradient of {ahead.__name__}"
        yield Wrapper(op, source, {called: name}, about, unsure=True)


def _sizes_given(op: str, called: str, name: str, own: Any, about: str) -> Iterator[Wrapper]:
    """Of one whose numbers have to be given too: in each order that they may have."""
    taken = parameters(own)
    if taken is None:
        return
    required = [p for p in taken.each if p != "*" and "=" not in p]
    rest = [p for p in required[2:] if role_of(own, p, op) is None]
    for roles in itertools.permutations(("stride", "padding", "dilation"), len(rest)):
        given = dict(zip(rest, roles, strict=True))
        if not rest or any(role_of(own, p, op) in roles for p in taken.names):
            return
        declared = ", ".join(given.get(p, p) for p in taken.each)
        passed = ", ".join(given.get(n, n) for n in required)
        more = "".join(f", {n}={n}" for n in taken.names if n not in required)
        said = ", ".join(f"{p} taken for {role}" for p, role in given.items())
        source = f"def function({declared}):\n    return {called}({passed}{more})\n"
        yield Wrapper(op, source, {called: name}, f"{about}, {said}", unsure=True)


_ORDER = ("x", "w", "grad_y", "kernel")
