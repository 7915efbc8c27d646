"""One call of a layer, unpacked: the arguments of the contract as a value that a mistake can alter.

Arrays are channels first: x (N, C, *space), w (M, C/groups, *taps), in any number of dimensions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]
Sizes: TypeAlias = tuple[int, ...]
Gradients: TypeAlias = tuple[Array, Array, Array | None]
Function: TypeAlias = Callable[..., Any]
Functions: TypeAlias = dict[str, Function]


def per_axis(value: int | Sequence[int], rank: int) -> Sizes:
    """One integer per spatial axis, from an int or a sequence.

    >>> per_axis(2, 3)
    (2, 2, 2)
    """
    sizes = (value,) * rank if isinstance(value, int | np.integer) else tuple(value)
    if len(sizes) != rank:
        raise ValueError(f"{value!r}: one integer for each of the {rank} axes is needed")
    return tuple(int(size) for size in sizes)


def index(*parts: Any) -> Any:
    """The parts as one index; NumPy's types do not follow tuples put together at run time."""
    return parts


def slices(tap: Sizes, stride: Sizes, dilation: Sizes, out: Sizes) -> tuple[slice, ...]:
    """Where `tap` reads in the padded input, for all output positions at once."""
    return tuple(
        slice(k * d, k * d + s * (o - 1) + 1, s)
        for k, s, d, o in zip(tap, stride, dilation, out, strict=True)
    )


def sums_in(*arrays: Array) -> np.dtype[Any]:
    """The dtype that sums are kept in: that of the arrays, float32 for float16."""
    kind = np.result_type(*arrays)
    return np.dtype(np.float32) if kind == np.float16 else kind


