"""Mistakes of a convolution's forward: the kernel, channels, groups, bias, border, output size."""

from __future__ import annotations

import functools

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Array, Results, mistake
from convproof.conformance.faults.catalogue.engine import as_float
from convproof.laws.case import Case

_conv = functools.partial(mistake, kinds="conv", ways="forward")


@_conv("kernel flipped", "K[-k, -l] where K[k, l] is due: this is cross-correlation", weight=75)
def _flipped(case: Case) -> Results:
    kernel = as_float(case.kernel)
    return {"y": engine.conv(case.replace(kernel=np.flip(kernel, tuple(range(case.rank)))))}


@_conv("kernel flipped on its first axis only", "the flip of the kernel's rows", weight=70)
def _flipped_first(case: Case) -> Results | None:
    kernel = np.flip(as_float(case.kernel), 0)
    return {"y": engine.conv(case.replace(kernel=kernel))} if case.rank > 1 else None


@_conv("kernel flipped on its last axis only", "the flip of the kernel's columns", weight=70)
def _flipped_last(case: Case) -> Results | None:
    kernel = np.flip(as_float(case.kernel), case.rank - 1)
    return {"y": engine.conv(case.replace(kernel=kernel))} if case.rank > 1 else None


@_conv("kernel's H and W transposed", "the order of the kernel's spatial axes", weight=70)
def _transposed_kernel(case: Case) -> Results | None:
    if case.rank < 2 or len(set(case.taps)) > 1:
        return None
    order = (*reversed(range(case.rank)), case.rank, case.rank + 1)
    return {"y": engine.conv(case.replace(kernel=as_float(case.kernel).transpose(order)))}


@_conv("kernel's in and out channels swapped", "the order of the kernel's channel axes", weight=75)
def _channels_swapped(case: Case) -> Results | None:
    kernel = as_float(case.kernel)
    if kernel.shape[-1] != kernel.shape[-2]:
        return None
    return {"y": engine.conv(case.replace(kernel=np.swapaxes(kernel, -1, -2)))}


@_conv("input's H and W transposed", "the order of the input's spatial axes")
def _transposed_input(case: Case) -> Results | None:
    if case.rank < 2 or len(set(case.space)) > 1:
        return None
    order = (0, *reversed(range(1, case.rank + 1)), case.rank + 1)
    return {"y": engine.conv(case.replace(x=case.x.transpose(order)))}


def _wired(case: Case, style: str) -> Results | None:
    if case.groups < 2:
        return None
    groups = engine.group_channels(case)
    depth, outputs = len(groups[0][0]), as_float(case.kernel).shape[-1]
    width = outputs // case.groups
    if style == "first":
        wiring = [(groups[0][0], out) for _, out in groups]
    elif style == "outputs":
        wiring = [(g, np.arange(n, outputs, case.groups)) for n, (g, _) in enumerate(groups)]
    elif style == "inputs":
        everything = depth * case.groups
        wiring = [(np.arange(n, everything, case.groups), o) for n, (_, o) in enumerate(groups)]
    else:
        wiring = [(groups[-1 - n][0], out) for n, (_, out) in enumerate(groups)]
    return {"y": engine.conv(case, wiring=wiring)} if depth or width else None


@_conv("every group reads the first group's channels", "the input slice of group g", weight=70)
def _first_group(case: Case) -> Results | None:
    return _wired(case, "first")


@_conv(
    "output channels dealt out to groups in turn (m % g)",
    "output m is of group m // (M / g)",
    weight=70,
)
def _outputs_interleaved(case: Case) -> Results | None:
    return _wired(case, "outputs")


@_conv(
    "input channels dealt out to groups in turn (c % g)",
    "group g has channels g C/g ... ",
    weight=70,
)
def _inputs_interleaved(case: Case) -> Results | None:
    return _wired(case, "inputs")


@_conv("groups in reverse order", "the loop over groups")
def _groups_reversed(case: Case) -> Results | None:
    return _wired(case, "reverse")


@_conv("only the first group is computed", "the loop over groups", weight=60)
def _only_first_group(case: Case) -> Results | None:
    if case.groups < 2:
        return None
    return {"y": engine.conv(case, wiring=engine.group_channels(case)[:1])}


def _with_bias(case: Case, change: Array) -> Results | None:
    return {"y": engine.conv(case, bias=False) + change} if case.bias is not None else None


