"""Wrong forward convolutions: a parameter, an index or a border read the wrong way."""

from __future__ import annotations

import numpy as np

from property_tests.corpus.engines import (
    fft,
    flat,
    im2col,
    loops,
    scatter,
    taps,
    toeplitz,
    windows,
)
from property_tests.corpus.job import Array, Job, index, zeroed
from property_tests.corpus.mutant import BOUND, EASY, THIN, conv
from property_tests.corpus.witness import Call, at


def ones(c: Job) -> tuple[int, ...]:
    """One on each axis."""
    return (1,) * c.rank


def dealt(c: Job, y: Array) -> Array:
    """Output m of group g in the place of output m * groups + g."""
    return y[:, np.arange(y.shape[1]).reshape(c.groups, -1).T.reshape(-1)]


def dealt_inputs(c: Job) -> Array:
    """The input channels' order when they are dealt out to the groups in turn."""
    return np.arange(c.x.shape[1]).reshape(-1, c.groups).T.reshape(-1)


def even_border(c: Job) -> Job:
    """An even kernel's border, one pixel later."""
    sizes = zip(c.padding, c.taps, strict=True)
    return c.bordered(*((p - 1, p + 1) if p and k % 2 == 0 else (p, p) for p, k in sizes))


# A table, one mistake a paragraph.
# fmt: off
conv("kernel-flipped", "kernel flipped", EASY, at((1, 1, 4, 4), (1, 1, 2, 2)),
     "Turns the kernel by 180 degrees, as the convolution of mathematics does.", taps,
     lambda c: c.turned())
conv("kernel-mirrored-left-right", "kernel flipped", EASY, at((1, 1, 4, 4), (1, 1, 2, 2)),
     "Flips the kernel on its last axis only.", im2col, lambda c: c.but(w=c.w[..., ::-1]))
conv("conv1d-flipped", "kernel flipped", EASY, Call("conv1d", (1, 1, 5), (1, 1, 2)),
     "Uses `numpy.convolve`, which flips.", im2col, lambda c: c.turned())
conv("kernel-transposed", "axes swapped", EASY, at((1, 1, 5, 5), (1, 1, 3, 3)),
     "Reads a square kernel column by column.", windows, lambda c: c.but(w=c.w.swapaxes(2, 3)),
     when=lambda c: c.taps[0] == c.taps[1])
conv("output-transposed", "axes swapped", EASY, at((1, 1, 5, 5), (1, 1, 3, 3)),
     "Writes a square output column by column.", loops, when=lambda c: c.out[0] == c.out[1],
     after=lambda c, y: y.swapaxes(2, 3).copy())
conv("conv3d-axes-reversed", "axes swapped", EASY, Call("conv3d", (1, 1, 4, 4, 4), (1, 1, 2, 2, 2)),
     "Reads cubic kernels as (KW, KH, KD).", taps, lambda c: c.but(w=c.w.transpose(0, 1, 4, 3, 2)),
     when=lambda c: len(set(c.taps)) == 1)
conv("stride-pair-swapped", "axes swapped", BOUND, at((1, 1, 6, 6), (1, 1, 2, 2), stride=(1, 2)),
     "Takes the stride of the rows for that of the columns.", windows,
     lambda c: c.but(stride=c.stride[::-1]), fits=True)
conv("dilation-pair-swapped", "axes swapped", BOUND,
     at((1, 1, 6, 6), (1, 1, 2, 2), dilation=(1, 2)),
     "Takes the dilation of the rows for that of the columns.", scatter,
     lambda c: c.but(dilation=c.dilation[::-1]), fits=True)
conv("padding-pair-swapped", "axes swapped", BOUND, at((1, 1, 5, 5), (1, 1, 3, 3), padding=(0, 1)),
     "Pads the columns by what was meant for the rows, then trims to the right size.", taps,
     lambda c: c.but(padding=c.padding[::-1]), fits=True)
conv("padding-pair-swapped-for-oblong-kernels", "axes swapped", BOUND,
     at((1, 1, 6, 6), (1, 1, 2, 3), padding=(1, 2)),
     "Swaps the two paddings, but only where the kernel is not square.", im2col,
     lambda c: c.but(padding=c.padding[::-1]), fits=True, when=lambda c: c.taps[0] != c.taps[1])
