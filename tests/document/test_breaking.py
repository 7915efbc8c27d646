"""A formula is cut between its terms and factors, and nothing of it is lost."""

from xml.etree import ElementTree

import pytest

from convproof.document.breaking import pieces
from convproof.document.html import mathml

pytest.importorskip("math_core")


def cut(latex):
    """The text of each piece."""
    whole = ElementTree.fromstring(f"<div>{pieces(mathml(latex, True)).replace('<wbr>', '')}</div>")
    return ["".join(math.itertext()).strip() for math in whole.iter("math")]


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        ("a", ["a"]),
        ("-a", ["\N{MINUS SIGN}a"]),
        ("a = b + c", ["a", "=b", "+c"]),
        ("a = -b", ["a", "=\N{MINUS SIGN}b"]),
        ("a (b + c) = d", ["a(b+c)", "=d"]),
        (r"a \leq \left\lfloor \frac{b+c}{d} \right\rfloor + 1", ["a", "≤⌊b+cd⌋", "+1"]),
        (r"a = b \iff c", ["a", "=b", "⟺c"]),
        (r"\sum_{i=1}^{n} K_i X_i", ["∑i=1nKi", "Xi"]),
        (r"K_i \mathrm{d} Z_i", ["Ki", "dZi"]),
        (r"X_{i+j=k}", ["Xi+j=k"]),
    ],
)
def test_it_is_cut_where_a_printer_would(latex, wanted):
    assert cut(latex) == wanted


def test_what_an_arrow_joins_stays_together():
    sides = pieces(mathml(r"a = b \iff c = d", True)).split('<span class="side">')[1:]
    assert [side.count("<math") for side in sides] == [2, 2]


def test_a_sign_that_begins_a_piece_keeps_its_space():
    assert pieces(mathml("a + b", True)).count('form="infix"') == 1
    assert "infix" not in pieces(mathml("-a", True))


def test_what_html_has_a_name_for_is_a_letter_of_the_formula() -> None:
    shown = pieces("<math><mi>a</mi><mo>&lt;</mo><mi>&alpha;&nbsp;</mi></math>")
    assert "<mi>\N{GREEK SMALL LETTER ALPHA}\N{NO-BREAK SPACE}</mi>" in shown
    assert "&lt;" in shown
