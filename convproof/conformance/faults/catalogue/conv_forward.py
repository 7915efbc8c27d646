"""Mistakes of a convolution's forward: the kernel, channels, groups, bias, border, output size."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Array, Rule, gives, mistake
from convproof.conformance.faults.catalogue.engine import Wiring, as_float
from convproof.laws import oracle
from convproof.laws.case import Case


def forward(name: str, look: str, rule: Rule, weight: int = 50) -> None:
    """Declare a mistake of y."""
    mistake(name, look, gives("y", rule), weight, kinds="conv", ways="forward")


def kernel(change: Callable[[Case, Array], Array | None]) -> Rule:
    """The result of another kernel."""

    def rule(c: Case) -> Array | None:
        other = change(c, as_float(c.kernel))
        return None if other is None else engine.conv(c.replace(kernel=other))

    return rule


def kept(*keep: Any) -> Rule:
    """The result of a part of the kernel's input channels, where there are several."""

    def change(c: Case, k: Array) -> Array | None:
        part = np.zeros_like(k)
        part[..., keep[0], :] = k[..., keep[0], :]
        return part if k.shape[-2] > 1 else None

    return kernel(change)


def plane(c: Case, array: Array, first: int) -> Array | None:
    """The spatial axes of a cube in reverse order."""
    sizes = array.shape[first : first + c.rank]
    if c.rank < 2 or len(set(sizes)) > 1:
        return None
    return array.swapaxes(first, first + c.rank - 1)


def wired(style: Callable[[Case, list[tuple[Array, Array]]], Wiring]) -> Rule:
    """The result of groups that read or write other channels."""

    def rule(c: Case) -> Array | None:
        wiring = style(c, engine.group_channels(c))
        return engine.conv(c, wiring=wiring) if c.groups > 1 else None

    return rule


def dealt(total: int, c: Case) -> list[Array]:
    """Channels dealt out to the groups in turn."""
    return [np.arange(g, total, c.groups) for g in range(c.groups)]


def biased(change: Callable[[Case, Array], Any]) -> Rule:
    """The sum without bias, plus something else."""

    def rule(c: Case) -> Array | None:
        added = None if c.bias is None else change(c, as_float(c.bias))
        return None if added is None else np.asarray(engine.conv(c, bias=False) + added)

    return rule


def along(place: int) -> Callable[[Case, Array], Array | None]:
    """The bias along an axis of y (counted from the batch), where it broadcasts."""

    def change(c: Case, b: Array) -> Array | None:
        axis = place % (c.rank + 2)
        fits = (len(c.x), *c.out_space)[axis] == len(b) or (
            axis == c.rank and 1 in (len(b), c.out_space[-1])
        )
        return b.reshape(-1, *(1,) * (c.rank + 1 - axis)) if fits else None

    return change


def bordered(mode: str) -> Rule:
    """The result of another border."""

    def rule(c: Case) -> Array | None:
        pads = [(0, 0), *c.padding, (0, 0)]
        x = np.pad(as_float(c.x), pads, mode=mode)  # type: ignore[call-overload]  # mode is a text
        bare = c.replace(x=x, padding=((0, 0),) * c.rank)
        return engine.conv(bare) if any(map(any, c.padding)) else None

    return rule


