"""A few thousand random calls; `python -m tests.functions.fuzz` makes a hundred thousand."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from tests.functions.fuzz import WrongResult, fuzz

CALLS = 2500


def test_random_calls_end_as_they_should() -> None:
    endings = fuzz(CALLS, seed=1)
    assert sum(endings.values()) == CALLS
    for ending in ("right result", "SpecError", "TypeError"):
        assert endings[ending] > CALLS // 20, endings


def test_the_fuzzer_sees_a_wrong_result(monkeypatch: pytest.MonkeyPatch) -> None:
    right = cp.max_pool1d_backward

    def wrong(*args: object, **keywords: object) -> np.ndarray:
        return right(*args, **keywords)[::-1]

    monkeypatch.setattr(cp, "max_pool1d_backward", wrong)
    with pytest.raises(WrongResult):
        fuzz(500, seed=2)


def test_the_fuzzer_sees_a_wrong_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*args: object, **keywords: object) -> np.ndarray:
        raise IndexError("planted")

    monkeypatch.setattr(cp, "avg_pool2d", wrong)
    with pytest.raises(IndexError, match="planted"):
        fuzz(500, seed=2)
