"""What is certified: the generated modules and the stand-alone source of one layer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from convproof.generated import pad
from convproof.lower.standalone import layer_source
from convproof.spec import Axis, Conv, MaxPool, Spec, output_space

Array = np.ndarray[Any, Any]
SCHEDULES = ("taps", "im2col", "planes", "turned_im2col", "turned_planes")
POOL_SCHEDULES = ("taps", "folds", "once", "ones")  # the last for means only


@dataclass(frozen=True)
class Code:
    """One implementation of a layer, on channels-last arrays of any dtype."""

    name: str
    forward: Callable[..., Array]
    backward: Callable[..., Any]


def standalone(spec: Spec) -> list[Code]:
    """The source that `generate` writes, executed: all of it, so in each of its ways."""
    source = layer_source(spec)
    ways: list[tuple[str, dict[str, Any]]] = [("", {})]
    if "PATCH_NUMBERS" in source:
        ways.append((", row by row", {"PATCH_NUMBERS": 1}))
    if "finite(" in source:  # what it does with numbers that no zero may meet
        ways.append((", tap by tap", {"finite": lambda array: False}))
    codes = []
    for name, change in ways:
        scope: dict[str, Any] = {}
        # It is this package's own lowering of `spec`: integers and fixed words.
        exec(compile(source, "<generated layer>", "exec"), scope)
        scope.update(change)
        codes.append(Code(f"stand-alone source{name}", scope["forward"], scope["backward"]))
    return codes


def modules(spec: Spec, space: Sequence[int]) -> list[Code]:
    """The committed modules, in each schedule."""
    axes = spec.axes(space)
    if isinstance(spec, Conv):
        return [_conv(spec, axes, space, way) for way in SCHEDULES]
    ways = POOL_SCHEDULES[:-1] if isinstance(spec, MaxPool) else POOL_SCHEDULES
    return [_pool(spec, axes, space, way) for way in ways]


def _widen(array: Array, axis: int, call: Callable[[Array], Array]) -> Array:
    before, after = array.shape[:axis], array.shape[axis + 1 :]
    flat = call(array.reshape(prod(before), array.shape[axis], prod(after)))
    return flat.reshape(*before, flat.shape[1], *after)


def _conv(spec: Conv, axes: Sequence[Axis], space: Sequence[int], schedule: str) -> Code:
    module = importlib.import_module(f"convproof.generated.conv{spec.rank}d")
    groups, mode = spec.groups, spec.padding_mode
    bordered = mode != "zeros"
    block = () if schedule == "taps" else (2,)  # rows: bands of an image, or several images
    steps = tuple(a.stride for a in axes), tuple(a.dilation for a in axes)
    lows = tuple(0 if bordered else axis.pad_lo for axis in axes)
    out = output_space(axes, space)
    wide = tuple(
        s + (a.pad_lo + a.pad_hi if bordered else 0) for a, s in zip(axes, space, strict=True)
    )

    def split(array: Array) -> Array:
        return array.reshape(*array.shape[:-1], groups, -1)

    def border(array: Array, suffix: str = "") -> Array:
        for number, axis in enumerate(axes, 1):
            call = getattr(pad, f"pad_{mode}{suffix}")
            array = _widen(array, number, lambda a, c=call, x=axis: c(a, x.pad_lo, x.pad_hi))  # type: ignore[misc]  # bound early
        return array

    general = schedule.removeprefix("turned_")

    def forward(x: Array, kernel: Array, bias: Array) -> Array:
        x = border(x) if bordered else x
        run = getattr(module, f"forward_{general}")
        z = run(split(x), split(kernel), *steps, lows, out, *block)
        done: Array = module.add_bias(z, split(bias))
        return done.reshape(*done.shape[:-2], -1)

    def backward(dy: Array, x: Array, kernel: Array, bias: Array) -> tuple[Array, Array, Array]:
        flow, weights = split(dy), split(kernel)
        image = split(border(x) if bordered else x)
        taps = tuple(axis.kernel for axis in axes)
        dx = getattr(module, f"gradient_x_{schedule}")(flow, weights, *steps, lows, wide, *block)
        dk = getattr(module, f"gradient_kernel_{general}")(flow, image, *steps, lows, taps, *block)
        dx = dx.reshape(*dx.shape[:-2], -1)
        return (
            border(dx, "_gradient") if bordered else dx,
            dk.reshape(kernel.shape),
            module.gradient_bias(flow).reshape(-1),
        )

    return Code(f"generated/conv{spec.rank}d.py, {schedule}", forward, backward)


def _pool(spec: Spec, axes: Sequence[Axis], space: Sequence[int], way: str) -> Code:
    top = isinstance(spec, MaxPool)
    name = f"{'max' if top else 'avg'}_pool{len(axes)}d"
    module = importlib.import_module(f"convproof.generated.{name}")
    taps, stride = tuple(a.kernel for a in axes), tuple(a.stride for a in axes)
    gaps, lows = tuple(a.dilation for a in axes), tuple(a.pad_lo for a in axes)
    highs, out = tuple(a.pad_hi for a in axes), output_space(axes, space)
    if top:

        def forward(x: Array) -> Array:
            run = getattr(module, f"forward_{way}")
            y: Array = run(x, stride, gaps, lows, out, taps)
            return y

        def backward(dy: Array, x: Array) -> Array:
            dx: Array = module.gradient_x(dy, x, stride, gaps, lows, taps)
            return dx

        return Code(f"generated/{name}.py, {way}", forward, backward)
    include = getattr(spec, "count_include_pad", True)
    suffix = "include" if include else "exclude"
    ends = (highs,) if include else ()

    def mean(x: Array) -> Array:
        y: Array = getattr(module, f"forward_{suffix}_{way}")(x, stride, lows, *ends, out, taps)
        return y

    def share(dy: Array, x: Array) -> Array:
        call = getattr(module, f"gradient_x_{suffix}")
        dx: Array = call(dy, stride, lows, *ends, tuple(space), taps)
        return dx

    return Code(f"generated/{name}.py, {way}", mean, share)
