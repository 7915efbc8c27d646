"""The second route: what a derivation arrives at, against `reference`'s plain loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sympy import IndexedBase, Symbol

from convproof import reference
from convproof.derive.evaluate import World
from convproof.derive.step import Derivation, Goal
from convproof.derive.symbols import AXIS_NAMES, DXP, DY, DZ, B, K, SymbolicAxis, X
from convproof.evidence import Verdict
from convproof.spec import Axis

Array = np.ndarray[Any, Any]


def _axis(derivation: Derivation, made: World, name: str, ceil: bool) -> Axis:
    axis = SymbolicAxis(name)

    def value(symbol: Symbol) -> int:
        formula = derivation.bindings.get(symbol, symbol)
        return int(formula.xreplace(made.sizes))

    sizes = (axis.kernel, axis.stride, axis.dilation, axis.pad_lo, axis.pad_hi)
    kernel, stride, dilation, lo, hi = (value(size) for size in sizes)
    return Axis(kernel, stride, dilation, lo, hi, ceil)


def _array(made: World, base: IndexedBase) -> Array:
    store = made.arrays[base]
    shape = tuple(max(place[d] for place in store) for d in range(len(next(iter(store)))))
    array = np.empty(shape, dtype=object)
    for place, value in store.items():
        array[tuple(i - 1 for i in place)] = value
    return array


def values(goal: Goal, made: World) -> Array:
    """The goal's result at every free index, as an array of exact numbers (or polynomials)."""
    indices = [index for index, _, _ in goal.free]
    function = made.function(goal.result, indices)
    shape = tuple(made.function(high, ())() for _, _, high in goal.free)
    array = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        array[place] = function(*(i + 1 for i in place))
    return array


def _merge(array: Array, axes: int = 2) -> Array:
    """The last two axes (group, channel) as one."""
    return array.reshape(*array.shape[:-axes], -1)


def _kind(derivation: Derivation) -> str:
    return derivation.name.rstrip("d").rstrip("123")


def applies(derivation: Derivation) -> bool:
    """Whether there are loops to compare it with."""
    return _kind(derivation) in _WANTED


def compare(derivation: Derivation, made: World) -> Verdict | None:
    """A refutation if some result differs from the loops; None if all agree or none applies."""
    wanted = _WANTED.get(_kind(derivation))
    if wanted is None:
        return None
    expected = wanted(derivation, made)
    for name, right in expected.items():
        goal = derivation.goals[name]
        if name.startswith("output size"):
            continue
        got = values(goal, made)
        right = right.reshape(got.shape)
        if not (got == right).all():
            place = tuple(int(i) for i in np.argwhere(got != right)[0])
            return Verdict.refute(
                f"{derivation.name}, {name}: differs from plain loops over the definition",
                at=tuple(i + 1 for i in place),
                derived=str(got[place]),
                definition=str(right[place]),
                sizes={str(s): v for s, v in made.sizes.items()},
            )
    return None


def _names(derivation: Derivation) -> Sequence[str]:
    return AXIS_NAMES[int(derivation.name[-2])]


def _sizes_agree(
    derivation: Derivation, made: World, axes: Sequence[Axis], space: Sequence[int]
) -> None:
    for name, axis, pixels in zip(_names(derivation), axes, space, strict=True):
        counted, derived = reference.output_size(axis, pixels), made.sizes[SymbolicAxis(name).out]
        if counted != derived:
            raise _wrong_size(name, counted, derived)


def _wrong_size(name: str, counted: int, derived: int) -> Exception:
    from convproof.errors import DerivationError

    return DerivationError(
        f"{counted} windows fit on axis {name}, but its size is derived as {derived}"
    )


