"""What a target says no to: features of calls, and the few that explain all its refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from convproof.laws.case import Case
from convproof.laws.trial import possible


def traits(case: Case) -> frozenset[str]:
    """The features of a call that a target may reasonably not support."""
    axes = case.axes
    leftover = any(
        (n + a.pad_lo + a.pad_hi - a.extent) % a.stride
        for a, n in zip(axes, case.space, strict=True)
    )
    many = any(array.size > 1 for array in case.arrays.values())
    named = {
        "stride above 1": any(a.stride > 1 for a in axes),
        "strides that differ per axis": len(set(case.stride)) > 1,
        "stride larger than the kernel": any(a.stride > a.kernel for a in axes),
        "padding": any(a.pad_lo or a.pad_hi for a in axes),
        "padding that differs per axis": len(set(case.padding)) > 1,
        "padding that differs between the two sides": any(a.pad_lo != a.pad_hi for a in axes),
        "padding as large as the kernel": any(max(a.pad_lo, a.pad_hi) >= a.kernel for a in axes),
        "padding above half the kernel": any(2 * max(a.pad_lo, a.pad_hi) > a.kernel for a in axes),
        "kernels larger than the image without its padding": any(
            a.extent > n for a, n in zip(axes, case.space, strict=True)
        ),
        "dilation": any(a.dilation > 1 for a in axes),
        "dilations that differ per axis": len(set(case.dilation)) > 1,
        "groups": case.groups > 1,
        "kernels that are not square": len(set(case.taps)) > 1,
        "kernels of even size": any(k % 2 == 0 for k in case.taps),
        "kernels wider than 1": any(k > 1 for k in case.taps),
        "kernels that are not 3 wide": any(k != 3 for k in case.taps),
        "images that are not square": len(set(case.space)) > 1,
        "pixels left over by the stride": leftover,
        "windows that overlap": any(a.stride < a.extent for a in axes),
        "ceil_mode": case.ceil_mode,
        "windows that start in the padding": possible(case) and case.starts_late,
        "windows that overhang the padding": possible(case) and case.overhangs,
        "count_include_pad=False": case.kind == "avg_pool" and not case.count_include_pad,
        "a bias": case.bias is not None,
        "no bias": case.kind == "conv" and case.bias is None,
        "batches of more than one": len(case.x) > 1,
        "channel multipliers": case.groups > 1
        and case.kernel is not None
        and case.kernel.shape[-1] > case.groups,
        "float32": case.x.dtype == "float32",
        "float64": case.x.dtype == "float64",
        "read-only arrays": case.memory in ("readonly", "broadcast"),
        "arrays that are not contiguous": many
        and case.memory in ("fortran", "reversed", "strided", "broadcast"),
        "arrays with negative strides": many and case.memory == "reversed",
        "arrays with steps between their numbers": many and case.memory == "strided",
        "arrays with strides of 0": many and case.memory == "broadcast",
    }
    return frozenset(name for name, has in named.items() if has)


class Refusals:
    """Which calls of an op were refused and which answered, by their features."""

    def __init__(self) -> None:
        self.answered: Counter[str] = Counter()
        self.refused: list[tuple[Case, frozenset[str], str]] = []
        self.count = 0

    def answer(self, case: Case) -> None:
        """Note a call that was answered."""
        self.count += 1
        self.answered.update(traits(case))

    def refuse(self, case: Case, message: str) -> None:
        """Note a call that was refused."""
        self.refused.append((case, traits(case), message))

    def explain(self) -> tuple[list[str], list[tuple[Case, str]]]:
        """(features never supported, with the target's words; refusals they do not explain)."""
        left = list(self.refused)
        reasons: list[str] = []
        while left:
            always = Counter(
                trait for _, has, _ in left for trait in has if not self.answered[trait]
            )
            if not always or not self.count:
                break
            # The feature that explains most; among equals the first named is the plainest.
            best = max(always, key=lambda trait: (always[trait], -_order(trait)))
            message = next(text for _, has, text in left if best in has)
            reasons.append(f"{best}: {message}")
            left = [item for item in left if best not in item[1]]
        return reasons, [(case, message) for case, _, message in left]


_NAMES: list[str] = []


def _order(trait: str) -> int:
    if trait not in _NAMES:
        _NAMES.append(trait)
        _NAMES.sort()
    return _NAMES.index(trait)


def list_of(items: Iterable[str]) -> str:
    """Items as one text."""
    return "; ".join(items)
