"""Networks with coupled first weights."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.study import separation
from convproof.study.nets import Training
from convproof.theory.groups import haar, permutation


class Turned:
    """A generator whose first matrix is turned: the nets draw their first weights first."""

    def __init__(self, turn, seed):
        self.turn, self.rng, self.first = turn, np.random.default_rng(seed), True

    def standard_normal(self, shape):
        drawn = self.rng.standard_normal(shape)
        drawn, self.first = drawn @ self.turn.T if self.first else drawn, False
        return drawn

    def __getattr__(self, name):
        return getattr(self.rng, name)


@pytest.mark.parametrize("rule", ["sgd", "adam"])
@pytest.mark.parametrize("activation", ["square", "relu"])
def test_nets_with_coupled_first_weights(activation, rule):
    rng = np.random.default_rng(1)
    x, z = rng.standard_normal((60, 6)), rng.standard_normal((300, 6))
    y, training = separation.labels(x), Training(activation, rule=rule, steps=100, rate=0.01)
    for turn, same in ((haar(6, rng), rule == "sgd"), (permutation(6, rng), True)):
        plain = training.fit(x, y, Turned(np.eye(6), 3))(z)
        other = training.fit(x @ turn.T, y, Turned(turn, 3))(z @ turn.T)
        assert bool(np.mean(plain != other) < 0.01) is same
