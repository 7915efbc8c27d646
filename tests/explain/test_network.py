"""A network explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import convproof as cp
from convproof.networks.survey import read


def test_without_parameters_a_shape_is_asked_for() -> None:
    net = cp.Sequential([cp.Conv(3, 1)])
    with pytest.raises(cp.SpecError, match="no parameters yet"):
        net.receptive_field()
    assert net.equivariance_region(1, (6, 6, 1)).mask.sum() == 9
    assert cp.explain(net, (6, 6, 1)).rows[-1].shape == (4, 4, 1)
    assert cp.explain(net, (2, 6, 6, 1)).rows[-1].shape == (4, 4, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda net: net.equivariance_region(1.5, (6, 6, 1)), "shift=1.5"),
        (lambda net: net.equivariance_region((1, 2, 3), (6, 6, 1)), "shift="),
        (lambda net: net.equivariance_region(1, (2, 2, 1)), "Conv cannot take"),
        (lambda net: net.equivariance_region(1, (6, 6, 1), incoming="ones"), "incoming='ones'"),
        (lambda net: cp.explain(7, (6, 6, 1)), "what=7"),
        (lambda net: cp.explain("nowhere.onnx", (1, 6, 6)), "nowhere.onnx.*exists"),
        (lambda net: cp.explain(cp.Sequential([cp.Dense(3)]), (6,)), "features have no positions"),
    ],
)
def test_refusals(call: Any, message: str) -> None:
    with pytest.raises(cp.SpecError, match=message):
        call(cp.Sequential([cp.Conv(3, 1)]))


def test_an_explanation_shows_itself() -> None:
    net = cp.Sequential(
        [cp.Conv(3, 4, dilation=2), "relu", cp.MaxPool(2), cp.Flatten(), cp.Dense(2)]
    )
    found = cp.explain(net.init(0, (12, 12, 1)))
    assert found.shift == (2, 2)
    assert found.parameters == sum(p.size for p in net.init(0, (12, 12, 1)).parameters.values())
    assert "5 x 5 (9 read)" in str(found)
    markdown = found.to_markdown().splitlines()
    assert len([line for line in markdown if line.startswith("|")]) == len(found.rows) + 2
    assert read(net, (12, 12, 1))[2].nodes[1].products == 8 * 8 * 9 * 4


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    path = tmp_path / "bad.onnx"
    path.write_bytes(b"\x00\x01 no model")
    with pytest.raises(cp.SpecError, match="an ONNX file"):
        cp.explain(path, (1, 6, 6))
