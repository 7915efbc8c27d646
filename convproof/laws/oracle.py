"""A second oracle, vectorised over everything but the taps, for thousands of cases a second.

Written from the definition on an image with an explicit border, and sharing nothing with
`reference` (which the tests hold it to) or with any code under test.  Integers are computed in
float64 and stay exact: the generators keep every partial sum below 2**53.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from convproof.laws.case import Array, Case

Tap = tuple[int, ...]


def room(case: Case, counts: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """The border each axis needs: the padding, and what a last window overhangs."""
    found = []
    for axis, size, count in zip(case.axes, case.space, counts or case.out_space, strict=True):
        used = (count - 1) * axis.stride + axis.extent if count else 0
        found.append((axis.pad_lo, max(axis.pad_hi, used - size - axis.pad_lo)))
    return found


def bordered(case: Case, image: Array, fill: float, counts: Sequence[int] | None = None) -> Array:
    """The image inside that border."""
    return _framed(image, room(case, counts), fill)


def _framed(image: Array, pads: Sequence[tuple[int, int]], fill: float) -> Array:
    """What `np.pad` gives, in a tenth of its time: most images here have a few pixels."""
    sizes = image.shape[1:-1]
    space = [lo + n + hi for (lo, hi), n in zip(pads, sizes, strict=True)]
    wide: Array = np.full((len(image), *space, image.shape[-1]), fill, image.dtype)
    inner = tuple([slice(lo, lo + n) for (lo, _), n in zip(pads, sizes, strict=True)])
    wide[(slice(None), *inner)] = image
    return wide


def crop(case: Case, image: Array) -> Array:
    """The image of a bordered one."""
    inner = tuple(slice(a.pad_lo, a.pad_lo + n) for a, n in zip(case.axes, case.space, strict=True))
    return image[(slice(None), *inner)]


def taps(
    case: Case, counts: Sequence[int] | None = None
) -> Iterator[tuple[Tap, tuple[slice, ...]]]:
    """Each tap with the slice of the bordered image that it meets, one pixel for each output.

    `counts` are the output's sizes where they are not those of the case.
    """
    counts = counts or case.out_space
    for tap in itertools.product(*(range(k) for k in case.taps)):
        where = tuple(
            slice(a.dilation * k, a.dilation * k + a.stride * (count - 1) + 1, a.stride)
            for a, k, count in zip(case.axes, tap, counts, strict=True)
        )
        yield tap, (slice(None), *where)


def _wide(array: Array) -> Array:
    """float64, or the array itself where it is more than that."""
    if array.dtype.kind in "cO" or array.dtype.itemsize > 8:
        return array
    return array.astype(np.float64)


def _through(seen: Array, weights: Array, groups: int) -> Array:
    """Pixels (..., groups * inputs) through weights (inputs, groups * outputs) of one tap."""
    if groups == 1:
        through: Array = seen @ weights
        return through
    grouped = seen.reshape(*seen.shape[:-1], groups, -1)
    each = np.einsum("...gd,dgw->...gw", grouped, weights.reshape(len(weights), groups, -1))
    outputs: Array = each.reshape(*seen.shape[:-1], -1)
    return outputs


def conv(case: Case, x: Array, kernel: Array, bias: Array | None) -> Array:
    """Equation (10.8), any rank."""
    image, weights = bordered(case, _wide(x), 0.0), _wide(kernel)
    y = np.zeros((len(x), *case.out_space, kernel.shape[-1]), np.result_type(image, weights))
    for tap, where in taps(case):
        y += _through(image[where], weights[tap], case.groups)
    return y if bias is None else y + _wide(bias)


def conv_backward(case: Case, dy: Array, x: Array, kernel: Array) -> tuple[Array, Array, Array]:
    """The gradients of <dy, conv(x, kernel) + bias> for x, kernel and bias."""
    image, weights, flow = bordered(case, _wide(x), 0.0), _wide(kernel), _wide(dy)
    groups, (depth, outputs) = case.groups, kernel.shape[-2:]
    width = outputs // groups
    dimage = np.zeros(image.shape, np.result_type(flow, weights))
    dkernel = np.zeros(kernel.shape, np.result_type(flow, image))
    back = weights.reshape(*case.taps, depth, groups, width)
    back = back.swapaxes(-3, -1).reshape(*case.taps, width, groups * depth)
    parts = flow.reshape(-1, groups, width)
    for tap, where in taps(case):
        dimage[where] += _through(flow, back[tap], groups)
        seen = image[where].reshape(-1, groups, depth)
        if groups == 1:
            dkernel[tap] = seen[:, 0].T @ parts[:, 0]
        else:
            each = np.einsum("pgd,pgw->dgw", seen, parts)
            dkernel[tap] = each.reshape(depth, outputs)
    return crop(case, dimage), dkernel, flow.sum(axis=tuple(range(dy.ndim - 1)))


def _windows(case: Case, x: Array, order: str = "row") -> tuple[Array, Array, list[Tap]]:
    """(values, on the image?, taps), stacked over the taps."""
    image = bordered(case, x, -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min)
    here = bordered(case, np.ones((1, *case.space, 1), bool), 0)
    met = list(taps(case))
    if order == "column":
        met.sort(key=lambda pair: pair[0][::-1])
    values = np.stack([image[where] for _, where in met])
    inside = np.stack([here[where] for _, where in met])
    return values, np.broadcast_to(inside, values.shape), [tap for tap, _ in met]


def max_pool(case: Case, x: Array) -> Array:
    """Equation (10.9); NaN is a maximum; padding never wins."""
    result: Array = _windows(case, x)[0].max(axis=0)
    return result


def _shares(case: Case, x: Array, ties: str) -> tuple[Array, list[Tap]]:
    """How much of each window's gradient each tap takes, under a rule for ties."""
    values, inside, order = _windows(case, x, "column" if ties.endswith("column") else "row")
    best = (values == values.max(axis=0)) & inside
    if ties in ("all", "share"):
        weight = best.astype(np.float64)
        return (weight / best.sum(axis=0) if ties == "share" else weight), order
    if ties.startswith("first"):
        winner = best.argmax(axis=0)
    else:
        winner = len(order) - 1 - best[::-1].argmax(axis=0)
    places = np.arange(len(order)).reshape((-1,) + (1,) * x.ndim)
    return (places == winner).astype(np.float64), order


