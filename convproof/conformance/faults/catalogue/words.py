"""The mistakes' words are those of images with rows and columns; other ranks have their own."""

from __future__ import annotations

_LINE = (  # longer phrases first: the shorter are parts of them
    ("a fast path for 1x1 kernels", "a fast path for kernels of size 1"),
    ("last kernel row", "last kernel tap"),
    ("last row of the window", "last tap of the window"),
    ("the kernel's rows", "the kernel's taps"),
    ("loop over rows", "loop over positions"),
    ("leftover rows", "leftover positions"),
    ("last row", "last position"),
    ("(H+2P-K)", "(W+2P-K)"),
    ("(H + 2P - K)", "(W + 2P - K)"),
    ("a division by N H W", "a division by N W"),
    ("a division by H W", "a division by W"),
    ("K * K is due", "K is due"),
)
_SOLID = (
    ("a fast path for 1x1 kernels", "a fast path for 1x1x1 kernels"),
    ("last kernel row", "last kernel slice along the depth"),
    ("last row", "last slice along the depth"),
    ("the kernel's rows", "the kernel's depth"),
    ("loop over rows", "loop over the depth"),
    ("leftover rows", "leftover slices or rows"),
    ("H and W ", "D, H and W "),
    ("(H+2P-K)", "(D+2P-K)"),
    ("(H + 2P - K)", "(D + 2P - K)"),
)


def worded(text: str, rank: int) -> str:
    """A mistake's name or a hint in the words of one, two or three spatial axes.

    >>> worded("last row left at zero", 1)
    'last position left at zero'
    """
    for old, new in {1: _LINE, 3: _SOLID}.get(rank, ()):
        text = text.replace(old, new)
    return text
