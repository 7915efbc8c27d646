"""What a network depends on, found by running it: a NaN in one pixel reaches whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np

from convproof.functions.arrays import Array, Sizes

Run = Callable[[Array], Array]


def dependence(run: Run, input_shape: Sizes, rank: int) -> Array:
    """Which outputs each pixel reaches: (*space of the input, *space of the output), boolean.

    Args:
        run: x (N, *input_shape) to y (N, *out, C) or (N, features), channels last.
        input_shape: (*space, C).
        rank: the number of spatial axes; an output of features counts as one position.
    """
    space = input_shape[:-1]
    count = prod(space)
    x = np.ones((count, *input_shape))
    flat = x.reshape(count, count, input_shape[-1])
    flat[np.arange(count), np.arange(count)] = np.nan
    with np.errstate(all="ignore"):
        y = run(x)
    reached = np.asarray(np.isnan(y).any(axis=-1))
    out = reached.shape[1:] or (1,) * rank
    return reached.reshape(*space, *out)
