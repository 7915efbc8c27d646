"""What an entry of the corpus is, and the rows that declare one.

Most mistakes are a row: *when* they happen (always, or under a guard), which right mechanism is
the *base*, how its call is *edited* and what is done to its answer *after*.  The rest are factories
of functions, for state and for pairs that are wrong together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from convproof.laws.op import Op
from property_tests.corpus import adjoints, engines, pools
from property_tests.corpus.job import Array, Function, Functions, Gradients, Job, Window, fit
from property_tests.corpus.witness import Call

Kind = Literal["right", "easy", "parameter-bound", "thin-slice", "stateful", "reported"]
EASY: Final = "easy"
BOUND: Final = "parameter-bound"
THIN: Final = "thin-slice"
Forward = Callable[[Job], Array]
Backward = Callable[[Job, Array], Gradients]
Pool = Callable[[Window], Array]
PoolBack = Callable[[Window, Array], Array]
Part = Callable[[Job, Array, Array], Array]


@dataclass(frozen=True)
class Mutant:
    """One implementation: `build()` gives its functions by operation, with fresh state.

    `witness` is a sequence of calls on which a wrong one differs from a right one; it is empty
    for right ones.  `ops` are the operations judged; `build` may offer others too.  A first line
    that says any of `says` has found what is wrong; without them it is the family's words.
    `report` is where somebody met it: a thread in a public tracker, or the kind of mistake.
    """

    name: str
    ops: tuple[str, ...]
    family: str
    kind: Kind
    about: str
    build: Callable[[], Functions]
    witness: tuple[Call, ...] = ()
    conventions: Mapping[str, Any] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    report: str = ""

    @property
    def right(self) -> bool:
        """It is no mistake."""
        return self.kind == "right"


REGISTRY: dict[str, Mutant] = {}


def register(entry: Mutant) -> None:
    """Keep `entry`; a second one of its name is an error."""
    if entry.name in REGISTRY:
        raise ValueError(f"two entries are called {entry.name}")
    REGISTRY[entry.name] = entry


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


RIGHT: dict[str, Function] = {
    "conv": as_conv(engines.taps),
    "conv_backward": as_conv_backward(adjoints.by_taps),
    "max_pool": as_pool(pools.max_taps),
    "max_pool_backward": as_pool_backward(pools.max_back),
    "avg_pool": as_pool(pools.avg_taps),
    "avg_pool_backward": as_pool_backward(pools.avg_back),
}


def right_function(op: str) -> Function:
    """A right function for `op`, of any rank."""
    named = Op.of(op)
    return RIGHT[named.kind + ("_backward" if named.backward else "")]


CONV = ("conv2d", "conv2d_backward")
MAX = ("max_pool2d", "max_pool2d_backward")
AVG = ("avg_pool2d", "avg_pool2d_backward")


def right_functions(*ops: str) -> Functions:
    """Right functions for these operations."""
    return {op: right_function(op) for op in ops}


def pair(forward: Forward, backward: Backward) -> Functions:
    """A convolution and its gradients under the contract's names."""
    return {"conv2d": as_conv(forward), "conv2d_backward": as_conv_backward(backward)}


def correct(name: str, family: str, about: str, functions: Functions, **conventions: Any) -> None:
    """A right implementation: functions without state, and the conventions that it declares."""
    ops = tuple(functions)
    register(Mutant(name, ops, family, "right", about, functions.copy, conventions=conventions))


def _alone(row: tuple[str, str, Kind, Call, str], function: Function) -> None:
    """Register one wrong function, a backward beside its right forward."""
    name, family, kind, call, about = row
    forward = str(Op.of(call.op).forward)

    def build() -> Functions:
        return {forward: right_function(forward), call.op: function}

    register(Mutant(name, (call.op,), family, kind, about, build, (call,)))


def conv(
    name: str,
    family: str,
    kind: Kind,
    call: Call,
    about: str,
    base: Forward = engines.taps,
    edit: Callable[[Job], Job] = lambda c: c,
    *,
    when: Callable[[Job], object] = lambda c: True,
    fits: bool = False,
    after: Callable[[Job, Array], Array] | None = None,
    checked: bool = True,
) -> None:
    """A wrong forward: `base` of the edited call, made to fit the right shape if it `fits`."""

    def run(job: Job) -> Array:
        other = edit(job) if when(job) else job
        if other is not job and fits and min(other.room) < 0:
            other = job
        y = base(other)
        if other is not job and fits:
            y = fit(y, job.shape)
        return after(job, y) if after is not None and when(job) else y

    _alone((name, family, kind, call, about), as_conv(run, checked))


