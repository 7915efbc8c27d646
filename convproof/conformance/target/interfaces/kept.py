"""The arrays that a layer keeps, and where among them it leaves the gradients of its weights."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from convproof.conformance.target.sources import source_of

Array = np.ndarray[Any, Any]
IN, OUT = 3, 5  # channels of the layers that are made to be looked at


def is_module(cls: type) -> bool:
    """Whether it is a class of torch's modules, which their own backward differentiates."""
    torch = sys.modules.get("torch")
    return torch is not None and issubclass(cls, torch.nn.Module)


def arrays_of(layer: Any) -> Iterator[tuple[str, Any]]:
    """Each array that an object holds, with the expression for it; weights' names first."""
    if is_module(type(layer)):
        for name, value in layer.named_parameters():
            yield f"layer.{name}", value.detach()
        return
    found: list[tuple[str, Any]] = []
    for name, value in vars(layer).items():
        if isinstance(value, Mapping):
            found += [(f"layer.{name}[{key!r}]", item) for key, item in value.items()]
        elif type(value).__module__ == type(layer).__module__ and hasattr(value, "__dict__"):
            found += [(f"layer.{name}.{part}", item) for part, item in vars(value).items()]
        else:
            found.append((f"layer.{name}", value))
    yield from sorted(
        ((path, value) for path, value in found if isinstance(value, np.ndarray)),
        key=lambda item: not re.search(r"\b(w|b|weight|bias|kernel|filter)", item[0].lower()),
    )


def gradients_of(
    layer: Any, method: str, back: str, shape: tuple[int, ...], rank: int, has_bias: bool
) -> tuple[str | None, str, bool] | None:
    """Where a layer leaves the gradients of its weights and bias; (None, "") if returned.

    And whether it means to add them to those of earlier passes.
    """
    x = np.random.default_rng(0).standard_normal((2, IN, *(7,) * rank))
    before = {path: np.array(value) for path, value in arrays_of(layer)}
    for image in (x, np.moveaxis(x, 1, -1), x[0]):
        try:
            y = getattr(layer, method)(image)
            result = getattr(layer, back)(np.asarray(y) * 0 + 1.0)
        except Exception:  # the other layout, or not to be called so
            continue
        if isinstance(result, (tuple, list)) and len(result) in (2, 3):
            return None, "", False
        now = dict(arrays_of(layer))
        new = [p for p, v in now.items() if p not in before or not _same(before[p], v)]
        dw = next((p for p in new if np.shape(now[p]) == shape and _grad(p)), None)
        db = next((p for p in new if p != dw and np.size(now[p]) == OUT and _grad(p)), None)
        if dw is None:
            return None
        bias = "None" if db is None or not has_bias else db
        kept = {path: np.array(now[path]) for path in (dw, db) if path is not None}
        getattr(layer, method)(image)
        getattr(layer, back)(np.asarray(y) * 0 + 1.0)
        now = dict(arrays_of(layer))
        twice = all(np.allclose(now[path], 2 * value) for path, value in kept.items())
        adds_up = twice and _means_to(type(layer), dw)
        seat = bias if bias == "None" or np.ndim(now[bias]) == 1 else f"{bias}.reshape(-1)"
        return dw, seat, adds_up
    return None


def _means_to(cls: type, path: str) -> bool:
    """Whether the text speaks of gradients that add up, or sets this to zero not only at first."""
    text = source_of(sys.modules.get(cls.__module__)) or ""
    name = re.findall(r"\w+", path)[1]
    return len(re.findall(_ZERO.format(name), text)) > 1 or _ADDS_UP.search(text) is not None


_ZERO = r"\b{}\b[^\n=]*(=[^\n=]*(\bzeros|\b0(\.0*)?\b|None|{{}})|\.fill\()"
_ADDS_UP = re.compile(r"accumul|(zero|reset|clear)_?grad", re.IGNORECASE)


def _same(one: Array, two: Any) -> bool:
    return np.shape(one) == np.shape(two) and bool(np.array_equal(one, two))


def _grad(path: str) -> bool:
    return bool(re.search(r"grad|(\b|_|')d_?[a-z]|delta", path.lower()))
