"""10.1.4 and 10.1.5: pooling, invariance, equivariance, locality, gradients; and stacks of layers."""

from __future__ import annotations

import itertools

import numpy as np
import sympy as sp

from convproof import reference
from convproof.evidence import Status
from convproof.judgement import Finding, Judgement
from convproof.prove import dumoulin
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


def _signal(values: Array) -> Array:
    return values[None, :, None]


def _moved(values: Array, by: int) -> Array:
    """`values` moved to the right by `by` pixels, zeros coming in."""
    out = np.zeros_like(values)
    for at, value in enumerate(values):
        if 0 <= at + by < len(values):
            out[at + by] = value
    return out


def _not_equivariant() -> Finding:
    kernel = np.array([1, 2, 4])[:, None, None]
    x = np.array([0, 0, 0, 0, 1])
    same_pad, strided = Axis(3, 1, 1, 1, 1), Axis(3, 2)
    before = reference.conv(_signal(x), kernel, None, [same_pad])[0, :, 0]
    after = reference.conv(_signal(_moved(x, 1)), kernel, None, [same_pad])[0, :, 0]
    y = np.array([0, 0, 1, 0, 0, 0, 0])
    coarse = [
        reference.conv(_signal(_moved(y, by)), kernel, None, [strided])[0, :, 0] for by in (0, 1)
    ]
    pooled = [reference.max_pool(_signal(_moved(y, by)), [Axis(2, 2)])[0][0, :, 0] for by in (0, 1)]
    if (after == _moved(before, 1)).all() and any(
        (coarse[1] == _moved(coarse[0], by)).all() for by in range(-3, 4)
    ):
        return undone("both witnesses are equivariant")
    return refuted(
        "at the border the object leaves the image, and with stride 2 a shift by one pixel is no "
        "shift of the output",
        image=x,
        kernel=kernel[:, 0, 0],
        output=before,
        output_of_shifted=after,
        shifted_output=_moved(before, 1),
        stride_2_output=coarse[0],
        stride_2_output_of_shifted=coarse[1],
        pooled=pooled[0],
        pooled_shifted=pooled[1],
    )


def _not_invariant() -> Finding:
    pool = [Axis(2, 2)]
    x = np.array([0, 1, 0, 0])
    before, after = (reference.max_pool(_signal(_moved(x, by)), pool)[0][0, :, 0] for by in (0, 1))
    if (before == after).all():
        return undone("the output did not change")
    return refuted(
        "a one-pixel shift across a window border moves the output",
        image=x,
        shifted=_moved(x, 1),
        pooled=before,
        pooled_shifted=after,
    )


def _keeps_maximum() -> Finding:
    """Window output unchanged iff the window's maximum is: all 0-2 images of 6 pixels, exactly."""
    pool, cases = [Axis(2, 2)], 0
    for pixels in itertools.product(range(3), repeat=6):
        x = np.array(pixels)
        for by in (-1, 1):
            moved = _moved(x, by)
            before = reference.max_pool(_signal(x), pool)[0][0, :, 0]
            after = reference.max_pool(_signal(moved), pool)[0][0, :, 0]
            for window in range(3):
                old, new = x[2 * window : 2 * window + 2], moved[2 * window : 2 * window + 2]
                kept, larger = (new == old.max()).any(), (new > old.max()).any()
                if (before[window] == after[window]) != (kept and not larger):
                    return failed("a window's output is not decided by its maximum", image=x)
                cases += 1
    return holds(
        f"{cases} windows",
        certified(
            "all images of 6 pixels with values 0, 1, 2, shifted by one: a window's output stays iff "
            "its maximum is still in it and nothing larger came in",
            cases,
        ),
    )


