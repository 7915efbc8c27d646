"""Lowered programs: both executions agree with each other and with the plain loops."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from convproof import reference
from convproof.derive import derive
from convproof.derive.pool import derive_avg_pool
from convproof.emit.modules import programs
from convproof.lower.execute import execute
from convproof.lower.program import Program
from convproof.schedules import registry
from convproof.schedules.layer import Layer, Window
from convproof.spec import Axis


def _geometry(pick: random.Random, rank: int) -> tuple[list[Axis], list[int]]:
    axes, space = [], []
    while len(axes) < rank:
        axis = Axis(
            pick.randint(1, 4), pick.randint(1, 4), pick.randint(1, 3), pick.randint(0, 4),
            pick.randint(0, 4),
        )  # fmt: skip
        size = pick.randint(1, 8)
        if size + axis.pad_lo + axis.pad_hi >= axis.extent:
            axes.append(axis)
            space.append(size)
    return axes, space


def executed(found: Iterable[Program]) -> dict[str, Callable[..., Any]]:
    """By name, the programs executed without their text."""
    return {program.name: partial(execute, program) for program in found}


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_convolution_by_every_schedule_and_both_executions(rank: int) -> None:
    pick, rng = random.Random(rank), np.random.default_rng(rank)
    module = importlib.import_module(f"convproof.generated.conv{rank}d")
    made = executed(programs(derive(f"conv{rank}d")))
    for trial in range((60, 30, 12)[rank - 1]):
        axes, space = _geometry(pick, rank)
        if trial % 3 == 0:
            axes = [replace(axis, stride=1) for axis in axes]
        if trial % 6 == 0:  # what only some schedules suit
            axes = [replace(axis, dilation=1, kernel=3, pad_lo=1 + axis.pad_lo) for axis in axes]
        # fractions in three dimensions are slow: two of each are enough to mix them up
        n, g, c, m = (pick.randint(1, 2 if rank == 3 else 3) for _ in range(4))
        x = rng.integers(-4, 5, (n, *space, g, c))
        kernel = rng.integers(-4, 5, (*(axis.kernel for axis in axes), c, g, m))
        bias = rng.integers(-4, 5, (g, m))
        flat = x.reshape(*x.shape[:-2], -1), kernel.reshape(*kernel.shape[:-2], -1)
        z = reference.conv(*flat, bias.ravel(), axes, g)
        dz = rng.integers(-4, 5, z.shape)
        right = reference.conv_backward(dz, *flat, axes, g)
        flow = dz.reshape(*dz.shape[:-1], g, m)
        layer = Layer("conv", Window.of(tuple(axes), tuple(space)), n, c, g, m, 8)
        steps = layer.window.stride, layer.window.dilation, layer.window.pad_lo
        every = {
            "forward": (x, kernel, *steps, layer.window.out),
            "gradient x": (flow, kernel, *steps, tuple(space)),
            "gradient kernel": (flow, x, *steps, layer.window.taps),
            "gradient bias": (flow,),
            "bias": (z.reshape(flow.shape) - bias, bias),
        }
        results = dict(zip(every, (z - bias.ravel(), *right, z), strict=True))
        for goal, arrays in every.items():
            for one in registry.of("conv", goal):
                if not one.suits(goal, layer):
                    continue
                if one.exact == "roots" and rank > 1 and (trial % 6 or trial > 8):
                    continue  # exact transforms of more take minutes
                kind = int if one.exact == "integer" else object
                extras = one.borders(goal, layer)
                extra = extras[trial % len(extras)]
                name = one.function("conv", goal)
                for run in (getattr(module, name), made[name]):
                    # A bias is added in place.
                    given = [a.astype(kind) if isinstance(a, np.ndarray) else a for a in arrays]
                    got = run(*given, *extra)
                    found = got.reshape(results[goal].shape)
                    np.testing.assert_array_equal(found, results[goal], err_msg=name)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_pooling_by_every_schedule_and_both_executions(rank: int) -> None:
    pick, rng = random.Random(rank), np.random.default_rng(rank)
    modules = {
        kind: importlib.import_module(f"convproof.generated.{kind}_pool{rank}d")
        for kind in ("max", "avg")
    }
    made = executed(
        program
        for found in (
            derive(f"max_pool{rank}d"),
            *(derive_avg_pool(rank, i) for i in (True, False)),
        )
        for program in programs(found)
    )
    for trial in range((60, 30, 12)[rank - 1]):
        axes, space = _geometry(pick, rank)
        # A pool's window is no narrower than its padding, and the mean's has no dilation.
        axes = [
            Axis(
                a.kernel, a.stride, a.dilation, min(a.pad_lo, a.kernel - 1),
                min(a.pad_hi, a.kernel - 1), bool(pick.randint(0, 1)),
            )
            for a in axes
        ]  # fmt: skip
        space = [max(size, axis.extent) for size, axis in zip(space, axes, strict=True)]
        x = rng.integers(-2, 3, (2, *space, 2)).astype(float)
        for op in ("max_pool", "avg_pool_include", "avg_pool_exclude"):
            include = op == "avg_pool_include"
            if op != "max_pool":
                axes = [replace(a, dilation=1) for a in axes]
            window = Window.of(tuple(axes), tuple(space))
            layer = Layer(op, window, 2, 2, 1, 2, 8)
            ends = (window.pad_hi,) if include else ()
            if op == "max_pool":
                steps: tuple[Any, ...] = (window.stride, window.dilation, window.pad_lo)
                y = reference.max_pool(x, axes)[0]
                dy = rng.integers(-4, 5, y.shape).astype(float)
                back = reference.max_pool_backward(dy, x, axes)
                sent = (dy, x, *steps, window.taps)
                maxima = np.empty_like(y)
                flags = (x, maxima, *steps, window.out, window.taps)
                number = modules["max"].winner(*flags, 1)
                by = (dy, number, *steps, window.space, window.taps)
            else:
                steps = (window.stride, window.pad_lo, *ends)
                y = reference.avg_pool(x, axes, include)
                dy = rng.integers(-4, 5, y.shape).astype(float)
                back = reference.avg_pool_backward(dy, x, axes, include)
                sent = (dy, *steps, window.space, window.taps)
            given = {"forward": (x, *steps, window.out, window.taps), "gradient x": sent}
            results = {"forward": y, "gradient x": back}
            if op == "max_pool":
                given |= {"winner": flags, "gradient x by winner": by}
                results |= {"winner": number, "gradient x by winner": back}
            # At most taps additions of quotients below 4: their rounding, and no more.
            bound = np.finfo(float).eps * 4 * np.prod(window.taps) ** 2 * (op != "max_pool")
            for goal, arrays in given.items():
                for one in registry.of(op, goal):
                    if not one.suits(goal, layer):
                        continue
                    name = one.function(op, goal)
                    extras = one.borders(goal, layer)
                    extra = extras[trial % len(extras)]
                    for run in (getattr(modules[op[:3]], name), made[name]):
                        if goal == "winner":
                            maxima.fill(np.nan)
                        # One division a window: both round the same quotient of small integers.
                        got, error = run(*arrays, *extra), bound if goal == "gradient x" else 0
                        np.testing.assert_allclose(
                            got, results[goal], rtol=0, atol=error, err_msg=name
                        )
                        if goal == "winner":  # it hands over the maxima as well
                            np.testing.assert_array_equal(maxima, y, err_msg=name)
