"""A config filled with numbers: of a style, exact in its dtype, the same on every machine."""

from __future__ import annotations

import math
import zlib
from typing import Any

import numpy as np

from convproof.conformance.cases.config import Config
from convproof.laws.case import Array, Case
from convproof.laws.op import Op

REAL = ("real", "faint")  # not exact: held to bounds
LONE = "lone"  # all digits a number can have, and one product in each entry: nothing to round


def build(op: str, config: Config) -> Case:
    """The config as a call of `op`, filled with numbers that its style and seed determine."""
    rng = np.random.default_rng(zlib.crc32(repr((op, config)).encode()))
    rank, groups, kind = config.rank, config.groups, config.kind
    backward = Op.of(op).backward
    channels = config.inputs * groups
    given = np.dtype(config.dtype)
    dtype = np.dtype(config.precision or config.dtype)
    if dtype.itemsize > given.itemsize:
        dtype = given
    x_shape = (config.batch, *config.space, channels)
    kernel = bias = dy = None
    outputs = channels if config.pool else config.outputs * groups
    out = (config.batch, *config.out_space, outputs)
    # The longest sum in the call: what the numbers' size is chosen by, so that sums stay exact.
    longest = math.prod(config.taps) * max(config.inputs, config.outputs) + 1
    if backward:
        longest = max(longest, config.batch * max(map(math.prod, (config.out_space, config.space))))
    if not config.pool:
        draw = _numbers(config.style, dtype, longest, rng)
        x = draw(x_shape, 0)
        ends = (config.inputs, outputs) if kind == "conv" else (config.outputs, channels)
        kernel = draw((*config.taps, *ends), 1)
        bias = draw((config.outputs * groups,), 2) if config.bias else None
    else:
        x = _pool_image(config.style, dtype, x_shape, rng, kind, backward, config.memory)
    if config.memory == "broadcast" and config.batch > 1:
        x = np.ascontiguousarray(np.broadcast_to(x[:1], x.shape))
    if backward:
        style = "small" if config.pool else config.style
        dy = _numbers(style, dtype, longest, rng)(out, 3)
        if config.memory == "broadcast" and config.batch > 1:
            dy = np.ascontiguousarray(np.broadcast_to(dy[:1], dy.shape))
    if config.style == LONE and kernel is not None:
        bias = None if bias is None else np.zeros_like(bias)
        if backward and config.seed % 2:
            assert dy is not None
            dy = _lone(dy.reshape(-1, outputs), rng).reshape(dy.shape)
        else:
            kernel = _lone_kernel(kernel, groups, backward == (kind == "conv"), rng)
    assert len(config.taps) == rank
    x, kernel, bias, dy = (None if a is None else a.astype(given) for a in (x, kernel, bias, dy))
    assert x is not None
    return Case(
        op,
        x,
        kernel,
        bias,
        dy,
        config.stride,
        config.padding,
        config.dilation,
        groups,
        config.taps if config.pool else None,
        config.ceil_mode,
        config.count_include_pad,
        config.memory,
        config.output_padding,
        config.spelled,
    )


def _integers(rng: np.random.Generator, shape: tuple[int, ...], top: int) -> Array:
    """Integers between -top and top, none of them zero: a lost term always shows."""
    values = rng.integers(1, top + 1, shape) * rng.choice([-1, 1], shape)
    return np.asarray(values, dtype=np.float64)


def _full(rng: np.random.Generator, shape: tuple[int, ...], digits: int) -> Array:
    """Numbers between 1 and 2 in size whose last binary digit is 1: none has a shorter form."""
    last = 2.0 ** (1 - digits)
    ones = 1 + last * (2 * rng.integers(0, 2 ** (digits - 2), shape) + 1)
    return np.asarray(ones * rng.choice([-1.0, 1.0], shape))


def _lone(columns: Array, rng: np.random.Generator) -> Array:
    """One power of two in each column, zeros elsewhere."""
    made = np.zeros_like(columns)
    where = rng.integers(0, len(columns), columns.shape[1])
    made[where, np.arange(columns.shape[1])] = rng.choice([-2.0, -1, 1, 2], columns.shape[1])
    return made


