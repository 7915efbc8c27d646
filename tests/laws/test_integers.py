"""Each law of this family catches the mistake planted for it."""

import pytest

from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from tests.laws.planting import CONV, caught, conv

PLANTED = {"integers": conv(lambda y, x, *_: y + 1 if x.dtype.kind == "i" else y)}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


def test_sums_of_bytes_that_wrap_are_noted():
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        return y.astype(x.dtype) if x.dtype.kind in "iu" else y

    result = Run(Target("bytes", conv2d=conv2d), laws=["integers"], examples=60).execute()
    assert result.ok, str(result)
    said = " ".join(map(str, result.limits))
    assert "uint8 input: y differs" in said
    assert "an integer image and a real kernel: y differs" in said
