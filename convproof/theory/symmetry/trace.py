"""Where two coupled runs part: the operation that first gives what does not turn with the inputs.

Both runs are made again with every operation on record: what it was, on which line, what it gave,
and from which earlier results.  A result follows the turn R if the second run's is the first's,
times R' on the right, R on the left, or both.  From the weight at the end, which does not follow,
the way back goes through results that do not follow either; the last of them, made from results
that do, is the cause.  (Squares that only enter a sum are no cause: the sum follows again.)
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from convproof.theory.groups import Matrix

# Of the largest entry: above rounding.  A cause that shows less is not traced, only refuted.
_CLOSE = 1e-9
ANYWHERE = ("",)  # for results that no line asked for: the inputs
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Node:
    """One operation's result."""

    name: str
    place: str
    value: Matrix
    parents: tuple[int, ...]


@dataclass
class Record:
    """One run's operations in order; `end` is the node of the last weight."""

    nodes: list[Node] = field(default_factory=list)
    end: int = -1

    def add(self, name: str, value: Any, parents: Sequence[int], skip: Sequence[str]) -> int:
        """Note a result, and the line that asked for it: the first outside the folders `skip`."""
        copied = np.array(value, dtype=float)
        self.nodes.append(Node(name, _line(skip), copied, tuple(dict.fromkeys(parents))))
        return len(self.nodes) - 1


def _line(skip: Sequence[str]) -> str:
    frame = sys._getframe(2)
    while frame is not None and any(part in frame.f_code.co_filename for part in skip):
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
    if frame is None:
        return ""
    file, number = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(file, number).strip()
    where = f"line {number} of {Path(file).name}"
    return f"{where}: {text}" if text else where


def cause(one: Record, two: Record, turn: Matrix) -> str:
    """The operation at fault in words, or nothing where it cannot be told."""
    for a, b in zip(one.nodes, two.nodes, strict=False):
        if (a.name, a.place) != (b.name, b.place):
            return f"the runs take different ways from {a.place}"
    at = one.end
    if at < 0 or len(one.nodes) != len(two.nodes) or follows(one.nodes[at], two.nodes[at], turn):
        return ""
    while True:
        parents = [p for p in one.nodes[at].parents if p >= 0]
        broken = [p for p in parents if not follows(one.nodes[p], two.nodes[p], turn)]
        if not broken:
            break
        at = min(broken)
    node = one.nodes[at]
    return f"the cause: {node.name} in {node.place}" if node.place else f"the cause: {node.name}"


def follows(one: Node, two: Node, turn: Matrix) -> bool:
    """Whether the second result is the first one turned, in one of the four ways."""
    a, b, d = one.value, two.value, len(turn)
    if a.shape != b.shape:
        return False
    ways = [a]
    if a.ndim and a.shape[-1] == d:
        ways.append(a @ turn.T)
    if a.ndim == 1 and a.size > d and a.size % d == 0:  # the weight's rows, one after another
        ways.append((a.reshape(-1, d) @ turn.T).ravel())
    if a.ndim > 1 and a.shape[-2] == d:
        ways += [turn @ way for way in tuple(ways)]
    with np.errstate(all="ignore"):
        scale = max(float(np.max(np.abs(a), initial=0)), 1e-300)
        return any(bool(np.all(np.abs(way - b) <= _CLOSE * scale)) for way in ways)


class Traced(np.ndarray[Any, Any]):
    """An array whose operations are on record."""

    record: Record | None
    node: int

    def __array_finalize__(self, origin: Any) -> None:
        self.record, self.node = getattr(origin, "record", None), getattr(origin, "node", -1)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Run the operation on plain arrays and note what it gave."""
        out = options.get("out")
        if out is not None:
            options["out"] = tuple(_plain(o) for o in out)
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        result = getattr(ufunc, method)(*map(_plain, inputs), **options)
        return self._noted(name, result, inputs, out)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Likewise for NumPy's functions."""
        inputs: list[Any] = []
        result = func(*_stripped(args, inputs), **_stripped(kwargs, inputs))
        return self._noted(func.__name__, result, inputs, None)

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__setitem__(place, _plain(value))
        if self.record is not None:
            parents = [self.node, getattr(value, "node", -1)]
            self.node = self.record.add("an assignment", _plain(self), parents, _SKIP)

    def _noted(self, name: str, result: Any, inputs: Any, out: Any) -> Any:
        record = next((r for i in inputs if (r := getattr(i, "record", None))), self.record)
        parents = [getattr(i, "node", -1) for i in inputs if isinstance(i, Traced)]
        if record is None or isinstance(result, (tuple, list)):
            return result
        array = np.asarray(result)
        if array.dtype.kind not in "fiu":
            return result
        node = record.add(name, array, parents, _SKIP)
        if out is not None and isinstance(out[0], Traced):
            out[0].node = node
            return out[0]
        traced = array.view(Traced)
        traced.record, traced.node = record, node
        return traced


_SKIP = ("numpy/", str(_HERE / "trace.py"), str(_HERE / "functions.py"))


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, Traced) else value


def _stripped(value: Any, found: list[Any]) -> Any:
    """`value` with traced arrays replaced by plain ones, which are collected."""
    if isinstance(value, Traced):
        found.append(value)
        return _plain(value)
    if isinstance(value, (tuple, list)):
        return type(value)(_stripped(item, found) for item in value)
    return {k: _stripped(v, found) for k, v in value.items()} if isinstance(value, dict) else value


Step = Callable[[Any, Any, Any], tuple[Any, Any]]


def recorded(step: Step, state: Any, weight: Matrix, gradients: Matrix) -> Record:
    """A run of a NumPy rule on record; what it raises is raised."""
    record = Record()

    def leaf(name: str, values: Matrix) -> Traced:
        array = values.copy().view(Traced)
        array.record, array.node = record, record.add(name, values, (), ANYWHERE)
        return array

    moved: Any = leaf("the weight", weight)
    for gradient in gradients:
        moved, state = step(moved, leaf("the gradient", gradient), state)
    record.end = int(getattr(moved, "node", -1))
    return record
