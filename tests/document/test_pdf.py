"""Tables and formulas on a page of a PDF."""

import re
import shutil
import subprocess

import pytest

from convproof.document import pdf
from convproof.document.model import Display, Document, Table

pytest.importorskip("typst")
LONG = "translation equivariance of the padded maximum, with strides of two pixels and more " * 2
WIDE = Table(("claim", "said", "why", "instead"), [[("a" * 26,), (LONG,), (LONG,), ("b-" * 17,)]])


TERMS = " + ".join(rf"X_{{{n},1}}\,\mathrm{{d}}Z_{{{n},1}}" for n in range(12))
SUM = Display(rf"\mathrm{{d}}K = {TERMS}", "a long sum")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext on this machine"
)


def overhang(block, folder) -> float:
    """How far the document's widest line reaches into the margin on the right, in points."""
    (folder / "t.pdf").write_bytes(pdf.pdf(Document("t", [block])))
    shown = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "t.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    page = float(re.search(r'page width="([\d.]+)"', shown)[1])
    ends = [float(x) for x in re.findall(r'xMax="([\d.]+)"', shown)]
    return max(ends) - (page - 72 * 22 / 25.4)


@needs_poppler
@pytest.mark.parametrize("widths", [pdf._widths, lambda *_: ["auto", "auto", "auto", "1fr"]])
def test_a_wide_table_stays_on_the_page(widths, tmp_path, monkeypatch):
    right = widths is pdf._widths
    monkeypatch.setattr(pdf, "_widths", widths)
    assert (overhang(WIDE, tmp_path) <= 2) == right


@needs_poppler
@pytest.mark.parametrize("broken", [True, False])
def test_a_long_formula_is_broken_to_the_page(broken, tmp_path, monkeypatch):
    if not broken:
        monkeypatch.setattr(pdf, "PREAMBLE", pdf.PREAMBLE.replace("<= page.width", "> 0pt"))
    assert (overhang(SUM, tmp_path) <= 2) == broken
