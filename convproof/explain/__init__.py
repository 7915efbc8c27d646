"""What a layer does with an input of one shape, as a page to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from convproof.errors import SpecTypeError
from convproof.explain.explanation import Explanation
from convproof.explain.layer import explain_layer
from convproof.spec import AvgPool, Conv, MaxPool, Spec

if TYPE_CHECKING:
    from convproof.explain.network import NetworkExplanation

__all__ = ["Explanation", "explain"]


@overload
def explain(what: Spec, input_shape: Sequence[int]) -> Explanation: ...


@overload
def explain(
    what: Any, input_shape: Sequence[int] | None = None, *, shift: object = None
) -> NetworkExplanation: ...


def explain(
    what: Any, input_shape: Sequence[int] | None = None, *, shift: object = None
) -> Explanation:
    """Explain a layer: formulas with its numbers in place, windows, copies, cost, source.

    Or a network, layer by layer: shapes, receptive fields, strides, regions of equivariance.

    Args:
        what: a `Conv`, `MaxPool` or `AvgPool`; or a `Sequential`, a PyTorch module, or the path
            of an ONNX file.
        input_shape: channels last, (N, *space, C) or (*space, C); of a module or a file channels
            first, as it takes them.  A `Sequential` with parameters knows its own.
        shift: for networks: of the image, for the regions of equivariance; by default the
            smallest that moves every output by a whole number of positions.

    Returns:
        An `Explanation`, which shows itself in a notebook and prints as text; `.to_html()`,
        `.to_markdown()`, `.to_latex()` and `.to_pdf()` give its other forms.

    Raises:
        SpecError: for a shape that the layer cannot take, what is no layer or network, or an
            operation of a network whose reading pattern is not known.
        MissingExtra: without PyTorch, or onnx, for these.

    >>> import convproof as cp
    >>> page = cp.explain(cp.Conv((5, 5), 8, stride=2, padding=2), (28, 28, 1))
    >>> "O_H = ⌊(28 + 2 + 2 - 1 (5 - 1) - 1)/2⌋ + 1 = 14" in str(page)
    True
    """
    if isinstance(what, (Conv, MaxPool, AvgPool)) and shift is None:
        if input_shape is None:
            raise SpecTypeError.of("input_shape", None, "the shape of an input, channels last")
        return explain_layer(what, input_shape)
    from convproof.explain.network import explain_network

    return explain_network(what, input_shape, shift)
