"""10.1.4: equivariance, pooling, invariance, and what a stack of layers sees."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, defined, proved, refuted, undone
from convproof.chapter.symbolic import SMALL, Array, entries, same, signal, small_axes
from convproof.derive.symbols import AXIS_NAMES
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.spec import Axis


def _moved(values: Array, by: int) -> Array:
    """`values` moved to the right by `by` pixels, zeros coming in."""
    out = np.zeros_like(values)
    for at, value in enumerate(values):
        if 0 <= at + by < len(values):
            out[at + by] = value
    return out


@claim(
    "translation-equivariance",
    "chapter, 10.1.4",
    "If an input object shifts, the activation in the feature map shifts with it.",
    Grade.REFUTED,
    replaced_by="translation-equivariance-corrected",
)
def translation_equivariance() -> Evidence:
    kernel = np.array([1, 2, 4])[:, None, None]
    x = np.array([0, 0, 0, 0, 1])
    same_pad, strided = Axis(3, 1, 1, 1, 1), Axis(3, 2)
    before = reference.conv(signal(x), kernel, None, [same_pad])[0, :, 0]
    after = reference.conv(signal(_moved(x, 1)), kernel, None, [same_pad])[0, :, 0]
    y = np.array([0, 0, 1, 0, 0, 0, 0])
    coarse = [
        reference.conv(signal(_moved(y, by)), kernel, None, [strided])[0, :, 0] for by in (0, 1)
    ]
    negative, pool = np.array([-5, -6, -7, -8]), [Axis(2, 1, 1, 1, 1)]
    pooled = [reference.max_pool(signal(_moved(negative, by)), pool)[0][0, :, 0] for by in (0, 1)]
    if (
        (after == _moved(before, 1)).all()
        or any((coarse[1] == _moved(coarse[0], by)).all() for by in range(-3, 4))
        or pooled[1][1] == pooled[0][0]
    ):
        return undone("a witness is equivariant")
    return refuted(
        "at the border the object leaves the image, with stride 2 a shift by one pixel is no shift "
        "of the output, and a padded maximum takes in the zero that comes in",
        image=x,
        kernel=kernel[:, 0, 0],
        output=before,
        output_of_shifted=after,
        shifted_output=_moved(before, 1),
        stride_2_output=coarse[0],
        stride_2_output_of_shifted=coarse[1],
        pooled_image=negative,
        pooled=pooled[0],
        pooled_of_shifted=pooled[1],
    )


def _regions() -> Evidence:
    """The iff for convolution, by images that tell every pixel and tap apart, on all small axes."""
    cases, size = 0, 5
    for kernel, stride, gap, lo, hi, by in itertools.product(
        (1, 2, 3), (1, 2), (1, 2), (0, 1, 2), (0, 1), (-2, -1, 1, 2)
    ):
        axis = Axis(kernel, stride, gap, lo, hi)
        # One output reads a pixel through at most one tap: in base 8 the sum shows which pixel
        # met which weight, so equal numbers are equal maps.
        x, w = 8 ** np.arange(1, size + 1), np.arange(1, kernel + 1)[:, None, None]
        before, after = (
            reference.conv(signal(image), w, None, [axis])[0, :, 0]
            for image in (x, _moved(x, by * stride))
        )
        for out in range(len(after)):
            if not 0 <= out - by < len(before):
                continue
            old = [stride * (out - by) + gap * k - lo for k in range(kernel)]
            lost = any(0 <= i < size and not 0 <= i + by * stride < size for i in old)
            if (after[out] == before[out - by]) is not np.bool_(not lost):
                return refuted("not iff no tap loses its pixel", axis=axis, by=by, output=out)
            cases += 1
    told = "outputs of axes with 5 pixels: the old one iff no tap loses its pixel, shifts both ways"
    return certified(f"{cases} {told}", cases)


@claim(
    "translation-equivariance-corrected",
    "correction of translation-equivariance",
    "Move the image by t strides on each axis, either way. A convolution's output o is its old "
    "output o - t, for every kernel and image, iff no tap of o loses its pixel (so wherever the "
    "window keeps off the padding on the side the image moves to). The same is enough for any "
    "reduction that is the same for every window and fills with what comes in (means that count "
    "their padding and divide by K everywhere, so not in ceil mode; max-pooling with -infinity "
    "coming in); where something else comes in, or the padding does not count, that is not "
    "enough, and it is where both windows lie inside. On the infinite lattice it is so "
    "everywhere; with circular padding, output o is the old output (o - t) mod H/S, where S "
    "divides H and there are H/S outputs or more.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    alone=Grade.OPEN,
    assumes=(
        Hypothesis(
            "stride and size are positive where the lattice or the circle needs it",
            "the axis refuses others",
        ),
        Hypothesis(
            "there is a channel, and a number that is not 0: else every output is its bias",
            "by construction: layers without channels are refused",
        ),
    ),
)
def translation_equivariance_corrected() -> list[Evidence]:
    return proved(
        "translation-region",
        "translation-circular",
        "translation-nowhere-else",
        theorems=(
            "conv_is_reduction",
            "conv_translation_iff",
            "translation",
            "filled_translation",
            "keeps_is_enough",
            "filled_translation_anything",
            "bounded_translation",
            "interior_is_enough",
            "mean_looks_at_taps",
            "mean_of_pixels_looks_at_taps",
            "largest_looks_at_taps",
            "padded_maximum_is_not_equivariant",
            "mean_of_pixels_is_not_equivariant",
            "mean_cut_short_is_not_equivariant",
            "lattice_translation",
            "circular_translation",
            "circular_repeats",
            "circular_translation_on_outputs",
        ),
        shapes=_regions(),
    )


def _max_pool() -> Evidence:
    """(10.9) written out, 1-based, against the reference on all small images."""
    cases = 0
    for window, stride in itertools.product((1, 2, 3), (1, 2, 3)):
        for pixels in itertools.product(range(2), repeat=5):
            z = dict(enumerate(pixels, start=1))
            got = reference.max_pool(signal(np.array(pixels)), [Axis(window, stride)])[0][0, :, 0]
            wanted = [
                max(z[stride * (i - 1) + 1 + k] for k in range(window))
                for i in range(1, (5 - window) // stride + 2)
            ]
            if list(got) != wanted:
                return refuted("not the maximum of (10.9)", image=pixels, window=window)
            cases += 1
    return certified("(10.9) on all 0-1 images of 5 pixels, windows and strides 1-3", cases)


@claim(
    "eq-10.9",
    "chapter, (10.9)",
    "Max-pooling takes the maximum of each window. Windows lie in bounds; without padding and "
    "dilation neighbours share a pixel iff S < K, with S <= K every pixel before the tail lies in "
    "a window, and with S > K none with i mod S >= K does.",
    Grade.CERTIFIED,
    alone=Grade.OPEN,
)
def eq_10_9() -> list[Evidence]:
    facts = (
        "access-padded",
        "windows-disjoint",
        "windows-overlap",
        "windows-cover",
        "windows-gap",
        "leftover",
    )
    return [_max_pool(), *proved(*facts)]


@claim(
    "local-invariance",
    "chapter, 10.1.4",
    "Max-pooling's output is invariant to small shifts of the input.",
    Grade.REFUTED,
    replaced_by="local-invariance-corrected",
)
def local_invariance() -> Evidence:
    pool = [Axis(2, 2)]
    x = np.array([0, 1, 0, 0])
    before, after = (reference.max_pool(signal(_moved(x, by)), pool)[0][0, :, 0] for by in (0, 1))
    if (before == after).all():
        return undone("the output did not change")
    return refuted(
        "a one-pixel shift across a window border moves the output",
        image=x,
        shifted=_moved(x, 1),
        pooled=before,
        pooled_shifted=after,
    )


def _keeps_maximum() -> Evidence:
    """Window output unchanged iff the window's maximum is: all 0-2 images of 6 pixels, exactly."""
    pool, cases = [Axis(2, 2)], 0
    for pixels in itertools.product(range(3), repeat=6):
        x = np.array(pixels)
        for by in (-1, 1):
            moved = _moved(x, by)
            before = reference.max_pool(signal(x), pool)[0][0, :, 0]
            after = reference.max_pool(signal(moved), pool)[0][0, :, 0]
            for window in range(3):
                old, new = x[2 * window : 2 * window + 2], moved[2 * window : 2 * window + 2]
                kept, larger = (new == old.max()).any(), (new > old.max()).any()
                if (before[window] == after[window]) != (kept and not larger):
                    return refuted("a window's output is not decided by its maximum", image=x)
                cases += 1
    return certified(
        "all images of 6 pixels with values 0, 1, 2, shifted by one: a window's output stays "
        "iff its maximum is still in it and nothing larger came in",
        cases,
    )


