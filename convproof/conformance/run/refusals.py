"""What a target says no to: a limit of its interface, or lawful calls that it has to answer.

A limit is a feature of the interface (or a conjunction of features) that no answered call has.  A
call whose features were all answered elsewhere, together, is refused for a mere value: that is a
failure, whatever the exception and wherever it was raised.
"""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from convproof.laws.case import Case
from convproof.laws.trial import possible

Traits = frozenset[str]
WIDEST = 3  # features in a conjunction
SUPPORT = {1: 1, 2: 2, 3: 4}  # refused calls without which so many features are no explanation


def _more(case: Case) -> tuple[int, ...]:
    """The output padding of every axis."""
    return case.output_padding or (0,) * case.rank


INTERFACE: Mapping[str, Callable[[Case], bool]] = {
    "stride above 1": lambda c: max(c.stride) > 1,
    "strides that differ per axis": lambda c: len(set(c.stride)) > 1,
    "padding": lambda c: max(map(max, c.padding)) > 0,
    "padding by a word": lambda c: bool(c.spelled),
    "padding that differs per axis": lambda c: len(set(c.padding)) > 1,
    "padding that differs between the two sides": lambda c: any(lo != hi for lo, hi in c.padding),
    "dilation": lambda c: max(c.dilation) > 1,
    "dilations that differ per axis": lambda c: len(set(c.dilation)) > 1,
    "groups": lambda c: c.groups > 1,
    "channel multipliers": lambda c: (
        c.kernel is not None and c.groups > 1 and c.kernel.shape[-1] > c.groups
    ),
    "kernels that are not square": lambda c: len(set(c.taps)) > 1,
    "kernels of even size": lambda c: any(k % 2 == 0 for k in c.taps),
    "kernels that are not 3 wide": lambda c: set(c.taps) != {3},
    "output_padding": lambda c: any(c.output_padding),
    "output_padding of at least the stride": lambda c: any(map(operator.ge, _more(c), c.stride)),
    "output_padding of at least stride and dilation": lambda c: any(
        n >= max(a.stride, a.dilation) for n, a in zip(_more(c), c.axes, strict=True)
    ),
    "ceil_mode": lambda c: c.ceil_mode,
    "windows that start in the padding": lambda c: possible(c) and c.starts_late,
    "windows that overhang the padding": lambda c: possible(c) and c.overhangs,
    "count_include_pad=False": lambda c: c.kind == "avg_pool" and not c.count_include_pad,
    "a bias": lambda c: c.bias is not None,
    "no bias": lambda c: c.kernel is not None and c.bias is None,
    "arrays of different dtypes": lambda c: len({a.dtype for a in c.arrays.values()}) > 1,
}
VALUES: Mapping[str, Callable[[Case], bool]] = {
    "pixels left over by the stride": lambda c: any(
        (n + a.pad_lo + a.pad_hi - a.extent) % a.stride
        for a, n in zip(c.axes, c.space, strict=True)
    ),
    "kernels as large as the image": lambda c: any(
        a.extent == n for a, n in zip(c.axes, c.space, strict=True)
    ),
    "kernels larger than the image without its padding": lambda c: any(
        a.extent > n for a, n in zip(c.axes, c.space, strict=True)
    ),
    "padding above half the kernel": lambda c: any(
        2 * max(a.pad_lo, a.pad_hi) > a.kernel for a in c.axes
    ),
    "strides larger than the kernel": lambda c: any(a.stride > a.kernel for a in c.axes),
    "windows that overlap": lambda c: any(a.stride < a.extent for a in c.axes),
    "kernels of one tap": lambda c: max(c.taps) == 1,
    "images that are not square": lambda c: len(set(c.space)) > 1,
    "an odd number of pixels": lambda c: any(n % 2 for n in c.space),
    "batches of more than one": lambda c: len(c.x) > 1,
    "batches of one": lambda c: len(c.x) == 1,
    "more than one channel": lambda c: c.x.shape[-1] > 1,
    "read-only arrays": lambda c: c.memory in ("readonly", "broadcast"),
    "arrays with negative strides": lambda c: c.memory == "reversed",
    "arrays with steps between their numbers": lambda c: c.memory == "strided",
    "arrays with strides of 0": lambda c: c.memory == "broadcast",
    "arrays that are not contiguous": lambda c: c.memory not in ("plain", "readonly", "offset"),
}


