"""What a user's call runs through that no certificate does: lines of this package, by function.

Lawful calls of every public function are traced, and so are the calls that certificates make of
them.  What the first run and the second do not is what is left to be believed, or tested: each
answer here is compared with plain loops, number for number, where it is a sum of integers.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

import convproof
from convproof import functions, reference
from convproof.certify.certificate import certify
from convproof.certify.wrappers import DTYPES, transposed
from convproof.spec import ACTIVATIONS, AvgPool, Conv, MaxPool, Spec

Array = np.ndarray[Any, Any]
Lines = dict[CodeType, set[int]]
HOME = Path(convproof.__file__).parent
SPACES = {1: (19,), 2: (9, 7), 3: (4, 5, 3)}


class Trace:
    """The lines of this package that run while a public function does."""

    def __init__(self) -> None:
        self.lines: Lines = defaultdict(set)
        public = (getattr(functions, name) for name in functions.__all__)
        self.public = {one.__code__ for one in public if hasattr(one, "__code__")}
        self.depth = 0

    def __enter__(self) -> Trace:
        threading.settrace(self.called)
        sys.settrace(self.called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def called(self, frame: FrameType, event: str, arg: object) -> Callable[..., Any] | None:
        """Follow a call if it is a public function's, or one that such a function makes."""
        if frame.f_code in self.public:
            self.depth += 1
            return self.entered
        ours = frame.f_code.co_filename.startswith(str(HOME))
        return self.ran if self.depth and ours else None

    def ran(self, frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
        """Keep a line."""
        if event == "line":
            self.lines[frame.f_code].add(frame.f_lineno)
        return self.ran

    def entered(self, frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
        """Keep a line of the public function itself, and see it end."""
        self.ran(frame, event, arg)
        if event == "return":
            self.depth -= 1
        return self.entered


@dataclass(frozen=True)
class Call:
    """A lawful call, and what plain loops have for it (None: it is no sum of integers)."""

    function: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    wanted: Callable[[], Array] | None = None

    def right(self) -> bool:
        """Run it; whether it is what the loops have."""
        got = getattr(functions, self.function)(*self.arguments, **self.keywords)
        if self.wanted is None:
            return False
        first = got[0] if isinstance(got, tuple) else got
        if self.keywords.get("layout") == "channels_first":
            first = np.moveaxis(first, 1, -1)
        if not np.array_equal(np.asarray(first).astype(complex), self.wanted().astype(complex)):
            raise AssertionError(f"{self.function} {dict(self.keywords)}: not what loops have")
        return True


def _numbers(shape: tuple[int, ...], kind: str = "float64") -> Array:
    seed = np.random.default_rng(sum(shape))
    return seed.integers(0, 2, shape).astype(kind)


def _turned(array: Array, rank: int, kernel: bool = False) -> Array:
    if kernel:
        return np.moveaxis(array, (-1, -2), (0, 1))
    return np.moveaxis(array, -1, 1)


def calls() -> Iterator[Call]:
    """Lawful calls of every public function: dtypes, layouts, modes, shapes, views."""
    for rank in (1, 2, 3):
        yield from _convolutions(rank)
        yield from _pools(rank)
        yield from _transposes(rank)
    large, taps = _numbers((1, 40, 40, 16), "float32"), _numbers((3, 3, 16, 16), "float32")
    for x, kernel in ((large, taps), (large, taps[:1, :1]), (large[:, ::-1], taps)):
        yield Call("conv2d", (x, kernel), {})
        yield Call("conv2d_backward", (functions.conv2d(x, kernel), x, kernel), {})
    yield Call("conv2d", (_numbers((9, 7)), _numbers((3, 2))), {})
    yield Call("conv2d", (_numbers((9, 7, 2)), _numbers((3, 2, 2, 3))), {})
    yield Call("conv2d", (_numbers((0, 9, 7, 2)), _numbers((3, 2, 2, 3))), {})
    yield Call("max_pool2d", (np.array([[np.nan, 1.0], [np.inf, 2.0]]), 2), {})
    big = np.full((1, 4, 1), 2**40)
    yield Call("conv1d", (big, np.full((2, 1, 1), 3)), {})


def _convolutions(rank: int) -> Iterator[Call]:
    name, space = f"conv{rank}d", SPACES[rank]
    varied: list[dict[str, Any]] = [
        {}, {"stride": 2, "padding": 1}, {"dilation": 2, "padding": "same"}, {"groups": 2},
        *({"padding_mode": mode, "padding": 1} for mode in ("circular", "reflect", "replicate")),
        *({"activation": one} for one in ACTIVATIONS),
    ]  # fmt: skip
    for kind, keywords in (*itertools.product(("float64",), varied), *((k, {}) for k in DTYPES)):
        groups = keywords.get("groups", 1)
        spec = Conv((2,) * rank, 6, **keywords)
        x, bias = _numbers((2, *space, 4), kind), _numbers((6,), kind)
        kernel = _numbers((*(2,) * rank, 4 // groups, 6), kind)
        axes, mode = spec.axes(space), keywords.get("padding_mode", "zeros")

        def ahead(x: Any = x, w: Any = kernel, b: Any = bias, a: Any = axes, g: Any = groups,
                  m: Any = mode) -> Array:  # fmt: skip
            return reference.conv(x, w, b, a, g, m)

        wide = ahead()
        dy = _numbers(wide.shape, kind)

        def behind(dy: Any = dy, x: Any = x, w: Any = kernel, a: Any = axes, g: Any = groups,
                   m: Any = mode) -> Array:  # fmt: skip
            return reference.conv_backward(dy, x, w, a, g, m)[0]

        plain = "activation" not in keywords
        yield Call(name, (x, kernel, bias), keywords, ahead if plain else None)
        yield Call(f"{name}_backward", (dy, x, kernel, bias), keywords, behind if plain else None)
        first = {**keywords, "layout": "channels_first"}
        turned = _turned(x, rank), _turned(kernel, rank, kernel=True), bias
        yield Call(name, turned, first, ahead if plain else None)
        yield Call(f"{name}_backward", (_turned(dy, rank), *turned), first,
                   behind if plain else None)  # fmt: skip


def _pools(rank: int) -> Iterator[Call]:
    space = SPACES[rank]
    for ceil, layout in itertools.product((False, True), ("channels_last", "channels_first")):
        x = _numbers((2, *space, 3))
        largest = MaxPool((2,) * rank, stride=2, ceil_mode=ceil)
        means = AvgPool((2,) * rank, stride=2, ceil_mode=ceil)
        given = _turned(x, rank) if layout == "channels_first" else x
        keywords = {"stride": 2, "ceil_mode": ceil, "layout": layout}
        for name, spec in (("max_pool", largest), ("avg_pool", means)):
            axes = spec.axes(space)
            op = reference.max_pool if name == "max_pool" else reference.avg_pool

            def ahead(x: Any = x, a: Any = axes, op: Any = op) -> Array:
                found = op(x, a)
                return np.asarray(found[0] if isinstance(found, tuple) else found)

            y = ahead()
            dy = _turned(y, rank) if layout == "channels_first" else y
            yield Call(f"{name}{rank}d", (given, 2), keywords, ahead)
            yield Call(f"{name}{rank}d_backward", (dy, given, 2), keywords)
        yield Call(f"max_pool{rank}d", (given, 2), {**keywords, "return_indices": True})


def _transposes(rank: int) -> Iterator[Call]:
    name, space = f"conv_transpose{rank}d", SPACES[rank]
    x, kernel = _numbers((2, *space, 4)), _numbers((*(2,) * rank, 3, 4))
    for keywords in ({}, {"stride": 2, "output_padding": 1}, {"padding": 1}, {"dilation": 2}):
        y = getattr(functions, name)(x, kernel, **keywords)
        yield Call(name, (x, kernel), keywords)
        yield Call(f"{name}_backward", (_numbers(y.shape), x, kernel), keywords)


def certificates() -> None:
    """The certificates of a few layers of each kind: what they run is covered, line by line."""
    layers: tuple[tuple[Spec, tuple[int, ...]], ...] = (
        (Conv((2,), 2, stride=2, padding=1, activation="sigmoid"), (4, 1)),
        (Conv((2,), 2, groups=2, dilation=2, activation="relu"), (2, 5, 2)),
        (Conv((2, 2), 1, padding=1, activation="tanh"), (3, 3, 2)),
        (Conv((3, 3), 2), (4, 4, 1)),
        (Conv((1, 1), 2), (3, 2, 2)),
        (Conv((2, 1, 2), 1), (2, 2, 3, 1)),
        *((Conv((2,), 1, padding=1, padding_mode=mode), (4, 1))
          for mode in ("circular", "reflect", "replicate")),
        (MaxPool((2,), stride=1, padding=1), (4, 1)),
        (MaxPool((2, 2), stride=1, ceil_mode=True), (3, 2, 1)),
        (MaxPool((1, 2, 2), stride=1), (1, 2, 3, 1)),
        (AvgPool((2,), stride=1, padding=1, count_include_pad=False), (4, 1)),
        (AvgPool((2,), stride=2), (4, 1)),
        (AvgPool((2, 2), stride=2, ceil_mode=True), (3, 3, 1)),
        (AvgPool((1, 2, 2)), (1, 2, 3, 1)),
    )  # fmt: skip
    for spec, shape in layers:
        certify(spec, shape).verdict.require()
    for rank in (1, 2, 3):
        layer = Conv((2,) * rank, 2, stride=2, dilation=1, groups=2)
        transposed(layer, (2,) * rank).require()


@dataclass(frozen=True)
class Uncovered:
    """A function of this package that calls run through: lines that no certificate ran."""

    module: str
    function: str
    lines: int
    ran: int
    calls: int


def uncovered() -> list[Uncovered]:
    """Every function with such lines, and in how many calls with a right answer it ran.

    Raises:
        AssertionError: if a call's answer is not what plain loops have.
        VerdictError: if a certificate does not hold.
    """
    with Trace() as certified:
        certificates()
    whole, right = Lines(), defaultdict[CodeType, int](int)
    for call in calls():
        with Trace() as traced:
            agrees = call.right()
        for code, lines in traced.lines.items():
            whole.setdefault(code, set()).update(lines)
            right[code] += agrees
    found = []
    for code, lines in whole.items():
        left = lines - certified.lines.get(code, set())
        if left:
            module = Path(code.co_filename).relative_to(HOME).with_suffix("").as_posix()
            found.append(Uncovered(module, code.co_qualname, len(left), len(lines), right[code]))
    return sorted(found, key=lambda one: (one.module, one.function))
