"""The corpus of wrong and right implementations, which is in the sources and not in the wheel."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from convproof.errors import ConvproofError

WHERE = Path("property_tests", "corpus")


class Entry(Protocol):
    """What a checker sees of an entry: functions to judge, made afresh, and who wrote what."""

    @property
    def name(self) -> str:
        """Its own among all entries."""
        ...

    @property
    def ops(self) -> tuple[str, ...]:
        """The operations judged."""
        ...

    @property
    def family(self) -> str:
        """What kind of mistake, or mechanism, it is."""
        ...

    @property
    def kind(self) -> str:
        """Whether it is right, and if not how hard to find."""
        ...

    @property
    def right(self) -> bool:
        """Whether it is no mistake."""
        ...

    @property
    def conventions(self) -> Mapping[str, Any]:
        """Lawful choices that it declares."""
        ...

    def build(self) -> dict[str, Callable[..., Any]]:
        """Its functions by operation, with fresh state."""
        ...


class Corpus(Protocol):
    """The corpus as a module."""

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, wrong ones first."""
        ...

    def right_function(self, op: str) -> Callable[..., Any]:
        """A right function for an operation."""
        ...

    def right_line(self, entry: Entry, law: str, line: str) -> bool:
        """Whether a first line says what is wrong with an entry."""
        ...


def load(*folders: Path) -> Corpus:
    """The corpus of the checkout that this package lies in, or that one stands in.

    Raises:
        ConvproofError: where there is no checkout.
    """
    for folder in folders or (Path(__file__).parents[2], Path.cwd()):
        if (folder / WHERE / "__init__.py").is_file():
            if str(folder) not in sys.path:
                sys.path.append(str(folder))
            return cast(Corpus, importlib.import_module(".".join(WHERE.parts)))
    raise ConvproofError(
        f"the corpus ({WHERE.as_posix()}) is not part of the installed package: get the sources "
        "(a clone, or the source archive unpacked) and run the command in their folder"
    )
