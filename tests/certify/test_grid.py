"""The grids: every combination on small images, and a planted change in a module is found."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from convproof.certify.grid import certify_grid
from convproof.functions import pooling
from convproof.generated import max_pool1d
from convproof.lower import runtime


@pytest.mark.parametrize(
    ("operation", "least"),
    [
        ("conv1d", 60), ("conv2d", 50), ("conv3d", 20), ("max_pool1d", 40), ("max_pool2d", 2),
        ("avg_pool1d", 40), ("avg_pool2d", 20), ("avg_pool3d", 10),
    ],
)  # fmt: skip
def test_the_committed_modules_are_certified(operation: str, least: int) -> None:
    grid = certify_grid(operation)
    grid.verdict.require()
    assert grid.shapes >= least
    assert grid.compared > grid.shapes


@pytest.fixture(autouse=True)
def unplanned() -> Iterator[None]:
    """Calls like those before keep the functions that they found: here some are exchanged."""
    pooling.plan.clear()
    yield
    pooling.plan.clear()


def test_a_changed_module_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(offset: int, stride: int, coarse: int, fine: int) -> tuple[slice, slice]:
        o, i = original(offset, stride, coarse, fine)
        return (
            slice(o.start, max(o.start, o.stop - 1)),
            slice(i.start, max(i.start, i.stop - stride), i.step),
        )

    original = runtime.span
    monkeypatch.setattr(runtime, "span", shifted)
    runtime.few_spans.cache_clear()
    try:
        verdict = certify_grid("conv1d").verdict
    finally:
        runtime.few_spans.cache_clear()
    assert not verdict.holds
    assert verdict.witness


def test_a_changed_winner_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    duels = max_pool1d.duels

    def last(source: np.ndarray, *sizes: object, **more: object) -> object:
        # Later pixels are a little larger: of equal ones the last maximum wins.
        return duels(source + 1e-3 * np.arange(source.shape[1])[:, np.newaxis], *sizes, **more)

    monkeypatch.setattr(max_pool1d, "duels", last)
    assert not certify_grid("max_pool1d").verdict.holds


def test_winners_by_taps_in_the_wrong_order_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    # The program goes from the last tap to the first, so that the first maximum is marked last.
    monkeypatch.setattr(max_pool1d, "reversed", iter, raising=False)
    verdict = certify_grid("max_pool1d").verdict
    assert verdict.refuted
    assert "return_indices=True" in verdict.reason


def test_winners_that_are_numbered_otherwise_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    found, sent = max_pool1d.winner, max_pool1d.gradient_x_by_winner

    def shifted(*given: object) -> np.ndarray:
        return found(*given) + 1

    def shifted_back(dy: np.ndarray, winner: np.ndarray, *given: object) -> np.ndarray:
        return sent(dy, winner - 1, *given)

    # The gradient is right, for the two agree: what they agree on is not what is promised.
    monkeypatch.setattr(max_pool1d, "winner", shifted)
    monkeypatch.setattr(max_pool1d, "gradient_x_by_winner", shifted_back)
    verdict = certify_grid("max_pool1d").verdict
    assert verdict.refuted
    assert "winners" in verdict.reason