@dataclass(frozen=True)
class Job:
    """The arguments of one convolution.

    >>> Job.of(np.zeros((1, 1, 5)), np.zeros((1, 1, 2)), None, stride=2).out
    (2,)
    """

    x: Array
    w: Array
    b: Array | None
    stride: Sizes
    padding: Sizes
    dilation: Sizes
    groups: int

    @classmethod
    def of(
        cls,
        x: Array,
        w: Array,
        b: Array | None = None,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
        groups: int = 1,
        checked: bool = True,
    ) -> Job:
        """The job, refused with ValueError where no such layer exists (unless not `checked`)."""
        x, w = np.asarray(x), np.asarray(w)
        rank = x.ndim - 2
        job = cls(
            x,
            w,
            None if b is None else np.asarray(b),
            per_axis(stride, rank),
            per_axis(padding, rank),
            per_axis(dilation, rank),
            int(groups),
        )
        if checked:
            job.refuse()
        return job

    def refuse(self) -> None:
        """Raise ValueError where the arguments do not fit together."""
        if self.w.ndim != self.x.ndim:
            raise ValueError(f"x has {self.x.ndim} axes and w {self.w.ndim}")
        if min(self.stride) < 1 or min(self.dilation) < 1 or min(self.padding) < 0:
            raise ValueError("stride and dilation are at least 1, padding at least 0")
        if self.groups < 1 or self.x.shape[1] != self.w.shape[1] * self.groups:
            raise ValueError(f"x has {self.x.shape[1]} channels, the kernel suits another number")
        if self.w.shape[0] % self.groups:
            raise ValueError(f"{self.w.shape[0]} outputs do not make {self.groups} groups")
        if self.b is not None and self.b.shape != self.w.shape[:1]:
            raise ValueError(f"a bias of shape {self.b.shape} for {self.w.shape[0]} outputs")
        if min(self.taps) < 1 or min(self.room) < 0:
            raise ValueError(f"kernel {self.taps} does not fit the padded input {self.space}")

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return self.x.ndim - 2

    @property
    def space(self) -> Sizes:
        """The input's size on each axis."""
        return tuple(self.x.shape[2:])

    @property
    def taps(self) -> Sizes:
        """The kernel's size on each axis."""
        return tuple(self.w.shape[2:])

    @property
    def room(self) -> Sizes:
        """How far the window can move on each axis."""
        return tuple(
            n + 2 * p - d * (k - 1) - 1
            for n, p, d, k in zip(self.space, self.padding, self.dilation, self.taps, strict=True)
        )

    @property
    def left_over(self) -> Sizes:
        """The pixels on each axis that the last window does not reach."""
        return tuple(room % s for room, s in zip(self.room, self.stride, strict=True))

    @property
    def out(self) -> Sizes:
        """The output's size on each axis."""
        return tuple(room // s + 1 for room, s in zip(self.room, self.stride, strict=True))

    @property
    def shape(self) -> Sizes:
        """The output's shape."""
        return (len(self.x), self.w.shape[0], *self.out)

    @property
    def depthwise(self) -> bool:
        """Every input channel is a group of its own, and there are several."""
        return self.groups > 1 and self.groups == int(self.x.shape[1])

    @property
    def terms(self) -> int:
        """Products in one output value."""
        return math.prod(self.w.shape[1:])

    def but(self, **changes: Any) -> Job:
        """The same job with other fields."""
        return replace(self, **changes)

    def padded(self, mode: str = "constant") -> Array:
        """The input inside its border (zeros, or another mode of `np.pad`)."""
        pairs = [(0, 0), (0, 0), *((p, p) for p in self.padding)]
        # np.pad's overloads want a literal mode; callers here choose among them at run time.
        return np.asarray(np.pad(self.x, pairs, mode=mode))  # type: ignore[call-overload]  # the stubs want literals

    def biased(self, y: Array) -> Array:
        """`y` plus the bias, in the result's dtype."""
        if self.b is not None:
            y = y + self.b.reshape(1, -1, *(1,) * self.rank)
        return np.asarray(y).astype(self.kind, copy=False)

    @property
    def kind(self) -> np.dtype[Any]:
        """The dtype of the result."""
        return np.result_type(self.x, self.w)


@dataclass(frozen=True)
class Window:
    """The arguments of one pooling.

    >>> Window.of(np.zeros((1, 1, 5, 5)), 2).out
    (2, 2)
    """

    x: Array
    taps: Sizes
    stride: Sizes
    padding: Sizes

    @classmethod
    def of(
        cls,
        x: Array,
        kernel: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
    ) -> Window:
        """The pooling, refused with ValueError where there is none."""
        x = np.asarray(x)
        rank = x.ndim - 2
        taps = per_axis(kernel, rank)
        job = cls(
            x, taps, taps if stride is None else per_axis(stride, rank), per_axis(padding, rank)
        )
        if min(taps) < 1 or min(job.stride) < 1 or min(job.padding) < 0:
            raise ValueError("window and stride are at least 1, padding at least 0")
        if any(p >= k for p, k in zip(job.padding, taps, strict=True)) or min(job.room) < 0:
            raise ValueError(f"window {taps} with padding {job.padding} on {job.space}")
        return job

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return self.x.ndim - 2

    @property
    def space(self) -> Sizes:
        """The input's size on each axis."""
        return tuple(self.x.shape[2:])

    @property
    def room(self) -> Sizes:
        """How far the window can move on each axis."""
        return tuple(
            n + 2 * p - k for n, p, k in zip(self.space, self.padding, self.taps, strict=True)
        )

    @property
    def left_over(self) -> Sizes:
        """The pixels on each axis that the last window does not reach."""
        return tuple(room % s for room, s in zip(self.room, self.stride, strict=True))

    @property
    def out(self) -> Sizes:
        """The output's size on each axis."""
        return tuple(room // s + 1 for room, s in zip(self.room, self.stride, strict=True))

    @property
    def shape(self) -> Sizes:
        """The output's shape."""
        return (*self.x.shape[:2], *self.out)

    @property
    def overlaps(self) -> bool:
        """Two windows share a pixel."""
        return any(k > s for k, s in zip(self.taps, self.stride, strict=True))

    def but(self, **changes: Any) -> Window:
        """The same pooling with other fields."""
        return replace(self, **changes)

    def padded(self, value: float) -> Array:
        """The input inside a border of `value`."""
        pairs = [(0, 0), (0, 0), *((p, p) for p in self.padding)]
        return np.pad(self.x, pairs, constant_values=value)

    def unpad(self, padded: Array) -> Array:
        """The part of a padded array that is the image."""
        inside = (slice(p, p + n) for p, n in zip(self.padding, self.space, strict=True))
        return np.ascontiguousarray(padded[index(slice(None), slice(None), *inside)])
