"""A document as one self-contained HTML file: MathML, both colour schemes, nothing fetched."""

from __future__ import annotations

import html as _html
from collections.abc import Iterator
from functools import lru_cache

from convproof.document import model as d
from convproof.document.breaking import pieces
from convproof.document.values import clean
from convproof.errors import MissingExtra

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fdfdfb; --soft: #5b6470;
  --line: #d7dbe0; --box: #f3f4f2; --accent: #0b5cad; --good: #1a7f37; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --paper: #14171a; --soft: #9aa4af;
  --line: #343a41; --box: #1d2126; --accent: #79b8ff; --good: #56d364; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 50rem; padding: 1.5rem 1.1rem 4rem; color: var(--ink);
  background: var(--paper); font: 1.02rem/1.55 Georgia, "Times New Roman", serif; }
h1, h2, h3, th, .number, nav { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; } h2 { margin-top: 2.4rem; font-size: 1.3rem;
  border-bottom: 1px solid var(--line); padding-bottom: .2rem; } h3 { font-size: 1.05rem; }
a { color: var(--accent); overflow-wrap: anywhere; } td a { overflow-wrap: normal; }
code, pre { font: .88em/1.45 ui-monospace, "Cascadia Mono", Menlo, monospace; }
code { overflow-wrap: anywhere; }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; padding: .7rem;
  overflow-x: auto; }
.formula { display: flex; align-items: center; gap: 1rem; overflow: auto hidden; margin: .6rem 0;
  padding: .5rem 0; } math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math",
  "DejaVu Math TeX Gyre", math; }
.formula > div { flex: 1; min-width: 0; overflow: auto hidden; text-align: center;
  line-height: 1.9; }
.side { display: inline-block; max-width: 100%; }
.number { color: var(--soft); white-space: nowrap; }
.beside { color: var(--soft); margin: -.2rem 0 .8rem; padding-left: 1.2rem; overflow: auto hidden; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-size: .93em; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid var(--line); } th { color: var(--soft); font-weight: 600; }
figure { margin: 1rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
@media (max-width: 40rem) { figure svg { max-width: none; }
  .formula { flex-wrap: wrap; justify-content: end; } .formula > div { flex-basis: 100%; } }
figcaption { color: var(--soft); font-size: .9em; }
@media print { body { max-width: none; font-size: 10.5pt; } h2, h3 { break-after: avoid; }
  .formula, figure, tr { break-inside: avoid; } a { color: inherit; text-decoration: none; } }
"""


def html(document: d.Document) -> str:
    """The whole document as a page.

    Raises:
        MissingExtra: if the package that makes MathML of formulas is not installed.
    """
    body = "\n".join(part for block in document.blocks for part in _block(block))
    title = escape(document.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def fragment(document: d.Document) -> str:
    """The document's blocks alone, for a notebook."""
    body = "".join(part for block in document.blocks for part in _block(block))
    return f"<div><h2>{escape(document.title)}</h2>{body}</div>"


def escape(text: str) -> str:
    """Plain text as HTML: no markup, no control characters."""
    return _html.escape(clean(text, keep="\n"))


@lru_cache(maxsize=4096)
def mathml(latex: str, display: bool = False) -> str:
    """LaTeX as MathML; what the converter does not know is an error, never raw LaTeX in a page."""
    try:
        from math_core import LatexToMathML
    except ImportError:
        raise MissingExtra.of("math-core", "report", "HTML with formulas") from None
    converted: str = LatexToMathML().convert_with_local_state(latex, displaystyle=display)
    return converted


def line(parts: d.Line) -> str:
    """One line of text."""
    return "".join(map(_inline, parts))


def _inline(part: d.Inline) -> str:
    match part:
        case d.Math(latex=latex):
            return mathml(latex)
        case d.Strong(text=text):
            return f"<strong>{escape(text)}</strong>"
        case d.Mono(text=text):
            return f"<code>{escape(text)}</code>"
        case d.Link(text=text, to=to):
            return f'<a href="{escape(to).replace(".md", ".html")}">{escape(text)}</a>'
        case str():
            return escape(part)


def _block(block: d.Block) -> Iterator[str]:
    match block:
        case d.Heading(level=level, text=text, anchor=name):
            yield f'<h{level} id="{escape(name or d.anchor(text))}">{escape(text)}</h{level}>'
        case d.Paragraph(line=parts):
            yield f"<p>{line(parts)}</p>"
        case d.Display(latex=latex, equation=equation, beside=beside):
            number = f'<span class="number">({escape(equation)})</span>' if equation else ""
            yield f'<div class="formula"><div>{pieces(mathml(latex, True))}</div>{number}</div>'
            if beside:
                # a condition stays together where it can, and (by a word joiner) with its comma
                each = (f'<span class="side">{pieces(mathml(m), False)}' for m, _ in beside)
                said = "&#8288;,</span> &ensp;".join(each) + "</span>"
                yield f'<p class="beside">where {said}</p>'
        case d.Table(header=header, rows=rows):
            head = "".join(f"<th>{escape(name)}</th>" for name in header)
            body = "".join(
                "<tr>" + "".join(f"<td>{line(cell)}</td>" for cell in row) + "</tr>" for row in rows
            )
            yield (
                f'<div class="table"><table><thead><tr>{head}</tr></thead>'
                f"<tbody>{body}</tbody></table></div>"
            )
        case d.Listing(text=text):
            yield f"<pre><code>{escape(text.rstrip())}</code></pre>"
        case d.Bullets(items=items):
            yield "<ul>" + "".join(f"<li>{line(item)}</li>" for item in items) + "</ul>"
        case d.Picture(svg=svg, alt=alt):
            yield f"<figure>{svg}<figcaption>{escape(alt)}</figcaption></figure>"
        case d.Script(html=text):
            yield text
