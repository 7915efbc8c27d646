"""Whether a model sees its data through their inner products only, as every dense first layer does.

Pre-activations are W x; under gradient descent W moves along x_1, ..., x_n; so outputs at training
and test inputs depend on W_0 X' and X X' alone.  Inputs with the same Gram matrix are X Q, Q
orthogonal: here they are written anew from that matrix, as its triangular root.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.evidence import Verdict
from convproof.networks import Dense, Flatten, Sequential
from convproof.spec import as_int
from convproof.theory.groups import Matrix
from convproof.theory.rounding import CLEARLY, SPREAD, U64
from convproof.theory.symmetry.law import FALSE_ALARM, furthest, threshold

_FORMS = (
    "fit(x, y, weight) -> predict, fit(x, y, rng) -> predict, or a Sequential that ends in one "
    "output; x is (rows, d), y is (rows,), predict(x) is (rows,)"
)
_RUNS = 600  # each way, where laws are compared: the test's constant holds from 458 on
_NUDGE = 2.0**-50
_STEPS, _RATE = 3, 0.05  # of a Sequential, which comes untrained

Fit = Callable[[Matrix, Matrix, Any], Any]


@dataclass(frozen=True)
class Inputs:
    """Training inputs and probes in rows, labels, and the rotation to what is written anew.

    The rows of `x` and `z` have a large part along (1, ..., 1): a rotation moves it elsewhere.
    """

    x: Matrix
    y: Matrix
    z: Matrix

    @classmethod
    def drawn(cls, rows: int, d: int, seed: int) -> Inputs:
        """Some inputs, the first of them (1, ..., 1)."""
        rng = np.random.default_rng([seed, 7])
        x = 1.0 + rng.standard_normal((rows, d)) / 4
        x[0], z = 1.0, 1.0 + rng.standard_normal((3, d)) / 4
        return cls(x, np.where(np.arange(rows) % 2 == 0, 1.0, -1.0), z)

    def root(self) -> Matrix:
        """Q orthogonal with X Q lower triangular: X Q is the root of the Gram matrix X X'."""
        q, r = np.linalg.qr(self.x[: self.x.shape[1]].T)
        return np.asarray(q * np.sign(np.diag(r)))

    def turned(self, q: Matrix) -> Inputs:
        """The same inner products."""
        return Inputs(self.x @ q, self.y, self.z @ q)


def gram_only(model: Any, *, d: int = 6, rows: int = 12, units: int = 8, seed: int = 0) -> Verdict:
    """Whether a model's predictions depend on its inputs through their Gram matrix only.

    The model is trained on x and on inputs that are written anew from the Gram matrix of x and the
    probes, its triangular root x Q, and asked at the probes; with a dense first layer that starts
    Gaussian both have one law, and with the first weight W turned along, to W Q, they are equal.

    Args:
        model: fit(x, y, weight) -> predict, weight (units, d) the first layer's start: runs are
            coupled and equal to rounding, or not; fit(x, y, rng) -> predict, rng a
            numpy.random.Generator: laws are compared; or a `Sequential`, untrained, that takes x or
            its rows as (d, 1), and ends in one output.
        d: coordinates of an input, at least 2.
        rows: training inputs, at least d.
        units: of the first layer, for fit(x, y, weight).
        seed: of inputs and starts.

    Returns:
        held, refuted (the witness has x, the rotation Q, the probes, and what was predicted), or
        undecided, where rounding explains too much of a gap.

    Raises:
        SpecError: for what is no such model, or raises, or predicts another shape.

    >>> from convproof import Conv, Dense, Flatten, Sequential
    >>> gram_only(Sequential([Flatten(), Dense(4, activation="relu"), Dense(1)])).holds
    True
    >>> conv = Sequential([Conv((3,), 4, activation="relu"), Flatten(), Dense(1)])
    >>> gram_only(conv).refuted  # a convolution sees which coordinates are neighbours
    True

    Source: Wadia, Duckworth, Schoenholz, Dyer, Sohl-Dickstein (ICML 2021), section 2.
    """
    d, units = as_int("d", d, 2), as_int("units", units, 1)
    inputs = Inputs.drawn(as_int("rows", rows, d), d, as_int("seed", seed, 0))
    fit, coupled = _adapted(model, units)
    return _coupled(fit, inputs, coupled, seed) if coupled else _in_law(fit, inputs, seed)


def _adapted(model: Any, units: int) -> tuple[Fit, int]:
    """The model as a fit, and of how many units the weight is that it is handed, 0 for none."""
    if isinstance(model, Sequential):
        return _sequential(model)
    if not callable(model):
        raise SpecTypeError.of("model", model, _FORMS)
    try:
        given = list(inspect.signature(model).parameters)
    except (TypeError, ValueError):
        given = []
    if len(given) < 3:
        raise SpecError.of("model", _name(model), _FORMS, f"it takes {len(given)} arguments")
    return model, units if given[2] == "weight" else 0


