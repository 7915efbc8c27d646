"""Each law of this family catches the mistake planted for it."""

import pytest

from tests.laws.planting import caught, conv, conv_in

PLANTED = {
    "groups-are-blocks": conv_in(lambda x, w, s, p, d, g: (x if g == 1 else x[:, ::-1], w)),
    "dilation-is-zeros": conv_in(
        lambda x, w, s, p, d, g: (x, w if d == (1, 1) else w[:, :, ::-1, ::-1])
    ),
    "stride-subsamples": conv_in(
        lambda x, w, s, p, d, g: (x, w if s == (1, 1) else w[:, :, ::-1, ::-1])
    ),
    "padding-is-a-border": conv(lambda y, x, w, b, s, p, *_: y if p == (0, 0) else y + 1),
    "channels-add": conv(lambda y, x, *_: y if x.shape[1] == 1 else 2 * y),
}


@pytest.mark.parametrize("law", PLANTED)
def test_the_law_alone_catches_its_mistake(law):
    caught(law, PLANTED[law])
