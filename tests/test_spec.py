"""`output_shape` refuses what the functions refuse, in the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import convproof as cp

BORDERS = [
    (cp.Conv((3,), 1, padding=3, padding_mode="circular"), (2,)),
    (cp.Conv((3,), 1, padding=2, padding_mode="reflect"), (2,)),
    (cp.Conv((7, 3), 1, padding="same", padding_mode="reflect"), (3, 4)),
    (cp.Conv((2, 2, 2), 1, padding=((0, 0), (0, 4), (1, 1)), padding_mode="circular"), (3, 3, 3)),
]


@pytest.mark.parametrize(("spec", "space"), BORDERS, ids=str)
def test_a_border_wider_than_its_image(spec: cp.Conv, space: tuple[int, ...]) -> None:
    x, kernel = np.ones((1, *space, 1)), np.ones((*spec.kernel_size, 1, 1))
    keywords = {"padding": spec.padding, "padding_mode": spec.padding_mode}
    with pytest.raises(cp.SpecError, match=r"padding\[\d\]=\(\d, \d\)") as by_function:
        getattr(cp, f"conv{spec.rank}d")(x, kernel, **keywords)
    for shape in (space, (*space, 1), (1, *space, 1)):
        with pytest.raises(cp.SpecError) as by_shape:
            cp.output_shape(spec, shape)
        assert str(by_shape.value) == str(by_function.value)
        with pytest.raises(cp.SpecError) as by_certificate:
            cp.certify(spec, shape)
        assert str(by_certificate.value) == str(by_function.value)


def test_the_widest_border_that_fits() -> None:
    assert cp.output_shape(cp.Conv((3,), padding=3, padding_mode="circular"), (3,)) == (7,)
    assert cp.output_shape(cp.Conv((3,), padding=2, padding_mode="reflect"), (3,)) == (5,)
    assert cp.output_shape(cp.Conv((3,), padding=9, padding_mode="replicate"), (1,)) == (17,)


@pytest.mark.parametrize(
    ("spec", "function", "window"),
    [
        (cp.MaxPool((3,)), cp.max_pool1d, 3),
        (cp.AvgPool((3,)), cp.avg_pool1d, 3),
        (cp.Conv((3,), 1), cp.conv1d, np.ones((3, 1, 1))),
    ],
    ids=["max", "avg", "conv"],
)
def test_an_image_without_channels(
    spec: cp.MaxPool | cp.AvgPool | cp.Conv, function: Callable[..., Any], window: Any
) -> None:
    with pytest.raises(cp.SpecError, match=r"input_shape=\(1, 6, 0\): .*at least one channel"):
        cp.output_shape(spec, (1, 6, 0))
    with pytest.raises(cp.SpecError, match=r"x\.shape=\(1, 6, 0\)"):
        function(np.ones((1, 6, 0)), window)