conv("stride-and-dilation-swapped", "parameters mixed", BOUND,
     at((1, 1, 9, 9), (1, 1, 2, 2), stride=2),
     "Uses the stride as the dilation and the dilation as the stride.", taps,
     lambda c: c.but(stride=c.dilation, dilation=c.stride), fits=True)

conv("dilation-ignored", "dilation ignored", BOUND, at((1, 1, 6, 6), (1, 1, 2, 2), dilation=2),
     "Computes with dilation 1 and trims to the size that the dilation asks for.", im2col,
     lambda c: c.but(dilation=ones(c)), fits=True)
conv("conv1d-without-dilation", "dilation ignored", BOUND,
     Call("conv1d", (1, 1, 6), (1, 1, 2), dilation=2), "Ignores the dilation and trims.", windows,
     lambda c: c.but(dilation=ones(c)), fits=True)
conv("dilation-on-rows-only", "dilation ignored", BOUND, at((1, 1, 6, 6), (1, 1, 1, 2), dilation=2),
     "Applies the dilation to the rows and forgets the columns.", windows,
     lambda c: c.but(dilation=(c.dilation[0], 1)), fits=True)
conv("dilation-lost-when-strided", "dilation ignored", BOUND,
     at((1, 1, 7, 7), (1, 1, 2, 2), dilation=2, stride=2),
     "The strided kernel has no dilation; it is called all the same.", taps,
     lambda c: c.but(dilation=ones(c)), fits=True, when=lambda c: max(c.stride) > 1)

conv("stride-cropped", "stride ignored", BOUND, at((1, 1, 5, 5), (1, 1, 2, 2), stride=2),
     "Computes every output and keeps the first ones instead of each S-th.", fft,
     lambda c: c.but(stride=ones(c)), fits=True)
conv("stride-of-rows-for-both", "stride ignored", BOUND,
     at((1, 1, 5, 9), (1, 1, 2, 2), stride=(2, 3)), "Uses stride[0] on both axes.", im2col,
     lambda c: c.but(stride=c.stride[:1] * c.rank), fits=True)
conv("conv3d-depth-not-strided", "stride ignored", BOUND,
     Call("conv3d", (1, 1, 5, 4, 4), (1, 1, 2, 2, 2), stride=2),
     "Strides the rows and columns and leaves the depth at one.", loops,
     lambda c: c.but(stride=(1, *c.stride[1:])), fits=True)
conv("stride-clamped-to-kernel", "stride > kernel", BOUND, at((1, 1, 7, 7), (1, 1, 2, 2), stride=3),
     "Never steps further than the kernel is wide.", windows,
     lambda c: c.but(stride=tuple(map(min, c.stride, c.taps))), fits=True)

conv("padding-all-before", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "Puts the whole border before the image and none after it.", taps,
     lambda c: c.bordered(*((2 * p, 0) for p in c.padding)))
conv("padding-all-after", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "Puts the whole border after the image.", windows,
     lambda c: c.bordered(*((0, 2 * p) for p in c.padding)))
conv("conv1d-causal", "padding", BOUND, Call("conv1d", (1, 1, 5), (1, 1, 3), padding=1),
     "Pads on the left only, as a causal layer does.", taps,
     lambda c: c.bordered((2 * c.padding[0], 0)))
conv("conv3d-depth-not-padded", "padding", BOUND,
     Call("conv3d", (1, 1, 3, 3, 3), (1, 1, 2, 2, 2), padding=1),
     "Pads rows and columns; the missing planes of the result are zero.", taps,
     lambda c: c.but(padding=(0, *c.padding[1:])), fits=True)
conv("padding-shifted-for-even-kernels", "padding", BOUND,
     at((1, 1, 4, 4), (1, 1, 2, 2), padding=1),
     "Centres an even kernel on the wrong pixel when there is padding.", taps, even_border)
conv("padding-replicates", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "Fills the border with the nearest pixel.", taps, lambda c: c.bordered(mode="edge"))
conv("padding-circular", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     "Fills the border from the other side, as a transform without zero padding does.", loops,
     lambda c: c.bordered(mode="wrap"))
