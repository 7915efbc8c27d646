"""10.1.2: hand-crafted kernels, and what they respond to."""

from __future__ import annotations

import numpy as np
import sympy as sp

from convproof import reference
from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, refuted, undone
from convproof.chapter.symbolic import Array, correlate, entries, same
from convproof.evidence import Evidence, Grade
from convproof.spec import Axis

_VERTICAL = np.array([[1, 0, -1]] * 3)  # (10.2)
_HORIZONTAL = _VERTICAL.T  # (10.3)


def _response(kernel: Array, across: int) -> Evidence:
    bright, dark, extra = sp.symbols("bright dark other", real=True)
    flat = np.full((3, 3), bright, dtype=object)
    shown = 0
    if correlate(flat, kernel)[0, 0] != 0:
        return refuted("a flat patch does not cancel", response=correlate(flat, kernel)[0, 0])
    for place in (1, 2):  # the edge after the first, or the second, line of the patch
        patch = np.full((3, 3), dark, dtype=object)
        patch[(slice(None), slice(place)) if across else (slice(place), slice(None))] = bright
        found = sp.expand(correlate(patch, kernel)[0, 0] - 3 * (bright - dark))
        along = sp.expand(correlate(patch.T, kernel)[0, 0])
        if found != 0 or along != 0:
            return refuted("the edge response is not 3 (bright - dark)", found=found, along=along)
        shown += 2
    slope = np.array([[bright + extra * (j if across else i) for j in range(3)] for i in range(3)])
    ramp = sp.expand(correlate(slope, kernel)[0, 0])
    return certified(
        "for all intensities: a flat patch gives exactly 0, an edge 3(bright - dark), an edge "
        f"in the other direction 0, a slope of t a pixel {sp.sstr(ramp)}".replace("other", "t"),
        shown + 2,
    )


@claim(
    "eq-10.2",
    "chapter, (10.2)",
    "K_vert gives 0 on a flat region and 3(bright - dark) on a vertical edge that is bright on its "
    "left.",
    Grade.CERTIFIED,
)
def eq_10_2() -> Evidence:
    return _response(_VERTICAL, 1)


@claim(
    "eq-10.3",
    "chapter, (10.3)",
    "K_horiz gives 0 on a flat region and 3(bright - dark) on a horizontal edge that is bright on "
    "top.",
    Grade.CERTIFIED,
)
def eq_10_3() -> Evidence:
    return _response(_HORIZONTAL, 0)


def _filter_of_red() -> Array:
    kernel = np.zeros((3, 3, 3, 1), dtype=int)
    kernel[:, :, 0, 0] = _VERTICAL
    return kernel


def _rgb(image: Array) -> Array:
    return reference.conv(image[None], _filter_of_red(), None, [Axis(3), Axis(3)])[0, ..., 0]


def _edge(left: tuple[int, int, int], right: tuple[int, int, int]) -> Array:
    return np.array([[left, left, right, right]] * 3)


@claim(
    "eq-10.4",
    "chapter, (10.4)",
    "The filter (10.4) gives a strong positive output only on vertical edges that are red.",
    Grade.REFUTED,
    replaced_by="eq-10.4-corrected",
)
def eq_10_4() -> Evidence:
    red = _rgb(_edge((255, 0, 0), (0, 0, 0)))
    white = _rgb(_edge((255, 255, 255), (0, 0, 0)))
    if not (red == white).all():
        return undone("white-to-black and red-to-black edges give different outputs")
    return refuted(
        "a white-to-black edge gives the same output as a red-to-black one",
        red_to_black=red,
        white_to_black=white,
        cyan_to_white=_rgb(_edge((0, 255, 255), (255, 255, 255))),
    )


@claim(
    "eq-10.4-corrected",
    "correction of eq-10.4",
    "The filter (10.4) sees the red channel alone: it fires on every vertical edge (a horizontal "
    "gradient) across which red falls, whatever green and blue do.",
    Grade.CERTIFIED,
)
def eq_10_4_corrected() -> Evidence:
    image = entries("x", (3, 4, 3))
    if not same(_rgb(image), correlate(image[..., 0], _VERTICAL)):
        return refuted("the output is not that of (10.2) on the red channel")
    return certified("for all images of 3 x 4 pixels: (10.4) = (10.2) on the red channel alone", 1)
