"""A document as Markdown, with the formulas in dollars as code hosts render them."""

from __future__ import annotations

from collections.abc import Iterator

from convproof.document import model as d
from convproof.document.values import clean, code, escaped


def markdown(document: d.Document) -> str:
    """The whole document."""
    parts = [f"# {escaped(document.title)}"]
    for block in document.blocks:
        parts += _block(block)
    return "\n\n".join(parts) + "\n"


def line(parts: d.Line) -> str:
    """One line of text."""
    return "".join(map(_inline, parts))


def _inline(part: d.Inline) -> str:
    match part:
        case d.Math(latex=latex):
            return f"${latex}$"
        case d.Strong(text=text):
            return f"**{escaped(text)}**"
        case d.Mono(text=text):
            return code(text)
        case d.Link(text=text, to=to):
            return f"[{escaped(text)}]({to})"
        case str():
            return _spaced(part)


def _spaced(text: str) -> str:
    """Escaped, with the blanks at its ends, which join it to its neighbours."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return left + escaped(text) + right


def _block(block: d.Block) -> Iterator[str]:
    match block:
        case d.Heading(level=level, text=text):
            yield f"{'#' * level} {escaped(text)}"
        case d.Paragraph(line=parts):
            yield line(parts)
        case d.Display(latex=latex, equation=equation, beside=beside):
            tag = rf" \tag{{{equation}}}" if equation else ""
            yield f"$${latex}{tag}$$"
            if beside:
                yield "where " + ", ".join(f"${one}$" for one, _ in beside)
        case d.Table(header=header, rows=rows):
            lines = ["| " + " | ".join(map(escaped, header)) + " |", "|---" * len(header) + "|"]
            lines += ["| " + " | ".join(map(line, row)) + " |" for row in rows]
            yield "\n".join(lines)
        case d.Listing(text=text, language=language):
            fence = "```"
            while fence in text:
                fence += "`"
            yield f"{fence}{language}\n{clean(text.rstrip(), keep=chr(10))}\n{fence}"
        case d.Bullets(items=items):
            yield "\n".join(f"- {line(item)}" for item in items)
        case d.Picture(alt=alt, name=name):
            yield f"![{escaped(alt)}]({name})"
        case d.Script(instead=instead):
            for one in instead:
                yield from _block(one)
