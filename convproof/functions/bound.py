"""How far a computed layer can be from the exact one: bounds derived from the algorithm.

u is the unit roundoff of the arithmetic, gamma_n = n u / (1 - n u), and every bound holds for each
output, in any order of summation, as long as nothing overflows or becomes subnormal (Higham,
"Accuracy and Stability of Numerical Algorithms", sections 2.2, 3.1 and 24.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import inf, log, prod, sqrt
from typing import Any

import numpy as np

from convproof.document.shown import Shown
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array
from convproof.lower.lengths import length
from convproof.schedules import REGISTRY
from convproof.spec import (
    AvgPool,
    Conv,
    MaxPool,
    Spec,
    check_channels,
    output_space,
    split_shape,
)

# The unit roundoff of each arithmetic, half the distance from 1 to the next number.
UNITS: dict[str, float] = {
    "float16": 2.0**-11, "bfloat16": 2.0**-8, "tf32": 2.0**-11, "float32": 2.0**-24,
    "float64": 2.0**-53, "complex64": 2.0**-24, "complex128": 2.0**-53,
}  # fmt: skip
# What sums are carried out in unless it is said: half precision in float32, as everywhere.
ACCUMULATES = {"float16": "float32", "bfloat16": "float32", "tf32": "float32"}
COMPONENTWISE, NORMWISE = "componentwise", "normwise"


@dataclass(frozen=True, repr=False)
class Bound(Shown):
    """|computed - exact| <= factor * size, at each output.

    `kind` is "componentwise", size being the same layer of the magnitudes |x|, |w| and |b|; or
    "normwise", size being one number for all positions: `of` says which.  `why` derives the factor.
    """

    factor: float
    kind: str
    of: str
    why: str
    spec: Spec
    schedule: str
    dtype: str
    accumulate: str

    def __str__(self) -> str:
        return f"at most {self.factor:.3g} * {self.of} ({self.kind}; {self.why})"

    def __call__(self, x: Any, kernel: Any = None, bias: Any = None) -> Array:
        """The bound for these arrays, channels last, in a shape that fits the output's."""
        from convproof import functions

        image = np.abs(np.asarray(x)).astype(np.float64)
        name = {"Conv": "conv", "MaxPool": "max_pool", "AvgPool": "avg_pool"}
        function = getattr(functions, f"{name[type(self.spec).__name__]}{self.spec.rank}d")
        if isinstance(self.spec, Conv):
            weights = np.abs(np.asarray(kernel)).astype(np.float64)
            offsets = None if bias is None else np.abs(np.asarray(bias)).astype(np.float64)
            spec = self.spec
            if self.kind == COMPONENTWISE:
                size: Array = function(
                    image, weights, offsets, stride=spec.stride, padding=spec.padding,
                    dilation=spec.dilation, groups=spec.groups, padding_mode=spec.padding_mode,
                    schedule="exact",
                )  # fmt: skip
                return self.factor * size
            each = weights.reshape(-1, weights.shape[-1]).sum(0)
            top = np.max(image, initial=0.0) if self.of.startswith("max") else norm(image)
            return np.asarray(self.factor * (top * each + (0.0 if offsets is None else offsets)))
        if isinstance(self.spec, MaxPool):
            return np.zeros(())
        pool = self.spec
        mean: Array = function(
            image, pool.window, stride=pool.stride, padding=pool.padding,
            ceil_mode=pool.ceil_mode, count_include_pad=pool.count_include_pad,
        )  # fmt: skip
        return self.factor * mean


def norm(image: Array) -> float:
    """The Euclidean norm."""
    return float(np.sqrt(np.sum(image * image)))


def gamma(terms: int, unit: float) -> float:
    """n u / (1 - n u): what n roundings make of 1 at most; infinite where they say nothing.

    >>> gamma(3, 2.0**-24) < 1.0000003 * 3 * 2.0**-24
    True
    """
    return terms * unit / (1 - terms * unit) if terms * unit < 1 else inf


