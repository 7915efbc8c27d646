"""A wrong region of equivariance is not judged as expected."""

from __future__ import annotations

from convproof.chapter import s10_1_4_pooling
from tests.chapter.judged import judged


def test_a_wrong_region_is_found(monkeypatch):
    right = s10_1_4_pooling._moved
    monkeypatch.setattr(s10_1_4_pooling, "_moved", lambda x, by: right(x, by + 1))
    assert not judged("translation-equivariance-corrected").verdict.holds
