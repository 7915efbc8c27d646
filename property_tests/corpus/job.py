"""One call of a layer, unpacked: the arguments of the contract as a value that a mistake can alter.

Arrays are channels first: x (N, C, *space), w (M, C/groups, *taps), in any number of dimensions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, TypeAlias

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


def fit(y: Array, shape: Sequence[int]) -> Array:
    """`y` cut, or filled up with zeros, to `shape`."""
    z = np.zeros(tuple(shape), dtype=y.dtype)
    common = tuple(slice(min(a, b)) for a, b in zip(y.shape, z.shape, strict=True))
    z[common] = y[common]
    return z


def zeroed(y: Array, *where: Any) -> Array:
    """`y` with a part of it zero."""
    y = y.copy()
    y[where] = 0
    return y


def sums_in(*arrays: Array) -> np.dtype[Any]:
    """The dtype that sums are kept in: that of the arrays, float32 for float16."""
    kind = np.result_type(*arrays)
    return np.dtype(np.float32) if kind == np.float16 else kind


@dataclass(frozen=True)
class Layer:
    """What a convolution and a pooling have in common: an image, and windows that move over it."""

    x: Array
    stride: Sizes
    padding: Sizes
    dilation: Sizes

    @property
    def taps(self) -> Sizes:
        """The window's size on each axis."""
        raise NotImplementedError

    @property
    def rank(self) -> int:
        """The number of spatial axes."""
        return self.x.ndim - 2

    @property
    def space(self) -> Sizes:
        """The input's size on each axis."""
        return tuple(self.x.shape[2:])

    @property
    def extent(self) -> Sizes:
        """How many pixels a window spans on each axis."""
        return tuple(d * (k - 1) + 1 for d, k in zip(self.dilation, self.taps, strict=True))

    @property
    def room(self) -> Sizes:
        """How far the window can move on each axis."""
        sizes = zip(self.space, self.padding, self.extent, strict=True)
        return tuple(n + 2 * p - e for n, p, e in sizes)

    @property
    def left_over(self) -> Sizes:
        """The pixels on each axis that the last window does not reach."""
        return tuple(room % s for room, s in zip(self.room, self.stride, strict=True))

    @property
    def out(self) -> Sizes:
        """The output's size on each axis."""
        return tuple(room // s + 1 for room, s in zip(self.room, self.stride, strict=True))

    @property
    def places(self) -> int:
        """The number of output positions."""
        return math.prod(self.out)

    @property
    def inside(self) -> Any:
        """Where the image lies in its padded self."""
        cut = (slice(p, p + n) for p, n in zip(self.padding, self.space, strict=True))
        return index(slice(None), slice(None), *cut)

    def but(self, **changes: Any) -> Self:
        """The same layer with other fields."""
        return replace(self, **changes)

    def padded(self, value: float = 0) -> Array:
        """The input inside a border of `value`."""
        pairs = [(0, 0), (0, 0), *((p, p) for p in self.padding)]
        return np.pad(self.x, pairs, constant_values=value)

    def bordered(self, *pairs: tuple[int, int], mode: str = "constant") -> Self:
        """The layer with this border in its image (by default its own), and none to add."""
        border = pairs or tuple((p, p) for p in self.padding)
        # np.pad's overloads want a literal mode; callers here choose among them at run time.
        x = np.pad(self.x, [(0, 0), (0, 0), *border], mode=mode)  # type: ignore[call-overload]  # the stubs want literals
        return self.but(x=x, padding=(0,) * self.rank)

    def cut_at_the_start(self) -> Self:
        """The padded image without the rows that are left over, taken from its start."""
        whole = self.bordered()
        return whole.but(x=whole.x[index(..., *(slice(rest, None) for rest in self.left_over))])

    def meets(self, tap: Sizes) -> Any:
        """Where `tap` reads in the padded input, for all output positions at once."""
        axes = zip(tap, self.stride, self.dilation, self.out, strict=True)
        return index(..., *(slice(k * d, k * d + s * (o - 1) + 1, s) for k, s, d, o in axes))

    def window_at(self, out: Sizes) -> Any:
        """Where the window of output position `out` lies in the padded input."""
        axes = zip(out, self.stride, self.extent, self.dilation, strict=True)
        return index(..., *(slice(o * s, o * s + e, d) for o, s, e, d in axes))


@dataclass(frozen=True)
class Job(Layer):
    """The arguments of one convolution.

    >>> Job.of(np.zeros((1, 1, 5)), np.zeros((1, 1, 2)), None, stride=2).out
    (2,)
    """

    w: Array
    b: Array | None
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
        steps, border, gaps = (per_axis(v, x.ndim - 2) for v in (stride, padding, dilation))
        job = cls(x, steps, border, gaps, w, None if b is None else np.asarray(b), int(groups))
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
    def taps(self) -> Sizes:
        """The kernel's size on each axis."""
        return tuple(self.w.shape[2:])

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

    @property
    def kind(self) -> np.dtype[Any]:
        """The dtype of the result."""
        return np.result_type(self.x, self.w)

    def biased(self, y: Array) -> Array:
        """`y` plus the bias, in the result's dtype."""
        if self.b is not None:
            y = y + self.b.reshape(1, -1, *(1,) * self.rank)
        return np.asarray(y).astype(self.kind, copy=False)

    def split(self) -> list[Job]:
        """Each group as a job of its own, without bias."""
        depth, width = self.w.shape[1], self.w.shape[0] // self.groups
        return [
            self.but(
                x=self.x[:, g * depth : (g + 1) * depth],
                w=self.w[g * width : (g + 1) * width],
                b=None,
                groups=1,
            )
            for g in range(self.groups)
        ]

    def without(self, *where: Any) -> Job:
        """The job with part of the kernel zero."""
        w = self.w.copy()
        w[where] = 0
        return self.but(w=w)

    def turned(self) -> Job:
        """The job with the kernel turned by 180 degrees."""
        return self.but(w=turned(self.w))


def turned(w: Array) -> Array:
    """The kernel turned by 180 degrees."""
    return np.asarray(w[index(..., *(slice(None, None, -1),) * (w.ndim - 2))])


@dataclass(frozen=True)
class Window(Layer):
    """The arguments of one pooling.

    >>> Window.of(np.zeros((1, 1, 5, 5)), 2).out
    (2, 2)
    """

    window: Sizes

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
        steps = taps if stride is None else per_axis(stride, rank)
        job = cls(x, steps, per_axis(padding, rank), (1,) * rank, taps)
        if min(taps) < 1 or min(job.stride) < 1 or min(job.padding) < 0:
            raise ValueError("window and stride are at least 1, padding at least 0")
        if any(p >= k for p, k in zip(job.padding, taps, strict=True)) or min(job.room) < 0:
            raise ValueError(f"window {taps} with padding {job.padding} on {job.space}")
        return job

    @property
    def taps(self) -> Sizes:
        """The window's size on each axis."""
        return self.window

    @property
    def size(self) -> int:
        """The number of pixels in a window."""
        return math.prod(self.window)

    @property
    def shape(self) -> Sizes:
        """The output's shape."""
        return (*self.x.shape[:2], *self.out)

    @property
    def overlaps(self) -> bool:
        """Two windows share a pixel."""
        return any(k > s for k, s in zip(self.taps, self.stride, strict=True))

    def unpad(self, padded: Array) -> Array:
        """The part of a padded array that is the image."""
        return np.ascontiguousarray(padded[self.inside])
