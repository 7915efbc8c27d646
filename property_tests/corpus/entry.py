"""Entries of the corpus and the decorators that register them.

A mistake is written once, as a function of a `Job` or `Window`; its name and docstring become the
entry's, and the decorator gives it the contract's signature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from convproof.laws.op import Op
from property_tests.corpus import adjoints, engines, pools
from property_tests.corpus.job import Array, Function, Functions, Gradients, Job, Window
from property_tests.corpus.witness import Call

Kind = Literal["right", "easy", "parameter-bound", "thin-slice", "stateful"]
Forward = Callable[[Job], Array]
Backward = Callable[[Job, Array], Gradients]
Pool = Callable[[Window], Array]
PoolBack = Callable[[Window, Array], Array]


@dataclass(frozen=True)
class Entry:
    """One implementation: `build()` gives its functions by operation, with fresh state.

    `witness` is a sequence of calls on which a wrong one differs from a right one; it is empty
    for right ones.  `ops` are the operations judged; `build` may offer others too.
    """

    name: str
    ops: tuple[str, ...]
    family: str
    kind: Kind
    about: str
    build: Callable[[], Functions]
    witness: tuple[Call, ...] = ()
    conventions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """It is no mistake."""
        return self.kind == "right"


REGISTRY: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Keep `entry`; a second one of its name is an error."""
    if entry.name in REGISTRY:
        raise ValueError(f"two entries are called {entry.name}")
    REGISTRY[entry.name] = entry


def named(function: Callable[..., Any]) -> tuple[str, str]:
    """The entry's name and sentence, from the function that is it."""
    return function.__name__.strip("_").replace("_", "-"), (function.__doc__ or "").strip()


def as_conv(run: Forward, checked: bool = True) -> Function:
    """`run` with the contract's signature of a forward convolution."""

    def conv(
        x: Array,
        w: Array,
        b: Array | None = None,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
        groups: int = 1,
    ) -> Array:
        return run(Job.of(x, w, b, stride, padding, dilation, groups, checked))

    return conv


def as_conv_backward(run: Backward) -> Function:
    """`run` with the contract's signature of a convolution's gradients."""

    def conv_backward(
        x: Array,
        w: Array,
        b: Array | None,
        grad_y: Array,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
        groups: int = 1,
    ) -> Gradients:
        return run(Job.of(x, w, b, stride, padding, dilation, groups), grad_y)

    return conv_backward


def as_pool(run: Pool) -> Function:
    """`run` with the contract's signature of a pooling."""

    def pool(
        x: Array,
        kernel: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
    ) -> Array:
        return run(Window.of(x, kernel, stride, padding))

    return pool


def as_pool_backward(run: PoolBack) -> Function:
    """`run` with the contract's signature of a pooling's gradient."""

    def pool_backward(
        x: Array,
        grad_y: Array,
        kernel: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
    ) -> Array:
        return run(Window.of(x, kernel, stride, padding), grad_y)

    return pool_backward


def rank_of(op: str) -> str:
    """The operation's forward name: "conv2d_backward" gives "conv2d"."""
    return str(Op.of(op).forward)


RIGHT: dict[str, Function] = {
    "conv": as_conv(engines.taps),
    "conv_backward": as_conv_backward(adjoints.by_taps),
    "max_pool": as_pool(pools.max_taps),
    "max_pool_backward": as_pool_backward(pools.max_back),
    "avg_pool": as_pool(pools.avg_taps),
    "avg_pool_backward": as_pool_backward(pools.avg_back),
}


def right(op: str) -> Function:
    """A right function for `op`, of any rank."""
    return RIGHT[op.replace("1d", "").replace("2d", "").replace("3d", "")]


def conv(
    family: str, kind: Kind, *witness: Call, checked: bool = True
) -> Callable[[Forward], Forward]:
    """Register a wrong forward convolution, alone."""

    def keep(run: Forward) -> Forward:
        name, about = named(run)
        op = witness[0].op
        build: Callable[[], Functions] = lambda: {op: as_conv(run, checked)}  # noqa: E731 - one line says it
        register(Entry(name, (op,), family, kind, about, build, witness))
        return run

    return keep


def back(family: str, kind: Kind, *witness: Call) -> Callable[[Backward], Backward]:
    """Register wrong gradients beside a right forward."""

    def keep(run: Backward) -> Backward:
        name, about = named(run)
        op = witness[0].op

        def build() -> Functions:
            return {rank_of(op): right(rank_of(op)), op: as_conv_backward(run)}

        register(Entry(name, (op,), family, kind, about, build, witness))
        return run

    return keep


def pool(family: str, kind: Kind, *witness: Call) -> Callable[[Pool], Pool]:
    """Register a wrong pooling, alone."""

    def keep(run: Pool) -> Pool:
        name, about = named(run)
        op = witness[0].op
        register(Entry(name, (op,), family, kind, about, lambda: {op: as_pool(run)}, witness))
        return run

    return keep


def pool_back(family: str, kind: Kind, *witness: Call) -> Callable[[PoolBack], PoolBack]:
    """Register a wrong pooling gradient beside a right forward."""

    def keep(run: PoolBack) -> PoolBack:
        name, about = named(run)
        op = witness[0].op

        def build() -> Functions:
            return {rank_of(op): right(rank_of(op)), op: as_pool_backward(run)}

        register(Entry(name, (op,), family, kind, about, build, witness))
        return run

    return keep


def whole(
    ops: Sequence[str],
    family: str,
    kind: Kind,
    *witness: Call,
    conventions: Mapping[str, Any] | None = None,
) -> Callable[[Callable[[], Functions]], Callable[[], Functions]]:
    """Register a factory of functions: for state, for consistent pairs, for right ones."""

    def keep(build: Callable[[], Functions]) -> Callable[[], Functions]:
        name, about = named(build)
        register(Entry(name, tuple(ops), family, kind, about, build, witness, conventions or {}))
        return build

    return keep
