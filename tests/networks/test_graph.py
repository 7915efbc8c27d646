"""Receptive fields and regions of equivariance: closed form, poison, and shifted images agree."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks import region
from convproof.networks.fields import closed_forms, receptive_field
from convproof.networks.graph import Graph
from convproof.networks.of_sequential import graph_of
from convproof.networks.poison import dependence
from convproof.networks.region import regions
from convproof.networks.survey import read

Shape = tuple[int, ...]


def drawn(seed: int, kinds: tuple[str, ...]) -> tuple[cp.Sequential, Shape]:
    """A network of up to four layers of these kinds, and its input's shape."""
    rng = np.random.default_rng(seed)
    while True:
        rank, layers = int(rng.integers(1, 3)), list[Any]()

        def per(low: int, high: int, rank: int = rank) -> Shape:
            return tuple(int(v) for v in rng.integers(low, high + 1, rank))

        for kind in rng.choice(kinds, int(rng.integers(1, 5))):
            low, high = per(0, 2), per(0, 2)
            pads = tuple(zip(low, high, strict=True))
            steps: dict[str, Any] = {"stride": per(1, 2)}
            ends: dict[str, Any] = {**steps, "padding": 1, "ceil_mode": bool(rng.integers(2))}
            if kind in ("zeros", "circular", "reflect", "replicate"):
                more = {"padding_mode": kind, "bias": bool(rng.integers(2)), "padding": pads}
                layers.append(cp.Conv(per(1, 3), 2, dilation=per(1, 2), **steps, **more))
            elif kind == "transposed":
                thin = per(0, 1)
                layers.append(
                    cp.ConvTranspose(per(1, 3), 2, dilation=per(1, 2), padding=thin, **steps)
                )
            elif kind == "max":
                layers.append(cp.MaxPool(per(2, 3), **ends))
            elif kind == "mean":
                include = bool(rng.integers(2))
                layers.append(cp.AvgPool(per(2, 3), count_include_pad=include, **ends))
            else:
                layers.append(kind)
        shape = (*per(5, 9), 1)
        try:
            net = cp.Sequential(layers).init(0, shape, dtype="float64")
        except cp.SpecError:
            continue
        values = {n: rng.standard_normal(p.shape) for n, p in net.parameters.items()}
        return net.with_parameters(values), shape


EVERY = ("zeros", "zeros", "circular", "reflect", "replicate", "transposed", "max", "mean", "tanh")


def places(space: Shape) -> Any:
    return itertools.product(*(range(size) for size in space))


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


def shifted(x: Any, shift: Shape, incoming: str, rng: Any) -> Any:
    """The image moved, and what comes in."""
    moved = np.roll(x, shift, axis=tuple(range(1, x.ndim - 1)))
    if incoming == "circular":
        return moved
    fill = 0.0 if incoming == "zeros" else 7 * rng.standard_normal(moved.shape)
    came = np.zeros(moved.shape, bool)
    for axis, by in enumerate(shift, 1):
        spot = np.arange(moved.shape[axis]) - by
        gone = (spot < 0) | (spot >= moved.shape[axis])
        came[(slice(None),) * axis + (gone,)] = True
    return np.where(came, fill, moved)


def equal_outputs(net: cp.Sequential, shape: Shape, found: Any, incoming: str, seed: int) -> Any:
    """The outputs that were the shifted ones on ten images."""
    rng = np.random.default_rng(seed)
    same = np.ones(found.mask.shape, bool)
    for _ in range(10):
        x = rng.standard_normal((1, *shape)) * rng.choice([1.0, 5.0])
        moved = shifted(x, found.shift, incoming, rng)
        y, z = (a.reshape(*found.mask.shape, -1) for a in (net.forward(x), net.forward(moved)))
        for place in places(found.mask.shape):
            back = [p - s for p, s in zip(place, found.output_shift, strict=True)]
            if incoming == "circular":
                back = [b % n for b, n in zip(back, found.mask.shape, strict=True)]
            there = all(0 <= b < n for b, n in zip(back, found.mask.shape, strict=True))
            same[place] &= there and np.allclose(z[place], y[tuple(back)], rtol=1e-9, atol=1e-9)
    return same


