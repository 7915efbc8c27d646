"""Calls made again: what a call leaves behind for one like it is for no other call.

Arrays of the same shapes go through calls that differ in one keyword, in its value, in a dtype, in
the order that the arrays are named in, or in how they lie in memory; all of it twice, and against
plain loops.  The entries are small whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from convproof import functions, reference
from convproof.evidence import Verdict
from convproof.spec import AvgPool, Conv, MaxPool

Array = np.ndarray[Any, Any]
SIDE, DEPTH = 5, 4
KINDS = ("float64", "float32", "int64")
CONV: tuple[dict[str, Any], ...] = (
    {}, {"stride": 2}, {"padding": 2}, {"dilation": 2}, {"groups": 2}, {"stride": 3},
    {"padding": 1}, {"padding": "same"}, {"padding": 1, "padding_mode": "circular"},
    {"padding": 1, "padding_mode": "reflect"}, {"padding": 1, "stride": 2},
)  # fmt: skip
POOL: tuple[dict[str, Any], ...] = (
    {"stride": 1}, {"stride": 2}, {"stride": 2, "padding": 1}, {"stride": 2, "ceil_mode": True},
    {"stride": 3}, {"stride": 1, "padding": 1},
)  # fmt: skip
OWN: dict[str, dict[str, Any]] = {
    "max_pool": {"stride": 1, "dilation": 2},
    "avg_pool": {"stride": 2, "padding": 1, "count_include_pad": False},
}
Made = Iterator[tuple[str, Array, Array]]


def again(operation: str, rank: int) -> tuple[Verdict, int]:
    """The public functions of one kind: a refutation, or how many numbers were compared."""
    compared = 0
    for turn in range(2):
        for told, got, right in (
            _conv(rank, turn) if operation == "conv" else _pool(operation, rank, turn)
        ):
            if got.dtype != right.dtype or not np.array_equal(got, right):
                return Verdict.refute(f"{told}, after others like it: other numbers"), compared
            compared += got.size
    return Verdict.held(f"calls like others before: {compared} numbers of plain loops"), compared


def _numbers(shape: Sequence[int], kind: str, seed: int) -> Array:
    return np.random.default_rng([seed, *shape]).integers(-2, 3, tuple(shape)).astype(kind)


def _lying(array: Array) -> Iterator[tuple[str, Array]]:
    """The same array as it may lie in memory."""
    yield "", array
    yield " in Fortran's order", np.asfortranarray(array)
    yield " read backwards", np.ascontiguousarray(array[::-1])[::-1]


def _conv(rank: int, turn: int) -> Made:
    name, seed = f"conv{rank}d", 10 * turn
    forward, backward = getattr(functions, name), getattr(functions, f"{name}_backward")
    for number, keywords in enumerate(CONV):
        groups = keywords.get("groups", 1)
        spec = Conv((2,) * rank, DEPTH, **keywords)
        for kind in KINDS:
            x = _numbers((2, *(SIDE,) * rank, DEPTH), kind, seed)
            kernel = _numbers((*spec.kernel_size, DEPTH // groups, DEPTH), kind, seed + number)
            axes, mode = spec.axes(x.shape[1:-1]), keywords.get("padding_mode", "zeros")
            y = reference.conv(x, kernel, None, axes, groups, mode)
            for how, held in _lying(x):
                yield f"{name}({keywords}) of {kind}{how}", forward(held, kernel, **keywords), y
            dy = _numbers(y.shape, kind, seed + 1)
            rights = reference.conv_backward(dy, x, kernel, axes, groups, mode)
            for how, held in _lying(dy):
                got = backward(held, x, kernel, **keywords).x
                yield f"{name}_backward({keywords}) of {kind}, dy{how}", got, rights[0]
            for told, found in (
                ("", backward(dy, x, kernel, **keywords)),
                (" by names", backward(x=x, dy=dy, kernel=kernel, **keywords)),
                (" by names turned", backward(kernel=kernel, dy=dy, x=x, **keywords)),
            ):
                for part, got, right in zip(found._fields, found, rights, strict=True):
                    yield f"{name}_backward({keywords}) of {kind}{told}: {part}", got, right
    yield from _twice(rank, seed)


def _twice(rank: int, seed: int) -> Made:
    """One array in two places, and then two: names in another order show none of it."""
    backward, axes = getattr(functions, f"conv{rank}d_backward"), Conv((3,) * rank, padding=1)
    kernel = _numbers((*(3,) * rank, 2, 2), "float64", seed)
    one, other = (_numbers((1, *(SIDE,) * rank, 2), "float64", seed + i) for i in range(2))
    for x, dy in ((one, one), (one, other)):
        found = backward(x=x, dy=dy, kernel=kernel, padding=1)
        rights = reference.conv_backward(dy, x, kernel, axes.axes(x.shape[1:-1]))
        for part, got, right in zip(found._fields, found, rights, strict=True):
            yield f"conv{rank}d_backward(x=, dy=): {part}", got, right


def _pool(operation: str, rank: int, turn: int) -> Made:
    name, top, seed = f"{operation}{rank}d", operation == "max_pool", 10 * turn
    forward, backward = getattr(functions, name), getattr(functions, f"{name}_backward")
    op = reference.max_pool if top else reference.avg_pool
    pull = reference.max_pool_backward if top else reference.avg_pool_backward
    for keywords in (*POOL, OWN[operation]):
        spec = MaxPool((2,) * rank, **keywords) if top else AvgPool((2,) * rank, **keywords)
        more = {} if top else {"count_include_pad": keywords.get("count_include_pad", True)}
        for kind in ("float64", "float32"):
            x = 8 * _numbers((2, *(SIDE,) * rank, 2), kind, seed)  # eighths are exact
            axes = spec.axes(x.shape[1:-1])
            found = op(x, axes, **more)
            y = found[0] if isinstance(found, tuple) else found
            for how, held in _lying(x):
                yield f"{name}({keywords}) of {kind}{how}", forward(held, 2, **keywords), y
            dy = 8 * _numbers(y.shape, kind, seed + 1)
            right = pull(dy, x, axes, **more)
            told = f"{name}_backward({keywords}) of {kind}"
            yield told, backward(dy, x, 2, **keywords), right
            yield f"{told} by names", backward(window=2, x=x, dy=dy, **keywords), right
