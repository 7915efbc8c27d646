"""Mistakes of a convolution's gradients: which copies count, and by which indices."""

from __future__ import annotations

import functools

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.conformance.faults.catalogue.catalogue import Results, mistake
from convproof.conformance.faults.catalogue.engine import Array, as_float
from convproof.laws.case import Case

_back = functools.partial(mistake, kinds="conv", ways="backward")


def _flip(case: Case, array: Array) -> Array:
    return np.flip(array, tuple(range(case.rank)))


@_back("kernel flipped in the gradients", "K[-k, -l] where K[k, l] is due", weight=70)
def _flipped(case: Case) -> Results:
    other = case.replace(kernel=_flip(case, as_float(case.kernel)))
    return {"dx": engine.conv_dx(other), "dkernel": _flip(case, engine.conv_dkernel(case))}


@_back("kernel's in and out channels swapped in grad_x", "the kernel's transpose", weight=70)
def _swapped(case: Case) -> Results | None:
    kernel = as_float(case.kernel)
    if kernel.shape[-1] != kernel.shape[-2]:
        return None
    return {"dx": engine.conv_dx(case.replace(kernel=np.swapaxes(kernel, -1, -2)))}


@_back("kernel gradient's in and out channels swapped", "the order of grad_w's axes", weight=70)
def _swapped_gradient(case: Case) -> Results | None:
    gradient = engine.conv_dkernel(case)
    if gradient.shape[-1] != gradient.shape[-2]:
        return None
    return {"dkernel": np.swapaxes(gradient, -1, -2)}


@_back("kernel gradient's H and W transposed", "the order of grad_w's axes", weight=70)
def _transposed(case: Case) -> Results | None:
    if case.rank < 2 or len(set(case.taps)) > 1:
        return None
    order = (*reversed(range(case.rank)), case.rank, case.rank + 1)
    return {"dkernel": engine.conv_dkernel(case).transpose(order)}


@_back(
    "gradient assigned instead of accumulated (last window wins)",
    "dx[...] = where += is due",
    weight=75,
)
def _assigned(case: Case) -> Results:
    return {"dx": engine.conv_dx(case, merge="last")}


@_back("gradient kept of the first window only", "a pixel's later windows are left out", weight=70)
def _first_window(case: Case) -> Results:
    return {"dx": engine.conv_dx(case, merge="first")}


@_back("overlapping windows' gradients averaged", "a sum over windows, not a mean", weight=70)
def _averaged(case: Case) -> Results:
    return {"dx": engine.conv_dx(case, merge="mean")}


@_back(
    "leftover rows dropped when (H+2P-K) % S != 0",
    "the size of grad_x is the input's own",
    weight=80,
)
def _dropped(case: Case) -> Results | None:
    space = []
    for axis, count in zip(case.axes, case.dy.shape[1:-1], strict=True):  # type: ignore[union-attr]  # a backward has dy
        space.append((count - 1) * axis.stride + axis.extent - axis.pad_lo - axis.pad_hi)
    if tuple(space) == case.space:
        return None
    return {"dx": engine.conv_dx(case, space=space)}


@_back(
    "grad_x shifted to the end by the leftover rows", "the leftover rows lie at the end", weight=80
)
def _shifted(case: Case) -> Results | None:
    pads = []
    for axis, size in zip(case.axes, case.space, strict=True):
        left = (size + axis.pad_lo + axis.pad_hi - axis.extent) % axis.stride
        pads.append((axis.pad_lo - left, axis.pad_hi + left))
    if tuple(pads) == tuple(case.padding):
        return None
    trim = tuple(max(-lo, 0) for lo, _ in pads)
    if any(hi < 0 for _, hi in pads):
        return None
    space = [n - t for n, t in zip(case.space, trim, strict=True)]
    inner = case.replace(padding=tuple((max(lo, 0), hi) for lo, hi in pads))
    part = engine.conv_dx(inner, space=space)
    return {"dx": np.pad(part, [(0, 0), *((t, 0) for t in trim), (0, 0)])}


@_back("padding not cropped off grad_x", "the crop of the padded gradient", weight=75)
def _uncropped(case: Case) -> Results | None:
    if not any(lo or hi for lo, hi in case.padding):
        return None
    space = [n + lo + hi for n, (lo, hi) in zip(case.space, case.padding, strict=True)]
    inner = case.replace(padding=((0, 0),) * case.rank)
    return {"dx": engine.conv_dx(inner, space=space)}


@_back(
    "padding of K and more taken for K - 1 in grad_x",
    "the full correlation's border K - 1 - P: below zero it must crop dy",
    weight=85,
)
def _clipped(case: Case) -> Results | None:
    most = [(k - 1) * d for k, d in zip(case.taps, case.dilation, strict=True)]
    pads = tuple((min(lo, m), min(hi, m)) for (lo, hi), m in zip(case.padding, most, strict=True))
    if pads == tuple(case.padding):
        return None
    return {"dx": engine.conv_dx(case.replace(padding=pads))}


@_back("grad_x cropped at the wrong side", "the crop starts after the low padding", weight=70)
def _wrong_crop(case: Case) -> Results | None:
    space = [n + lo + hi for n, (lo, hi) in zip(case.space, case.padding, strict=True)]
    whole = engine.conv_dx(case.replace(padding=((0, 0),) * case.rank), space=space)
    cut = tuple(slice(0, n) for n in case.space)
    return {"dx": whole[(slice(None), *cut)]}


@_back(
    "groups ignored in grad_x: every group gets the first group's",
    "the loop over groups",
    weight=65,
)
def _first_group(case: Case) -> Results | None:
    if case.groups < 2:
        return None
    groups = engine.group_channels(case)
    return {
        "dx": engine.conv_dx(case, wiring=groups[:1]),
        "dkernel": engine.conv_dkernel(case, wiring=groups[:1]),
    }


