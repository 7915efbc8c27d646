"""Two coupled runs and what rounding can explain of the gap between them.

The rule is run from W along G_1, G_2, ... and from W R' along G_1 R', G_2 R', ...; it respects R if
the second run is the first times R'.  In floating point they differ.  How much rounding explains is
measured three ways, and the largest counts: the first run again with every input off by some units
of its last place; the gap of the same two runs in float32, scaled by the ratio of the roundoffs;
and one roundoff of the weights.  All gaps are in units of what the run has moved so far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convproof.errors import SpecError
from convproof.theory.groups import GROUPS, Matrix, element
from convproof.theory.rounding import CLEARLY, SPREAD, U32, U64
from convproof.theory.symmetry.subject import ROUNDOFFS, Subject

# (d, h, steps; None: as many as are asked for), the smallest first: it makes the readable witness.
_SHAPES: tuple[tuple[int, int, int | None], ...] = (
    (2, 1, 1), (3, 3, 3), (4, 2, None), (3, 5, None),
)  # fmt: skip
# Small and large gradients are met, for a clipping shows at large ones only, a floor at small ones.
_SCALES = (1.0, 1e-3, 1e3)
_NUDGE = 2.0**-50
# What a gap may exceed the largest of some responses to a nudge of the same size by: the maxima of
# a few draws of one kind of sum of roundings stay within a factor of 8 of each other, and a
# difference is called one from 64 on.  (In float64 the headroom allows 2^10 and 2^20.)
_COARSE_SPREAD, _COARSE_CLEARLY, _COARSE_DRAWS = 8.0, 64.0, 4
ENOUGH = 10  # steps that must be seen to hold, of a longer run whose rounding takes over later
RESOLUTION = 2.0**-10  # a gap that large must be visible for "held" to be said


@dataclass(frozen=True)
class Start:
    """A weight (h, d), gradients (steps, h, d) to follow from it, and how the draws are made."""

    number: int
    weight: Matrix
    gradients: Matrix
    scale: float
    seed: int

    def rotation(self, group: Any) -> Matrix:
        """The element of the group for this start; for the first one the plainest there is."""
        d = self.weight.shape[1]
        if self.number == 0:
            plain: dict[str, Matrix] = {
                "sign": np.diag([-1.0, 1.0]),
                "permutation": np.array([[0.0, 1.0], [1.0, 0.0]]),
                "orthogonal": np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2),
            }
            return plain[group]
        rng = np.random.default_rng([self.seed, self.number, GROUPS.index(group)])
        turned: Matrix = element(group, d, rng)
        return turned


def starts(steps: int, seed: int, few: bool = False) -> Iterator[Start]:
    """The starts in order; the first is the same for every seed: W = (1, -2), G = (1, 0).

    With `few`, for a rule whose steps take long, a fifth of the steps and two shapes.
    """
    number = 0
    steps = -(-steps // 5) if few else steps
    for d, h, some in _SHAPES[:: len(_SHAPES) - 1] if few else _SHAPES:
        for scale in _SCALES:
            rng = np.random.default_rng([seed, number])
            weight = rng.standard_normal((h, d))
            gradients = scale * rng.standard_normal((some or steps, h, d))
            if number == 0:
                weight, gradients = np.array([[1.0, -2.0]]), np.array([[[1.0, 0.0]]])
            yield Start(number, weight, gradients, scale, seed)
            number += 1


@dataclass(frozen=True)
class Gap:
    """What one pair of runs showed.

    `kind` is "held", "refuted", "within" (a coarser type than float64), "lost" (rounding alone
    explains so much that nothing can be told), "still" (the weight never moved) or "failed" (the
    rule raised, `said` says what, on this start though not on all); `step` is the
    first that shows a refutation, the last that held, or the first that cannot be told; `size`
    the gap there.
    """

    kind: str
    step: int
    size: float
    explained: float
    said: str = ""


@dataclass
class Runs:
    """The runs of one subject from one start: those that no group enters are made once."""

    subject: Subject
    start: Start
    coarse: str | None
    kept: dict[Any, Matrix] = field(default_factory=dict)

    def run(self, weight: Matrix, gradients: Matrix, dtype: Any) -> Matrix:
        """One run in `dtype`, as float64."""
        with np.errstate(all="ignore"):
            path = self.subject.run(weight.astype(dtype), gradients.astype(dtype))
        return path.astype(np.float64)

    def plain(self, dtype: Any) -> Matrix:
        """The run as it is."""
        if dtype not in self.kept:
            self.kept[dtype] = self.run(self.start.weight, self.start.gradients, dtype)
        return self.kept[dtype]

    def turned(self, rotation: Matrix, dtype: Any) -> Matrix:
        """The run in rotated coordinates."""
        key = rotation.tobytes(), dtype
        if key not in self.kept:
            self.kept[key] = self._turned(rotation, dtype)
        return self.kept[key]

    def _turned(self, rotation: Matrix, dtype: Any) -> Matrix:
        r = rotation.astype(dtype)
        weight, gradients = self.start.weight.astype(dtype), self.start.gradients.astype(dtype)
        return self.run(weight @ r.T, gradients @ r.T, dtype)

    def response(self, rotation: Matrix, nudge: float, draws: int) -> Matrix:
        """The largest change of either run, at each step, when inputs are off by a few `nudge`s."""
        _, moved = self.base()
        found = np.zeros(len(self.start.gradients))
        rng = np.random.default_rng([self.start.seed, self.start.number, 9])
        for turn in (np.eye(len(rotation)), rotation):
            inputs = [a @ turn.T for a in (self.start.weight, self.start.gradients)]
            base = self.turned(turn, np.float64)
            for _ in range(draws):
                off = [a * (1 + nudge * rng.uniform(-1, 1, a.shape)) for a in inputs]
                # what was moved, not where from: a weight that is off stays so
                path = self.run(off[0], off[1], np.float64) - (off[0] - inputs[0])
                changed = _relative(path, base, moved)
                found = np.maximum(found, changed)
        return found

    def base(self) -> tuple[Matrix, Matrix]:
        """The plain run, and how far it has moved by each step."""
        plain = self.plain(np.float64)
        moved = np.abs(plain - self.start.weight).max(axis=(1, 2))
        return plain, np.maximum.accumulate(moved)

    def gap(self, rotation: Matrix) -> Gap:
        """Compare the runs, step by step."""
        try:
            return self._gap(rotation)
        except SpecError as error:
            return Gap("failed", 0, np.inf, np.inf, str(error))

    def _gap(self, rotation: Matrix) -> Gap:
        plain, moved = self.base()
        if not np.any(moved > 0):
            return Gap("still", 0, 0.0, 0.0)
        with np.errstate(all="ignore"):  # runs that leave the finite numbers are met below
            return self._compared(rotation, plain, moved)

    def _compared(self, rotation: Matrix, plain: Matrix, moved: Matrix) -> Gap:
        r = rotation.T
        double = _relative(self.turned(rotation, np.float64), plain @ r, moved)
        single = _relative(self.turned(rotation, np.float32), self.plain(np.float32) @ r, moved)
        floor = U64 * np.abs(self.start.weight).max() / np.where(moved > 0, moved, np.inf)
        explained = np.maximum(floor, self.response(rotation, _NUDGE, 1))
        explained = np.maximum(explained, np.nan_to_num(single, nan=0, posinf=0) * U64 / U32)
        return self._decide(rotation, double, np.maximum.accumulate(np.maximum(explained, U64)))

    def _decide(self, rotation: Matrix, gap: Matrix, explained: Matrix) -> Gap:
        finite = np.isfinite(gap) & np.isfinite(explained)
        usable = int(np.argmin(finite)) if not finite.all() else len(gap)
        gap, explained = gap[:usable], explained[:usable]
        largest = float(gap.max(initial=0.0))
        allowed = SPREAD * explained
        roundoff = ROUNDOFFS.get(self.coarse or "float32", U64)
        far = (gap > CLEARLY * explained) & (gap > SPREAD * roundoff * (roundoff <= U32))
        within = (gap <= allowed).all()
        if not within and roundoff > U64 and self.coarse is not None:
            coarse = np.maximum.accumulate(
                self.response(rotation, roundoff, _COARSE_DRAWS)[:usable]
            )
            far &= gap > _COARSE_CLEARLY * coarse
            if (gap <= _COARSE_SPREAD * coarse).all() and _COARSE_SPREAD * coarse.max() < 1:
                return Gap("within", 0, largest, float(coarse.max()))
        if far.any():
            step = int(np.argmax(far)) + 1
            return Gap("refuted", step, float(gap[far].max()), float(explained[step - 1]))
        # equal to the last bit is equal, however much rounding could explain
        told = (gap == 0) | ((gap <= allowed) & (allowed <= RESOLUTION))
        seen = len(gap) if told.all() else int(np.argmin(told))
        if seen >= min(len(finite), ENOUGH):
            return Gap("held", seen, float(gap[:seen].max()), float(explained[:seen].max()))
        if seen < len(gap):
            return Gap("lost", seen + 1, float(gap[seen]), float(allowed[seen]))
        return Gap("lost", seen + 1, np.inf, np.inf)


def _relative(path: Matrix, expected: Matrix, moved: Matrix) -> Matrix:
    """The largest gap at each step in units of what was moved by then."""
    gap = np.abs(path - expected).max(axis=(1, 2))
    return np.asarray(np.where(gap == 0, 0.0, gap / np.where(moved > 0, moved, np.nan)))
