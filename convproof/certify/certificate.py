"""Exact certificates: for one shape, the generated code computes the derivation, entry by entry."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Any

import numpy as np
from sympy import IndexedBase, Symbol

from convproof.certify import wrappers
from convproof.certify.layer import Code, public, standalone
from convproof.certify.polynomials import first_difference, generators, store
from convproof.derive import derive
from convproof.derive.evaluate import World
from convproof.derive.layers import general
from convproof.derive.oracle import values
from convproof.derive.pool import WINNER
from convproof.derive.step import Derivation, Goal
from convproof.derive.symbols import DY, DZ, B, C, G, K, M, N, X, axes
from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.functions.certificate import Certificate
from convproof.spec import AvgPool, Conv, MaxPool, Spec, output_shape, split_shape

Array = np.ndarray[Any, Any]
# A max-pool is certified on every 0-1 image and every ordering of so few pixels.
MOST_ZERO_ONE, MOST_ORDERED = 12, 5


def certify(spec: Spec, input_shape: Sequence[int]) -> Certificate:
    """Compare the generated code for one layer and shape with its derivation, exactly.

    Convolution and average-pooling: the code is run on independent variables, and the polynomials
    that come out must be the derivation's, for the output and for every gradient.  Max-pooling:
    all 0-1 images, and all orderings of few pixels, gradients included.  An activation is outside
    the certificate: it is applied entry by entry.

    Args:
        spec: a `Conv`, `MaxPool` or `AvgPool`.
        input_shape: (space), (space, C) or (N, space, C), channels last; few entries.

    Raises:
        SpecError: if the layer does not take the shape, or there are too many entries.

    >>> certify(Conv((2,), 1), (3,)).verdict.holds
    True
    """
    shape = _full_shape(spec, input_shape)
    plain = _plain(spec)
    output_shape(plain, shape)
    codes = [*standalone(plain), *public(plain, shape)]
    derivation = derive(plain)
    verdict, compared = _compare(derivation, plain, shape, codes)
    if verdict.holds and isinstance(plain, Conv):
        verdict, more = _wrapped(derivation, spec, plain, shape, verdict)
        compared += more
    return Certificate(
        spec, shape, verdict, tuple(code.name for code in codes), compared, derivation.digest
    )


def _wrapped(
    derivation: Derivation, spec: Spec, plain: Spec, shape: Sequence[int], so_far: Verdict
) -> tuple[Verdict, int]:
    """The public function of a convolution in every dtype, and with its activation."""
    assert isinstance(spec, Conv)
    assert isinstance(plain, Conv)
    sizes = _sizes(derivation, plain, shape)
    shapes = {
        base: [int(size.xreplace(sizes)) for size in derivation.arrays[base]]
        for base in (X, K, B, DZ)
    }

    def world(arrays: dict[IndexedBase, Array]) -> tuple[Derivation, World]:
        return derivation, _world(derivation, plain, shape, arrays)

    refuted, compared, kinds = wrappers.by_dtype(plain, shapes, world)
    said = f"{so_far.reason}; the public function on integers as {', '.join(kinds)}"
    if refuted is None and spec.activation is not None:
        active = with_(plain, activation=spec.activation)
        refuted = wrappers.by_activation(active, shapes, world)
        said += f"; {spec.activation} within its rounding"
    return (Verdict.held(said) if refuted is None else refuted), compared


def with_(spec: Conv, **changed: Any) -> Conv:
    """The layer with some of its fields changed."""
    names = ("stride", "padding", "dilation", "groups", "padding_mode", "activation")
    fields = {name: getattr(spec, name) for name in names}
    return Conv(spec.kernel_size, spec.out_channels or spec.groups, **{**fields, **changed})


def certify_public(
    spec: Conv, input_shape: Sequence[int], only: str | None = None
) -> tuple[Verdict, int]:
    """The public function on one more layer: by a value of each schedule's, and its activation.

    Or by the schedule `only`, in one block.
    """
    shape = _full_shape(spec, input_shape)
    plain = _plain(spec)
    output_shape(plain, shape)
    derivation = derive(plain)
    codes = public(plain, shape, every=False, only=only)
    verdict, compared = _linear(derivation, plain, shape, codes)
    if verdict.holds and spec.activation is not None:
        verdict, _ = _wrapped(derivation, spec, plain, shape, verdict)
    return verdict, compared


def certify_pool(spec: MaxPool | AvgPool, shape: Sequence[int]) -> tuple[Verdict, int]:
    """The public function on one more pool: by a value of each schedule's, by its derivation."""
    return _compare(derive(spec), spec, tuple(shape), public(spec, shape, every=False))


