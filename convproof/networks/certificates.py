"""What was found about a network, exactly: for one shape, through the public functions.

A layer is linear in its input and in its kernel, so it is decided on one-hot images and one-hot
kernels: that is every edge and every weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from sympy import ZZ
from sympy.polys.orderings import lex
from sympy.polys.rings import PolyRing

from convproof.certify.polynomials import generators
from convproof.derive.symbols import DZ, K, X
from convproof.errors import SpecError
from convproof.evidence import Evidence, Grade, Verdict
from convproof.functions.arrays import Array, Sizes
from convproof.networks.layers import Dense
from convproof.networks.matrix import Linear, tied, with_outputs
from convproof.networks.operations import Connect, Correlate, Operation, Pool
from convproof.networks.ties import Ties
from convproof.spec import AvgPool

MOST_CALLS = 4096  # one-hot kernels, or one-hot gradients, that a certificate tries


@dataclass(frozen=True)
class Certified:
    """A statement decided exactly; grade CERTIFIED if it holds, for what is named alone."""

    statement: str
    verdict: Verdict
    compared: int

    @property
    def evidence(self) -> Evidence:
        """The same as one piece of a ledger's evidence."""
        grade = Grade.CERTIFIED if self.verdict.holds else Grade.REFUTED
        text = f"{self.statement}: {self.verdict.reason}"
        return Evidence(grade, text, {"compared": self.compared})

    def __str__(self) -> str:
        return f"{self.verdict.status.value}: {self.statement}: {self.verdict.reason}"


def operation_of(spec: Linear) -> Operation:
    """What runs the layer: the verified functions."""
    if isinstance(spec, Dense):
        return Connect(spec)
    return Pool(spec) if isinstance(spec, AvgPool) else Correlate(spec)


def one_hot(count: int, shape: Sizes) -> Array:
    """All images of `shape` with a single 1: (count, *shape)."""
    return np.eye(count, dtype=np.int64).reshape(count, *shape)


def layer_ties(spec: Linear, shape: Sizes) -> tuple[Linear, Ties]:
    """The layer with a number of outputs, and its edges on one image of `shape`."""
    if isinstance(spec, AvgPool):
        return spec, tied(spec, None, shape)[0]
    if len(shape) != (1 if isinstance(spec, Dense) else spec.rank + 1):
        raise SpecError.of("input_shape", shape, "one image with its channels, or features")
    full, kernel = with_outputs(spec, (), shape[-1], plain=False)
    return full, tied(full, np.zeros(kernel, np.int64), shape)[0]


def kernels(ties: Ties, spec: Linear) -> Iterator[Array | None]:
    """Every one-hot kernel; the one choice of a mean."""
    if isinstance(spec, AvgPool):
        yield None
        return
    count = prod(ties.weight_shape)
    expect_few("one-hot kernels", count)
    yield from one_hot(count, ties.weight_shape)


def expect_few(what: str, count: int) -> None:
    """Refuse a certificate that would take too long."""
    if count > MOST_CALLS:
        raise SpecError.of("input_shape", f"{count} {what}", f"at most {MOST_CALLS}", "go smaller")


def certify_matrix(spec: Linear, input_shape: Sequence[int], ties: Ties | None = None) -> Certified:
    """`as_matrix` is the layer: on every one-hot image under every one-hot kernel.

    Both sides are linear in image and kernel, so equality there is equality for all numbers.

    Args:
        spec: a `Conv`, `ConvTranspose`, `AvgPool` or `Dense`.
        input_shape: of one image, (*space, C) or (features,).
        ties: the edges to be judged, in place of `as_matrix`'s own.
    """
    shape = tuple(input_shape)
    full, own = layer_ties(spec, shape)
    ties = own if ties is None else ties
    run = operation_of(full)
    images = one_hot(prod(shape), shape)
    statement = f"{type(full).__name__} on {shape} is the fully connected layer as_matrix gives"
    compared = 0
    for kernel in kernels(ties, full):
        given = {} if kernel is None else {"kernel": kernel}
        right = run.forward(given, images).reshape(len(images), -1)
        weights = np.ones(ties.weight_shape) if kernel is None else kernel
        got = ties.matrix(weights).toarray().T
        if got.shape != right.shape or not (got == right).all():
            where = None if got.shape != right.shape else np.argwhere(got != right)[0].tolist()
            verdict = Verdict.refute("another matrix", kernel=kernel, entry=where)
            return Certified(statement, verdict, compared)
        compared += right.size
    reason = f"{compared} coefficients, each for a one-hot image under a one-hot kernel"
    return Certified(statement, Verdict.held(reason), compared)


