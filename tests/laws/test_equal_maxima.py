"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from convproof.conformance.run.engine import check
from convproof.conformance.target.target import Target
from tests.laws import plain_right as right
from tests.laws.planting import caught


def ties_to_all(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """Every maximum of a window takes the whole gradient."""
    values = right._windows(x, kernel, stride, padding, -np.inf)[2]
    return right._spread(x, kernel, stride, padding, values == values.max(axis=0), grad_y)


PLANTED = {
    "ties": {"max_pool2d_backward": ties_to_all},
    "gradient-conserved": {"max_pool2d_backward": ties_to_all},
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


def two_by_two(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """A derivative of maxima taken two by two: of equals, each takes half of what is left."""
    values = right._windows(x, kernel, stride, padding, -np.inf)[2]
    best, shares = np.full(values.shape[1:], -np.inf), np.zeros(values.shape)
    for tap, value in enumerate(values):
        equal, more = value == best, value > best
        shares[:tap] *= np.where(equal, 0.5, np.where(more, 0.0, 1.0))
        shares[tap] = np.where(equal, 0.5, np.where(more, 1.0, 0.0))
        best = np.maximum(best, value)
    return right._spread(x, kernel, stride, padding, shares, grad_y)


@pytest.mark.parametrize("derived", [True, False])
@pytest.mark.parametrize("back", [two_by_two, ties_to_all])
def test_shares_of_any_kind_are_lawful_for_a_derivative_alone(back, derived, monkeypatch):
    monkeypatch.setattr(Target, "derived", lambda target, op: derived)
    target = Target("t", max_pool2d=right.max_pool2d, max_pool2d_backward=back)
    result = check(target, ops="max_pool2d_backward", laws=["ties"], examples=40)
    assert result.ok is (derived and back is two_by_two)
