"""Blocks of tiles: equal parts, enough for each thread, and no more memory than they may take."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import pytest

import convproof as cp
from convproof.functions.planning import layer_of, workspace
from convproof.functions.selection import run_of
from convproof.schedules import REGISTRY
from convproof.schedules.winograd import FEWEST, equal


def test_parts_are_as_equal_as_can_be() -> None:
    for size, most in product(range(1, 20), range(1, 8)):
        part = equal(size, most)
        assert part <= most
        assert -(-size // part) == -(-size // most)  # as few
        assert (size - 1) // part * part + most > size - part  # the last one is no rest


@pytest.mark.parametrize("sizes", [(1, 28, 128), (1, 14, 256), (1, 56, 64), (8, 28, 128)])
def test_each_thread_has_a_block(sizes: tuple[int, int, int]) -> None:
    images, side, channels = sizes
    layer = layer_of(cp.Conv(3, channels, padding=1), (images, side, side, channels), 4)
    arrays = 4 * sum(map(prod, (layer.image_shape, layer.kernel_shape, layer.flow_shape)))
    for name, threads in product(("winograd_2x3", "winograd_4x3"), (1, 2)):
        told = replace(layer, threads=threads)
        run = run_of(REGISTRY[name], told, "forward")
        fixed, task, tasks = run.schedule.workspace("forward", told, run.extra)
        tiles = prod(-(-size // run.schedule.outputs) for size in layer.window.out) * images
        assert tasks >= (threads if tiles >= 2 * FEWEST else 1)
        assert 4 * task * min(tasks, threads) <= 3 * arrays
        assert workspace(run, told, "forward") >= 4 * fixed
        sums = [
            run_of(REGISTRY[name], replace(layer, threads=t), "gradient kernel") for t in (1, 2)
        ]
        assert sums[0].extra == sums[1].extra  # a sum's order is every machine's
