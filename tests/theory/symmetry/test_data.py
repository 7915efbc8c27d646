"""Steps on the data: the table of the theory page, and plants in the steps that hold."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.errors import SpecError
from convproof.theory import data_symmetries
from convproof.theory.symmetry.data import DATA_STEPS

ALL = {"sign", "permutation", "orthogonal"}
HOLDS = {
    "layer-norm": {"permutation"},
    "rms-norm": ALL,
    "mean-centring": ALL,
    "global-scale": ALL,
    "all-entries-std": {"permutation"},  # the mean over all entries is no invariant
    "batch-norm": {"sign", "permutation"},
    "whitening": ALL,
    "max-scaling": {"sign", "permutation"},
    "dropout": {"sign", "permutation"},
    "gaussian-noise": ALL,
    "flip": set(),
    "dense-layer": ALL,
    "convolutional-layer": set(),  # the required "no"
}


def test_every_step_is_in_the_table():
    assert set(HOLDS) == set(DATA_STEPS)


@pytest.mark.parametrize("name", HOLDS)
def test_the_table(name):
    for seed in (0, 1):
        found = data_symmetries(name, seed=seed)
        assert {group for group, verdict in found.items() if verdict.holds} == HOLDS[name]
        assert {group for group, verdict in found.items() if verdict.refuted} == ALL - HOLDS[name]


def test_a_gain_breaks_a_norm():
    gain = np.linspace(1, 1.01, 6)

    def scaled(x):
        return DATA_STEPS["rms-norm"](x) * gain[: x.shape[1]]

    assert data_symmetries(scaled)["sign"].holds
    assert data_symmetries(scaled)["permutation"].refuted
    assert data_symmetries(scaled)["orthogonal"].refuted


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("no", "one of layer-norm"),
        (3, "step=3"),
        (lambda x: x[:, :1], "into"),
        (lambda x: None, "returned nothing"),
    ],
)
def test_mistakes_are_named(step, message):
    with pytest.raises(SpecError, match=message):
        data_symmetries(step)
