"""Each law of this family catches the mistake planted for it."""

import pytest

from tests.laws.planting import caught, conv_in

PLANTED = {"definition": conv_in(lambda x, w, *_: (x, w[:, :, ::-1]))}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
