"""Expressions in the words of Coq."""

import pytest
import sympy as sp

from convproof.errors import DerivationError
from convproof.prove.coq.text import entry, integer, proposition


def test_what_has_no_form_in_coq_is_refused() -> None:
    x, y = sp.symbols("x y", integer=True)
    for wrong in (sp.floor(x / y), sp.sin(x)):
        with pytest.raises(DerivationError):
            integer(wrong)
    with pytest.raises(DerivationError):
        proposition(sp.Symbol("p"))
    with pytest.raises(DerivationError):
        entry(sp.IndexedBase("T")[x], {"X": "X"})
