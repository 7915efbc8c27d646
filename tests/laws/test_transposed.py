"""Each law of this family catches the mistake planted for it."""

import pytest

from tests.laws import plain_right as right
from tests.laws.planting import CONV, caught, turned


def turned_back(x, w, b, grad_y, stride=(1, 1), padding=(0, 0)):
    """The gradient of the image by the kernel turned round."""
    more = (stride, padding)
    _, dw, db = right.conv_transpose2d_backward(x, w, b, grad_y, *more)
    return right.conv_transpose2d_backward(x, w[:, :, ::-1], b, grad_y, *more)[0], dw, db


PLANTED = {
    "transposes-convolution": turned(lambda y, *_: y[:, :, ::-1].copy()),
    "sizes-both-ways": turned(lambda y, *_: y[:, :, :-1]),
    "inserts-zeros": turned(lambda y, x, w, s: y * (1 + (max(s) > 1))),
    "gradient-is-convolution": {"conv2d": CONV, "conv_transpose2d_backward": turned_back},
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
