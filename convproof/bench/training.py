"""A training step of a small ConvNet, beside the same in PyTorch: ratios of times.

Steps are taken ten at a time, as training takes them: what a call of `fit` reads and checks once is
shared among them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from convproof.bench import Keep, Options, pick
from convproof.bench.speed import Speed
from convproof.bench.timing import time_in_turn
from convproof.errors import MissingExtra
from convproof.networks.layers import Dense, Flatten, Layer
from convproof.networks.sequential import Sequential
from convproof.spec import Conv, MaxPool

Step = Callable[[], Any]
SHAPE, CLASSES, RATE = (28, 28, 1), 10, 0.01
LAYERS: list[Layer] = [
    Conv(3, 8, activation="relu"), MaxPool(2), Conv(3, 16, activation="relu"), MaxPool(2),
    Flatten(), Dense(CLASSES),
]  # fmt: skip
BATCHES = {"training-step-32x28x28": 32, "training-step-256x28x28": 256}
STEPS, SECONDS = 10, 2.0


def batch(count: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Images, float32, and class numbers: always the same."""
    rng = np.random.default_rng(0)
    return rng.standard_normal((count, *SHAPE), np.float32), rng.integers(0, CLASSES, count)


def ours(count: int) -> Step:
    """Steps of `Sequential.fit`: forward, loss, gradients, update."""
    net = Sequential(LAYERS).init(0, SHAPE)
    x, target = batch(count)
    return lambda: net.fit(x, target, steps=STEPS, rate=RATE)


def torch_step(count: int) -> Step:
    """The same layers in PyTorch, as one would write them."""
    try:
        import torch
    except ImportError:
        raise MissingExtra.of("torch", "torch", "bench training --against torch") from None
    nn = torch.nn
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, CLASSES),
    )  # fmt: skip
    rule = torch.optim.SGD(net.parameters(), lr=RATE)
    x, target = batch(count)
    image = torch.from_numpy(x).permute(0, 3, 1, 2).contiguous()
    wanted = torch.from_numpy(target)

    def step() -> None:
        for _ in range(STEPS):
            rule.zero_grad()
            nn.functional.cross_entropy(net(image), wanted).backward()
            rule.step()

    return step


RIVALS: dict[str, Callable[[int], Step]] = {"torch": torch_step}


def measure(options: Options, keep: Keep) -> Speed:
    """Time a training step beside every rival.

    Raises:
        SpecError: for a rival or a workload that does not exist.
        MissingExtra: for a rival asked for by name whose package is missing.
    """
    chosen = pick("only", options.only, tuple(BATCHES)) or tuple(BATCHES)
    against = tuple(RIVALS) if options.against is None else options.against
    panel = pick("against", against, tuple(RIVALS))
    outcome = Speed(panel)
    for name in chosen:
        calls = {"convproof": ours(BATCHES[name])}
        for rival in panel:
            try:
                calls[rival] = RIVALS[rival](BATCHES[name])
            except MissingExtra as missing:
                if options.against is not None:
                    raise
                print(f"bench training: {missing}", file=sys.stderr)
        found = time_in_turn(name, calls, SECONDS)
        each = {who: seconds / STEPS for who, seconds in found.seconds.items()}
        spread = {who: (low / STEPS, high / STEPS) for who, (low, high) in found.spread.items()}
        outcome.timings.append(replace(found, seconds=each, spread=spread))
        keep(outcome)
    return outcome
