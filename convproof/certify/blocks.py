"""Blocks: each schedule on layers that it cuts several times, on every axis it cuts, by numbers.

On independent variables such a layer would take minutes.  Here its entries are integers drawn at
random below 2^30 (of a maximum: images in random orders, and with many ties).  Two sums of products
that are not one polynomial agree there with probability 2^-29 at most, for each entry of a result
(Schwartz and Zippel); all arithmetic is exact.  For a maximum there is no such bound: its images
are examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import IndexedBase

from convproof.certify.certificate import linear, ordered, shapes_of
from convproof.certify.layer import Caller, Code
from convproof.derive.layers import general
from convproof.derive.step import Derivation
from convproof.evidence import Verdict
from convproof.functions.planning import GOALS, layer_of
from convproof.schedules.registry import Schedule, of
from convproof.spec import PADDING_MODES, AvgPool, Conv, MaxPool, Spec

Array = np.ndarray[Any, Any]
Layers = Iterator[tuple[Spec, tuple[int, ...]]]
MOST = 2**30
BORDERED = tuple(mode for mode in PADDING_MODES if mode != "zeros")


def layers(operation: str, rank: int) -> Layers:
    """Layers of four rows of output or more, of several images: one with everything, one plain."""
    if operation == "conv":
        told: dict[str, Any] = {
            "stride": (2, 1, 2)[:rank], "dilation": (1, 2, 1)[:rank], "groups": 2,
            "padding": ((1, 0), (0, 1), (1, 0))[:rank],
        }  # fmt: skip
        yield Conv((3, 2, 2)[:rank], 2, **told), (3, *(9, 4, 3)[:rank], 2)
        # Three taps, stride 1: schedules by tiles, on each axis a whole tile of four and a rest.
        yield (
            Conv((3,) * rank, 1, padding=1),
            (2 if rank < 3 else 1, *(9 if rank < 3 else 5, 5, 5)[:rank], 1),
        )
        # Five taps, and seven: tiles of three dimensions would be too many numbers.
        for taps, high in ((5, 9), (7, 7)) if rank < 3 else ():
            yield Conv((taps,) * rank, 1, padding=taps // 2), (3 - rank, *(high, 5)[:rank], 1)
        return
    window, stride, pads = (3, 2, 2)[:rank], (2, 1, 2)[:rank], ((1, 0), (0, 1), (1, 0))[:rank]
    shape = (3, *(8, 4, 2)[:rank], 2)
    for ceil in (False, True):
        told = {"stride": stride, "padding": pads, "ceil_mode": ceil}
        if operation == "max_pool":
            yield MaxPool(window, **told), shape
            if not ceil:  # windows apart, with a gap, and none that sees what is not there
                steps, gaps = (3, 1, 2)[:rank], (2, 1, 1)[:rank]
                spec = MaxPool((2, 1, 2)[:rank], stride=steps, dilation=gaps)
                yield spec, (3, *(12, 4, 4)[:rank], 2)
        else:
            yield AvgPool(window, count_include_pad=not ceil, **told), shape


def codes(spec: Spec, shape: tuple[int, ...]) -> Iterator[tuple[Code, Schedule]]:
    """The public function by each schedule that suits, in blocks of each kind.

    One call has both gradients: what is asked for one of them is not asked again for the other.
    """
    call, layer, asked = Caller(spec), layer_of(spec, shape), set[tuple[str, str]]()
    for goal in GOALS["conv" if layer.op == "conv" else "pool"]:
        for one in of(layer.op, goal):
            if not one.suits(goal, layer):
                continue
            values = one.borders(goal, layer)
            # Fractions are slow: single rows, and two at a time.
            for value in values[:2] if one.exact != "integer" else values:
                pairs = zip(one.extra, value, strict=True)
                way = " ".join([one.name, *(f"{name}={number}" for name, number in pairs)])
                run = "forward" if goal == "forward" else "backward"
                if (way, run) in asked:
                    continue
                asked.add((way, run))
                name = f"{call.name}(schedule={way!r}) of {shape}"
                yield Code(name, call.forward(way), call.backward(way), (run,)), one


def modes(rank: int) -> Iterator[tuple[Conv, tuple[int, ...]]]:
    """Every padding mode, with another width at each end of each axis, and unequal channels.

    Zeros twice: of one image, and of one with one channel.
    """
    pads = ((1, 2), (2, 1), (2, 2))[:rank]
    for images, depth, mode in ((1, 2, "zeros"), (1, 1, "zeros"), *((2, 2, m) for m in BORDERED)):
        groups, outputs = (1, 1) if depth == 1 else (2, 6)
        spec = Conv((2, 3, 1)[:rank], outputs, padding=pads, padding_mode=mode, groups=groups)
        yield spec, (images, *(3, 3, 3)[:rank], depth * groups)


def forms(spec: Conv, shape: tuple[int, ...]) -> Iterator[Code]:
    """The public convolution, and in the forms that one image has, or one with one channel."""
    call = Caller(spec)
    yield Code(f"{call.name}() of {shape}", call.forward(), call.backward())
    if shape[0] == 1:
        yield Code(f"{call.name}() of one image", call.lone, call.lone_backward)
        name = f"{call.name}(layout='channels_first') of one image"
        yield Code(name, call.lone_first, call.lone_first_backward)
    if shape[0] == shape[-1] == 1:
        yield Code(f"{call.name}() of one plane", call.plain, call.plain_backward)


def numbers(
    derivation: Derivation, spec: Spec, shape: tuple[int, ...], wrap: type, seed: list[int]
) -> dict[IndexedBase, Array]:
    """Random numbers for the layer's arrays."""
    rng = np.random.default_rng(seed)
    return {
        base: np.vectorize(wrap, otypes=[object])(rng.integers(1, MOST, size))
        for base, size in shapes_of(derivation, spec, shape).items()
    }


