"""An explanation: a document that shows itself in every form."""

from __future__ import annotations

from dataclasses import dataclass

from convproof.document.html import fragment, html
from convproof.document.latex import latex
from convproof.document.markdown import markdown
from convproof.document.model import Document
from convproof.document.pdf import pdf
from convproof.document.shown import Shown
from convproof.document.text import text


@dataclass(frozen=True, repr=False)
class Explanation(Shown):
    """What a layer or a network does with an input of one shape; made by `explain`.

    Printed it is text; in a notebook it shows itself.

    >>> import convproof as cp
    >>> page = cp.explain(cp.MaxPool(2), (4, 4, 1))
    >>> page.to_html().startswith("<!doctype html>"), page.to_markdown()[:2]
    (True, '# ')
    """

    document: Document

    def to_html(self) -> str:
        """One self-contained page, with what can be pointed at."""
        return html(self.document)

    def to_markdown(self) -> str:
        """Markdown, formulas in dollars."""
        return markdown(self.document)

    def to_latex(self) -> str:
        """A paper's own source."""
        return latex(self.document)

    def to_pdf(self) -> bytes:
        """The pages of a PDF."""
        return pdf(self.document)

    def _repr_html_(self) -> str:
        return fragment(self.document)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return text(self.document)