@_conv("bias ignored", "the bias is not added in this code path", weight=75)
def _no_bias(case: Case) -> Results | None:
    return _with_bias(case, np.zeros(1))


@_conv("bias added twice", "the bias is added in two places", weight=75)
def _twice(case: Case) -> Results | None:
    return _with_bias(case, 2 * as_float(case.bias))


@_conv("bias subtracted", "the sign of the bias", weight=70)
def _subtracted(case: Case) -> Results | None:
    return _with_bias(case, -as_float(case.bias))


@_conv("bias added once a kernel tap", "the bias is added inside the loop over taps", weight=65)
def _once_a_tap(case: Case) -> Results | None:
    return _with_bias(case, as_float(case.bias) * int(np.prod(case.taps)))


@_conv(
    "bias added once an input channel", "the bias is added inside the sum over channels", weight=65
)
def _once_a_channel(case: Case) -> Results | None:
    return _with_bias(case, as_float(case.bias) * as_float(case.kernel).shape[-2])


@_conv("bias added once a group", "the bias is added inside the loop over groups", weight=65)
def _once_a_group(case: Case) -> Results | None:
    return _with_bias(case, as_float(case.bias) * case.groups)


@_conv(
    "bias added along the last spatial axis instead of the channels",
    "the shape in which the bias is broadcast",
    weight=75,
)
def _bias_on_width(case: Case) -> Results | None:
    bias = as_float(case.bias)
    if engine.out_space(case)[-1] not in (len(bias), 1) and len(bias) != 1:
        return None
    return _with_bias(case, bias[:, None])


@_conv(
    "bias added along the first spatial axis instead of the channels",
    "the shape in which the bias is broadcast",
    weight=75,
)
def _bias_on_height(case: Case) -> Results | None:
    bias = as_float(case.bias)
    if case.rank < 2 or engine.out_space(case)[0] != len(bias):
        return None
    return _with_bias(case, bias.reshape(-1, *(1,) * case.rank))


@_conv("bias added along the batch", "the shape in which the bias is broadcast", weight=75)
def _bias_on_batch(case: Case) -> Results | None:
    bias = as_float(case.bias)
    if len(case.x) != len(bias):
        return None
    return _with_bias(case, bias.reshape(-1, *(1,) * (case.rank + 1)))


@_conv("first channel's bias used for all channels", "the index of the bias", weight=65)
def _first_bias(case: Case) -> Results | None:
    return _with_bias(case, as_float(case.bias)[:1])


def _bordered(case: Case, mode: str) -> Results | None:
    if not any(lo or hi for lo, hi in case.padding):
        return None
    pads = [(0, 0), *case.padding, (0, 0)]
    x = np.pad(as_float(case.x), pads, mode=mode)  # type: ignore[call-overload]  # mode is a text
    return {"y": engine.conv(case.replace(x=x, padding=((0, 0),) * case.rank))}


for _name, _mode in (
    ("border repeated (replicate) instead of zeros", "edge"),
    ("border mirrored (reflect) instead of zeros", "reflect"),
    ("border mirrored with its edge (symmetric) instead of zeros", "symmetric"),
    ("border wrapped round (circular) instead of zeros", "wrap"),
):
    _conv(_name, "the value of the padding: zeros", weight=70)(
        functools.partial(_bordered, mode=_mode)
    )


