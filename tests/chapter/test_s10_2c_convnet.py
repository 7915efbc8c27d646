"""The ConvNet of Problem 10.2.2: with a planted bug it is not judged as expected."""

from __future__ import annotations

import numpy as np

from convproof.chapter import s10_2c_convnet
from tests.chapter.judged import judged


def test_features_of_another_law_are_found(monkeypatch):
    """With |x| in place of x^2 the label is another function, and T has another law."""
    monkeypatch.setattr(s10_2c_convnet, "_pooled_squares", lambda x: np.stack([
        np.abs(x[..., : x.shape[-1] // 2]).mean(axis=-1),
        np.abs(x[..., x.shape[-1] // 2 :]).mean(axis=-1),
    ], axis=-1))  # fmt: skip
    assert judged("problem-10.2.2").verdict.refuted


def test_too_few_and_too_many_samples_are_found(monkeypatch):
    for other in (71, 73):
        monkeypatch.setattr(s10_2c_convnet, "_ENOUGH", other)
        assert judged("problem-10.2.2").verdict.refuted
