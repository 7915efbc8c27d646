"""Padding said by a word: what "same" may stand for, rule by rule, and "valid"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Pair = tuple[int, int]


def _halves(total: int, upper: bool) -> Pair:
    """In two halves, what is odd at the end or at the start."""
    small = max(total, 0) // 2
    large = max(total, 0) - small
    return (small, large) if upper else (large, small)


def _strided(size: int, extent: int, stride: int) -> int:
    """As much as a window needs to begin at every stride on the image."""
    return range(0, size, stride)[-1] + extent - size


# rule -> of (pixels, extent of the window, stride): the padding of an axis
RULES: Mapping[str, Callable[[int, int, int], Pair]] = {
    "by stride": lambda n, e, s: _halves(_strided(n, e, s), True),
    "by stride, odd first": lambda n, e, s: _halves(_strided(n, e, s), False),
    "by window": lambda n, e, s: _halves(e - 1, True),
    "by window, odd first": lambda n, e, s: _halves(e - 1, False),
    "valid": lambda n, e, s: (0, 0),
}
# what each is in words: released libraries have them
ABOUT: Mapping[str, str] = {
    "by stride": "as little as gives an output every stride, what is odd at the end (TensorFlow)",
    "by stride, odd first": "as little as gives an output every stride, what is odd at the start "
    "(ONNX's SAME_LOWER)",
    "by window": "one less than the window's extent whatever the stride, what is odd at the end",
    "by window, odd first": "one less than the window's extent whatever the stride, what is odd "
    "at the start",
}
USUAL = "by stride"


def word(rule: str) -> str:
    """The word that is said.

    >>> word("by stride"), word("valid")
    ('same', 'valid')
    """
    return "valid" if rule == "valid" else "same"


def pads(
    rule: str, space: Sequence[int], extents: Sequence[int], stride: Sequence[int]
) -> tuple[Pair, ...]:
    """The padding of every axis.

    >>> pads("by stride", (8,), (3,), (2,)), pads("by window", (8,), (3,), (2,))
    (((0, 1),), ((1, 1),))
    """
    return tuple(RULES[rule](n, e, s) for n, e, s in zip(space, extents, stride, strict=True))
