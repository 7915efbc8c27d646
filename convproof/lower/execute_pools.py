"""The statements of pools, executed: each tap and pixel by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.lower.environment import Env, int_, key, lowest, read
from convproof.lower.program import Duels, Gather, Mark, Pick, Reached, Scatter, Sent

Array = np.ndarray[Any, Any]


def gather(step: Gather, env: Env) -> None:
    """Tap by tap."""
    target, source = env[step.target.array][key(step.target, env) or ...], read(step.source, env)
    target[...] = 0 if step.op == "add" else lowest(target.dtype)
    combine = {"add": np.add, "max": np.maximum}[step.op]
    ahead = (slice(None),) * step.axis
    for _, coarse, fine in env[step.spans]:
        place = (*ahead, coarse)
        target[place] = combine(target[place], source[(*ahead, fine)])


def duels(step: Duels, env: Env) -> None:
    """Axis by axis, a number for each window: the tap that wins."""
    source = read(step.source, env)
    found: list[Array] = []
    for axis in reversed(range(len(step.coarse))):
        shape = list(source.shape)
        shape[axis + 1] = int_(step.coarse[axis], env)
        top = np.full(shape, lowest(source.dtype), source.dtype)
        winner = np.full(shape, -1)
        for tap, coarse, fine in env[step.spans[axis]]:
            places, pixels = range(shape[axis + 1])[coarse], range(source.shape[axis + 1])[fine]
            for o, i in zip(places, pixels, strict=True):
                ahead = (slice(None),) * (axis + 1)
                now, best, won = source[(*ahead, i)], top[(*ahead, o)], winner[(*ahead, o)]
                first = (won < 0) & ~(now < best)
                nan = (now != now) & (best == best)
                wins = first | nan | (now > best)
                best[wins], won[wins] = now[wins], tap
        found.insert(0, winner)
        source = top
    env[step.name] = found
    if step.maxima:
        env[step.maxima][...] = source


def scatter(step: Scatter, env: Env) -> None:
    """Tap by tap, where it wins."""
    target, flow = env[step.target.array], read(step.flow, env)
    target = target[key(step.target, env) or ...]
    target[:, env[step.kept] if step.kept else 0 :] = 0
    ahead = (slice(None),) * step.axis
    for tap, coarse, fine in env[step.spans]:
        sent = flow[(*ahead, coarse)]
        if step.takes:
            won = env[step.takes][step.number][(*ahead, coarse)] == tap
            sent = np.where(won, sent, 0)
        target[(*ahead, fine)] += sent


def sent(value: Sent, env: Env) -> Array:
    """Window by window: pixel by pixel, the first of the largest is kept."""
    seen, flow = env[value.seen], env[value.flow]
    fine, taps, gap, offset, stride = (
        tuple(int_(size, env) for size in sizes)
        for sizes in (value.fine, value.taps, value.gap, value.offset, value.stride)
    )
    target = np.zeros((len(flow), *fine, flow.shape[-1]), flow.dtype)
    for image, *at, channel in np.ndindex(flow.shape):
        best: tuple[Any, tuple[int, ...]] | None = None
        for tap in np.ndindex(*taps):
            lines = zip(stride, at, gap, tap, offset, strict=True)
            pixel = tuple(s * o + g * k + r for s, o, g, k, r in lines)
            if not all(0 <= i < size for i, size in zip(pixel, fine, strict=True)):
                continue
            now = seen[(image, *at, channel, *tap, 0)]
            first_nan = now != now and best is not None and best[0] == best[0]
            if best is None or now > best[0] or first_nan:
                best = now, pixel
        if best is not None:
            target[(image, *best[1], channel)] += flow[(image, *at, channel)]
    return target


def mark(step: Mark, env: Env) -> None:
    """Number by number."""
    winner, top, value = (read(view, env) for view in (step.winner, step.top, step.value))
    number = int_(step.number, env)
    for at in np.ndindex(winner.shape):
        both = env[step.nans] and value[at] != value[at] and top[at] != top[at]
        if value[at] == top[at] or both:
            winner[at] = number


def pick(step: Pick, env: Env) -> None:
    """Number by number."""
    target, winner, value = (read(view, env) for view in (step.target, step.winner, step.value))
    number = int_(step.number, env)
    for at in np.ndindex(target.shape):
        if env[step.apart]:
            target[at] = value[at] if winner[at] == number else 0
        elif winner[at] == number:
            target[at] += value[at]


def reached(name: str, value: Reached, env: Env) -> None:
    """A block's pixels: those from each of its windows on to the next one, or to its end."""
    sizes = (value.stride, value.span, value.offset, value.coarse, value.fine)
    stride, span, offset, coarse, fine = (int_(size, env) for size in sizes)

    def belongs(pixel: int, rows: range) -> bool:
        first = bool(rows) and rows[0] == 0 and pixel < offset
        last = bool(rows) and rows[-1] == coarse - 1 and pixel >= stride * rows[-1] + offset
        own = (stride * o + offset <= pixel < stride * o + offset + max(span, stride) for o in rows)
        return first or last or any(own)

    block = env[value.block]
    mine = [i for i in range(fine) if belongs(i, range(block.start, block.stop))]
    before = [i for i in mine if belongs(i, range(block.start))]
    start, stop = (mine[0], mine[-1] + 1) if mine else (0, 0)
    env[name] = slice(start, stop)
    env[f"{name}_start"], env[f"{name}_size"] = start, stop - start
    env[f"{name}_kept"] = len(before)
