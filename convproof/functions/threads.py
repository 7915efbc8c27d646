"""`threads`: how many threads calls may take."""

from __future__ import annotations

from contextlib import AbstractContextManager

from convproof.errors import SpecError, SpecTypeError
from convproof.lower.parallel import at_most


def threads(count: int) -> AbstractContextManager[None]:
    """Within, calls of the verified functions from this thread take at most `count` threads.

    Without it they take as many as NumPy's BLAS is set to (OPENBLAS_NUM_THREADS, threadpoolctl).
    If `count` is less than that, BLAS is held to one thread while the block lasts, in the whole
    process, and has its own setting again afterwards, an exception or not.

    Args:
        count: at least 1.

    Raises:
        SpecError: for a count below 1.

    >>> import numpy as np
    >>> import convproof as cp
    >>> with cp.threads(1):
    ...     y = cp.max_pool2d(np.ones((8, 64, 64, 16)), 2)
    >>> y.shape
    (8, 32, 32, 16)
    """
    allowed = "a whole number, at least 1"
    if isinstance(count, bool) or not isinstance(count, int):
        raise SpecTypeError.of("count", count, allowed)
    if count < 1:
        raise SpecError.of("count", count, allowed)
    return at_most(count)
