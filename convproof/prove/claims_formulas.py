"""The formulas of 10.1: what (10.1), (10.5)-(10.8) and their footnote say, right or wrong."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.derive import derive
from convproof.evidence import Evidence, Grade, Status, Verdict
from convproof.judgement import Finding, Judgement
from convproof.prove.claims_kernels import correlate
from convproof.prove.settle import (
    certified,
    failed,
    holds,
    joined,
    proved,
    refuted,
    undone,
)
from convproof.prove.symbolic import entries, same, small_axes
from convproof.spec import ACTIVATIONS, Axis, Conv


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
    steps: list[Evidence] = []
    for activation in ACTIVATIONS:
        verdict = derive(Conv((2,), 2, activation=activation)).check()
        if not verdict.holds:
            return Finding(verdict, Grade.OPEN, tuple(steps))
        steps.append(
            Evidence(Grade.PROVED_STEPS, f"derivation with {activation}: {verdict.reason}")
        )
    return Finding(
        Verdict.held(f"the checked steps of {len(steps)} derivations; {count} derivatives"),
        Grade.PROVED_STEPS,
        (
            *steps,
            certified(
                "for any differentiable sigma: b_m enters every entry of map m, and the gradients "
                "for X, K and b are the layer's, fed with dY * sigma'(Z + b)",
                count,
            ),
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
            "ceil mode's own form; (10.7) is right iff K <= H + 2P + S, so wherever a kernel fits.",
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
