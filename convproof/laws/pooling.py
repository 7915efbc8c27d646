"""What pooling means: order, bounds, borders, NaN."""

from __future__ import annotations

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.refusal import tolerated
from convproof.laws.trial import Trial


@law(
    "monotone",
    "A larger image has a larger (or equal) pooled image.",
    "x <= x' => f(x) <= f(x')",
    kinds="max_pool avg_pool",
    ways="forward",
    source="equation (10.9)",
)
def monotone(trial: Trial, case: Case) -> None:
    """Some pixels raised, some left."""
    more = trial.rng(71, case.x.size).integers(0, 3, case.x.shape).astype(case.x.dtype)
    low, raised = trial.answer(case)[0], case.replace(x=case.x + more)
    high = trial.answer(raised)[0]
    assert low is not None
    assert high is not None
    slack = 0.0
    if case.kind == "avg_pool":
        slack = 64 * float(np.finfo(high.dtype).eps) * float(np.abs(high).max(initial=1))
    if (high < low - slack).any():
        raise Broken("raising pixels lowered an output", raised, low, high)


@law(
    "order-equivariant",
    "Max-pooling looks at the order of pixels alone: it commutes with every increasing function.",
    "max g(x) = g(max x) for increasing g",
    kinds="max_pool",
    ways="forward",
    source="equation (10.9)",
)
def order_equivariant(trial: Trial, case: Case) -> None:
    """g(t) = 2 t + 3, and g(t) = t + a large negative number: padding must never win."""
    y = trial.answer(case)[0]
    assert y is not None
    far = 2.0 ** {8: 40, 4: 20}.get(trial.itemsize(case), 6)
    for factor, offset in ((2.0, 3.0), (1.0, -far)):
        x = (case.x * factor + offset).astype(case.x.dtype)
        if len(np.unique(x)) != len(np.unique(case.x)):
            continue
        mapped = case.replace(x=x)
        want = (y * factor + offset).astype(np.float64)
        trial.same(mapped, trial.answer(mapped), [want], fractions=False, note=False)


@law(
    "constant-image",
    "Pooling a constant image gives that constant wherever padding does not count.",
    "f(c) = c",
    kinds="max_pool avg_pool",
    ways="forward",
    source="a maximum, a mean",
)
def constant_image(trial: Trial, case: Case) -> None:
    """A negative constant, so that zero padding shows."""
    flat = case.replace(x=np.full_like(case.x, -7))
    want = oracle.expected(flat)[0]
    trial.same(flat, trial.answer(flat), [want], fractions=case.kind == "avg_pool", note=False)


@law(
    "between",
    "A mean that counts no padding lies between the least and the greatest pixel.",
    "min x <= f(x) <= max x",
    kinds="avg_pool",
    ways="forward",
    source="a mean",
    suits=lambda case: not any(max(p) for p in case.padding) or not case.count_include_pad,
)
def between(trial: Trial, case: Case) -> None:
    """Also where windows overhang."""
    if any(max(p) for p in case.padding) and case.count_include_pad:
        raise NotApplied("padding counts here")
    y = trial.answer(case)[0]
    assert y is not None
    slack = 64 * float(np.finfo(y.dtype).eps) * float(np.abs(case.x).max(initial=1))
    if y.size and (y.max() > case.x.max() + slack or y.min() < case.x.min() - slack):
        raise Broken(
            "a mean outside the range of the pixels", case, (case.x.min(), case.x.max()), y
        )


@law(
    "idempotent",
    "Pooling with a window of one pixel changes nothing, and pooling the pooled image "
    "of a constant window changes nothing more.",
    "f(x; K = 1) = x",
    kinds="max_pool avg_pool",
    ways="forward",
    source="equation (10.9), K = 1",
    runs=4,
)
def idempotent(trial: Trial, case: Case) -> None:
    """Window 1, stride 1."""
    ones = (1,) * case.rank
    single = case.replace(
        window=ones, stride=ones, padding=((0, 0),) * case.rank, dilation=ones, ceil_mode=False
    )
    trial.same(
        single,
        trial.answer(single),
        [case.x.astype(np.float64)],
        fractions=case.kind == "avg_pool",
        note=False,
    )


