"""The groups: orthogonal, exactly where that is possible, of both determinants, Haar in law."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from convproof.errors import SpecError
from convproof.theory.groups import GROUPS, element, exact, haar, rational


@pytest.mark.parametrize("group", GROUPS)
def test_rational_elements_are_exactly_orthogonal(group):
    rng = np.random.default_rng(0)
    for d in (2, 3, 5):
        r = rational(group, d, rng)
        assert all(isinstance(entry, Fraction) for entry in r.ravel())
        assert np.all(r @ r.T == exact(np.eye(d, dtype=int)))


@pytest.mark.parametrize("group", ["sign", "permutation"])
def test_the_finite_groups_are_exact_in_floats(group):
    rng = np.random.default_rng(0)
    for d in (2, 3, 5):
        r = element(group, d, rng)
        assert np.array_equal(r @ r.T, np.eye(d))
        assert not np.array_equal(r, np.eye(d))
        if group == "sign":
            assert np.array_equal(r, np.diag(np.diag(r)))
        else:
            assert set(r.ravel()) == {0.0, 1.0}


def test_both_determinants_occur():
    rng = np.random.default_rng(0)
    for make in (haar, lambda d, g: rational("orthogonal", d, g).astype(float)):
        signs = {round(float(np.linalg.det(make(3, rng)))) for _ in range(20)}
        assert signs == {-1, 1}


def test_haar_has_the_moments_of_the_haar_measure():
    """E tr R = 0 and E tr(R)^2 = 1 under Haar; plain QR (no signs mended) fails the first."""
    rng = np.random.default_rng(0)
    count = 4000
    traces = np.array([np.trace(haar(4, rng)) for _ in range(count)])
    # tr R has variance 1 and E tr^4 = 3 for d = 4, so that tr^2 has variance 2: 5 sigma each
    assert abs(traces.mean()) < 5 / count**0.5
    assert abs((traces**2).mean() - 1) < 5 * (2 / count) ** 0.5
    plain = [np.trace(np.linalg.qr(rng.standard_normal((4, 4)))[0]) for _ in range(count)]
    assert abs(np.mean(plain)) > 5 / count**0.5


def test_mistakes_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(SpecError, match="group='affine'"):
        element("affine", 3, rng)
    with pytest.raises(SpecError, match="d=1"):
        element("sign", 1, rng)
    with pytest.raises(SpecError, match=r"values=0\.5"):
        exact([0.5])
