"""Receptive fields: what poison reaches, and closed forms."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import convproof as cp
from convproof.networks.fields import closed_forms, receptive_field
from convproof.networks.graph import Graph
from convproof.networks.of_sequential import graph_of
from convproof.networks.poison import dependence
from tests.networks.drawn import EVERY, Shape, drawn, places


@pytest.mark.parametrize("seed", range(40))
def test_what_is_read_is_what_poison_reaches(seed: int) -> None:
    net, shape = drawn(seed, EVERY)
    graph = graph_of(net, shape)
    last, reached = len(graph.nodes) - 1, dependence(net.forward, shape, len(shape) - 1)
    form = closed_forms(graph)[last]
    field = receptive_field(graph, last, form)
    plain = all(getattr(layer, "padding_mode", "zeros") == "zeros" for layer in net.layers)
    for place in places(graph.nodes[last].space):
        seen = reached[(slice(None),) * graph.rank + place]
        np.testing.assert_array_equal(graph.pixels(last, place), seen)
        if form is not None and form.exact and plain:  # the closed form's box holds them all
            box = np.zeros(graph.space, bool)
            box[field.window(place)] = True
            assert not (seen & ~box).any()
            if (np.array(field.size) == [s.stop - s.start for s in field.window(place)]).all():
                inner = field.taps
                if all_inside(graph, last, place):  # no padding on the way: the taps are exact
                    np.testing.assert_array_equal(seen[field.window(place)], inner)


def all_inside(graph: Graph, node: int, place: Shape) -> bool:
    """Whether nothing on the way from `place` is padding."""
    masks = {node: np.zeros(graph.nodes[node].space, bool)}
    masks[node][place] = True
    for number in range(node, 0, -1):
        for edge in graph.nodes[number].edges:
            back = np.zeros(graph.nodes[edge.source].space, bool)
            for spot in map(tuple, np.argwhere(masks[number])):
                rows = [graph.table(edge, a, np.array([p]))[0] for a, p in enumerate(spot)]
                for tap in itertools.product(*rows):
                    if min(tap) == -1:
                        return False
                    if min(tap) >= 0:
                        back[tap] = True
            masks[edge.source] = back
    return True


def test_the_chapters_examples() -> None:
    valid = cp.Sequential([cp.Conv(3, 1)]).init(0, (8, 8, 1))
    found = valid.equivariance_region((2, 1), (8, 8, 1))
    assert found.output_shift == (2, 1)
    assert found.slices == (slice(2, 6), slice(1, 6))  # all that do not see what comes in
    back = valid.equivariance_region((-2, -1), (8, 8, 1))
    assert back.slices == (slice(0, 4), slice(0, 5))
    strided = cp.Sequential([cp.Conv(2, 1, stride=2)]).init(0, (8, 8, 1))
    assert strided.equivariance_region(1, (8, 8, 1)).output_shift is None
    assert not strided.equivariance_region(1, (8, 8, 1)).mask.any()
    assert strided.equivariance_region(2, (8, 8, 1)).mask.sum() == 9
    # a padded max-pool takes minus infinity in, not zero: theory's window 2, padding 1, shift 1
    top = cp.Sequential([cp.MaxPool((2,), stride=1, padding=1)]).init(0, (4, 1))
    mean = cp.Sequential([cp.AvgPool((2,), stride=1, padding=1)]).init(0, (4, 1))
    counts = [
        net.equivariance_region(1, (4, 1), incoming="zeros").mask.sum() for net in (top, mean)
    ]
    assert counts == [2, 3]
    ring = cp.Sequential([cp.Conv(3, 1, padding=1, padding_mode="circular")]).init(0, (6, 6, 1))
    assert ring.equivariance_region((5, -2), (6, 6, 1), incoming="circular").mask.all()
    whole = cp.Sequential([cp.Conv(3, 1), cp.Flatten(), cp.Dense(2)]).init(0, (6, 6, 1))
    assert not whole.equivariance_region(1, (6, 6, 1)).mask.any()
    assert whole.equivariance_region(0, (6, 6, 1)).mask.all()


def test_closed_forms_of_usual_networks() -> None:
    vgg = [layer for width in (8, 16, 32) for layer in
           (cp.Conv(3, width, padding=1), cp.Conv(3, width, padding=1), cp.MaxPool(2))]  # fmt: skip
    field = cp.Sequential(vgg).init(0, (32, 32, 3)).receptive_field()
    assert (field.size, field.stride, field.start) == ((36, 36), (8, 8), (-14, -14))
    dilated = cp.Sequential([cp.Conv((3,), 1, dilation=4)]).init(0, (32, 1)).receptive_field()
    assert dilated.size == (9,)
    assert dilated.taps.tolist() == [True, *[False] * 3] * 2 + [True]
    fine = cp.Sequential([cp.ConvTranspose((4,), 1, stride=2, padding=1)]).init(0, (8, 1))
    assert fine.receptive_field().size == (2,)
    assert str(fine.receptive_field().stride[0]) == "1/2"  # type: ignore[index]  # it has one
    whole = cp.Sequential([cp.Conv(3, 1, stride=3), cp.Flatten(), cp.Dense(2)]).init(0, (8, 8, 1))
    seen = whole.receptive_field()
    assert seen.stride is None
    assert seen.size == (6, 6)  # two rows and columns are read by nobody
