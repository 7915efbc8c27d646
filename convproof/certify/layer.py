"""What is certified: the public functions, in every schedule, and the stand-alone source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof import functions
from convproof.emit.standalone import layer_source
from convproof.functions.arrays import ring_elements
from convproof.functions.planning import GOALS, layer_of
from convproof.schedules.registry import of
from convproof.spec import Conv, MaxPool, Spec

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Code:
    """One implementation of a layer, on channels-last arrays of any dtype.

    `goals` says what of it is run: a schedule of the gradients has no forward of its own.
    `winners` gives the number of each window's first maximum, from 0, or -1.
    """

    name: str
    forward: Callable[..., Array]
    backward: Callable[..., Any]
    goals: tuple[str, ...] = ("forward", "backward")
    winners: Callable[[Array], Array] | None = None


def standalone(spec: Spec) -> list[Code]:
    """The source that `generate` writes, executed: all of it, so in each of its ways."""
    source = layer_source(spec)
    ways: list[tuple[str, dict[str, Any]]] = [("", {})]
    if "PATCH_NUMBERS" in source:
        ways.append((", row by row", {"PATCH_NUMBERS": 1}))
    if "finite(" in source:  # what it does with numbers that no zero may meet
        ways.append((", tap by tap", {"finite": lambda array: False}))
    codes = []
    for name, change in ways:
        scope: dict[str, Any] = {}
        # It is this package's own lowering of `spec`: integers and fixed words.
        exec(compile(source, "<generated layer>", "exec"), scope)
        scope.update(change)
        codes.append(Code(f"stand-alone source{name}", scope["forward"], scope["backward"]))
    return codes


def public(
    spec: Spec, shape: Sequence[int], every: bool = True, only: str | None = None
) -> list[Code]:
    """The public functions: as they choose, by every schedule there is, and in the other forms.

    Of the values that a schedule's own arguments can have, `every` takes all on both sides of a
    border, else one that makes several blocks.  With `only` it is that schedule, in one block:
    several are for exact numbers (`blocks`), which are many times as quick as polynomials.
    """
    call = Caller(spec)
    if only is not None:
        return [
            Code(f"{call.name}(schedule={way!r})", call.forward(way), call.backward(way), goals)
            for way, goals in ways(spec, shape, False, only)
        ]
    codes = [Code(f"{call.name}()", call.forward(), call.backward())]
    codes += [
        Code(f"{call.name}(schedule={way!r})", call.forward(way), call.backward(way), goals)
        for way, goals in ways(spec, shape, every)
    ]
    if every:
        name = f"{call.name}(layout='channels_first')"
        codes.append(Code(name, call.first, call.first_backward))
    if isinstance(spec, MaxPool):
        for layout, alone in (
            (None, False),
            ("channels_first", False),
            *HELD[: 2 * (shape[0] == 1)],
        ):
            way = Winners(call, layout, alone)
            codes.append(Code(way.name, way.forward, way.backward, winners=way.winners))
    if every and shape[0] == 1:
        codes.append(Code(f"{call.name}() of one image", call.lone, call.lone_backward))
        name = f"{call.name}(layout='channels_first') of one image"
        codes.append(Code(name, call.lone_first, call.lone_first_backward))
    return codes


HELD: tuple[tuple[str | None, bool], ...] = ((None, True), ("channels_first", True))


@dataclass(frozen=True)
class Winners:
    """A maximum beside its winners, and its backward by them, as an image may be held."""

    call: Caller
    layout: str | None
    alone: bool

    @property
    def name(self) -> str:
        """What is called."""
        told = f", layout={self.layout!r}" if self.layout else ""
        return f"{self.call.name}(return_indices=True{told})" + " of one image" * self.alone

    def enter(self, array: Array) -> Array:
        """An array as the function takes it."""
        array = self.call.turn(array, "x") if self.layout else array
        return array[0] if self.alone else array

    def leave(self, array: Array) -> Array:
        """An array of the function's, batched and channels last."""
        array = array[np.newaxis] if self.alone else array
        return self.call.back(array, "x") if self.layout else array

    def found(self, x: Array) -> Any:
        """The maxima and their winners, as they are held."""
        told = {"layout": self.layout} if self.layout else {}
        return self.call.run("", (self.enter(x),), return_indices=True, **told)

    def forward(self, x: Array) -> Array:
        """The maxima."""
        return self.leave(self.found(x)[0])

    def winners(self, x: Array) -> Array:
        """The number of each window's winner."""
        return self.leave(self.found(x)[1])

    def backward(self, dy: Array, x: Array) -> Array:
        """The gradient by the winners."""
        told = {"layout": self.layout} if self.layout else {}
        held = self.enter(dy), self.enter(x)
        return self.leave(self.call.run("_backward", held, indices=self.found(x)[1], **told))


