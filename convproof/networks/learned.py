"""A kernel that is learned: what a convolution trained to reproduce another's output converges to.

The squared loss of one image, |X k - X k*|^2 with X the patches (positions, taps), is a
least-squares problem.  Gradient descent from k0 converges to k* + P (k0 - k*), P the projection on
the null space of X: to k* itself, from every start, if and only if X has full column rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log, prod, sqrt

import numpy as np
from sympy import QQ
from sympy.polys.matrices import DomainMatrix

from convproof.errors import SpecError
from convproof.functions.arrays import Array, ArrayLike, numbers
from convproof.networks.edges import reads
from convproof.networks.sequential import Sequential
from convproof.spec import Conv

MOST_STEPS = 200_000

VERTICAL = np.array([[1, 0, -1]] * 3)  # (10.2)
HORIZONTAL = VERTICAL.T  # (10.3)


@dataclass(frozen=True, eq=False)
class Identified:
    """Whether an image tells every kernel of a size from every other by its output, and how well.

    Attributes:
        rank: of the patches X (positions, taps * channels), exact for whole numbers.
        taps: the number of weights; the kernel must be found if and only if rank == taps.
        squares: the eigenvalues of X'X, increasing.
        null: an orthonormal basis of the kernels whose output is zero everywhere (taps, k).
    """

    rank: int
    taps: int
    squares: Array
    null: Array

    @property
    def must_converge(self) -> bool:
        """Whether gradient descent finds the kernel from every start."""
        return self.rank == self.taps

    def limit(self, start: Array, wanted: Array) -> Array:
        """Where gradient descent from `start` ends: the nearest kernel with the same output."""
        gap = (start - wanted).reshape(self.taps)
        back = self.null @ (self.null.T @ gap)
        return np.asarray(wanted + back.reshape(wanted.shape))

    def settings(self, tolerance: float) -> tuple[int, float, float]:
        """(steps, rate, momentum) with which the loss's quadratic is descended to `tolerance`.

        Heavy ball with the best constants for curvatures between 2 m and 2 M, the least and the
        largest positive eigenvalue: rate (2 / (sqrt M + sqrt m))^2 / 2, and an error that falls
        by (sqrt M - sqrt m) / (sqrt M + sqrt m) a step (Polyak 1964).
        """
        large, small = sqrt(self.squares[-1]), sqrt(self.squares[self.taps - self.rank])
        falls = (large - small) / (large + small)
        rate = 2 / (large + small) ** 2
        steps = 1 if falls == 0 else ceil(1.5 * log(tolerance) / log(falls)) + 20
        return steps, rate, falls**2


def identified(image: ArrayLike, taps: Sequence[int]) -> Identified:
    """What an image (*space, C) says of kernels with `taps` taps an axis, stride 1, no padding.

    Raises:
        SpecError: if the kernel does not fit the image.

    Example: a ramp, whose patches are all alike but for a constant, has rank 2.
        >>> identified(np.arange(10.0).reshape(10, 1), (3,)).rank
        2
    """
    array = numbers("image", image, complex_too=False)
    spec = Conv(tuple(taps))
    if array.ndim != spec.rank + 1:
        raise SpecError.of("image.shape", array.shape, f"(*space, C) with {spec.rank} of space")
    space = array.shape[:-1]
    seen = reads(spec.axes(space), space)
    flat = array.reshape(-1, array.shape[-1])
    patches = flat[seen.pixels].reshape(len(seen.pixels), -1)
    count = prod(taps) * array.shape[-1]
    values, vectors = np.linalg.eigh(patches.T.astype(float) @ patches.astype(float))
    whole = array.dtype.kind in "iu" or bool((array == np.rint(array)).all())
    rank = exact_rank(patches) if whole else int(np.linalg.matrix_rank(patches))
    return Identified(rank, count, values.clip(0), vectors[:, : count - rank])


def exact_rank(patches: Array) -> int:
    """The rank of whole-numbered patches: that of X'X, eliminated in fractions."""
    exact = patches.astype(np.int64).astype(object)
    gram = exact.T @ exact
    return int(DomainMatrix([[QQ(int(v)) for v in row] for row in gram], gram.shape, QQ).rank())


@dataclass(frozen=True, eq=False)
class Learned:
    """A kernel found by training, the one it was to find, and where it had to end."""

    kernel: Array
    wanted: Array
    start: Array
    problem: Identified
    steps: int

    @property
    def predicted(self) -> Array:
        """The limit of gradient descent from the same start, by the theorem."""
        return self.problem.limit(self.start, self.wanted)

    @property
    def error(self) -> float:
        """The largest difference from the kernel that was to be found."""
        return float(np.abs(self.kernel - self.wanted).max())

    def __str__(self) -> str:
        must = "must be found" if self.problem.must_converge else "need not be found"
        return (
            f"rank {self.problem.rank} of {self.problem.taps}: the kernel {must}; after "
            f"{self.steps} steps it is off by {self.error:.1e}, and off the predicted limit by "
            f"{np.abs(self.kernel - self.predicted).max():.1e}"
        )


def learn_kernel(
    image: ArrayLike, wanted: ArrayLike = VERTICAL, *, seed: int = 0, tolerance: float = 1e-8
) -> Learned:
    """Train a random kernel to reproduce what `wanted` makes of an image.

    The network is one convolution on the verified functions, trained by `Sequential.fit` with the
    squared loss; rate and momentum are the best for the image's patches.

    Args:
        image: (H, W), or (*space, C).
        wanted: the kernel to be found: (K_H, K_W) for a plain image, or (*taps, C).
        seed: of the start.
        tolerance: to which the error is to fall.

    Raises:
        SpecError: if that would take more than 200 000 steps: the image hardly tells kernels apart.

    Example: (10.2), found from its output on an image of noise.
        >>> noise = np.random.default_rng(0).integers(0, 256, (12, 12))
        >>> np.rint(learn_kernel(noise).kernel).astype(int).tolist()
        [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
    """
    target = numbers("wanted", wanted, complex_too=False).astype(float)
    array = numbers("image", image, complex_too=False)
    plain = array.ndim == target.ndim and array.ndim < 4 and array.shape[-1] != target.shape[-1]
    plain = plain or array.ndim == 2
    if plain:
        array, shaped = array[..., np.newaxis], target[..., np.newaxis]
    else:
        shaped = target
    problem = identified(array, shaped.shape[:-1])
    if not problem.rank:
        raise SpecError.of("image", "zeros", "an image that is not zero everywhere")
    steps, rate, momentum = problem.settings(tolerance)
    if steps > MOST_STEPS:
        raise SpecError.of("image", f"{steps} steps", f"one that takes at most {MOST_STEPS}")
    layer = Conv(shaped.shape[:-1], 1, bias=False)
    net = Sequential([layer]).init(seed, array.shape, dtype="float64")
    start = net.parameters["0.kernel"][..., 0]
    x = array[np.newaxis].astype(float)
    aim = net.with_parameters({"0.kernel": shaped[..., np.newaxis]}).forward(x)
    net.fit(x, aim, steps=steps, rate=rate, momentum=momentum, kind="squared")
    found = net.parameters["0.kernel"][..., 0]
    if plain:
        found, start = found[..., 0], start[..., 0]
    return Learned(found, target, start, problem, steps)