@law(
    "average-is-convolution",
    "Average pooling is convolution of each channel with a constant "
    "kernel, divided by the window's size.",
    "avg(x) = x * (1 / |window|)",
    kinds="avg_pool",
    ways="forward",
    source="section 10.1.4",
    suits=lambda case: not case.ceil_mode and case.count_include_pad,
)
def average_is_convolution(trial: Trial, case: Case) -> None:
    """Against the target's own convolution, one channel at a time."""
    op = f"conv{case.rank}d"
    if op not in trial.target.ops:
        raise NotApplied(f"the target has no {op}")
    if case.ceil_mode or not case.count_include_pad:
        raise NotApplied("a divisor that differs from window to window is no convolution")
    if any(s != 1 for s in case.stride) and not trial.target.accepts(op, "stride"):
        raise NotApplied("its convolution takes no stride")
    if any(max(p) for p in case.padding) and not trial.target.accepts(op, "padding"):
        raise NotApplied("its convolution takes no padding")
    size = int(np.prod(case.taps))
    parts = []
    for c in range(case.x.shape[-1]):
        one = case.replace(
            op=op,
            x=case.x[..., c : c + 1],
            window=None,
            kernel=np.ones((*case.taps, 1, 1), case.x.dtype),
        )
        part = trial.answer(one)[0]
        assert part is not None
        parts.append(part.astype(np.float64) / size)
    trial.same(
        case, trial.answer(case), [np.concatenate(parts, axis=-1)], fractions=True, note=False
    )


@law(
    "nan-is-a-maximum",
    "A NaN in a window is its maximum (unless the target declares that NaN is passed over).",
    "NaN in window(o) => Y_o = NaN",
    kinds="max_pool",
    ways="forward",
    runs=6,
    source="IEEE 754-2019 maximum; NumPy, PyTorch and JAX agree",
)
def nan_is_a_maximum(trial: Trial, case: Case) -> None:
    """At the first, the last and some other tap; elsewhere nothing changes."""
    declared = trial.convention("nan")
    if declared == "unspecified" or case.x.dtype.kind != "f":
        raise NotApplied("the target declares no rule for NaN")
    rng = trial.rng(72, case.x.size)
    for share in (0.1, 0.5):
        x = case.x.copy()
        x[rng.random(x.shape) < share] = np.nan
        x.flat[0] = np.nan
        poisoned = case.replace(x=x)
        want = oracle.expected(poisoned)[0]
        if declared in ("ignored", "drop"):
            kept = oracle.expected(case.replace(x=np.where(np.isnan(x), -np.inf, x)))[0]
            want = kept
        got = trial.answer(poisoned)[0]
        assert got is not None
        if declared in ("ignored", "drop"):
            got, want = np.where(np.isfinite(want), got, 0), np.where(np.isfinite(want), want, 0)
        wrong = ~((got == want) | (np.isnan(got) & np.isnan(want)))
        if wrong.any():
            raise Broken(
                "a NaN in the window is not the maximum (if that is meant: convention nan=ignored)",
                poisoned,
                want,
                got,
            )


@law(
    "extreme-maximum",
    "The largest number is the maximum of its windows, and the lowest a number like others.",
    "X_i = +inf or the dtype's largest, i in window(o)  =>  Y_o = X_i",
    kinds="max_pool",
    ways="forward",
    runs=4,
    source="equation (10.9)",
)
def extreme_maximum(trial: Trial, case: Case) -> None:
    """Some pixels are +inf; then, in int32, some are the lowest integer and some the largest."""
    rng = trial.rng(73, case.x.size)
    spots = rng.random(case.x.shape)
    if case.x.dtype.kind == "f":
        bright = case.replace(x=np.where(spots < 0.15, np.inf, case.x).astype(case.x.dtype))
        got = trial.answer(bright)[0]
        want = oracle.expected(bright)[0]
        if got is None or not np.array_equal(got, want):
            raise Broken("an infinite pixel is not the maximum", bright, want, got)
    ends = np.iinfo(np.int32)
    x = np.where(spots < 0.4, ends.min, case.x).astype(np.int32)
    whole = case.replace(x=np.where(spots > 0.9, ends.max, x).astype(np.int32))
    outcome = trial.outcome(whole)
    if outcome.error is not None:
        tolerated(trial, whole, outcome, "integers", "int32 input", case)
    got = trial.checked(whole, outcome)[0]
    want = oracle.expected(whole)[0]
    assert got is not None
    # What computes in single precision rounds the largest; only that is its right.
    if not np.array_equal(got, want) and not np.array_equal(
        got.astype(np.float32), want.astype(np.float32)
    ):
        raise Broken("the lowest integer is lost, or taken for the largest", whole, want, got)
