"""An ONNX file is explained as the module that it was written from."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

import convproof as cp
from convproof.networks.poison import dependence
from tests.networks.modules import hold, made, runs, torch


@pytest.mark.parametrize("name", ["residual", "branches", "skips", "gate", "classifier"])
def test_an_onnx_file_is_the_module(name: str, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    module, shape = made(name)
    path = tmp_path / "model.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of itself
        torch.onnx.export(module.float(), torch.zeros(1, *shape), str(path), dynamo=False)
    found, known = cp.explain(path, shape), cp.explain(module, shape)
    one, other = found.rows[-1], known.rows[-1]
    assert one.shape == other.shape
    assert (one.field.size, one.field.stride, one.field.start) == (
        other.field.size, other.field.stride, other.field.start
    )  # fmt: skip
    np.testing.assert_array_equal(one.field.taps, other.field.taps)
    space = shape[1:]
    hold(found.graph, dependence(runs(module.double()), (*space, shape[0]), len(space)))
