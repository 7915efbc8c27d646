"""The plots that one would draw by hand, one call each; they need matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from convproof.document.svg import COLOURS
from convproof.errors import MissingExtra, SpecError
from convproof.theory.bounds import lower_bound, upper_bound
from convproof.theory.groups import GROUPS, Matrix
from convproof.theory.permutations import permutation_lower_bound
from convproof.theory.symmetry.coupled import starts
from convproof.theory.symmetry.find import find

_MARKERS = "osv^D*"
DRAWN = ("separation", "locality", "features")


def figure(data: Mapping[str, Any]) -> Any:
    """A study's figure from its data, as `--json` writes them.

    Raises:
        MissingExtra: without matplotlib.
    """
    kind = data["settings"]["study"]
    if kind == "features":
        return _features(data)
    rows = data["rows"]
    return samples(rows, error=data["error"], bounds=kind == "separation")


def samples(
    rows: Sequence[Mapping[str, Any]] = (), *, error: float = 0.05, bounds: bool = True
) -> Any:
    """Samples against d, both axes logarithmic: the bounds as lines, measured points with bars.

    Args:
        rows: {"learner", "d", "n", "low", "high"} of measured points; none is fine.
        error: the error rate that the bounds are for, 0 < error < 1/2.
        bounds: whether to draw them (for the target h*).

    Returns:
        the matplotlib Figure.

    Raises:
        MissingExtra: without matplotlib; SpecError: for another error.
    """
    plot, axes = _axes()
    largest = max([int(row["d"]) for row in rows], default=1000)
    if bounds:
        dims = sorted({2 * round(value / 2) for value in np.geomspace(4, largest, 60)})
        least = [max(1, n) for n in lower_bound(dims, error).samples.tolist()]
        axes.plot(dims, least, "k-", label="at least: rotation-equivariant")
        sparse = [d for d in dims[::5] if d <= 200]  # one at a time, and the longer the larger
        few = [max(1, permutation_lower_bound(d, error).samples) for d in sparse]
        axes.plot(sparse, few, "k--", label="at least: permutations")
        enough = upper_bound(error, 0.5).samples
        axes.plot([4, largest], [enough, enough], "k:", label="enough: ConvNet, worst threshold")
    for number, name in enumerate(dict.fromkeys(str(row["learner"]) for row in rows)):
        mine = [row for row in rows if row["learner"] == name]
        n = np.array([row["n"] for row in mine], dtype=float)
        bars = np.abs(np.array([[row["low"] for row in mine], [row["high"] for row in mine]]) - n)
        d = [row["d"] for row in mine]
        axes.errorbar(
            d, n, yerr=bars, marker=_MARKERS[number % len(_MARKERS)], capsize=3, alpha=0.8,
            color=COLOURS[number % len(COLOURS)], label=name.rpartition("/")[2],
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="d" if bounds else "patches k", ylabel="samples n")
    axes.set_title(f"samples to reach error {error:g}, half of the time")
    plot.legend(fontsize="small", loc="outside lower center", ncols=3)
    return plot


def coupled(rule: Any, *, group: str, steps: int, seed: int) -> tuple[Matrix, Matrix, Matrix]:
    """The weights (steps, 2, 4) of a run, of a coupled one turned back, and their largest gaps.

    Raises:
        SpecError: for a rule or group that is none.
    """
    if group not in GROUPS:
        raise SpecError.of("group", group, f"one of {', '.join(GROUPS)}")
    subject = find(rule)
    start = next(s for s in starts(steps, seed) if s.weight.shape == (2, 4))
    turn = start.rotation(group)
    plain = subject.run(start.weight, start.gradients)
    other = subject.run(start.weight @ turn.T, start.gradients @ turn.T) @ turn
    return plain, other, np.abs(other - plain).max(axis=(1, 2))


def trajectories(rule: Any, *, group: str = "orthogonal", steps: int = 60, seed: int = 0) -> Any:
    """Two coupled runs of an update rule: one row of the weight, and the gap over the steps.

    The second run is turned back, so that a rule which respects the group gives one curve.

    Args:
        rule: as in `theory.symmetries`.
        group: "sign", "permutation" or "orthogonal".
        steps: how many.
        seed: of weight, gradients and group element.

    Raises:
        MissingExtra: without matplotlib; SpecError: for a rule or group that is none.
    """
    label = find(rule).label
    plain, other, gap = coupled(rule, group=group, steps=steps, seed=seed)
    from matplotlib.figure import Figure

    plot = Figure(figsize=(9, 4), layout="constrained")
    left, right = plot.subplots(1, 2)
    left.plot(plain[:, 0, 0], plain[:, 0, 1], "-", label="W")
    left.plot(other[:, 0, 0], other[:, 0, 1], "--", label="turned, and back")
    left.set(xlabel="first coordinate", ylabel="second", title=f"{label}, {group}")
    left.legend()
    right.semilogy(np.arange(1, len(gap) + 1), np.maximum(gap, 1e-18))
    right.set(xlabel="step", ylabel="largest gap", title="gap of the coupled runs")
    return plot


def _features(data: Mapping[str, Any]) -> Any:
    plot, axes = _axes()
    rows = data["rows"]
    for name in dict.fromkeys(row["learner"] for row in rows):
        mine = [row for row in rows if row["learner"] == name]
        x, y = [row["n"] / row["d"] for row in mine], [row["loss"] for row in mine]
        axes.errorbar(x, y, yerr=[2 * row["error"] for row in mine], fmt="o", label=name)
    axes.plot([0, 1], [1, 0], "k-", label="1 - n/d")
    axes.set(xlabel="n/d", ylabel="squared loss", title="a single feature as the target")
    axes.legend(fontsize="small")
    return plot


def _axes() -> tuple[Any, Any]:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra.of("matplotlib", "study", "drawing a study") from None
    plot = Figure(figsize=(7, 5), layout="constrained")
    return plot, plot.subplots()
