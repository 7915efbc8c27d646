"""Max- and average-pooling in one to three dimensions: checked, then generated code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Literal, TypeAlias

import numpy as np

from convproof.errors import SpecError
from convproof.functions import prose
from convproof.functions.arrays import (
    Array,
    ArrayLike,
    Form,
    Layout,
    Sizes,
    expect_shape,
    numbers,
    own,
)
from convproof.functions.numerics import (
    DOUBLE,
    EXACT_IN_DOUBLE,
    computed_in,
    peak,
    run,
    working_dtype,
)
from convproof.functions.ready import Ready
from convproof.functions.recall import recalled
from convproof.functions.reduction import Pool
from convproof.functions.room import Growth, expect_fit, expect_pixels, growth_of_padding
from convproof.functions.selection import check_schedule
from convproof.functions.signatures import AvgBackward, AvgForward, MaxBackward, MaxForward
from convproof.functions.verified import verified
from convproof.schedules.layer import Layer, Window
from convproof.schedules.registry import Goal
from convproof.spec import AvgPool, MaxPool, Padding, PerAxis, check_channels, flag, per_axis

Kind: TypeAlias = Literal["max", "avg"]


@dataclass(frozen=True, eq=False)
class Plan:
    """What is decided before any number is looked at: the window, and the caller's form."""

    form: Form
    pool: Pool
    y_shape: Sizes  # as the caller holds the output
    growth: Growth  # what to blame if memory does not hold the arrays
    plain: bool  # the arrays are batched, channels last, and of the dtype computed in

    @cached_property
    def terms(self) -> int:
        """Pixels of a whole window."""
        return prod(self.pool.layer.window.taps)

    def expect(self, name: str, array: Array) -> None:
        """Refuse an array that has not the output's shape."""
        expect_shape(name, array.shape, self.y_shape, "the shape of the output")

    def maxima(self, x: Array) -> Array:
        """Each window's maximum."""
        if self.plain:
            return own(self.pool.forward(np.ascontiguousarray(x)), x.dtype)
        return self.form.leave(self.pool.forward(self.form.enter(x)), x.dtype)

    def found(self, x: Array) -> tuple[Array, Array]:
        """The maxima, and their numbers in their windows."""
        y, winner = self.pool.winner(self.form.enter(x))
        return self.form.leave(y, x.dtype), self.form.leave(winner, winner.dtype)

    def to_maxima(self, dy: Array, x: Array) -> Array:
        """Each dy at its window's first maximum."""
        sent, image = self.form.enter(dy), self.form.enter(x)
        return self.sent(lambda flow: self.pool.gradient(flow, image), sent, dy.dtype)

    def to_winners(self, dy: Array, _: Array, indices: Array) -> Array:
        """Each dy at the pixel whose number the forward found."""
        sent, winner = self.form.enter(dy), self.winners(indices)
        return self.sent(lambda flow: self.pool.sent(flow, winner), sent, dy.dtype)

    def sent(self, back: Callable[[Array], Array], flow: Array, dtype: np.dtype[Any]) -> Array:
        """A gradient, in the caller's form."""
        if dtype != working_dtype(dtype) or dtype.kind in "iu":
            dx = run(back, (flow,), dtype, lambda: peak(flow) * self.terms, self.terms)
        else:
            dx = back(flow)
        return self.form.leave(dx, dtype)

    def winners(self, found: Array) -> Array:
        """The winners that a forward gave, as the kernels want them."""
        whole = found.dtype.kind in "iu"
        if not whole or (found.size and not -1 <= found.min() <= found.max() < self.terms):
            allowed = "what the forward returned with return_indices=True for this x: integers from"
            raise SpecError.of("indices", found, f"{allowed} -1 to {self.terms - 1}")
        return self.form.enter(found)

    def means(self, x: Array) -> Array:
        """Each window's mean."""
        if self.plain:
            return own(self.pool.forward(np.ascontiguousarray(x)), x.dtype)
        dtype = mean_dtype("x", x, self.terms)
        entered = self.form.enter(x).astype(working_dtype(dtype), copy=False)
        return self.form.leave(self.pool.forward(entered), dtype)

    def shares(self, dy: Array, _: Array) -> Array:
        """Each dy in equal parts to its window's pixels."""
        dtype = mean_dtype("dy", dy, self.terms)
        entered = self.form.enter(dy).astype(working_dtype(dtype), copy=False)
        return self.form.leave(self.pool.gradient(entered, None), dtype)


@recalled
def plan(
    known: tuple[int, Kind, Sizes, np.dtype[Any], Goal],
    layout: Any,
    window: Any,
    stride: Any,
    padding: Any,
    ceil_mode: Any,
    special: Any,
    schedule: Any,
) -> Plan:
    """Check the layer against an image of these sizes.

    `special` is a maximum's dilation, or whether a mean counts the padding.
    """
    rank, kind, shape, dtype, goal = known
    form = Form.of("x", len(shape), rank, layout)
    images, space, channels = form.sizes(shape)
    check_channels("x.shape", shape, channels)
    expect_pixels(shape, space)
    taps = per_axis("window", window, rank)
    spec: MaxPool | AvgPool
    if kind == "max":
        spec = MaxPool(taps, stride=stride, padding=padding, ceil_mode=ceil_mode, dilation=special)
    else:
        spec = AvgPool(
            taps, stride=stride, padding=padding, ceil_mode=ceil_mode, count_include_pad=special
        )
    axes, dilation = spec.axes(space), special if kind == "max" else 1
    expect_fit(axes, space, "window", window, dilation)
    found = Window.of(axes, space)
    Growth("window", window).expect_room(found.taps)
    growth = growth_of_padding(space, found.pads, padding, dilation, x=shape)
    growth.expect_room((images, *found.out, channels))
    if kind == "max" and dtype.kind in "iu":
        no_empty_window(found)
    op = "max_pool" if kind == "max" else f"avg_pool_{'include' if special else 'exclude'}"
    layer = Layer(op, found, images, channels, 1, channels, computed_in(dtype).itemsize)
    check_schedule(schedule, layer, (goal,), False)
    y_shape = form.shape(images, found.out, channels)
    straight = form.plain and dtype.kind in "fc" and dtype == working_dtype(dtype)
    return Plan(form, Pool(layer, schedule), y_shape, growth, straight)


