"""Plans that try every schedule: right ones are within their bounds, wrong ones are named."""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from convproof.functions.planning import layer_of
from convproof.functions.selection import candidates
from convproof.generated import avg_pool2d, conv2d, max_pool2d

CONV = cp.Conv(3, 2, padding=1), (1, 6, 7, 2)
LAYERS = [
    CONV,
    (
        cp.Conv((2, 3), 4, stride=2, dilation=2, groups=2, padding_mode="reflect", padding=1),
        (9, 8, 2),
    ),
    (cp.Conv(9, 1), (20, 21)),
    (cp.MaxPool(3, stride=2, padding=1), (2, 7, 6, 2)),
    (cp.AvgPool(3, stride=2, padding=1, count_include_pad=False), (2, 7, 6, 2)),
]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize(("spec", "shape"), LAYERS)
def test_every_schedule_that_suits_is_tried_and_right(spec, shape, dtype) -> None:
    found = cp.plan(spec, shape, dtype, debug=True)
    layer = layer_of(spec, shape, 8 if dtype == "float64" else 4)
    tried = [(one.goal, one.schedule) for one in found.trials]
    goals = [part.goal for part in found.parts]
    assert tried == [(goal, one.name) for goal in goals for one in candidates(layer, goal)]
    assert all(one.seconds > 0 for one in found.trials)
    unjudged = [one for one in found.trials if one.error is None]
    assert all(one.goal != "forward" for one in unjudged)
    assert all(one.schedule.startswith(("winograd", "fft")) for one in unjudged)
    shown = str(found)
    assert all(one.schedule in shown and one.judged in shown for one in found.trials)
    assert cp.plan(spec, shape, dtype).trials == ()


@pytest.mark.parametrize(
    ("module", "function", "wrong", "named"),
    [
        (conv2d, "forward_im2row", lambda y: y * np.float32(1.001), "'im2row': forward"),
        (conv2d, "forward_winograd_2x3", lambda y: y * np.float32(1.01), "'winograd_2x3': forward"),
        (conv2d, "gradient_kernel_whole", lambda y: y + np.float32(1e-3), "'whole': gradient ker"),
        (conv2d, "gradient_x_im2col", lambda y: np.full_like(y, np.nan), "'im2col': gradient x"),
        (max_pool2d, "forward_planes", lambda y: y + 1, "'planes': forward"),
        (max_pool2d, "gradient_x_first", lambda y: y[:, ::-1], "'first': gradient x"),
        (avg_pool2d, "forward_exclude_banded", lambda y: y * np.float32(1.001), "'banded': forw"),
    ],
)
def test_a_wrong_schedule_is_named(module, function, wrong, named, monkeypatch) -> None:
    right = getattr(module, function)
    monkeypatch.setattr(module, function, lambda *given: wrong(right(*given)))
    spec, shape = {conv2d: CONV, max_pool2d: LAYERS[3], avg_pool2d: LAYERS[4]}[module]
    with pytest.raises(cp.ConvproofError, match=f"schedule={named}"):
        cp.plan(spec, shape, debug=True)


def test_a_maximum_that_takes_the_last_of_equal_pixels_is_named(monkeypatch) -> None:
    def last(seen, dy, fine, taps, *rest):
        turned = np.array(seen, order="C")
        for row in turned.reshape(dy.size, -1):
            row[: row.shape[0] - 1 - int(row[::-1].argmax())] = -np.inf
        return right(turned, dy, fine, taps, *rest)

    right = max_pool2d.send
    monkeypatch.setattr(max_pool2d, "send", last)
    with pytest.raises(cp.ConvproofError, match="schedule='first': gradient x"):
        cp.plan(*LAYERS[3], debug=True)


def test_debug_is_yes_or_no() -> None:
    with pytest.raises(cp.SpecError, match=r"^debug="):
        cp.plan(*CONV, debug=1)  # type: ignore[arg-type]  # what a user might give