@_conv(
    "window of the output size rounded up (ceil)",
    "the output size: (H + 2P - K) // S + 1",
    weight=70,
)
def _ceil(case: Case) -> Results | None:
    sizes = []
    for axis, size in zip(case.axes, case.space, strict=True):
        room = size + axis.pad_lo + axis.pad_hi - axis.extent
        sizes.append(-(-room // axis.stride) + 1)
    return {"y": engine.conv(case, out=sizes)} if tuple(sizes) != engine.out_space(case) else None


@_conv(
    "leftover rows dropped from the start when (H+2P-K) % S != 0",
    "where the windows start: at the low padding, not flush with the end",
    weight=75,
)
def _flush_with_end(case: Case) -> Results | None:
    pads = []
    for axis, size in zip(case.axes, case.space, strict=True):
        left = (size + axis.pad_lo + axis.pad_hi - axis.extent) % axis.stride
        pads.append((axis.pad_lo - left, axis.pad_hi))
    if tuple(pads) == tuple(case.padding):
        return None
    trim = tuple(slice(max(-lo, 0), None) for lo, _ in pads)
    x = case.x[(slice(None), *trim)]
    padding = tuple((max(lo, 0), hi) for lo, hi in pads)
    return {"y": engine.conv(case.replace(x=x, padding=padding))}


@_conv("first window starts one stride late", "the output position that o = 0 stands for")
def _late(case: Case) -> Results | None:
    x = case.x[(slice(None), *(slice(s - 1, None) for s in case.stride))]
    return {"y": engine.conv(case.replace(x=x))} if max(case.stride) > 1 else None


def _without_tap(case: Case, axis: int) -> Results | None:
    if case.taps[axis] < 2:
        return None
    return {"y": engine.conv(case, skip=lambda tap: tap[axis] == case.taps[axis] - 1)}


@_conv("last kernel row left out", "the range of the loop over taps", weight=70)
def _no_last_row(case: Case) -> Results | None:
    return _without_tap(case, 0)


@_conv("last kernel column left out", "the range of the loop over taps", weight=70)
def _no_last_column(case: Case) -> Results | None:
    return _without_tap(case, case.rank - 1) if case.rank > 1 else None


@_conv("only one tap used, the kernel's first", "the loop over taps", weight=55)
def _one_tap(case: Case) -> Results:
    return {"y": engine.conv(case, skip=lambda tap: any(tap))}


def _input_channels(case: Case, keep: slice) -> Results | None:
    kernel = as_float(case.kernel)
    if kernel.shape[-2] < 2:
        return None
    part = np.zeros_like(kernel)
    part[..., keep, :] = kernel[..., keep, :]
    return {"y": engine.conv(case.replace(kernel=part))}


@_conv("last input channel left out", "the range of the sum over channels", weight=65)
def _no_last_channel(case: Case) -> Results | None:
    return _input_channels(case, slice(0, -1))


@_conv("only the first input channel used", "the sum over channels", weight=60)
def _first_channel(case: Case) -> Results | None:
    return _input_channels(case, slice(0, 1))


@_conv(
    "only the last input channel used: assigned, not accumulated",
    "y = where y += is due",
    weight=65,
)
def _last_channel(case: Case) -> Results | None:
    return _input_channels(case, slice(-1, None))


@_conv("only the last tap counts: assigned, not accumulated", "y = where y += is due", weight=60)
def _last_tap(case: Case) -> Results | None:
    last = tuple(k - 1 for k in case.taps)
    return {"y": engine.conv(case, skip=lambda tap: tap != last)} if any(last) else None


@_conv(
    "first output channel's kernel used for all channels", "the kernel's output index", weight=60
)
def _first_kernel(case: Case) -> Results | None:
    kernel = as_float(case.kernel)
    if case.groups > 1 or kernel.shape[-1] < 2:
        return None
    return {"y": engine.conv(case.replace(kernel=np.repeat(kernel[..., :1], kernel.shape[-1], -1)))}


@_conv("mean over the window instead of the sum", "the division by the number of taps", weight=60)
def _mean(case: Case) -> Results:
    plain = engine.conv(case, bias=False) / int(np.prod(case.taps))
    return {"y": plain if case.bias is None else plain + as_float(case.bias)}


@_conv("a ReLU is applied to the output", "max(y, 0): the activation belongs elsewhere", weight=70)
def _relu(case: Case) -> Results:
    return {"y": np.maximum(engine.conv(case), 0)}


@_conv("accumulated in float16", "the dtype of the running sum", weight=65)
def _half(case: Case) -> Results:
    x, kernel = as_float(case.x).astype(np.float16), as_float(case.kernel).astype(np.float16)
    sizes = engine.out_space(case)
    total = np.zeros((len(x), *sizes, kernel.shape[-1]), np.float16)
    channels = np.arange(len(x))
    with np.errstate(over="ignore", invalid="ignore"):
        for tap, outs, ins in engine.taps(case.axes, case.space, sizes):
            for inputs, outputs in engine.group_channels(case):
                for local, channel in enumerate(inputs):
                    left = x[np.ix_(channels, *ins, np.array([channel]))]
                    total[np.ix_(channels, *outs, outputs)] += left * kernel[tap][local, outputs]
    y = total.astype(np.float64)
    return {"y": y if case.bias is None else y + as_float(case.bias)}
