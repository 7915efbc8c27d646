"""The formulas of 10.1.1-10.1.3: what (10.1)-(10.8) and their footnote say, right or wrong."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.evidence import Status
from convproof.judgement import Finding, Judgement
from convproof.prove.settle import (
    certified,
    failed,
    holds,
    joined,
    proved,
    refuted,
    undone,
)
from convproof.prove.symbolic import Array, entries, same, small_axes
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


def _channels() -> Finding:
    cases = 0
    for inputs, outputs in itertools.product((1, 2, 3), (1, 2)):
        x, w = entries("x", (1, 3, 4, inputs)), entries("w", (2, 2, inputs, outputs))
        z = reference.conv(x, w, None, [Axis(2), Axis(2)])[0]
        for m in range(outputs):
            parts = [correlate(x[0, ..., c], w[:, :, c, m]) for c in range(inputs)]
            if not same(z[..., m], np.sum(np.array(parts, dtype=object), axis=0)):
                return failed("not the sum over input channels", inputs=inputs, output=m)
            cases += 1
    return holds(
        f"equal as polynomials in {cases} cases",
        certified("each output map is the sum over input channels of (10.1)", cases),
    )


def _slice() -> Finding:
    weights = np.zeros((3, 3, 2, 4))
    as_footnote = weights[:, :, 1].shape
    as_meant = weights[:, :, :, 1].shape
    if as_footnote == as_meant:
        return undone("both slices have the same shape")
    return refuted(
        "the third index of K is the input channel: K[:,:,m] is no filter",
        kernel_shape=weights.shape,
        footnote_slice=as_footnote,
        filter_shape=as_meant,
    )


def _one_filter() -> Finding:
    x, w = entries("x", (1, 3, 3, 2)), entries("w", (2, 2, 2, 3))
    z = reference.conv(x, w, None, [Axis(2), Axis(2)])
    for m in range(3):
        alone = reference.conv(x, w[..., m : m + 1], None, [Axis(2), Axis(2)])
        if not same(z[..., m : m + 1], alone):
            return failed("map m is not made by filter m alone", m=m)
    return holds("3 maps", certified("output map m is that of the filter K[:,:,:,m] alone", 3))


def _bias() -> Finding:
    act = sp.Function("sigma")
    x, w, b = entries("x", (1, 3, 3, 1)), entries("w", (2, 2, 1, 2)), entries("b", (2,))
    axes = [Axis(2), Axis(2)]
    z = reference.conv(x, w, b, axes)
    g = entries("g", z.shape)
    loss = sum(g[p] * act(z[p]) for p in np.ndindex(*z.shape))
    at = sp.Symbol("at", real=True)
    slope = np.empty(z.shape, dtype=object)
    for p in np.ndindex(*z.shape):
        slope[p] = g[p] * sp.Subs(act(at).diff(at), at, z[p])
    dx, dw, db = reference.conv_backward(slope, x, w, axes)
    count = 0
    for wanted, symbols in ((dx, x), (dw, w), (db, b)):
        for place in np.ndindex(*symbols.shape):
            if sp.simplify((loss.diff(symbols[place]) - wanted[place]).doit()) != 0:
                return failed("a gradient through the activation differs", at=symbols[place])
            count += 1
    return holds(
        f"{count} derivatives",
        certified(
            "for any differentiable sigma: b_m enters every entry of map m, and the gradients for "
            "X, K and b are the layer's, fed with dY * sigma'(Z + b)",
            count,
        ),
    )


def _size_formula() -> Finding:
    ranges = itertools.product(range(1, 3), range(1, 7), range(2), range(1, 4))
    for h, kernel, pad, stride in sorted(ranges, key=sum):
        formula = (h - kernel + 2 * pad) // stride + 1
        count = reference.output_size(Axis(kernel, stride, 1, pad, pad), h)
        if formula != count:
            return refuted(
                "with a kernel larger than the padded input the formula goes below zero",
                H=h,
                K=kernel,
                P=pad,
                S=stride,
                formula=formula,
                windows=count,
            )
    return undone("the formula agrees with counting on every small size")


def _padded() -> Finding:
    cases = 0
    for axis, size in small_axes():
        x, w = entries("x", (1, size, 1)), entries("w", (axis.kernel, 1, 1))
        wide = np.zeros((1, size + axis.pad_lo + axis.pad_hi, 1), dtype=object)
        wide[:, axis.pad_lo : axis.pad_lo + size] = x
        bare = Axis(axis.kernel, axis.stride, axis.dilation)
        if not same(reference.conv(x, w, None, [axis]), reference.conv(wide, w, None, [bare])):
            return failed("padding is not a border of zeros", axis=axis, size=size)
        dense = Axis(axis.kernel, 1, axis.dilation, axis.pad_lo, axis.pad_hi)
        if not same(
            reference.conv(x, w, None, [axis]),
            reference.conv(x, w, None, [dense])[:, :: axis.stride],
        ):
            return failed("stride S does not keep every S-th position", axis=axis, size=size)
        cases += 1
    return holds(
        f"equal as polynomials on {cases} axes",
        certified("padding = a border of zeros; stride S = every S-th output of stride 1", cases),
    )


def claims() -> list[Judgement]:
    """The claims on formulas, none of them judged yet."""
    return [
        Judgement(
            "eq-10.1",
            "chapter, (10.1)",
            "(10.1) is defined for exactly the valid positions 1 <= i <= H - K_H + 1 (likewise j) "
            "and reads X inside its bounds only.",
            lambda: proved("size-10.7", "access-10.8"),
        ),
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
        Judgement(
            "footnote-1",
            "chapter, footnote 1",
            "The m-th filter is K[:,:,m].",
            _slice,
            Status.REFUTED,
            "footnote-1-corrected",
        ),
        Judgement(
            "footnote-1-corrected",
            "correction of footnote-1",
            "The m-th filter is K[:,:,:,m], and it alone makes the m-th output map.",
            _one_filter,
        ),
        Judgement(
            "eq-10.5",
            "chapter, (10.5)",
            "Each output map is the sum over the input channels of (10.1) with that channel's "
            "kernel.",
            lambda: proved(theorems=("channels_apart",), support=_channels),
        ),
        Judgement(
            "eq-10.6",
            "chapter, (10.6)",
            "The bias b_m is added to every entry of map m and sigma applied entry by entry; "
            "gradients pass through as dY * sigma'(Z + b).",
            _bias,
        ),
        Judgement(
            "padding-and-stride",
            "chapter, 10.1.3",
            'Padding is a border of zeros ("same" and "full" padding keep and grow the size as '
            "they should), and stride S keeps every S-th position.",
            lambda: joined(_padded(), proved("size-same", "size-full")),
        ),
        Judgement(
            "eq-10.7",
            "chapter, (10.7)",
            "The number of output positions is floor((H - K + 2P)/S) + 1 for every H, K, P, S.",
            _size_formula,
            Status.REFUTED,
            "eq-10.7-corrected",
        ),
        Judgement(
            "eq-10.7-corrected",
            "correction of eq-10.7",
            "The number of output positions is max(0, floor((H + P + Q - d(K-1) - 1)/S) + 1), with "
            "ceil mode's own form; (10.7) is right iff K <= H + 2P + S, so whenever the kernel fits.",
            lambda: proved("size", "size-10.7", "size-10.7-domain", "size-ceil"),
        ),
        Judgement(
            "eq-10.8",
            "chapter, (10.8)",
            "(10.8) reads the padded input inside its bounds for exactly the positions (10.7) "
            "counts, with asymmetric padding and dilation too.",
            lambda: proved("access-10.8", "access-padded"),
        ),
        Judgement(
            "tap-slices",
            "10.1.3, for the generated code",
            "For each tap the outputs that read a pixel are an interval, and the slices of input "
            "and output that the code takes stay in bounds and match in length.",
            lambda: proved("slice-outputs", "slice-inputs"),
        ),
        Judgement(
            "groups",
            "10.1.3, for grouped layers",
            "With groups, every output channel reads the input channels of its own group, all in "
            "bounds.",
            lambda: proved("groups"),
        ),
    ]
