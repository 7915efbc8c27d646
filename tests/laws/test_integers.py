"""Each law of this family catches the mistake planted for it."""

import pytest

from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from tests.laws.planting import CONV, caught, conv

PLANTED = {"integers": conv(lambda y, x, *_: y + 1 if x.dtype.kind == "i" else y)}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])


def bytes_or(cut):
    """A convolution whose sums stay in the image's integers where `cut(x, w)` says so."""

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        return y.astype(x.dtype) if cut(x, w) else y

    return Run(Target("bytes", conv2d=conv2d), laws=["integers"], examples=60).execute()


def test_sums_of_bytes_that_wrap_are_noted():
    result = bytes_or(lambda x, w: x.dtype.kind in "iu" and w.dtype.kind in "iu")
    assert result.ok, str(result)
    assert "uint8 input: y differs" in " ".join(map(str, result.limits))


def test_an_integer_image_under_a_real_kernel_is_not_cut():
    result = bytes_or(lambda x, w: x.dtype.kind in "iu")
    assert not result.ok
    assert "the result of an integer image and a real kernel is cut" in str(result)
