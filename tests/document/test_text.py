"""Formulas in a terminal: within its width, and broken where a reader would break them."""

import pytest

from convproof.document.model import Display, Document
from convproof.document.text import text

LONG = "Z[n, m] = b[m] + Σ_{k=1..K} X'[n, S (i - 1) + D (k - 1) + 1, T (j - 1) + E (l - 1) + 1, c]"


@pytest.mark.parametrize("width", [36, 48, 60, 72])
def test_a_formula_is_broken_between_terms_and_then_between_indices(width):
    lines = text(Document("t", (Display("", LONG),)), width).splitlines()[3:]
    assert " ".join(" ".join(lines).split()) == LONG
    assert max(map(len, lines)) <= width
    assert not any(line.strip()[0] in ",)]}" for line in lines)
    assert not any(line.count("(") != line.count(")") for line in lines)
