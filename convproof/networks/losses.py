"""The two losses, and their gradients for the output: means over the batch.

squared: (y - t)^2; cross_entropy: -t log softmax(y), with the classes on the last axis.  Both are
summed over the entries of one image's output, then averaged over the images.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array, numbers
from convproof.spec import choice

Loss: TypeAlias = Literal["cross_entropy", "squared"]
LOSSES: tuple[Loss, ...] = ("cross_entropy", "squared")


def read_kind(kind: object) -> Loss:
    """`kind` if it is a loss."""
    return choice("kind", kind, LOSSES)  # type: ignore[return-value]  # it is one of them now


def read_target(target: object, shape: tuple[int, ...]) -> Array:
    """`target` as class numbers (N, ...) or as an array like y, which has `shape`.

    Raises:
        SpecError: if its shape is neither, or a class number is none of the classes.
    """
    array = numbers("target", target, complex_too=False)
    if array.shape == shape:
        return array
    if array.shape != shape[:-1]:
        raise SpecError.of(
            "target.shape", array.shape, f"{shape[:-1]} of class numbers, or {shape}, the output's"
        )
    if array.dtype.kind not in "iu":
        raise SpecTypeError.of(
            "target.dtype",
            str(array.dtype),
            f"an integer type for class numbers of shape {shape[:-1]}",
            f"numbers to be compared with the output have its shape {shape}",
        )
    classes = shape[-1]
    if array.size and not (int(array.min()) >= 0 and int(array.max()) < classes):
        wrong = int(array.min()) if int(array.min()) < 0 else int(array.max())
        raise SpecError.of("target", wrong, f"class numbers 0 to {classes - 1}")
    return array


def value_and_slope(kind: Loss, y: Array, target: Array) -> tuple[float, Array]:
    """The loss and its gradient for y (N, ..., classes), N at least 1.

    The gradient has y's dtype; where that is of integers, float64.
    """
    dtype = y.dtype if y.dtype.kind == "f" else np.dtype(np.float64)
    wide = y.astype(np.promote_types(dtype, np.float32), copy=False)
    with np.errstate(all="ignore"):  # a loss that overflows is infinite, which `fit` looks for
        if kind == "squared":
            gap = wide - spread(target, wide)
            return float((gap * gap).sum() / len(y)), (gap * (2 / len(y))).astype(dtype)
        shifted = wide - np.maximum.reduce(wide, axis=-1, keepdims=True)
        powers = np.exp(shifted)
        total = np.add.reduce(powers, axis=-1, keepdims=True)
        logs, chances = shifted - np.log(total), powers / total
        if target.shape == y.shape:
            weight = target.astype(wide.dtype, copy=False)
            # 0 log 0 is 0: a class of weight 0 adds nothing, however unlikely it is
            lost = -np.where(weight == 0, 0, weight * logs).sum() / len(y)
            slope = chances * weight.sum(axis=-1, keepdims=True) - weight
        else:
            # Whatever the axes, each row of classes has one place: the target's.
            places = np.arange(target.size), target.reshape(-1)
            rows = logs.reshape(target.size, -1)
            lost = -np.add.reduce(rows[places]) / len(y)
            slope = np.ascontiguousarray(chances)  # else `reshape` is a copy, and what follows lost
            slope.reshape(target.size, -1)[places] -= 1
        return float(lost), (slope / len(y)).astype(dtype, copy=False)


def spread(target: Array, like: Array) -> Array:
    """Targets as an array like the output: class numbers become ones among zeros."""
    if target.shape == like.shape:
        return target.astype(like.dtype, copy=False)
    places: Any = np.expand_dims(target, -1) == np.arange(like.shape[-1])
    return np.asarray(places, like.dtype)
