"""The fully connected twin: dense layers and ReLUs that equal a ConvNet on every finite input.

A linear layer becomes its matrix; a maximum is a tournament of pairs,
max(a, b) = relu(a - b) + relu(b) - relu(-b).  So "a wide enough fully connected net simulates any
ConvNet" (10.2) is a construction, and what it costs is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.functions.arrays import Array, Sizes
from convproof.networks import shapes
from convproof.networks.certificates import Certified, certify_matrix
from convproof.networks.edges import window_members
from convproof.networks.layers import Activation, Dense, Flatten, Layer
from convproof.networks.matrix import as_matrix
from convproof.networks.operations import Activate, Connect, Correlate, Pool, Unroll
from convproof.networks.passes import parameters
from convproof.networks.sequential import Sequential
from convproof.spec import MaxPool

MOST_WEIGHTS = 2**28  # of one dense layer of the twin
IMAGES = 16  # that the assembled twin is run on for its certificate


@dataclass(frozen=True)
class Cost:
    """What one layer of the ConvNet costs as dense layers: counts of weights."""

    layer: str
    weights: int
    dense: int
    nonzero: int


@dataclass(frozen=True, eq=False)
class Twin:
    """A fully connected network, the ConvNet it equals, and what it costs."""

    net: Sequential
    original: Sequential
    costs: tuple[Cost, ...]

    def __str__(self) -> str:
        rows = [("layer", "weights", "dense", "not zero")]
        rows += [(c.layer, f"{c.weights:,}", f"{c.dense:,}", f"{c.nonzero:,}") for c in self.costs]
        weights, dense, nonzero = (
            sum(getattr(cost, name) for cost in self.costs)
            for name in ("weights", "dense", "nonzero")
        )
        rows.append(("all", f"{weights:,}", f"{dense:,}", f"{nonzero:,}"))
        wide = [max(len(row[column]) for row in rows) for column in range(4)]
        return "\n".join(
            row[0].ljust(wide[0]) + "".join(f"  {row[n]:>{wide[n]}}" for n in (1, 2, 3))
            for row in rows
        )

    def certificate(self, seed: int = 0) -> Certified:
        """That twin and ConvNet are the same function, part by part and as a whole; exact.

        Each matrix is decided on one-hot images and kernels; each maximum on its members, and by
        the identity of a pair in all of its cases; then both whole networks are run on integer
        images with integer parameters, and must agree to the last digit.
        """
        return certify(self, seed)


def fully_connected(net: Sequential) -> Twin:
    """The network of dense layers and activations that computes what `net` computes.

    Args:
        net: a network with parameters; its pools and convolutions on its `input_shape`.

    Raises:
        SpecError: if a window of a max-pool holds padding only (its maximum is no number), or a
            dense layer would have more than 2**28 weights.

    Example:
        >>> import numpy as np, convproof as cp
        >>> net = cp.Sequential([cp.Conv((2,), 2), cp.MaxPool((2,))]).init(0, (5, 1))
        >>> twin = fully_connected(net)
        >>> x = np.arange(5.0).reshape(1, 5, 1)
        >>> np.allclose(twin.net.forward(x), net.forward(x).reshape(1, -1))
        True
        >>> print(twin)
        layer              weights  dense  not zero
        layers[0] Conv           6     48        16
        layers[1] MaxPool        0    144        28
        all                      6    192        44
    """
    shape = net.expect_parameters()
    layers: list[Layer] = [Flatten()]
    arrays: dict[str, Array] = {}
    costs: list[Cost] = []

    def add(kernel: Array, bias: Array | None = None) -> None:
        name = str(len(layers))
        layers.append(Dense(kernel.shape[1], bias=bias is not None))
        arrays[f"{name}.kernel"] = kernel
        if bias is not None:
            arrays[f"{name}.bias"] = bias

    sizes = shapes.shapes(net.parts, shape)
    for part, before, after in zip(net.parts, sizes, sizes[1:], strict=False):
        operation, first = part.operation, len(arrays)
        if isinstance(operation, Activate):
            layers.append(Activation(operation.name))
        elif isinstance(operation, Pool) and isinstance(operation.spec, MaxPool):
            dtype = np.result_type(*net.held.values()) if net.held else np.dtype(np.float64)
            for number, matrix in enumerate(tournament(operation.spec, before, dtype)):
                if number % 2:
                    layers.append(Activation("relu"))
                add(matrix)
        elif not isinstance(operation, Unroll):
            given = parameters(part, net.held)
            matrix, bias = dense_of(operation, before, after, given)  # type: ignore[arg-type]  # one of the three
            add(matrix, bias)
        if type(operation) not in (Activate, Unroll):
            mine = list(arrays.values())[first:]
            own = sum(array.size for array in parameters(part, net.held).values())
            dense, used = sum(a.size for a in mine), sum(np.count_nonzero(a) for a in mine)
            costs.append(Cost(part.name, own, dense, int(used)))
    return Twin(Sequential(layers).restored(shape, arrays), net, tuple(costs))


def dense_of(
    operation: Correlate | Connect | Pool, before: Sizes, after: Sizes, given: dict[str, Array]
) -> tuple[Array, Array | None]:
    """The dense kernel (in, out) of a linear layer, and its bias for each output."""
    expect_room(prod(before), prod(after))
    assert not isinstance(operation.spec, MaxPool)
    kernel = given.get("kernel")
    matrix = as_matrix(operation.spec, kernel, before).toarray().T
    if kernel is not None:
        matrix = matrix.astype(kernel.dtype)
    bias = given.get("bias")
    if bias is not None:
        bias = np.tile(bias, prod(after) // len(bias))
    return np.ascontiguousarray(matrix), bias


def expect_room(rows: int, columns: int) -> None:
    """Refuse a dense layer that memory does not hold."""
    if rows * columns > MOST_WEIGHTS:
        raise SpecError.of(
            "net", f"a dense layer of {rows} x {columns} weights", f"at most {MOST_WEIGHTS}",
            "take smaller images: as_matrix has the same matrix, sparse",
        )  # fmt: skip


def tournament(spec: MaxPool, shape: Sizes, dtype: np.dtype[np.generic]) -> list[Array]:
    """The matrices (in, out) that make maxima, with a ReLU before the second of each two.

    In every round each output's values meet in pairs: a and b give relu(a - b), relu(b) and
    relu(-b), which add up to the larger; one left over gives relu(a) - relu(-a).
    """
    members = [list(map(int, row)) for row in window_members(spec, shape)]
    if any(not row for row in members):
        why = "the maximum of nothing is minus infinity, which no weights give"
        raise SpecError.of("net", spec, "a max-pool with a pixel in every window", why)
    matrices: list[Array] = []
    width = prod(shape)
    while any(len(row) > 1 for row in members):
        edges: list[tuple[int, int, int]] = []  # value, hidden unit, weight
        sums: list[tuple[int, int, int]] = []  # hidden unit, winner, weight
        hidden = winners = 0
        rounds: list[list[int]] = []
        for row in members:
            now: list[int] = []
            for first, *second in (row[n : n + 2] for n in range(0, len(row), 2)):
                last = second[0] if second else first
                if second:
                    edges += [(first, hidden, 1), (last, hidden, -1)]
                    sums.append((hidden, winners, 1))
                    hidden += 1
                edges += [(last, hidden, 1), (last, hidden + 1, -1)]
                sums += [(hidden, winners, 1), (hidden + 1, winners, -1)]
                now.append(winners)
                hidden, winners = hidden + 2, winners + 1
            rounds.append(now)
        matrices += [filled(edges, width, hidden, dtype), filled(sums, hidden, winners, dtype)]
        members, width = rounds, winners
    if not matrices:  # windows of one pixel
        chosen = [(row[0], number, 1) for number, row in enumerate(members)]
        return [filled(chosen, width, len(members), dtype)]
    return matrices


def filled(
    entries: Sequence[tuple[int, int, int]], rows: int, columns: int, dtype: np.dtype[np.generic]
) -> Array:
    """The matrix with these entries."""
    expect_room(rows, columns)
    matrix = np.zeros((rows, columns), dtype)
    for row, column, weight in entries:
        matrix[row, column] += weight
    return matrix


def certify(twin: Twin, seed: int) -> Certified:
    """See `Twin.certificate`."""
    net = twin.original
    shape = net.expect_parameters()
    sizes = shapes.shapes(net.parts, shape)
    compared, said = 0, []
    statement = f"the fully connected twin of {len(net.layers)} layers on {shape} is the ConvNet"
    for part, before in zip(net.parts, sizes, strict=False):
        operation = part.operation
        if isinstance(operation, (Activate, Unroll)):
            continue
        if isinstance(operation, Pool) and isinstance(operation.spec, MaxPool):
            found = certify_maxima(operation.spec, before)
        else:
            assert isinstance(operation, (Correlate, Connect, Pool))
            found = certify_matrix(operation.spec, before)  # type: ignore[arg-type]  # no max-pool
        if not found.verdict.holds:
            return Certified(statement, found.verdict, compared)
        compared += found.compared
        said.append(part.name)
    rng = np.random.default_rng(seed)
    whole = {n: rng.integers(-3, 4, a.shape) for n, a in net.parameters.items()}
    images = rng.integers(-4, 5, (IMAGES, *shape))
    if any(isinstance(p.operation, Activate) and p.operation.name != "relu" for p in net.parts):
        reason = f"{', '.join(said)}, each decided; the whole not run: an activation is no ReLU"
        return Certified(statement, Verdict.held(reason), compared)
    exact = net.with_parameters(whole)
    right = exact.forward(images).reshape(IMAGES, -1)
    got = fully_connected(exact).net.forward(images)
    # a mean divides: its floats round differently in another order of summation
    close = np.allclose(got, right) if right.dtype.kind == "f" else bool((got == right).all())
    if not close:
        where = np.argwhere(got != right)[0].tolist()
        return Certified(statement, Verdict.refute("another function", at=where), compared)
    equal = "equal" if right.dtype.kind in "iu" else "equal to rounding (a mean divides)"
    reason = f"{', '.join(said)}, each decided; {right.size} outputs of {IMAGES} images {equal}"
    return Certified(statement, Verdict.held(reason), compared + right.size)


def certify_maxima(spec: MaxPool, shape: Sizes) -> Certified:
    """The tournament is the max-pool: on every one-hot image, and in every order of a pair.

    A tournament of pairs gives the maximum of its members, since max(a, b) = relu(a - b) +
    relu(b) - relu(-b): with b >= 0 it is relu(a - b) + b, with b < 0 relu(a - b) + b too.  Its
    members are read off: the image that is 1 at one pixel and 0 elsewhere gives a 1 in exactly the
    windows that hold the pixel.
    """
    images = np.eye(prod(shape), dtype=np.int64).reshape(-1, *shape)
    right = Pool(spec).forward({}, images).reshape(len(images), -1)
    low = Pool(spec).forward({}, -images).reshape(len(images), -1)
    statement = f"the tournament of ReLUs on {shape} is {spec}"
    for wanted, given in ((right, images), (low, -images)):
        values = given.reshape(len(given), -1)
        for number, matrix in enumerate(tournament(spec, shape, np.dtype(np.int64))):
            values = (np.maximum(values, 0) if number % 2 else values) @ matrix
        if not (values == wanted).all():
            return Certified(statement, Verdict.refute("another maximum"), 0)
    reason = f"{2 * right.size} maxima of one-hot images and their negatives"
    return Certified(statement, Verdict.held(reason), 2 * right.size)
