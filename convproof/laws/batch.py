"""The items of a batch do not know of each other."""

from __future__ import annotations

import numpy as np

from convproof.laws import numerics, oracle
from convproof.laws.case import Array, Case
from convproof.laws.definition import fractional
from convproof.laws.law import EVERY, Broken, NotApplied, law
from convproof.laws.trial import Trial, result_names


@law(
    "batch-independence",
    "An item's result does not depend on the rest of the batch; the kernel's gradient is the sum "
    "over the items.",
    "f(x)_n = f(x_n); dK = sum_n dK(x_n, dy_n)",
    source="equation (10.8) has no n",
    kinds=EVERY,
)
def batch_independence(trial: Trial, case: Case) -> None:
    """One item is a thousand times larger than the others; each is asked for by itself too."""
    rng = trial.rng(81, case.x.size)
    count = max(len(case.x), 3)
    take = np.arange(count) % len(case.x)
    x = case.x[take]
    x = x + rng.integers(0, 3, x.shape) if case.kind != "max_pool" else x
    x = x.astype(case.x.dtype)
    if trial.itemsize(case) > 4:
        x[1] = (x[1] * 1024).astype(case.x.dtype)
    whole = case.replace(x=x, dy=None if case.dy is None else case.dy[take])
    got = trial.answer(whole)
    single: list[list[Array]] = [[] for _ in got]
    for n in range(count):
        one = whole.replace(x=x[n : n + 1], dy=None if whole.dy is None else whole.dy[n : n + 1])
        for place, value in zip(single, trial.answer(one), strict=True):
            if value is not None:
                place.append(value.astype(np.float64))
    want: list[Array] = []
    for name, parts in zip(result_names(case), single, strict=True):
        if len(parts) < count:
            want.append(np.zeros(0))
        elif name in ("dkernel", "dbias"):
            want.append(np.sum(parts, axis=0))
        else:
            want.append(np.concatenate(parts))
    trial.same(
        whole,
        [None if not w.size else g for g, w in zip(got, want, strict=True)],
        want,
        fractions=case.kind == "avg_pool",
        note=False,
    )


@law(
    "batch-scale",
    "An item's result is as accurate beside a huge item as it is by itself.",
    "f(x)_n = f(x_n) for |x_m| >> |x_n|",
    source="equation (10.8) has no n",
)
def batch_scale(trial: Trial, case: Case) -> None:
    """The first item is 2^60 times as large as the others: whatever of it gets there shows."""
    if trial.itemsize(case) < 4:
        raise NotApplied("numbers that large do not fit the target's precision")
    names = [name for name in ("x", "dy") if getattr(case, name) is not None]
    large = {name: np.concatenate([getattr(case, name)] * 2) for name in names}
    scaled = "dy" if case.backward else "x"
    large[scaled][: len(case.x)] *= large[scaled].dtype.type(2.0**60)
    whole = case.replace(**large)
    for name, got, right in zip(
        result_names(case), trial.answer(whole), oracle.expected(case), strict=False
    ):
        if name in ("y", "dx") and got is not None:
            own: list[Array | None] = [got[len(case.x) :]]
            try:
                trial.same(case, own, [right], fractions=fractional(case), note=False)
            except Broken as broken:
                # Strassen's products, two images in one transform: right in the norm of the batch.
                if not any(
                    numerics.ENVELOPE in level for level in trial.notes.levels.get(case.op, ())
                ):
                    raise Broken(broken.reason, whole, right, own[0], result=name) from None
                trial.notes.limitations.setdefault(
                    (case.op, "items of very different size"), broken.reason
                )
                raise NotApplied("a fast algorithm rounds in proportion to the batch") from None


@law(
    "batch-order",
    "Putting the items in another order puts the results in that order.",
    "f(x_{p(n)}) = f(x)_{p(n)}",
    ways="forward",
    source="equation (10.8) has no n",
    suits=lambda case: len(case.x) > 1,
    kinds=EVERY,
)
def batch_order(trial: Trial, case: Case) -> None:
    """Reversed."""
    turned = case.replace(x=np.ascontiguousarray(case.x[::-1]))
    before = trial.answer(case)[0]
    assert before is not None
    trial.same(
        turned,
        trial.answer(turned),
        [before[::-1].astype(np.float64)],
        fractions=case.kind == "avg_pool",
        note=False,
    )
