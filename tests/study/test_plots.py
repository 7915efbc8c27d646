"""Plots of a study."""

from __future__ import annotations

import pytest

from convproof.errors import SpecError
from convproof.study import study
from convproof.study.engine import Options
from tests.study.options import all_of


def test_plots_are_one_call():
    pytest.importorskip("matplotlib")
    from convproof.study import plots

    report = all_of(study("separation", Options(quick=True, learner="convnet")))
    drawn = plots.figure(report.data).axes[0]
    labels = drawn.get_legend_handles_labels()[1]
    assert labels == ["at least: rotation-equivariant", "at least: permutations",
                      "enough: ConvNet, worst threshold", "convnet"]  # fmt: skip
    assert len(plots.samples().axes[0].lines) == 3  # the bounds alone
    pair = plots.trajectories("adam").axes
    assert len(pair[0].lines) == 2
    assert pair[1].lines[0].get_ydata().max() > 1e-3
    assert plots.trajectories("sgd").axes[1].lines[0].get_ydata().max() < 1e-12
    with pytest.raises(SpecError, match="group='affine'"):
        plots.trajectories("sgd", group="affine")
