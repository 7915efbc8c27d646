"""Programs executed as they stand, without their text: slow, plain, the printed text's judge.

Every tap and pixel is gone through; none of the closed forms that the text uses is used here.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from convproof.lower import execute_pools, execute_spectral, integers
from convproof.lower.environment import Env, int_, key, lowest, read
from convproof.lower.program import (
    Along,
    Apart,
    Band,
    Blocks,
    Call,
    Columns,
    Constant,
    Count,
    Counted,
    Crossed,
    Dot,
    Duels,
    Fold,
    Gather,
    Kept,
    Lay,
    Let,
    Loop,
    Mark,
    Matmul,
    Matrix,
    Missing,
    Mixed,
    Near,
    New,
    Pick,
    Product,
    Program,
    Reached,
    Restored,
    Rows,
    Scatter,
    Sent,
    Shaped,
    Sizes,
    Spans,
    Spectrum,
    Spread,
    Stack,
    Statement,
    Store,
    StoreMatrix,
    Taps,
    Tasks,
    Tiled,
    Total,
    Unpack,
    Untile,
    Value,
    View,
    Weigh,
    Weighed,
    Windows,
)  # fmt: skip


def execute(program: Program, *args: Any) -> Any:
    """The array that the program returns for these arguments; any dtype, objects included."""
    env: Env = dict(zip(program.params, args, strict=True))
    _run(program.body, env)
    return env[program.result]


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


def _matrix(matrix: Matrix, env: Env) -> Any:
    stack = read(matrix.view, env)
    if matrix.shape:
        stack = stack.reshape(tuple(int_(size, env) for size in matrix.shape))
    return stack.transpose((1, 2, 0) if matrix.flip else (1, 0, 2))


def _value(value: Value, env: Env) -> Any:
    if isinstance(value, View):
        return read(value, env)
    if isinstance(value, Matmul):
        return np.matmul(_matrix(value.left, env), _matrix(value.right, env))
    if isinstance(value, Dot):
        left, right = _value(value.left, env), _value(value.right, env)
        found = np.einsum("ir,ic->rc" if value.flip else "ri,ic->rc", left, right)
        return found.reshape(tuple(int_(size, env) for size in value.shape))
    if isinstance(value, Windows):
        return _windows(value, env)
    if isinstance(value, Spread):
        return _spread(value, env)
    if isinstance(value, Shaped):
        return read(value.view, env).reshape(tuple(int_(size, env) for size in value.shape))
    if isinstance(value, Counted):
        return env[value.count][env[value.block]]
    if isinstance(value, Near):
        return _value(value.value, env)
    if isinstance(value, Missing):
        return any(number != number for number in env[value.array].flat)
    if isinstance(value, Apart):
        pairs = zip(value.strides, value.spans, strict=True)
        return all(int_(step, env) >= int_(size, env) for step, size in pairs)
    if isinstance(value, Sizes):
        return tuple(int_(size, env) for size in value.sizes)
    if isinstance(value, Call):
        return execute(value.program, *(env[name] for name in value.args))
    if isinstance(value, Constant):
        kind = np.result_type(*(env[name] for name in value.like))
        exact = [[Fraction(int(one.p), int(one.q)) for one in row] for row in value.rows]
        return np.array(exact, dtype=object).astype(object if kind.kind in "iuO" else kind)
    if isinstance(value, Along):
        array, matrix = env[value.array], env[value.matrix]
        seen = array.reshape(int_(value.ahead, env), value.columns, -1)
        return np.einsum("rc,acb->arb", matrix, seen)
    if isinstance(value, Stack):
        left = env[value.left].reshape(tuple(int_(size, env) for size in value.left_shape))
        right = env[value.right].reshape(tuple(int_(size, env) for size in value.right_shape))
        return np.einsum("bir,bic->brc" if value.flip else "bri,bic->brc", left, right)
    if isinstance(value, Band):
        block = env[value.name]
        times = int_(value.factor, env)
        return slice(times * block.start, times * block.stop)
    if isinstance(value, Tiled):
        each = np.moveaxis(env[value.array][..., 0], -2, 0)[0]
        return np.stack([each] * int_(value.width, env), axis=-2)
    if isinstance(value, Weighed):
        seen, flow = env[value.seen][..., 0], read(value.flow, env)[..., 0]
        count = flow.ndim
        wide = seen * flow.reshape(*flow.shape, *(1,) * (seen.ndim - count))
        summed = wide.sum(axis=tuple(range(count - 1)))  # (g, *taps)
        return np.moveaxis(summed, 0, -1)[..., None, :, None]
    if isinstance(value, Sent):
        return execute_pools.sent(value, env)
    if isinstance(value, (Spectrum, Restored, Mixed, Crossed)):
        return execute_spectral.value(value, env)
    if isinstance(value, Columns):
        array = env[value.array]
        return array.sum(axis=tuple(range(array.ndim - len(value.columns))))
    if isinstance(value, Total):
        return _value(value.value, env).sum(axis=value.axes)
    assert isinstance(value, Product)
    result = read(value.factors[0], env)
    for factor in value.factors[1:]:
        result = result * read(factor, env)
    if value.divisors:
        below = read(value.divisors[0], env)
        for divisor in value.divisors[1:]:
            below = below * read(divisor, env)
        result = result / below
    return result


def _windows(value: Windows, env: Env) -> Any:
    image = _value(value.image, env)
    taps, gap, offset, stride, coarse = (
        tuple(int_(size, env) for size in sizes)
        for sizes in (value.taps, value.gap, value.offset, value.stride, value.coarse)
    )
    count, *space, groups, depth = image.shape
    fill = lowest(image.dtype) if value.fill == "lowest" else 0
    seen = np.full((count, *coarse, groups, *taps, depth), fill, image.dtype)
    for at in np.ndindex(*coarse):
        for tap in np.ndindex(*taps):
            numbers = zip(stride, at, gap, tap, offset, strict=True)
            pixel = tuple(s * o + g * k + r for s, o, g, k, r in numbers)
            if all(0 <= i < size for i, size in zip(pixel, space, strict=True)):
                seen[(slice(None), *at, slice(None), *tap)] = image[(slice(None), *pixel)]
    return seen.transpose(value.order) if value.order else seen


def _spread(value: Spread, env: Env) -> Any:
    array = env[value.array]
    coarse, stride = (
        tuple(int_(size, env) for size in sizes) for sizes in (value.coarse, value.stride)
    )
    last = tuple(s * (o - 1) for s, o in zip(stride, coarse, strict=True))
    wide = np.zeros(
        (array.shape[0], *(i + 1 for i in last), *array.shape[1 + len(last) :]), array.dtype
    )
    for at in np.ndindex(*coarse):
        place = tuple(s * o for s, o in zip(stride, at, strict=True))
        wide[(slice(None), *place)] = array[(slice(None), *at)]
    return wide


def _unpack(step: Unpack, env: Env) -> None:
    sizes = env[step.source].shape if step.shape else env[step.source]
    env.update((name, size) for name, size in zip(step.names, sizes, strict=True) if name != "_")


def _new(step: New, env: Env) -> None:
    shape = tuple(int_(size, env) for size in step.shape)
    kind = np.intp if step.fill == "none" else np.result_type(*(env[name] for name in step.like))
    fill = {"zeros": 0, "empty": 0, "none": -1}
    number = fill[step.fill] if step.fill in fill else lowest(kind)
    order = step.order or tuple(range(len(shape)))
    whole = np.full([shape[axis] for axis in order], number, kind)
    env[step.name] = np.moveaxis(whole, range(len(order)), order)


def _count(step: Count, env: Env) -> None:
    env[step.name] = np.array(
        [integers.value(step.expr, {**env, step.index: i}) for i in range(int_(step.size, env))],
        dtype=env[step.like].dtype,
    )


def _spans(step: Spans, env: Env) -> None:
    sizes = (step.gap, step.offset, step.stride, step.coarse_size, step.fine_size)
    gap, offset, *rest = (int_(size, env) for size in sizes)
    taps = range(int_(step.taps, env))
    env[step.name] = [(tap, *span(gap * tap + offset, *rest)) for tap in taps]


def _taps(step: Taps, env: Env) -> None:
    for tap, coarse, fine in env[step.spans][:: -1 if step.backwards else 1]:
        env.update({step.tap: tap, step.coarse: coarse, step.fine: fine})
        _run(step.body, env)


def _kept(step: Kept, env: Env) -> None:
    env[step.name] = env[step.source]
    _run(step.body, env)


def _loop(step: Loop, env: Env) -> None:
    for value in range(int_(step.size, env)):
        env[step.var] = value
        _run(step.body, env)


def _blocks(step: Blocks, env: Env) -> None:
    size, width = int_(step.size, env), int_(step.step, env)
    for start in range(0, size, width):
        env[step.name] = slice(start, min(start + width, size))
        env[f"{step.name}_start"], env[f"{step.name}_size"] = start, min(width, size - start)
        _run(step.body, env)


def _tasks(step: Tasks, env: Env) -> None:
    total = None
    sizes = [(int_(cut.size, env), int_(cut.step, env)) for cut in step.cuts]
    starts = [range(0, size, width) for size, width in sizes]
    for corner in itertools.product(*starts):
        for cut, start, (size, width) in zip(step.cuts, corner, sizes, strict=True):
            stop = min(start + width, size)
            env[cut.name] = slice(start, stop)
            env[f"{cut.name}_start"], env[f"{cut.name}_size"] = start, stop - start
        _run(step.body, env)
        if step.part:
            total = env[step.part] if total is None else total + env[step.part]
    if step.part:
        env[step.total] = total


def _untile(step: Untile, env: Env) -> None:
    target = env[step.target.array][key(step.target, env)]
    source = env[step.source].reshape(tuple(int_(size, env) for size in step.shape))
    rank = len(step.places)
    space = target.shape[1 : 1 + rank]
    for at in np.ndindex(*space):
        place = tuple(i % m for i, m in zip(at, step.places, strict=True))
        tile = tuple(i // m for i, m in zip(at, step.places, strict=True))
        # (g, n, *tiles, c) at that place
        found = source[place][(slice(None), slice(None), *tile)]
        target[(slice(None), *at)] = np.moveaxis(found, 0, 1)


def _weigh(step: Weigh, env: Env) -> None:
    target, seen, weights = read(step.target, env), env[step.seen], env[step.weights]
    rank = target.ndim - 3
    for image, *at, group, _ in np.ndindex(target.shape):
        pixels = seen[(image, *at, group, ..., 0)]
        target[(image, *at, group, 0)] = (pixels * weights[..., at[rank - 1], group]).sum()


def _store(step: Store, env: Env) -> None:
    target, value = env[step.target.array], _value(step.value, env)
    place = key(step.target, env) or Ellipsis
    if step.op == "+=":
        target[place] += value
    elif step.op == "/=":
        target[place] = target[place] / value
    elif step.op == "max=":
        target[place] = np.maximum(target[place], value)
    else:
        target[place] = value


def _store_matrix(step: StoreMatrix, env: Env) -> None:
    target = _matrix(step.target, env)
    product = _value(step.value, env)
    target[...] = target + product if step.op == "+=" else product


def _let(step: Let, env: Env) -> None:
    if isinstance(step.value, Reached):
        execute_pools.reached(step.name, step.value, env)
    else:
        env[step.name] = _value(step.value, env)


def _fold(step: Fold, env: Env) -> None:
    source = np.moveaxis(env[step.source], step.axes, range(len(step.axes)))
    taps = [source[tap] for tap in np.ndindex(*source.shape[: len(step.axes)])]
    combine = {"add": np.add, "max": np.maximum}[step.op]
    shape = tuple(int_(size, env) for size in step.shape)
    env[step.target].reshape(shape)[...] = functools.reduce(combine, taps)


def _rows(step: Rows, env: Env) -> None:
    target = env[step.target]
    rows = env[step.source].reshape(target.size, int_(step.inner, env))
    target.reshape(-1)[...] = [sum(row) for row in rows]


_STEPS: Mapping[type, Any] = {
    Let: _let, Fold: _fold, Rows: _rows,
    Unpack: _unpack, New: _new, Count: _count, Spans: _spans, Taps: _taps,
    Kept: _kept, Loop: _loop, Blocks: _blocks, Tasks: _tasks, Untile: _untile,
    Lay: execute_spectral.lay,
    Store: _store, StoreMatrix: _store_matrix, Gather: execute_pools.gather,
    Duels: execute_pools.duels, Scatter: execute_pools.scatter,
    Weigh: _weigh, Mark: execute_pools.mark, Pick: execute_pools.pick,
}  # fmt: skip
