"""The opening of 10.2: a fully connected net can simulate a convolutional one; the paper behind."""

from __future__ import annotations

import numpy as np

from convproof import reference
from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, cited, proved, refuted
from convproof.chapter.symbolic import entries, same, small_axes
from convproof.evidence import Evidence, Grade

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
    return certified("the tied, partly zero matrix times the image is the convolution", cases)


@claim(
    "fc-simulates-conv",
    "chapter, 10.2",
    "A convolution is the fully connected layer with one weight an edge, its entries zero or "
    "tied by tap.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    alone=Grade.OPEN,
)
def fc_simulates_conv() -> list[Evidence]:
    return proved(
        "edge-has-one-tap",
        "copies-are-outputs",
        "tie-classes-partition",
        theorems=("tied_forward",),
        shapes=_as_dense(),
    )


@claim(
    "footnote-2",
    "chapter, footnote 2",
    "The paper behind 10.2 is of ICML 2021.",
    Grade.REFUTED,
    replaced_by="footnote-2-corrected",
)
def footnote_2() -> Evidence:
    return refuted("the paper appeared at ICLR 2021", chapter="ICML 2021", paper="ICLR 2021")


@claim(
    "footnote-2-corrected",
    "correction of footnote-2",
    "The paper behind 10.2 is of ICLR 2021.",
    Grade.CITED,
)
def footnote_2_corrected() -> Evidence:
    return cited(_PAPER)
