"""`plan`: what a call will do, before it does it."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from convproof.document.shown import Shown
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.bound import Bound, error_bound
from convproof.functions.numerics import computed_in
from convproof.functions.selection import Run, counts, select
from convproof.functions.trial import Trial, trials
from convproof.generated.costs import FEATURES
from convproof.lower.parallel import threads
from convproof.schedules.layer import Layer, Window
from convproof.schedules.registry import Goal
from convproof.spec import (
    AvgPool,
    Conv,
    MaxPool,
    Spec,
    check_channels,
    flag,
    output_space,
    split_shape,
)

DTYPES = ("float16", "float32", "float64", "complex64", "complex128")
GOALS: dict[str, tuple[Goal, ...]] = {
    "conv": ("forward", "gradient x", "gradient kernel"),
    "pool": ("forward", "gradient x"),
}


@dataclass(frozen=True)
class Part:
    """One computation of a call: who does it, and what it takes.

    `flops` are additions and multiplications, `bytes` those of the arrays it reads and writes,
    `workspace` those of its own arrays beside them, `seconds` what it is expected to take on one
    thread; `code` is the generated function.
    """

    goal: str
    schedule: str
    flops: int
    bytes: int
    workspace: int
    seconds: float
    code: str


@dataclass(frozen=True, repr=False)
class Plan(Shown):
    """What calls with these sizes do; the properties are the forward's, `parts` has the gradients.

    `trials` has what every schedule took, and how far it was off, if that was asked for.

    >>> from convproof import Conv, plan
    >>> print(plan(Conv(3, 8, padding=1), (1, 8, 8, 4)).schedule)
    whole
    """

    spec: Spec
    input_shape: tuple[int, ...]
    dtype: str
    parts: tuple[Part, ...]
    error_bound: Bound
    threads: int
    trials: tuple[Trial, ...] = ()

    @property
    def schedule(self) -> str:
        """The forward's schedule."""
        return self.parts[0].schedule

    @property
    def flops(self) -> int:
        """The forward's additions and multiplications."""
        return self.parts[0].flops

    @property
    def bytes(self) -> int:
        """The bytes of the arrays that the forward reads and writes."""
        return self.parts[0].bytes

    @property
    def workspace(self) -> int:
        """The bytes of the forward's own arrays, in all threads together."""
        return self.parts[0].workspace

    @property
    def code(self) -> str:
        """The generated function that the forward runs."""
        return self.parts[0].code

    def __str__(self) -> str:
        rows = [("", "schedule", "flops", "bytes", "workspace", "expected")]
        for part in self.parts:
            rows.append((
                part.goal, part.schedule, f"{part.flops:,}", f"{part.bytes:,}",
                f"{part.workspace:,}", f"{1e3 * part.seconds:.3g} ms",
            ))  # fmt: skip
        head = f"{self.spec} on {self.input_shape}, {self.dtype}, {self.threads} threads at most"
        lines = [head, *_table(rows), f"error of an output: {self.error_bound}"]
        if self.trials:
            tried = [
                (one.goal, one.schedule, f"{1e3 * one.seconds:.3g} ms", one.judged)
                for one in self.trials
            ]
            lines += ["every schedule that suits:", *_table(tried)]
        return "\n".join(lines)


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of cells as lines: the first two to the left, the others to the right."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        f"{row[0]:<{wide[0]}}  {row[1]:<{wide[1]}}"
        + "".join(f"  {cell:>{w}}" for cell, w in zip(row[2:], wide[2:], strict=True))
        for row in rows
    ]


