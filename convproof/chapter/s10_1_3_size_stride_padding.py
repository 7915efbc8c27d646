"""10.1.3: channels, bias, stride, padding, groups: what the formulas say, right or wrong."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, proved, refuted, undone
from convproof.chapter.symbolic import SMALL, correlate, entries, same, small_axes
from convproof.derive import derive
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.spec import ACTIVATIONS, Axis, Conv


@claim(
    "footnote-1",
    "chapter, footnote 1",
    "The m-th filter is K[:,:,m].",
    Grade.REFUTED,
    replaced_by="footnote-1-corrected",
)
def footnote_1() -> Evidence:
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


@claim(
    "footnote-1-corrected",
    "correction of footnote-1",
    "The m-th filter is K[:,:,:,m], and it alone makes the m-th output map.",
    Grade.CERTIFIED,
)
def footnote_1_corrected() -> Evidence:
    x, w = entries("x", (1, 3, 3, 2)), entries("w", (2, 2, 2, 3))
    z = reference.conv(x, w, None, [Axis(2), Axis(2)])
    for m in range(3):
        alone = reference.conv(x, w[..., m : m + 1], None, [Axis(2), Axis(2)])
        if not same(z[..., m : m + 1], alone):
            return refuted("map m is not made by filter m alone", m=m)
    told = "3 x 3 images of 2 channels, 2 x 2 kernels, 3 maps: map m is that of K[:,:,:,m] alone"
    return certified(told, 3)


def _channels() -> Evidence:
    cases = 0
    for inputs, outputs in itertools.product((1, 2, 3), (1, 2)):
        x, w = entries("x", (1, 3, 4, inputs)), entries("w", (2, 2, inputs, outputs))
        z = reference.conv(x, w, None, [Axis(2), Axis(2)])[0]
        for m in range(outputs):
            parts = [correlate(x[0, ..., c], w[:, :, c, m]) for c in range(inputs)]
            if not same(z[..., m], np.sum(np.array(parts, dtype=object), axis=0)):
                return refuted("not the sum over input channels", inputs=inputs, output=m)
            cases += 1
    told = "3 x 4 images of 1 to 3 channels, 2 x 2 kernels, 1 or 2 maps"
    return certified(f"each map is the sum over input channels of (10.1): {told}", cases)


@claim(
    "eq-10.5",
    "chapter, (10.5)",
    "Each output map is the sum over the input channels of (10.1) with that channel's kernel.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
)
def eq_10_5() -> list[Evidence]:
    return proved(theorems=("channels_apart",), shapes=_channels())


@claim(
    "eq-10.6",
    "chapter, (10.6)",
    "The bias b_m is added to every entry of map m and sigma applied entry by entry; the gradients "
    "by input, kernel and bias are those of the layer without sigma, fed with dY * sigma'(Z + b).",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    assumes=(
        Hypothesis(
            "sigma has its derivative at every entry that it is taken of",
        ),
        Hypothesis("strides are positive", "the axis refuses others"),
    ),
)
def eq_10_6() -> list[Evidence]:
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
                return [refuted("a gradient through the activation differs", at=symbols[place])]
            count += 1
    computed = certified(
        "for any differentiable sigma, 3 x 3 image and 2 x 2 kernel: b_m enters every entry of "
        "map m, and the gradients for X, K and b are the layer's, fed with dY * sigma'(Z + b)",
        count,
    )
    theorems = ("activated_is_forward", "activation_gradients")
    found = proved(theorems=theorems, shapes=computed)
    for activation in ACTIVATIONS:
        replayed = derive(Conv((2,), 2, activation=activation)).check()
        told = f"derivation with {activation}: {replayed.reason}"
        found.append(Evidence.of(Grade.CERTIFIED, told, replayed).aside())
    return found


def _padded() -> Evidence:
    cases = 0
    for axis, size in small_axes():
        x, w = entries("x", (1, size, 1)), entries("w", (axis.kernel, 1, 1))
        wide = np.zeros((1, size + axis.pad_lo + axis.pad_hi, 1), dtype=object)
        wide[:, axis.pad_lo : axis.pad_lo + size] = x
        bare = Axis(axis.kernel, axis.stride, axis.dilation)
        if not same(reference.conv(x, w, None, [axis]), reference.conv(wide, w, None, [bare])):
            return refuted("padding is not a border of zeros", axis=axis, size=size)
        dense = Axis(axis.kernel, 1, axis.dilation, axis.pad_lo, axis.pad_hi)
        if not same(
            reference.conv(x, w, None, [axis]),
            reference.conv(x, w, None, [dense])[:, :: axis.stride],
        ):
            return refuted("stride S does not keep every S-th position", axis=axis, size=size)
        cases += 1
    told = f"padding = a border of zeros; stride S = every S-th output of stride 1: {cases} {SMALL}"
    return certified(told, cases)


@claim(
    "padding-and-stride",
    "chapter, 10.1.3",
    'Padding is a border of zeros ("same" padding gives ceil(H/S) outputs, "full" padding '
    "H + d(K-1) at stride 1), and stride S keeps every S-th position.",
    Grade.CERTIFIED,
    alone=Grade.OPEN,
)
def padding_and_stride() -> list[Evidence]:
    return [_padded(), *proved("size-same", "size-full")]


@claim(
    "eq-10.7",
    "chapter, (10.7)",
    "The number of output positions is floor((H - K + 2P)/S) + 1 for every H, K, P, S.",
    Grade.REFUTED,
    replaced_by="eq-10.7-corrected",
)
def eq_10_7() -> Evidence:
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


@claim(
    "eq-10.7-corrected",
    "correction of eq-10.7",
    "The number of output positions is max(0, floor((H + P + Q - d(K-1) - 1)/S) + 1); in ceil "
    "mode, where a kernel fits and Q is less than its extent, ceil(room/S) + 1 with room = H + P + "
    "Q - d(K-1) - 1, less one whose window would start after the image; (10.7) is right iff "
    "K <= H + 2P + S, so wherever a kernel fits.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def eq_10_7_corrected() -> list[Evidence]:
    return proved("size", "size-10.7", "size-10.7-domain", "size-ceil")


@claim(
    "eq-10.8",
    "chapter, (10.8)",
    "(10.8) reads the padded input inside its bounds at every position that (10.7) counts, "
    "with asymmetric padding and dilation too.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def eq_10_8() -> list[Evidence]:
    return proved("access-10.8", "access-padded")


@claim(
    "tap-slices",
    "10.1.3, for the generated code",
    "For each tap the outputs that read a pixel are those of the interval that the lowering "
    "computes, taps that it does not look at read none, and the slices of input and output stay in "
    "bounds and match in length.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def tap_slices() -> list[Evidence]:
    return proved("slice-outputs", "taps-in-reach", "slice-inputs")


@claim(
    "groups",
    "10.1.3, for grouped layers",
    "With groups, output channel m lies in the block of group floor(m/Mg), one of the G, and the "
    "input channels of that group are in bounds.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def groups() -> list[Evidence]:
    return proved("groups")