def _conv(derivation: Derivation, made: World) -> dict[str, Array]:
    axes = [_axis(derivation, made, name, False) for name in _names(derivation)]
    x, k, dz = (_array(made, base) for base in (X, K, DZ))
    b = _merge(_array(made, B)) if B in made.arrays else None
    groups = x.shape[-2]
    mode: Any = getattr(derivation.spec, "padding_mode", "zeros")
    space = x.shape[1:-2]
    _sizes_agree(derivation, made, axes, space)
    dx, dk, db = reference.conv_backward(_merge(dz), _merge(x), _merge(k), axes, groups, mode)
    forward = "preactivation" if "preactivation" in derivation.goals else "forward"
    found = {
        forward: reference.conv(_merge(x), _merge(k), b, axes, groups, mode),
        "gradient x": dx,
        "gradient kernel": dk,
    }
    return found if b is None else {**found, "gradient bias": db}


def _conv_transpose(derivation: Derivation, made: World) -> dict[str, Array]:
    axes = [_axis(derivation, made, name, False) for name in _names(derivation)]
    x, k, b, dz = (_array(made, base) for base in (X, K, B, DZ))
    groups = x.shape[-2]
    # The convolution's windows beyond X's size exist when rows are added: their gradient is zero.
    sizes = [reference.output_size(a, s) for a, s in zip(axes, dz.shape[1:-2], strict=True)]
    full = np.zeros((len(x), *(max(s, have) for s, have in zip(sizes, x.shape[1:-2], strict=True)),
                     *x.shape[-2:]), dtype=object)  # fmt: skip
    full[tuple(slice(0, s) for s in x.shape)] = x
    back = reference.conv_backward(_merge(full), _merge(dz), _merge(k), axes, groups)
    ahead = reference.conv(_merge(dz), _merge(k), None, axes, groups)
    seen = tuple(slice(0, s) for s in x.shape[1:-2])
    return {
        "forward": back[0] + _merge(b),
        "gradient x": ahead[(slice(None), *seen)],
        "gradient kernel": back[1],
        "gradient bias": _merge(dz).sum(axis=tuple(range(dz.ndim - 2))),
    }


def _max_pool(derivation: Derivation, made: World) -> dict[str, Array]:
    x, dy = _array(made, X), _array(made, DY)
    axes = _pool_axes(derivation, made, x)
    return {
        "forward": reference.max_pool(x, axes)[0],
        "gradient x": reference.max_pool_backward(dy, x, axes),
    }


def _avg_pool(derivation: Derivation, made: World) -> dict[str, Array]:
    from fractions import Fraction

    x, dy = (np.vectorize(Fraction, otypes=[object])(_array(made, base)) for base in (X, DY))
    axes = _pool_axes(derivation, made, x)
    include = "count_include_pad" in derivation.options
    return {
        "forward": reference.avg_pool(x, axes, include),
        "gradient x": reference.avg_pool_backward(dy, x, axes, include),
    }


def _pool_axes(derivation: Derivation, made: World, x: Array) -> list[Axis]:
    ceil = "ceil_mode" in derivation.options
    axes = [_axis(derivation, made, name, ceil) for name in _names(derivation)]
    _sizes_agree(derivation, made, axes, x.shape[1:-1])
    return axes


def _pad(derivation: Derivation, made: World) -> dict[str, Array]:
    x, dxp = _array(made, X), _array(made, DXP)
    mode: Any = derivation.name.removeprefix("pad_")
    axis = SymbolicAxis("W")
    lo, width = made.sizes[axis.pad_lo], made.sizes[axis.size]
    shown = (reference.source(r - lo, width, mode) for r in range(dxp.shape[1]))
    source = [pixel for pixel in shown if pixel is not None]
    dx = np.zeros(x.shape, dtype=object)
    for r, where in enumerate(source):
        dx[:, where] += dxp[:, r]
    return {"forward": x[:, source], "gradient x": dx}


_WANTED = {
    "conv": _conv,
    "conv_transpose": _conv_transpose,
    "max_pool": _max_pool,
    "avg_pool": _avg_pool,
    "pad_circular": _pad, "pad_reflect": _pad, "pad_replicate": _pad,
}  # fmt: skip
