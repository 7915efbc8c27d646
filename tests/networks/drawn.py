"""Random networks, small and of every kind."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

import convproof as cp

Shape = tuple[int, ...]


def drawn(seed: int, kinds: tuple[str, ...]) -> tuple[cp.Sequential, Shape]:
    """A network of up to four layers of these kinds, and its input's shape."""
    rng = np.random.default_rng(seed)
    while True:
        rank, layers = int(rng.integers(1, 3)), list[Any]()

        def per(low: int, high: int, rank: int = rank) -> Shape:
            return tuple(int(v) for v in rng.integers(low, high + 1, rank))

        for kind in rng.choice(kinds, int(rng.integers(1, 5))):
            low, high = per(0, 2), per(0, 2)
            pads = tuple(zip(low, high, strict=True))
            steps: dict[str, Any] = {"stride": per(1, 2)}
            ends: dict[str, Any] = {**steps, "padding": 1, "ceil_mode": bool(rng.integers(2))}
            if kind in ("zeros", "circular", "reflect", "replicate"):
                more = {"padding_mode": kind, "bias": bool(rng.integers(2)), "padding": pads}
                layers.append(cp.Conv(per(1, 3), 2, dilation=per(1, 2), **steps, **more))
            elif kind == "transposed":
                thin = per(0, 1)
                layers.append(
                    cp.ConvTranspose(per(1, 3), 2, dilation=per(1, 2), padding=thin, **steps)
                )
            elif kind == "max":
                layers.append(cp.MaxPool(per(2, 3), **ends))
            elif kind == "mean":
                include = bool(rng.integers(2))
                layers.append(cp.AvgPool(per(2, 3), count_include_pad=include, **ends))
            else:
                layers.append(kind)
        shape = (*per(5, 9), 1)
        try:
            net = cp.Sequential(layers).init(0, shape, dtype="float64")
        except cp.SpecError:
            continue
        values = {n: rng.standard_normal(p.shape) for n, p in net.parameters.items()}
        return net.with_parameters(values), shape


EVERY = ("zeros", "zeros", "circular", "reflect", "replicate", "transposed", "max", "mean", "tanh")


def places(space: Shape) -> Any:
    return itertools.product(*(range(size) for size in space))
