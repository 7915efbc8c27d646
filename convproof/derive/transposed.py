"""The transposed convolution: the derived input gradient of a convolution, as a layer of its own.

X is what the convolution's output gradient was: X[n, i, j, g, m]; the output has the
convolution's input indices.  A is the output padding: rows no window would have reached.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import IndexedBase

from convproof.derive.chain import Chain
from convproof.derive.conv import derive_conv, input_limits, kernel_limits, output_limits
from convproof.derive.loss import gradient, letters, limit
from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import DZ, B, C, G, K, N, X, axes, c, count, g, m, n, primed

CONV_INPUT, CONV_OUTPUT, Z = IndexedBase("U"), IndexedBase("F"), IndexedBase("Z")


def derive_conv_transpose(rank: int) -> Derivation:
    """Forward and gradients of the transposed convolution in `rank` dimensions."""
    space = axes(rank)
    conv = derive_conv(rank)
    names = {DZ: X, X: CONV_INPUT, Z: CONV_OUTPUT}
    free = input_limits(space)
    steps = [
        replace(
            step,
            goal="forward",
            before=step.before.xreplace(names) + B[g, c],
            after=step.after.xreplace(names) + B[g, c],
        )
        for step in conv.steps
        if step.goal == "gradient x"
    ]
    ahead = Chain("forward", Z[letters(free)], free, steps[0].before)
    ahead.steps, ahead.now = steps, steps[-1].after
    definition = Definition(Z[letters(free)], ahead.now, free)
    pixels = [axis.pixel for axis in space]
    shared = (limit(g, G), limit(c, C))
    taps = [axis.tap for axis in space]
    chains = [
        ahead,
        gradient(
            "x", X, output_limits(space), definition, DZ, [primed(n), primed(g), primed(m), *pixels]
        ),
        gradient(
            "kernel", K, kernel_limits(space), definition, DZ,
            [primed(v) for v in (c, g, m, *taps)],
        ),
        gradient("bias", B, shared, definition, DZ, [primed(g), primed(c)]),
    ]  # fmt: skip
    limits = {
        X: output_limits(space), K: kernel_limits(space), DZ: free, B: shared, CONV_INPUT: free,
    }  # fmt: skip
    inner = conv.definitions[0]
    extra = {axis: count(f"A_{axis.name}") for axis in space}
    sizes = {
        axis.size: axis.stride * (axis.out - 1)
        + axis.dilation * (axis.kernel - 1)
        + 1 - axis.pad_lo - axis.pad_hi + extra[axis]
        for axis in space
    }  # fmt: skip
    return Derivation(
        name=f"conv_transpose{rank}d",
        spec=None,
        output_shape=(N, *sizes.values(), G * C),
        goals={chain.name: chain.goal() for chain in chains},
        steps=tuple(step for chain in chains for step in chain.steps),
        arrays={array: tuple(high for _, _, high in ranges) for array, ranges in limits.items()},
        definitions=(
            definition,
            # the convolution that is transposed, without its bias
            Definition(
                inner.left.xreplace(names), (inner.right - B[g, m]).xreplace(names), inner.free
            ),
        ),
        sizes=sizes,
        given=tuple(size >= 1 for size in sizes.values()),
    )
