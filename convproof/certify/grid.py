"""A grid of certificates: the committed modules against one derivation, at hundreds of shapes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from convproof.certify.certificate import certify_modules
from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.spec import AvgPool, Conv, MaxPool, Spec


@dataclass(frozen=True)
class Grid:
    """How many layers and shapes were certified, and the first that was not."""

    shapes: int
    compared: int
    verdict: Verdict


def layers(operation: str) -> Iterator[tuple[Spec, tuple[int, ...]]]:
    """Every combination of stride, dilation, padding and groups on small images.

    In one dimension all of them; in two, one axis takes the settings of the other, shifted, so
    that nothing is the same on both.
    """
    kind, rank = operation[:-2], int(operation[-2])
    settings = list(
        itertools.product((1, 2, 3), (1, 2, 3), (1, 2), ((0, 0), (1, 1), (0, 2), (2, 1)))
    )
    for number, one in enumerate(settings):
        # 7 and 17 are prime to the 72 settings: each axis meets all of them.
        chosen = [one, *(settings[(number * 7 + 17 * axis) % 72] for axis in range(1, rank))]
        taps, stride, gaps, pads = (tuple(part) for part in zip(*chosen, strict=True))
        # All images of a max-pool are tried: it gets few pixels.
        sizes = ((4,), (3, 2), (2, 2, 2))[rank - 1] if kind == "max_pool" else (5, 4, 3)[:rank]
        if kind == "conv":
            groups = 1 + number % 2
            spec: Spec = Conv(
                taps, groups, stride=stride, dilation=gaps, padding=pads, groups=groups
            )
            yield spec, (1, *sizes, groups)
            continue
        ceil = bool(number % 2)
        try:
            if kind == "max_pool":
                spec = MaxPool(taps, stride=stride, dilation=gaps, padding=pads, ceil_mode=ceil)
            else:
                include = number % 3 > 0
                spec = AvgPool(
                    taps, stride=stride, padding=pads, ceil_mode=ceil, count_include_pad=include
                )
        except SpecError:
            continue  # padding as wide as the window: no pooling layer
        yield spec, (1, *sizes, 1)


def certify_grid(operation: str) -> Grid:
    """Certify the committed modules of one operation on its grid of layers.

    Args:
        operation: "conv1d", "conv2d", "max_pool1d", "avg_pool2d" and so on.

    >>> certify_grid("avg_pool1d").verdict.holds
    True
    """
    shapes = compared = 0
    for spec, shape in layers(operation):
        try:
            verdict, count = certify_modules(spec, shape)
        except SpecError:
            continue  # no window fits on so small an image
        if not verdict.holds:
            return Grid(shapes, compared, verdict)
        shapes, compared = shapes + 1, compared + count
    if not shapes:
        return Grid(0, 0, Verdict.undecided(f"no layer of {operation} was certified"))
    reason = f"{shapes} layers of {operation}, {compared} entries: all exactly the derivation's"
    return Grid(shapes, compared, Verdict.held(reason))
