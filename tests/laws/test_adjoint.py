"""Each law of this family catches the mistake planted for it."""

import pytest

from tests.laws.planting import MAX, MAXB, back, caught

PLANTED = {
    "adjoint-x": back(lambda dx, dw, db, x, w, dy: (2 * dx, dw, db)),
    "adjoint-kernel": back(lambda dx, dw, db, x, w, dy: (dx, 2 * dw, db)),
    "adjoint-bias": back(lambda dx, dw, db, x, w, dy: (dx, dw, dy.mean(axis=(0, 2, 3)))),
    "adjoint-max": {
        "max_pool2d": MAX,
        "max_pool2d_backward": lambda x, grad_y, kernel, stride=None, padding=(0, 0): (
            2 * MAXB(x, grad_y, kernel, stride, padding)
        ),
    },
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
