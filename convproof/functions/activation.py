"""Activations and their gradients, written so that nothing overflows; equation (10.6)."""

from __future__ import annotations

import numpy as np

from convproof.errors import SpecError
from convproof.functions.arrays import Array
from convproof.lower.reductions import chosen
from convproof.spec import Activation

FEW = 2**16  # numbers


def check(activation: Activation | None, dtype: np.dtype[np.generic]) -> None:
    """Refuse an activation that has no meaning, or no exact value, for `dtype`."""
    if activation is None or dtype.kind == "f" or (activation == "relu" and dtype.kind in "iu"):
        return
    if dtype.kind == "c":
        raise SpecError.of("activation", activation, "None for complex numbers")
    raise SpecError.of("activation", activation, "None or 'relu' for integers", "give floats")


def apply(activation: Activation | None, z: Array) -> Array:
    """sigma(z) in z's dtype; a NaN stays one.

    >>> apply("sigmoid", np.array([-1e4, 0.0, 1e4]))
    array([0. , 0.5, 1. ])
    """
    if activation is None:
        return z
    if activation == "relu":
        if z.dtype.kind == "f" and z.size > FEW:  # half the time of the larger of two numbers
            return np.asarray(np.clip(z, z.dtype.type(0), z.dtype.type(np.inf)))
        return np.asarray(np.maximum(z, z.dtype.type(0)))
    if activation == "tanh":
        return np.asarray(np.tanh(z))
    # e^-|z| cannot overflow, and keeps the relative accuracy of small values.
    e = np.exp(-np.abs(z))
    return np.asarray(np.where(z < 0, e, z.dtype.type(1)) / (1 + e))


def pull_back(activation: Activation | None, dy: Array, z: Array) -> Array:
    """The gradient of z, where dy is that of sigma(z); the gradient of relu at 0 is 0.

    >>> pull_back("relu", np.array([5.0, 5.0, 5.0]), np.array([-1.0, 0.0, 1.0]))
    array([0., 0., 5.])
    """
    if activation is None:
        return dy
    if activation == "relu":
        return chosen(~(z <= 0), dy)  # a NaN is not below 0: it lets the gradient through
    # sigmoid' = e / (1+e)^2 and tanh' = 4 e^2 / (1+e^2)^2 at e = e^-|z|: no difference of near 1s.
    e = np.exp(-np.abs(z) * (2 if activation == "tanh" else 1))
    return np.asarray(dy * ((4 if activation == "tanh" else 1) * e / (1 + e) ** 2))