def certify_modules(spec: Spec, input_shape: Sequence[int]) -> tuple[Verdict, int]:
    """The verdict, and the entries compared, for the committed modules alone: quick.

    The derivation is the one for all layers of the kind, with the layer's numbers as its sizes.
    """
    shape = _full_shape(spec, input_shape)
    plain = _plain(spec)
    output_shape(plain, shape)
    return _compare(general(plain), plain, shape, public(plain, shape, every=False))


def _compare(
    derivation: Derivation, spec: Spec, shape: Sequence[int], codes: Sequence[Code]
) -> tuple[Verdict, int]:
    check = _ordered if isinstance(spec, MaxPool) else _linear
    return check(derivation, spec, shape, codes)


def _full_shape(spec: Spec, input_shape: Sequence[int]) -> tuple[int, ...]:
    if not isinstance(spec, (Conv, MaxPool, AvgPool)):
        raise SpecError.of("spec", spec, "a Conv, MaxPool or AvgPool")
    batch, space, channels = split_shape(input_shape, spec.rank)
    groups = spec.groups if isinstance(spec, Conv) else 1
    shape = (*(batch or (1,)), *space, groups if channels is None else channels)
    if prod(shape) == 0:
        raise SpecError.of("input_shape", tuple(input_shape), "positive sizes")
    return shape


def _plain(spec: Spec) -> Spec:
    """The layer without its activation, and with a number of output channels."""
    if not isinstance(spec, Conv):
        return spec
    return with_(spec, activation=None)


def _world(
    derivation: Derivation, spec: Spec, shape: Sequence[int], arrays: dict[IndexedBase, Array]
) -> World:
    sizes = _sizes(derivation, spec, shape)
    made = World(sizes, {base: store(array) for base, array in arrays.items()})
    for one in derivation.definitions:
        highs = tuple(made.function(high, ())() for _, _, high in one.free)
        made.define(one.left.base, highs, made.function(one.right, one.left.indices))
    return made


