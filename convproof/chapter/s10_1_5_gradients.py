"""10.1.5: gradients as adjoints, shared weights, and both poolings."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.chapter.claim import claim
from convproof.chapter.parts import RULES, certified, defined, derived, proved, refuted
from convproof.chapter.symbolic import SMALL, entries, same, signal, small_axes
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.prove.coq.derivations import derivations as every
from convproof.spec import Axis

_RANKS = (1, 2, 3)


def _copies() -> Evidence:
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
            return refuted("dL/dK is not the sum over the copies", axis=axis, size=size)
        cases += 1
    told = f"one weight an edge, dL/dK[k] = sum over outputs of dL/d(copy): {cases} {SMALL}"
    return certified(told, cases)


@claim(
    "gradient-pooling",
    "chapter, 10.1.5",
    "The gradient of a shared weight is the sum of the gradients of its copies, one copy for "
    "each output position.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    alone=Grade.OPEN,
    assumes=(
        Hypothesis(
            "the loss is differentiable at the point reached",
            "what a gradient is",
        ),
    ),
)
def gradient_pooling() -> list[Evidence]:
    shown = proved(
        "edge-has-one-tap",
        "copies-are-outputs",
        "tie-classes-partition",
        theorems=(
            "pool_is_transpose",
            "pool_is_the_only_transpose",
            "pooled_gradient_is_gradient",
            "pooled_gradient",
            "tied_forward",
            "adjoint_w",
            "adjoint_untied",
            "gradient_w",
            *(f"derived_conv{rank}d_gradient_kernel" for rank in _RANKS),
            *(f"conv{rank}d_grad_kernel_is_adjoint" for rank in _RANKS),
        ),
        shapes=_copies(),
    )
    return [*shown, *defined(*(f"conv{rank}d" for rank in _RANKS))]


_LAWS = ("constant", "add", "mul", "scale")


@claim(
    "backpropagation",
    "chapter, 10.1.5",
    "Backpropagation through any composition of layers, weights shared within and across them, "
    "gives the gradient of the loss at every point where no layer has a kink, and averaged over a "
    "minibatch that of the mean loss. Over the real numbers weighted edges, the logistic function "
    "and tanh have no kink anywhere, ReLU none off 0, and max-pooling none where each window has "
    "one maximum.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.OPEN,
    assumes=(
        Hypothesis(
            "each layer's backward is the adjoint of its derivative",
            "proved of layers of edges, activations and pooling winners",
        ),
        Hypothesis("no layer has a kink at the point reached"),
        Hypothesis(
            "the loss is differentiable at the net's output, and its gradient there is what is "
            "handed back",
            "what a gradient is",
        ),
    ),
)
def backpropagation() -> list[Evidence]:
    return proved(
        theorems=(
            "backpropagation",
            "backpropagation_weights",
            "edge_layer_has_no_kink",
            "edge_layer_backward_is_adjoint",
            "pointwise_layer_has_no_kink",
            "pointwise_layer_backward_is_adjoint",
            "selecting_layer_has_no_kink",
            "selecting_layer_backward_is_adjoint",
            # over the real numbers the hypotheses can be met, with the usual derivative
            "edge_layer_is_differentiable",
            "real_chain",
            "relu_off_zero",
            "sigmoid_has_slope",
            "tanh_has_slope",
            "strict_winner_stays",
            "relu_layer_has_no_kink",
            "sigmoid_layer_has_no_kink",
            "tanh_layer_has_no_kink",
            "sigmoid_slope_as_computed",
            "tanh_slope_as_computed",
            "max_layer_has_no_kink",
            # a training loss is a mean over samples
            "minibatch_gradient",
            # what is asked of a slope is met: over the real numbers, and over any ring
            *(f"{kind}_{law}" for kind in ("real", "algebraic") for law in _LAWS),
            "algebraic_identity",
            "real_unique",
            "algebraic_unique_Z",
        )
    )


def _adjoint() -> Evidence:
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
                    return refuted("a gradient is not the derivative", axis=axis, size=size)
        cases += 1
    told = f"the gradients for input and kernel are those of <g, conv x>: {cases} {SMALL}"
    return certified(told, cases)


@claim(
    "input-gradient",
    "chapter, 10.1.5",
    "The input gradient gathers, at pixel i, the outputs (i + P - dk)/S that are whole and in "
    "range: the adjoint of the forward; left-over pixels get zero.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    alone=Grade.OPEN,
)
def input_gradient() -> list[Evidence]:
    shown = proved(
        "gather-is-scatter",
        "gather-bounds",
        "leftover",
        theorems=(
            "gather_is_scatter",
            "axis_swap",
            "axes_swap",
            "adjoint_x",
            "gradient_x",
            *(f"derived_conv{rank}d_gradient_x" for rank in _RANKS),
            *(f"conv{rank}d_grad_x_is_adjoint" for rank in _RANKS),
        ),
        shapes=_adjoint(),
    )
    return [*shown, *defined(*(f"conv{rank}d" for rank in _RANKS))]


def _max_gradient() -> Evidence:
    """Away from ties the derivative; at ties the first maximum takes it all."""
    cases = 0
    for window, stride in ((2, 2), (2, 1), (3, 2)):
        axes = [Axis(window, stride)]
        for pixels in itertools.product(range(3), repeat=5):
            x = np.array(pixels)
            y, _ = reference.max_pool(signal(x), axes)
            g = np.arange(1, y.size + 1)
            dx = reference.max_pool_backward(g[None, :, None], signal(x), axes)[0, :, 0]
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
                        return refuted("a pixel below the maximum moves the output", image=x)
            if (dx != wanted).any():
                return refuted("the gradient does not go to the first maximum", image=x)
            cases += 1
    return certified("all images of 5 pixels with values 0, 1, 2: every order and every tie", cases)


@claim(
    "max-pool-gradient",
    "chapter, 10.1.5, by convention at ties",
    "Max-pooling's backward is the derivative of its output where that moves as its first winner "
    "does: each output's gradient goes to the first maximum of its window in row-major order, and "
    "overlaps add up.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.CERTIFIED,
    assumes=(Hypothesis("the maximum moves as the first of its winners"),),
)
def max_pool_gradient() -> list[Evidence]:
    theorems = (
        "first_maximum_is_first",
        "first_in_range",
        "first_is_first",
        "adjoint_local",
        "adjoint_select",
        "select_winner",
        *(f"pick{rank}" for rank in _RANKS),
        *(
            f"derived_max_pool{rank}d{mode}_{goal}"
            for rank in _RANKS
            for mode in ("", "_ceil")
            for goal in ("forward", "gradient_x")
        ),
        *(f"max_pool{rank}d_grad_x_is_adjoint" for rank in _RANKS),
    )
    shown = proved(theorems=theorems, shapes=_max_gradient())
    return [
        *shown,
        *defined(*(f"max_pool{rank}d{mode}" for rank in _RANKS for mode in ("", "_ceil"))),
    ]


@claim(
    "derivations",
    "this project",
    "Each derived formula equals what it is derived from, for all sizes, in one, two and three "
    "dimensions: for convolution (zeros, circular, reflected or replicated padding), transposed "
    "convolution, and max- and average-pooling (with and without ceil mode, padding counted or "
    "not): output sizes (but a transposed convolution's, which is defined) and divisors what is "
    "counted, outputs the sums, maxima and means that define them, gradients the derivative of the "
    "loss by the entry.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.OPEN,
    assumes=(
        Hypothesis(
            "sizes are as the derivation is given them (what the padding mode and ceil mode ask)",
            "the spec refuses others",
        ),
        Hypothesis("a maximum moves as the first of its winners"),
        Hypothesis(
            "the derivative is additive, obeys Leibniz's rule, and moves that entry alone",
            "what a partial derivative is",
        ),
    ),
)
def derivations() -> list[Evidence]:
    return [*proved(theorems=(*RULES, *derived())), *defined(*every())]
