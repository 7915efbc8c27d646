"""Straight-line array programs as data: executed here directly, printed by `source`.

A program works on NumPy arrays of any dtype, objects included.  Loops run over taps and over
blocks of images and rows only; everything else is slices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from sympy import Expr

from convproof.lower import integers

Env: TypeAlias = dict[str, Any]
Item: TypeAlias = str | tuple[str, str]


@dataclass(frozen=True)
class View:
    """`array` indexed dimension by dimension.

    Each item: ":" all of it, "+" a new dimension, ("at", name) one position, ("slice", name).
    """

    array: str
    items: tuple[Item, ...] = ()
    order: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Product:
    """The product of views; entries divided by the `divisors`."""

    factors: tuple[View, ...]
    divisors: tuple[View, ...] = ()


@dataclass(frozen=True)
class Total:
    """The sum of `value` over `axes`."""

    value: Product
    axes: tuple[int, ...]


@dataclass(frozen=True)
class Matrix:
    """A view as a stack of matrices (batch, rows, columns) made of (rows, batch, columns)."""

    view: View
    shape: tuple[Expr | str, ...]
    flip: bool = False


@dataclass(frozen=True)
class Matmul:
    """The stack of matrix products left @ right."""

    left: Matrix
    right: Matrix


Value: TypeAlias = View | Product | Total | Matmul


@dataclass(frozen=True)
class Unpack:
    """Integers from an array's shape or from a tuple; "_" for those not needed."""

    names: tuple[str, ...]
    source: str
    shape: bool


@dataclass(frozen=True)
class New:
    """A new array; `fill` is "zeros", "empty", "lowest" (of its dtype) or "none" (-1, counts)."""

    name: str
    shape: tuple[Expr | str, ...]
    like: tuple[str, ...]
    fill: str


@dataclass(frozen=True)
class Count:
    """A divisor's factor on one axis: `expr` at `index` 0..size-1, as numbers like the array's."""

    name: str
    index: str
    size: Expr
    expr: Expr
    like: str


@dataclass(frozen=True)
class Spans:
    """For each tap the slices for which fine = stride*coarse + gap*tap + offset."""

    name: str
    taps: Expr
    gap: Expr
    offset: Expr
    stride: Expr
    coarse_size: Expr
    fine_size: Expr


@dataclass(frozen=True)
class Taps:
    """`body` for each tap in `spans`, with its slices; a tap that meets no pixel does nothing."""

    spans: str
    tap: str
    coarse: str
    fine: str
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Loop:
    """`body` for each value of `var` below `size`."""

    var: str
    size: Expr
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Blocks:
    """`body` for each slice `name` of at most `step` of the first `size` items."""

    name: str
    size: Expr
    step: Expr
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Store:
    """`target` op value: "=", "+=", "max=" or "/="."""

    target: View
    op: str
    value: Value


@dataclass(frozen=True)
class StoreMatrix:
    """A matrix product stored into (or added to) a view taken as a stack of matrices."""

    target: Matrix
    op: str
    value: Matmul


@dataclass(frozen=True)
class Keep:
    """Where `value` beats `best` (first come, NaN above all): keep it, and its number."""

    best: View
    winner: View
    value: View
    number: Expr


@dataclass(frozen=True)
class Pick:
    """`target` += value where `winner` is `number`."""

    target: View
    winner: View
    value: View
    number: Expr


@dataclass(frozen=True)
class Let:
    """A name for a value."""

    name: str
    value: Value


Statement: TypeAlias = (
    Let | Unpack | New | Count | Spans | Taps | Loop | Blocks | Store | StoreMatrix | Keep | Pick
)


@dataclass(frozen=True)
class Program:
    """A function: its parameters, its statements, and the array it returns."""

    name: str
    doc: str
    params: tuple[str, ...]
    body: tuple[Statement, ...]
    result: str

    def run(self, *args: Any) -> Any:
        """Execute the program itself, without its source text."""
        env: Env = dict(zip(self.params, args, strict=True))
        _run(self.body, env)
        return env[self.result]


def _run(body: Sequence[Statement], env: Env) -> None:
    for statement in body:
        _STEPS[type(statement)](statement, env)


def span(offset: int, stride: int, coarse: int, fine: int) -> tuple[slice, slice]:
    """The slices of o and i with i = stride*o + offset, 0 <= o < coarse, 0 <= i < fine."""
    pairs = [(o, stride * o + offset) for o in range(coarse) if 0 <= stride * o + offset < fine]
    if not pairs:
        return slice(0, 0), slice(0, 0)
    (first, start), (last, stop) = pairs[0], pairs[-1]
    return slice(first, last + 1), slice(start, stop + 1, stride)


def _int(size: Expr | str, env: Env) -> int:
    return env[size] if isinstance(size, str) else integers.value(size, env)