def features(case: Case) -> Traits:
    """What a call asks of the interface; the dtype of its image is one of these things."""
    return traits(case, INTERFACE) | {f"{case.x.dtype} input"}


def traits(case: Case, named: Mapping[str, Callable[[Case], bool]]) -> Traits:
    """The names of what a call has."""
    return frozenset(name for name, has in named.items() if has(case))


@dataclass(frozen=True)
class Refused:
    """One call that was refused, and the target's words."""

    case: Case
    features: Traits
    said: str


@dataclass(frozen=True)
class Explained:
    """Features that every one of `count` refused calls has, together, and no answered one."""

    features: tuple[str, ...]
    said: str
    count: int

    @property
    def what(self) -> str:
        """The features in words."""
        return " with ".join(self.features)


class Refusals:
    """Which calls of an op were refused and which answered, by their features."""

    def __init__(self) -> None:
        self.answered: Counter[Traits] = Counter()
        self.values: Counter[str] = Counter()
        self.refused: list[Refused] = []

    @property
    def count(self) -> int:
        """Calls that were answered."""
        return sum(self.answered.values())

    @property
    def asked(self) -> int:
        """Calls that were answered or refused."""
        return self.count + len(self.refused)

    def answer(self, case: Case) -> None:
        """Note a call that was answered."""
        self.answered[features(case)] += 1
        self.values.update(traits(case, VALUES))

    def refuse(self, case: Case, said: str) -> None:
        """Note a call that was refused."""
        self.refused.append(Refused(case, features(case), said))

    def lawless(self) -> list[Refused]:
        """Refused calls whose features were answered, together: no more calls can excuse them."""
        known: dict[Traits, bool] = {}
        for one in self.refused:
            if one.features not in known:
                known[one.features] = self._answers(one.features)
        return [one for one in self.refused if known[one.features]]

    def _answers(self, features: Traits) -> bool:
        return any(features <= met for met in self.answered)

    def explain(self) -> tuple[list[Explained], list[Refused]]:
        """(limits, fewest and plainest features first; refusals that no feature explains)."""
        if not self.count:
            return [], list(self.refused)
        left, found = list(self.refused), []
        for size in range(1, WIDEST + 1):
            while left:
                best = self._best(left, size)
                if best is None:
                    break
                found.append(best)
                left = [one for one in left if not one.features.issuperset(best.features)]
        return found, left

    def _best(self, left: list[Refused], size: int) -> Explained | None:
        """So many features that explain most of what is left; the first named among equals."""
        order = {name: place for place, name in enumerate(INTERFACE)}

        def plain(name: str) -> tuple[int, str]:
            return order.get(name, len(order)), name

        counts: Counter[tuple[str, ...]] = Counter(
            chosen
            for one in left
            for chosen in itertools.combinations(sorted(one.features, key=plain), size)
        )
        for chosen, count in counts.most_common():
            if count >= SUPPORT[size] and not self._answers(frozenset(chosen)):
                said = next(one.said for one in left if one.features.issuperset(chosen))
                return Explained(chosen, said, count)
        return None

    def declared(self, one: Refused, allow: Collection[str]) -> str:
        """The declared limit that a refused call is of, as long as no answered call is of it.

        In lower case, as a limit reads: features joined by "with", or one value.
        """
        met = traits(one.case, INTERFACE) | traits(one.case, VALUES)
        by_name = {name.lower(): name for name in met}
        for text in sorted(allow):
            named = [by_name.get(part, "") for part in text.split(" with ")]
            if named[0] in VALUES and not self.values[named[0]] and len(named) == 1:
                return named[0]
            if INTERFACE.keys() >= set(named) and not self._answers(frozenset(named)):
                return " with ".join(named)
        return ""

    def common(self, these: list[Refused], smallest: Case) -> str:
        """What these calls have in common that answered ones have not, or seldom: a value.

        Of several, one that the smallest such call has too.
        """
        met = Counter(name for one in these for name in traits(one.case, VALUES))
        still = traits(smallest, VALUES)
        whole = [name for name, count in met.items() if count == len(these)]
        best = min(whole, key=lambda name: (self.values[name], name not in still), default=None)
        if best is None or self.values[best] > 0.5 * self.count:
            return ""
        return best


def explained_by(features: tuple[str, ...], other: Refusals) -> Iterator[Traits]:
    """Sets of features that another op answered and that have all of these."""
    return (met for met in other.answered if met.issuperset(features))