def ways(
    spec: Spec, shape: Sequence[int], every: bool, only: str | None = None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What to ask for as `schedule=`, and whether it concerns the forward, the backward or both."""
    layer = layer_of(spec, shape)
    asked: dict[str, set[str]] = {}
    for goal in GOALS["conv" if layer.op == "conv" else "pool"]:
        for one in of(layer.op, goal):
            if not one.suits(goal, layer) or only not in (None, one.name):
                continue
            values = one.borders(goal, layer)
            if only is not None:
                values = values[-1:]
            elif not every:
                values = values[1:2] or values
            for value in values:
                pairs = zip(one.extra, value, strict=True)
                words = " ".join([one.name, *(f"{name}={number}" for name, number in pairs)])
                asked.setdefault(words, set()).add("forward" if goal == "forward" else "backward")
    for words, goals in asked.items():
        yield words, tuple(sorted(goals, reverse=True))


class Caller:
    """Calls of the public function of a spec, channels last whatever layout it is given."""

    def __init__(self, spec: Spec) -> None:
        kind = {"Conv": "conv", "MaxPool": "max_pool", "AvgPool": "avg_pool"}[type(spec).__name__]
        self.name = f"{kind}{spec.rank}d"
        self.rank = spec.rank
        self.window = () if isinstance(spec, Conv) else (spec.window,)
        names = ["stride", "padding", "dilation", "groups", "padding_mode", "activation"]
        names += ["ceil_mode", "count_include_pad"]
        if kind == "avg_pool":
            names.remove("dilation")
        self.keywords = {name: getattr(spec, name) for name in names if hasattr(spec, name)}

    def run(self, end: str, arrays: Sequence[Array], **more: Any) -> Any:
        """The public function of these arrays; looked up now, so that it is the one users call."""
        function = getattr(functions, self.name + end)
        with ring_elements():
            return function(*arrays, *self.window, **self.keywords, **more)

    def forward(self, way: str | None = None) -> Callable[..., Array]:
        """The forward, by a schedule."""
        return lambda *arrays: self.run("", arrays, schedule=way)

    def backward(self, way: str | None = None) -> Callable[..., Any]:
        """The backward, by a schedule."""
        return lambda *arrays: self.run("_backward", arrays, schedule=way)

    def turn(self, array: Array, role: str) -> Array:
        """An array in the layout channels_first."""
        if role == "bias":
            return array
        last = array.ndim - 1
        if role == "kernel":
            return array.transpose(last, last - 1, *range(self.rank))
        return array.transpose(0, last, *range(1, last))

    def back(self, array: Array, role: str) -> Array:
        """An array in the layout channels_last again."""
        if role == "bias":
            return array
        if role == "kernel":
            return array.transpose(*range(2, array.ndim), 1, 0)
        return array.transpose(0, *range(2, array.ndim), 1)

    def first(self, *arrays: Array, lone: bool = False) -> Array:
        """The forward, channels first."""
        roles = ("x", "kernel", "bias")
        turned = [self.turn(a, role) for a, role in zip(arrays, roles, strict=False)]
        if lone:
            turned[0] = turned[0][0]
        found = self.run("", turned, layout="channels_first")
        return self.back(found[np.newaxis] if lone else found, "x")

    def first_backward(self, *arrays: Array, lone: bool = False) -> Any:
        """The backward, channels first."""
        roles = ("dy", "x", "kernel", "bias")
        turned = [self.turn(a, role) for a, role in zip(arrays, roles, strict=False)]
        if lone:
            turned[:2] = [array[0] for array in turned[:2]]
        found = self.run("_backward", turned, layout="channels_first")
        if not isinstance(found, tuple):
            return self.back(found[np.newaxis] if lone else found, "x")
        if lone:
            found = found[0][np.newaxis], *found[1:]
        return tuple(self.back(a, role) for a, role in zip(found, roles[1:], strict=True))

    def lone_first(self, *arrays: Array) -> Array:
        """The forward of an image without a batch, channels first."""
        return self.first(*arrays, lone=True)

    def lone_first_backward(self, *arrays: Array) -> Any:
        """The backward of an image without a batch, channels first."""
        return self.first_backward(*arrays, lone=True)

    def lone(self, x: Array, *others: Array) -> Array:
        """The forward of an image without a batch."""
        found: Array = self.run("", (x[0], *others))
        return found[np.newaxis]

    def lone_backward(self, dy: Array, x: Array, *others: Array) -> Any:
        """The backward of an image without a batch."""
        found = self.run("_backward", (dy[0], x[0], *others))
        if not isinstance(found, tuple):
            return found[np.newaxis]
        return found[0][np.newaxis], *found[1:]

    def plain(self, x: Array, kernel: Array, bias: Array) -> Array:
        """The forward of a plane by a plane, (10.1), with a number for its bias."""
        found: Array = self.run("", (x[0, ..., 0], kernel[..., 0, 0], bias.reshape(())))
        return found[np.newaxis, ..., np.newaxis]

    def plain_backward(self, dy: Array, x: Array, kernel: Array, bias: Array) -> Any:
        """The backward of a plane by a plane."""
        planes = dy[0, ..., 0], x[0, ..., 0], kernel[..., 0, 0], bias.reshape(())
        dx, dkernel, dbias = self.run("_backward", planes)
        return (
            dx[np.newaxis, ..., np.newaxis],
            dkernel[..., np.newaxis, np.newaxis],
            np.reshape(dbias, bias.shape),
        )