conv("padding-reflects-when-wide", "padding", THIN, at((1, 1, 4, 4), (1, 1, 2, 2), padding=3),
     "A border wider than the kernel is filled by reflection.", taps,
     lambda c: c.bordered(mode="reflect"),
     when=lambda c: all(p > k for p, k in zip(c.padding, c.taps, strict=True)))
conv("padding-only-windows-skipped", "padding", THIN,
     at((1, 2, 3, 3), (1, 2, 2, 2), padding=2, bias=True),
     "Windows that hold nothing but border are left at zero, without their bias.", toeplitz,
     after=lambda c, y: np.where(taps(c.but(x=np.ones_like(c.x), w=np.ones_like(c.w), b=None)) ==
         0, 0, y).astype(y.dtype))
conv("padding-of-rows-for-both", "padding", BOUND, at((1, 1, 4, 4), (1, 1, 3, 3), padding=(2, 1)),
     "Uses padding[0] on both axes and trims.", taps,
     lambda c: c.but(padding=c.padding[:1] * c.rank), fits=True)

conv("groups-take-every-other-channel", "groups", BOUND, at((1, 4, 3, 3), (2, 2, 2, 2), groups=2),
     "Deals the input channels out to the groups in turn instead of in blocks.", taps,
     lambda c: c.but(x=c.x[:, dealt_inputs(c)]))
conv("groups-interleave-outputs", "groups", BOUND, at((1, 2, 3, 3), (4, 1, 2, 2), groups=2),
     "Writes output m of group g to channel m * groups + g.", im2col, after=dealt)
