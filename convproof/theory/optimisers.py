"""Update rules: weight, gradient and state in, weight and state out, one small function each.

`OPTIMISERS` names the rules of the table of symmetries.  A rule is a function
(weight (h, d), gradient (h, d), state) -> (weight, state); the state starts as None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from convproof.theory.groups import Matrix

State: TypeAlias = Any
Rule: TypeAlias = Callable[[Matrix, Matrix, State], tuple[Matrix, State]]
_TINY = 1e-12  # keeps 0/0 away; far below every gradient that the checks use


def sgd(rate: Any = 0.1, momentum: Any = 0, decay: Any = 0, nesterov: bool = False) -> Rule:
    """Gradient descent with momentum and L2 decay; exact when its numbers are fractions.

    >>> sgd(0.5)(np.array([[1.0, 2.0]]), np.array([[2.0, 0.0]]), None)[0]
    array([[0., 2.]])
    """

    def rule(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
        flow = gradient + decay * weight
        speed = flow if state is None else momentum * state + flow
        return weight - rate * (flow + momentum * speed if nesterov else speed), speed

    return rule


def adam(rate: float = 0.1, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> Rule:
    """Adam (Kingma and Ba, 2015, algorithm 1)."""

    def rule(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
        step, first, second = (0, 0 * weight, 0 * weight) if state is None else state
        step += 1
        first = betas[0] * first + (1 - betas[0]) * gradient
        second = betas[1] * second + (1 - betas[1]) * gradient**2
        mean, square = first / (1 - betas[0] ** step), second / (1 - betas[1] ** step)
        return weight - rate * mean / (np.sqrt(square) + eps), (step, first, second)

    return rule


def stateless(direction: Callable[[Matrix], Matrix], rate: float = 0.1) -> Rule:
    """The rule that moves against direction(gradient)."""
    return lambda weight, gradient, state: (weight - rate * direction(gradient), state)


def accumulating(square: Callable[[Matrix], Any], keep: float = 1.0, rate: float = 0.1) -> Rule:
    """AdaGrad's family: divide by the root of the accumulated square(gradient)."""

    def rule(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
        fresh = (1 if keep == 1 else 1 - keep) * square(gradient)
        total = fresh if state is None else keep * state + fresh
        return weight - rate * gradient / (np.sqrt(total) + _TINY), total

    return rule


def _lars(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
    """LARS (You, Gitman, Ginsburg, 2017): the step is in proportion to the weight's norm."""
    trust = np.linalg.norm(weight) / (np.linalg.norm(gradient) + _TINY)
    return weight - 0.1 * trust * gradient, state


def _lion(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
    """Lion (Chen and others, 2023): the sign of an average."""
    mean = 0 * gradient if state is None else state
    return weight - 0.1 * np.sign(0.9 * mean + 0.1 * gradient), 0.99 * mean + 0.01 * gradient


def _adafactor(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
    """Adafactor (Shazeer and Stern, 2018): the second moment from its row and column sums."""
    square = gradient**2 + _TINY * (gradient**2).mean() + np.finfo(gradient.dtype).tiny
    rows, columns = square.sum(axis=1, keepdims=True), square.sum(axis=0, keepdims=True)
    if state is not None:
        rows, columns = 0.9 * state[0] + 0.1 * rows, 0.9 * state[1] + 0.1 * columns
    guess = rows * columns / rows.sum()
    return weight - 0.1 * gradient / np.sqrt(guess), (rows, columns)


def _shampoo(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
    """Shampoo (Gupta, Koren, Singer, 2018): L^-1/4 G R^-1/4."""
    left, right = gradient @ gradient.T, gradient.T @ gradient
    if state is not None:
        left, right = left + state[0], right + state[1]
    return weight - 0.1 * _root(left) @ gradient @ _root(right), (left, right)


def _root(square: Matrix) -> Matrix:
    """The inverse fourth root of a positive matrix, damped in proportion to its trace."""
    values, vectors = np.linalg.eigh(square)
    damped = np.maximum(values, 0) + 1e-2 * values.mean() + np.finfo(square.dtype).tiny
    return np.asarray((vectors * damped**-0.25) @ vectors.T)


def _newton_schulz(gradient: Matrix) -> Matrix:
    """Muon's approximate msign(G): five steps of an odd polynomial iteration."""
    near = gradient / (np.linalg.norm(gradient) + _TINY)
    for _ in range(5):
        square = near @ near.T
        near = 3.4445 * near + (-4.775 * square + 2.0315 * square @ square) @ near
    return np.asarray(near)


def _yogi(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
    """Yogi (Zaheer and others, 2018): the second moment moves by a bounded step."""
    mean, square = (0 * gradient, 0 * gradient) if state is None else state
    fresh = gradient**2
    mean = 0.9 * mean + 0.1 * gradient
    square = square - 0.001 * np.sign(square - fresh) * fresh
    return weight - 0.1 * mean / (np.sqrt(square) + 1e-3), (mean, square)


def _lbfgs(weight: Matrix, gradient: Matrix, state: State) -> tuple[Matrix, State]:
    """L-BFGS (Nocedal, 1980), the last five pairs; the first step has a length of its own norm's.

    Inner products alone: <s, y>, <y, y>, <s, q>.
    """
    past, last = ((), None) if state is None else state
    if last is not None:
        moved, turned = weight - last[0], gradient - last[1]
        sizes = np.linalg.norm(moved) * np.linalg.norm(turned)
        if np.sum(moved * turned) > 0.1 * sizes:  # of clear curvature only
            past = (*past[-4:], (moved, turned))
    direction, parts = gradient, []
    for moved, turned in reversed(past):
        part = np.sum(moved * direction) / np.sum(moved * turned)
        direction = direction - part * turned
        parts.append(part)
    if past:
        moved, turned = past[-1]
        direction = direction * (np.sum(moved * turned) / np.sum(turned**2))
    else:
        direction = direction / (1 + np.linalg.norm(gradient))
    for (moved, turned), part in zip(past, reversed(parts), strict=True):
        back = np.sum(turned * direction) / np.sum(moved * turned)
        direction = direction + (part - back) * moved
    return weight - 0.1 * direction, (past, (weight, gradient))


def _clip_to(norm: Callable[[Matrix], Any]) -> Callable[[Matrix], Matrix]:
    return lambda gradient: gradient / np.maximum(1, norm(gradient))


def _row_norms(gradient: Matrix) -> Matrix:
    return np.asarray(np.linalg.norm(gradient, axis=1, keepdims=True))


OPTIMISERS: dict[str, Rule] = {
    "sgd": sgd(),
    "momentum": sgd(momentum=0.9),
    "nesterov": sgd(momentum=0.9, nesterov=True),
    "weight-decay": sgd(momentum=0.9, decay=0.01),
    "global-clipping": stateless(_clip_to(np.linalg.norm)),
    "row-clipping": stateless(_clip_to(_row_norms)),
    "lars": _lars,
    "adagrad-norm": accumulating(lambda gradient: np.sum(gradient**2)),
    "muon": stateless(_newton_schulz),
    "shampoo": _shampoo,
    "lbfgs": _lbfgs,
    "yogi": _yogi,
    "adam": adam(),
    "adagrad": accumulating(lambda gradient: gradient**2),
    "rmsprop": accumulating(lambda gradient: gradient**2, keep=0.9),
    "sign-sgd": stateless(np.sign),
    "lion": _lion,
    "adafactor": _adafactor,
    "l1-penalty": lambda weight, gradient, state: (
        weight - 0.1 * (gradient + 0.01 * np.sign(weight)),
        state,
    ),
    "elementwise-clipping": stateless(lambda gradient: np.clip(gradient, -1, 1)),
}

# Which groups each rule commutes with: what the table of symmetries claims.
EQUIVARIANT = (
    "sgd", "momentum", "nesterov", "weight-decay", "global-clipping", "row-clipping", "lars",
    "adagrad-norm", "muon", "shampoo", "lbfgs",
)  # fmt: skip
COORDINATEWISE = tuple(name for name in OPTIMISERS if name not in EQUIVARIANT)
