"""What was measured is of this version, and the measuring still says the same."""

from __future__ import annotations

import importlib.metadata

import pytest

from convproof import __version__
from convproof.errors import SpecError
from convproof.study import optimisers, separation, study
from convproof.study.engine import Cell, Options
from convproof.study.learners import LEARNERS
from convproof.study.measurements import COMMANDS, FOLDER, command, is_there, made, measurement


def test_every_file_is_a_measurement_of_this_version():
    names = {path.stem for path in FOLDER.glob("*.json")}
    assert names <= set(COMMANDS)
    for name in names:
        stale = f"{name} is stale; run: {command(name)}"
        assert measurement(name)["convproof"] == __version__, stale
        assert "python" in made(name)
    with pytest.raises(SpecError, match="what was measured"):
        measurement("weather")
    assert not is_there("weather")


def test_the_separation_is_of_these_learners_and_settings():
    data, stale = measurement("separation"), f"run: {command('separation')}"
    assert {row["learner"] for row in data["rows"]} == set(LEARNERS), stale
    now = study("separation", Options()).settings
    for name in ("error", "seed", "tested", "full", "quick"):
        assert data["settings"][name] == now[name], stale
    for row in data["rows"]:
        assert row["bound"] == separation.floor(row["symmetry"], row["d"], data["error"], 0.5)


@pytest.mark.skipif(not is_there("optimisers"), reason="not measured")
@pytest.mark.parametrize("name", ["adam", "muon", "torch.optim.SGD"])
def test_the_optimisers_are_those_that_are_installed_and_judged_as_written(name):
    data, stale = measurement("optimisers"), f"run: {command('optimisers')}"
    kept = {row["name"]: row for row in data["rows"]}
    for package in ("torch", "optax"):
        try:
            here = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{package} is not installed")
        if data["made"].get(package) != here:
            pytest.skip(f"measured with another {package}")
    assert list(kept) == optimisers.names(), stale
    again = optimisers.evaluate(Cell(name, 0, 10, 0))
    for group in ("sign", "permutation", "orthogonal"):
        assert again[group]["status"] == kept[name][group]["status"], stale
