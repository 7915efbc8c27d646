"""Functions of a file's own objects are told from those that fail on arrays."""

from __future__ import annotations

import pytest

import convproof as cp
from convproof.errors import TargetError
from tests.conformance.planted import file_with

ENGINE = """
import numpy as np

class Var:
    def __init__(self, value):
        self.value = np.asarray(value)

def conv1d(x, w):
    a, k = x.value, w.value
    windows = np.lib.stride_tricks.sliding_window_view(a, k.shape[2], axis=2)
    return Var(np.einsum("ncik,mck->nmi", windows, k))
"""


def test_what_is_no_function_of_arrays_is_not_accused(tmp_path):
    path = file_with(tmp_path, text=ENGINE)
    with pytest.raises(TargetError, match="conv1d takes objects of Var where arrays are given"):
        cp.check(str(path), examples=5)


def test_an_attribute_that_nothing_in_the_file_has_is_a_mistake(tmp_path):
    path = file_with(tmp_path, text=ENGINE.replace(".value, w", ".numbers, w"), name="wrong.py")
    result = cp.check(str(path), examples=5)
    assert result.failures[0].law == "returns-an-answer"
