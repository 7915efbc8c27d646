"""Further calls on which an explanation of a wrong call is tried.

The smallest wrong call is explained by many mistakes at once.  What tells them apart: the same
sizes with other numbers, the call as it was found, larger sizes, bolder parameters; and the same
without one of its features, which says whether the mistake takes that feature to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.errors import SpecError
from convproof.laws.case import Case
from convproof.laws.equal_maxima import has_ties

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Further:
    """One more call.

    Attributes:
        case: the call.
        first: whether it is the call in which the error was found, before it was made smaller.
        same: whether its sizes are those of the smallest call, and only the numbers differ.
        without: the feature of the smallest call that it lacks; empty where it lacks none.
    """

    case: Case
    first: bool = False
    without: str = ""
    same: bool = False


class Maker:
    """Makes calls like `case`, always the same ones."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rng = np.random.default_rng(20_10)
        self.ties = case.kind == "max_pool" and has_ties(case)

    def numbers(self, like: Array, shape: tuple[int, ...], apart: bool = False) -> Array:
        """Fresh numbers of the same character: as large, as fractional, as often not finite."""
        size = int(np.prod(shape))
        wide = np.asarray(like, dtype=np.float64)
        finite = np.isfinite(wide)
        top = float(np.abs(wide[finite]).max(initial=0.0))
        signed = like.dtype.kind != "u"
        if apart and self.ties and like.size:  # equal maxima are what it is about
            made = self.rng.permutation(np.resize(wide, size))
        elif apart:
            span = np.arange(size) * 2 - (size if signed else 0)
            made = self.rng.permutation(span).astype(np.float64)
            if (wide[finite] != np.round(wide[finite])).any():  # all digits matter
                made = made + self.rng.uniform(0, 1, size)
        elif (wide[finite] != np.round(wide[finite])).any():
            made = self.rng.uniform(-1, 1, size) * top
        else:
            reach = int(min(max(top, 9), 2.0**40)) if top > 100 else 9
            made = self.rng.integers(-reach if signed else 0, reach + 1, size).astype(np.float64)
            made[made == 0] = 1  # a zero hides what is done with it
        if not finite.all():
            odd = np.resize(wide.ravel(), size)
            made = np.where(np.isfinite(odd), made, odd)
        if not signed:
            made = np.abs(made)
        with np.errstate(all="ignore"):
            return np.asarray(made.reshape(shape).astype(like.dtype))

    def sized(
        self,
        case: Case,
        *,
        batch: int | None = None,
        space: tuple[int, ...] | None = None,
        taps: tuple[int, ...] | None = None,
        depth: int | None = None,
        width: int | None = None,
        **changes: Any,
    ) -> Case | None:
        """The call with fresh numbers, other sizes and parameters; None if that is no call."""
        base = case.replace(**changes)
        taps = taps or case.taps
        batch = batch or len(case.x)
        depth = depth or case.x.shape[-1] // case.groups
        kernel, bias = case.kernel, base.bias
        extent = [(k - 1) * d + 1 for k, d in zip(taps, base.dilation, strict=True)]
        space = tuple(
            max(n, e - lo - hi, 1)
            for n, e, (lo, hi) in zip(space or case.space, extent, base.padding, strict=True)
        )
        apart = case.kind == "max_pool"
        x = self.numbers(case.x, (batch, *space, depth * base.groups), apart)
        new = None
        if kernel is not None:
            width = width or kernel.shape[-1] // case.groups
            new = self.numbers(kernel, (*taps, depth, width * base.groups))
            bias = None if bias is None else self.numbers(bias, (width * base.groups,))
        window = None if case.window is None else taps
        made = base.replace(x=x, kernel=new, bias=bias, dy=None, window=window)
        try:
            shape = made.out_shape
        except SpecError:
            return None
        if min(shape) < 1 or made.hollow:
            return None
        if case.kind != "conv" and any(
            2 * max(pair) > k for pair, k in zip(made.padding, taps, strict=True)
        ):
            return None
        if case.dy is not None:
            made = made.replace(dy=self.numbers(case.dy, shape))
        return made


def again(case: Case) -> Case | None:
    """The same sizes and parameters with other numbers."""
    return Maker(case).sized(case)


