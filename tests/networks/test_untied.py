"""A layer whose copies of a weight learn on their own."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.networks import untie

MODES = ("zeros", "circular", "reflect", "replicate")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_untied_twin(mode: str, rank: int) -> None:
    spec = cp.Conv((2, 3, 2)[:rank], 4, stride=(1, 2, 1)[:rank], padding=1, groups=2,
                   padding_mode=mode)  # fmt: skip
    shape = (*(4, 3, 3)[:rank], 4)
    rng = np.random.default_rng(rank)
    twin = untie(spec, shape)
    kernel = rng.integers(-4, 5, (*spec.kernel_size, 2, 4))
    x = rng.integers(-4, 5, (2, *shape))
    how = {"stride": spec.stride, "padding": 1, "groups": 2, "padding_mode": mode}
    y = getattr(cp, f"conv{rank}d")(x, kernel, **how)
    np.testing.assert_array_equal(twin.forward(twin.spread(kernel), x), y)
    dy = rng.integers(-4, 5, y.shape)
    copies = twin.gradient(dy, x)
    assert copies.shape == (*y.shape[1:-1], *kernel.shape)
    right = getattr(cp, f"conv{rank}d_backward")(dy, x, kernel, **how).kernel
    np.testing.assert_array_equal(twin.pooled(copies), right)
    # a kernel of one position reaches that position alone
    kernels = np.zeros(copies.shape, int)
    kernels[(0,) * rank] = 1
    seen = twin.forward(kernels, np.abs(x) + 1)
    assert (seen != 0).sum() == 2 * 4


def test_untie_refuses() -> None:
    with pytest.raises(cp.SpecError, match="spec="):
        untie(cp.MaxPool(2), (4, 4, 1))  # type: ignore[arg-type]  # that is the point
    with pytest.raises(cp.SpecError, match="input_shape"):
        untie(cp.Conv(2, 1), (4, 4))
