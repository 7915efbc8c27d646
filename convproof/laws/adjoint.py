"""A backward is the adjoint of its own forward: <dy, f'(x) v> = <f'(x)^T dy, v>."""

from __future__ import annotations

import numpy as np

from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.trial import Trial


def _forward(trial: Trial, case: Case) -> Case:
    forward = case.forward
    if forward.op not in trial.target.ops:
        raise NotApplied(f"the target has no {forward.op}")
    return forward


def _integers(trial: Trial, shape: tuple[int, ...], salt: int) -> Array:
    return trial.rng(salt, *shape).integers(-3, 4, shape).astype(np.float64)


def _hold(
    case: Case, forward: Array, dy: Array, gradient: Array, direction: Array, name: str
) -> None:
    """The two inner products, to the rounding of their terms."""
    f, d, g, v = (a.astype(np.float64) for a in (forward, dy, gradient, direction))
    left, right = float((f * d).sum()), float((g * v).sum())
    u = max(
        float(np.finfo(a.dtype).eps) / 2 if a.dtype.kind == "f" else 0.0
        for a in (forward, gradient, case.x)
    )
    # n terms, each itself a sum of at most n: gamma_2n on both sides (Higham, ch. 3); an exact
    # target on integers meets it with equality.
    size = max(f.size, g.size) + case.x.size + int(np.prod(case.taps)) + 64
    bound = 4 * size * u * max(float((abs(f) * abs(d)).sum()), float((abs(g) * abs(v)).sum()), 1.0)
    # Two different whole numbers are no rounding, however large the bound.
    whole = left.is_integer() and right.is_integer() and left != right
    if not abs(left - right) <= bound or whole:
        raise Broken(
            f"<dy, f'(x) v> = {left!r} but <{name}, v> = {right!r}",
            case,
            left,
            right,
            result=name,
        )


@law(
    "adjoint-x",
    "The input's gradient is the adjoint of the forward as a map of the input.",
    "<dy, f(v, K)> = <dx(dy), v>",
    kinds="conv avg_pool",
    ways="backward",
    source="section 10.1.5; f is linear in x",
    implied_by=("returns-an-answer", "shape", "definition"),
)
def adjoint_x(trial: Trial, case: Case) -> None:
    """Against the target's own forward."""
    assert case.dy is not None
    v = _integers(trial, case.x.shape, 51).astype(case.x.dtype)
    forward = _forward(trial, case).replace(x=v, bias=None)
    y, dx = trial.answer(forward)[0], trial.answer(case)[0]
    assert y is not None
    if dx is None:
        raise NotApplied("the target gives no gradient for the image")
    _hold(case, y, case.dy, dx, v, "dx")


@law(
    "adjoint-kernel",
    "The kernel's gradient is the adjoint of the forward as a map of the kernel.",
    "<dy, f(x, V)> = <dK(dy), V>",
    kinds="conv",
    ways="backward",
    source="section 10.1.5; f is linear in K",
)
def adjoint_kernel(trial: Trial, case: Case) -> None:
    """Against the target's own forward."""
    assert case.dy is not None
    assert case.kernel is not None
    v = _integers(trial, case.kernel.shape, 52).astype(case.kernel.dtype)
    forward = _forward(trial, case).replace(kernel=v, bias=None)
    y, dkernel = trial.answer(forward)[0], trial.answer(case)[1]
    assert y is not None
    if dkernel is None:
        raise NotApplied("the target gives no gradient for the kernel")
    _hold(case, y, case.dy, dkernel, v, "dkernel")


@law(
    "adjoint-bias",
    "The bias's gradient is the sum of the incoming gradient over everything but its channel.",
    "db_m = sum_{n,o} dy_{n,o,m}",
    kinds="conv",
    ways="backward",
    needs="bias",
    source="equation (10.6)",
)
def adjoint_bias(trial: Trial, case: Case) -> None:
    """A gradient that differs from channel to channel."""
    assert case.dy is not None
    assert case.kernel is not None
    channels = case.kernel.shape[-1]
    bias = np.arange(1, channels + 1).astype(case.x.dtype)
    given = case.replace(bias=bias)
    results = trial.answer(given)
    if results[2] is None:
        raise NotApplied("the target gives no gradient for the bias")
    want = case.dy.astype(np.float64).sum(axis=tuple(range(case.dy.ndim - 1)))
    trial.same(given, [None, None, results[2]], [want, want, want], fractions=False, note=False)


@law(
    "adjoint-max",
    "Moving the input a little moves a max-pool's output as its gradient says.",
    "<dy, f(x + v) - f(x)> = <dx(dy), v> while no maximum changes",
    kinds="max_pool",
    ways="backward",
    source="section 10.1.5; f is piecewise linear",
)
def adjoint_max(trial: Trial, case: Case) -> None:
    """Pixels 16 apart, moves of at most 3: no maximum changes."""
    assert case.dy is not None
    forward = _forward(trial, case)
    if case.x.size * 16 >= 2 ** {8: 52, 4: 23}.get(trial.itemsize(case), 10):
        raise NotApplied("too many pixels to keep apart")
    rank = np.argsort(np.argsort(case.x, axis=None, kind="stable"), kind="stable")
    x = (rank.reshape(case.x.shape) * 16).astype(case.x.dtype)
    v = _integers(trial, case.x.shape, 53).astype(case.x.dtype)
    far, near = trial.answer(forward.replace(x=x + v))[0], trial.answer(forward.replace(x=x))[0]
    given = case.replace(x=x)
    dx = trial.answer(given)[0]
    assert far is not None
    assert near is not None
    assert dx is not None
    _hold(given, far.astype(np.float64) - near, case.dy, dx, v, "dx")
