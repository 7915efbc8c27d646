"""Which coordinate changes a step on the data respects: T(X R') = T(X) R', X with rows as inputs.

A pipeline keeps a learner's symmetry if each of its steps respects it: a normalisation or whitening
of the inputs, dropout or augmentation of them (in law), a first layer's own preparation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.evidence import Verdict
from convproof.spec import as_int, choice
from convproof.theory.groups import GROUPS, Matrix
from convproof.theory.symmetry.coupled import Runs, Start
from convproof.theory.symmetry.functions import UserFunction
from convproof.theory.symmetry.law import in_law
from convproof.theory.symmetry.verdicts import combined

_ROWS, _DIMS = 12, (2, 3, 6)
_RUNS = 3_000
_AGAIN = 40  # a step that is random at one in two is equal so often once in 10^12


def _layer_norm(x: Matrix) -> Matrix:
    centred = x - x.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5))


def _whitened(x: Matrix) -> Matrix:
    """ZCA: the inverse root of the second moments, damped by a thousandth of their mean."""
    values, vectors = np.linalg.eigh(x.T @ x / len(x))
    damped = values + 1e-3 * values.mean()
    return np.asarray(x @ (vectors / np.sqrt(damped)) @ vectors.T)


def _batch_norm(x: Matrix) -> Matrix:
    centred = x - x.mean(axis=0)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=0) + 1e-5))


def _dropped(x: Matrix) -> Matrix:
    return np.asarray(x * (_RNG.random(x.shape) < 0.5))


def _flipped(x: Matrix) -> Matrix:
    return np.asarray(x[:, ::-1] if _RNG.random() < 0.5 else x)


def _noisy(x: Matrix) -> Matrix:
    return np.asarray(x + _RNG.standard_normal(x.shape))


def _dense(x: Matrix) -> Matrix:
    """A first layer that starts Gaussian, as wide as its inputs: W x, W new at each call."""
    return np.asarray(x @ _RNG.standard_normal((x.shape[1], x.shape[1])))


def _convolved(x: Matrix) -> Matrix:
    """A convolutional first layer: 3 Gaussian taps, circular, new at each call."""
    taps = _RNG.standard_normal(3)
    return np.asarray(sum(tap * np.roll(x, -k, axis=1) for k, tap in enumerate(taps)))


_RNG = np.random.default_rng(2021)  # the named random steps' own; verdicts do not hang on it

# name -> the step; "flip" is the augmentation that mirrors an input; the layers are a first layer
# at its start, compared in law: with gradients, see `gram_only`.
DATA_STEPS: dict[str, Callable[[Matrix], Matrix]] = {
    "layer-norm": _layer_norm,
    "rms-norm": lambda x: x / np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-5),
    "mean-centring": lambda x: x - x.mean(axis=0),
    "global-scale": lambda x: x / np.sqrt((x**2).mean()),
    "all-entries-std": lambda x: x / x.std(),
    "batch-norm": _batch_norm,
    "whitening": _whitened,
    "max-scaling": lambda x: x / np.abs(x).max(axis=1, keepdims=True),
    "dropout": _dropped,
    "gaussian-noise": _noisy,
    "flip": _flipped,
    "dense-layer": _dense,
    "convolutional-layer": _convolved,
}


def data_symmetries(
    step: Any, *, groups: Sequence[str] = GROUPS, seed: int = 0
) -> dict[str, Verdict]:
    """Whether a step on the data commutes with each group acting on the input coordinates.

    Args:
        step: one of `DATA_STEPS` by name, or a function of an array (rows, d) that gives one of
            the same shape; a random one is compared in law.
        groups: some of "sign", "permutation", "orthogonal".
        seed: of the data and group elements tried; verdicts do not depend on it.

    Returns:
        group -> verdict, as from `symmetries`; a witness's W is the data.

    Raises:
        SpecError: for an unknown name or group, or a function that is no such step.

    >>> {group: str(v.status) for group, v in data_symmetries("layer-norm").items()}
    {'sign': 'refuted', 'permutation': 'held', 'orthogonal': 'refuted'}
    >>> data_symmetries("whitening")["orthogonal"].holds
    True

    Source: Wadia and others (ICML 2021) on whitening; Problem 10.2.1 for the rest.
    """
    asked = [groups] if isinstance(groups, str) else list(groups)
    names = [choice("groups", group, GROUPS) for group in asked]
    function = DATA_STEPS.get(step) if isinstance(step, str) else step
    if function is None:
        raise SpecError.one_of("step", step, DATA_STEPS, "a function of the data")
    if not callable(function):
        raise SpecTypeError.of("step", step, "a function of an array (rows, d), or its name")
    called: Callable[[Matrix], Matrix] = function

    def rule(weight: Matrix, gradient: Matrix) -> Matrix:
        return called(weight)

    rule.__qualname__ = str(getattr(function, "__name__", step)) if callable(step) else step
    subject = UserFunction(rule, lambda: ())
    begun = [_start(number, d, as_int("seed", seed, 0)) for number, d in enumerate(_DIMS, 1)]
    first, *more = (subject.run(begun[-1].weight, begun[-1].gradients) for _ in range(_AGAIN))
    if not all(np.array_equal(first, other) for other in more):
        return {name: _in_law(subject, name, seed) for name in names}
    coarse = subject.lowest(begun[-1].weight, begun[-1].gradients)
    runs = [Runs(subject, start, coarse) for start in begun]
    return {name: combined(name, runs) for name in names}


def _in_law(subject: UserFunction, group: str, seed: int) -> Verdict:
    """Of several elements of the group: one may happen to be respected."""
    found = Verdict.undecided("nothing was compared")
    for number, d in enumerate((3, 6, 6, 6), 2):
        whole = _start(number, d, seed)
        small = Start(number, whole.weight[:2], whole.gradients[:, :2], 1.0, seed)
        found = in_law(subject, small, group, _RUNS)
        if not found.holds:
            return found
    return found


def _start(number: int, d: int, seed: int) -> Start:
    rng = np.random.default_rng([seed, number, 5])
    data = rng.standard_normal((_ROWS, d)) @ rng.standard_normal((d, d)) + rng.standard_normal(d)
    return Start(number, data, np.ones((1, _ROWS, d)), 1.0, seed)
