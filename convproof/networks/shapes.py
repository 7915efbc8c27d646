"""Do the layers fit together?  Asked when a network is built, and again when sizes are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convproof.arguments import as_int, items_of
from convproof.errors import SpecError, SpecTypeError
from convproof.functions.arrays import Sizes
from convproof.networks.layers import Layer
from convproof.networks.operations import Correlate, Operation, operations

SPACE = {2: "(W, C)", 3: "(H, W, C)", 4: "(D, H, W, C)"}
MOST_AXES = 5


@dataclass(frozen=True)
class Part:
    """One operation of the network: of which layer, and the prefix of its parameters' names."""

    layer: int
    spec: Layer
    operation: Operation

    @property
    def name(self) -> str:
        """The layer as messages name it."""
        return f"layers[{self.layer}] {type(self.spec).__name__}"

    def key(self, parameter: str) -> str:
        """The parameter's name in the network."""
        return f"{self.layer}.{parameter}"


def parts(layers: Sequence[Layer]) -> tuple[Part, ...]:
    """The operations of all layers, in order.

    Raises:
        SpecError: if a layer cannot take what the one before it gives, whatever the sizes are; it
            names the layer and both shapes.
    """
    found: list[Part] = []
    axes: int | None = None
    channels: int | None = None
    before = "the input"
    for number, layer in enumerate(layers):
        for operation in operations(layer):
            part = Part(number, layer, operation)
            wanted = operation.takes()
            if wanted is not None and axes is not None and wanted != axes:
                mend = "put a Flatten() between them" if wanted == 1 else "leave the space as it is"
                raise SpecError.of(
                    part.name,
                    layer,
                    f"one that takes {described(axes, channels)}, which {before} gives",
                    f"this one takes {described(wanted, None)}: {mend}",
                )
            check_groups(part, channels, before)
            given, width = operation.gives()
            axes = given or wanted or axes
            # after a Flatten the features depend on sizes that are not known yet
            channels = width if width is not None else None if given == 1 else channels
            found.append(part)
        before = f"layers[{number}] {type(layer).__name__}"
    return tuple(found)


def check_groups(part: Part, channels: int | None, before: str) -> None:
    """Refuse groups that do not divide the channels, if these are known."""
    if not isinstance(part.operation, Correlate) or channels is None:
        return
    groups = part.operation.spec.groups
    if channels % groups:
        raise SpecError.of(
            f"{part.name}.groups", groups, f"a divisor of the {channels} channels of {before}"
        )


def described(axes: int, channels: int | None) -> str:
    """A shape of which not much is known.

    >>> described(3, 8), described(1, None)
    ('(H, W, 8)', '(features,)')
    """
    if axes == 1:
        return "(features,)" if channels is None else f"({channels},)"
    shape = SPACE.get(axes, f"{axes} axes")
    return shape if channels is None else shape.replace("C", str(channels))


def read_shape(input_shape: object) -> Sizes:
    """An input's shape without the batch: (*space, C), or (features,), or that many as an int."""
    items = items_of(input_shape, MOST_AXES)
    if items is None:
        if isinstance(input_shape, (str, bytes)):
            raise SpecTypeError.of("input_shape", input_shape, "a tuple of sizes")
        items = (input_shape,)
    if not items:
        raise SpecError.of("input_shape", input_shape, "(*space, C) or (features,)")
    return tuple(as_int(f"input_shape[{n}]", size, 1) for n, size in enumerate(items))


def shapes(chain: Sequence[Part], input_shape: Sizes) -> list[Sizes]:
    """The shape before each operation, and the output's at the end.

    Raises:
        SpecError: naming the layer, what it is given, and what it takes.
    """
    found = [input_shape]
    before = "the input"
    for part in chain:
        shape, wanted = found[-1], part.operation.takes()
        if wanted is not None and len(shape) != wanted:
            form = described(wanted, None)
            hint = "put a Flatten() before it" if wanted == 1 else "the channels count as an axis"
            raise SpecError.of(
                part.name, part.spec, f"one that takes {shape}, the shape of {before}",
                f"this one takes {form}: {hint}",
            )  # fmt: skip
        try:
            found.append(part.operation.output(shape))
        except SpecError as error:
            raise SpecError(
                f"{part.name} cannot take {shape}, the shape of {before}: {error}"
            ) from None
        before = f"the output of {part.name}"
    return found
