"""The learners of h* that the study measures, each with the symmetry that it is held to."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.random import Generator

from convproof.errors import SpecError
from convproof.functions import avg_pool1d
from convproof.study.nets import Predict, Training
from convproof.theory.groups import Matrix

Fit: TypeAlias = Callable[[Matrix, Matrix, Generator], Predict]


@dataclass(frozen=True)
class Learner:
    """A way to learn from (x, y): its fit, its symmetry, and at which d it is measured.

    `symmetry`, "orthogonal", "permutation" or "nothing", is what it is held to: a learner said to
    be equivariant under all rotations, or under permutations, may not succeed below that group's
    bound.  `first` is a number of samples that is too few.
    """

    name: str
    fit: Fit
    symmetry: str
    dims: tuple[int, ...]
    full: tuple[int, ...]
    first: Callable[[int], int]


LEARNERS: dict[str, Learner] = {}


def _register(name: str, fit: Fit, symmetry: str, *rest: Any) -> None:
    LEARNERS[name] = Learner(name, fit, symmetry, *rest)


def ridge_quadratic(x: Matrix, y: Matrix, rng: Generator) -> Predict:
    """Ridge on all products x_i x_j, by its kernel (x.x')^2, which rotations leave alone.

    The penalty, d^2/2, is of the order of what the labels leave unexplained.
    """
    del rng
    n, d = x.shape
    half = d * d / 2
    if n <= d * (d + 1) // 2:
        weights = np.linalg.solve((x @ x.T) ** 2 + half * np.eye(n), y)
        form = (x.T * weights) @ x
    else:
        i, j = np.triu_indices(d)
        scale = np.where(i == j, 1.0, np.sqrt(2.0))
        products = x[:, i] * x[:, j] * scale
        solved = np.linalg.solve(products.T @ products + half * np.eye(len(i)), products.T @ y)
        form = np.zeros((d, d))
        form[i, j] = solved * scale / 2  # the scale once more: the two halves of x_i x_j
        form = form + form.T
    return lambda z: np.sign(np.einsum("ij,ij->i", z @ form, z))


def ridge_squares(x: Matrix, y: Matrix, rng: Generator) -> Predict:
    """Ridge on the squares x_i^2 alone: equivariant under permutations and signs only."""
    del rng
    squares = x**2 - 1
    penalty = x.shape[1] * np.eye(x.shape[1])
    solved = np.linalg.solve(squares.T @ squares + penalty, squares.T @ y)
    return lambda z: np.sign((z**2 - 1) @ solved)


def convnet(x: Matrix, y: Matrix, rng: Generator) -> Predict:
    """The ConvNet of Problem 10.2.2, trained by gradient descent on the logistic loss.

    Squares, then `convproof.avg_pool1d` with window and stride d/2, then two weights.  The two
    means are near 1 and differ by sqrt(8/d): centred and rescaled, descent does not slow with d.
    """
    scale = np.sqrt(x.shape[1] / 8)

    def features(inputs: Matrix) -> Matrix:
        half = inputs.shape[1] // 2
        means = avg_pool1d(inputs[:, :, None] ** 2, half)[:, :, 0]
        return np.asarray((means - 1) * scale)

    z, w = features(x), rng.standard_normal(2) / 10
    for _ in range(400):
        pull = y / (1 + np.exp(np.clip(y * (z @ w), -30, 30)))
        w = w + pull @ z / len(y)
    return lambda inputs: np.sign(features(inputs) @ w)


_SQUARE = Training("square")
_RELU = Training("relu", units=8, rate=0.1)
_ADAM = Training("relu", units=8, rule="adam", rate=0.01)

_register(
    "ridge-quadratic", ridge_quadratic, "orthogonal", (8, 16, 32), (8, 16, 32, 64), lambda d: d
)
_register("fc-square-sgd", _SQUARE.fit, "orthogonal", (6, 8, 12, 16), (8, 16, 32, 64), lambda d: d)
_register("fc-relu-sgd", _RELU.fit, "orthogonal", (6, 8, 12), (8, 16, 32, 48), lambda d: d)
_register("fc-relu-adam", _ADAM.fit, "permutation", (6, 8, 12), (8, 16, 32, 48), lambda d: d)
_register(
    "ridge-squares", ridge_squares, "permutation", (8, 32, 128), (8, 32, 128, 512), lambda d: 4
)
_register("convnet", convnet, "nothing", (8, 32, 128, 512), (8, 32, 128, 512, 2048), lambda d: 1)


@cache
def find(name: str) -> Fit:
    """The fit of a learner by its name, or of a user's by "path/to/file.py:function".

    Raises:
        SpecError: if there is none.
    """
    if name in LEARNERS:
        return LEARNERS[name].fit
    path, _, function = name.rpartition(":")
    if not path:
        listed = ", ".join(LEARNERS)
        raise SpecError.of("--learner", name, f"path/to/file.py:function, or one of {listed}")
    return _users(Path(path), function, name)


def _users(path: Path, function: str, name: str) -> Fit:
    if not path.is_file():
        raise SpecError.of("--learner", name, "a function in a Python file that exists")
    spec = importlib.util.spec_from_file_location(f"convproof_learner_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise SpecError.of("--learner", name, "a function in a Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a user's file raises
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise SpecError.of("--learner", name, "a file that can be imported", said) from None
    fit = getattr(module, function, None)
    if not callable(fit):
        raise SpecError.of("--learner", name, f"a function that {path.name} has")
    return _guarded(fit, name)


def _guarded(fit: Any, name: str) -> Fit:
    allowed = "fit(x, y, rng) -> predict, predict(x) -> numbers whose signs are the labels"

    def guarded(x: Matrix, y: Matrix, rng: Generator) -> Predict:
        try:
            predict = fit(x, y, rng)
        except Exception as error:  # whatever a user's function raises
            said = f"with x of shape {x.shape} it raised {type(error).__name__}: {error}"
            raise SpecError.of("--learner", name, allowed, " ".join(said.split())) from None
        if not callable(predict):
            raise SpecError.of(
                "--learner", name, allowed, f"it returned a {type(predict).__name__}"
            )

        def checked(z: Matrix) -> Matrix:
            try:
                values = np.asarray(predict(z), dtype=float)
            except Exception as error:  # likewise
                said = f"predict raised {type(error).__name__}: {error}"
                raise SpecError.of("--learner", name, allowed, " ".join(said.split())) from None
            if values.shape != (len(z),) or not np.isfinite(values).all():
                said = f"predict gave shape {values.shape} for {len(z)} inputs, or no numbers"
                raise SpecError.of("--learner", name, allowed, said)
            return np.asarray(np.sign(values))

        return checked

    return guarded
