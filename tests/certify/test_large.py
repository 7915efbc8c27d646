"""Large images and calls made again: what is wrong beyond a threshold only is refused."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.certify.large import large
from convproof.functions import verified
from convproof.functions.correlation import Correlation, Transposed


@pytest.mark.parametrize("rank", [1, 2])
def test_large_images_have_what_slices_have(rank: int) -> None:
    assert large(rank).holds


def beyond(function, least: int):
    """The function's results doubled where they are large."""

    def wrong(self, *arrays):
        found = function(self, *arrays)
        return 2 * found if found.size > least else found

    return wrong


@pytest.mark.parametrize("name", ["forward", "gradient_x", "gradient_kernel"])
def test_what_is_doubled_on_large_arrays_is_refused(name: str, monkeypatch) -> None:
    least = 2 if name == "gradient_kernel" else 2**15
    monkeypatch.setattr(Correlation, name, beyond(getattr(Correlation, name), least))
    assert large(1).refuted


def test_a_quarter_more_is_refused(monkeypatch) -> None:
    right = Correlation.forward
    monkeypatch.setattr(Correlation, "forward", lambda self, *arrays: right(self, *arrays) + 0.25)
    assert large(1).refuted


def test_a_large_transposed_one_is_looked_at_too(monkeypatch) -> None:
    monkeypatch.setattr(Transposed, "forward", beyond(Transposed.forward, 2**15))
    assert "the transposed conv1d()" in large(1).reason


def test_what_is_wrong_in_a_call_made_again_is_refused(monkeypatch) -> None:
    right = verified.silently

    def wrong(go, arrays):
        found = right(go, arrays)
        return -found if isinstance(found, np.ndarray) else found

    monkeypatch.setattr(verified, "silently", wrong)
    assert large(1).refuted


def test_a_call_taken_for_one_with_other_keywords_is_refused(monkeypatch) -> None:
    right = verified.look
    monkeypatch.setattr(verified, "look", lambda args, kwargs: right(args, {**kwargs, "stride": 1}))
    assert "stride=2" in large(1).reason