def max_pool_backward(case: Case, dy: Array, x: Array, ties: str = "first") -> Array:
    """Each window's gradient to its maximum; `ties` is a rule of `TIES`."""
    shares, order = _shares(case, x, ties)
    weight = dict(zip(order, shares, strict=True))
    return _scatter(case, lambda tap: _wide(dy) * weight[tap], x.shape[-1], len(x))


TIES = ("first", "last", "share", "first-column", "last-column", "all")


def _scatter(case: Case, flow: Callable[[Tap], Array], channels: int, batch: int) -> Array:
    dimage = bordered(case, np.zeros((batch, *case.space, channels)), 0.0)
    for tap, where in taps(case):
        dimage[where] += flow(tap)
    return crop(case, dimage)


def divisors(case: Case, counts: Sequence[int] | None = None) -> Array:
    """(1, *out, 1): how many positions each mean counts; overhang beyond the padding never."""
    include = 1.0 if case.count_include_pad else 0.0
    counted = _framed(np.ones((1, *case.space, 1)), case.padding, include)
    needed = zip(room(case, counts), case.padding, strict=True)
    more = [(0, hi - pad) for (_, hi), (_, pad) in needed]
    counted = _framed(counted, more, 0.0)
    total = np.zeros((1, *(counts or case.out_space), 1))
    for _, where in taps(case, counts):
        total += counted[where]
    return total


def avg_pool(case: Case, x: Array) -> Array:
    """The mean of each window."""
    image = bordered(case, _wide(x), 0.0)
    total = np.zeros((len(x), *case.out_space, x.shape[-1]))
    for _, where in taps(case):
        total += image[where]
    return total / divisors(case)


def avg_pool_backward(case: Case, dy: Array) -> Array:
    """Each output's gradient, divided as its mean was, to every pixel of its window."""
    flow = _wide(dy) / divisors(case)
    return _scatter(case, lambda tap: flow, dy.shape[-1], len(dy))


def expected(case: Case, ties: str = "first") -> tuple[Array, ...]:
    """The right answer: one array, or (dx, dkernel, dbias) for a convolution's backward."""
    if case.kind == "conv_transpose":
        return _transposed(case)
    if case.kind == "conv":
        assert case.kernel is not None
        if not case.backward:
            return (conv(case, case.x, case.kernel, case.bias),)
        assert case.dy is not None
        return conv_backward(case, case.dy, case.x, case.kernel)
    if not case.backward:
        return (max_pool(case, case.x) if case.kind == "max_pool" else avg_pool(case, case.x),)
    assert case.dy is not None
    if case.kind == "max_pool":
        return (max_pool_backward(case, case.dy, case.x, ties),)
    return (avg_pool_backward(case, case.dy),)


def _transposed(case: Case) -> tuple[Array, ...]:
    """The gradient of the convolution it transposes, run forward; and what that makes of dy.

    On every pixel that a window meets, of which the padding is cut off afterwards: however much
    output padding there is, windows are as many as the image has pixels.
    """
    bare = case.replace(padding=((0, 0),) * case.rank, output_padding=())
    base, whole, kept = bare.base, slice(None), []
    assert base.kernel is not None
    shape = (*base.x.shape[:-1], case.outputs)
    for axis, met, size in zip(case.axes, shape[1:-1], case.out_space, strict=True):
        start, stop = axis.pad_lo, min(axis.pad_lo + size, met)
        kept.append((slice(start, stop), slice(0, max(stop - start, 0))))
    there, here = ((whole, *(pair[way] for pair in kept)) for way in (0, 1))
    if not case.backward:
        full = conv_backward(base, case.x, base.x, base.kernel)[0]
        y = np.zeros(case.out_shape, full.dtype)
        y[here] = full[there]
        return (y if case.bias is None else y + _wide(case.bias),)
    assert case.dy is not None
    flow = np.zeros(shape, _wide(case.dy).dtype)
    flow[there] = case.dy[here]
    dkernel = conv_backward(base, case.x, flow, base.kernel)[1]
    dbias = _wide(case.dy).sum(axis=tuple(range(case.dy.ndim - 1)))
    return conv(base, flow, base.kernel, None), dkernel, dbias


def magnitudes(case: Case, ties: str = "first") -> tuple[Array, ...]:
    """The same sums over absolute values: what rounding bounds are proportional to."""
    arrays = {name: np.abs(array) for name, array in case.arrays.items()}
    if case.kind == "max_pool" and "dy" in arrays:
        arrays["x"] = case.x  # which pixel wins is no matter of rounding
    return expected(case.replace(**arrays), ties)


def terms(case: Case) -> tuple[int, ...]:
    """The largest number of terms other than zero in one entry of each result.

    Adding a zero rounds nothing, in whatever order.
    """
    if case.kernel is not None:
        met = {name: (array != 0).astype(np.float64) for name, array in case.arrays.items()}
        return tuple(int(count.max(initial=0)) for count in expected(case.replace(**met)))
    return (int(np.prod(case.taps)),)