def error_bound(
    spec: Spec,
    input_shape: Sequence[int],
    *,
    schedule: str | None = None,
    dtype: str = "float32",
    accumulate: str | None = None,
) -> Bound:
    """How far each output of a layer can be from the exact one.

    Args:
        spec: a `Conv`, `MaxPool` or `AvgPool`; an activation is not counted.
        input_shape: (space), (space, C) or (N, space, C), channels last.
        schedule: None for sums of products in any order (so "exact" and every direct schedule);
            "winograd_2x3", "winograd_4x3", "winograd_4x5", "winograd_2x7", "fft".
        dtype: of the arrays: float16, bfloat16, tf32, float32, float64, complex64, complex128.
        accumulate: the arithmetic of products and sums: float32 for the shorter dtypes, else dtype.

    Returns:
        A `Bound`: `.factor`, `.kind`, `.of` what it is a multiple of, `.why`; called with arrays it
        gives the bound of each output.

    Raises:
        SpecError: for a shape the layer does not take, an unknown schedule or dtype.

    >>> from convproof import Conv
    >>> found = error_bound(Conv(3, 64, padding=1, bias=False), (8, 56, 56, 64))
    >>> found.kind, found.factor == gamma(9 * 64, 2.0**-24)
    ('componentwise', True)
    """
    if not isinstance(spec, (Conv, MaxPool, AvgPool)):
        raise SpecTypeError.of("spec", spec, "a Conv, MaxPool or AvgPool")
    if dtype not in UNITS:
        raise SpecError.one_of("dtype", dtype, UNITS)
    inner = ACCUMULATES.get(dtype, dtype) if accumulate is None else accumulate
    if inner not in UNITS:
        raise SpecError.one_of("accumulate", accumulate, UNITS)
    _, space, given = split_shape(input_shape, spec.rank)
    groups = spec.groups if isinstance(spec, Conv) else 1
    channels = groups if given is None else given
    check_channels("input_shape", input_shape, channels)
    output_space(spec.axes(space), space)
    unit = UNITS[inner]
    if isinstance(spec, MaxPool):
        return Bound(0.0, COMPONENTWISE, "0", "a maximum is one of its pixels",
                     spec, "exact", dtype, inner)  # fmt: skip
    if isinstance(spec, AvgPool):
        terms = prod(spec.window)
        factor, why = _kept(gamma(terms, unit), f"gamma_{terms}: {terms - 1} sums, a quotient",
                            dtype, inner)  # fmt: skip
        return Bound(
            factor, COMPONENTWISE, "mean(|x|)", why, spec, schedule or "exact", dtype, inner
        )
    depth = channels // groups
    factor, kind, of, why = _convolution(spec, space, depth, schedule, unit, inner)
    if dtype == "tf32":
        factor = (1 + factor) * (1 + UNITS["tf32"]) ** 2 - 1
        why += "; x and w rounded to TF32 before"
    factor, why = _kept(factor, why, dtype, inner)
    return Bound(factor, kind, of, why, spec, schedule or "exact", dtype, inner)


def _kept(factor: float, why: str, dtype: str, inner: str) -> tuple[float, str]:
    """With the result rounded to `dtype` once, where it was computed in another one."""
    if dtype == "tf32" or UNITS[dtype] <= UNITS[inner]:
        return factor, why
    return (1 + factor) * (1 + UNITS[dtype]) - 1, f"{why}; rounded to {dtype} at the end"


