"""Wrong implementations whose mistake is kept between calls: caches, workspaces, threads, errors.

Each has fresh state; a witness is a sequence of calls.
"""

from __future__ import annotations

import math
import time

import numpy as np

from property_tests.corpus.adjoints import by_taps
from property_tests.corpus.engines import im2col, loops, taps
from property_tests.corpus.job import Array, Functions, Gradients, Job, Sizes, Window, index
from property_tests.corpus.mutant import Run, as_conv, as_conv_backward, stateful, whole
from property_tests.corpus.pools import max_back, max_taps
from property_tests.corpus.witness import Call, at, bat, mx, mxb

Key = tuple[object, ...]
SMALL = (1, 1, 3, 3), (1, 1, 2, 2)


def seeds(count: int) -> list[Call]:
    """The same small call with other numbers, again and again."""
    return [at(*SMALL, seed=seed) for seed in range(count)]


@stateful("conv2d", "stale state", *seeds(2))
def weights_cached_by_shape() -> Run:
    """Packs the kernel once for each shape and never looks at it again."""
    packed: dict[Key, Array] = {}
    return lambda c: taps(c.but(w=packed.setdefault((c.w.shape, c.w.dtype), c.w.copy())))


@stateful("conv2d", "stale state", at(*SMALL), at(*SMALL, seed=1, again=True))
def weights_cached_by_identity() -> Run:
    """Packs the kernel once for each array object, even when its values have changed."""
    packed: dict[Key, tuple[Array, Array]] = {}

    def conv2d(c: Job) -> Array:
        # keeping the array alive makes sure that its identity is not given to another
        _, w = packed.setdefault((id(c.w), c.w.shape), (c.w, c.w.copy()))
        return im2col(c.but(w=w))

    return conv2d


@stateful("conv2d", "stale state", at(*SMALL), at(*SMALL, seed=1, again=True))
def image_cached_by_address() -> Run:
    """Keeps the columns of the last image, found by its memory address and shape."""
    last: list[tuple[Key, Array, Array]] = []

    def conv2d(c: Job) -> Array:
        key = (c.x.__array_interface__["data"], c.x.shape, c.x.strides)
        if not last or last[0][0] != key:
            last[:] = [(key, c.x, c.x.copy())]
        return taps(c.but(x=last[0][2]))

    return conv2d


@stateful("conv2d", "stale state", at((1, 1, 5, 5), (1, 1, 2, 2)),
          at((1, 1, 5, 5), (1, 1, 2, 2), dilation=2))  # fmt: skip
def geometry_cached_without_dilation() -> Run:
    """Caches the output's size and taps by image, kernel and stride, and forgets the dilation."""
    plans: dict[Key, Sizes] = {}

    def conv2d(c: Job) -> Array:
        key = (c.space, c.taps, c.stride, c.padding)
        return taps(c.but(dilation=plans.setdefault(key, c.dilation)))

    return conv2d


@stateful("conv2d", "stale state", at((1, 2, 3, 3), (2, 2, 2, 2), bias=True),
          at((1, 2, 3, 3), (2, 2, 2, 2), seed=3))  # fmt: skip
def bias_remembered() -> Run:
    """A call without bias adds the last one that fitted."""
    last: list[Array] = []

    def conv2d(c: Job) -> Array:
        if c.b is not None:
            last[:] = [c.b.copy()]
        elif last and last[0].shape == c.w.shape[:1]:
            c = c.but(b=last[0])
        return taps(c)

    return conv2d


@whole(("conv2d_backward",), "stale state", "stateful", at((1, 1, 4, 4), (1, 1, 2, 2)),
       at((1, 1, 4, 4), (1, 1, 2, 2), seed=1), bat((1, 1, 4, 4), (1, 1, 2, 2)))  # fmt: skip
def backward_uses_last_forward() -> Functions:
    """The backward reads the image kept by the last forward, whichever that was."""
    kept: list[Array] = []

    def conv2d(c: Job) -> Array:
        kept[:] = [c.x.copy()]
        return taps(c)

    def back(c: Job, dy: Array) -> Gradients:
        if kept and kept[0].shape == c.x.shape and kept[0].dtype == c.x.dtype:
            c = c.but(x=kept[0])
        return by_taps(c, dy)

    return {"conv2d": as_conv(conv2d), "conv2d_backward": as_conv_backward(back)}


@stateful("max_pool2d_backward", "stale state", mx((1, 1, 4, 4), (2, 2)),
          mxb((1, 1, 4, 4), (2, 2)), mxb((1, 1, 4, 4), (2, 2), seed=5))  # fmt: skip
def max_places_cached_by_shape() -> Run:
    """Remembers where maxima were by shape and window, for the next backward too."""
    kept: dict[Key, Array] = {}

    def back(c: Window, dy: Array) -> Array:
        x = kept.setdefault((c.x.shape, c.taps, c.stride, c.padding), c.x.copy())
        return max_back(c.but(x=x), dy)

    return back


@stateful("conv2d_backward", "accumulates",
          *(bat((1, 1, 3, 3), (2, 1, 2, 2), bias=True, seed=seed) for seed in (0, 1)))  # fmt: skip
def gradients_add_up() -> Run:
    """Adds each call's kernel gradient to the last one's, as an optimiser's field would."""
    kept: dict[Key, Array] = {}

    def back(c: Job, dy: Array) -> Gradients:
        gx, gw, gb = by_taps(c, dy)
        key = (gw.shape, gw.dtype)
        kept[key] = kept[key] + gw if key in kept else gw
        return gx, kept[key].copy(), gb

    return back


