"""What generated programs call: written by hand, and tested against the closed forms of `integers`.

Nothing here knows of a layer; stand-alone modules get the text of what they need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]


MOST_TOGETHER = 128  # bytes that are copied as one entry
LANES = 2  # sums over blocks, side by side


def lowest(dtype: Any) -> Any:
    """What every number of `dtype` is at least: the maximum of nothing."""
    return np.iinfo(dtype).min if dtype.kind in "iu" else -np.inf


def span(offset: int, stride: int, coarse: int, fine: int) -> tuple[slice, slice]:
    """Slices of o and i with i = stride*o + offset, 0 <= o < coarse, 0 <= i < fine."""
    lo = max(0, (-(offset // stride)))
    hi = min(coarse, ((fine - offset - 1) // stride) + 1)
    if hi <= lo:
        return slice(0, 0), slice(0, 0)
    return slice(lo, hi), slice(stride * lo + offset, stride * (hi - 1) + offset + 1, stride)


@lru_cache(maxsize=4096)
def few_spans(
    taps: int, gap: int, offset: int, stride: int, coarse: int, fine: int
) -> list[tuple[int, slice, slice]]:
    """Each tap that can meet a pixel, and its slices: i = stride*o + gap*tap + offset."""
    lo = max(0, (-((offset + stride * (coarse - 1)) // gap)))
    hi = min(taps, ((fine - offset - 1) // gap) + 1)
    return [(tap, *span(gap * tap + offset, stride, coarse, fine)) for tap in range(lo, hi)]


def spans(
    taps: int, gap: int, offset: int, stride: int, coarse: int, fine: int
) -> list[tuple[int, slice, slice]]:
    """The spans of few taps, which are kept, or of many, which might fill the memory."""
    find = few_spans if taps < 64 else few_spans.__wrapped__
    return find(taps, gap, offset, stride, coarse, fine)


@lru_cache(maxsize=4096)
def frame(
    shape: tuple[int, ...],
    itemsize: int,
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> tuple[Any, ...]:
    """How `windows` sees an image of `shape`: its view's shape, start and strides come last.

    First the shape of the image with its border (None if none is needed), and what is copied from
    where to where in it.
    """
    images, *fine, groups, depth = shape
    sizes = zip(stride, coarse, gap, taps, strict=True)
    reach = tuple(s * (o - 1) + d * (k - 1) + 1 for s, o, d, k in sizes)
    lows = [min(max(r, 0), n) for r, n in zip(offset, fine, strict=True)]
    highs = [min(max(r + m, 0), n) for r, m, n in zip(offset, reach, fine, strict=True)]
    cut = [slice(lo, hi) for lo, hi in zip(lows, highs, strict=True)]
    kept = [slice(lo - r, hi - r) for lo, hi, r in zip(lows, highs, offset, strict=True)]
    within = all(r >= 0 and r + m <= n for r, m, n in zip(offset, reach, fine, strict=True))
    whole = None if within else (images, *reach, groups, depth)
    steps = [itemsize]
    for size in reversed((whole or shape)[1:]):
        steps.insert(0, steps[0] * size)
    first, *along, group, one = steps
    start = sum(lo * step for lo, step in zip(lows, along, strict=True)) if within else 0
    # A step that is never made may be of any size, larger than an address too.
    coarse_steps = [a * s if o > 1 else 0 for a, s, o in zip(along, stride, coarse, strict=True)]
    tap_steps = [a * d if k > 1 else 0 for a, d, k in zip(along, gap, taps, strict=True)]
    view = (images, *coarse, groups, *taps, depth)
    strides = (first, *coarse_steps, group, *tap_steps, one)
    return whole, (slice(None), *cut), (slice(None), *kept), view, start, strides


def windows(
    x: Array,
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
    fill: Any = 0,
) -> Array:
    """What windows see of x (n, *fine, g, c): a view (n, *coarse, g, *taps, c) to read only.

    At (o, tap) that is the pixel stride*o + gap*tap + offset, and `fill` where there is none.
    """
    x = np.ascontiguousarray(x)
    whole, cut, kept, view, start, strides = frame(
        x.shape, x.itemsize, taps, gap, offset, stride, coarse
    )
    if whole is not None:
        image = np.zeros(whole, dtype=x.dtype)
        if fill != 0:
            image.fill(fill)
        image[kept] = x[cut]
        x = image
    if not x.size:
        return np.empty(view, x.dtype)
    return np.ndarray(view, x.dtype, x, start, strides)


@lru_cache(maxsize=4096)
def turned_frame(shape: tuple[int, ...], itemsize: int, *numbers: Any) -> tuple[Any, ...]:
    """`frame` for an image whose memory is (g, c, *space, n); start and strides are None for more.

    Also the order of an image's dimensions in that memory.
    """
    whole, cut, kept, view, _, _ = frame(shape, itemsize, *numbers)
    images, *fine, _, depth = shape
    rank = len(fine)
    order = (rank + 1, rank + 2, *range(1, rank + 1), 0)
    steps = [itemsize]
    for size in (images, *reversed(fine), depth)[: rank + 2]:
        steps.insert(0, steps[0] * size)
    group, one, *along, first = steps
    start = sum(s.start * step for s, step in zip(cut[1:], along, strict=True))
    return whole, cut, kept, view, start, strides_of(first, along, group, one, *numbers), order


def strides_of(
    first: int,
    along: Sequence[int],
    group: int,
    one: int,
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    _: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> tuple[int, ...]:
    """The strides of what windows see, from those of an image (n, *fine, g, c)."""
    coarse_steps = [a * s if o > 1 else 0 for a, s, o in zip(along, stride, coarse, strict=True)]
    tap_steps = [a * d if k > 1 else 0 for a, d, k in zip(along, gap, taps, strict=True)]
    return (first, *coarse_steps, group, *tap_steps, one)


def windows_turned(
    x: Array,
    taps: tuple[int, ...],
    gap: tuple[int, ...],
    offset: tuple[int, ...],
    stride: tuple[int, ...],
    coarse: tuple[int, ...],
) -> Array:
    """`windows` of images that lie side by side in memory, read in place; others are copied."""
    numbers = taps, gap, offset, stride, coarse
    whole, cut, kept, view, start, strides, order = turned_frame(x.shape, x.itemsize, *numbers)
    if 0 in view or not x.size:
        return np.empty(view, x.dtype)
    lying = x.transpose(order)
    if whole is None:
        return np.ndarray(view, x.dtype, np.ascontiguousarray(lying), start, strides)
    images, *fine, groups, depth = whole
    lying = np.zeros((groups, depth, *fine, images), dtype=x.dtype)
    seen = np.moveaxis(lying, range(len(order)), order)
    seen[kept] = x[cut]
    first, *along, group, one = seen.strides
    strides = strides_of(first, along, group, one, *numbers)
    return np.ndarray(view, x.dtype, lying, 0, strides)


def spread(array: Array, coarse: tuple[int, ...], stride: tuple[int, ...]) -> Array:
    """Zeros between the entries (n, *coarse, ...): what was at o is at stride*o on each axis."""
    if max(stride) == 1:
        return array
    along = tuple(s * (o - 1) + 1 for s, o in zip(stride, coarse, strict=True))
    wide = np.zeros((len(array), *along, *array.shape[1 + len(along) :]), dtype=array.dtype)
    wide[(slice(None), *(slice(None, None, step) for step in stride))] = array
    return wide


def multiply(left: Array, right: Array, out: Array | None = None) -> Array:
    """left @ right for each group: (g, rows, inner) by (g, inner, columns)."""
    (groups, rows, inner), columns = left.shape, right.shape[2]
    found: Array
    # np.matmul takes its time where `inner` is 1; `dot` leaves out a product by a lone 0.
    if inner == 1 and (groups > 1 or rows == 1 or columns == 1):
        found = np.multiply(left, right, out=out)
    elif groups == 1 and (out is None or out[0].flags.c_contiguous):
        found = left[0].dot(right[0], None if out is None else out[0])[np.newaxis]
    else:
        found = np.matmul(left, right, out=out)
    return found


def multiplied(left: Array, right: Array, shape: tuple[int, ...]) -> Array:
    """The matrices' product, with another shape."""
    # `dot` leaves out a product by a lone 0.
    found: Array = left * right if left.shape[1] == 1 else left.dot(right)
    found.resize(shape, refcheck=False)  # of equal size: it moves nothing
    return found


