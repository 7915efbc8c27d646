import pytest

from convproof.errors import SpecError
from convproof.laws.op import KINDS, OPS, Op


def test_a_name_and_its_parts_are_one_thing_said_twice():
    assert [str(Op.of(name)) for name in OPS] == list(OPS)
    assert len({Op.of(name) for name in OPS}) == len(OPS) == 2 * 3 * len(KINDS)


def test_a_wrong_name_is_told_the_nearest_right_one():
    with pytest.raises(SpecError, match=r"did you mean 'conv2d'\?"):
        Op.of("conv2D")
