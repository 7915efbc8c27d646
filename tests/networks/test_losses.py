"""A loss and its slope, whatever the memory that the output lies in."""

import numpy as np
import pytest

from convproof.networks import losses

ULP = 2.0**-53


@pytest.mark.parametrize("kind", ["cross_entropy", "squared"])
def test_the_slope_is_the_same_however_the_output_lies_in_memory(kind):
    rng = np.random.default_rng(0)
    y, target = rng.normal(size=(3, 4, 5, 6)), rng.integers(0, 6, (3, 4, 5))
    loss, slope = losses.value_and_slope(kind, y, target)
    images_last = np.ascontiguousarray(y.transpose(3, 1, 2, 0)).transpose(3, 1, 2, 0)
    for other in (np.asfortranarray(y), images_last, y[:, ::-1].copy()[:, ::-1]):
        again, found = losses.value_and_slope(kind, other, target)
        # sums of 60 losses and of 6 classes, in another order; chances are at most 1
        assert again == pytest.approx(loss, rel=2 * target.size * ULP)
        np.testing.assert_allclose(found, slope, rtol=0, atol=2 * 8 * ULP * np.abs(slope).max())
