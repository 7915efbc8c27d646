"""The words a spec is written in: padding modes and activations."""

from __future__ import annotations

from typing import Literal, TypeAlias

PaddingMode: TypeAlias = Literal["zeros", "circular", "reflect", "replicate"]
Activation: TypeAlias = Literal["relu", "sigmoid", "tanh"]

PADDING_MODES: tuple[PaddingMode, ...] = ("zeros", "circular", "reflect", "replicate")
AMPLE = 2**60  # pixels: what every window and border fits on
ACTIVATIONS: tuple[Activation, ...] = ("relu", "sigmoid", "tanh")
