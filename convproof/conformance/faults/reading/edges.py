"""The coefficients of a layer as edges: which output takes which pixel, with which weight.

A convolution and its gradients are one list of triples (output, kernel entry, pixel); a pooling, or
the gradient of a bias, one of pairs.  Each has a weight, 1 in a convolution.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue import engine
from convproof.laws import oracle
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Side:
    """One end of the edges: an array's axes by name, and their sizes."""

    name: str
    axes: tuple[str, ...]
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many entries the array has."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class Edges:
    """A sparse tensor over some sides: sorted keys, one for each edge, and the weights."""

    sides: tuple[Side, ...]
    keys: Array
    weights: Array

    @classmethod
    def of(cls, sides: tuple[Side, ...], parts: tuple[Array, ...], weights: Array) -> Edges:
        """Edges from the flat index that each has on each side."""
        keys = np.ravel_multi_index(parts, tuple(side.size for side in sides))
        order = np.argsort(keys, kind="stable")
        return cls(sides, np.asarray(keys)[order], np.asarray(weights, float)[order])

    @property
    def ends(self) -> dict[str, Array]:
        """The flat index of each edge on each side."""
        parts = np.unravel_index(self.keys, tuple(side.size for side in self.sides))
        return {side.name: part for side, part in zip(self.sides, parts, strict=True)}

    @property
    def places(self) -> dict[str, Array]:
        """Each edge's coordinates by the names of the axes."""
        found: dict[str, Array] = {}
        ends = self.ends
        for side in self.sides:
            parts = np.unravel_index(ends[side.name], side.shape)
            found |= dict(zip(side.axes, parts, strict=True))
        return found

    def side(self, name: str) -> Side:
        """The side of that name."""
        return next(side for side in self.sides if side.name == name)

    def where(self, keep: Array) -> Edges:
        """Some of the edges."""
        return Edges(self.sides, self.keys[keep], self.weights[keep])

    def without(self, other: Edges) -> Edges:
        """The edges that `other` lacks, whatever their weights."""
        return self.where(~np.isin(self.keys, other.keys))

    def same(self, other: Edges) -> bool:
        """The same edges with the same weights, to rounding."""
        return np.array_equal(self.keys, other.keys) and bool(
            np.allclose(self.weights, other.weights, rtol=1e-5)
        )

    def summed(self, to: str, **arrays: Array) -> Array:
        """What the edges make of arrays at the other sides: the result at side `to`."""
        ends, total = self.ends, self.weights.copy()
        for name, array in arrays.items():
            total = total * np.asarray(array, float).ravel()[ends[name]]
        side = self.side(to)
        flat = np.bincount(ends[to], weights=total, minlength=side.size)
        return flat.reshape(side.shape)


def numbered(letter: str, rank: int) -> tuple[str, ...]:
    """The names of the spatial axes of an array."""
    return tuple(f"{letter}{axis}" for axis in range(rank))


def sides(case: Case) -> dict[str, Side]:
    """What a call's arrays are called here: "out", "kernel", "pixel", "bias"."""
    out = (len(case.x), *engine.sizes_of(case), case.out_shape[-1])
    found = [
        Side("out", ("n", *numbered("o", case.rank), "m"), out),
        Side("pixel", ("b", *numbered("i", case.rank), "c"), tuple(case.x.shape)),
    ]
    if case.kernel is not None:
        kernel = tuple(case.kernel.shape)
        found.append(Side("kernel", (*numbered("k", case.rank), "ci", "mk"), kernel))
        found.append(Side("bias", ("mb",), kernel[-1:]))
    return {side.name: side for side in found}


def right(case: Case, result: str) -> Edges:
    """The edges of the right layer."""
    known = sides(case)
    out = np.arange(known["out"].size).reshape(known["out"].shape)
    if result in ("bias", "dbias"):
        pairs = (known["out"], known["bias"])
        channel = np.broadcast_to(np.arange(out.shape[-1]), out.shape)
        return Edges.of(pairs, (out.ravel(), channel.ravel()), np.ones(out.size))
    numbers = np.arange(1, case.x.size + 1).reshape(case.x.shape)
    image = oracle.bordered(case, numbers, 0)
    found: list[tuple[Array, ...]] = []
    for number, (tap, where) in enumerate(oracle.taps(case, engine.sizes_of(case))):
        seen = image[where]
        if case.kernel is None:
            shares = np.where(seen > 0, np.broadcast_to(_share(case, number), out.shape), 0.0)
            found.append(
                tuple(np.broadcast_to(a, out.shape)[shares > 0] for a in (out, seen - 1, shares))
            )
            continue
        entry = np.arange(case.kernel.size).reshape(case.kernel.shape)[tap]
        for inputs, outputs in engine.group_channels(case):
            parts = np.broadcast_arrays(
                out[..., None, outputs], entry[:, outputs], seen[..., inputs, None] - 1, 1.0
            )
            found.append(tuple(part[parts[2] >= 0] for part in parts))
    *ends, weights = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = ("out", "pixel") if case.kernel is None else ("out", "kernel", "pixel")
    return Edges.of(
        tuple(known[name] for name in order), tuple(part.astype(int) for part in ends), weights
    )


def _share(case: Case, tap: int) -> Array:
    """The weight of a pooling's edges at a tap: a mean's share, 1 for what may be the maximum."""
    if case.kind == "avg_pool":
        return np.asarray(1.0 / engine.divisors(case))
    if case.backward:
        values, real = engine.patches(case, -np.inf)
        return np.asarray((engine.first_winner(values) & real)[..., tap] * 1.0)
    return np.ones((1,) * (case.rank + 2))


def due(case: Case, places: Mapping[str, Array]) -> dict[str, Array]:
    """Where the edge of (output, kernel entry) has to end: the pixel's coordinates, and `mk`."""
    found: dict[str, Array] = {"b": places["n"]}
    for number, axis in enumerate(case.axes):
        tap = places.get(f"k{number}", np.zeros_like(places["n"]))
        found[f"i{number}"] = axis.stride * places[f"o{number}"] + axis.dilation * tap - axis.pad_lo
    if case.kernel is not None:
        depth, outputs = case.kernel.shape[-2:]
        group = places["m"] // (outputs // case.groups)
        found |= {"c": group * depth + places["ci"], "mk": places["m"]}
    return found