def positions(size: int, *sizes: int) -> Array:
    """0..size-1, as Python's integers where others might not hold what is made of `sizes`."""
    return np.arange(size, dtype=object if max(sizes) >= 2**60 else np.int64)


def counts(numbers: Array, dtype: Any) -> Array:
    """The numbers of pixels to divide by; one number if all are equal, which is quicker."""
    return (numbers[:1] if (numbers == numbers[:1]).all() else numbers).astype(dtype)


def counted(count: Array, block: slice) -> Array:
    """The numbers of a block of windows, of which there may be one for all."""
    return count if len(count) == 1 else count[block]


@lru_cache(maxsize=64)
def together(size: int) -> np.dtype[Any]:
    """That many bytes as one entry."""
    return np.dtype((np.void, size))


def by_pixel(view: Array) -> Array | None:
    """A view whose numbers that lie together at its end are one entry; None for nothing gained.

    NumPy copies such entries several times as quickly as it loops over a handful of numbers.
    """
    if not view.size or view.dtype.hasobject:
        return None
    axis, run = view.ndim, view.itemsize
    while axis and view.strides[axis - 1] == run:
        axis -= 1
        run *= view.shape[axis]
    if not axis or not view.itemsize < run <= MOST_TOGETHER:
        return None
    return view.reshape(*view.shape[:axis], -1).view(together(run))[..., 0]


