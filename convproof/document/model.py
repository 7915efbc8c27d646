"""A document as data: what every page of the report is before it is Markdown, HTML or PDF.

Text from outside is plain text here; each printer escapes it for its own form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Math:
    """A formula within a line: LaTeX, and one line of Unicode for terminals."""

    latex: str
    plain: str


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Mono:
    """Words of a program, as they are typed."""

    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an anchor (`#name`) or to another page of the report."""

    text: str
    to: str


Inline: TypeAlias = str | Math | Strong | Mono | Link
Line: TypeAlias = Sequence[Inline]


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is the document's own."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Words."""

    line: Line


@dataclass(frozen=True)
class Display:
    """A formula of its own, with the chapter's equation number and conditions beside it."""

    latex: str
    plain: str
    equation: str = ""
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell is a line."""

    header: Sequence[str]
    rows: Sequence[Sequence[Line]]


@dataclass(frozen=True)
class Listing:
    """Source text or terminal output."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list; each item a line."""

    items: Sequence[Line]


@dataclass(frozen=True)
class Picture:
    """An SVG with the words that stand for it where it is not seen; `name` is its file's."""

    svg: str
    alt: str
    name: str


@dataclass(frozen=True)
class Script:
    """An interactive part of an HTML page, with the blocks that stand for it elsewhere."""

    html: str
    instead: Sequence[Block]


Block: TypeAlias = Heading | Paragraph | Display | Table | Listing | Bullets | Picture | Script


@dataclass(frozen=True)
class Document:
    """A titled sequence of blocks."""

    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)


def words(*parts: Inline) -> Paragraph:
    """A paragraph of these parts."""
    return Paragraph(parts)


def bullets(items: Iterable[Line | str]) -> Bullets:
    """A list of lines."""
    return Bullets([(item,) if isinstance(item, str) else item for item in items])


def anchor(name: str) -> str:
    """The anchor that Markdown renderers give to a heading of this name.

    >>> anchor("eq-10.11-corrected")
    'eq-1011-corrected'
    """
    kept = "".join(ch for ch in name.lower() if ch.isalnum() or ch in "-_ ")
    return kept.strip().replace(" ", "-")
