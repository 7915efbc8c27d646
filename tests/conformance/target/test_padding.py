"""Names of padding."""

from __future__ import annotations

import numpy as np

from convproof.conformance.target.padding import has_name, same_pads
from convproof.laws.case import Case


def test_names_of_padding():
    case = Case(
        "conv2d", np.ones((1, 7, 7, 1)), np.ones((3, 3, 1, 1)), None, None,
        stride=(2, 2), padding=((1, 1), (1, 1)), dilation=(1, 1), window=None,
    )  # fmt: skip
    assert same_pads(case) == ((1, 1), (1, 1))
    assert has_name(case)
    bare = case.replace(padding=((0, 0), (0, 0)))
    assert has_name(bare)
    assert not has_name(case.replace(padding=((2, 2), (1, 1))))