def odd(view: Array) -> bool:
    """Whether pixels are of a size that no processor copies at once, and of few numbers."""
    few = view.shape[-1]
    return few <= 5 and few * view.itemsize not in (1, 2, 4, 8, 16)


def near(view: Array) -> Array:
    """The same numbers in one stretch of memory; the view itself where that gains nothing."""
    # The loops take less time than the look, or than whatever it might find.
    if view.size < 4096 or view.shape[-1] * view.itemsize > MOST_TOGETHER:
        return view
    pixels = by_pixel(view)
    if pixels is None:
        return view
    found = np.empty(view.shape, view.dtype)
    if odd(view):
        for number in range(view.shape[-1]):
            found[..., number] = view[..., number]
    else:
        found.reshape(*pixels.shape, -1).view(pixels.dtype)[..., 0] = pixels
    return found


def put(view: Array, values: Array) -> None:
    """view[...] = values, a pixel at a time where that is sooner done."""
    if view.size < 4096 or view.shape[-1] * view.itemsize > MOST_TOGETHER:
        view[...] = values
        return
    pixels = by_pixel(view)
    if pixels is None or not values.flags.c_contiguous or values.dtype != view.dtype:
        view[...] = values
    elif odd(view):
        for number in range(view.shape[-1]):
            view[..., number] = values[..., number]
    else:
        pixels[...] = values.reshape(*pixels.shape, -1).view(pixels.dtype)[..., 0]


def add(view: Array, values: Array) -> None:
    """View += values, a pixel at a time where pixels lie apart."""
    held = near(view)
    held += near(values)
    if held is not view:
        put(view, held)


