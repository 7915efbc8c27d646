"""Every general derivation of the package, by name: those that hold for all sizes at once.

The derivation of one layer is one of these with numbers put in, so its formulas hold as theirs do;
one without a bias is that with the bias zero, for the theorems are about every bias.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import get_args

from convproof.derive import NAMES, derive
from convproof.derive.layers import general
from convproof.derive.padding import Mode
from convproof.derive.step import Derivation
from convproof.spec import AvgPool, Conv, MaxPool, Spec

RANKS = (1, 2, 3)


def name_of(spec: Spec) -> str:
    """The general derivation that a layer's derivation is an instance of.

    >>> name_of(Conv((3, 3), padding_mode="circular"))
    'conv2d_circular'
    >>> name_of(AvgPool(2, ceil_mode=True, count_include_pad=False))
    'avg_pool2d_ceil_pixels'
    """
    if isinstance(spec, Conv):
        words = [f"conv{spec.rank}d"]
        words += [spec.padding_mode] if spec.padding_mode != "zeros" else []
        return "_".join(words)
    words = [f"{'max' if isinstance(spec, MaxPool) else 'avg'}_pool{spec.rank}d"]
    words += ["ceil"] if spec.ceil_mode else []
    if isinstance(spec, AvgPool) and not spec.count_include_pad:
        words.append("pixels")
    return "_".join(words)


def _layers() -> list[Spec]:
    """A layer of every kind that has a derivation of its own."""
    found: list[Spec] = []
    for rank in RANKS:
        ones = (1,) * rank
        for mode in ("zeros", *get_args(Mode)):
            found.append(Conv(ones, padding_mode=mode))
        for ceil in (False, True):
            found.append(MaxPool(ones, ceil_mode=ceil))
            found += [
                AvgPool(ones, ceil_mode=ceil, count_include_pad=count) for count in (True, False)
            ]
    return found


def derivations() -> dict[str, Callable[[], Derivation]]:
    """How to get each general derivation, by the name of its Coq file."""
    named: dict[str, Callable[[], Derivation]] = {name: partial(derive, name) for name in NAMES}
    return {**named, **{name_of(spec): partial(general, spec) for spec in _layers()}}
