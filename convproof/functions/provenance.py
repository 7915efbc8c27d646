"""Where a verified function comes from: its derivation, generated source and certificate."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from convproof.errors import SpecError, SpecTypeError
from convproof.functions.room import Growth
from convproof.spec import AvgPool, Conv, MaxPool, Spec, split_shape

if TYPE_CHECKING:
    from convproof.derive import Derivation
    from convproof.functions.certificate import Certificate

# A small layer for each rank with everything in it that can go wrong: unequal strides, gaps,
# padding at one end, groups, leftover pixels.  Its certificate takes 5 to 12 s of a core, 25 s in
# three dimensions.
CONV: dict[int, tuple[Conv, tuple[int, ...]]] = {
    1: (Conv((3,), 4, stride=2, padding=((2, 1),), dilation=2, groups=2), (2, 8, 4)),
    2: (
        Conv((2, 3), 2, stride=(2, 1), padding=((1, 0), (0, 1)), dilation=(1, 2), groups=2),
        (2, 4, 5, 2),
    ),
    3: (Conv((2, 1, 2), 2, stride=(1, 2, 2), padding=((0, 1), 0, (1, 0))), (1, 2, 3, 3, 2)),
}
MAX_POOL: dict[int, tuple[MaxPool, tuple[int, ...]]] = {
    1: (MaxPool((3,), stride=2, padding=((1, 1),), ceil_mode=True), (1, 6, 1)),
    2: (MaxPool((2, 2), stride=(1, 2), padding=((1, 0), (0, 1))), (1, 2, 3, 1)),
    3: (MaxPool((2, 1, 2), stride=1, padding=((0, 1), 0, 0)), (1, 2, 1, 3, 1)),
}
AVG_POOL: dict[int, tuple[AvgPool, tuple[int, ...]]] = {
    1: (AvgPool((3,), stride=2, padding=((1, 1),), ceil_mode=True), (2, 6, 2)),
    2: (AvgPool((2, 3), stride=(1, 2), padding=((1, 0), (0, 1))), (2, 3, 5, 2)),
    3: (AvgPool((2, 1, 2), stride=(1, 2, 2), padding=((0, 1), 0, 0)), (1, 2, 3, 4, 2)),
}


@dataclass(frozen=True)
class Origin:
    """The operation a public function runs, by the name of its generated module."""

    operation: str
    rank: int

    @property
    def module(self) -> str:
        """The generated module; a transposed convolution runs the convolution's gradients."""
        return f"{self.operation.removeprefix('conv_').replace('transpose', 'conv')}{self.rank}d"

    def derivation(self) -> Derivation:
        """The derivation, from the definition, that the code was lowered from (needs SymPy)."""
        from convproof.derive import derive

        return derive(f"{self.operation}{self.rank}d")

    def source(self) -> str:
        """The generated NumPy source that this function runs."""
        return inspect.getsource(importlib.import_module(f"convproof.generated.{self.module}"))

    def certificate(
        self, spec: Spec | None = None, input_shape: Sequence[int] | None = None
    ) -> Certificate:
        """An exact certificate, made now, that the source computes the derivation's expressions.

        Without arguments it is for a small layer with unequal strides, gaps and padding; with a
        layer of this kind and a small channels-last input shape it is for those.

        Raises:
            SpecError: for a layer of another kind, a shape it cannot have, or only one of the two
                arguments.
        """
        table = {"max_pool": MAX_POOL, "avg_pool": AVG_POOL}.get(self.operation, CONV)
        ours, shape = table[self.rank]  # type: ignore[index]  # the tables differ in their specs only
        if (spec is None) != (input_shape is None):
            raise SpecError.of("spec", spec, "given together with input_shape, or neither")
        if spec is not None and input_shape is not None:
            if type(spec) is not type(ours) or spec.rank != self.rank:
                fault = SpecError if isinstance(spec, Spec) else SpecTypeError
                raise fault.of("spec", spec, f"a {type(ours).__name__} of rank {self.rank}")
            batch, space, channels = split_shape(input_shape, self.rank)
            ours = spec
            shape = batch + space + (() if channels is None else (channels,))
            Growth("input_shape", input_shape).expect_room(shape)
        # What certifies functions stands above them: it is looked up when it is asked for.
        certify = importlib.import_module("convproof.certify.function")
        certificate: Certificate = certify.certify_function(self.operation, ours, shape)
        return certificate
