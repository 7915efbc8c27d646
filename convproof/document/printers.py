"""The forms a document can take, by the names that commands know."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from convproof.document.html import html
from convproof.document.latex import latex
from convproof.document.markdown import markdown
from convproof.document.model import Document
from convproof.document.pdf import pdf
from convproof.document.text import text


def _terminal(document: Document) -> str:
    return text(document, width=min(shutil.get_terminal_size().columns, 100))


PRINTERS: dict[str, Callable[[Document], str | bytes]] = {
    "text": _terminal,
    "latex": latex,
    "markdown": markdown,
    "html": html,
    "pdf": pdf,
}
