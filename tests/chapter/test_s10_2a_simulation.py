"""A layer of other weights is not judged the convolution's twin."""

from __future__ import annotations

from convproof.chapter import s10_2a_simulation
from tests.chapter.judged import judged


def test_a_wrong_matrix_is_found(monkeypatch):
    right = s10_2a_simulation.as_matrix
    monkeypatch.setattr(s10_2a_simulation, "as_matrix", lambda *a: 2 * right(*a))
    assert not judged("fc-simulates-conv").verdict.holds