def back(
    name: str,
    family: str,
    kind: Kind,
    call: Call,
    about: str,
    base: Backward = adjoints.by_taps,
    *,
    when: Callable[[Job], object] = lambda c: True,
    x: Part | None = None,
    w: Part | None = None,
    b: Part | None = None,
    make: Backward | None = None,
) -> None:
    """Wrong gradients: what `x`, `w`, `b` make of the call, dy and the right one; or all anew."""

    def run(job: Job, dy: Array) -> Gradients:
        if not when(job):
            return base(job, dy)
        if make is not None:
            return make(job, dy)
        gx, gw, gb = base(job, dy)
        gx, gw = x(job, dy, gx) if x else gx, w(job, dy, gw) if w else gw
        return gx, gw, b(job, dy, gb) if b and gb is not None else gb

    _alone((name, family, kind, call, about), as_conv_backward(run))


def pool(
    name: str,
    family: str,
    kind: Kind,
    call: Call,
    about: str,
    base: Pool = pools.max_taps,
    edit: Callable[[Window], Window] = lambda c: c,
    *,
    when: Callable[[Window], object] = lambda c: True,
    after: Callable[[Window, Array], Array] | None = None,
) -> None:
    """A wrong pooling: `base` of the edited call, made to fit the right shape."""

    def run(job: Window) -> Array:
        if not when(job):
            return base(job)
        other = edit(job)
        y = base(other) if min(other.room) >= 0 else base(job)
        return y if after is None else after(job, y)

    _alone((name, family, kind, call, about), as_pool(run))


def pool_back(
    name: str,
    family: str,
    kind: Kind,
    call: Call,
    about: str,
    base: PoolBack = pools.max_back,
    *,
    when: Callable[[Window], object] = lambda c: True,
    dy: Callable[[Window, Array], Array] = lambda c, dy: dy,
    after: Callable[[Window, Array, Array], Array] = lambda c, dy, g: g,
) -> None:
    """A wrong pooling gradient: `base` of another dy, and what is made `after` of it."""

    def run(job: Window, flow: Array) -> Array:
        if not when(job):
            return base(job, flow)
        return after(job, flow, base(job, dy(job, flow).astype(flow.dtype, copy=False)))

    _alone((name, family, kind, call, about), as_pool_backward(run))


def whole(
    ops: Sequence[str],
    family: str,
    kind: Kind,
    *witness: Call,
    conventions: Mapping[str, Any] | None = None,
) -> Callable[[Callable[[], Functions]], Callable[[], Functions]]:
    """Register a factory of functions under its name, its docstring as what it is about."""

    def keep(build: Callable[[], Functions]) -> Callable[[], Functions]:
        name, about = build.__name__.replace("_", "-"), (build.__doc__ or "").strip()
        register(Mutant(name, tuple(ops), family, kind, about, build, witness, conventions or {}))
        return build

    return keep


def _dressed(op: str, run: Callable[..., Any], checked: bool = True) -> Functions:
    """`run` with its contract's signature, a backward beside its right forward."""
    named = Op.of(op)
    if not named.backward:
        return {op: as_conv(run, checked) if named.kind == "conv" else as_pool(run)}
    forward = str(named.forward)
    dress = as_conv_backward if named.kind == "conv" else as_pool_backward
    return {forward: right_function(forward), op: dress(run)}


Run = Callable[..., Any]
Factory = Callable[[], Run]


def memory(op: str, family: str, *witness: Call) -> Callable[[Run], Run]:
    """Register a function of the call (and dy) that misreads, writes or shares memory."""

    def keep(run: Run) -> Run:
        def build() -> Functions:
            return _dressed(op, run)

        build.__name__, build.__doc__ = run.__name__, run.__doc__
        whole((op,), family, "stateful", *witness)(build)
        return run

    return keep


def stateful(
    op: str, family: str, *witness: Call, checked: bool = True
) -> Callable[[Factory], Factory]:
    """Register a factory of such a function, each with state of its own."""

    def keep(make: Factory) -> Factory:
        def build() -> Functions:
            return _dressed(op, make(), checked)

        build.__name__, build.__doc__ = make.__name__, make.__doc__
        whole((op,), family, "stateful", *witness)(build)
        return make

    return keep
