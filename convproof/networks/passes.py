"""A batch through a network, and the gradient back: as training needs it, and no more.

A maximum's winners are kept from its forward; ReLU comes after a maximum; small images are turned
on their way (see `turned`); and nobody asks for the gradient of the images.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convproof.functions.arrays import Array
from convproof.networks.operations import (
    Activate,
    Connect,
    Correlate,
    Parameters,
    Pool,
    weight_gradients,
)
from convproof.networks.shapes import Part
from convproof.networks.turned import TurnedConv, TurnedMaxPool, Work, turned, turning, turns


@dataclass(frozen=True)
class Route:
    """How batches of one shape go through a network."""

    parts: Sequence[Part]
    works: Sequence[Work]
    names: Sequence[tuple[tuple[str, str], ...]]  # each one's parameters': short, and in full
    turned: bool

    @classmethod
    def of(cls, layers: Sequence[Part], held: Mapping[str, Array], image: Array) -> Route:
        """For an image of that shape and dtype, and such parameters."""
        parts = quick(layers)
        turn = turns(parts, image, held)
        works = turning(parts, image) if turn else [part.operation for part in parts]
        names = [tuple((name, part.key(name)) for name in parameters(part, held)) for part in parts]
        return cls(parts, works, names, turn)


@dataclass
class Pass:
    """What a batch was before each operation, and after the last."""

    route: Route
    given: Sequence[Parameters]
    seen: list[Array]
    winners: dict[int, Any] = field(default_factory=dict)

    @classmethod
    def through(
        cls, route: Route, held: Mapping[str, Array], image: Array, *, back: bool = True
    ) -> Pass:
        """Forward; `back` if the gradient is to follow."""
        given = [{short: held[name] for short, name in names} for names in route.names]
        found = cls(route, given, [turned(image) if route.turned else image])
        with np.errstate(all="ignore"):
            for number, work in enumerate(route.works):
                x = found.seen[-1]
                if back and isinstance(work, (Pool, TurnedMaxPool)) and work.top:
                    y, found.winners[number] = work.with_winners(x)
                else:
                    y = work.forward(given[number], x)
                found.seen.append(y)
        return found

    @property
    def output(self) -> Array:
        """The network's."""
        return self.seen[-1]

    def back(self, flow: Array, *, image: bool = False) -> dict[str, Array]:
        """The parameters' gradients, and with `image` that of "x", from that of the output."""
        found: dict[str, Array] = {}
        first = next((number for number, mine in enumerate(self.given) if mine), len(self.given))
        with np.errstate(all="ignore"):
            for number in range(len(self.given) - 1, -1 if image else first - 1, -1):
                if number == first and not image:
                    mine = self.weights(number, flow)
                else:
                    flow, mine = self.one_back(number, flow)
                for short, name in self.route.names[number]:
                    found[name] = mine[short]
        if image:
            found["x"] = turned(flow) if self.route.turned else flow
        return found

    def one_back(self, number: int, flow: Array) -> tuple[Array, dict[str, Array]]:
        """Through one operation."""
        work, given, before = self.route.works[number], self.given[number], self.seen[number]
        if isinstance(work, (Pool, TurnedMaxPool)) and number in self.winners:
            return work.backward(given, before, flow, self.winners[number])
        return work.backward(given, before, flow)

    def weights(self, number: int, flow: Array) -> dict[str, Array]:
        """The gradients of an operation's parameters alone."""
        work, given, before = self.route.works[number], self.given[number], self.seen[number]
        if isinstance(work, TurnedConv):
            return work.weights(given, before, flow)
        return weight_gradients(self.route.parts[number].operation, given, before, flow)


def parameters(part: Part, held: Mapping[str, Array]) -> Parameters:
    """The parameters of one operation, by their short names."""
    if not isinstance(part.operation, (Correlate, Connect)):
        return {}
    found = ((name, held.get(part.key(name))) for name in ("kernel", "bias"))
    return {name: array for name, array in found if array is not None}


def quick(parts: Sequence[Part]) -> list[Part]:
    """The operations with every ReLU after the maximum that follows it.

    ReLU never falls, so they commute, and so do their gradients: where a window's maximum is
    positive it is the same pixel's, and where it is not ReLU lets nothing through.  A maximum
    first leaves ReLU fewer numbers.
    """
    found = list(parts)
    for number in range(len(found) - 1):
        first, second = found[number].operation, found[number + 1].operation
        if first == Activate("relu") and isinstance(second, Pool) and second.top:
            found[number : number + 2] = found[number + 1], found[number]
    return found