@stateful("conv2d", "workspace", *seeds(2))
def output_accumulates() -> Run:
    """Adds into a workspace that only its first use found empty."""
    kept: dict[Key, Array] = {}

    def conv2d(c: Job) -> Array:
        total = kept.setdefault((c.shape, c.kind), np.zeros(c.shape, dtype=c.kind))
        total += taps(c)
        return total.copy()

    return conv2d


@stateful("conv2d", "workspace", *seeds(2))
def result_is_the_workspace() -> Run:
    """Hands out its own buffer, so that the next call changes the last result."""
    kept: dict[Key, Array] = {}

    def conv2d(c: Job) -> Array:
        y = kept.setdefault((c.shape, c.kind), np.empty(c.shape, dtype=c.kind))
        y[...] = loops(c)
        return y

    return conv2d


@stateful("conv2d", "workspace", at((1, 1, 6, 6), (1, 1, 2, 2), padding=1),
          at((1, 1, 3, 3), (1, 1, 2, 2), padding=1))  # fmt: skip
def border_not_cleared() -> Run:
    """Pads into a buffer that the last, larger image has left its pixels in."""
    buffer = np.zeros(0)

    def conv2d(c: Job) -> Array:
        nonlocal buffer
        shape = c.padded().shape
        if buffer.size < math.prod(shape) or buffer.dtype != c.x.dtype:
            buffer = np.zeros(math.prod(shape), dtype=c.x.dtype)
        padded = buffer[: math.prod(shape)].reshape(shape)
        padded[c.inside] = c.x
        return taps(c.but(x=padded, padding=(0,) * c.rank))

    return conv2d


@stateful("max_pool2d", "workspace", mx((1, 1, 4, 4), (2, 2)),
          mx((1, 1, 4, 4), (2, 2), seed=1, values="negative"))  # fmt: skip
def running_maximum_kept() -> Run:
    """Starts each maximum from the last call's results of that shape."""
    kept: dict[Key, Array] = {}

    def max_pool2d(c: Window) -> Array:
        y = max_taps(c)
        key = (y.shape, y.dtype)
        kept[key] = np.maximum(kept[key], y) if key in kept else y
        return kept[key].copy()

    return max_pool2d


@stateful("conv2d", "thread", at((2, 3, 20, 20), (4, 3, 3, 3), threads=6))
def workspace_shared_by_threads() -> Run:
    """All threads pad into one global buffer of the shape."""
    kept: dict[Key, Array] = {}

    def conv2d(c: Job) -> Array:
        fresh = c.padded()
        padded = kept.setdefault((fresh.shape, fresh.dtype), np.empty_like(fresh))
        padded[...] = fresh
        time.sleep(1e-4)  # where a real one would do its work and let other threads run
        return taps(c.but(x=padded, padding=(0,) * c.rank))

    return conv2d


@stateful("conv2d", "thread", at((1, 2, 4, 4), (2, 2, 3, 3), padding=1, threads=6))
def parameters_in_globals() -> Run:
    """Passes the kernel to its inner function through a global."""
    state: dict[str, Array] = {}

    def conv2d(c: Job) -> Array:
        state["w"] = c.w
        time.sleep(1e-4)  # as above
        return taps(c.but(w=state["w"] if state["w"].shape == c.w.shape else c.w))

    return conv2d


@stateful("conv2d", "second call", *seeds(2))
def second_call_transposed() -> Run:
    """A flag set by the first call makes the others read square kernels transposed."""
    seen: list[bool] = []

    def conv2d(c: Job) -> Array:
        if seen and c.taps[0] == c.taps[1]:
            c = c.but(w=c.w.swapaxes(2, 3))
        seen.append(True)
        return taps(c)

    return conv2d


@stateful("conv2d", "second call", *seeds(8))
def every_seventh_call() -> Run:
    """Every seventh call takes an unfinished path that leaves out the last row."""
    count = 0

    def conv2d(c: Job) -> Array:
        nonlocal count
        count += 1
        y = taps(c)
        if count % 7 == 0:
            y[:, :, -1] = 0
        return y

    return conv2d


@stateful("conv2d", "after an error", at((1, 1, 2, 2), (1, 1, 3, 3), refuse=True),
          at((1, 1, 3, 3), (1, 1, 2, 2), padding=1), checked=False)  # fmt: skip
def error_leaves_padding_off() -> Run:
    """Switches padding off while it checks, and does not switch it on again after an error."""
    state = {"pad": True}

    def conv2d(c: Job) -> Array:
        padding = state["pad"]
        state["pad"] = False
        c.refuse()
        state["pad"] = True
        y = taps(c)
        if padding:
            return y
        z = np.zeros_like(y)
        sizes = zip(c.padding, c.out, strict=True)
        border = index(..., *(slice(p, max(o - p, p)) for p, o in sizes))
        z[border] = y[border]
        return z

    return conv2d


@stateful("conv2d", "noise", *seeds(40))
def rarely_wrong_at_random() -> Run:
    """About one call in twenty loses an atomic addition."""
    rng = np.random.default_rng(12)

    def conv2d(c: Job) -> Array:
        y = taps(c)
        if y.size and rng.random() < 0.05:
            y.reshape(-1)[rng.integers(y.size)] += 1
        return y

    return conv2d
