"""The task of the paper's one figure: which of two channels of a Gaussian image is the larger.

Inputs are images of 3 channels, entries N(0, 1); the label says whether the first channel's norm
exceeds the second's (Li, Zhang, Arora, ICLR 2021, figure 1: 3 x 32 x 32, d = 3072).  Learners: a
3 x 3 convolution to 10 channels, squares, global average pooling, one weight a channel; and fully
connected nets with d hidden units, quadratic and ReLU, under SGD, with Adam as control.

What no learner that is equivariant under rotations can do is known here too: the argument of
`theory.lower_bound` is about the 2 s^2 coordinates of the two channels and does not ask what else
an input holds, so the bound at d' = 2 s^2 is one for this task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.random import Generator
from scipy import stats
from scipy.special import expit

from convproof.functions import conv2d, conv2d_backward
from convproof.study.engine import Cell, Result, Results
from convproof.study.nets import Predict, Training
from convproof.theory.bounds import lower_bound
from convproof.theory.groups import Matrix

SEED = 2022
TESTED = 2_000  # images that an error is measured on
LEVEL = 0.95
_BITS = 20
_CHANNELS, _TAPS = 10, 3
_STEPS, _BATCH, _RATE, _ENOUGH = 1500, 64, 0.05, 0.02


@lru_cache(maxsize=2)
def test_images(side: int) -> tuple[Matrix, Matrix]:
    """The images that errors are measured on, (n, s, s, 3), and their labels."""
    rng = np.random.default_rng([SEED, side, 1])
    x = rng.standard_normal((TESTED, side, side, 3), dtype=np.float32)
    return x, labels(x)


def labels(x: Matrix) -> Matrix:
    """1 where the first channel's norm is the larger of the first two, else -1."""
    norms = (x.astype(np.float64) ** 2).sum(axis=(1, 2))
    return np.where(norms[:, 0] >= norms[:, 1], 1.0, -1.0)


def convolutional(x: Matrix, y: Matrix, rng: Generator) -> Predict:
    """3 x 3 convolution, squares, global average pooling, one weight a channel; SGD, momentum.

    The convolution and its gradient are `convproof.conv2d` and `conv2d_backward`.  A mean of s^2
    squares differs between images by 1/s only: centred and times s, descent does not slow with s.
    """
    scale = np.float32(x.shape[1])
    kernel = (rng.standard_normal((_TAPS, _TAPS, 3, _CHANNELS)) / np.sqrt(27)).astype(np.float32)
    weights = (rng.standard_normal(_CHANNELS) / np.sqrt(_CHANNELS)).astype(np.float32)
    parts = [kernel, weights, np.zeros(1, np.float32)]
    speeds = [np.zeros_like(p) for p in parts]

    def forward(images: Matrix) -> tuple[Matrix, Matrix, Matrix]:
        z = conv2d(images, parts[0])
        # a channel's mean square is near |kernel|^2 for every image: that tells nothing of it
        pooled = scale * ((z * z).mean(axis=(1, 2)) - (parts[0] ** 2).sum(axis=(0, 1, 2)))
        return z, pooled, pooled @ parts[1] + parts[2][0]

    recent = 1.0
    for step in range(_STEPS):
        rows = rng.integers(0, len(x), min(_BATCH, len(x)))
        z, pooled, value = forward(x[rows])
        margin = y[rows] * value
        recent = 0.95 * recent + 0.05 * float(np.mean(np.logaddexp(0, -margin)))
        if recent < _ENOUGH:
            break
        delta = (-y[rows] * expit(-margin) / len(rows)).astype(np.float32)
        pull = scale * delta[:, None] * parts[1]
        places = z.shape[1] * z.shape[2]
        slope = conv2d_backward(2 * z * pull[:, None, None, :] / places, x[rows], parts[0]).kernel
        slope = slope - 2 * parts[0] * pull.sum(axis=0)
        rate = np.float32(_RATE * (1 - step / _STEPS))
        slopes = (slope, pooled.T @ delta, np.array([delta.sum()]))
        for p, g, v in zip(parts, slopes, speeds, strict=True):
            v *= np.float32(0.9)
            v -= rate * g.astype(np.float32)
            p += v
    return lambda images: np.sign(forward(images)[2])


def fully_connected(training: Training, x: Matrix, y: Matrix, rng: Generator) -> Predict:
    """A net on the images as vectors."""
    predict = training.fit(x.reshape(len(x), -1), y, rng)
    return lambda images: predict(images.reshape(len(images), -1))