Backward = Callable[[Array, Array], Array]


def certify_pooling(
    spec: Linear, input_shape: Sequence[int], backward: Backward | None = None
) -> Certified:
    """The kernel's gradient is the untied layer's, copy by copy, summed over the ties (10.1.5).

    The untied twin has a kernel for each position; both sides are linear in dy and in x, and are
    compared for every one-hot dy with every one-hot x.

    Args:
        spec: a `Conv`, `ConvTranspose` or `Dense`.
        input_shape: of one image, (*space, C) or (features,).
        backward: (dy, x) -> the kernel's gradient, to be judged in place of the verified one.
    """
    shape = tuple(input_shape)
    full, ties = layer_ties(spec, shape)
    if isinstance(full, AvgPool):
        raise SpecError.of("spec", spec, "a layer with weights", "a mean has none")
    run = operation_of(full)
    given = {"kernel": np.zeros(ties.weight_shape, np.int64)}

    def verified(dy: Array, x: Array) -> Array:
        return run.backward(given, x, dy)[1]["kernel"]

    call = backward or verified
    untied, statement = (
        ties.untied(),
        (f"{type(full).__name__} on {shape}: the kernel's gradient is the sum over the copies"),
    )
    pairs = prod(ties.output_shape) * prod(shape)
    expect_few("pairs of a one-hot dy and a one-hot x", pairs)
    compared = 0
    for dy in one_hot(prod(ties.output_shape), ties.output_shape):
        for x in one_hot(prod(shape), shape):
            pooled = ties.pooled(untied.gradient(dy[np.newaxis], x[np.newaxis]))
            found = call(dy[np.newaxis], x[np.newaxis])
            if found.shape != pooled.shape or not (found == pooled).all():
                verdict = Verdict.refute("the sums differ", dy=dy, x=x, got=found, pooled=pooled)
                return Certified(statement, verdict, compared)
            compared += pooled.size
    copies = ties.copies
    reason = (
        f"{len(ties)} copies of {copies.size} weights, {copies.min()} to {copies.max()} of each; "
        f"every one of {pairs} pairs of a one-hot dy and a one-hot x"
    )
    return Certified(statement, Verdict.held(reason), compared)


def certify_ties(ties: Ties, pool: Callable[[Array], Array] | None = None) -> Certified:
    """For any map of edges to weights: the pooled gradient is the gradient of the tied loss.

    The squared loss of one image, L(w) = sum over outputs of (y - t)^2, as a polynomial in the
    weights, the image and the targets, all independent: its derivatives by the weights, taken by
    SymPy's polynomials, against the pooled gradients of the untied layer at the spread weights.

    Args:
        ties: few edges, without a scale.
        pool: what pools the edges' gradients, to be judged in place of `ties.pooled`.
    """
    if ties.scale is not None:
        raise SpecError.of("ties", ties, "ties without a scale")
    shapes = {K: ties.weight_shape, X: ties.input_shape, DZ: ties.output_shape}
    ring = generators(shapes, lambda names: PolyRing(names, ZZ, lex).gens)
    w, x, target = ring[K], ring[X][np.newaxis], ring[DZ][np.newaxis]
    spread = w.reshape(-1)[ties.weights]
    # the tied loss, summed edge by edge, without any of the functions that are judged
    output: list[Any] = [0] * prod(ties.output_shape)
    for edge, weight in enumerate(spread):
        pixel = x.reshape(-1)[int(ties.inputs[edge])]
        output[int(ties.outputs[edge])] += weight * pixel
    gaps = [y - t for y, t in zip(output, target.reshape(-1), strict=True)]
    loss = sum(gap * gap for gap in gaps)
    slope = np.array([2 * gap for gap in gaps], object).reshape(target.shape)
    found = (pool or ties.pooled)(ties.untied().gradient(slope, x))
    statement = (
        f"{len(ties)} edges tied to {w.size} weights: the gradient pooled over the copies is the "
        "gradient of the tied loss"
    )
    for place in np.ndindex(*w.shape):
        if found[place] != loss.diff(w[place]):
            verdict = Verdict.refute("another polynomial", weight=place, got=str(found[place]))
            return Certified(statement, verdict, 0)
    reason = f"{w.size} polynomials in {w.size + x.size + target.size} variables"
    return Certified(statement, Verdict.held(reason), w.size)
