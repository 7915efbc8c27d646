"""The layers without a window: Dense, Flatten, Activation; `convproof.spec` has the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from convproof.errors import SpecError, SpecTypeError
from convproof.spec import (
    ACTIVATIONS,
    AvgPool,
    Conv,
    ConvTranspose,
    MaxPool,
    as_int,
    choice,
    flag,
)
from convproof.spec import Activation as ActivationName


@dataclass(frozen=True, init=False)
class Dense:
    """A fully connected layer: y = act(x W + b) on features (N, in), W (in, units).

    Args:
        units: outputs, a positive integer.
        bias: whether one number is added to each output.
        activation: None, "relu", "sigmoid" or "tanh".

    Raises:
        SpecError: for a value no layer can have; a TypeError too where the type is wrong.

    >>> Dense(10)
    Dense(units=10, bias=True, activation=None)
    """

    units: int
    bias: bool
    activation: ActivationName | None

    def __init__(self, units: int, *, bias: bool = True, activation: str | None = None) -> None:
        known = None
        if activation is not None:
            known = choice("activation", activation, ACTIVATIONS, optional=True)
        object.__setattr__(self, "units", as_int("units", units, 1))
        object.__setattr__(self, "bias", flag("bias", bias))
        object.__setattr__(self, "activation", known)


@dataclass(frozen=True)
class Flatten:
    """All entries of an image in one row of features, in row-major order: (*space, C) to (F,)."""


@dataclass(frozen=True, init=False)
class Activation:
    """(10.6)'s sigma, entry by entry: "relu", "sigmoid" or "tanh".

    >>> Activation("relu")
    Activation(name='relu')
    """

    name: ActivationName

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "name", choice("name", name, ACTIVATIONS))


Layer: TypeAlias = Conv | ConvTranspose | MaxPool | AvgPool | Activation | Flatten | Dense
KINDS = (Conv, ConvTranspose, MaxPool, AvgPool, Activation, Flatten, Dense)


def read_layer(name: str, value: object) -> Layer:
    """`value` as a layer; an activation's name stands for the layer of that name.

    Raises:
        SpecError: for what is no layer, or a convolution without its number of outputs.
    """
    if isinstance(value, str):
        return Activation(choice(name, value, ACTIVATIONS))
    if not isinstance(value, KINDS):
        names = ", ".join(kind.__name__ for kind in KINDS)
        raise SpecTypeError.of(name, value, f"a layer: {names}, or an activation's name")
    if isinstance(value, (Conv, ConvTranspose)) and value.out_channels is None:
        raise SpecError.of(f"{name}.out_channels", None, "a positive integer")
    return value
