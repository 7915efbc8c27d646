"""Which dtype goes in, which comes out, and integers that are exact or refused.

Floats keep their dtype; float16 is summed in float32 and rounded once, at the end.  Integers are
computed where no sum can be wrong: in float64 while every partial sum stays below 2^53, else
modulo 2^64 beside a float estimate whose error is bounded, which tells a wrapped sum from a
right one.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array

HALF = np.dtype(np.float16)
SINGLE = np.dtype(np.float32)
DOUBLE = np.dtype(np.float64)
EXACT_IN_DOUBLE = 2**53
UNIT = 2.0**-53


def result_dtype(**dtypes: np.dtype[Any] | None) -> np.dtype[Any]:
    """The dtype of a result made of arrays of `dtypes`; None is left out.

    Raises:
        SpecTypeError: for signed integers with uint64, which have no common integer type.
    """
    given = {name: dtype for name, dtype in dtypes.items() if dtype is not None}
    dtype = np.result_type(*given.values())
    if dtype.kind == "f" and all(kind.kind in "iu" for kind in given.values()):
        shown = {name: str(kind) for name, kind in given.items()}
        raise SpecTypeError.of(
            "dtypes", shown, "integer types with a common integer type", "convert one of them"
        )
    return dtype


def working_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The dtype sums are carried out in, for a result of float or complex `dtype`."""
    return SINGLE if dtype == HALF else dtype


def computed_in(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The dtype that most of a call's arithmetic is done in, for a result of any `dtype`."""
    return DOUBLE if dtype.kind in "iu" else working_dtype(dtype)


def peak(array: Array | None) -> int:
    """The largest magnitude in an integer array, as a Python int; 0 for none."""
    if array is None or array.size == 0:
        return 0
    return max(abs(int(array.min())), abs(int(array.max())))


def run(
    compute: Callable[..., Array],
    arrays: Sequence[Array | None],
    dtype: np.dtype[Any],
    bound: Callable[[], int],
    terms: int,
) -> Array:
    """`compute(*arrays)` in the right precision.

    Args:
        compute: linear in each array, or in all of them together; a sum of at most `terms`
            products of entries for each entry of its result.
        arrays: its arguments; None stays None.
        dtype: of the result; the working dtype is returned for floats, `dtype` for integers.
        bound: for integers, no partial sum of the result can be larger than this in magnitude.
        terms: see `compute`.

    Raises:
        SpecError: where an integer result does not fit `dtype`.
    """
    if dtype.kind == "O":
        return compute(*arrays)
    if dtype.kind in "fc":
        return compute(*cast(arrays, working_dtype(dtype)))
    if bound() < EXACT_IN_DOUBLE:
        exact = compute(*cast(arrays, DOUBLE))
        low, high = limits(dtype)
        if exact.size and (exact.min() < low or exact.max() > high):
            refuse(dtype)
        return exact.astype(dtype)
    return modular(compute, arrays, dtype, terms)


def modular(
    compute: Callable[..., Array],
    arrays: Sequence[Array | None],
    dtype: np.dtype[Any],
    terms: int,
) -> Array:
    """Exact integers by their residue modulo 2^64 and a float64 estimate.

    With A the same sum over magnitudes, the estimate is off by at most (terms + 3) u A to first
    order: a rounding for each factor and the product, and terms - 1 for the sum (Higham,
    "Accuracy and Stability of Numerical Algorithms", section 3.1); twice that covers the higher
    orders and the rounding of A itself.  A residue that far from the estimate has wrapped, as
    the next candidate lies 2^64 away.
    """
    residue = compute(*cast(arrays, np.dtype(np.int64)))
    floats = cast(arrays, DOUBLE)
    estimate = compute(*floats)
    magnitude = compute(*(None if a is None else np.abs(a) for a in floats))
    slack = 2 * (terms + 4) * UNIT * magnitude + 2.0**12
    value = residue.astype(np.uint64) if dtype.kind == "u" else residue
    low, high = limits(dtype)
    wrapped = np.abs(value.astype(np.float64) - estimate) > slack
    if bool((slack >= 2.0**62).any() or wrapped.any()):
        refuse(dtype)
    if value.size and (int(value.min()) < low or int(value.max()) > high):
        refuse(dtype)
    return value.astype(dtype)


def cast(arrays: Sequence[Array | None], dtype: np.dtype[Any]) -> list[Array | None]:
    """The arrays in `dtype`; those that are in it already are not copied."""
    return [None if array is None else array.astype(dtype, copy=False) for array in arrays]


def limits(dtype: np.dtype[Any]) -> tuple[int, int]:
    """The least and the largest integer of `dtype`."""
    info = np.iinfo(dtype)
    return int(info.min), int(info.max)


def refuse(dtype: np.dtype[Any]) -> None:
    """An integer result would not fit: say so instead of wrapping it."""
    low, high = limits(dtype)
    raise SpecError.of(
        "dtype",
        str(dtype),
        f"an integer type that holds every result, here {low} to {high}",
        "the sums overflow: convert the arrays to a wider type or to float64",
    )


def finite(array: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    if array.dtype.kind in "iuO":
        return True
    flat = array.reshape(-1)
    # Squares add up to something finite only if all are; if they do not, they may have overflown.
    return cmath.isfinite(np.vdot(flat, flat)) or bool(np.isfinite(flat).all())


def integral(array: Array) -> bool:
    """Whether all entries are whole numbers, of a dtype that could hold others."""
    if array.dtype.kind != "f":
        return False
    flat = array.reshape(-1)
    some = flat[:: max(1, flat.size // 64)]  # most arrays that are not show it there
    return bool((some == np.rint(some)).all() and (flat == np.rint(flat)).all())