@claim(
    "local-invariance-corrected",
    "correction of local-invariance",
    "A window's output stays iff after the shift it holds a pixel as large as its old maximum, "
    "and none larger; where window and stride are both S, pixel i stays in its window iff "
    "0 <= (i mod S) + t < S.",
    Grade.CERTIFIED,
    alone=Grade.OPEN,
)
def local_invariance_corrected() -> list[Evidence]:
    return [_keeps_maximum(), *proved("same-window")]


def _average() -> Evidence:
    cases = 0
    for axis, size in small_axes((1,)):
        if max(axis.pad_lo, axis.pad_hi) >= axis.extent:
            continue
        x = entries("x", (1, size, 1))
        y = reference.avg_pool(x, [axis])
        weights = np.full((axis.kernel, 1, 1), sp.Rational(1, axis.kernel), dtype=object)
        if not same(y, reference.conv(x, weights, None, [axis])):
            return refuted("not the convolution with 1/K", axis=axis, size=size)
        g = entries("g", y.shape)
        dx = reference.avg_pool_backward(g, x, [axis])
        if sp.expand((g * y).sum() - (dx * x).sum()) != 0:
            return refuted("the backward is not the adjoint", axis=axis, size=size)
        cases += 1
    told = f"the mean is the convolution with 1/K, and its backward the adjoint: {cases} {SMALL}"
    return certified(told, cases)