def rounded_up(c: Case) -> Array | None:
    """As many windows as rounding up gives."""
    sizes = tuple(
        -(-(n + a.pad_lo + a.pad_hi - a.extent) // a.stride) + 1
        for a, n in zip(c.axes, c.space, strict=True)
    )
    return engine.conv(c, out=sizes) if sizes != c.out_space else None


def flush_with_end(c: Case) -> Array | None:
    """Windows aligned with the end of the padded image."""
    left = [
        (n + a.pad_lo + a.pad_hi - a.extent) % a.stride
        for a, n in zip(c.axes, c.space, strict=True)
    ]
    if not any(left):
        return None
    starts = [rest - lo for rest, (lo, _) in zip(left, c.padding, strict=True)]
    x = c.x[(slice(None), *(slice(max(start, 0), None) for start in starts))]
    pads = zip(starts, c.padding, strict=True)
    return engine.conv(c.replace(x=x, padding=tuple((max(-s, 0), hi) for s, (_, hi) in pads)))


def late(c: Case) -> Array | None:
    """Windows from one stride on."""
    x = c.x[(slice(None), *(slice(s - 1, None) for s in c.stride))]
    return engine.conv(c.replace(x=x)) if max(c.stride) > 1 else None


def without_end(axis: int) -> Rule:
    """The result without the last tap of an axis."""

    def rule(c: Case) -> Array | None:
        if c.taps[axis] < 2 or (axis and c.rank < 2):
            return None
        return engine.conv(c, skip=lambda tap: tap[axis] == c.taps[axis] - 1)

    return rule


def last_tap(c: Case) -> Array | None:
    """The last tap alone."""
    last = tuple(k - 1 for k in c.taps)
    return engine.conv(c, skip=lambda tap: tap != last) if any(last) else None


def first_kernel(c: Case, k: Array) -> Array | None:
    """The first output channel's kernel in every place."""
    several = c.groups == 1 and k.shape[-1] > 1
    return np.repeat(k[..., :1], k.shape[-1], -1) if several else None


def mean(c: Case) -> Array:
    """A mean over the taps."""
    plain = engine.conv(c, bias=False) / math.prod(c.taps)
    return plain if c.bias is None else plain + as_float(c.bias)


def half(c: Case) -> Array:
    """Products and running sum in float16."""
    x, k = as_float(c.x).astype(np.float16), as_float(c.kernel).astype(np.float16)
    image = oracle.bordered(c, x, 0.0)
    total = np.zeros((len(x), *c.out_space, k.shape[-1]), np.float16)
    with np.errstate(over="ignore", invalid="ignore"):
        for tap, where in oracle.taps(c):
            for inputs, outputs in engine.group_channels(c):
                for local, channel in enumerate(inputs):
                    seen = image[where][..., channel, None]
                    total[..., outputs] += seen * k[tap][local, outputs]
    y = total.astype(np.float64)
    return y if c.bias is None else y + as_float(c.bias)


def flip(array: Array, *axes: int) -> Array:
    """An array turned on some axes."""
    turned: Array = np.flip(array, axes)
    return turned


def flipped(*axes: int) -> Rule:
    """The result of a kernel flipped on some of its axes, or on all."""

    def change(c: Case, k: Array) -> Array | None:
        if axes and c.rank < 2:
            return None
        return flip(k, *(a % c.rank for a in axes or range(c.rank)))

    return kernel(change)


def without_length(c: Case) -> Array | None:
    """Correlation by a real transform whose inverse comes back one short of an odd width."""
    image = oracle.bordered(c, as_float(c.x), 0.0)
    axes, size = tuple(range(1, c.rank + 1)), image.shape[1:-1]
    if size[-1] % 2 == 0:
        return None
    wide = np.zeros((*(a.extent for a in c.axes), *as_float(c.kernel).shape[-2:]))
    wide[tuple(slice(None, None, d) for d in c.dilation)] = as_float(c.kernel)
    far = np.fft.rfftn(image, axes=axes)
    y = np.zeros((len(image), *size, wide.shape[-1]))
    for inputs, outputs in engine.group_channels(c):
        near = np.fft.rfftn(wide[..., outputs], s=size, axes=range(c.rank))
        product = np.einsum("n...c,...cm->n...m", far[..., inputs], np.conj(near))
        short = np.fft.irfftn(product, axes=axes)
        y[..., : short.shape[c.rank], outputs] = short
    places = zip(c.out_space, c.stride, strict=True)
    every = tuple(slice(0, s * (o - 1) + 1, s) for o, s in places)
    y = y[(slice(None), *every)]
    return y if c.bias is None else y + as_float(c.bias)


# A table, one mistake a paragraph.
# fmt: off
forward("kernel flipped", "K[-k, -l] where K[k, l] is due: this is cross-correlation",
        flipped(), 75)
forward("kernel flipped on its first axis only", "the flip of the kernel's rows", flipped(0), 70)
forward("kernel flipped on its last axis only", "the flip of the kernel's columns", flipped(-1), 70)
forward("kernel's H and W transposed", "the order of the kernel's spatial axes",
        kernel(lambda c, k: plane(c, k, 0)), 70)
forward("kernel's in and out channels swapped", "the order of the kernel's channel axes",
        kernel(lambda c, k: k.swapaxes(-1, -2) if k.shape[-1] == k.shape[-2] else None), 75)
forward("input's H and W transposed", "the order of the input's spatial axes",
        lambda c: None if (x := plane(c, c.x, 1)) is None else engine.conv(c.replace(x=x)))

forward("every group reads the first group's channels", "the input slice of group g",
        wired(lambda c, groups: [(groups[0][0], out) for _, out in groups]), 70)
forward("output channels dealt out to groups in turn (m % g)",
        "output m is of group m // (M / g)",
        wired(lambda c, groups: list(zip(
            [g for g, _ in groups], dealt(as_float(c.kernel).shape[-1], c), strict=True))), 70)
forward("input channels dealt out to groups in turn (c % g)", "group g has channels g C/g ... ",
        wired(lambda c, groups: list(zip(
            dealt(c.x.shape[-1], c), [out for _, out in groups], strict=True))), 70)
forward("groups in reverse order", "the loop over groups",
        wired(lambda c, groups: [(groups[-1 - n][0], out) for n, (_, out) in enumerate(groups)]))
forward("only the first group is computed", "the loop over groups",
        wired(lambda c, groups: groups[:1]), 60)

forward("bias ignored", "the bias is not added in this code path", biased(lambda c, b: 0.0), 75)
forward("bias added twice", "the bias is added in two places", biased(lambda c, b: 2 * b), 75)
forward("bias subtracted", "the sign of the bias", biased(lambda c, b: -b), 70)
forward("bias added once a kernel tap", "the bias is added inside the loop over taps",
        biased(lambda c, b: b * math.prod(c.taps)), 65)
forward("bias added once an input channel", "the bias is added inside the sum over channels",
        biased(lambda c, b: b * as_float(c.kernel).shape[-2]), 65)
forward("bias added once a group", "the bias is added inside the loop over groups",
        biased(lambda c, b: b * c.groups), 65)
forward("bias added along the last spatial axis instead of the channels",
        "the shape in which the bias is broadcast", biased(along(-2)), 75)
forward("bias added along the first spatial axis instead of the channels",
        "the shape in which the bias is broadcast",
        biased(lambda c, b: along(1)(c, b) if c.rank > 1 else None), 75)
forward("bias added along the batch", "the shape in which the bias is broadcast",
        biased(along(0)), 75)
forward("first channel's bias used for all channels", "the index of the bias",
        biased(lambda c, b: b[:1]), 65)

for _name, _mode in (
    ("border repeated (replicate) instead of zeros", "edge"),
    ("border mirrored (reflect) instead of zeros", "reflect"),
    ("border mirrored with its edge (symmetric) instead of zeros", "symmetric"),
    ("border wrapped round (circular) instead of zeros", "wrap"),
):
    forward(_name, "the value of the padding: zeros", bordered(_mode), 70)
forward("window of the output size rounded up (ceil)", "the output size: (H + 2P - K) // S + 1",
        rounded_up, 70)
forward("leftover rows dropped from the start when (H+2P-K) % S != 0",
        "where the windows start: at the low padding, not flush with the end", flush_with_end, 75)
forward("first window starts one stride late", "the output position that o = 0 stands for", late)

forward("last kernel row left out", "the range of the loop over taps", without_end(0), 70)
forward("last kernel column left out", "the range of the loop over taps", without_end(-1), 70)
forward("only one tap used, the kernel's first", "the loop over taps",
        lambda c: engine.conv(c, skip=any), 55)
forward("last input channel left out", "the range of the sum over channels",
        kept(slice(0, -1)), 65)
forward("only the first input channel used", "the sum over channels", kept(slice(0, 1)), 60)
forward("only the last input channel used: assigned, not accumulated", "y = where y += is due",
        kept(slice(-1, None)), 65)
forward("only the last tap counts: assigned, not accumulated", "y = where y += is due",
        last_tap, 60)
forward("first output channel's kernel used for all channels", "the kernel's output index",
        kernel(first_kernel), 60)
forward("mean over the window instead of the sum", "the division by the number of taps", mean, 60)
forward("a ReLU is applied to the output", "max(y, 0): the activation belongs elsewhere",
        lambda c: np.maximum(engine.conv(c), 0), 70)
forward("accumulated in float16", "the dtype of the running sum", half, 65)
forward("inverse FFT without its length: an odd width comes back one short",
        "irfft's n or s: the size of the transformed image", without_length, 80)
