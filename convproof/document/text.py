"""A document as plain Unicode lines, no wider than the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from convproof.document import model as d
from convproof.document.values import clean

INDENT = "    "
NO_BREAK = "\u00a0"


def text(document: d.Document, width: int = 80) -> str:
    """The whole document in lines of at most `width` characters, program text excepted."""
    parts = [document.title, "=" * min(len(document.title), width)]
    lines = ["\n".join(parts)]
    for block in document.blocks:
        lines += _block(block, width)
    return "\n\n".join(lines) + "\n"


def line(parts: d.Line) -> str:
    """The words of one line, formulas in Unicode."""
    return "".join(map(_inline, parts))


def _inline(part: d.Inline) -> str:
    if isinstance(part, d.Math):
        return part.plain
    return clean(part if isinstance(part, str) else part.text)


def wrapped(words: str, width: int, first: str = "", rest: str = "") -> str:
    """Words broken between words; what is longer than a line is broken where it must be."""
    return textwrap.fill(
        words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def _formula(words: str, width: int, first: str, rest: str) -> str:
    """A formula broken between its terms, and inside brackets only where it must be."""
    kept = [
        part if len(part) <= width - len(rest) else _tied(part.replace(NO_BREAK, " "), 1)
        for part in _tied(words, 0).split(" ")
    ]
    return wrapped(" ".join(kept), width, first, rest).replace(NO_BREAK, " ")


def _tied(words: str, level: int) -> str:
    """The formula with spaces that do not break where more than `level` brackets are open."""
    depth, kept = 0, ""
    for ch in words:
        depth += (ch in "([{⌊") - (ch in ")]}⌋")
        kept += NO_BREAK if ch == " " and depth > level else ch
    return kept


def _block(block: d.Block, width: int) -> Iterator[str]:
    match block:
        case d.Heading(level=level, text=words):
            yield f"{words}\n{('-' if level == 2 else '.') * min(len(words), width)}"
        case d.Paragraph(line=parts):
            yield wrapped(line(parts), width)
        case d.Display(plain=plain, equation=equation, beside=beside):
            number = f"   ({equation})" if equation else ""
            lines = [_formula(plain + number, width, INDENT, INDENT * 2)]
            said = [one for _, one in beside]
            lines += [wrapped("where " + ", ".join(said), width, INDENT * 2, INDENT * 3)][
                : len(said)
            ]
            yield "\n".join(lines)
        case d.Table(header=header, rows=rows):
            yield _table([list(header), *([line(cell) for cell in row] for row in rows)], width)
        case d.Listing(text=words):
            yield textwrap.indent(clean(words.rstrip(), keep="\n"), INDENT)
        case d.Bullets(items=items):
            yield "\n".join(wrapped(line(item), width, "  - ", INDENT) for item in items)
        case d.Picture(alt=alt):
            yield wrapped(f"[picture: {clean(alt)}]", width)
        case d.Script(instead=instead):
            for one in instead:
                yield from _block(one, width)


def _table(rows: list[list[str]], width: int) -> str:
    """Columns as wide as they need to be; the last one takes what is left."""
    count = len(rows[0])
    wide = [max(len(row[column]) for row in rows) for column in range(count)]
    for column in range(count - 1):
        wide[column] = min(wide[column], max(8, width // count))
    wide[-1] = max(10, min(wide[-1], width - sum(wide[:-1]) - 2 * (count - 1)))
    lines = []
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, wide, strict=True)]
        for part in range(max(map(len, cells))):
            shown = [cell[part] if part < len(cell) else "" for cell in cells]
            pairs = zip(shown, wide, strict=True)
            lines.append("  ".join(one.ljust(size) for one, size in pairs).rstrip())
        if number == 0:
            lines.append("  ".join("-" * size for size in wide))
    return "\n".join(lines)