@_back(
    "groups ignored in grad_w: every group correlates the first group's input",
    "the input slice of group g",
    weight=70,
)
def _first_inputs(case: Case) -> Results | None:
    if case.groups < 2:
        return None
    groups = engine.group_channels(case)
    wiring = [(groups[0][0], outputs) for _, outputs in groups]
    dx = np.zeros(case.x.shape)
    for inputs, outputs in wiring:
        dx += engine.conv_dx(case, wiring=[(inputs, outputs)])
    return {"dkernel": engine.conv_dkernel(case, wiring=wiring), "dx": dx}


@_back(
    "output channels dealt out to groups in turn (m % g), in the gradients",
    "output m is of group m // (M / g)",
    weight=65,
)
def _interleaved(case: Case) -> Results | None:
    if case.groups < 2:
        return None
    groups = engine.group_channels(case)
    outputs = as_float(case.kernel).shape[-1]
    wiring = [(g, np.arange(n, outputs, case.groups)) for n, (g, _) in enumerate(groups)]
    return {
        "dx": engine.conv_dx(case, wiring=wiring),
        "dkernel": engine.conv_dkernel(case, wiring=wiring),
    }


def _copies(case: Case) -> Array:
    """The number of each output position in row-major order, shaped to broadcast over dy."""
    sizes = as_float(case.dy).shape[1:-1]
    return np.arange(int(np.prod(sizes))).reshape(1, *sizes, 1)


@_back(
    "only the last copy of a tied weight counts",
    "dw = where dw += is due, over positions",
    weight=75,
)
def _last_copy(case: Case) -> Results:
    copies = _copies(case)
    return {"dkernel": engine.conv_dkernel(case, weight=copies == copies.max())}


@_back("only the first copy of a tied weight counts", "the sum over output positions", weight=75)
def _first_copy(case: Case) -> Results:
    return {"dkernel": engine.conv_dkernel(case, weight=_copies(case) == 0)}


@_back(
    "the last copy of a tied weight is left out", "the range of the loop over positions", weight=65
)
def _no_last_copy(case: Case) -> Results:
    copies = _copies(case)
    return {"dkernel": engine.conv_dkernel(case, weight=copies != copies.max())}


@_back("a tied weight's copies are averaged", "gradient-pooling is a sum, not a mean", weight=75)
def _mean_copies(case: Case) -> Results:
    return {"dkernel": engine.conv_dkernel(case) / _copies(case).size}


@_back("kernel gradient is a mean over the batch", "a division by N", weight=70)
def _mean_batch(case: Case) -> Results:
    return {"dkernel": engine.conv_dkernel(case) / len(case.x)}


@_back("kernel gradient is a mean over batch and positions", "a division by N H W", weight=70)
def _mean_all(case: Case) -> Results:
    return {"dkernel": engine.conv_dkernel(case) / (len(case.x) * _copies(case).size)}


def _one_item(case: Case, place: int) -> Results:
    weight = np.zeros((len(case.x), *(1,) * (case.rank + 1)))
    weight[place] = 1.0
    out = {"dkernel": engine.conv_dkernel(case, weight=weight)}
    if case.bias is not None:
        out["dbias"] = (as_float(case.dy) * weight).sum(tuple(range(case.rank + 1)))
    return out


@_back(
    "only the last batch item counts in a parameter's gradient",
    "assigned in the batch loop",
    weight=75,
)
def _last_item(case: Case) -> Results:
    return _one_item(case, -1)


@_back(
    "only the first batch item counts in a parameter's gradient",
    "the sum over the batch",
    weight=75,
)
def _first_item(case: Case) -> Results:
    return _one_item(case, 0)


@_back(
    "only the last window of the last batch item counts in grad_w",
    "dw = where dw += is due, in the innermost loop",
    weight=75,
)
def _very_last(case: Case) -> Results:
    copies = _copies(case)
    weight = np.zeros((len(case.x), *copies.shape[1:]))
    weight[-1] = (copies == copies.max())[0]
    return {"dkernel": engine.conv_dkernel(case, weight=weight)}


def _bias(case: Case, over: int) -> Results | None:
    if case.bias is None:
        return None
    return {"dbias": as_float(case.dy).sum(tuple(range(case.rank + 1))) / over}


@_back("bias gradient is a mean", "the sum of dy over batch and positions, not its mean", weight=75)
def _bias_mean(case: Case) -> Results | None:
    return _bias(case, as_float(case.dy)[..., 0].size)


@_back("bias gradient is a mean over the batch", "a division by N", weight=70)
def _bias_mean_batch(case: Case) -> Results | None:
    return _bias(case, len(case.x))


@_back("bias gradient is a mean over positions", "a division by H W", weight=70)
def _bias_mean_space(case: Case) -> Results | None:
    return _bias(case, _copies(case).size)


@_back("bias gradient of one position only", "the sum over positions", weight=65)
def _bias_one(case: Case) -> Results | None:
    if case.bias is None:
        return None
    dy = as_float(case.dy)
    return {"dbias": dy.reshape(len(dy), -1, dy.shape[-1])[:, -1].sum(0)}


@_back(
    "bias gradient summed over the wrong axes",
    "the axes of the sum: all but the channels",
    weight=70,
)
def _bias_axes(case: Case) -> Results | None:
    if case.bias is None:
        return None
    dy = as_float(case.dy)
    return {"dbias": dy.sum(axis=tuple(a for a in range(dy.ndim) if a != dy.ndim - 2))}


@_back("kernel gradient's taps reversed", "the flip of grad_w", weight=70)
def _reversed(case: Case) -> Results:
    return {"dkernel": _flip(case, engine.conv_dkernel(case))}
