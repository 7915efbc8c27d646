"""The pictures that there are: every function of this folder's files marked `@figure`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from convproof.errors import SpecError

Draw = Callable[[], str]


@dataclass(frozen=True)
class Figure:
    """A picture: its name, what it shows in words, and how it is drawn (as SVG)."""

    name: str
    alt: str
    draw: Draw


_FOUND: dict[str, Figure] = {}


def figure(alt: str) -> Callable[[Draw], Draw]:
    """Register a function that draws; its name, with dashes, is the picture's.

    A page and the folder of pictures show the same one: it is drawn once.
    """

    def keep(function: Draw) -> Draw:
        name = function.__name__.replace("_", "-")
        _FOUND[name] = Figure(name, alt, cache(function))
        return function

    return keep


def _all() -> Mapping[str, Figure]:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        importlib.import_module(f"convproof.figures.{module.name}")
    return dict(sorted(_FOUND.items()))


class _Figures(Mapping[str, Figure]):
    """All pictures by name; their files are imported when first asked for."""

    def __getitem__(self, name: str) -> Figure:
        return _all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_all())

    def __len__(self) -> int:
        return len(_all())


FIGURES: Mapping[str, Figure] = _Figures()


def draw(name: str) -> str:
    """The SVG of a picture.

    Raises:
        SpecError: for a name that is none.

    >>> draw("stride").startswith("<svg")
    True
    """
    if name not in FIGURES:
        raise SpecError.one_of("name", name, FIGURES)
    return FIGURES[name].draw()