def in_modes(rank: int) -> tuple[Verdict, int]:
    """The public convolution in every padding mode: a refutation, or what was compared."""
    compared = 0
    for number, (spec, shape) in enumerate(modes(rank)):
        derivation = general(spec)
        codes = list(forms(spec, shape))
        arrays = numbers(derivation, spec, shape, int, [number, rank])
        verdict, count = linear(derivation, spec, shape, codes, arrays, "number")
        if not verdict.holds:
            return verdict, compared
        compared += count
    return Verdict.held(
        f"borders of each mode at each end, on random integers: {compared} numbers"
    ), compared


def in_blocks(operation: str, rank: int) -> tuple[Verdict, int]:
    """The public functions of one kind in many blocks: a refutation, or what was compared."""
    compared, seen = 0, set[str]()
    for number, (spec, shape) in enumerate(layers(operation, rank)):
        derivation, rng = general(spec), np.random.default_rng([number, rank])
        made = list(codes(spec, shape))
        seen |= {one.name for _, one in made}
        if isinstance(spec, MaxPool):
            pixels = int(np.prod(shape))
            images = [rng.permutation(pixels).reshape(shape), rng.integers(0, 3, shape)]
            every = [code for code, _ in made]
            verdict, count = ordered(derivation, spec, shape, every, images)
            if not verdict.holds:
                return verdict, compared
            compared += count
            continue
        for whole in (True, False):
            chosen = [code for code, one in made if (one.exact == "integer") is whole]
            wrap = Fraction if not whole or isinstance(spec, AvgPool) else int
            arrays = numbers(derivation, spec, shape, wrap, [number, rank])
            verdict, count = linear(derivation, spec, shape, chosen, arrays, "number")
            if not verdict.holds:
                return verdict, compared
            compared += count
    told = f"{', '.join(sorted(seen))} in several blocks, on random integers: {compared} numbers"
    return Verdict.held(told), compared
