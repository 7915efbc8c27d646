"""Schedules that round: the floating transforms themselves, and what is kept of a kernel.

On ring elements their sums are compared as they are; there the transform is another one, and
nothing of a kernel is kept.  Here the entries are small whole numbers in floats, so the right
results are whole numbers too, and what comes must be no further than a half from them: a wrong term
is one at least.  Each is called until a kernel's transform is kept, and again with the same kernel
after it was written to.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convproof import reference
from convproof.certify.blocks import codes
from convproof.certify.layer import Caller, Code
from convproof.evidence import Verdict
from convproof.functions.planning import layer_of
from convproof.lower.lengths import length
from convproof.spec import Conv

Array = np.ndarray[Any, Any]
KINDS = ("float32", "float64", "complex64", "complex128")
TURNS = (0, 0, 0, 1, 0)  # which kernel: made, seen again, kept and taken; written to, and back
LENGTHS = 5000  # of transforms that are looked at
NAMES = ("gradient x", "gradient kernel", "gradient bias")


def layers(rank: int) -> Iterator[tuple[Conv, tuple[int, ...]]]:
    """Of three taps, a tile and a rest; with gaps, even numbers of taps, groups, an odd border.

    Their kernels have so many numbers that no look at a sample of them sees each.
    """
    yield Conv((3,) * rank, 8, padding=1), (2 if rank < 3 else 1, *(7, 5, 3)[:rank], 8)
    taps, gaps = ((12,), (4, 3), (2, 3, 2))[rank - 1], (3, 1, 2)[:rank]
    spec = Conv(taps, 8, dilation=gaps, padding=((2, 1), (0, 3), (0, 0))[:rank], groups=2)
    yield spec, (2, *((34,), (11, 6), (5, 4, 3))[rank - 1], 8)
    # such as not every schedule is for
    for stride, gap in ((1, 2), (2, 1)):
        spec = Conv((3,) * rank, 1, padding=1, stride=stride, dilation=gap)
        yield spec, (1, *(5,) * rank, 1)
    for side in (5, 7) if rank < 3 else ():
        yield Conv((side,) * rank, 2, padding=side // 2), (1, *(9, 6)[:rank], 2)


def rounded(rank: int) -> tuple[Verdict, int]:
    """Each such schedule in every float: a refutation, or how many numbers were compared."""
    compared, seen = 0, set[str]()
    for number, (spec, shape) in enumerate(layers(rank)):
        ours = [(code, one.name) for code, one in codes(spec, shape) if one.exact != "integer"]
        seen |= {name for _, name in ours}
        for kind in KINDS:
            x, first, dy = _arrays(spec, shape, kind, number)
            second = first.copy()
            second.reshape(-1)[-2] += 1
            rights = [_right(spec, x, kernel, dy) for kernel in (first, second)]
            kernel = first.copy()
            for (code, _), turn in itertools.product(ours, range(len(TURNS))):
                kernel[...] = (first, second)[TURNS[turn]]
                for name, got in _results(code, x, kernel, dy):
                    right = rights[TURNS[turn]][name]
                    if not _near(got, right, kind):
                        told = f"{code.name} of {kind}, call {turn + 1}: {name} is another number"
                        return Verdict.refute(told), compared
                    compared += got.size
    for refuted, count in (_regapped(rank), _infinite(rank)):
        if refuted is not None:
            return refuted, compared
        compared += count
    told = f"{', '.join(sorted(seen))} in floats, with kernels that come again and change"
    return Verdict.held(f"{told}: {compared} numbers"), compared


def _regapped(rank: int) -> tuple[Verdict | None, int]:
    """A kernel's spectra of one length at several gaps: what is kept of one is not the other's."""
    x, kernel = (np.arange(n**rank, dtype=float).reshape(1, *(n,) * rank, 1) for n in (12, 4))
    kernel, compared = kernel.reshape(*(4,) * rank, 1, 1), 0
    for gap, step in ((1, 5), (2, 2), (1, 5)):
        spec = Conv((4,) * rank, 1, dilation=gap)
        forward = Caller(spec).forward(f"fft step={step} block=1")
        right = reference.conv(x, kernel, None, spec.axes(x.shape[1:-1]))
        for _ in range(3):
            if not _near(forward(x, kernel), right, "float64"):
                return Verdict.refute(f"fft, dilation {gap}, after another one: other numbers"), 0
            compared += right.size
    short = [size for size in range(1, LENGTHS) if length(size) < size]
    if short:
        return Verdict.refute(f"a transform of {short[0]} numbers has {length(short[0])}"), 0
    return None, compared


def _infinite(rank: int) -> tuple[Verdict | None, int]:
    """An infinite number reaches its own windows alone, by schedules that mix all of a tile."""
    compared = 0
    for number, (spec, shape) in enumerate(layers(rank)):
        x, kernel, dy = _arrays(spec, shape, "float64", number)
        x.flat[0] = dy.flat[0] = np.inf
        with np.errstate(all="ignore"):
            rights = _right(spec, x, kernel, dy)
            for code, one in codes(spec, shape):
                for name, got in _results(code, x, kernel, dy) if one.mixes else ():
                    if not np.allclose(got, rights[name], rtol=0, atol=0.5, equal_nan=True):
                        return Verdict.refute(f"{code.name}: {name} of an infinite number"), 0
                    compared += got.size
    return None, compared


def _near(got: Array, right: Array, kind: str) -> bool:
    """Whether each number is nearest to the right one of all whole numbers."""
    if got.dtype != kind or got.shape != right.shape:
        return False
    off = got - right
    return bool((np.maximum(abs(off.real), abs(off.imag)) < 0.5).all())


def _arrays(spec: Conv, shape: tuple[int, ...], kind: str, number: int) -> list[Array]:
    """Image, kernel and gradient of small whole numbers."""
    rng = np.random.default_rng([number, len(kind)])
    layer = layer_of(spec, shape)
    kernel = (*spec.kernel_size, layer.depth, layer.groups * layer.outputs)
    made = []
    for size in (shape, kernel, (*layer.flow_shape[:-2], kernel[-1])):
        array = rng.integers(-3, 4, size).astype(kind)
        made.append(array + 1j * rng.integers(-3, 4, size) if array.dtype.kind == "c" else array)
    return [array.astype(kind) for array in made]


def _right(spec: Conv, x: Array, kernel: Array, dy: Array) -> dict[str, Array]:
    """What plain loops have."""
    axes = spec.axes(x.shape[1:-1])
    backs = reference.conv_backward(dy, x, kernel, axes, spec.groups)
    right = dict(zip(NAMES, backs, strict=True))
    return {"forward": reference.conv(x, kernel, None, axes, spec.groups), **right}


def _results(code: Code, x: Array, kernel: Array, dy: Array) -> Iterator[tuple[str, Array]]:
    if "forward" in code.goals:
        yield "forward", code.forward(x, kernel)
    else:
        yield from zip(NAMES, code.backward(dy, x, kernel), strict=True)
