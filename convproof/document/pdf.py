"""A document as PDF, through Typst: no TeX installation, the same bytes each time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from convproof.document import model as d
from convproof.document.text import line as plain
from convproof.document.values import clean
from convproof.errors import MissingExtra

PREAMBLE = """
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: 22mm, numbering: "1")
#set text(size: 10.5pt, lang: "en")
#set par(justify: true)
#show raw.where(block: true): block.with(fill: luma(245), inset: 7pt, radius: 3pt, width: 100%)
#show raw: set text(size: 8.5pt)
#show heading.where(level: 1): set text(size: 17pt)
#show heading: set block(above: 1.3em, below: 0.7em)
#let fitted(formula, broken) = layout(page => if measure(formula).width <= page.width { formula }
  else { align(center, par(justify: false, leading: 1em, broken)) })
#let numbered(formula, broken, number) = grid(
  columns: (1fr, auto), align: (center + horizon, right + horizon), fitted(formula, broken), number)
"""


def typst(document: d.Document) -> str:
    """The document in Typst's markup."""
    body = "\n\n".join(part for block in document.blocks for part in _block(block))
    head = PREAMBLE.replace("{title}", _string(document.title))
    return f"{head}\n#heading(level: 1, {_string(document.title)})\n\n{body}\n"


def pdf(document: d.Document) -> bytes:
    """The document's pages.

    Raises:
        MissingExtra: if Typst, or the converter of formulas, is not installed.
    """
    try:
        import typst as compiler
    except ImportError:
        raise MissingExtra.of("typst", "report", "PDF") from None
    with tempfile.TemporaryDirectory() as folder:
        for block in document.blocks:
            if isinstance(block, d.Picture):
                (Path(folder) / Path(block.name).name).write_text(block.svg, encoding="utf-8")
        source = Path(folder) / "document.typ"
        source.write_text(typst(document), encoding="utf-8")
        made: bytes = compiler.compile(str(source), format="pdf", timestamp=0)
    return made


def _string(text: str) -> str:
    """Plain text as a string of Typst, which reads no markup in it."""
    return json.dumps(clean(text), ensure_ascii=False)


@lru_cache(maxsize=4096)
def math(latex: str) -> str:
    """LaTeX as a formula of Typst."""
    try:
        from tylax import latex_to_typst
    except ImportError:
        raise MissingExtra.of("tylax", "report", "PDF with formulas") from None
    converted: str = latex_to_typst(f"$${latex}$$")
    return converted.strip().strip("$").strip()


SHORT, LONG = 28, 60  # letters of a cell that is never broken, and that count for a column's width


def _widths(header: Sequence[str], rows: Sequence[Sequence[d.Line]]) -> Iterator[str]:
    """A column of short cells is as wide as they are; the others share what is left of the page."""
    for column, name in enumerate(header):
        cells = (plain(row[column]) for row in rows)
        longest = max(map(len, (name, *cells)))
        yield "auto" if longest <= SHORT else f"{min(longest, LONG)}fr"


def _line(parts: d.Line) -> str:
    return "".join(map(_inline, parts))


def _inline(part: d.Inline) -> str:
    match part:
        case d.Math(latex=latex):
            return f"${math(latex)}$"
        case d.Strong(text=text):
            return f"#strong({_string(text)})"
        case d.Mono(text=text):
            return f"#raw({_string(text)})"
        case d.Link(text=text):
            return f"#text({_string(text)})"
        case str():
            return f"#text({_string(part)})" if part else ""


def _block(block: d.Block) -> Iterator[str]:
    match block:
        case d.Heading(level=level, text=text):
            yield f"#heading(level: {level}, {_string(text)})"
        case d.Paragraph(line=parts):
            yield _line(parts)
        case d.Display(latex=latex, equation=equation, beside=beside):
            # a formula of its own is never broken; one in a line is, at its relations and signs
            formula, broken = f"$ {math(latex)} $", f"$display({math(latex)})$"
            number = _string(f"({equation})") if equation else '""'
            yield f"#numbered([{formula}], [{broken}], {number})"
            if beside:
                yield (
                    "#pad(left: 1.2em)[where " + ", ".join(f"${math(b)}$" for b, _ in beside) + "]"
                )
        case d.Table(header=header, rows=rows):
            cells = [f"[*#text({_string(name)})*]" for name in header]
            cells += [f"[{_line(cell)}]" for row in rows for cell in row]
            columns = ", ".join(_widths(header, rows))
            rule = "bottom: 0.4pt + luma(200)"
            style = f"stroke: (x: none, top: none, {rule}), align: left, inset: 4pt"
            yield (
                f"#[#set text(size: 9pt)\n#set par(justify: false)\n"
                f"#table(columns: ({columns},), {style}, {', '.join(cells)})]"
            )
        case d.Listing(text=text, language=language):
            body = json.dumps(clean(text.rstrip(), keep="\n"), ensure_ascii=False)
            lang = f", lang: {_string(language)}" if language else ""
            yield f"#raw({body}, block: true{lang})"
        case d.Bullets(items=items):
            yield "\n".join(f"- {_line(item)}" for item in items)
        case d.Picture(alt=alt, name=name):
            said, file = _string(alt), _string(Path(name).name)
            yield f"#figure(image({file}, alt: {said}, width: 85%), caption: {said})"
        case d.Script(instead=instead):
            for one in instead:
                yield from _block(one)