def add_columns(array: Array, numbers: Array) -> None:
    """array (..., *columns) += numbers (*columns): a row of positions at a time if there are few.

    A loop over a handful of numbers, for each position anew, takes several times as long.
    """
    along = array.shape[-1 - numbers.ndim] if array.ndim > numbers.ndim else 1
    if array.flags.c_contiguous and 1 < along <= 4096 and 0 < numbers.size <= 64:
        row = np.empty((along, numbers.size), array.dtype)
        row[...] = numbers.reshape(-1)
        rows = array.reshape(-1, row.size)
        rows += row.reshape(-1)
    else:
        array += numbers


@lru_cache(maxsize=16)
def few_ones(count: int, dtype: Any) -> Array:
    """So many ones, to read only."""
    return np.ones(count, dtype=dtype)


def columns(array: Array, rows: int, columns: int) -> Array:
    """The sums of an array (n, *space, g, c), taken as a matrix of `rows` by `columns`, by column.

    As a product with ones: the same sums as `sum`, several times as quickly.
    """
    ones = few_ones(rows, array.dtype) if rows <= 2**16 else np.ones(rows, dtype=array.dtype)
    found: Array
    if array.flags.c_contiguous:
        found = ones @ array.reshape(rows, columns)
    else:  # images may lie side by side: then a column is a row of what is in memory
        rank = array.ndim - 3
        across = array.transpose(rank + 1, rank + 2, *range(1, rank + 1), 0)
        found = across.reshape(columns, rows) @ ones
    return found


@lru_cache(maxsize=256)
def constant(rows: tuple[tuple[int, ...], ...], over: int, dtype: Any) -> Array:
    """The matrix rows/over: in floats as near as they come, else in exact fractions."""
    exact = [[Fraction(one, over) for one in row] for row in rows]
    return np.array(exact, dtype=object).astype(dtype if dtype.kind in "fc" else object)


def along(matrix: Array, array: Array, ahead: int, slot: int = 0) -> Array:
    """`matrix` along an axis of the array: (ahead, columns, behind) to (ahead, rows, behind)."""
    behind = array.size // (ahead * matrix.shape[1])
    found: Array = np.matmul(matrix, array.reshape(ahead, matrix.shape[1], behind))
    return found


def stacked(left: Array, right: Array) -> Array:
    """left @ right, matrix by matrix."""
    found: Array = np.matmul(left, right)
    return found


def kept(make: Callable[[Array], Array], array: Array, matrix: Array | tuple[int, ...]) -> Array:
    """make(array)."""
    return make(array)


def untile(target: Array, source: Array, places: tuple[int, ...]) -> None:
    """Put source (*places, g, n, *tiles, c) at tile*places + place of target (n, *space, g, c)."""
    rank = len(places)
    for place in np.ndindex(*places):
        part = target[(slice(None), *map(slice, place, (None,) * rank, places))]
        tiles = source[place][(slice(None), slice(None), *map(slice, part.shape[1 : 1 + rank]))]
        part[...] = tiles.transpose(*range(1, rank + 2), 0, rank + 2)


def pieces(*cuts: tuple[int, int]) -> Iterator[tuple[slice, ...]]:
    """Every combination of slices: of each (size, most) those of at most so many entries."""
    yield from product(
        *(
            [slice(i, min(i + most, size)) for i in range(0, max(1, size), most)]
            for size, most in cuts
        )
    )


def share(task: Callable[..., None], *cuts: tuple[int, int]) -> None:
    """Do a task for each combination of slices."""
    for piece in pieces(*cuts):
        task(*piece)


def lanes(items: list[tuple[slice, ...]]) -> list[list[tuple[slice, ...]]]:
    """The pieces of a sum in `LANES`, each summed by itself: the same in whatever threads."""
    return [items[first::LANES] for first in range(min(LANES, len(items)))]


def total(task: Callable[..., Array], *cuts: tuple[int, int]) -> Array:
    """The sum of a task's results over all combinations of slices, lane by lane."""
    sums = []
    for lane in lanes(list(pieces(*cuts))):
        found = task(*lane[0])
        for piece in lane[1:]:
            found += task(*piece)
        sums.append(found)
    for other in sums[1:]:
        sums[0] += other
    return sums[0]
