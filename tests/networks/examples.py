"""Networks of every kind of layer."""

from __future__ import annotations

from typing import Any

import numpy as np

import convproof as cp

NETWORKS: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "the chapter's": (
        [cp.Conv(2, 2, activation="relu"), cp.MaxPool(2), cp.Flatten(), cp.Dense(3)], (4, 5, 1)),
    "groups, means": (
        [cp.Conv((3, 2), 4, stride=(2, 1), padding=((1, 0), (2, 1)), groups=2, bias=False),
         cp.AvgPool((2, 3), stride=(1, 2), padding=(1, 1), count_include_pad=False), cp.Flatten(),
         cp.Dense(2, bias=False)], (5, 3, 2)),
    "one axis": (
        [cp.Conv((2,), 3, stride=2, padding=2, padding_mode="reflect"), "relu",
         cp.ConvTranspose((3,), 4, stride=2, output_padding=1),
         cp.MaxPool((3,), stride=2, padding=1, ceil_mode=True)], (7, 2)),
    "circular, grouped transposed": (
        [cp.Conv(2, 2, padding=1, padding_mode="circular"),
         cp.ConvTranspose(2, 4, groups=2, stride=2, bias=False)], (2, 3, 2)),
    "three axes": (
        [cp.Conv((2, 1, 2), 2, padding=((1, 0), (0, 0), (0, 1)), padding_mode="replicate"),
         cp.MaxPool((1, 2, 1), dilation=(1, 1, 2)), "relu", cp.Flatten(), cp.Dense(2)],
        (2, 2, 3, 1)),
    "same": ([cp.Conv(3, 1, padding="same", stride=2), cp.AvgPool(2, padding="same", stride=1)],
             (5, 4, 1)),
    "dense alone": ([cp.Dense(3, activation="relu"), cp.Dense(2)], (1,)),
    "nothing": ([], (3,)),
}  # fmt: skip


SMOOTH: tuple[list[Any], tuple[int, ...]] = (
    [cp.Conv((2,), 2, activation="tanh"), cp.Flatten(), cp.Dense(2, activation="sigmoid")],
    (3, 1),
)


def made(layers: list[Any], shape: tuple[int, ...]) -> cp.Sequential:
    net = cp.Sequential(layers).init(0, shape, dtype="float64")
    rng = np.random.default_rng(1)
    return net.with_parameters({n: rng.standard_normal(p.shape) for n, p in net.parameters.items()})
