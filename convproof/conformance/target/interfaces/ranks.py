"""How many axes a function is of, where its name does not say: by what its text speaks of."""

from __future__ import annotations

import inspect
import re
from typing import Any

from convproof.laws.op import Op

_TOLD = re.compile(r"(?<!\d)[123]_?d(?![a-z])|nd$|_nd(_|$)", re.IGNORECASE)
_SAYS = {
    1: r"\b(1-?d|ncl|nlc|ncw|nwc|nct|ntc|signals?|series|sequences?|seq|time|temporal|length)\b",
    2: r"\b(2-?d|nchw|nhwc|hwc|chw|images?|photographs?|photos?|height|rows?|kh|kw|fh|fw|maps?)\b",
    3: r"\b(3-?d|ncdhw|ndhwc|volumes?|vol|voxels?|depth|videos?|clips?|frames)\b",
}
_SHAPE = re.compile(r"\(\s*(?:n|b|m|bs|batch\w*)\s*,([^()*.]*)\)", re.IGNORECASE)


def told(name: str) -> bool:
    """Whether a name says it: conv1d, MaxPool3D; of avg_pool_nd, planes are as good as any."""
    return _TOLD.search(name) is not None


def likely(name: str, function: Any) -> tuple[int, ...]:
    """The ranks, those first that its text speaks of: in shapes, then in words.

    >>> def total(volume):
    ...     '''x: (N, C, D, H, W)'''
    >>> likely("pool_volume", total)
    (3, 2, 1)
    """
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError, ValueError):
        text = getattr(function, "__doc__", None) or ""
    shapes = [len(found[1].split(",")) - 1 for found in _SHAPE.finditer(text)]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", f"{name} {text}").lower()
    score = {rank: (shapes.count(rank), len(re.findall(_SAYS[rank], words))) for rank in _SAYS}
    return tuple(sorted((2, 1, 3), key=lambda rank: score[rank], reverse=True))


def at(op: str, rank: int) -> str:
    """The op of another number of axes.

    >>> at("max_pool2d_backward", 3)
    'max_pool3d_backward'
    """
    return op.replace(f"{Op.of(op).rank}d", f"{rank}d")