def plan(
    spec: Spec, input_shape: Sequence[int], dtype: str = "float32", *, debug: bool = False
) -> Plan:
    """What a call of the public functions with these sizes will do.

    Args:
        spec: a `Conv`, `MaxPool` or `AvgPool`.
        input_shape: (space), (space, C) or (N, space, C), channels last.
        dtype: of the arrays.
        debug: whether every schedule that suits is run on random arrays, and compared with the
            plainest in double precision: its time and its error are in `.trials`.

    Returns:
        A `Plan`: schedules, operations, bytes, workspace and error bound; printed it is a table.

    Raises:
        SpecError: if the layer does not take the shape, or for a dtype there is no plan for.
        ConvproofError: if a schedule is farther off than rounding can make it (`debug` alone).

    >>> from convproof import MaxPool
    >>> plan(MaxPool(2), (8, 112, 112, 64)).bytes
    32112640
    """
    if not isinstance(spec, (Conv, MaxPool, AvgPool)):
        raise SpecTypeError.of("spec", spec, "a Conv, MaxPool or AvgPool")
    kind = _dtype(dtype)
    layer = layer_of(spec, input_shape, computed_in(kind).itemsize)
    goals = GOALS["conv" if layer.op == "conv" else "pool"]
    parts = tuple(_part(layer, goal, kind) for goal in goals)
    bound = error_bound(spec, input_shape, schedule=parts[0].schedule, dtype=str(kind))
    tried: tuple[Trial, ...] = ()
    if flag("debug", debug):
        tried = trials(spec, tuple(input_shape), layer, computed_in(kind), goals)
    return Plan(spec, tuple(input_shape), str(kind), parts, bound, threads(), tried)


def _dtype(dtype: object) -> np.dtype[np.generic]:
    kind: np.dtype[np.generic]
    try:
        kind = np.dtype(dtype)  # type: ignore[call-overload]  # whatever it is, NumPy says
    except TypeError:
        kind = np.dtype(object)
    if str(kind) not in DTYPES:
        raise SpecError.one_of("dtype", dtype, DTYPES)
    return kind


def layer_of(spec: Spec, input_shape: Sequence[int], itemsize: int = 8) -> Layer:
    """The layer that the public function makes of a spec and an input's shape.

    Raises:
        SpecError: if the layer does not take the shape.
    """
    batch, space, given = split_shape(input_shape, spec.rank)
    groups = spec.groups if isinstance(spec, Conv) else 1
    channels = groups if given is None else given
    images = batch[0] if batch else 1
    check_channels("input_shape", input_shape, channels)
    output_space(spec.axes(space), space)
    mode = spec.padding_mode if isinstance(spec, Conv) else "zeros"
    window = Window.of(spec.axes(space), space, mode)
    if isinstance(spec, Conv):
        outputs = (spec.out_channels or groups) // groups
        sizes = (images, channels // groups, groups, outputs)
        return Layer("conv", window, *sizes, itemsize, threads())
    op = "max_pool"
    if isinstance(spec, AvgPool):
        op = f"avg_pool_{'include' if spec.count_include_pad else 'exclude'}"
    return Layer(op, window, images, channels, 1, channels, itemsize)


def _part(layer: Layer, goal: Goal, kind: np.dtype[np.generic]) -> Part:
    run = select(layer, goal)
    counted = dict(zip(FEATURES, counts(run.schedule, layer, goal, run.extra), strict=True))
    products = counted["flops"]
    flops = 2 * products if layer.op == "conv" and products else products + counted["numbers"]
    image, flow = prod(layer.image_shape), prod(layer.flow_shape)
    numbers = image + flow + (prod(layer.kernel_shape) if layer.op == "conv" else 0)
    if (layer.op, goal) == ("max_pool", "gradient x"):
        numbers += image
    return Part(
        goal,
        run.schedule.name,
        round(flops),
        numbers * kind.itemsize,
        workspace(run, layer, goal),
        run.seconds,
        inspect.getsource(run.call),
    )


def workspace(run: Run, layer: Layer, goal: Goal) -> int:
    """The bytes of a run's own arrays: one task's, in as many threads as there are tasks."""
    fixed, task, tasks = run.schedule.workspace(goal, layer, run.extra)
    return layer.itemsize * (fixed + task * min(tasks, threads()))
