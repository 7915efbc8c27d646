"""The rule by which a wrong output size is computed, read off the sizes of several answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.explanation import Diagnosis
from convproof.conformance.faults.further import Maker
from convproof.laws.case import Case

LINES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}
Value = Callable[[Case, int], int]


@dataclass(frozen=True)
class Rule:
    """One way to get the number of windows along an axis wrong."""

    text: str
    look: str
    size: Value


def _size(
    *,
    room: Value = lambda c, a: c.space[a],
    pad: Value = lambda c, a: sum(c.padding[a]),
    extent: Value = lambda c, a: (c.taps[a] - 1) * c.dilation[a] + 1,
    step: Value = lambda c, a: c.stride[a],
    up: bool | None = None,
    more: int = 1,
) -> Value:
    def size(c: Case, a: int) -> int:
        free, by = room(c, a) + pad(c, a) - extent(c, a), step(c, a)
        if up is None and c.ceil_mode:
            count = -(-free // by) + more
            return count - ((count - 1) * by >= c.space[a] + c.padding[a][0])
        return (-(-free // by) if up else free // by) + more

    return size


def _other(c: Case, a: int) -> int:
    return (a + 1) % c.rank


def _twice(c: Case, a: int) -> int:
    by = c.stride[a]
    free = c.space[a] + sum(c.padding[a]) - (c.taps[a] - 1) * c.dilation[a] - 1
    if not c.ceil_mode:
        return free // by + 1
    count = math.ceil((free + by - 1) / by) + 1
    return count - ((count - 1) * by >= c.space[a] + c.padding[a][0])


# fmt: off
RULES = (
    Rule("it is rounded up where it is to be rounded down", "(H + 2P - K) // S + 1: floor",
         _size(up=True)),
    Rule("the kernel's size along the other axis is taken (HH for WW)",
         "(W + 2P - KW) // S + 1: KH is of the height",
         _size(extent=lambda c, a: (c.taps[_other(c, a)] - 1) * c.dilation[a] + 1)),
    Rule("the other axis's stride is taken", "(W + 2P - K) // S + 1: S of this axis",
         _size(step=lambda c, a: c.stride[_other(c, a)])),
    Rule("the other axis's padding is taken", "(W + 2P - K) // S + 1: P of this axis",
         _size(pad=lambda c, a: sum(c.padding[_other(c, a)]))),
    Rule("the image's size along the other axis is taken", "H and W of the input",
         _size(room=lambda c, a: c.space[_other(c, a)])),
    Rule("the other axis's dilation is taken", "D (K - 1) + 1: D of this axis",
         _size(extent=lambda c, a: (c.taps[a] - 1) * c.dilation[_other(c, a)] + 1)),
    Rule("dilation is left out", "(H + 2P - D (K - 1) - 1) // S + 1",
         _size(extent=lambda c, a: c.taps[a])),
    Rule("a dilated kernel is taken for D K long", "its extent is D (K - 1) + 1",
         _size(extent=lambda c, a: c.taps[a] * c.dilation[a])),
    Rule("padding is left out", "(H + 2P - K) // S + 1", _size(pad=lambda c, a: 0)),
    Rule("padding is counted once", "(H + 2P - K) // S + 1: both ends are padded",
         _size(pad=lambda c, a: c.padding[a][0])),
    Rule("padding is counted twice at each end", "(H + 2P - K) // S + 1: 2P once",
         _size(pad=lambda c, a: 2 * sum(c.padding[a]))),
    Rule("stride is left out", "(H + 2P - K) // S + 1", _size(step=lambda c, a: 1)),
    Rule("the window's size is taken for the stride", "(H + 2P - K) // S + 1",
         _size(step=lambda c, a: c.taps[a])),
    Rule("the 1 is left out", "(H + 2P - K) // S + 1", _size(more=0)),
    Rule("it is rounded down where ceil_mode rounds up", "ceil((H + 2P - K) / S) + 1",
         _size(up=False)),
    Rule("with ceil_mode it is rounded up twice", "ceil, or S - 1 added before floor: not both",
         _twice),
    Rule("with ceil_mode a window that starts in the padding is kept",
         "the last window starts inside the image or its left border",
         _size(up=True)),
    Rule("it is one too large", "(H + 2P - K) // S + 1", _size(more=2)),
)
# fmt: on
RIGHT = _size()


def told(case: Case, target: Asked, first: Case | None) -> list[Diagnosis]:
    """What rule the sizes of a target's results follow, one line for the axes that are wrong."""
    seen: list[tuple[Case, tuple[int, ...]]] = []
    for made in _calls(case, first):
        values = answers(target, made)
        if values and values[0] is not None and values[0].ndim == case.rank + 2:
            seen.append((made, values[0].shape[1:-1]))
    found: list[tuple[str, Rule]] = []
    for axis, line in enumerate(LINES[case.rank]):
        if all(RIGHT(made, axis) == shape[axis] for made, shape in seen):
            continue
        rule = next(
            (r for r in RULES if all(r.size(made, axis) == shape[axis] for made, shape in seen)),
            None,
        )
        if rule is None:
            return []
        found.append((line, rule))
    if not found:
        return []
    lines = " and ".join(line for line, rule in found if rule is found[0][1])
    return [Diagnosis(f"the output's {lines}: {found[0][1].text}", found[0][1].look)]


def _calls(case: Case, first: Case | None) -> Iterator[Case]:
    """The call, and others like it of larger images and of kernels with other sizes."""
    make = Maker(case)
    more: list[dict[str, Any]] = []
    for step in (1, 2, 3, 5):
        space = tuple(n + step + 2 * axis * step for axis, n in enumerate(case.space))
        more.append({"space": space})
        if len(set(case.taps)) > 1 or case.rank == 1:
            taps = tuple(k + step - 1 for k in case.taps)
            more.append({"taps": taps, "space": tuple(n + 2 * step for n in space)})
    yield case
    if first is not None and first.op == case.op:
        yield first
    for changes in more:
        made = make.sized(case, **changes)
        if made is not None:
            yield made