# name -> (the fully connected net's training, or None for the convolution; its symmetry)
LEARNERS: dict[str, tuple[Training | None, str]] = {
    "images-conv-square-sgd": (None, "nothing"),
    "images-fc-square-sgd": (Training("square", units=1), "orthogonal"),
    "images-fc-relu-sgd": (Training("relu", units=1, rate=0.1), "orthogonal"),
    "images-fc-square-adam": (Training("square", "adam", units=1), "permutation"),
}


def evaluate(cell: Cell) -> Result:
    """Train one learner once; `cell.d` is 3 s^2.  The error on training images tells a fit."""
    side = round((cell.d / 3) ** 0.5)
    rng = np.random.default_rng([SEED, side, 2, cell.seed])
    x = rng.standard_normal((cell.n, side, side, 3), dtype=np.float32)
    y, own = labels(x), np.random.default_rng([SEED, 3, cell.seed])
    training = LEARNERS[cell.learner][0]
    if training is None:
        predict = convolutional(x, y, own)
    else:
        rate = training.rate if training.rule == "sgd" else 0.05
        # the largest curvature grows with |x|^2, which is d: so does the step that diverges
        steady = Training(
            training.activation, training.rule, training.units, rate=rate * 16 / cell.d,
            single=True,
        )  # fmt: skip
        predict = fully_connected(steady, x, y, own)
    inputs, truth = test_images(side)
    seen = x[:TESTED], y[:TESTED]
    return {
        "error": float(np.mean(predict(inputs) != truth)),
        "trained": float(np.mean(predict(seen[0]) != seen[1])),
    }


def least_error(d: int, n: int, delta: float = 0.5) -> float:
    """The error below which `lower_bound` asks for more than n samples; 0 if it never does."""
    low, high = 0.0, 0.5
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if lower_bound(d, middle, delta).samples > n else (low, middle)
    return low


@dataclass(frozen=True)
class Images:
    """The cells of the figure: all learners, at some n, with some seeds."""

    side: int
    counts: tuple[int, ...]
    seeds: int

    def cells(self) -> list[Cell]:
        """All of them, the long ones first."""
        return [
            Cell(name, 3 * self.side**2, n, seed)
            for n in reversed(self.counts)
            for name in reversed(LEARNERS)
            for seed in range(self.seeds)
        ]

    def table(self, results: Results) -> tuple[list[str], list[dict[str, Any]], list[str]]:
        """Lines to read, rows to keep, and what crossed the bound."""
        d = 3 * self.side**2
        lines = [
            f"Images of 3 x {self.side} x {self.side}: which of two channels is the larger; error "
            f"on {TESTED} new images (on those trained on), {self.seeds} seeds",
            f"{'learner':<24}" + "".join(f"{f'n = {n}':>26}" for n in self.counts),
        ]
        rows: list[dict[str, Any]] = []
        wrong: list[str] = []
        for name, (_, symmetry) in LEARNERS.items():
            shown = []
            for n in self.counts:
                found = [results[Cell(name, d, n, seed)] for seed in range(self.seeds)]
                row: dict[str, Any] = {"learner": name, "d": d, "n": n, **_spread(found)}
                rows.append(row)
                shown.append(f"{row['error']:.3f} +- {row['half']:.3f} ({row['trained']:.3f})")
                if symmetry == "orthogonal":
                    wrong += self._crossed(name, n, row["least"])
            lines.append(f"{name:<24}" + "".join(f"{text:>26}" for text in shown))
        floor = "".join(f"{least_error(2 * self.side**2, n):>26.3f}" for n in self.counts)
        lines.append(f"{'no less, by the bound':<24}{floor}")
        return lines, rows, wrong

    def _crossed(self, name: str, n: int, least: float) -> list[str]:
        """An equivariant learner whose best run is better than one in a million can be.

        It errs by less than e with probability at most 2^(n - b), b the bound's bits at e.
        """
        clear = least_error(2 * self.side**2, n + _BITS + 1, 0.0)
        if least >= clear - 5 * (0.25 / TESTED) ** 0.5:  # the error is measured: so much may be off
            return []
        return [
            f"{name} at n = {n}: error {least:.3f}, where below {clear:.3f} an equivariant "
            f"learner is with probability 2^-{_BITS} at most"
        ]


def _spread(found: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Mean error, half of its interval by Student's t, and the error on the training images."""
    errors = np.array([result["error"] for result in found])
    width = stats.t.ppf((1 + LEVEL) / 2, len(errors) - 1) * errors.std(ddof=1)
    return {
        "error": float(errors.mean()),
        "half": float(width / np.sqrt(len(errors))),
        "least": float(errors.min()),
        "trained": float(np.mean([result["trained"] for result in found])),
    }