def _sizes(derivation: Derivation, spec: Spec, shape: Sequence[int]) -> dict[Symbol, int]:
    """The numbers of layer and shape, by the letters of the calculus."""
    groups = spec.groups if isinstance(spec, Conv) else 1
    sizes = {N: shape[0], C: shape[-1] // groups, G: groups}
    if isinstance(spec, Conv):
        sizes[M] = (spec.out_channels or groups) // groups
    space = shape[1:-1]
    for letters, axis, pixels in zip(axes(spec.rank), spec.axes(space), space, strict=True):
        sizes |= {
            letters.size: pixels,
            letters.kernel: axis.kernel,
            letters.stride: axis.stride,
            letters.dilation: axis.dilation,
            letters.pad_lo: axis.pad_lo,
            letters.pad_hi: axis.pad_hi,
        }
    for symbol, formula in derivation.sizes.items():
        sizes[symbol] = int(formula.xreplace(sizes))
    return sizes


def shapes_of(
    derivation: Derivation, spec: Spec, shape: Sequence[int]
) -> dict[IndexedBase, list[int]]:
    """The shapes of a layer's arrays, groups and channels on axes of their own."""
    sizes = _sizes(derivation, spec, shape)
    return {
        base: [int(size.xreplace(sizes)) for size in dims]
        for base, dims in derivation.arrays.items()
        if base in (X, K, B, DZ, DY)
    }


def _linear(
    derivation: Derivation, spec: Spec, shape: Sequence[int], codes: Sequence[Code]
) -> tuple[Verdict, int]:
    """The polynomial run, in the image and in everything it meets."""
    shapes = shapes_of(derivation, spec, shape)
    return linear(derivation, spec, shape, codes, generators(shapes))


def linear(
    derivation: Derivation,
    spec: Spec,
    shape: Sequence[int],
    codes: Sequence[Code],
    arrays: dict[IndexedBase, Array],
    entries: str = "polynomial",
) -> tuple[Verdict, int]:
    """What codes compute of some arrays, beside what the derivation has for them."""
    made = _world(derivation, spec, shape, arrays)
    right = {
        name: values(goal, made)
        for name, goal in derivation.goals.items()
        if name in ("forward", "gradient x", "gradient kernel", "gradient bias")
    }
    compared = 0
    for code in codes:
        for name, got in _outcomes(code, spec, arrays).items():
            whole = _merged(name, right[name], spec)
            expected = whole if got.shape == whole.shape else None
            where = () if expected is None else first_difference(got, expected)
            if where is not None:
                return Verdict.refute(
                    f"{code.name}: {name} is another {entries}",
                    at=where,
                    got=str(got.shape if expected is None else got[where]),
                    derived=str(whole.shape if expected is None else whole[where]),
                ), compared
            compared += got.size
    return Verdict.held(
        f"{len(codes)} codes, {compared} {entries}s: output and gradients are the derivation's"
    ), compared


def _outcomes(code: Code, spec: Spec, arrays: dict[IndexedBase, Array]) -> dict[str, Array]:
    if isinstance(spec, Conv):
        merged = {b: a.reshape(*a.shape[:-2], -1) for b, a in arrays.items()}
        given = merged[X], merged[K], merged[B]
        found = {"forward": code.forward(*given)} if "forward" in code.goals else {}
        if "backward" in code.goals:
            names = ("gradient x", "gradient kernel", "gradient bias")
            found |= dict(zip(names, code.backward(merged[DZ], *given), strict=True))
        return found
    x, dy = arrays[X], arrays[DY]
    found = {"forward": code.forward(x)} if "forward" in code.goals else {}
    return found | ({"gradient x": code.backward(dy, x)} if "backward" in code.goals else {})


def _merged(name: str, array: Array, spec: Spec) -> Array:
    """A derived array with its groups and channels on one axis, as the functions have them."""
    if not isinstance(spec, Conv):
        return array
    return array.reshape(*array.shape[:-2], -1)


def winner_of(derivation: Derivation) -> Goal:
    """The number of each window's first maximum, as a goal."""
    (found,) = (one for one in derivation.definitions if one.left.base == WINNER)
    return Goal("winner", found.left, found.free, found.right, found.right)


def _images(shape: Sequence[int]) -> Iterator[Array]:
    """Every 0-1 image of the shape, and every ordering of its pixels if they are few."""
    pixels = prod(shape)
    if pixels <= MOST_ZERO_ONE:
        for bits in itertools.product((0, 1), repeat=pixels):
            yield np.array(bits).reshape(shape)
    if pixels <= MOST_ORDERED:
        for order in itertools.permutations(range(pixels)):
            yield np.array(order).reshape(shape)


def _ordered(
    derivation: Derivation, spec: Spec, shape: Sequence[int], codes: Sequence[Code]
) -> tuple[Verdict, int]:
    """Maximum and winner depend on the order of the pixels alone: all of it is tried."""
    pixels = prod(shape)
    if pixels > MOST_ZERO_ONE:
        raise SpecError.of(
            "input_shape", tuple(shape), f"at most {MOST_ZERO_ONE} entries",
            "a max-pool's certificate tries every 0-1 image",
        )  # fmt: skip
    verdict, compared = ordered(derivation, spec, shape, codes, _images(shape))
    if not verdict.holds:
        return verdict, compared
    some = " and every ordering" if pixels <= MOST_ORDERED else ""
    return Verdict.held(
        f"{len(codes)} codes on every 0-1 image{some}, gradients and winners included"
    ), compared


def ordered(
    derivation: Derivation,
    spec: Spec,
    shape: Sequence[int],
    codes: Sequence[Code],
    images: Iterable[Array],
) -> tuple[Verdict, int]:
    """What codes find in some images, beside what the derivation has for them."""
    flow = np.arange(1, 1 + prod(output_shape(spec, shape))).reshape(output_shape(spec, shape))
    winner = winner_of(derivation)
    compared = 0
    for image in images:
        made = _world(derivation, spec, shape, {X: image.astype(object), DY: flow.astype(object)})
        right = {
            "forward": values(derivation.goals["forward"], made),
            "backward": values(derivation.goals["gradient x"], made),
        }
        floats = image.astype(float)
        for code in codes:
            got = {"forward": code.forward(floats)} if "forward" in code.goals else {}
            if "backward" in code.goals:
                got["backward"] = code.backward(flow.astype(float), floats)
            if code.winners is not None:
                got["winners"] = code.winners(floats)
                right.setdefault("winners", values(winner, made) - 1)  # from 1 in the calculus
            for name, one in got.items():
                other = right[name]
                if one.shape != other.shape or not (one == other.astype(float)).all():
                    return Verdict.refute(
                        f"{code.name}: {name} differs", image=image.tolist(),
                        got=one.tolist(), derived=other.tolist(),
                    ), compared  # fmt: skip
                compared += one.size
    return Verdict.held(
        f"{len(codes)} codes: maxima, gradients and winners are the derivation's"
    ), compared