@pytest.mark.parametrize("incoming", ["anything", "zeros", "circular"])
@pytest.mark.parametrize("seed", range(25))
def test_the_region_claims_nothing_false(seed: int, incoming: str) -> None:
    net, shape = drawn(seed, EVERY)
    shift = tuple(int(s) for s in np.random.default_rng(seed).integers(-3, 4, len(shape) - 1))
    found = regions(graph_of(net, shape), shift, incoming)[-1]
    if found.output_shift is not None:
        same = equal_outputs(net, shape, found, incoming, seed)
        assert not (found.mask & ~same).any()


@pytest.mark.parametrize("seed", range(40))
def test_the_region_is_all_of_it(seed: int) -> None:
    """Without maxima, which may come from where both images agree, it is exact."""
    incoming = "anything"
    kinds = ("zeros", "zeros", "circular", "reflect", "replicate", "transposed", "tanh")
    net, shape = drawn(seed, kinds)
    shift = tuple(int(s) for s in np.random.default_rng(seed).integers(-2, 3, len(shape) - 1))
    found = regions(graph_of(net, shape), shift, incoming)[-1]
    if found.output_shift is not None:
        same = equal_outputs(net, shape, found, incoming, seed)
        np.testing.assert_array_equal(found.mask, same)


def test_a_wrong_region_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above fails if what is lost at the edge is forgotten."""
    right = region.Runs.by_taps
    monkeypatch.setattr(region.Runs, "by_taps", lambda self: right(self) | self.exists)
    net = cp.Sequential([cp.Conv(3, 1, padding=1)]).init(0, (6, 6, 1), dtype="float64")
    found = net.equivariance_region(1, (6, 6, 1))
    same = equal_outputs(net, (6, 6, 1), found, "anything", 0)
    assert (found.mask & ~same).any()


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


def test_without_parameters_a_shape_is_asked_for() -> None:
    net = cp.Sequential([cp.Conv(3, 1)])
    with pytest.raises(cp.SpecError, match="no parameters yet"):
        net.receptive_field()
    assert net.equivariance_region(1, (6, 6, 1)).mask.sum() == 9
    assert cp.explain(net, (6, 6, 1)).rows[-1].shape == (4, 4, 1)
    assert cp.explain(net, (2, 6, 6, 1)).rows[-1].shape == (4, 4, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda net: net.equivariance_region(1.5, (6, 6, 1)), "shift=1.5"),
        (lambda net: net.equivariance_region((1, 2, 3), (6, 6, 1)), "shift="),
        (lambda net: net.equivariance_region(1, (2, 2, 1)), "Conv cannot take"),
        (lambda net: net.equivariance_region(1, (6, 6, 1), incoming="ones"), "incoming='ones'"),
        (lambda net: cp.explain(7, (6, 6, 1)), "what=7"),
        (lambda net: cp.explain("nowhere.onnx", (1, 6, 6)), "nowhere.onnx.*exists"),
        (lambda net: cp.explain(cp.Sequential([cp.Dense(3)]), (6,)), "features have no positions"),
    ],
)
def test_refusals(call: Any, message: str) -> None:
    with pytest.raises(cp.SpecError, match=message):
        call(cp.Sequential([cp.Conv(3, 1)]))


def test_an_explanation_shows_itself() -> None:
    net = cp.Sequential(
        [cp.Conv(3, 4, dilation=2), "relu", cp.MaxPool(2), cp.Flatten(), cp.Dense(2)]
    )
    found = cp.explain(net.init(0, (12, 12, 1)))
    assert found.shift == (2, 2)
    assert found.parameters == sum(p.size for p in net.init(0, (12, 12, 1)).parameters.values())
    assert "5 x 5 (9 read)" in str(found)
    markdown = found.to_markdown().splitlines()
    assert len([line for line in markdown if line.startswith("|")]) == len(found.rows) + 2
    assert read(net, (12, 12, 1))[2].nodes[1].products == 8 * 8 * 9 * 4


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    path = tmp_path / "bad.onnx"
    path.write_bytes(b"\x00\x01 no model")
    with pytest.raises(cp.SpecError, match="an ONNX file"):
        cp.explain(path, (1, 6, 6))
