"""Functions of less than a batch of many channels, made into functions of one.

The loops are the definition's own: one image after the other, the sum over input channels. What
is lifted here is held to every law; only rounding could differ, in the order of that sum.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from convproof.conformance.target.signatures import Binding

LIFTS = ("image", "plain")  # (C, *space) or (*space, C); (*space) alone


def liftable(binding: Binding) -> bool:
    """Whether its calls can be taken apart: those through a cache cannot."""
    alone = not binding.uses_cache and "out" not in binding.roles
    return alone and "x" in binding.positional[:4]


def lifted(binding: Binding, lift: str) -> Callable[..., Any]:
    """The function, called image by image or plane by plane as `lift` says."""
    if not lift:
        return binding.function
    return _MAKERS[lift](binding.function, places_of(binding))


def places_of(binding: Binding) -> dict[str, Any]:
    """Where each array goes: its position, or its keyword's name."""
    places: dict[str, Any] = {role: n for n, role in enumerate(binding.positional)}
    places |= binding.keywords
    return {role: places[role] for role in _ARRAYS if role in places}


def source(binding: Binding, lift: str) -> list[str]:
    """Lines that lift `function`, for a script of its own."""
    make = _MAKERS[lift]
    return [
        "from collections.abc import Callable",
        "from typing import Any",
        "",
        "",
        *inspect.getsource(make).splitlines(),
        "",
        "",
        f"function = {make.__name__}(function, {places_of(binding)!r})",
    ]


_ARRAYS = ("x", "kernel", "bias", "dy")


def by_image(function: Callable[..., Any], places: dict[str, Any]) -> Callable[..., Any]:
    """`function` of one image called for each of a batch; gradients of weights are summed."""

    def batch(*args: Any, **kwargs: Any) -> Any:
        found = []
        given: dict[Any, Any] = {**dict(enumerate(args)), **kwargs}
        for n in range(len(given[places["x"]])):
            one = dict(given)
            for role in ("x", "dy"):
                if role in places:
                    one[places[role]] = given[places[role]][n]
            positional = [one[n] for n in range(len(args))]
            found.append(function(*positional, **{k: one[k] for k in kwargs}))
        if "dy" in places and "kernel" in places:
            images, *weights = zip(*found, strict=True)
            sums = [None if any(w is None for w in ws) else sum(ws) for ws in weights]
            return (np.stack([np.asarray(one) for one in images]), *sums)
        outs = [one[0] if isinstance(one, tuple) else one for one in found]
        outs = [one.detach() if hasattr(one, "detach") else one for one in outs]
        return np.stack([np.asarray(one) for one in outs])

    return batch


def by_plane(function: Callable[..., Any], places: dict[str, Any]) -> Callable[..., Any]:
    """`function` of one plane and one kernel, called for each pair and summed over channels.

    Channels come first; pools go plane by plane.
    """

    def full(*args: Any, **kwargs: Any) -> Any:
        given: dict[Any, Any] = {**dict(enumerate(args)), **kwargs}
        x = given[places["x"]]
        bias = given.get(places["bias"]) if "bias" in places else None

        def call(n: int, c: int, m: int) -> Any:
            one = dict(given)
            one[places["x"]] = x[n, c]
            if "kernel" in places:
                one[places["kernel"]] = given[places["kernel"]][m, c]
            if "dy" in places:
                one[places["dy"]] = given[places["dy"]][n, m]
            if "bias" in places:
                one[places["bias"]] = None if bias is None else bias[0] * 0
            positional = [one[n] for n in range(len(args))]
            found = function(*positional, **{k: one[k] for k in kwargs})
            found = found[0] if isinstance(found, tuple) else found
            return np.asarray(found.detach() if hasattr(found, "detach") else found)

        images, channels = range(len(x)), range(x.shape[1])
        if "kernel" not in places:
            return np.stack([np.stack([call(n, c, c) for c in channels]) for n in images])
        outputs = range(len(given[places["kernel"]]))
        planes = [[[call(n, c, m) for c in channels] for m in outputs] for n in images]
        each = np.array(planes)  # (N, M, C, *out)
        wide = np.result_type(each, np.float32)  # half precision is not summed in half precision
        y = each.sum(axis=2, dtype=wide).astype(each.dtype)
        return y if bias is None else y + np.reshape(bias, (-1, *(1,) * (y.ndim - 2)))

    return full


_MAKERS = {"image": by_image, "plain": by_plane}
