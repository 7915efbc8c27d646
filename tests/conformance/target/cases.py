"""Small calls."""

from __future__ import annotations

from convproof.laws.case import Case
from tests.conformance.planted import ints


def case(
    op="conv2d", *, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1, **more
):
    kernel = None if "pool" in op else ints(3, 2, 2, 2 * groups)
    made = Case(
        op,
        ints(2, 7, 9, 2 * groups),
        kernel,
        None,
        None,
        stride,
        padding,
        dilation,
        groups,
        (2, 3) if kernel is None else None,
    ).replace(**more)
    return made.replace(dy=ints(*made.out_shape)) if made.backward else made