def _key(view: View, env: Env) -> tuple[Any, ...]:
    plain = {":": slice(None), "+": None}
    return tuple(plain[i] if isinstance(i, str) else env[i[1]] for i in view.items)


def _read(view: View, env: Env) -> Any:
    array = env[view.array]
    array = array[_key(view, env)] if view.items else array
    return array if view.order is None else array.transpose(view.order)


def _matrix(matrix: Matrix, env: Env) -> Any:
    shape = tuple(_int(size, env) for size in matrix.shape)
    stack = _read(matrix.view, env).reshape(shape)
    return stack.transpose((1, 2, 0) if matrix.flip else (1, 0, 2))


def _value(value: Value, env: Env) -> Any:
    if isinstance(value, View):
        return _read(value, env)
    if isinstance(value, Matmul):
        return np.matmul(_matrix(value.left, env), _matrix(value.right, env))
    if isinstance(value, Total):
        return _value(value.value, env).sum(axis=value.axes)
    result = _read(value.factors[0], env)
    for factor in value.factors[1:]:
        result = result * _read(factor, env)
    if value.divisors:
        below = _read(value.divisors[0], env)
        for divisor in value.divisors[1:]:
            below = below * _read(divisor, env)
        result = result / below
    return result


def _unpack(step: Unpack, env: Env) -> None:
    sizes = env[step.source].shape if step.shape else env[step.source]
    env.update((name, size) for name, size in zip(step.names, sizes, strict=True) if name != "_")


def lowest(dtype: Any) -> Any:
    """What every number of `dtype` is at least: the maximum of nothing."""
    return np.iinfo(dtype).min if np.issubdtype(dtype, np.integer) else -np.inf


def _new(step: New, env: Env) -> None:
    shape = tuple(_int(size, env) for size in step.shape)
    kind = np.intp if step.fill == "none" else np.result_type(*(env[name] for name in step.like))
    fill = {"zeros": 0, "empty": 0, "none": -1}
    env[step.name] = np.full(shape, fill[step.fill] if step.fill in fill else lowest(kind), kind)


def _count(step: Count, env: Env) -> None:
    env[step.name] = np.array(
        [integers.value(step.expr, {**env, step.index: i}) for i in range(_int(step.size, env))],
        dtype=env[step.like].dtype,
    )


def _spans(step: Spans, env: Env) -> None:
    sizes = (step.gap, step.offset, step.stride, step.coarse_size, step.fine_size)
    gap, offset, *rest = (_int(size, env) for size in sizes)
    taps = range(_int(step.taps, env))
    env[step.name] = [(tap, *span(gap * tap + offset, *rest)) for tap in taps]


def _taps(step: Taps, env: Env) -> None:
    for tap, coarse, fine in env[step.spans]:
        env.update({step.tap: tap, step.coarse: coarse, step.fine: fine})
        _run(step.body, env)


def _loop(step: Loop, env: Env) -> None:
    for value in range(_int(step.size, env)):
        env[step.var] = value
        _run(step.body, env)


def _blocks(step: Blocks, env: Env) -> None:
    size, width = _int(step.size, env), _int(step.step, env)
    for start in range(0, size, width):
        env[step.name] = slice(start, min(start + width, size))
        env[f"{step.name}_start"], env[f"{step.name}_size"] = start, min(width, size - start)
        _run(step.body, env)


def _store(step: Store, env: Env) -> None:
    target, value = env[step.target.array], _value(step.value, env)
    key = _key(step.target, env) or Ellipsis
    if step.op == "+=":
        target[key] += value
    elif step.op == "/=":
        target[key] = target[key] / value
    elif step.op == "max=":
        target[key] = np.maximum(target[key], value)
    else:
        target[key] = value


def _store_matrix(step: StoreMatrix, env: Env) -> None:
    target = _matrix(step.target, env)
    product = _value(step.value, env)
    target[...] = target + product if step.op == "+=" else product


def _keep(step: Keep, env: Env) -> None:
    best, winner, value = (_read(view, env) for view in (step.best, step.winner, step.value))
    beats = (winner < 0) | (value > best) | ((value != value) & (best == best))
    best[beats] = value[beats]
    winner[beats] = _int(step.number, env)


def _pick(step: Pick, env: Env) -> None:
    chosen = _read(step.winner, env) == _int(step.number, env)
    env[step.target.array][_key(step.target, env)] += np.where(chosen, _read(step.value, env), 0)


def _let(step: Let, env: Env) -> None:
    env[step.name] = _value(step.value, env)


_STEPS: Mapping[type, Any] = {
    Let: _let,
    Unpack: _unpack, New: _new, Count: _count, Spans: _spans, Taps: _taps,
    Loop: _loop, Blocks: _blocks,
    Store: _store, StoreMatrix: _store_matrix, Keep: _keep, Pick: _pick,
}  # fmt: skip
