"""What a first layer sees of its data: models that see the Gram matrix only, and others."""

from __future__ import annotations

import numpy as np
import pytest

from convproof import Dense, Sequential
from convproof.errors import SpecError
from convproof.theory import gram_only


def net(prepare=lambda x: x, *, adam=False, steps=15):
    """Fit of f = a . tanh(W x), a fixed, in plain gradient descent or Adam, on prepared inputs."""

    def fit(x, y, weight):
        x, w, mean, square = prepare(x), weight.copy(), 0, 0
        a = np.where(np.arange(len(w)) % 2, 1.0, -1.0)
        for step in range(1, steps + 1):
            h = np.tanh(x @ w.T)
            g = (((h @ a - y) / len(x))[:, None] * (1 - h**2) * a).T @ x
            mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
            scaled = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            w = w - (0.01 * scaled if adam else 0.1 * g)
        return lambda z: np.tanh(prepare(z) @ w.T) @ a

    return fit


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_coupled_models(seed):
    assert gram_only(net(), seed=seed).holds
    norm = net(lambda x: x / np.linalg.norm(x, axis=1, keepdims=True))
    assert gram_only(norm, seed=seed, d=4, rows=9, units=3).holds
    for wrong in (net(adam=True), net(np.abs), net(lambda x: x * np.linspace(1, 1.01, 6))):
        found = gram_only(wrong, seed=seed)
        assert found.refuted
        assert np.abs(found.witness["expected"] - found.witness["got"]).max() > 1e-4


def test_the_inputs_written_anew_are_the_root_of_the_gram_matrix():
    witness = gram_only(net(np.abs)).witness
    x, q = witness["x"], witness["Q"]
    anew = (x @ q)[:6]
    assert np.allclose(anew, np.linalg.cholesky(x[:6] @ x[:6].T))
    assert np.allclose(x @ q @ q.T @ x.T, x @ x.T)


def drawn(prepare=lambda x, rng: x, start="normal"):
    """The same net with its start drawn inside."""

    def fit(x, y, rng):
        weight = getattr(rng, start)(size=(8, x.shape[1]))
        return net(steps=3)(prepare(x, rng), y, weight)

    return fit


def test_models_in_law():
    assert "in law" in gram_only(drawn()).reason
    assert gram_only(drawn()).holds
    assert gram_only(drawn(lambda x, rng: x * (rng.random(x.shape) < 0.5))).refuted
    assert gram_only(drawn(start="standard_cauchy")).refuted  # such a start sees the axes


def test_sequential_models():
    assert gram_only(Sequential([Dense(5, activation="tanh"), Dense(1)]), d=4).holds
    # the required "no", a convolution, is the docstring's example


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (3, "model=3"),
        (lambda x, y: None, "it takes 2 arguments"),
        (lambda x, y, rng: None, "TypeError"),
        (lambda x, y, rng: lambda z: z, "predict gave shape"),
        (lambda x, y, rng: 1 / 0, "ZeroDivisionError"),
        (Sequential([Dense(3)]), "target"),
    ],
)
def test_mistakes_are_named(model, message):
    with pytest.raises(SpecError, match=message):
        gram_only(model)


def test_hidden_randomness_is_told():
    rng = np.random.default_rng(0)

    def fit(x, y, weight):
        return lambda z: rng.random(len(z))

    assert "two equal runs differ" in gram_only(fit).reason
