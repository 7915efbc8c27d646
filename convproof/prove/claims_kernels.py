"""10.1.1 and 10.1.2: the name of the operation, hand-crafted kernels and what they respond to."""

from __future__ import annotations

import numpy as np
import sympy as sp

from convproof import reference
from convproof.evidence import Status
from convproof.judgement import Finding, Judgement
from convproof.prove.settle import certified, failed, holds, proved, refuted, undone
from convproof.prove.symbolic import Array, entries, same
from convproof.spec import Axis

VERTICAL = np.array([[1, 0, -1]] * 3)  # (10.2)
HORIZONTAL = VERTICAL.T  # (10.3)


def correlate(x: Array, kernel: Array) -> Array:
    """(10.1), by the reference: one image, one channel, stride 1, no padding."""
    axes = [Axis(taps) for taps in kernel.shape]
    return reference.conv(x[None, ..., None], kernel[..., None, None], None, axes)[0, ..., 0]


def convolve(x: Array, kernel: Array) -> Array:
    """The convolution of mathematics on the same positions: the kernel runs backwards."""
    rows, columns = kernel.shape
    out = np.zeros((x.shape[0] - rows + 1, x.shape[1] - columns + 1), dtype=object)
    for i, j in np.ndindex(*out.shape):
        out[i, j] = sum(
            x[i + rows - 1 - k, j + columns - 1 - l] * kernel[k, l]
            for k, l in np.ndindex(rows, columns)
        )
    return out


def _name() -> Finding:
    image = np.array([[1, 0, 0]] * 3)
    as_chapter, as_convolution = correlate(image, VERTICAL), convolve(image, VERTICAL)
    if same(as_chapter, as_convolution):
        return undone("(10.1) and convolution agree on the witness")
    return refuted(
        "convolution turns the kernel round: a bright left edge under (10.2) gives the other sign",
        image=image,
        kernel=VERTICAL,
        formula=as_chapter,
        convolution=as_convolution,
    )


def _turned() -> Finding:
    shapes = [((4, 4), (2, 3)), ((3, 4), (3, 2)), ((3, 3), (1, 1)), ((3, 3), (3, 3))]
    for image, kernel in shapes:
        x, w = entries("x", image), entries("w", kernel)
        if not same(correlate(x, w), convolve(x, w[::-1, ::-1])):
            return failed("(10.1) is not convolution with the turned kernel", shape=(image, kernel))
    return holds(
        f"equal as polynomials on {len(shapes)} shapes",
        certified("(10.1) = convolution with the kernel turned by 180 degrees", len(shapes)),
    )


def _response(kernel: Array, across: int) -> Finding:
    bright, dark, extra = sp.symbols("bright dark other", real=True)
    flat = np.full((3, 3), bright, dtype=object)
    shown = 0
    if correlate(flat, kernel)[0, 0] != 0:
        return failed("a flat patch does not cancel", response=correlate(flat, kernel)[0, 0])
    for place in (1, 2):  # the edge after the first, or the second, line of the patch
        patch = np.full((3, 3), dark, dtype=object)
        patch[(slice(None), slice(place)) if across else (slice(place), slice(None))] = bright
        found = sp.expand(correlate(patch, kernel)[0, 0] - 3 * (bright - dark))
        along = sp.expand(correlate(patch.T, kernel)[0, 0])
        if found != 0 or along != 0:
            return failed("the edge response is not 3 (bright - dark)", found=found, along=along)
        shown += 2
    slope = np.array([[bright + extra * (j if across else i) for j in range(3)] for i in range(3)])
    ramp = sp.expand(correlate(slope, kernel)[0, 0])
    return holds(
        "flat 0, edge 3(bright - dark), the other direction 0",
        certified(
            "for all intensities: a flat patch gives exactly 0, an edge 3(bright - dark), an edge "
            f"in the other direction 0, a slope of t a pixel {sp.sstr(ramp)}".replace("other", "t"),
            shown + 2,
        ),
    )


def _filter_of_red() -> Array:
    kernel = np.zeros((3, 3, 3, 1), dtype=int)
    kernel[:, :, 0, 0] = VERTICAL
    return kernel


def _rgb(image: Array) -> Array:
    return reference.conv(image[None], _filter_of_red(), None, [Axis(3), Axis(3)])[0, ..., 0]


def _edge(left: tuple[int, int, int], right: tuple[int, int, int]) -> Array:
    return np.array([[left, left, right, right]] * 3)


def _only_red() -> Finding:
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


def _red_alone() -> Finding:
    image = entries("x", (3, 4, 3))
    if not same(_rgb(image), correlate(image[..., 0], VERTICAL)):
        return failed("the output is not that of (10.2) on the red channel")
    return holds(
        "equal as polynomials",
        certified("for all images of 3 x 4 pixels: (10.4) = (10.2) on the red channel alone", 1),
    )


def claims() -> list[Judgement]:
    """The claims on kernels, none of them judged yet."""
    return [
        Judgement(
            "convolution-name",
            "chapter, 10.1.1, (10.1) (10.5) (10.8)",
            "The operation of (10.1), (10.5) and (10.8) is convolution.",
            _name,
            Status.REFUTED,
            "cross-correlation",
        ),
        Judgement(
            "cross-correlation",
            "correction of convolution-name",
            "The operation of (10.1) is cross-correlation: convolution with the kernel turned by "
            "180 degrees.",
            lambda: proved(theorems=("cross_correlation_is_turned_convolution",), support=_turned),
        ),
        Judgement(
            "eq-10.2",
            "chapter, (10.2)",
            "K_vert gives 0 on a flat region and 3(bright - dark) on a vertical edge that is "
            "bright on its left.",
            lambda: _response(VERTICAL, 1),
        ),
        Judgement(
            "eq-10.3",
            "chapter, (10.3)",
            "K_horiz gives 0 on a flat region and 3(bright - dark) on a horizontal edge that is "
            "bright on top.",
            lambda: _response(HORIZONTAL, 0),
        ),
        Judgement(
            "eq-10.4",
            "chapter, (10.4)",
            "The filter (10.4) gives a strong positive output only on vertical edges that are red.",
            _only_red,
            Status.REFUTED,
            "eq-10.4-corrected",
        ),
        Judgement(
            "eq-10.4-corrected",
            "correction of eq-10.4",
            "The filter (10.4) sees the red channel alone: it fires on every vertical edge (a "
            "horizontal gradient) across which red falls, whatever green and blue do.",
            _red_alone,
        ),
    ]
