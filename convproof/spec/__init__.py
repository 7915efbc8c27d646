"""What a layer is, without its arrays: integers only, refused when built if no layer can have them.

On each spatial axis one relation ties input position i, output position o and kernel tap k
(all counted from zero):  i = stride*o + dilation*k - pad_lo.  Everything else follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

# Read from here as well: what a spec takes is part of what a spec is.
from convproof.arguments import MAX_RANK as MAX_RANK
from convproof.arguments import Padding as Padding
from convproof.arguments import Pairs as Pairs
from convproof.arguments import PerAxis as PerAxis
from convproof.arguments import as_int as as_int
from convproof.arguments import choice as choice
from convproof.arguments import flag as flag
from convproof.arguments import padding_pairs as padding_pairs
from convproof.arguments import per_axis as per_axis
from convproof.arguments import window_rank as window_rank
from convproof.errors import SpecTypeError
from convproof.spec.axis import Axis as Axis
from convproof.spec.axis import check_channels as check_channels
from convproof.spec.axis import output_space as output_space
from convproof.spec.axis import resolve_axes as resolve_axes
from convproof.spec.axis import split_shape as split_shape
from convproof.spec.conv import Conv as Conv
from convproof.spec.pool import AvgPool as AvgPool
from convproof.spec.pool import MaxPool as MaxPool
from convproof.spec.transposed import ConvTranspose as ConvTranspose
from convproof.spec.words import ACTIVATIONS as ACTIVATIONS
from convproof.spec.words import AMPLE as AMPLE
from convproof.spec.words import PADDING_MODES as PADDING_MODES
from convproof.spec.words import Activation as Activation
from convproof.spec.words import PaddingMode as PaddingMode

Spec: TypeAlias = Conv | MaxPool | AvgPool


def output_shape(spec: Spec | ConvTranspose, input_shape: Sequence[int]) -> tuple[int, ...]:
    """The shape a layer makes of `input_shape`, channels last; equation (10.7), where it is right.

    Args:
        spec: a `Conv`, `ConvTranspose`, `MaxPool` or `AvgPool`.
        input_shape: (space), (space, C) or (N, space, C); the result has the same form.

    Raises:
        SpecError: if no window fits, the border is wider than the image has pixels for, or the
            channels do not suit the layer.

    >>> output_shape(Conv(3, 8, padding="same", stride=2), (1, 7, 8, 3))
    (1, 4, 4, 8)
    """
    if not isinstance(spec, (Conv, ConvTranspose, MaxPool, AvgPool)):
        raise SpecTypeError.of("spec", spec, "a Conv, ConvTranspose, MaxPool or AvgPool")
    return spec.output_shape(input_shape)
