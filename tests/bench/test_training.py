"""The training step's benchmark: the same network on both sides, and what it refuses."""

from __future__ import annotations

import pytest

from convproof.bench import Options, training
from convproof.bench.timing import Timing
from convproof.errors import SpecError
from convproof.networks.sequential import Sequential

NAME = "training-step-32x28x28"


def test_the_row_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch")
    monkeypatch.setattr(training, "SECONDS", 0.01)
    options = Options(only=("training-step-32x28x28",))
    kept: list[object] = []
    outcome = training.measure(options, kept.append)
    (timing,) = outcome.timings
    assert set(timing.seconds) == {"convproof", "torch"}
    assert kept == [outcome]
    assert "training-step-32x28x28" in outcome.text()


def test_a_time_is_that_of_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    ten = Timing(NAME, 1, {"convproof": 1.0}, {"convproof": (0.5, 2.0)})
    monkeypatch.setattr(training, "time_in_turn", lambda *_: ten)
    (timing,) = training.measure(Options(only=(NAME,), against=()), lambda outcome: None).timings
    assert timing.seconds == {"convproof": 0.1}
    assert timing.spread == {"convproof": (0.05, 0.2)}


def test_both_sides_have_as_many_parameters() -> None:
    torch = pytest.importorskip("torch")
    step = training.torch_step(2)
    found = {cell.cell_contents for cell in step.__closure__ or () if callable(cell.cell_contents)}
    (net,) = (one for one in found if isinstance(one, torch.nn.Module))
    mine = Sequential(training.LAYERS).init(0, training.SHAPE).parameters
    assert sum(p.numel() for p in net.parameters()) == sum(p.size for p in mine.values())


def test_what_it_refuses() -> None:
    with pytest.raises(SpecError, match="only='nothing'"):
        training.measure(Options(only=("nothing",)), lambda outcome: None)
    with pytest.raises(SpecError, match="against='jax'"):
        training.measure(Options(against=("jax",)), lambda outcome: None)
