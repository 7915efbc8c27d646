"""Each law of this family catches the mistake planted for it."""

import numpy as np
import pytest

from convproof.conformance.run.engine import Run
from convproof.conformance.target.target import Target
from tests.laws.planting import CONV, MAX, caught, conv

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


def test_a_real_result_that_was_cut_on_the_way_is_told_by_its_dtype():
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = CONV(x, w, b, stride, padding, dilation, groups)
        return np.trunc(y).astype(float) if x.dtype.kind in "iu" else y

    result = Run(Target("cut", conv2d=conv2d), laws=["integers"], examples=60).execute()
    assert "an image of int64 is convolved in its own dtype" in result.failures[0].diagnosis[0]


@pytest.mark.parametrize("dtype", ["int64", "int32"])
def test_a_border_of_zeros_around_negative_integers_is_caught(dtype):
    def max_pool2d(x, kernel, stride, padding=(0, 0)):
        if x.dtype == dtype:
            x = np.pad(x, ((0, 0), (0, 0), *((p, p) for p in padding)))
            return MAX(x, kernel, stride, (0, 0))
        return MAX(x, kernel, stride, padding)

    result = Run(Target("zeros", max_pool2d=max_pool2d), laws=["integers"], examples=60).execute()
    assert f"negative {dtype} with a border" in result.failures[0].reason