@claim(
    "avg-pooling",
    "chapter, 10.1.4",
    "Average-pooling is the mean of each window: the sum over its pixels times the inverse of its "
    "divisor, which is the count min(K, what is left), or (on one axis) that of its pixels where "
    "padding does not count, in ceil mode too; its backward is the derivative of that.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    alone=Grade.OPEN,
)
def avg_pooling() -> list[Evidence]:
    ranks = (1, 2, 3)
    kinds = [
        f"avg_pool{r}d{kind}" for r in ranks for kind in ("", "_pixels", "_ceil", "_ceil_pixels")
    ]
    theorems = (
        *(f"derived_{kind}_divisor_{axis}" for kind in kinds for axis in AXIS_NAMES[int(kind[8])]),
        *(f"derived_{kind}_{goal}" for kind in kinds for goal in ("forward", "gradient_x")),
        *(f"avg_pool{rank}d_grad_x_is_adjoint" for rank in ranks),
        "adjoint_average",
    )
    shown = proved("average-divisor", theorems=theorems, shapes=_average())
    return [*shown, *defined(*kinds)]


@claim(
    "stack",
    "chapter, 10.1.4",
    "Two layers in a row, where both kernels fit, have the size, stride and receptive field of "
    "one: strides multiply, extents add up scaled by the strides before them, padding likewise.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def stack() -> list[Evidence]:
    return proved("stack-size", "stack-field")
