"""The opening of 10.2: a fully connected net can simulate a convolutional one; the paper behind."""

from __future__ import annotations

import itertools

import numpy as np

from convproof import reference
from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, cited, proved, refuted
from convproof.chapter.symbolic import SMALL, entries, same, small_axes
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.networks import as_matrix
from convproof.spec import Conv

_PAPER = (
    "Z. Li, Y. Zhang, S. Arora: Why are convolutional nets more sample-efficient than "
    "fully-connected nets? ICLR 2021 (arXiv:2010.08515)"
)


def _as_dense() -> Evidence:
    cases = 0
    for axis, size in small_axes():
        x, w = entries("x", (1, size, 1)), entries("w", (axis.kernel, 1, 1))
        z = reference.conv(x, w, None, [axis])[0, :, 0]
        dense = np.zeros((len(z), size), dtype=object)
        for (out,), pairs in reference.windows([axis], [size]):
            for (tap,), where in pairs:
                if where is not None:
                    dense[out, where[0]] = w[tap, 0, 0]
        if not same(z, dense @ x[0, :, 0]):
            return refuted("the matrix is not the layer", axis=axis, size=size)
        cases += 1
    told = f"the tied, partly zero matrix times the image is the convolution: {cases} {SMALL}"
    return certified(told, cases)


def _public() -> Evidence:
    """`as_matrix`, column by column: each is the layer's answer to one pixel alone."""
    layers, rng = 0, np.random.default_rng(0)
    for stride, dilation, groups, padding in itertools.product((1, 2), (1, 2), (1, 2), (0, 1)):
        spec = Conv(
            (3, 2), 4, stride=stride, dilation=dilation, groups=groups, padding=padding, bias=False
        )
        shape, kernel = (6, 5, 4), rng.integers(-9, 10, (3, 2, 4 // groups, 4))
        matrix = as_matrix(spec, kernel, shape).toarray()
        one_pixel = np.eye(int(np.prod(shape)), dtype=int).reshape(-1, *shape)
        wanted = reference.conv(one_pixel, kernel, None, spec.axes(shape[:2]), groups)
        if not np.array_equal(matrix.T, wanted.reshape(len(one_pixel), -1)):
            return refuted("cp.as_matrix is not the layer", spec=spec)
        layers += 1
    return certified(f"cp.as_matrix on {layers} layers of 6 x 5 pixels, every column", layers)


@claim(
    "fc-simulates-conv",
    "chapter, 10.2",
    "Without its bias, and padded by zeros, a convolution is a fully connected layer: output o is "
    "the sum over inputs i "
    "of A(o, i) x(i), with A(o, i) the weight of the tap that reads i for o in o's own group, and "
    "0 where there is none; on any number of axes, groups and channels included.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    assumes=(
        Hypothesis(
            "the dilation is positive",
            "the axis refuses others",
        ),
    ),
)
def fc_simulates_conv() -> list[Evidence]:
    return proved(
        theorems=(
            "matrix_is_layer",
            "place_number",
            "flat_sum",
            "dense_layer",
            "entry_is_one_weight",
            "entry_is_zero",
            "tied_entries_gradient",
        ),
        shapes=(_as_dense(), _public()),
    )


@claim(
    "footnote-2",
    "chapter, footnote 2, corrected",  # nothing can be computed here: no counterexample, a source
    "The paper behind 10.2 is of ICLR 2021, not of ICML 2021, which the footnote names.",
    Grade.CITED,
)
def footnote_2() -> Evidence:
    return cited(_PAPER)
