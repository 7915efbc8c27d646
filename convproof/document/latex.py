"""A document as LaTeX: a paper's own source, every formula broken to the page."""

from __future__ import annotations

from collections.abc import Iterator

from convproof.document import model as d
from convproof.document.values import clean

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper,margin=25mm]{geometry}
\usepackage{amsmath,amssymb,breqn}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage[hidelinks]{hyperref}
\allowdisplaybreaks
"""
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}",
    "≤": r"$\leq$", "≥": r"$\geq$", "\u00d7": r"$\times$",
}  # fmt: skip
_SECTIONS = {1: "section", 2: "section*", 3: "subsection*", 4: "paragraph*"}


def latex(document: d.Document) -> str:
    """The whole document, ready to be compiled."""
    body = "\n\n".join(part for block in document.blocks for part in _block(block))
    return (
        f"{PREAMBLE}\\title{{{escape(document.title)}}}\n\\date{{}}\n"
        f"\\begin{{document}}\n\\maketitle\n\n{body}\n\n\\end{{document}}\n"
    )


def escape(text: str) -> str:
    """Plain text for LaTeX."""
    return "".join(_SPECIAL.get(ch, ch) for ch in clean(text))


def _line(parts: d.Line) -> str:
    return "".join(map(_inline, parts))


def _inline(part: d.Inline) -> str:
    match part:
        case d.Math(latex=text):
            return f"${text}$"
        case d.Strong(text=text):
            return rf"\textbf{{{escape(text)}}}"
        case d.Mono(text=text):
            return rf"\texttt{{{escape(text)}}}"
        case d.Link(text=text):
            return escape(text)
        case str():
            return escape(part)


def _block(block: d.Block) -> Iterator[str]:
    match block:
        case d.Heading(level=level, text=text):
            yield rf"\{_SECTIONS.get(level, 'paragraph*')}{{{escape(text)}}}"
        case d.Paragraph(line=parts):
            yield _line(parts)
        case d.Display(latex=text, equation=equation, beside=beside):
            number = rf"[number={{{equation}}}]" if equation else ""
            name = "dmath" if equation else "dmath*"
            yield f"\\begin{{{name}}}{number}\n{text}\n\\end{{{name}}}"
            if beside:
                yield "where " + ", ".join(f"${one}$" for one, _ in beside) + "."
        case d.Table(header=header, rows=rows):
            width = f"{0.92 / len(header):.3f}"
            columns = rf"p{{{width}\linewidth}}" * len(header)
            lines = [" & ".join(map(escape, header)) + r" \\ \hline"]
            lines += [" & ".join(map(_line, row)) + r" \\" for row in rows]
            yield "\\begin{tabular}{" + columns + "}\n" + "\n".join(lines) + "\n\\end{tabular}"
        case d.Listing(text=text):
            safe = clean(text.rstrip(), keep="\n").replace(r"\end{verbatim}", r"\end {verbatim}")
            yield f"\\begin{{verbatim}}\n{safe}\n\\end{{verbatim}}"
        case d.Bullets(items=items):
            lines = [rf"\item {_line(item)}" for item in items]
            yield "\\begin{itemize}\n" + "\n".join(lines) + "\n\\end{itemize}"
        case d.Picture(alt=alt):
            yield rf"\emph{{{escape(alt)}}}"
        case d.Script(instead=instead):
            for one in instead:
                yield from _block(one)