def _sequential(net: Sequential) -> tuple[Fit, int]:
    """Coupled if a dense layer comes first."""
    first = next((layer for layer in net.layers if not isinstance(layer, Flatten)), None)
    flat = isinstance(first, Dense)
    shape: Callable[[Matrix], Matrix] = (lambda x: x) if flat else (lambda x: x[:, :, None])

    def fit(x: Matrix, y: Matrix, start: Any) -> Any:
        size = (x.shape[1],) if flat else (x.shape[1], 1)
        drawn = 0 if flat else int(start.integers(2**31))
        own = net.init(drawn, size, dtype="float64")
        if flat:
            own = own.with_parameters({next(iter(own.parameters)): start.T})
        own.fit(shape(x), y[:, None], steps=_STEPS, rate=_RATE, kind="squared")
        return lambda z: own.forward(shape(z))[:, 0]

    return fit, first.units if isinstance(first, Dense) else 0


def _name(model: Any) -> str:
    return str(getattr(model, "__qualname__", type(model).__name__))


def _predicted(fit: Fit, inputs: Inputs, start: Any) -> Matrix:
    try:
        predict = fit(inputs.x.copy(), inputs.y.copy(), start)
        values = np.asarray(predict(inputs.z.copy()), dtype=np.float64)
    except SpecError:
        raise
    except Exception as error:  # whatever a user's function raises, it is reported
        said = f"with x of shape {inputs.x.shape} it raised {' '.join(repr(error).split())}"
        raise SpecError.of("model", _name(fit), _FORMS, said) from error
    if values.shape != (len(inputs.z),):
        said = f"predict gave shape {values.shape} for {len(inputs.z)} inputs"
        raise SpecError.of("model", _name(fit), _FORMS, said)
    return values


def _coupled(fit: Fit, inputs: Inputs, units: int, seed: int) -> Verdict:
    rng, q = np.random.default_rng([seed, 8]), inputs.root()
    weight = rng.standard_normal((units, len(q))) / np.sqrt(len(q))
    plain, again = (_predicted(fit, inputs, weight.copy()) for _ in range(2))
    if not np.array_equal(plain, again):
        return Verdict.undecided(
            "two equal runs differ: take all randomness from the third argument, named rng"
        )
    turned = inputs.turned(q)
    other = _predicted(fit, turned, weight @ q)
    spread = np.abs(plain).max()
    if not (np.isfinite(plain).all() and np.isfinite(other).all()) or spread == 0:
        return Verdict.undecided("the predictions are all zero, or not finite")
    near = U64
    for _ in range(4):
        off = Inputs(
            inputs.x * (1 + _NUDGE * rng.uniform(-1, 1, inputs.x.shape)), inputs.y, inputs.z
        )
        near = max(near, np.abs(_predicted(fit, off, weight.copy()) - plain).max() / spread)
    gap = float(np.abs(other - plain).max() / spread)
    shown = (
        f"coupled runs on {len(inputs.x)} inputs and on the same inner products, {len(inputs.z)} "
        f"probes: gap {gap:.1e} of the predictions, where rounding explains {near:.1e}"
    )
    if gap <= SPREAD * near:
        return Verdict.held(shown)
    if gap <= CLEARLY * near:
        return Verdict.undecided(shown)
    return Verdict.refute(shown, x=inputs.x, Q=q, probes=inputs.z, expected=plain, got=other)


def _in_law(fit: Fit, inputs: Inputs, seed: int) -> Verdict:
    q = inputs.root()
    turned = inputs.turned(q)
    samples = []
    for number, given in enumerate((inputs, turned)):
        found = [
            _predicted(fit, given, np.random.default_rng([seed, number, run]))
            for run in range(_RUNS)
        ]
        samples.append(_statistics(np.array(found)))
    if not all(np.isfinite(sample).all() for sample in samples):
        return Verdict.undecided("a prediction is not finite")
    columns = samples[0].shape[1]
    gap, limit = furthest(*samples), threshold(_RUNS, columns)
    shown = (
        f"{_RUNS} runs each way, {columns} statistics, largest Kolmogorov-Smirnov distance "
        f"{gap:.3f}, limit {limit:.3f}, false-alarm rate {FALSE_ALARM:g}"
    )
    if gap > limit:
        return Verdict.refute(f"not equal in law: {shown}", x=inputs.x, Q=q, probes=inputs.z)
    return Verdict.held(f"in law, to what this test can see: {shown}")


def _statistics(values: Matrix) -> Matrix:
    """Of the predictions at three probes: each, its size, and differences."""
    digits = 9 - int(np.floor(np.log10(max(float(np.abs(values).max()), 1e-300))))
    apart = values - np.roll(values, 1, axis=1)
    return np.round(np.concatenate([values, np.abs(values), apart, np.abs(apart)], axis=1), digits)
