"""Max- and average-pooling in one to three dimensions: checked, then generated code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
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
)
from convproof.functions.numerics import (
    DOUBLE,
    EXACT_IN_DOUBLE,
    computed_in,
    peak,
    run,
    working_dtype,
)
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

    @cached_property
    def terms(self) -> int:
        """Pixels of a whole window."""
        return prod(self.pool.layer.window.taps)

    def enter(self, dy: Array) -> Array:
        """A gradient of the output, as the kernels want it, if it has the output's shape."""
        expect_shape("dy", dy.shape, self.y_shape, "the shape of the output")
        return self.form.enter(dy)

    def winners(self, indices: object) -> Array:
        """The winners that a forward gave, as the kernels want them."""
        found = numbers("indices", indices, complex_too=False)
        expect_shape("indices", found.shape, self.y_shape, "the shape of the output")
        whole = found.dtype.kind in "iu"
        if not whole or (found.size and not -1 <= found.min() <= found.max() < self.terms):
            allowed = "what the forward returned with return_indices=True for this x: integers from"
            raise SpecError.of("indices", found, f"{allowed} -1 to {self.terms - 1}")
        return self.form.enter(found)


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
    return Plan(form, Pool(layer, schedule), form.shape(images, found.out, channels), growth)


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
    ) -> Any:
        image = numbers("x", x, complex_too=False)
        layer = (window, stride, padding, ceil_mode, dilation, schedule)
        call = plan((rank, "max", image.shape, image.dtype, "forward"), layout, *layer)
        both = flag("return_indices", return_indices)
        try:
            entered = call.form.enter(image)
            if not both:
                return call.form.leave(call.pool.forward(entered), image.dtype)
            y, winner = call.pool.winner(entered)
            return call.form.leave(y, image.dtype), call.form.leave(winner, winner.dtype)
        except MemoryError as error:
            raise call.growth.no_memory(error) from None

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
    ) -> Array:
        flow = numbers("dy", dy, complex_too=False)
        image = numbers("x", x, complex_too=False)
        layer = (window, stride, padding, ceil_mode, dilation, schedule)
        call = plan((rank, "max", image.shape, image.dtype, "gradient x"), layout, *layer)
        try:
            sent = call.enter(flow)
            if indices is None:
                entered = call.form.enter(image)
                back = partial(call.pool.gradient, x=entered)
            else:
                back = partial(call.pool.sent, winner=call.winners(indices))
            dx = run(back, (sent,), flow.dtype, lambda: peak(sent) * call.terms, call.terms)
            return call.form.leave(dx, flow.dtype)
        except MemoryError as error:
            raise call.growth.no_memory(error) from None

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
    ) -> Array:
        image = numbers("x", x)
        layer = (window, stride, padding, ceil_mode, count_include_pad, schedule)
        call = plan((rank, "avg", image.shape, image.dtype, "forward"), layout, *layer)
        dtype = mean_dtype("x", image, call.terms)
        try:
            entered = call.form.enter(image).astype(working_dtype(dtype), copy=False)
            y = call.pool.forward(entered)
            return call.form.leave(y, dtype)
        except MemoryError as error:
            raise call.growth.no_memory(error) from None

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
    ) -> Array:
        flow, image = numbers("dy", dy), numbers("x", x)
        layer = (window, stride, padding, ceil_mode, count_include_pad, schedule)
        call = plan((rank, "avg", image.shape, image.dtype, "gradient x"), layout, *layer)
        dtype = mean_dtype("dy", flow, call.terms)
        try:
            entered = call.enter(flow).astype(working_dtype(dtype), copy=False)
            dx = call.pool.gradient(entered, None)
            return call.form.leave(dx, dtype)
        except MemoryError as error:
            raise call.growth.no_memory(error) from None

    return avg_pool_backward


max_pool1d, max_pool2d, max_pool3d = (max_pool_of(rank) for rank in (1, 2, 3))
max_pool1d_backward, max_pool2d_backward, max_pool3d_backward = (
    max_pool_backward_of(rank) for rank in (1, 2, 3)
)
avg_pool1d, avg_pool2d, avg_pool3d = (avg_pool_of(rank) for rank in (1, 2, 3))
avg_pool1d_backward, avg_pool2d_backward, avg_pool3d_backward = (
    avg_pool_backward_of(rank) for rank in (1, 2, 3)
)
