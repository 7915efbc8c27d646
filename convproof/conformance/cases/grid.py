"""Every combination of few taps, strides, dilations and paddings, one tiny call each.

A covering array meets every three settings together; a branch on all four of them slips through.
The same settings on every axis, as in most layers there are; sizes differ from axis to axis, and
with a stride a row is left over.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from convproof.conformance.cases.draw import Limits
from convproof.conformance.cases.rows import Row

TAPS, STRIDES, DILATIONS, PADS = (1, 2, 3, 4), (1, 2, 3, 4), (1, 2, 3), (0, 1, 2, 3)


def grid(kind: str, rank: int, limits: Limits) -> Iterator[Row]:
    """The rows that fit, within what the target takes; nothing in three dimensions."""
    if rank == 3:
        return
    can = limits.parameters
    strides = STRIDES if "stride" in can else (0,)
    dilations = DILATIONS if "dilation" in can else (1,)
    pads = PADS if "padding" in can else (0,)
    for number, (k, s, d, p) in enumerate(itertools.product(TAPS, strides, dilations, pads)):
        step = s or (k if kind != "conv" and limits.default_stride == "window" else 1)
        # Two windows and, if it can be, a row that no window reaches.
        least = max(d * (k - 1) + 1 + step - 2 * p, 1)
        # Mixed so that none of the four settings always goes with the same channels.
        odd = (k + s + d + p) % 2
        groups = 1 + odd if kind == "conv" and "groups" in can else 1
        row = Row(
            kind,
            batch=1 + (k + p) % 2,
            space=tuple(least + min(step - 1, 1) + 2 * axis for axis in range(rank)),
            taps=(k,) * rank,
            stride=(step,) * rank,
            padding=((p, p),) * rank,
            dilation=(d,) * rank,
            inputs=1 + number % 3,
            outputs=1 if kind != "conv" else 2,
            groups=groups,
            bias="bias" in can,
            count_include_pad=limits.count_include_pad,
            dtype=limits.dtypes[0],
            seed=number,
            precision=limits.precision,
        )
        if row.fits:
            yield row
