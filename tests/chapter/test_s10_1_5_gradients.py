"""A max-pool that takes the last maximum is not judged as expected."""

from __future__ import annotations

from convproof.chapter import s10_1_5_gradients
from tests.chapter.judged import judged


def test_a_max_pool_that_takes_the_last_maximum_is_found(monkeypatch):
    reference = s10_1_5_gradients.reference
    right = reference.max_pool_backward

    def last(dy, x, axes):
        return right(dy[:, ::-1], x[:, ::-1], axes)[:, ::-1]

    monkeypatch.setattr(reference, "max_pool_backward", last)
    assert not judged("max-pool-gradient").verdict.holds
