"""Gradient descent with momentum and weight decay, reproducible to the bit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Self

import numpy as np

from convproof.arguments import as_int
from convproof.errors import ConvproofError, SpecError, SpecTypeError
from convproof.functions.arrays import Array, ArrayLike
from convproof.functions.numerics import finite
from convproof.networks import losses

if TYPE_CHECKING:
    from convproof.networks.network import Network


class TrainingError(ConvproofError, ArithmeticError):
    """Training came to numbers that are not finite; `step` says when (the first is 1)."""

    def __init__(self, message: str, step: int, losses: tuple[float, ...]) -> None:
        super().__init__(message)
        self.step, self.losses = step, losses


@dataclass(frozen=True)
class Settings:
    """How a network is trained."""

    steps: int
    rate: float
    momentum: float
    decay: float
    batch: int | None
    kind: losses.Loss
    seed: int

    @classmethod
    def read(
        cls,
        steps: object,
        rate: object,
        momentum: object,
        decay: object,
        batch: object,
        kind: object,
        seed: object,
    ) -> Self:
        """The settings, each looked at."""
        return cls(
            as_int("steps", steps, 0),
            real("rate", rate, "a positive number", low=0, open_low=True),
            real("momentum", momentum, "a number >= 0 and below 1", low=0, high=1),
            real("decay", decay, "a number >= 0", low=0),
            None if batch is None else as_int("batch", batch, 1, "None or a positive integer"),
            losses.read_kind(kind),
            as_int("seed", seed, 0),
        )


def real(
    name: str,
    value: object,
    allowed: str,
    *,
    low: float,
    high: float = float("inf"),
    open_low: bool = False,
) -> float:
    """`value` as a float with low <= value < high (low < value if `open_low`)."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise SpecTypeError.of(name, value, allowed)
    number = float(value)
    if not (low <= number < high) or (open_low and number == low):
        raise SpecError.of(name, value, allowed)
    return number


@dataclass(frozen=True)
class History:
    """What training did: the loss of each step's batch, before its update."""

    losses: tuple[float, ...]
    settings: Settings

    def __len__(self) -> int:
        return len(self.losses)

    def __str__(self) -> str:
        if not self.losses:
            return "0 steps"
        first, last = self.losses[0], self.losses[-1]
        return (
            f"{len(self)} steps, {self.settings.kind}: loss {first:.4g} at first, {last:.4g} last"
        )


def batches(count: int, size: int | None, seed: int) -> Iterator[Array | slice]:
    """Which images each step sees: all, or the next `size` of one epoch's order after another."""
    if size is None or size >= count:
        while True:
            yield slice(None)
    rng = np.random.default_rng(seed)
    order = rng.permutation(count)
    while True:
        while len(order) < size:
            order = np.concatenate([order, rng.permutation(count)])
        yield order[:size]
        order = order[size:]


def fit(net: Network, x: ArrayLike, target: ArrayLike, how: Settings) -> History:
    """Train `net` in place; see `Sequential.fit`."""
    image, batched = net.enter(x)
    if not batched or not len(image):
        raise SpecError.of("x.shape", np.shape(x), "(N, *input_shape) with at least one image")
    wanted = losses.read_target(target, (len(image), *net.output_shape()))
    seen: list[float] = []
    speed: dict[str, Array] = {}
    order = batches(len(image), how.batch, how.seed)
    for step in range(1, how.steps + 1):
        rows = next(order)
        targets = wanted[rows]

        def slope(y: Array, targets: Array = targets, step: int = step) -> Array:
            loss, flow = losses.value_and_slope(how.kind, y, targets)
            if not isfinite(loss):
                raise stopped(f"the loss is {loss}", step, seen)
            seen.append(loss)
            return flow

        found = net.step(image[rows], slope)
        with np.errstate(all="ignore"):  # what is not finite is looked for, not warned of
            moved = {
                name: updated(net.held[name], found[name], speed, name, how) for name in net.held
            }
        if not all(map(finite, moved.values())):
            raise stopped("a parameter is not finite", step, seen)
        net.held = moved
    return History(tuple(seen), how)


def updated(
    value: Array, gradient: Array, speed: dict[str, Array], name: str, how: Settings
) -> Array:
    """One parameter after a step; its velocity is kept in `speed`."""
    dtype = value.dtype if value.dtype.kind == "f" else np.dtype(np.float64)
    push = gradient if gradient.dtype == dtype else gradient.astype(dtype)
    if how.decay:
        push = push + dtype.type(how.decay) * value
    if how.momentum:
        if name in speed:
            push = dtype.type(how.momentum) * speed[name] + push
        speed[name] = push
    return np.asarray(value - dtype.type(how.rate) * push, dtype)


def stopped(what: str, step: int, seen: list[float]) -> TrainingError:
    """The error that ends a training."""
    last = f"; the last finite loss was {seen[-1]:.4g}" if seen else ""
    return TrainingError(
        f"training stopped at step {step}: {what}{last}: take a smaller rate, or look for numbers "
        "in x, target and the parameters that are not finite",
        step,
        tuple(seen),
    )
