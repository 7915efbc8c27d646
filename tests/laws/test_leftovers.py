"""Each law of this family catches the mistake planted for it."""

import pytest

from tests.laws.planting import back, caught, conv

PLANTED = {
    "leftovers-unseen": conv(lambda y, x, *_: y + x[:, :1, -1:, -1:]),
    "leftovers-no-gradient": back(lambda dx, dw, db, x, w, dy: (dx + 1, dw, db)),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
