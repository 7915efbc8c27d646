"""Linear in each argument, at small numbers and at extreme ones."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, law
from convproof.laws.trial import Trial, result_names


def _like(trial: Trial, array: Array, salt: int) -> Array:
    """Other small integers in the same shape and dtype."""
    rng = trial.rng(salt, array.size)
    return np.asarray(rng.integers(-3, 4, array.shape)).astype(array.dtype)


def _combine(trial: Trial, case: Case, name: str, results: tuple[int, ...]) -> None:
    """f(a u + b v) = a f(u) + b f(v) in one argument, for the results named by position."""
    u = case.arrays[name]
    v = _like(trial, u, 11)
    a, b = 2, 1 << {8: 20, 4: 10}.get(trial.itemsize(case), 2)
    both = case.replace(**{name: a * u + b * v})
    left = trial.answer(both)
    first = trial.answer(case)
    second = trial.answer(case.replace(**{name: v}))
    got: list[Array | None] = []
    want: list[Array] = []
    for index in range(len(result_names(case))):
        parts = left[index], first[index], second[index]
        if index not in results or any(part is None for part in parts):
            got.append(None)
            want.append(np.zeros(0))
            continue
        two, three = (part.astype(np.float64) for part in parts[1:] if part is not None)
        got.append(parts[0])
        want.append(a * two + b * three)
    scale = case.replace(**{name: np.abs(a * u) + np.abs(b * v)})
    trial.same(
        both,
        got,
        want,
        fractions=case.kind == "avg_pool",
        note=False,
        scale=scale,
        what=f"f({a} {name} + {b} {name}')",
    )


@law(
    "linear-in-x",
    "The forward is linear in its input (bias aside).",
    "f(a x + b x') = a f(x) + b f(x')",
    kinds="conv avg_pool",
    ways="forward",
)
def linear_in_x(trial: Trial, case: Case) -> None:
    """Large factors find clipping, saturation and narrow sums."""
    _combine(trial, case.replace(bias=None), "x", (0,))


@law(
    "linear-in-kernel",
    "The forward is linear in its kernel (bias aside).",
    "f(x, a K + b K') = a f(x, K) + b f(x, K')",
    kinds="conv",
    ways="forward",
)
def linear_in_kernel(trial: Trial, case: Case) -> None:
    """The same in the other factor."""
    _combine(trial, case.replace(bias=None), "kernel", (0,))


@law(
    "linear-in-dy",
    "Every gradient is linear in the gradient that comes in.",
    "g(a dy + b dy') = a g(dy) + b g(dy')",
    ways="backward",
    source="section 10.1.5",
)
def linear_in_dy(trial: Trial, case: Case) -> None:
    """Clipped or normalised gradients are not gradients."""
    _combine(trial, case, "dy", (0, 1, 2))


@law(
    "bias-adds",
    "The bias of output channel m is added once to every entry of map m.",
    "f(x, K, b) = f(x, K, 0) + b_m",
    kinds="conv",
    ways="forward",
    needs="bias",
    source="equation (10.6)",
)
def bias_adds(trial: Trial, case: Case) -> None:
    """A bias that differs from channel to channel, also from one of the same size elsewhere."""
    assert case.kernel is not None
    bias = (1 + np.arange(case.kernel.shape[-1]) * 3).astype(case.x.dtype)
    given = case.replace(bias=bias)
    with_bias = trial.answer(given)[0]
    without = trial.answer(case.replace(bias=np.zeros_like(bias)))[0]
    assert with_bias is not None
    assert without is not None
    trial.same(given, [with_bias], [without.astype(np.float64) + bias], fractions=False, note=False)


@law(
    "gradients-of-a-product",
    "The input's gradient does not depend on the input, the kernel's not on the kernel, the "
    "bias's on neither.",
    "dx = dy * K, dK = dy * x, db = sum dy",
    kinds="conv",
    ways="backward",
    source="section 10.1.5: Z is bilinear in X and K",
)
def gradients_of_a_product(trial: Trial, case: Case) -> None:
    """Change one factor; its own gradient must stay, bit for bit."""
    assert case.kernel is not None
    first = trial.answer(case)
    other_x = case.replace(x=_like(trial, case.x, 12))
    other_kernel = case.replace(kernel=_like(trial, case.kernel, 13))
    for changed, index in ((other_x, 0), (other_x, 2), (other_kernel, 1), (other_kernel, 2)):
        before, now = first[index], trial.answer(changed)[index]
        if before is None or now is None:
            continue
        if not np.array_equal(before, now):
            name = ("dx", "dkernel", "dbias")[index]
            raise Broken(
                f"{name} changed with an argument it does not depend on",
                changed,
                before,
                now,
                result=name,
            )


@law(
    "scales",
    "Multiplying the input by a power of two multiplies the result by it, exactly, up "
    "to the ends of the exponent range.",
    "f(2^k x) = 2^k f(x)",
    runs=4,
    source="linearity; powers of two change no digit",
)
def scales(trial: Trial, case: Case) -> None:
    """Sentinels, epsilons and clips show at the ends of the range."""
    name = "dy" if case.backward else "x"
    base = case.replace(bias=None)
    top = {8: 400, 4: 60}.get(trial.itemsize(case), 0)
    if top == 0 or case.x.dtype.kind != "f":
        return
    first = trial.answer(base)
    for power in (top, -top):
        factor = 2.0**power
        scaled = base.replace(**{name: (base.arrays[name] * factor).astype(case.x.dtype)})
        second = trial.answer(scaled)
        for index, label in enumerate(result_names(case)):
            one, two = first[index], second[index]
            if one is None or two is None or (case.kind == "conv" and one.dtype.itemsize < 4):
                continue
            if two.dtype.itemsize < case.x.dtype.itemsize:
                continue  # the target narrows its results: the range is not its own
            if not np.array_equal(one * factor, two):
                got, want = two / factor, one.astype(np.float64)
                trial.same(
                    base,
                    [None] * index + [got],
                    [*([want] * index), want],
                    fractions=True,
                    note=False,
                    what=f"{label} at 2^{power}, scaled back,",
                )
