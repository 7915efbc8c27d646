"""Mistakes of a convolution's gradients: which copies count, and by which indices."""

from __future__ import annotations

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import (
    Array,
    Make,
    Results,
    Rule,
    gives,
    mistake,
)
from convproof.conformance.faults.catalogue.conv_forward import dealt, flip, plane
from convproof.conformance.faults.catalogue.engine import as_float, conv_dkernel, conv_dx
from convproof.laws.case import Case


def back(name: str, look: str, make: Make, weight: int = 70) -> None:
    """Declare a mistake of the gradients."""
    mistake(name, look, make, weight, kinds="conv", ways="backward")


def dx(rule: Rule) -> Make:
    """A mistake of the input's gradient alone."""
    return gives("dx", rule)


def dkernel(rule: Rule) -> Make:
    """A mistake of the kernel's gradient alone."""
    return gives("dkernel", rule)


def dbias(rule: Rule) -> Make:
    """A mistake of the bias's gradient alone."""
    return gives("dbias", lambda c: None if c.bias is None else rule(c))


def copies(c: Case) -> Array:
    """The number of each output position in row-major order, shaped to broadcast over dy."""
    sizes = engine.sizes_of(c)
    return np.arange(int(np.prod(sizes))).reshape(1, *sizes, 1)


def last(c: Case) -> Array:
    """The last output position."""
    return np.asarray(copies(c) == copies(c).max())


def item(c: Case, place: int) -> Array:
    """One batch item, shaped to broadcast over dy."""
    return np.asarray((np.arange(len(c.x)) == place % len(c.x)).reshape(-1, *(1,) * (c.rank + 1)))


def square(k: Array) -> Array | None:
    """In and out channels exchanged, where they are as many."""
    return k.swapaxes(-1, -2) if k.shape[-1] == k.shape[-2] else None


def exchanged(c: Case) -> Array | None:
    """The input's gradient by the kernel's transpose."""
    k = square(as_float(c.kernel))
    return None if k is None else conv_dx(c.replace(kernel=k))


def on(space: list[int], c: Case) -> Array | None:
    """The gradient of an input of another size, or without padding."""
    return None if tuple(space) == c.space else conv_dx(c, space=space)


def seen(c: Case) -> list[int]:
    """The size of an input that leaves nothing over."""
    axes = zip(c.axes, engine.sizes_of(c), strict=True)
    return [(n - 1) * a.stride + a.extent - a.pad_lo - a.pad_hi for a, n in axes]


def padded(c: Case) -> list[int]:
    """The size of the padded input."""
    return [n + lo + hi for n, (lo, hi) in zip(c.space, c.padding, strict=True)]


def bare(c: Case) -> Case:
    """The call without padding."""
    return c.replace(padding=((0, 0),) * c.rank)


def shifted(c: Case) -> Array | None:
    """The gradient that lies as far on as pixels are left over."""
    axes = zip(c.axes, c.space, strict=True)
    left = [(n + a.pad_lo + a.pad_hi - a.extent) % a.stride for a, n in axes]
    trim = [max(rest - lo, 0) for rest, (lo, _) in zip(left, c.padding, strict=True)]
    if not any(left):
        return None
    pads = zip(left, c.padding, strict=True)
    moved = c.replace(padding=tuple((max(lo - rest, 0), hi + rest) for rest, (lo, hi) in pads))
    part = conv_dx(moved, space=[n - t for n, t in zip(c.space, trim, strict=True)])
    return np.pad(part, [(0, 0), *((t, 0) for t in trim), (0, 0)])


def clipped(c: Case) -> Array | None:
    """Padding of K and more as K - 1."""
    most = [a.extent - 1 for a in c.axes]
    pads = tuple((min(lo, m), min(hi, m)) for (lo, hi), m in zip(c.padding, most, strict=True))
    return None if pads == tuple(c.padding) else conv_dx(c.replace(padding=pads))


def first_inputs(c: Case) -> Results | None:
    """Every group with the first one's input."""
    groups = engine.group_channels(c)
    wiring = [(groups[0][0], out) for _, out in groups]
    if c.groups < 2:
        return None
    gx = sum(conv_dx(c, wiring=[pair]) for pair in wiring)
    return {"dkernel": conv_dkernel(c, wiring=wiring), "dx": np.asarray(gx)}


def wired(c: Case, wiring: engine.Wiring) -> Results | None:
    """Both gradients of groups that read or write other channels."""
    if c.groups < 2:
        return None
    return {"dx": conv_dx(c, wiring=wiring), "dkernel": conv_dkernel(c, wiring=wiring)}


def interleaved(c: Case) -> Results | None:
    """Output channels dealt out to the groups in turn."""
    inputs = [group for group, _ in engine.group_channels(c)]
    outputs = dealt(as_float(c.kernel).shape[-1], c)
    return wired(c, list(zip(inputs, outputs, strict=True)))