conv("groups-share-first-kernels", "groups", BOUND, at((1, 2, 3, 3), (2, 1, 2, 2), groups=2),
     "Uses the first group's kernels for every group.", windows,
     lambda c: c.but(w=np.concatenate([c.w[: len(c.w) // c.groups]] * c.groups)))
conv("groups-all-read-first-block", "groups", BOUND, at((1, 4, 3, 3), (2, 2, 2, 2), groups=2),
     "Every group reads the first group's channels.", taps,
     lambda c: c.but(x=np.concatenate([c.x[:, : c.w.shape[1]]] * c.groups, axis=1)))
conv("depthwise-multiplier-out-of-order", "groups", THIN, at((1, 2, 3, 3), (4, 1, 2, 2), groups=2),
     "Depthwise with a multiplier lays its outputs out multiplier first.", taps,
     when=lambda c: c.depthwise and len(c.w) > c.groups, after=dealt)

conv("bias-twice", "bias", EASY, at((1, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Adds the bias before the reshape and again after it.", loops, after=Job.biased)
conv("bias-at-every-tap", "bias", EASY, at((1, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Adds the bias inside the loop over taps.", taps,
     lambda c: c if c.b is None else c.but(b=c.b * int(np.prod(c.taps))))
conv("bias-by-column", "bias", THIN, at((2, 1, 4, 4), (3, 1, 2, 2), bias=True),
     "Lets the bias broadcast against the columns where their number happens to agree.", windows,
     lambda c: c.but(b=None), when=lambda c: c.b is not None and c.out[-1] == len(c.b),
     after=lambda c, y: (y + c.b).astype(c.kind))
conv("bias-by-sample", "bias", THIN, at((2, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Gives each sample, not each channel, its bias where there are as many of both.", taps,
     lambda c: c.but(b=None), when=lambda c: c.b is not None and len(c.x) == len(c.b),
     after=lambda c, y: (y + np.asarray(c.b).reshape(-1, 1, 1, 1)).astype(c.kind))
conv("bias-lost-with-groups", "bias", BOUND, at((1, 2, 3, 3), (2, 1, 2, 2), groups=2, bias=True),
     "The grouped branch returns before the bias is added.", taps, lambda c: c.but(b=None),
     when=lambda c: c.groups > 1)
conv("bias-is-their-mean", "bias", EASY, at((1, 1, 3, 3), (2, 1, 2, 2), bias=True),
     "Adds the mean of the biases to every channel.", taps,
     lambda c: c if c.b is None else c.but(b=np.full_like(c.b, c.b.mean())))

conv("channels-averaged", "reduction", EASY, at((1, 2, 3, 3), (1, 2, 2, 2)),
     "Takes the mean over the input channels instead of their sum.", taps, lambda c: c.but(b=None),
     after=lambda c, y: c.biased(y / c.w.shape[1]))
conv("first-channel-only", "reduction", EASY, at((1, 2, 3, 3), (1, 2, 2, 2)),
     "Treats every image as grey: reads channel 0 of each group.", fft,
     lambda c: c.without(slice(None), slice(1, None)))
conv("kernel-height-for-both", "reduction", BOUND, at((1, 1, 4, 4), (1, 1, 2, 3)),
     "Loops over KH taps on both axes.", taps, lambda c: c.without(..., slice(c.taps[0], None)))
conv("last-tap-missed", "reduction", EASY, at((1, 1, 4, 4), (1, 1, 2, 2)),
     "Stops the loop over taps one short.", scatter, lambda c: c.without(..., -1, -1))
conv("rectified", "activation", EASY, at((1, 1, 4, 4), (1, 1, 2, 2)),
     "Fuses a ReLU that nobody asked for.", taps, when=lambda c: c.kind.kind != "c",
     after=lambda c, y: np.maximum(y, 0))

conv("leftover-cut-at-the-start", "leftover", BOUND, at((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     "Aligns the last window with the end when (H+2P-K) % S is not zero.", loops,
     Job.cut_at_the_start)
conv("output-size-rounded-up", "leftover", BOUND, at((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     "Rounds the output size up and pads the last window with zeros.", taps,
     lambda c: c.bordered(*((p, p + (-r % s if r else 0)) for p, r, s in zip(c.padding,
         c.left_over, c.stride, strict=True))))
conv("leftover-size-by-width", "leftover", BOUND, at((1, 1, 6, 5), (1, 1, 3, 3), stride=2),
     "Drops the last row of outputs when rows, and not columns, are left over.", im2col,
     when=lambda c: c.left_over[0] and not c.left_over[-1] and c.out[0] > 1,
     after=lambda c, y: zeroed(y, slice(None), slice(None), -1))

conv("pointwise-ignores-stride", "1x1 fast path", BOUND, at((1, 2, 4, 4), (2, 2, 1, 1), stride=2),
     "The 1x1 product reads the first pixels instead of each S-th.", taps,
     lambda c: c.but(x=c.x[index(..., *(slice(o) for o in c.out))], stride=ones(c)),
     when=lambda c: max(c.taps) == 1 and max(c.padding) == 0)
conv("pointwise-border-without-bias", "1x1 fast path", BOUND,
     at((1, 2, 4, 4), (2, 2, 1, 1), padding=1, bias=True),
     "The 1x1 product pads its result, so the border misses the bias.", taps,
     lambda c: c.but(padding=(0,) * c.rank), when=lambda c: max(c.taps) == 1 and max(c.stride) == 1,
     after=lambda c, y: np.pad(y, [(0, 0), (0, 0), *((p, p) for p in c.padding)]))
conv("pointwise-ignores-groups", "1x1 fast path", BOUND, at((1, 2, 4, 4), (2, 1, 1, 1), groups=2),
     "The 1x1 product with groups repeats the narrow kernel over all channels.", taps,
     lambda c: c.but(w=np.concatenate([c.w] * c.groups, axis=1) / c.groups, groups=1),
     when=lambda c: max(c.taps) == 1 and c.groups > 1)
conv("kernel-larger-than-image-accepted", "refusal", THIN,
     at((1, 1, 2, 2), (1, 1, 3, 3), refuse=True),
     "Pads the image up to the kernel's size instead of refusing.", taps,
     lambda c: c.bordered(*((p, p + max(0, -room)) for p, room in zip(c.padding, c.room,
         strict=True))), checked=False)
conv("weights-cast-to-integers", "dtype", EASY, at((1, 1, 3, 3), (1, 1, 2, 2), values="normal"),
     "Quantises the kernel to whole numbers.", flat,
     lambda c: c.but(w=np.trunc(c.w.real).astype(c.w.dtype)))
