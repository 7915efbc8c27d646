"""The permutation bound by another route: simulated distances, SciPy's hypergeometric law."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
from scipy.stats import hypergeom

from convproof.theory.permutations import permutation_lower_bound

DRAWS = 1_000_000


@functools.lru_cache
def simulated(k: int, exchanged: int) -> float:
    """P[h*(x) != h*(Px)] for a permutation that exchanges so many coordinates of each half.

    The squares of coordinates that stay, and of those that change sides, add up to chi-squares.
    """
    if not exchanged:
        return 0.0
    rng = np.random.default_rng(k + exchanged)
    stay = rng.chisquare(k - exchanged, DRAWS) - rng.chisquare(k - exchanged, DRAWS)
    go = rng.chisquare(exchanged, DRAWS) - rng.chisquare(exchanged, DRAWS)
    return float(np.mean((stay + go > 0) != (stay - go > 0)))


@pytest.mark.parametrize(("d", "error"), [(10, 0.05), (100, 0.05), (100, 0.1), (40, 0.15)])
@pytest.mark.parametrize("delta", [0.0, 0.5])
def test_the_bound_is_that_of_simulated_distances(d: int, error: float, delta: float) -> None:
    k = d // 2
    distances = [simulated(k, exchanged) for exchanged in range(k // 2 + 1)]
    # no distance is so near to 2 error that the simulation could not tell: 5 standard deviations
    assert min(abs(one - 2 * error) for one in distances) > 5 * math.sqrt(0.25 / DRAWS)
    near = max(exchanged for exchanged, one in enumerate(distances) if one <= 2 * error)
    share = hypergeom.cdf(near, d, k, k)
    wanted = max(0, math.ceil(math.log2((1 - delta) / share) - 1e-9))
    assert permutation_lower_bound(d, error, delta).samples == wanted


def test_one_exchange_more_or_less_would_be_seen() -> None:
    found = permutation_lower_bound(100, 0.05).samples
    for near in (0, 2):
        assert found != math.ceil(-math.log2(hypergeom.cdf(near, 100, 50, 50)) - 1)
