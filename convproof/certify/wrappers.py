"""What surrounds the sums of the public functions: dtypes, activations, transposition.

Every dtype runs on arrays of small integers, of which all sums are exact: the answer is the
derivation's, number for number.  An activation is compared within its derived rounding error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import mpmath
import numpy as np
from sympy import IndexedBase

from convproof import functions
from convproof.certify.layer import Caller
from convproof.certify.polynomials import generators, store
from convproof.derive import derive
from convproof.derive.evaluate import World
from convproof.derive.oracle import values
from convproof.derive.symbols import DZ, B, C, G, K, M, N, X, axes
from convproof.evidence import Verdict
from convproof.functions.arrays import ring_elements
from convproof.spec import Conv

Array = np.ndarray[Any, Any]
DTYPES = (
    "float16", "float32", "float64", "complex64", "complex128",
    "int8", "int16", "int32", "int64", "uint8", "uint64",
)  # fmt: skip
FLOATS = ("float16", "float32", "float64")
MIXED = (
    ("float32", "float64"),
    ("float16", "float32"),
    ("int8", "int32"),
    ("float32", "complex64"),
)
MOST = 2048  # up to which float16 holds all integers
NAMES = ("forward", "gradient x", "gradient kernel", "gradient bias")


def small(shapes: Sequence[Sequence[int]], kind: str, seed: int) -> list[Array]:
    """Arrays of -1, 0 and 1, or of 0 and 1; floats are of halves too, complex in both parts."""
    rng = np.random.default_rng(seed)
    if kind.startswith(("f", "c")):
        halves = [rng.integers(-2, 3, tuple(shape)) / 2 for shape in shapes]
        if kind.startswith("c"):
            halves = [a + 0.5j * rng.integers(-2, 3, a.shape) for a in halves]
        return [np.asarray(a, kind) for a in halves]
    low = 0 if kind.startswith("u") else -1
    return [rng.integers(low, 2, tuple(shape)).astype(kind) for shape in shapes]


def exact(array: Array) -> Array:
    """The array's numbers as Python's: so few bits that all their sums are exact."""
    wide = {"c": np.complex128, "f": np.float64}.get(array.dtype.kind, np.int64)
    return array.astype(wide).astype(object)


def largest(spec: Conv, shape: Sequence[int], out: Sequence[int]) -> int:
    """No sum of a layer on such small arrays is larger."""
    taps = prod(spec.kernel_size)
    border = 1 if spec.padding_mode == "zeros" else 4**spec.rank
    return 1 + border * max(taps * shape[-1], taps * (spec.out_channels or 1), prod(out[:-1]))


def by_dtype(
    spec: Conv, shapes: Mapping[IndexedBase, Sequence[int]], world: Any
) -> tuple[Verdict | None, int, list[str]]:
    """The public functions in every dtype that holds the sums: the first that differs, if any.

    Beside it how many numbers were compared, and in which dtypes.
    """
    call, compared, kinds = Caller(spec), 0, list[str]()
    merged = [(*shape[:-2], shape[-2] * shape[-1]) for shape in list(shapes.values())[:2]]
    merged += [(prod(shapes[B]),), (*shapes[DZ][:-2], prod(shapes[DZ][-2:]))]
    most = largest(spec, merged[0], merged[3])
    for number, kind in enumerate(DTYPES):
        # Products of halves are quarters.
        if most > np.iinfo(kind).max if kind[0] in "iu" else 8 * most > MOST:
            continue
        x, kernel, bias, dy = small(merged, kind, number)
        given = {X: x, K: kernel, B: bias, DZ: dy}
        made = world({base: exact(a).reshape(shapes[base]) for base, a in given.items()})
        runs = {"forward": call.run("", (x, kernel, bias))}
        runs |= dict(zip(NAMES[1:], call.run("_backward", (dy, x, kernel, bias)), strict=True))
        bare = {"forward": call.run("", (x, kernel))}
        bare |= dict(zip(NAMES[1:], call.run("_backward", (dy, x, kernel)), strict=True))
        for name, got in runs.items():
            right = values(made[0].goals[name], made[1]).reshape(got.shape)
            without = right - exact(bias) if name == "forward" else right
            for how, one, truth in (("", got, right), (" without a bias", bare[name], without)):
                if one.dtype != np.dtype(kind) or not (exact(one) == truth).all():
                    said = f"{call.name}(){how} of {kind}: {name} is another number"
                    return Verdict.refute(said), 0, kinds
            compared += 2 * got.size
        kinds.append(kind)
    for one, other in MIXED:
        x, kernel = small(merged[:1], one, 1)[0], small(merged[1:2], other, 2)[0]
        (dy,) = small(merged[3:], one, 3)
        wanted = np.result_type(np.dtype(one), np.dtype(other))
        if wanted.kind in "iu" and most > np.iinfo(wanted).max:
            continue
        given = {X: x, K: kernel, B: np.zeros(merged[2], int), DZ: dy}
        made = world({base: exact(a).reshape(shapes[base]) for base, a in given.items()})
        runs = {"forward": call.run("", (x, kernel))}
        runs |= dict(zip(NAMES[1:], call.run("_backward", (dy, x, kernel)), strict=True))
        for name, got in runs.items():
            right = values(made[0].goals[name], made[1]).reshape(got.shape)
            if got.dtype != wanted or not (exact(got) == right).all():
                said = f"{call.name}() of {one} by {other}: {name} is another number"
                return Verdict.refute(said), 0, kinds
            compared += got.size
    return None, compared, [*kinds, *(f"{one} by {other}" for one, other in MIXED)]


def by_activation(
    spec: Conv, shapes: Mapping[IndexedBase, Sequence[int]], world: Any
) -> Verdict | None:
    """The layer with its activation, in every float: a refutation if it is another function.

    Small halves, some of them times eight, so that z is exact and reaches where sigma is flat; in
    either layout, and of one image.

    Rounding, to first order, with u the unit roundoff of the dtype that is computed in: e^-|z|
    comes within 4 u of the truth (NumPy's own tests ask for no less), and a sum, a square, a
    product and a quotient add one u each; a gradient then sums `terms` products of it, for at most
    (terms + 16) u of the sum of their magnitudes.  float16 is computed in float32 and rounded once.
    """
    call = Caller(spec)
    merged = {base: (*s[:-2], s[-2] * s[-1]) for base, s in shapes.items() if base != B}
    x, kernel, bias, dy = small(
        [merged[X], merged[K], (prod(shapes[B]),), merged[DZ]], "float64", 7
    )
    kernel[..., ::2] *= 8
    arrays = {X: x, K: kernel, B: bias, DZ: dy}

    def run(flow: Array, **absolute: bool) -> Any:
        put = {**arrays, DZ: flow}
        if absolute:
            put = {base: abs(array) for base, array in put.items()}
        whole = {b: a.astype(object).reshape(shapes[b]) for b, a in put.items()}
        return world({b: np.vectorize(Fraction, otypes=[object])(a) for b, a in whole.items()})

    goals, made = run(dy)
    z = values(goals.goals["forward"], made).reshape(merged[DZ])
    both = [
        _activated(str(spec.activation), one, flow)
        for one, flow in zip(z.flat, dy.flat, strict=True)
    ]
    y = np.array([one for one, _ in both], object).reshape(z.shape)
    flow = np.array([one for _, one in both], object).reshape(z.shape)
    goals, made = run(flow)
    _, large = run(flow, absolute=True)
    terms = prod(spec.kernel_size) * max(x.shape[-1], dy.shape[-1], prod(dy.shape[:-1]))
    terms *= 4**spec.rank if spec.padding_mode != "zeros" else 1
    right, size = (
        {name: values(goals.goals[name], one) for name in NAMES[1:]} for one in (made, large)
    )
    for kind in FLOATS:
        told = f"{call.name}(activation={spec.activation!r}) of {kind}"
        given = [a.astype(kind) for a in (x, kernel, bias)]
        back = dy.astype(kind)
        for form, count in _forms(call, len(x)):
            ahead, behind = form
            if not _near(ahead(given[0][:count], *given[1:]), y[:count], abs(y[:count]), 16, kind):
                return Verdict.refute(f"{told}: another output")
            found = behind(back[:count], given[0][:count], *given[1:])
            for name, one in zip(NAMES[1:], found, strict=True):
                if count < len(x) and name != "gradient x":
                    continue  # sums over images
                truth, total = (side[name].reshape(-1)[: one.size] for side in (right, size))
                if not _near(one.reshape(-1), truth, total, terms + 16, kind):
                    return Verdict.refute(f"{told}: {name}")
    return None


def _near(got: Array, truth: Array, total: Array, roundings: int, kind: str) -> bool:
    """Whether each number is within so many roundings of `total`, and the last one of itself.

    Below the least normal number a rounding is of that; what it meets is no larger than eight.
    """
    half = kind == "float16"
    unit = Fraction(float(np.finfo("float32" if half else kind).eps)) / 2
    last = Fraction(float(np.finfo(kind).eps)) / 2 if half else Fraction(0)
    least = 8 * roundings * Fraction(float(np.finfo("float32" if half else kind).tiny))
    least += Fraction(float(np.finfo(kind).smallest_subnormal)) if half else 0
    return got.dtype == np.dtype(kind) and all(
        abs(Fraction(float(a)) - b) <= roundings * unit * c + last * abs(b) + least
        for a, b, c in zip(got.flat, truth.flat, total.flat, strict=True)
    )


def _forms(call: Caller, images: int) -> Iterator[tuple[tuple[Any, Any], int]]:
    """The public function in each form, and of how many images."""
    yield (call.forward(), call.backward()), images
    yield (call.first, call.first_backward), images
    yield (call.lone, call.lone_backward), 1
    yield (call.lone_first, call.lone_first_backward), 1


def _activated(kind: str, z: Fraction, dy: float) -> tuple[Fraction, Fraction]:
    """sigma(z), and dy times its slope, to 60 digits."""
    flow = Fraction(dy)
    if kind == "relu":
        return max(z, Fraction(0)), flow if z > 0 else Fraction(0)
    with mpmath.workdps(60):
        point = mpmath.mpf(z.numerator) / z.denominator
        # no difference of near numbers, where sigma is flat
        if kind == "tanh":
            y, slope = mpmath.tanh(point), mpmath.sech(point) ** 2
        else:
            y, slope = 1 / (1 + mpmath.exp(-point)), mpmath.sech(point / 2) ** 2 / 4
        return _fraction(y), flow * _fraction(slope)


def _fraction(number: Any) -> Fraction:
    sign, mantissa, exponent, _ = number._mpf_
    whole = -int(mantissa) if sign else int(mantissa)
    return Fraction(whole << exponent) if exponent >= 0 else Fraction(whole, 1 << -exponent)


def transposed(spec: Conv, space: Sequence[int]) -> Verdict:
    """The public transposed convolution against its own derivation, on independent variables.

    `space` is the input's; the output padding is 0, and then 1 on each axis where it can be.
    """
    compared = 0
    extras = [(0,) * spec.rank]
    for axis in range(spec.rank):
        if max(spec.stride[axis], spec.dilation[axis]) > 1:
            extras.append(tuple(int(one == axis) for one in range(spec.rank)))
    for number, extra in enumerate(extras):
        for layout in ("channels_last", "channels_first")[
            : 1 if 0 < number < len(extras) - 1 else 2
        ]:
            for name, got, right in _transposed(spec, space, extra, layout):
                if got.shape != right.shape or not (got == right).all():
                    return Verdict.refute(
                        f"conv_transpose{spec.rank}d(output_padding={extra}, layout={layout!r}): "
                        f"{name} is another polynomial"
                    )
                compared += got.size
    refuted, kinds = _transposed_by_dtype(spec, space)
    if refuted is not None:
        return refuted
    return Verdict.held(
        f"{compared} polynomials of the transposed convolution: its own derivation's, "
        f"output padding and both layouts included; on integers as {', '.join(kinds)}, without a "
        "bias and without a batch"
    )


def _transposed_by_dtype(spec: Conv, space: Sequence[int]) -> tuple[Verdict | None, list[str]]:
    """The public transposed convolution in every dtype, against itself on Python's integers.

    What it computes there was compared with its derivation on independent variables.
    """
    groups, inputs = spec.groups, spec.out_channels or spec.groups
    shapes = [(1, *space, inputs), (*spec.kernel_size, 3, inputs), (3 * groups,)]
    told: dict[str, Any] = {"stride": spec.stride, "dilation": spec.dilation, "groups": groups}
    name, kinds = f"conv_transpose{spec.rank}d", list[str]()
    forward, backward = getattr(functions, name), getattr(functions, f"{name}_backward")
    turn = Caller(spec)
    with ring_elements():
        out = forward(*(np.zeros(shape) for shape in shapes), **told).shape
    # A sum of products of numbers up to 1, in all of which float16 and int8 hold every integer.
    most = 1 + max(prod(spec.kernel_size) * inputs, prod(out[:-1]))
    for number, kind in enumerate(DTYPES):
        if most > np.iinfo(kind).max if kind[0] in "iu" else 8 * most > MOST:
            continue
        x, kernel, bias, dy = small([*shapes, out], kind, number)
        with ring_elements():
            right = forward(*map(exact, (x, kernel, bias)), **told)
            rights = backward(*map(exact, (dy, x, kernel, bias)), **told)
        got = [
            ("forward", forward(x, kernel, bias, **told), right),
            ("forward without a bias", forward(x, kernel, **told), right - exact(bias)),
            ("forward without a batch", forward(x[0], kernel, bias, **told), right[0]),
        ]
        backs = backward(dy, x, kernel, bias, **told)
        got += list(zip(NAMES[1:], backs, rights, strict=True))
        alone = backward(dy[0], x[0], kernel, bias, **told)
        got.append((f"{NAMES[1]} without a batch", alone[0], rights[0][0]))
        got += list(zip(NAMES[2:], alone[1:], rights[1:], strict=True))
        got += _first_alone(turn, forward, backward, (dy, x, kernel, bias), told, (right, rights))
        for what, one, truth in got:
            if one.dtype != np.dtype(kind) or not np.array_equal(exact(one), truth):
                return Verdict.refute(f"{name}() of {kind}: {what} is another number"), kinds
        kinds.append(kind)
    return None, kinds


def _first_alone(
    turn: Caller, forward: Any, backward: Any, arrays: Sequence[Array], told: dict[str, Any],
    truth: tuple[Array, Any],
) -> list[tuple[str, Array, Array]]:  # fmt: skip
    """One image without a batch, channels first."""
    dy, x, kernel, bias = arrays
    turned = turn.turn(x, "x")[0], turn.turn(kernel, "kernel"), bias
    y = forward(*turned, **told, layout="channels_first")
    backs = backward(turn.turn(dy, "x")[0], *turned, **told, layout="channels_first")
    found = [turn.back(y[np.newaxis], "x"), turn.back(backs[0][np.newaxis], "x")]
    found += [turn.back(backs[1], "kernel"), backs[2]]
    right = (truth[0], *truth[1])
    how = "without a batch, channels first"
    return [
        (f"{name} {how}", *pair)
        for name, pair in zip(NAMES, zip(found, right, strict=True), strict=True)
    ]


def _transposed(
    spec: Conv, space: Sequence[int], extra: Sequence[int], layout: str
) -> Iterator[tuple[str, Array, Array]]:
    """Each result of the public functions, and what the derivation has for it."""
    derivation = derive(f"conv_transpose{spec.rank}d")
    groups, inputs = spec.groups, (spec.out_channels or spec.groups) // spec.groups
    sizes: dict[Any, int] = {N: 1, C: 3, G: groups, M: inputs}  # as many of neither as of the other
    padding = spec.padding if spec.padding != "same" else ((0, 0),) * spec.rank
    for number, axis in enumerate(axes(spec.rank)):
        lo, hi = padding[number]
        sizes |= {
            axis.out: space[number], axis.kernel: spec.kernel_size[number],
            axis.stride: spec.stride[number], axis.dilation: spec.dilation[number],
            axis.pad_lo: lo, axis.pad_hi: hi,
        }  # fmt: skip
        more = {s: extra[number] for s in derivation.sizes[axis.size].free_symbols
                if s.name == f"A_{axis.name}"}  # fmt: skip
        sizes[axis.size] = int(derivation.sizes[axis.size].xreplace({**sizes, **more}))
    shapes = {
        base: [int(size.xreplace(sizes)) for size in dims]
        for base, dims in derivation.arrays.items()
        if base in (X, K, B, DZ)
    }
    arrays = generators(shapes)
    made = World(sizes, {base: store(array) for base, array in arrays.items()})
    flat = {base: a.reshape(*a.shape[:-2], -1) for base, a in arrays.items()}
    kernel = flat[K]
    # In the convolution's layout the kernel's channels are by groups of its input, then its output.
    told: dict[str, Any] = {
        "stride": spec.stride, "dilation": spec.dilation, "groups": groups, "layout": layout,
        "padding": padding, "output_padding": tuple(extra),
    }  # fmt: skip
    turn = Caller(spec)
    first = layout == "channels_first"

    def enter(array: Array, role: str) -> Array:
        return turn.turn(array, role) if first else array

    def leave(array: Array, role: str) -> Array:
        return turn.back(array, role) if first else array

    name = f"conv_transpose{spec.rank}d"
    given = enter(flat[X], "x"), enter(kernel, "kernel"), flat[B]
    with ring_elements():
        y = getattr(functions, name)(*given, **told)
        backs = getattr(functions, f"{name}_backward")(enter(flat[DZ], "x"), *given, **told)
    got = [y, *backs]
    roles = ("x", "x", "kernel", "bias")
    for goal, one, role in zip(NAMES, got, roles, strict=True):
        right = values(derivation.goals[goal], made)
        right = right.reshape(*right.shape[:-2], -1)
        yield goal, leave(one, role), right
