"""Small fully connected nets trained on many problems: SGD with momentum as in the paper, or Adam.

One hidden layer, f(x) = a . s(W x + b) + c, Gaussian first weights, logistic loss.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from scipy.special import expit

from convproof.theory.groups import Matrix

Predict = Callable[[Matrix], Matrix]


@dataclass(frozen=True)
class Training:
    """How a net is trained: units a dimension, steps, rows a step, and the rule with its rate."""

    activation: str
    rule: str = "sgd"
    units: int = 2
    steps: int = 1500
    batch: int = 64
    rate: float = 0.02
    enough: float = 0.02  # a mean loss at which training stops
    single: bool = False  # in float32: twice as fast where a layer is large

    def fit(self, x: Matrix, y: Matrix, rng: Generator) -> Predict:
        """Train on x (n, d) and labels y of -1 and 1 (n,)."""
        n, d = x.shape
        m = self.units * d
        weight = rng.standard_normal((m, d)) / np.sqrt(d)
        signs = np.where(np.arange(m) % 2 == 0, 1.0, -1.0) / np.sqrt(m)
        kind = np.float32 if self.single else np.float64
        parts = [part.astype(kind) for part in (weight, np.zeros(m), signs, np.zeros(1))]
        x = x.astype(kind, copy=False)
        speeds = [np.zeros_like(p) for p in parts]
        squares = [np.zeros_like(p) for p in parts]
        recent = 1.0
        for step in range(self.steps):
            rows = rng.integers(0, n, min(self.batch, n))
            loss, slopes = self._slopes(parts, x[rows], y[rows])
            rate = self.rate * (1 - step / self.steps)
            for p, g, v, s in zip(parts, slopes, speeds, squares, strict=True):
                if self.rule == "adam":
                    v *= 0.9
                    v += 0.1 * g
                    s *= 0.999
                    s += 0.001 * g * g
                    first, second = 1 - 0.9 ** (step + 1), 1 - 0.999 ** (step + 1)
                    p -= rate * (v / first) / (np.sqrt(s / second) + 1e-8)
                else:
                    v *= 0.9
                    v -= rate * g
                    p += v
            recent = 0.95 * recent + 0.05 * loss
            if recent < self.enough:
                break
        return lambda z: np.sign(self._forward(parts, z)[2])

    def _forward(self, parts: list[Matrix], x: Matrix) -> tuple[Matrix, Matrix, Matrix]:
        before = x @ parts[0].T + parts[1]
        after = before * before if self.activation == "square" else np.maximum(before, 0)
        return before, after, after @ parts[2] + parts[3][0]

    def _slopes(self, parts: list[Matrix], x: Matrix, y: Matrix) -> tuple[float, list[Any]]:
        before, after, value = self._forward(parts, x)
        margin = y * value
        loss = float(np.mean(np.logaddexp(0, -margin)))
        delta = (-y * expit(-margin) / len(y)).astype(x.dtype)
        inner = np.multiply.outer(delta, parts[2])
        inner *= 2 * before if self.activation == "square" else before > 0
        return loss, [inner.T @ x, inner.sum(axis=0), delta @ after, np.array([delta.sum()])]
