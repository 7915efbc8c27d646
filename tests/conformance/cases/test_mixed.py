"""Four things at once: what is counted as covered was met, and what cannot be is not counted."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.cases import mixed
from convproof.conformance.cases.domain import Domain
from tests.conformance.planted import conv2d

FEW = Domain("conv", 2, frozenset({"stride", "padding"}), dtypes=("float64",), memory=("plain",))


@pytest.mark.parametrize("kind", ["conv", "max_pool", "avg_pool"])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_nearly_all_that_a_call_can_have_is_met(kind, rank):
    domain = Domain.everything(kind, rank)
    met, there = mixed.share(domain, [classes for classes, _ in mixed.mixed(domain, 500, 0)])
    assert met >= 0.995 * there > 10_000


def test_the_combinations_counted_are_those_of_some_call_by_trying_all():
    rows = [
        (*depths, *shapes, *others)
        for depths in mixed.channels(FEW)
        for shapes in mixed.geometries(FEW)
        for others in itertools.product(*mixed.free(FEW))
    ]
    there = np.flatnonzero(mixed.feasible(mixed.blocks_of(FEW)))
    assert np.array_equal(np.unique(mixed.combinations(rows)), there)


def test_a_call_has_the_classes_it_is_counted_for():
    names = tuple(mixed.FACTORS)
    for classes, configs in mixed.mixed(Domain.everything("conv", 2), 200, 1):
        named, config = dict(zip(names, classes, strict=True)), configs[-1]
        axis, size = config.axes[0], config.space[0]
        room = size + axis.pad_lo + axis.pad_hi - axis.extent
        assert named["leftover"] == (room % axis.stride > 0)
        assert named["image"] == (size == axis.extent) + 2 * (size < axis.extent)
        assert named["groups"] == (
            0 if config.groups == 1 else 1 if config.inputs > 1 or config.groups == 2
            else 2 if config.outputs == 1 else 3
        )  # fmt: skip
        assert len(configs) == 1 + (named["history"] > 0)
        if named["history"] == 2:
            assert configs[0].but(batch=config.batch, seed=config.seed) == config


PLANTED = {
    "depthwise, 16 channels, stride 2, padding 1": lambda x, w, s, p, g: (
        g == x.shape[1] and g % 8 == 0 and s == (2, 2) and p == (1, 1)
    ),
    "channels inside, a batch, channels, padding": lambda x, w, s, p, g: (
        x.strides[1] == x.itemsize and x.shape[1] > 1 and len(x) > 1 and p[0] > 0
    ),
    "rows left over, with groups": lambda x, w, s, p, g: (
        g > 1 and (x.shape[2] + 2 * p[0] - w.shape[2]) % s[0] and len(x) > 1
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_mistake_that_needs_four_things_is_found(what):
    def wrong(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = conv2d(x, w, b, stride, padding, dilation, groups)
        return y + 1 if PLANTED[what](x, w, tuple(stride), tuple(padding), groups) else y

    target = cp.Target("wrong", conv2d=wrong)
    assert not cp.check(target, laws=["definition", "memory-layout"]).ok
