"""Tables on a page of a PDF."""

import re
import shutil
import subprocess

import pytest

from convproof.document import pdf
from convproof.document.model import Document, Table

pytest.importorskip("typst")
LONG = "translation equivariance of the padded maximum, with strides of two pixels and more " * 2
WIDE = Table(("claim", "said", "why", "instead"), [[("a" * 26,), (LONG,), (LONG,), ("b-" * 17,)]])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
@pytest.mark.parametrize("widths", [pdf._widths, lambda *_: ["auto", "auto", "auto", "1fr"]])
def test_a_wide_table_stays_on_the_page(widths, tmp_path, monkeypatch):
    right = widths is pdf._widths
    monkeypatch.setattr(pdf, "_widths", widths)
    (tmp_path / "t.pdf").write_bytes(pdf.pdf(Document("t", [WIDE])))
    shown = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "t.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    page = float(re.search(r'page width="([\d.]+)"', shown)[1])
    ends = [float(x) for x in re.findall(r'xMax="([\d.]+)"', shown)]
    start = min(float(x) for x in re.findall(r'xMin="([\d.]+)"', shown))
    assert (max(ends) <= page - start + 6) == right  # the margins are equal; an inset is 4 points