def _convolution(
    spec: Conv, space: Sequence[int], depth: int, schedule: str | None, unit: float, inner: str
) -> tuple[float, str, str, str]:
    taps, bias = prod(spec.kernel_size), int(spec.bias)
    # A complex product is 2 sqrt 2 roundings of a real one, a complex sum one (Higham, lemma 3.5).
    scale = 2 * sqrt(2) if inner.startswith("complex") else 1.0
    name = None if schedule is None else str(schedule).split(" ")[0]
    known = REGISTRY.get(name or "")
    if name in (None, "exact") or (known is not None and known.exact == "integer"):
        terms = taps * depth + bias
        factor = gamma(terms, scale * unit)
        more = " and a bias" if bias else ""
        why = f"gamma_{terms}: {taps * depth} products{more} in any order"
        return factor, COMPONENTWISE, "conv(|x|, |w|)" + (" + |b|" if bias else ""), why
    whole = "max|x| * sum|w|" + (" + |b|" if bias else "")
    if known is not None and known.exact == "rational":
        outputs, count, points = known.outputs, known.taps, known.points  # type: ignore[attr-defined]  # Winograd's own
        if set(spec.kernel_size) != {count}:
            raise SpecError.of("schedule", schedule, f"for {count} taps on each axis",
                               f"the layer has {spec.kernel_size}")  # fmt: skip
        rank, size = spec.rank, outputs + count - 1
        growth = float(amplification(outputs, count, points)) ** rank
        roundings = (
            (1 + gamma(count + 1, scale * unit)) ** rank
            * (1 + gamma(size + 1, scale * unit)) ** (2 * rank)
            * (1 + gamma(depth + bias, scale * unit))
        )
        factor = growth * (roundings - 1)
        why = (
            f"((1 + gamma_{count + 1})^{rank} (1 + gamma_{size + 1})^{2 * rank} "
            f"(1 + gamma_{depth + bias}) - 1) * {growth:.4g}, the sum of |A'||G||B'|"
        )
        return factor, NORMWISE, whole, why
    if name == "fft":
        tile = _tile(spec, space, str(schedule))
        # Two halvings of radix 2 bound one step of radix 3: 3.83 u to turn, and sums of three with
        # at most 4.6 u on each, 3/sqrt(3) times; so the most steps are those of a power of three.
        steps = max(1.0, 2 * log(tile) / log(3))
        # Twiddle factors are correctly rounded, so mu <= u (Higham, theorem 24.2).
        eta = unit + gamma(4, unit) * (sqrt(2) + unit)
        one = steps * eta / (1 - steps * eta)
        factor = (1 + one) ** 3 * (1 + sqrt(2) * gamma(2, unit)) * (
            1 + gamma(depth + bias, unit)
        ) - 1
        why = f"three transforms of {tile} points at most, a product and a sum (theorem 24.2)"
        return factor, NORMWISE, "norm(x) * sum|w|" + (" + |b|" if bias else ""), why
    raise SpecError.one_of("schedule", schedule, ["exact", *sorted(REGISTRY), "fft"], "None")


def _tile(spec: Conv, space: Sequence[int], schedule: str) -> int:
    """The points of the largest tile that is transformed: an image's, or what `step=N` asks for."""
    out = output_space(spec.axes(space), space)
    step = max([0, *(int(value[5:]) for value in schedule.split(" ") if value.startswith("step="))])
    reach = (gap * (taps - 1) for gap, taps in zip(spec.dilation, spec.kernel_size, strict=True))
    return prod(length(max(size, step) + more) for size, more in zip(out, reach, strict=True))


@cache
def amplification(outputs: int, taps: int, points: tuple[str, ...]) -> Fraction:
    """max over i, k of sum_n sum_j |A_ij| |G_jk| |B_jn|: what rounding in F(m, r) is magnified by.

    With it |y_i - computed| <= (roundings - 1) sum_(k,n) (sum_j |A||G||B|)_(ikn) |g_k| |d_n|, of
    which sum_k |g_k| max|d| times this number is a bound; on several axes, a power of it.
    """
    from sympy import Rational

    from convproof.lower.cook_toom import filter_of

    found = filter_of(outputs, taps, [Rational(point) for point in points])
    worst = Fraction(0)
    for a in found.a:
        for k in range(taps):
            total = sum(
                abs(a[j] * found.g[j][k]) * sum(map(abs, found.b[j])) for j in range(found.size)
            )
            worst = max(worst, Fraction(int(total.p), int(total.q)))
    return worst
