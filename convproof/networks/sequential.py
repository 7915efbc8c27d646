"""`Sequential`: layers in a row, on the verified functions, so that claims about networks run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from convproof.functions.arrays import ArrayLike
from convproof.networks import store, training
from convproof.networks.fields import ReceptiveField
from convproof.networks.network import Network
from convproof.networks.region import EquivarianceRegion, regions
from convproof.networks.survey import read as read_network
from convproof.networks.survey import survey
from convproof.networks.training import History, Settings

if TYPE_CHECKING:
    from convproof.networks.derivation import NetworkDerivation


class Sequential(Network):
    """A network of layers in a row; arrays are channels last, x (N, *input_shape).

    Args:
        layers: Conv, ConvTranspose, MaxPool, AvgPool, Activation (or its name), Flatten, Dense.

    Raises:
        SpecError: if they cannot follow one another; it names the layer and both shapes.

    Example:
        >>> import numpy as np, convproof as cp
        >>> net = cp.Sequential([cp.Conv(3, 2, activation="relu"), cp.MaxPool(2), cp.Flatten(),
        ...                      cp.Dense(3)]).init(0, (6, 6, 1))
        >>> {name: p.shape for name, p in net.parameters.items()}
        {'0.kernel': (3, 3, 1, 2), '0.bias': (2,), '3.kernel': (8, 3), '3.bias': (3,)}
        >>> net.forward(np.zeros((5, 6, 6, 1))).shape
        (5, 3)
    """

    def fit(
        self,
        x: ArrayLike,
        target: ArrayLike,
        *,
        steps: int,
        rate: float,
        momentum: float = 0.0,
        decay: float = 0.0,
        batch: int | None = None,
        kind: str = "cross_entropy",
        seed: int = 0,
    ) -> History:
        """Train by gradient descent, in place: v = momentum v + g + decay w, then w = w - rate v.

        Args:
            x: (N, *input_shape), N at least 1.
            target: class numbers (N,), or an array like the output.
            steps: how many updates.
            rate: the step size, positive.
            momentum: in [0, 1).
            decay: weight decay, at least 0, of kernels and biases alike.
            batch: images a step, drawn in epochs without repeats; None for all of them.
            kind: the loss, "cross_entropy" or "squared".
            seed: of the order of the images.  The same seed gives the same bits.

        Returns:
            The `History`: the loss of each step's batch before its update, and the settings.

        Raises:
            TrainingError: when a loss or a parameter is not finite; it names the step, and the
                network keeps the parameters it had before that step.
        """
        how = Settings.read(steps, rate, momentum, decay, batch, kind, seed)
        return training.fit(self, x, target, how)

    def derive(self, kind: str = "cross_entropy") -> NetworkDerivation:
        """The gradient of the loss as SymPy expressions: the chain rule over derived layers.

        Its `.gradients` are keyed like those of `gradients`; `.check()` compares them with what
        the network computes; `.written_out(name, index)` writes an entry in inputs and parameters.

        Raises:
            SpecError: if the network has no parameters yet: the formulas are for its input's size.
        """
        from convproof.networks.derivation import derive_network  # SymPy, when asked for

        return derive_network(self, kind)

    # --- positions ---

    def receptive_field(self) -> ReceptiveField:
        """What an output sees of the input: size, stride and first pixel, in closed form.

        After a Flatten every output is taken to see what any of them sees.  `cp.explain` has
        the same for each layer.
        """
        return survey(self).rows[-1].field

    def equivariance_region(
        self, shift: Sequence[int] | int, input_shape: Sequence[int], *, incoming: str = "anything"
    ) -> EquivarianceRegion:
        """The outputs that a shift of the input shifts, for every image and all weights: exactly.

        Args:
            shift: pixels that the image moves by on each axis, either way; an int moves all.
            input_shape: of one image, (*space, C).
            incoming: what comes in where the image has moved away: "anything", "zeros", or
                "circular" for what has left at the other side.

        Returns:
            The region: its `.mask` over the output's positions, `.slices` if it is a box, and the
            `.output_shift`, None where that is no whole number of positions.

        Raises:
            SpecError: for a shift that is not one whole number an axis, or a shape that the layers
                do not take.
        """
        return regions(read_network(self, input_shape)[2], shift, incoming)[-1]

    # --- files ---

    def save(self, path: str | Path) -> None:
        """Write the network into one file, in NumPy's own format (npz, no pickle), whole or not.

        Raises:
            OSError: if the file cannot be written.
        """
        store.write(path, store.pack(self))

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The network that `save` wrote, bit for bit.

        Raises:
            SpecError: if the file is damaged, cut short, or was not written by `save`.
            OSError: if it cannot be read.
        """
        return store.unpack(cls, path, store.read(path))
