"""Small layers as one product: each fault in that gradient is refused by certificates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.generated import conv1d
from convproof.lower.runtime import spread

RIGHT = conv1d.gradient_x_dgrad_whole


def wrong(dz: Any, kernel: Any, *numbers: Any, how: str) -> Any:
    """The input's gradient by `dgrad_whole`, with one thing wrong."""
    (stride,), (dilation,), (pad,), space = numbers
    rotated = (kernel if how == "not turned" else kernel[::-1]).transpose(0, 3, 2, 1)
    if how == "channels turned":
        rotated = np.ascontiguousarray(rotated[..., ::-1])
    wide = spread(dz, (dz.shape[1],), (min(stride, 2) if how == "stride 3 as 2" else stride,))
    low = dilation * (len(kernel) - 1) - (min(pad, 1) if how == "padding 2 as 1" else pad)
    gaps = 1 if how == "no gaps" else dilation
    return conv1d.forward_whole(wide, rotated, (1,), (gaps,), (low,), space)


LAYERS = {
    "": cp.Conv((3,), 2, stride=3, padding=2, dilation=2),
    "not turned": cp.Conv((2,), 1),
    "channels turned": cp.Conv((2,), 1),
    "stride 3 as 2": cp.Conv((2,), 1, stride=3),
    "padding 2 as 1": cp.Conv((3,), 1, padding=2),
    "no gaps": cp.Conv((2,), 1, dilation=2),
}


@pytest.mark.parametrize("how", LAYERS)
def test_each_fault_of_the_gradient_as_one_product_is_refused(how: str, monkeypatch) -> None:
    def planted(*args: Any) -> Any:
        return wrong(*args, how=how)

    monkeypatch.setattr(conv1d, "gradient_x_dgrad_whole", planted)
    found = cp.certify(LAYERS[how], (7, 2)).verdict
    assert found.holds is (how == "")
    assert how == "" or "gradient x" in found.reason
