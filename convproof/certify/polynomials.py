"""The polynomial run: arrays of variables go through code, and its polynomials come out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from sympy import IndexedBase

from convproof.certify.polynomial import Polynomial
from convproof.errors import SpecError

Array = np.ndarray[Any, Any]
# Beyond so many a run takes minutes.
MOST_GENERATORS = 800


def generators(
    shapes: Mapping[IndexedBase, Sequence[int]],
    variables: Callable[[list[str]], Sequence[Any]] = Polynomial.variables,
) -> dict[IndexedBase, Array]:
    """An array of independent variables for each shape, all of one ring.

    Raises:
        SpecError: if there would be more than `MOST_GENERATORS`.
    """
    total = sum(prod(shape) for shape in shapes.values())
    if total > MOST_GENERATORS:
        raise SpecError.of(
            "input_shape",
            {str(base): tuple(shape) for base, shape in shapes.items()},
            f"arrays of at most {MOST_GENERATORS} entries in all",
            f"these have {total}: a certificate is exact and complete, so take a smaller shape",
        )
    names = [
        f"{base}{list(place)}"
        for base, shape in shapes.items()
        for place in itertools.product(*(range(1, size + 1) for size in shape))
    ]
    free = iter(variables(names))
    arrays = {}
    for base, shape in shapes.items():
        array = np.empty(tuple(shape), dtype=object)
        for place in np.ndindex(*array.shape):
            array[place] = next(free)
        arrays[base] = array
    return arrays


def store(array: Array) -> dict[tuple[int, ...], Any]:
    """The array as the calculus reads it: 1-based index to entry."""
    return {tuple(i + 1 for i in place): array[place] for place in np.ndindex(*array.shape)}


def first_difference(got: Array, right: Array) -> tuple[int, ...] | None:
    """The first index at which two arrays of polynomials differ; None if they are equal."""
    if got.shape != right.shape:
        return ()
    for place in np.ndindex(*right.shape):
        # A sum over nothing is the plain number 0; a ring element compares equal to it.
        if got[place] != right[place]:
            return place
    return None
