"""Configs that are planned: reproducible, within a domain, meeting what they are there to meet."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.cases import cover
from convproof.conformance.cases.domain import TABLE, Domain
from tests.conformance.planted import conv2d

ALL = Domain("conv", 2, frozenset({"stride", "dilation", "padding", "groups", "bias"}))


def test_the_factorial_has_every_combination_and_all_fit():
    configs = list(cover.factorial(ALL))
    settings = {(c.taps[0], c.stride[0], c.dilation[0], c.padding[0][0]) for c in configs}
    assert len(settings) == len(configs) == 4 * 4 * 3 * 4
    assert all(min(config.out_space) >= 1 for config in configs)


def test_what_a_target_does_not_take_stays_at_its_default():
    configs = list(cover.factorial(Domain("avg_pool", 1, frozenset())))
    assert {config.stride for config in configs} == {(1,), (2,), (3,), (4,)}
    assert all(config.stride == config.taps for config in configs)
    assert all(config.padding == ((0, 0),) for config in configs)


@pytest.mark.parametrize("place", [(2, 3, 3, 1), (4, 2, 2, 3), (1, 4, 3, 0)])
def test_a_mistake_in_one_combination_of_four_is_found(place):
    def wrong(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = conv2d(x, w, b, stride, padding, dilation, groups)
        here = (w.shape[2], stride[0], dilation[0], padding[0])
        return y + (np.asarray(here) == place).all() if w.shape[2] == w.shape[3] else y

    result = cp.check(cp.Target("wrong", conv2d=wrong), seed=0, fail_fast=True)
    assert not result.ok


@pytest.mark.parametrize("kind", ["conv", "max_pool", "avg_pool"])
def test_every_size_in_the_table_is_met_and_nearly_every_pair(kind):
    domain = Domain.everything(kind, 2)
    configs = list(cover.boundary(domain, 6, 0))
    met = {
        "inputs": {config.inputs for config in configs},
        "batch": {config.batch for config in configs},
        "space": {c.space[0] for c in configs} & {c.space[1] for c in configs},
        "taps": {c.taps[0] for c in configs} & {c.taps[1] for c in configs},
    }
    for name, sizes in met.items():
        assert sizes.issuperset(TABLE[name].at(2)), name
    small = cover.structure(domain, 300, 0)
    assert len({(min(c.stride[0], 4), min(c.taps[1], 4)) for c in small}) == 16
    if kind == "conv":
        assert {
            (s > 1, d > 1, config.groups > 1, max(config.padding[0]) > 0)
            for config in small
            for s, d in zip(config.stride, config.dilation, strict=True)
        } == set(itertools.product((False, True), repeat=4))
