"""A transposed convolution runs what is lowered from a convolution: the formulas are one."""

import pytest
import sympy as sp

from convproof.derive import derive
from convproof.derive.symbols import DZ, B, X, c, g, m


@pytest.mark.parametrize("rank", [1, 2])
def test_its_formulas_are_those_that_the_code_is_lowered_from(rank: int) -> None:
    """Its forward is the convolution's gradient for x, and its gradient for x the forward.

    So what is generated for those two is lowered from its own derivation, word for word; sizes,
    output padding among them, are numbers that the code is given.
    """
    conv, own = derive(f"conv{rank}d"), derive(f"conv_transpose{rank}d")
    ahead = own.goals["forward"]
    back = conv.goals["gradient x"]
    assert ahead.free == back.free
    assert ahead.result == back.result.xreplace({DZ: X}) + B[g, c]
    back, ahead = own.goals["gradient x"], conv.goals["forward"]
    assert back.free == ahead.free
    without = (ahead.result - B[g, m]).xreplace({X: DZ})
    assert isinstance(without, sp.Sum)
    assert back.result.function == without.function
    assert set(back.result.limits) == set(without.limits)
