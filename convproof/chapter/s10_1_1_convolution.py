"""10.1 and 10.1.1: locality, the valid positions of (10.1), and the operation's name."""

from __future__ import annotations

import numpy as np

from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, proved, refuted, undone
from convproof.chapter.symbolic import Array, correlate, entries, same
from convproof.evidence import Evidence, Grade

_VERTICAL = np.array([[1, 0, -1]] * 3)  # (10.2)


@claim(
    "locality",
    "chapter, 10.1",
    "Output o reads no pixel i outside its window S*o - P <= i < S*o - P + d(K-1) + 1.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def locality() -> list[Evidence]:
    return proved("locality")


@claim(
    "eq-10.1",
    "chapter, (10.1)",
    "(10.1) is defined for exactly the valid positions 1 <= i <= H - K_H + 1 (likewise j) and "
    "reads X inside its bounds only.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.PROVED_SOLVERS,
    alone=Grade.OPEN,
)
def eq_10_1() -> list[Evidence]:
    return proved("size", "size-10.7", "access-10.8")


def _convolve(x: Array, kernel: Array) -> Array:
    """The convolution of mathematics on the same positions: the kernel runs backwards."""
    rows, columns = kernel.shape
    out = np.zeros((x.shape[0] - rows + 1, x.shape[1] - columns + 1), dtype=object)
    for i, j in np.ndindex(*out.shape):
        out[i, j] = sum(
            x[i + rows - 1 - k, j + columns - 1 - l] * kernel[k, l]
            for k, l in np.ndindex(rows, columns)
        )
    return out


@claim(
    "convolution-name",
    "chapter, 10.1.1, (10.1) (10.5) (10.8)",
    "The operation of (10.1), (10.5) and (10.8) is convolution.",
    Grade.REFUTED,
    replaced_by="cross-correlation",
)
def convolution_name() -> Evidence:
    image = np.array([[1, 0, 0]] * 3)
    as_chapter, as_convolution = correlate(image, _VERTICAL), _convolve(image, _VERTICAL)
    if same(as_chapter, as_convolution):
        return undone("(10.1) and convolution agree on the witness")
    return refuted(
        "convolution turns the kernel round: a bright left edge under (10.2) gives the other sign",
        image=image,
        kernel=_VERTICAL,
        formula=as_chapter,
        convolution=as_convolution,
    )


def _turned() -> Evidence:
    shapes = [((4, 4), (2, 3)), ((3, 4), (3, 2)), ((3, 3), (1, 1)), ((3, 3), (3, 3))]
    for image, kernel in shapes:
        x, w = entries("x", image), entries("w", kernel)
        if not same(correlate(x, w), _convolve(x, w[::-1, ::-1])):
            return refuted(
                "(10.1) is not convolution with the turned kernel", shape=(image, kernel)
            )
    named = ", ".join(f"{i[0]} x {i[1]} by {k[0]} x {k[1]}" for i, k in shapes)
    told = f"equal as polynomials to convolution with the kernel turned: {named}"
    return certified(told, len(shapes))


@claim(
    "cross-correlation",
    "correction of convolution-name",
    "The operation of (10.1) is cross-correlation: convolution with the kernel turned by 180 "
    "degrees.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
)
def cross_correlation() -> list[Evidence]:
    return proved(theorems=("cross_correlation_is_turned_convolution",), shapes=_turned())
