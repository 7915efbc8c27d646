"""A case as a handful of integers and words (a row), and the row filled with numbers (a case).

Rows are what is planned, counted, sent to workers and stored; the same row and op give the same
case on every machine.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from convproof.laws.axis import Axis
from convproof.laws.case import Array, Case, Pairs, hollow
from convproof.laws.op import Op

STYLES = ("small", "wide", "real", "positive", "negative", "sparse", "scaled", "ones", "unit")
REAL = ("real", "faint")  # not exact: held to bounds
POOL_STYLES = ("small", "ties", "deep", "real", "negative", "positive", "infinite")
DTYPES = ("float64", "float32", "float16", "int64", "int32")


@dataclass(frozen=True)
class Row:
    """One call without its numbers.  `inputs` and `outputs` are channels in each group.

    `precision` is the dtype whose range the numbers must suit, where that is not `dtype`: that
    of a target which answers in fewer digits than it was asked in.
    """

    kind: str
    batch: int
    space: tuple[int, ...]
    taps: tuple[int, ...]
    stride: tuple[int, ...]
    padding: Pairs
    dilation: tuple[int, ...]
    inputs: int = 1
    outputs: int = 1
    groups: int = 1
    bias: bool = True
    ceil_mode: bool = False
    count_include_pad: bool = True
    style: str = "small"
    dtype: str = "float64"
    memory: str = "plain"
    seed: int = 0
    precision: str = ""

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return len(self.space)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The window on each axis."""
        return tuple(
            Axis(k, s, d, lo, hi, self.ceil_mode)
            for k, s, d, (lo, hi) in zip(
                self.taps, self.stride, self.dilation, self.padding, strict=True
            )
        )

    @property
    def out_space(self) -> tuple[int, ...]:
        """Output pixels on each axis."""
        return tuple(a.output_size(n) for a, n in zip(self.axes, self.space, strict=True))

    @property
    def fits(self) -> bool:
        """Whether there is a window on every axis (and no pool window of padding only)."""
        for axis, size in zip(self.axes, self.space, strict=True):
            if size < 1 or size + axis.pad_lo + axis.pad_hi < axis.extent:
                return False
            if self.kind != "conv" and 2 * max(axis.pad_lo, axis.pad_hi) > axis.kernel:
                return False
        return self.kind != "max_pool" or not hollow(self.axes, self.space)

    @property
    def work(self) -> int:
        """Multiplications of a forward call."""
        channels = self.inputs * self.groups * (self.outputs if self.kind == "conv" else 1)
        return max(self.batch, 1) * math.prod(self.out_space) * math.prod(self.taps) * channels

    @property
    def dense(self) -> int:
        """Entries of the layer written as a matrix: what the costliest implementations pay."""
        pixels = math.prod(self.space) * self.inputs * self.groups
        out = math.prod(self.out_space) * self.groups
        return pixels * out * (self.outputs if self.kind == "conv" else self.inputs)

    def with_(self, **changes: Any) -> Row:
        """The same row with some fields changed."""
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Row:
        """What `to_dict` gave."""
        for name in ("space", "taps", "stride", "dilation"):
            data = {**data, name: tuple(data[name])}
        return cls(**{**data, "padding": tuple((lo, hi) for lo, hi in data["padding"])})


def build(op: str, row: Row) -> Case:
    """The row as a call of `op`, filled with numbers that its style and seed determine."""
    rng = np.random.default_rng(zlib.crc32(repr((op, row)).encode()))
    rank, groups, kind = row.rank, row.groups, row.kind
    backward = Op.of(op).backward
    channels = row.inputs * groups
    given = np.dtype(row.dtype)
    dtype = np.dtype(row.precision or row.dtype)
    if dtype.itemsize > given.itemsize:
        dtype = given
    x_shape = (row.batch, *row.space, channels)
    kernel = bias = dy = None
    out = (row.batch, *row.out_space, row.outputs * groups if kind == "conv" else channels)
    # The longest sum in the call: what the numbers' size is chosen by, so that sums stay exact.
    longest = math.prod(row.taps) * max(row.inputs, row.outputs) + 1
    if backward:
        longest = max(longest, row.batch * math.prod(row.out_space))
    if kind == "conv":
        draw = _numbers(row.style, dtype, longest, rng)
        x = draw(x_shape, 0)
        kernel = draw((*row.taps, row.inputs, row.outputs * groups), 1)
        bias = draw((row.outputs * groups,), 2) if row.bias else None
    else:
        x = _pool_image(row.style, dtype, x_shape, rng, kind, backward, row.memory)
    if row.memory == "broadcast" and row.batch > 1:
        x = np.ascontiguousarray(np.broadcast_to(x[:1], x.shape))
    if backward:
        style = row.style if kind == "conv" else "small"
        dy = _numbers(style, dtype, longest, rng)(out, 3)
        if row.memory == "broadcast" and row.batch > 1:
            dy = np.ascontiguousarray(np.broadcast_to(dy[:1], dy.shape))
    assert len(row.taps) == rank
    x, kernel, bias, dy = (None if a is None else a.astype(given) for a in (x, kernel, bias, dy))
    assert x is not None
    return Case(
        op,
        x,
        kernel,
        bias,
        dy,
        row.stride,
        row.padding,
        row.dilation,
        groups,
        None if kind == "conv" else row.taps,
        row.ceil_mode,
        row.count_include_pad,
        row.memory,
    )


def exact(row: Row) -> bool:
    """Whether a direct implementation is bit-exact on this row, in any order of summation."""
    return row.style not in REAL and row.kind != "avg_pool"


def _integers(rng: np.random.Generator, shape: tuple[int, ...], top: int) -> Array:
    """Integers between -top and top, none of them zero: a lost term always shows."""
    values = rng.integers(1, top + 1, shape) * rng.choice([-1, 1], shape)
    return np.asarray(values, dtype=np.float64)


def _numbers(style: str, dtype: np.dtype[Any], longest: int, rng: np.random.Generator) -> Any:
    """A function (shape, which argument) -> numbers of a style that stay exact in `dtype`."""
    mantissa = {"float64": 53, "float32": 24, "float16": 11, "int32": 31, "int64": 53}[dtype.name]
    room = mantissa - math.ceil(math.log2(longest + 1))
    top = max(1, min(4, 2 ** max(0, (room - 1) // 2)))

    def draw(shape: tuple[int, ...], which: int) -> Array:
        if style in REAL and dtype.kind == "f":
            small = 1e-4 if style == "faint" and dtype.name != "float16" else 1.0
            return np.asarray(rng.standard_normal(shape) * small).astype(dtype)
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
        if style == "real" and dtype.kind == "f":
            return rng.standard_normal(shape).astype(dtype)
        top = 4 if dtype.name == "float16" else 100
        values = _integers(rng, shape, top)
        if style == "negative":
            values = -np.abs(values)
        return values.astype(dtype)
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
