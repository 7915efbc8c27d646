"""Every picture is drawn from what it shows, well-formed, and says in words what it shows."""

from __future__ import annotations

import importlib
import pkgutil
from xml.etree import ElementTree

import pytest

import convproof.figures
from convproof.cli import main
from convproof.errors import SpecError
from convproof.figures import FIGURES, draw


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_picture(name: str) -> None:
    picture = ElementTree.fromstring(draw(name))
    assert picture.tag.endswith("svg")
    assert picture.get("aria-label")
    width, height = (float(picture.get(side) or 0) for side in ("width", "height"))
    for part in picture.iter():
        if part.tag.endswith("rect"):
            assert 0 <= float(part.get("x") or 0) <= width - float(part.get("width") or 0)
            assert 0 <= float(part.get("y") or 0) <= height - float(part.get("height") or 0)
    assert len(FIGURES[name].alt) > 40
    fresh = FIGURES[name].draw.__wrapped__  # what is drawn is kept
    assert fresh() == draw(name)


def test_every_file_adds_a_picture() -> None:
    files = {module.name for module in pkgutil.iter_modules(convproof.figures.__path__)} - {
        "registry"
    }
    drawn = {figure.draw.__module__.rpartition(".")[2] for figure in FIGURES.values()}
    assert drawn == files
    for name in files:
        importlib.import_module(f"convproof.figures.{name}")


def test_the_command(tmp_path, capsys) -> None:
    path = tmp_path / "s.svg"
    assert main(["figure", "stride", "-o", str(path)]) == 0
    assert path.read_text().strip() == draw("stride")
    assert capsys.readouterr().out == f"stride in {path}\n"
    assert main(["figure"]) == 0
    assert "equivariance-region" in capsys.readouterr().out
    assert main(["figure", "stroke"]) == 2
    assert "name='stroke': allowed is one of" in capsys.readouterr().err


def test_the_window_moves_with_the_stride() -> None:
    frames = [
        p for p in ElementTree.fromstring(draw("stride")).iter() if p.get("stroke-width") == "2"
    ]
    xs = [float(frame.get("x") or 0) for frame in frames[:2]]
    assert xs[1] - xs[0] == 2 * 18


def test_a_wrong_name() -> None:
    with pytest.raises(SpecError, match="name='none'"):
        draw("none")
