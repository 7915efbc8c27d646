"""What a layer does with an input of one shape, as a page to look at."""

from __future__ import annotations

from collections.abc import Sequence

from convproof.errors import SpecTypeError
from convproof.explain.explanation import Explanation
from convproof.explain.layer import explain_layer
from convproof.spec import AvgPool, Conv, MaxPool, Spec

__all__ = ["Explanation", "explain"]


def explain(what: Spec, input_shape: Sequence[int]) -> Explanation:
    """Explain a layer: formulas with its numbers in place, windows, copies, cost, source.

    Args:
        what: a `Conv`, `MaxPool` or `AvgPool`.
        input_shape: channels last, (N, *space, C) or (*space, C).

    Returns:
        An `Explanation`, which shows itself in a notebook and prints as text; `.to_html()`,
        `.to_markdown()`, `.to_latex()` and `.to_pdf()` give its other forms.

    Raises:
        SpecError: for a shape that the layer cannot take, or what is no layer.

    >>> import convproof as cp
    >>> page = cp.explain(cp.Conv((5, 5), 8, stride=2, padding=2), (28, 28, 1))
    >>> "O_H = ⌊(28 + 2 + 2 - 1 (5 - 1) - 1)/2⌋ + 1 = 14" in str(page)
    True
    """
    if not isinstance(what, (Conv, MaxPool, AvgPool)):
        raise SpecTypeError.of("what", what, "a Conv, a MaxPool or an AvgPool")
    return explain_layer(what, input_shape)
