"""10.1.5: gradients as adjoints, shared weights, both poolings, and a layer as a tied matrix."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.judgement import Finding, Judgement
from convproof.prove.settle import certified, failed, holds, proved
from convproof.prove.symbolic import Array, entries, same, small_axes
from convproof.spec import Axis


def _signal(values: Array) -> Array:
    return values[None, :, None]


def _derived(pattern: str) -> tuple[str, ...]:
    """A theorem about the derivations of all three ranks."""
    return tuple(pattern.format(rank) for rank in (1, 2, 3))


def _adjoint() -> Finding:
    cases = 0
    for axis, size in small_axes():
        x, w = entries("x", (1, size, 1)), entries("w", (axis.kernel, 1, 1))
        z = reference.conv(x, w, None, [axis])
        g = entries("g", z.shape)
        loss = sp.expand((g * z).sum())
        dx, dw, _ = reference.conv_backward(g, x, w, [axis])
        for wanted, symbols in ((dx, x), (dw, w)):
            for place in np.ndindex(*symbols.shape):
                if sp.expand(loss.diff(symbols[place]) - wanted[place]) != 0:
                    return failed("a gradient is not the derivative", axis=axis, size=size)
        cases += 1
    return holds(
        f"equal as polynomials on {cases} axes",
        certified("the gradients for input and kernel are the derivatives of <g, conv x>", cases),
    )


def _copies() -> Finding:
    """Give every edge a weight of its own, differentiate, then sum over the copies of each tap."""
    cases = 0
    for axis, size in small_axes():
        x, w = entries("x", (1, size, 1)), entries("w", (axis.kernel, 1, 1))
        outputs = reference.output_size(axis, size)
        own, g = entries("e", (outputs, axis.kernel)), entries("g", (1, outputs, 1))
        loss: sp.Expr = sp.Integer(0)
        for (out,), pairs in reference.windows([axis], [size]):
            for (tap,), where in pairs:
                if where is not None:
                    loss += g[0, out, 0] * x[0, where[0], 0] * own[out, tap]
        summed = [sum(loss.diff(own[out, tap]) for out in range(outputs)) for tap in range(len(w))]
        wanted = reference.conv_backward(g, x, w, [axis])[1][:, 0, 0]
        if not same(np.array(summed, dtype=object), wanted):
            return failed("dL/dK is not the sum over the copies", axis=axis, size=size)
        cases += 1
    return holds(
        f"equal as polynomials on {cases} axes",
        certified("with one weight an edge, dL/dK[k] = sum over outputs of dL/d(copy)", cases),
    )


def _max_gradient() -> Finding:
    """Away from ties the derivative; at ties the first maximum takes it all."""
    cases = 0
    for window, stride in ((2, 2), (2, 1), (3, 2)):
        axes = [Axis(window, stride)]
        for pixels in itertools.product(range(3), repeat=5):
            x = np.array(pixels)
            y, _ = reference.max_pool(_signal(x), axes)
            g = np.arange(1, y.size + 1)
            dx = reference.max_pool_backward(g[None, :, None], _signal(x), axes)[0, :, 0]
            wanted = np.zeros(5, dtype=int)
            for out in range(y.size):
                part = x[out * stride : out * stride + window]
                wanted[out * stride + int(np.argmax(part))] += g[out]
                for at in range(window):
                    # Raising the winner by one raises the output by one; raising a pixel strictly
                    # below it does not (integers: one step up at most ties).
                    raised = part.copy()
                    raised[at] += 1
                    grew = raised.max() - part.max()
                    if grew != int(part[at] == part.max()):
                        return failed("a pixel below the maximum moves the output", image=x)
            if (dx != wanted).any():
                return failed("the gradient does not go to the first maximum", image=x)
            cases += 1
    return holds(
        f"{cases} images",
        certified("all images of 5 pixels with values 0, 1, 2: every order and every tie", cases),
    )


def _as_dense() -> Finding:
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
            return failed("the matrix is not the layer", axis=axis, size=size)
        cases += 1
    return holds(
        f"equal as polynomials on {cases} axes",
        certified("the tied, partly zero matrix times the image is the convolution", cases),
    )


def _average() -> Finding:
    cases = 0
    for axis, size in small_axes((1,)):
        if max(axis.pad_lo, axis.pad_hi) >= axis.extent:
            continue
        x = entries("x", (1, size, 1))
        y = reference.avg_pool(x, [axis])
        weights = np.full((axis.kernel, 1, 1), sp.Rational(1, axis.kernel), dtype=object)
        if not same(y, reference.conv(x, weights, None, [axis])):
            return failed("not the convolution with 1/K", axis=axis, size=size)
        g = entries("g", y.shape)
        dx = reference.avg_pool_backward(g, x, [axis])
        if sp.expand((g * y).sum() - (dx * x).sum()) != 0:
            return failed("the backward is not the adjoint", axis=axis, size=size)
        cases += 1
    return holds(
        f"equal as polynomials on {cases} axes",
        certified("the mean is the convolution with 1/K, and its backward the adjoint", cases),
    )


def claims() -> list[Judgement]:
    """The claims on gradients, none of them judged yet."""
    return [
        Judgement(
            "avg-pooling",
            "chapter, 10.1.4",
            "Average-pooling is the mean of each window: the convolution with 1/K on every tap, "
            "its backward the adjoint, its divisor min(K, what is left).",
            lambda: proved(
                "average-divisor",
                "gather-bounds",
                theorems=("adjoint_average", *_derived("avg_pool{}d_grad_x_is_adjoint")),
                support=_average,
            ),
        ),
        Judgement(
            "gradient-pooling",
            "chapter, 10.1.5",
            "The gradient of a shared weight is the sum of the gradients of its copies, one copy "
            "for each output position.",
            lambda: proved(
                "edge-has-one-tap",
                "copies-are-outputs",
                "tie-classes-partition",
                theorems=(
                    "pooled_gradient",
                    "adjoint_untied",
                    "gradient_w",
                    *_derived("conv{}d_grad_kernel_is_adjoint"),
                ),
                support=_copies,
            ),
        ),
        Judgement(
            "input-gradient",
            "chapter, 10.1.5",
            "The input gradient gathers, at pixel i, the outputs (i + P - dk)/S that are whole and "
            "in range: the adjoint of the forward; left-over pixels get zero.",
            lambda: proved(
                "gather-is-scatter",
                "gather-bounds",
                "leftover",
                theorems=(
                    "gather_is_scatter",
                    "axes_swap",
                    "gradient_x",
                    *_derived("conv{}d_grad_x_is_adjoint"),
                ),
                support=_adjoint,
            ),
        ),
        Judgement(
            "max-pool-gradient",
            "chapter, 10.1.5, by convention at ties",
            "Max-pooling passes each output's gradient to the first maximum of its window, "
            "overlaps added up.",
            lambda: proved(
                theorems=(
                    "first_maximum_is_first",
                    "select_winner",
                    "adjoint_select",
                    *_derived("max_pool{}d_grad_x_is_adjoint"),
                ),
                support=_max_gradient,
            ),
        ),
        Judgement(
            "fc-simulates-conv",
            "chapter, 10.2",
            "A convolution is the fully connected layer with one weight an edge, its entries zero "
            "or tied by tap.",
            lambda: proved(
                "edge-has-one-tap",
                "copies-are-outputs",
                "tie-classes-partition",
                theorems=("tied_forward",),
                support=_as_dense,
            ),
        ),
    ]