def one_item(place: int) -> Make:
    """The parameters' gradients of one batch item."""

    def make(c: Case) -> Results:
        bias = {} if c.bias is None else {"dbias": engine.conv_dbias(c, weight=item(c, place))}
        return {"dkernel": conv_dkernel(c, weight=item(c, place))} | bias

    return make


def other_axes(c: Case) -> Array:
    """dy summed over all but the last spatial axis."""
    dy = as_float(c.dy)
    return np.asarray(dy.sum(axis=tuple(a for a in range(dy.ndim) if a != dy.ndim - 2)))


# A table, one mistake a paragraph.
# fmt: off
back("kernel flipped in the gradients", "K[-k, -l] where K[k, l] is due",
     lambda c: {"dx": conv_dx(c.replace(kernel=flip(as_float(c.kernel), *range(c.rank)))),
                "dkernel": flip(conv_dkernel(c), *range(c.rank))})
back("kernel's in and out channels swapped in grad_x", "the kernel's transpose", dx(exchanged))
back("kernel gradient's in and out channels swapped", "the order of grad_w's axes",
     dkernel(lambda c: square(conv_dkernel(c))))
back("kernel gradient's H and W transposed", "the order of grad_w's axes",
     dkernel(lambda c: plane(c, conv_dkernel(c), 0)))
back("kernel gradient's taps reversed", "the flip of grad_w",
     dkernel(lambda c: flip(conv_dkernel(c), *range(c.rank))))

back("gradient assigned instead of accumulated (last window wins)", "dx[...] = where += is due",
     dx(lambda c: conv_dx(c, merge="last")), 75)
back("gradient kept of the first window only", "a pixel's later windows are left out",
     dx(lambda c: conv_dx(c, merge="first")))
back("overlapping windows' gradients averaged", "a sum over windows, not a mean",
     dx(lambda c: conv_dx(c, merge="mean")))
back("leftover rows dropped when (H+2P-K) % S != 0", "the size of grad_x is the input's own",
     dx(lambda c: on(seen(c), c)), 80)
back("grad_x shifted to the end by the leftover rows", "the leftover rows lie at the end",
     dx(shifted), 80)
back("padding not cropped off grad_x", "the crop of the padded gradient",
     dx(lambda c: None if padded(c) == list(c.space) else conv_dx(bare(c), space=padded(c))), 75)
back("padding of K and more taken for K - 1 in grad_x",
     "the full correlation's border K - 1 - P: below zero it must crop dy", dx(clipped), 85)
back("grad_x cropped at the wrong side", "the crop starts after the low padding",
     dx(lambda c: conv_dx(bare(c), space=padded(c))[(slice(None), *map(slice, c.space))]))

back("groups ignored in grad_x: every group gets the first group's", "the loop over groups",
     lambda c: wired(c, engine.group_channels(c)[:1]), 65)
back("groups ignored in grad_w: every group correlates the first group's input",
     "the input slice of group g", first_inputs)
back("output channels dealt out to groups in turn (m % g), in the gradients",
     "output m is of group m // (M / g)", interleaved, 65)

back("only the last copy of a tied weight counts", "dw = where dw += is due, over positions",
     dkernel(lambda c: conv_dkernel(c, weight=last(c))), 75)
back("only the first copy of a tied weight counts", "the sum over output positions",
     dkernel(lambda c: conv_dkernel(c, weight=copies(c) == 0)), 75)
back("the last copy of a tied weight is left out", "the range of the loop over positions",
     dkernel(lambda c: conv_dkernel(c, weight=~last(c))), 65)
back("a tied weight's copies are averaged", "gradient-pooling is a sum, not a mean",
     dkernel(lambda c: conv_dkernel(c) / copies(c).size), 75)
back("kernel gradient is a mean over the batch", "a division by N",
     dkernel(lambda c: conv_dkernel(c) / len(c.x)))
back("kernel gradient is a mean over batch and positions", "a division by N H W",
     dkernel(lambda c: conv_dkernel(c) / (len(c.x) * copies(c).size)))
back("only the last batch item counts in a parameter's gradient", "assigned in the batch loop",
     one_item(-1), 75)
back("only the first batch item counts in a parameter's gradient", "the sum over the batch",
     one_item(0), 75)
back("only the last window of the last batch item counts in grad_w",
     "dw = where dw += is due, in the innermost loop",
     dkernel(lambda c: conv_dkernel(c, weight=last(c) & item(c, -1))), 75)

back("bias gradient is a mean", "the sum of dy over batch and positions, not its mean",
     dbias(lambda c: engine.conv_dbias(c) / (len(c.x) * copies(c).size)), 75)
back("bias gradient is a mean over the batch", "a division by N",
     dbias(lambda c: engine.conv_dbias(c) / len(c.x)))
back("bias gradient is a mean over positions", "a division by H W",
     dbias(lambda c: engine.conv_dbias(c) / copies(c).size))
back("bias gradient of one position only", "the sum over positions",
     dbias(lambda c: engine.conv_dbias(c, weight=last(c))), 65)
back("bias gradient summed over the wrong axes", "the axes of the sum: all but the channels",
     dbias(other_axes))