def no_empty_window(window: Window) -> None:
    """Refuse a window that dilation carries over the whole image: integers have no -inf."""
    for axis, (taps, step, gap, (lo, _), size, out) in enumerate(
        zip(
            window.taps,
            window.stride,
            window.dilation,
            window.pads,
            window.space,
            window.out,
            strict=True,
        )
    ):
        if gap <= size:
            continue  # a step that short cannot pass over the image
        for o in range(out):
            first = step * o - lo
            nearest = first if first >= 0 else first % gap  # the first tap not before the image
            if nearest >= size or nearest > first + gap * (taps - 1):
                raise SpecError.of(
                    f"dilation[{axis}]",
                    gap,
                    "one that leaves a pixel in every window",
                    f"window {o} holds padding only, and integers have no -inf: give floats",
                )


def max_pool_of(rank: int) -> MaxForward:
    """The public max-pooling in `rank` dimensions."""

    @verified("max_pool", rank, "", prose.fill(prose.MAX, rank))
    def max_pool(
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
        return_indices: bool = False,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Ready[Any]:
        image = numbers("x", x, complex_too=False)
        layer = (window, stride, padding, ceil_mode, dilation, schedule)
        call = plan((rank, "max", image.shape, image.dtype, "forward"), layout, *layer)
        both = flag("return_indices", return_indices)
        return Ready(call.found if both else call.maxima, (image,), call.growth)

    return max_pool


def max_pool_backward_of(rank: int) -> MaxBackward:
    """The public gradient of max-pooling in `rank` dimensions."""

    @verified("max_pool", rank, "_backward", prose.fill(prose.MAX_BACKWARD, rank))
    def max_pool_backward(
        dy: ArrayLike,
        x: ArrayLike,
        window: PerAxis,
        *,
        indices: ArrayLike | None = None,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        dilation: PerAxis = 1,
        ceil_mode: bool = False,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Ready[Array]:
        flow = numbers("dy", dy, complex_too=False)
        image = numbers("x", x, complex_too=False)
        layer = (window, stride, padding, ceil_mode, dilation, schedule)
        call = plan((rank, "max", image.shape, image.dtype, "gradient x"), layout, *layer)
        call.expect("dy", flow)
        if indices is None:
            return Ready(call.to_maxima, (flow, image), call.growth)
        found = numbers("indices", indices, complex_too=False)
        call.expect("indices", found)
        return Ready(call.to_winners, (flow, image, found), call.growth)

    return max_pool_backward


def mean_dtype(name: str, array: Array, terms: int) -> np.dtype[Any]:
    """The dtype of means of `array`: its own, or float64 for integers summed exactly."""
    if array.dtype.kind in "fcO":
        return array.dtype
    if peak(array) * terms >= EXACT_IN_DOUBLE:
        raise SpecError.of(
            name,
            f"integers up to {peak(array)}",
            f"integers whose sums of {terms} stay below 2**53",
            "larger sums are not exact in float64: convert to floats to accept rounding",
        )
    return DOUBLE


def avg_pool_of(rank: int) -> AvgForward:
    """The public average-pooling in `rank` dimensions."""

    @verified("avg_pool", rank, "", prose.fill(prose.AVG, rank))
    def avg_pool(
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Ready[Array]:
        image = numbers("x", x)
        layer = (window, stride, padding, ceil_mode, count_include_pad, schedule)
        call = plan((rank, "avg", image.shape, image.dtype, "forward"), layout, *layer)
        return Ready(call.means, (image,), call.growth)

    return avg_pool


def avg_pool_backward_of(rank: int) -> AvgBackward:
    """The public gradient of average-pooling in `rank` dimensions."""

    @verified("avg_pool", rank, "_backward", prose.fill(prose.AVG_BACKWARD, rank))
    def avg_pool_backward(
        dy: ArrayLike,
        x: ArrayLike,
        window: PerAxis,
        *,
        stride: PerAxis | None = None,
        padding: Padding = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        layout: Layout = "channels_last",
        schedule: str | None = None,
    ) -> Ready[Array]:
        flow, image = numbers("dy", dy), numbers("x", x)
        layer = (window, stride, padding, ceil_mode, count_include_pad, schedule)
        call = plan((rank, "avg", image.shape, image.dtype, "gradient x"), layout, *layer)
        call.expect("dy", flow)
        return Ready(call.shares, (flow, image), call.growth)

    return avg_pool_backward


max_pool1d, max_pool2d, max_pool3d = (max_pool_of(rank) for rank in (1, 2, 3))
max_pool1d_backward, max_pool2d_backward, max_pool3d_backward = (
    max_pool_backward_of(rank) for rank in (1, 2, 3)
)
avg_pool1d, avg_pool2d, avg_pool3d = (avg_pool_of(rank) for rank in (1, 2, 3))
avg_pool1d_backward, avg_pool2d_backward, avg_pool3d_backward = (
    avg_pool_backward_of(rank) for rank in (1, 2, 3)
)
