"""A network as it computes: layers in a row, their parameters, the loss and its gradients."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self, TypeAlias

import numpy as np

from convproof.arguments import as_int
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Array, ArrayLike, Sizes, expect_shape, numbers
from convproof.lower.parallel import alone
from convproof.networks import losses, shapes
from convproof.networks.layers import Layer, read_layer
from convproof.networks.operations import Activate
from convproof.networks.passes import Pass, Route, parameters

Slope: TypeAlias = Callable[[Array], Array]  # the gradient of a loss at an output
MOST_ROUTES = 16
FLOATS = ("float16", "float32", "float64")


class Network:
    """Layers in a row with their parameters; `Sequential` trains, derives and stores it."""

    def __init__(self, layers: Sequence[Layer | str]) -> None:
        if not isinstance(layers, Sequence) or isinstance(layers, (str, bytes)):
            raise SpecTypeError.of("layers", layers, "a list of layers")
        self.layers: tuple[Layer, ...] = tuple(
            read_layer(f"layers[{number}]", layer) for number, layer in enumerate(layers)
        )
        self.parts = shapes.parts(self.layers)
        self.input_shape: Sizes | None = None
        self.held: dict[str, Array] = {}
        self.result_shape: Sizes | None = None  # of an image of `input_shape`, once it is asked for
        self.routes: dict[tuple[Any, ...], Route] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Without what is found again when it is asked for."""
        return {**self.__dict__, "routes": {}}

    # --- parameters ---

    def init(self, seed: int, input_shape: Sequence[int], *, dtype: str = "float32") -> Self:
        """The same layers with parameters: kernels N(0, s^2), biases zero.

        s is 1 / sqrt(products in an output), times sqrt(2) before a ReLU, which keeps the scale of
        the numbers from layer to layer.

        Args:
            seed: of the random numbers; the same seed gives the same bits.
            input_shape: of one image, without the batch: (28, 28, 1), or (64,) before a Dense.
            dtype: of the parameters, "float16", "float32" or "float64".

        Raises:
            SpecError: if a layer cannot take what comes to it; it names it and both shapes.
        """
        rng = np.random.default_rng(as_int("seed", seed, 0))
        kind = read_float(dtype)
        shape = shapes.read_shape(input_shape)
        found: dict[str, Array] = {}
        sizes = shapes.shapes(self.parts, shape)
        for number, (part, before) in enumerate(zip(self.parts, sizes, strict=False)):
            for name, size in part.operation.parameters(before).items():
                if name == "bias":
                    found[part.key(name)] = np.zeros(size, kind)
                    continue
                after = self.parts[number + 1 : number + 2]
                gain = 2 if after and after[0].operation == Activate("relu") else 1
                spread = np.sqrt(gain / np.prod(size[:-1]))
                found[part.key(name)] = (rng.standard_normal(size) * spread).astype(kind)
        return self._with(shape, found)

    def _with(self, shape: Sizes, parameters: dict[str, Array]) -> Self:
        net = type(self)(self.layers)
        net.input_shape, net.held = shape, parameters
        return net

    def restored(self, shape: Sizes, arrays: Mapping[str, Array]) -> Self:
        """The same layers with all parameters given, for inputs of `shape`."""
        sizes = shapes.shapes(self.parts, shape)
        wanted = {
            part.key(name): size
            for part, before in zip(self.parts, sizes, strict=False)
            for name, size in part.operation.parameters(before).items()
        }
        if set(arrays) != set(wanted):
            raise SpecError.of("names", sorted(arrays), f"the parameters' names {list(wanted)}")
        empty = {name: np.zeros(size, np.float32) for name, size in wanted.items()}
        return self._with(shape, empty).with_parameters(arrays)

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the parameters by name, in layer order: "0.kernel", "0.bias", ...

        A convolution's kernel is (*taps, C_in/groups, C_out), a transposed one's
        (*taps, C_out/groups, C_in), a dense one's (in, units).
        """
        self.expect_parameters()
        return {name: array.copy() for name, array in self.held.items()}

    def with_parameters(self, values: Mapping[str, ArrayLike]) -> Self:
        """The same network with these parameters in place of its own; names left out stay.

        Raises:
            SpecError: for a name the network does not have, or an array of another shape.
        """
        shape = self.expect_parameters()
        if not isinstance(values, Mapping):
            raise SpecTypeError.of("values", values, "a dict of arrays by the parameters' names")
        found = dict(self.held)
        for name, value in values.items():
            if name not in found:
                raise SpecError.of("name", name, f"one of {', '.join(found) or 'none at all'}")
            array = numbers(name, value, complex_too=False)
            expect_shape(name, array.shape, found[name].shape, "the parameter's shape")
            found[name] = array.copy()
        return self._with(shape, found)

    def expect_parameters(self) -> Sizes:
        """The input's shape, if `init` has given one."""
        if self.input_shape is None:
            raise SpecError(
                "the network has no parameters yet: net = net.init(seed, input_shape) gives them"
            )
        return self.input_shape

    # --- running it ---

    def forward(self, x: ArrayLike) -> Array:
        """The output for x (N, *input_shape), or for one image without the batch.

        Raises:
            SpecError: for an x of another shape.
        """
        image, batched = self.enter(x)
        y = apart(self.run(image)[-1], image)
        return y if batched else y[0]

    def enter(self, x: ArrayLike, name: str = "x") -> tuple[Array, bool]:
        """`x` with a batch axis, and whether it came with one."""
        shape = self.expect_parameters()
        array = numbers(name, x, complex_too=False)
        batched = array.ndim == len(shape) + 1
        body = array.shape[1:] if batched else array.shape
        if body != shape:
            allowed = f"(N, {', '.join(map(str, shape))}), or one image {shape}"
            raise SpecError.of(f"{name}.shape", array.shape, allowed)
        return (array if batched else array[np.newaxis]), batched

    def run(self, image: Array) -> list[Array]:
        """What is before each operation, and the output at the end."""
        found = [image]
        for part in self.parts:
            found.append(part.operation.forward(parameters(part, self.held), found[-1]))
        return found

    def step(self, image: Array, slope: Slope) -> dict[str, Array]:
        """The parameters' gradients alone: of the loss whose slope at the output is given."""
        return self._there_and_back(image, slope, False)

    def _there_and_back(self, image: Array, slope: Slope, to_image: bool) -> dict[str, Array]:
        """The parameters' gradients, and with `to_image` that of "x" after them."""
        route = self.route(image)

        def both() -> dict[str, Array]:
            run = Pass.through(route, self.held, image)
            return run.back(slope(run.output), image=to_image)

        # Loops and products over turned images are short: threads would wait for one another.
        found = alone(both) if route.turned else both()
        return {name: found[name] for name in (*self.held, *(["x"] if to_image else []))}

    def route(self, image: Array) -> Route:
        """How batches of that shape go through; kept, for the last few shapes."""
        key = image.shape, image.dtype, *(array.dtype for array in self.held.values())
        if key not in self.routes:
            if len(self.routes) >= MOST_ROUTES:
                self.routes.clear()
            self.routes[key] = Route.of(self.parts, self.held, image)
        return self.routes[key]

    def backward(self, dy: ArrayLike, x: ArrayLike) -> dict[str, Array]:
        """The gradients of the parameters and of "x", where dy is the output's.

        This is the adjoint of the derivative of `forward` at x: backpropagation.  Integers stay
        integers, and are exact or refused.

        Args:
            dy: the gradient of the output, of its shape.
            x: (N, *input_shape), or one image.
        """
        image, batched = self.enter(x)
        seen = self.run(image)
        flow = numbers("dy", dy, complex_too=False)
        shape = seen[-1].shape if batched else seen[-1].shape[1:]
        expect_shape("dy", flow.shape, shape, "the output's shape")
        found = self.pull_back(flow if batched else flow[np.newaxis], seen)
        found["x"] = apart(found["x"], flow)
        return found if batched else {**found, "x": found["x"][0]}

    def pull_back(self, flow: Array, seen: Sequence[Array]) -> dict[str, Array]:
        """All gradients from that of the output, where `seen` is what `run` gave."""
        found: dict[str, Array] = {}
        for part, before in zip(reversed(self.parts), reversed(seen[:-1]), strict=True):
            flow, mine = part.operation.backward(parameters(part, self.held), before, flow)
            found.update({part.key(name): array for name, array in mine.items()})
        return {**{name: found[name] for name in self.held}, "x": flow}

    # --- losses ---

    def loss(self, x: ArrayLike, target: ArrayLike, kind: str = "cross_entropy") -> float:
        """The mean over the batch of each image's loss.

        Args:
            x: (N, *input_shape) with N at least 1, or one image.
            target: class numbers (N,), or an array like the output.
            kind: "cross_entropy": -sum of t log softmax(y) over the last axis, class numbers
                standing for ones; "squared": the sum of (y - t)^2.  Both are summed over all
                entries of an image's output, and averaged over the images.

        Raises:
            SpecError: for shapes or class numbers that do not suit the network, or no image.
        """
        image, wanted, known = self._asked(x, target, kind)
        route = self.route(image)
        run = Pass.through(route, self.held, image, back=False)
        return losses.value_and_slope(known, run.output, wanted)[0]

    def gradients(
        self, x: ArrayLike, target: ArrayLike, kind: str = "cross_entropy"
    ) -> dict[str, Array]:
        """The gradients of `loss`: of each parameter by its name, and of "x"."""
        image, wanted, known = self._asked(x, target, kind)

        def slope(y: Array) -> Array:
            return losses.value_and_slope(known, y, wanted)[1]

        found = self._there_and_back(image, slope, True)
        return found if self.enter(x)[1] else {**found, "x": found["x"][0]}

    def _asked(
        self, x: ArrayLike, target: ArrayLike, kind: str
    ) -> tuple[Array, Array, losses.Loss]:
        """What a loss needs, each looked at: the images, the target, the kind."""
        known = losses.read_kind(kind)
        image, batched = self.enter(x)
        if not len(image):
            raise SpecError.of("x.shape", image.shape, "at least one image to take a mean over")
        wanted = losses.read_target(
            target if batched else numbers("target", target, complex_too=False)[np.newaxis],
            (len(image), *self.output_shape()),
        )
        return image, wanted, known

    # --- showing it ---

    def output_shape(self, input_shape: Sequence[int] | None = None) -> Sizes:
        """The output's shape, without the batch."""
        if input_shape is not None:
            return shapes.shapes(self.parts, shapes.read_shape(input_shape))[-1]
        if self.result_shape is None:
            self.result_shape = shapes.shapes(self.parts, self.expect_parameters())[-1]
        return self.result_shape

    def __repr__(self) -> str:
        return f"{type(self).__name__}([{', '.join(map(repr, self.layers))}])"


def apart(array: Array, other: Array) -> Array:
    """`array`, copied if it may share memory with `other`: results never alias arguments."""
    return array.copy() if np.may_share_memory(array, other) else array


def read_float(dtype: Any) -> np.dtype[Any]:
    """`dtype` if it is one of the floats that parameters may have."""
    try:
        kind: np.dtype[Any] = np.dtype(dtype)
    except TypeError:
        kind = np.dtype(object)
    if kind.name not in FLOATS:
        raise SpecError.one_of("dtype", dtype, FLOATS)
    return kind
