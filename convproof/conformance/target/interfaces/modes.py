"""Pools that are told which they are: `pool(x, size, mode="max")`; or whose text alone tells it."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.opnames import op_of_name
from convproof.conformance.target.sources import source_of
from convproof.conformance.target.wrapper import Wrapper, alias, declared_by, words_in

_NAMES = (
    "mode method kind type pool_type pooltype pooling_type pool_mode pooling_mode pooling op "
    "operation reduction how pool"
)
_WORDS = {
    "max_pool": "max maximum maxpool max_pool maxpooling max_pooling",
    "avg_pool": (
        "avg average mean ave avgpool avg_pool averagepool average_pool meanpool mean_pool "
        "avgpooling avg_pooling average_pooling"
    ),
}


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """A wrapper for each kind of pool that a function without the kind in its name computes.

    And for each convolution that is told what lies beyond the border, of zeros.
    """
    for name, function in own.items():
        yield from _bordered(name, function)
        text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        other = re.search(r"max|avg|average|mean|global|unpool|adaptive|relu|size|shape", text)
        if not re.search(r"pool", text) or other or not hasattr(function, "__code__"):
            continue
        rank = re.search(r"([123])_?d", text)
        back = re.search(r"backward|bwd|backprop|grad|(^|_)back(_|$)", text)
        ending = f"{rank[1] if rank else 2}d{'_backward' if back else ''}"
        yield from _of_mode(name, function, ending)


def _bordered(name: str, function: Any) -> Iterator[Wrapper]:
    """The function with a border of zeros, where its usual one is another."""
    op = op_of_name(name)
    if op is None or not hasattr(function, "__code__"):
        return
    for parameter in declared_by(function).values():
        known = parameter.name.lower() in _BORDERS.split()
        if not known or str(parameter.default).lower() not in _OTHERS.split():
            continue
        module = source_of(sys.modules.get(function.__module__)) or ""
        word = next((w for w in _ZEROS.split() if re.search(rf"['\"]{w}['\"]", module)), None)
        if word is not None:
            given = f"{parameter.name}={word!r}"
            own = alias(name, op)
            source = f"import functools\n\nfunction = functools.partial({own}, {given})\n"
            yield Wrapper(op, source, {own: name}, f"{name} with {given}", instead=True)


_BORDERS = "mode border boundary border_mode pad_mode padding_mode borders edge fill_mode"
_OTHERS = "nearest edge replicate reflect mirror symmetric wrap circular periodic symm"
_ZEROS = "constant zeros zero fill"


def _of_mode(name: str, function: Any, ending: str) -> Iterator[Wrapper]:
    parameters = declared_by(function)
    told = next((p for p in parameters.values() if p.name.lower() in _NAMES.split()), None)
    words = words_in(function.__code__)
    if told is not None and isinstance(told.default, str):
        words.insert(0, told.default)
    try:
        text = inspect.getsource(function).lower()
    except (OSError, TypeError, ValueError):
        text = ""
    if told is not None:
        for base, known in _WORDS.items():
            word = next((item for item in words if item.lower() in known.split()), None)
            if word is None and re.search("max" if base == "max_pool" else "mean|average|/", text):
                word = known.split()[1]  # what is left when it is not the other
            if word is not None:
                op = base + ending
                given = f"{told.name}={word!r}"
                yield Wrapper(
                    op,
                    "import functools\n\n"
                    f"function = functools.partial({alias(name, op)}, {given})\n",
                    {alias(name, op): name},
                    f"{name} with {given}",
                )
        return
    counts = {
        "max_pool": len(re.findall("max", text)),
        "avg_pool": len(re.findall("mean|av", text)),
    }
    base = max(counts, key=lambda item: counts[item])
    if counts[base]:
        op = base + ending
        source = f"import functools\n\nfunction = functools.partial({alias(name, op)})\n"
        yield Wrapper(op, source, {alias(name, op): name}, f"{name}, by what its text says")