def _lone_kernel(kernel: Array, groups: int, rows: bool, rng: np.random.Generator) -> Array:
    """One weight for each output channel (or, by `rows`, for each input channel of each group)."""
    if not rows:
        return _lone(kernel.reshape(-1, kernel.shape[-1]), rng).reshape(kernel.shape)
    parts = []
    for part in np.split(kernel, groups, axis=-1):
        turned = part.swapaxes(-2, -1)
        alone = _lone(turned.reshape(-1, turned.shape[-1]), rng).reshape(turned.shape)
        parts.append(alone.swapaxes(-2, -1))
    return np.concatenate(parts, axis=-1)


def _numbers(style: str, dtype: np.dtype[Any], longest: int, rng: np.random.Generator) -> Any:
    """A function (shape, which argument) -> numbers of a style that stay exact in `dtype`."""
    mantissa = {"float64": 53, "float32": 24, "float16": 11, "int32": 31, "int64": 53}[dtype.name]
    room = mantissa - math.ceil(math.log2(longest + 1))
    top = max(1, min(4, 2 ** max(0, (room - 1) // 2)))

    def draw(shape: tuple[int, ...], which: int) -> Array:
        if style in REAL and dtype.kind == "f":
            small = 1e-4 if style == "faint" and dtype.name != "float16" else 1.0
            return np.asarray(rng.standard_normal(shape) * small).astype(dtype)
        if style == LONE and dtype.kind == "f":
            return _full(rng, shape, mantissa).astype(dtype)
        if style == "wide":
            # The bias rides on sums of products, so it may be as large as they are.
            return _integers(rng, shape, 2 ** max(1, min(room - 1, 40) // 2)).astype(dtype)
        values = _integers(rng, shape, top)
        if style == "positive" or (style == "negative" and which == 1):
            values = np.abs(values)
        elif style == "negative":
            values = -np.abs(values)
        elif style == "sparse":
            values *= rng.random(shape) < 0.3
        elif style == "ones" and which in (1, 2):
            values = np.ones(shape)
        elif style == "unit" and which == 1:
            # One tap that hands channel m on as it is; with no bias, the layer that does nothing.
            values = np.zeros(shape)
            for m in range(shape[-1]):
                values[(0,) * (len(shape) - 2) + (m % shape[-2], m)] = 1.0
        elif style == "unit" and which == 2:
            values = np.zeros(shape)
        elif style == "scaled" and dtype.name in ("float64", "float32"):
            # Powers of two change no digit: only code that adds or compares to constants notices.
            values *= 2.0 ** (0, 12, 12, -9)[which]
        return values.astype(dtype)

    return draw


def _pool_image(
    style: str,
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
    rng: np.random.Generator,
    kind: str,
    backward: bool,
    memory: str,
) -> Array:
    """Pixels for a pool: all different where the gradient depends on who is the maximum."""
    count = math.prod(shape)
    if kind == "avg_pool":
        if style in ("real", "near") and dtype.kind == "f":
            return rng.standard_normal(shape).astype(dtype)
        top = 4 if dtype.name == "float16" else 100
        values = _integers(rng, shape, top)
        if style == "negative":
            values = -np.abs(values)
        return values.astype(dtype)
    if style == "near":
        # Neighbours among the floating numbers, as far as they reach: none of them is a tie.
        digits = {"float64": 52, "float32": 23, "float16": 10}.get(dtype.name, 0)
        steps = rng.permutation(count).reshape(shape) % 2 ** min(digits, 30)
        near = 1.0 + steps * 2.0**-digits if digits else 1 + steps
        return np.asarray(near).astype(dtype)
    if style == "ties":
        return rng.integers(-1, 1, shape).astype(dtype)
    values = rng.permutation(count).reshape(shape).astype(np.float64) - count // 2
    if style == "negative":
        values -= count
    elif style == "positive":
        values += count
    elif style == "deep" and dtype.kind == "f":
        # Below every sentinel somebody might pad with, and still exact.
        values = values - {"float64": 2.0**51, "float32": 2.0**22, "float16": 0.0}[dtype.name]
        if dtype.name != "float16":
            values = values * {"float64": 2.0**60, "float32": 2.0**80}[dtype.name]
    elif style == "infinite" and dtype.kind == "f" and not backward:
        values[rng.random(shape) < 0.5] = -np.inf
    elif style == "real" and dtype.kind == "f":
        values = values + 0.5
    if dtype.name == "float16" and count > 2048:
        finite = np.isfinite(values)
        values[finite] %= 2048  # no more can be told apart: ties, judged as such
    return values.astype(dtype)
