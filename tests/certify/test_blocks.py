"""A module that is wrong beyond its first blocks only is refused by the certificate."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import replace

import pytest

from convproof.certify import blocks, pools
from convproof.functions import border, conv, correlation, pooling
from convproof.functions.arrays import Form
from convproof.functions.planning import GOALS, layer_of
from convproof.schedules.registry import REGISTRY
from convproof.spec import MaxPool

# Of a generated module: a function, a text of it, and what it becomes.
PLANTED = {
    "rows of the third block on": (
        "conv1d", "forward_im2row", "-P_W + S_W*rows_start",
        "-P_W + S_W*(rows_start - rows_start//3)",
    ),
    "tiles of the third block on": (
        "conv1d", "forward_winograd_2x3", "2*rows_start", "(2*rows_start - rows_start//3)",
    ),
    "the second column of tiles": (
        "conv2d", "forward_winograd_4x3", "(4, 4),\n            (rows_size",
        "(4, 4 - (O_W > 4)),\n            (rows_size",
    ),
    "a kernel's gradient, third block": (
        "conv2d", "gradient_kernel_im2row", "return part", "return part * (1 + rows_start//3)",
    ),
    "a mean's gradient, fourth row": (
        "avg_pool1d", "gradient_x_exclude_banded", "dy[images, rows]",
        "dy[images, rows] * (1 + rows_start//3)",
    ),
    "a maximum's rows, fourth block": (
        "max_pool2d", "forward_banded", "S_H*rows_start", "S_H*(rows_start - rows_start//3)",
    ),
    "a maximum's gradient of the second image": (
        "max_pool1d", "gradient_x_argmax", "dy[images", "(1 + images.start//2) * dy[images",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def anew():
    """What calls keep of their functions is forgotten before and after."""
    for plan in (conv.plan, pooling.plan):
        plan.clear()
    yield
    for plan in (conv.plan, pooling.plan):
        plan.clear()


def plant(monkeypatch, module: str, function: str, old: str, new: str) -> None:
    generated = importlib.import_module(f"convproof.generated.{module}")
    text = inspect.getsource(getattr(generated, function))
    assert old in text, text
    scope = dict(vars(generated))
    exec(text.replace(old, new), scope)
    monkeypatch.setattr(generated, function, scope[function])


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_wrong_in_later_blocks_only_is_refused(name, monkeypatch) -> None:
    module = PLANTED[name][0]
    plant(monkeypatch, *PLANTED[name])
    verdict, _ = blocks.in_blocks(module[:-2], int(module[-2]))
    assert verdict.refuted
    assert f"{module}(schedule=" in verdict.reason


def test_another_mode_on_one_side_of_one_axis_is_refused(monkeypatch) -> None:
    def mistaken(x, window):
        if window.mode == "replicate" and len(window.pads) > 1 and window.pads[1][0]:
            window = replace(window, mode="reflect")
        return right(x, window)

    right = border.bordered
    monkeypatch.setattr(correlation, "bordered", mistaken)
    assert blocks.in_modes(2)[0].refuted
    monkeypatch.undo()
    assert blocks.in_modes(2)[0].holds


def test_a_form_that_is_left_on_another_axis_is_refused(monkeypatch) -> None:
    def left(self, array, dtype):
        turned = replace(self, channelled=True) if not self.batched else self
        found = right(turned, array, dtype)
        return found if turned is self else found.swapaxes(0, 1).copy()

    right = Form.leave
    monkeypatch.setattr(Form, "leave", left)
    assert blocks.in_modes(2)[0].refuted


def test_winners_of_large_images_are_compared(monkeypatch) -> None:
    plant(monkeypatch, "max_pool1d", "winner", "S_W*rows_start", "S_W*(rows_start - rows_start//9)")
    found = pools.many(MaxPool((2,)))
    assert found is not None
    assert "return_indices" in found.reason


@pytest.mark.parametrize("operation", ["conv", "max_pool", "avg_pool"])
def test_every_schedule_is_run_in_several_blocks(operation) -> None:
    """Each is named by the verdict; where it has blocks, single rows are among them."""
    verdict, compared = blocks.in_blocks(operation, 1)
    assert verdict.holds
    assert compared > 1000
    goals = GOALS["conv" if operation == "conv" else "pool"]
    ours = [one for one in REGISTRY.values() if operation in one.ops]
    forced = [one for one in ours if set(one.goals) & set(goals)]
    assert all(one.name in verdict.reason for one in forced)
    for spec, shape in blocks.layers(operation, 2):
        layer = layer_of(spec, shape)
        assert layer.window.out[0] > 3
        asked = {code.name for code, one in blocks.codes(spec, shape) if "block" in one.extra}
        assert any("block=1'" in name for name in asked)