def _max_pool() -> Finding:
    """(10.9) written out, 1-based, against the reference on all small images."""
    cases = 0
    for window, stride in itertools.product((1, 2, 3), (1, 2, 3)):
        for pixels in itertools.product(range(2), repeat=5):
            z = dict(enumerate(pixels, start=1))
            got = reference.max_pool(_signal(np.array(pixels)), [Axis(window, stride)])[0][0, :, 0]
            wanted = [
                max(z[stride * (i - 1) + 1 + k] for k in range(window))
                for i in range(1, (5 - window) // stride + 2)
            ]
            if list(got) != wanted:
                return failed("not the maximum of (10.9)", image=pixels, window=window)
            cases += 1
    return holds(
        f"{cases} images",
        certified("(10.9) on all 0-1 images of 5 pixels, windows and strides 1-3", cases),
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
    """One-sided exactness: away from ties the derivative; at ties the first maximum takes it all."""
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


def _derived(pattern: str) -> tuple[str, ...]:
    """A theorem about the derivations of all three ranks."""
    return tuple(pattern.format(rank) for rank in (1, 2, 3))


def claims() -> list[Judgement]:
    """The claims on behaviour, none of them judged yet."""
    own = [
        Judgement(
            "locality",
            "chapter, 10.1",
            "Output o depends on the pixels S*o - P <= i < S*o - P + d(K-1) + 1 of its window only.",
            lambda: proved("locality"),
        ),
        Judgement(
            "translation-equivariance",
            "chapter, 10.1.4",
            "If an input object shifts, the activation in the feature map shifts with it.",
            _not_equivariant,
            Status.REFUTED,
            "translation-equivariance-corrected",
        ),
        Judgement(
            "translation-equivariance-corrected",
            "correction of translation-equivariance",
            "A shift by a*S pixels shifts the output by a at exactly the outputs whose window stays "
            "off the padding the image moves to; everywhere with circular padding if S divides the "
            "size; pooling the same.",
            lambda: proved(
                "translation-region",
                "translation-nowhere-else",
                "translation-circular",
                theorems=("translation",),
            ),
        ),
        Judgement(
            "eq-10.9",
            "chapter, (10.9)",
            "Max-pooling takes the maximum of each window: windows in bounds, disjoint iff S >= K, "
            "covering all but a tail iff S <= K.",
            lambda: joined(
                _max_pool(),
                proved(
                    "access-padded",
                    "windows-disjoint",
                    "windows-overlap",
                    "windows-cover",
                    "windows-gap",
                    "leftover",
                ),
            ),
        ),
        Judgement(
            "local-invariance",
            "chapter, 10.1.4",
            "Max-pooling's output is invariant to small shifts of the input.",
            _not_invariant,
            Status.REFUTED,
            "local-invariance-corrected",
        ),
        Judgement(
            "local-invariance-corrected",
            "correction of local-invariance",
            "A window's output stays iff the shift keeps a pixel as large as its maximum in it and "
            "brings no larger one in; pixel i stays in its window iff 0 <= (i mod S) + t < S.",
            lambda: joined(_keeps_maximum(), proved("same-window")),
        ),
        Judgement(
            "avg-pooling",
            "chapter, 10.1.4",
            "Average-pooling is the mean of each window: the convolution with 1/K on every tap, its "
            "backward the adjoint, its divisor min(K, what is left).",
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
            "The gradient of a shared weight is the sum of the gradients of its copies, one copy for "
            "each output position.",
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
            "Max-pooling passes each output's gradient to the first maximum of its window, overlaps "
            "added up.",
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
            "stack",
            "chapter, 10.1.4",
            "A stack of layers has the size, stride and receptive field of one: strides multiply, "
            "extents add up scaled by the strides before them, padding likewise.",
            lambda: proved("stack-size", "stack-field"),
        ),
        Judgement(
            "fc-simulates-conv",
            "chapter, 10.2",
            "A convolution is the fully connected layer with one weight an edge, its entries zero or "
            "tied by tap.",
            lambda: proved(
                "edge-has-one-tap",
                "copies-are-outputs",
                "tie-classes-partition",
                theorems=("tied_forward",),
                support=_as_dense,
            ),
        ),
    ]
    guide = [
        Judgement(
            item.id,
            "Dumoulin & Visin, arXiv:1603.07285v2, relationship " + item.id.rpartition("-")[2],
            item.statement,
            lambda id=item.id: proved(id),  # type: ignore[misc]  # mypy cannot infer the default
        )
        for item in dumoulin.OBLIGATIONS
    ]
    return own + guide