def further(case: Case, first: Case | None = None) -> Iterator[Further]:
    """The calls, the most telling first."""
    make = Maker(case)
    same = make.sized(case)
    if same is not None:
        yield Further(same, same=True)
    if first is not None and first is not case and first.op == case.op:
        if make.ties or not (first.kind == "max_pool" and first.backward and has_ties(first)):
            yield Further(first, first=True)
        fresh = make.sized(first)
        if fresh is not None:
            yield Further(fresh)
    for made in _larger(make, case):
        if made is not None:
            yield Further(made)
    for made, without in _plainer(make, case):
        if made is not None:
            yield Further(made, without=without)


def _grown(case: Case, step: int) -> tuple[int, ...]:
    return tuple(n + 2 * step + 3 * axis for axis, n in enumerate(case.space))


def _larger(make: Maker, case: Case) -> Iterator[Case | None]:
    """Larger images, more channels, larger windows; then parameters further from the default."""
    depth = case.x.shape[-1] // case.groups
    width = None if case.kernel is None else case.kernel.shape[-1] // case.groups
    more: dict[str, Any] = {"depth": depth + 1, "width": None if width is None else width + 1}
    yield make.sized(case, batch=2, space=_grown(case, 1))
    yield make.sized(case, batch=3, space=_grown(case, 2), **more)
    taps = tuple(k + 1 for k in case.taps)
    yield make.sized(case, batch=2, space=_grown(case, 3), taps=taps, **more)
    bolder: dict[str, Any] = {}
    if any(s > 1 for s in case.stride) and case.stride != case.window:
        bolder["stride"] = tuple(s + 1 for s in case.stride)
    if any(d > 1 for d in case.dilation):
        bolder["dilation"] = tuple(d + 1 for d in case.dilation)
    if any(lo or hi for lo, hi in case.padding):
        bolder["padding"] = tuple((lo + 1, hi + 1) for lo, hi in case.padding)
    if case.kernel is None and max(case.stride) == 1:
        bolder["stride"] = tuple(2 for _ in case.stride)
    for name, value in bolder.items():
        wider = taps if name == "padding" else None
        yield make.sized(case, batch=2, space=_grown(case, 4), taps=wider, **{name: value})


def _plainer(make: Maker, case: Case) -> Iterator[tuple[Case | None, str]]:
    """The call without one of its features."""
    ones, zeros = (1,) * case.rank, ((0, 0),) * case.rank
    larger: dict[str, Any] = {"batch": max(2, len(case.x)), "space": _grown(case, 2)}
    if case.memory != "plain":
        yield make.sized(case, memory="plain"), f"arrays laid out {case.memory!r}"
    if case.groups > 1:
        whole = None if case.kernel is None else case.kernel.shape[-1]
        made = make.sized(case, groups=1, depth=case.x.shape[-1], width=whole, **larger)
        yield made, "groups > 1"
    if case.stride != ones and case.kernel is not None:
        yield make.sized(case, stride=ones, **larger), "stride > 1"
    if case.padding != zeros:
        yield make.sized(case, padding=zeros, **larger), "padding"
    if case.dilation != ones:
        yield make.sized(case, dilation=ones, **larger), "dilation > 1"
    if case.ceil_mode:
        yield make.sized(case, ceil_mode=False, **larger), "ceil_mode"
    if len(case.x) > 1:
        yield make.sized(case, batch=1, space=_grown(case, 2)), "a batch of several images"
    if max(case.taps) == 1 and case.kernel is not None:
        made = make.sized(case, taps=tuple(2 + n % 2 for n in range(case.rank)), **larger)
        yield made, "a kernel of one tap"
    if max(case.taps) > 3:
        small = tuple(min(k, 2) for k in case.taps)
        what = "kernel" if case.kernel is not None else "window"
        yield make.sized(case, taps=small), f"a large {what} (here {max(case.taps)})"
    depth = case.x.shape[-1] // case.groups
    if depth > 3:
        yield make.sized(case, depth=2, **larger), f"many input channels (here {depth})"
    if case.kernel is not None and case.kernel.shape[-1] // case.groups > 3:
        width = case.kernel.shape[-1] // case.groups
        yield make.sized(case, width=2, **larger), f"many output channels (here {width})"
    if max(case.space) > 9:
        small = tuple(min(n, 4) for n in case.space)
        yield make.sized(case, space=small), f"a large image (here {max(case.space)})"
