"""A ConvNet beside a fully connected net of its size, on images that are there.

"They are able to learn with much less data" (10.2), measured: handwritten digits and patches of
photographs, from 50 samples to all, on test images as they are and moved by one pixel.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import t as student

from convproof import __version__
from convproof.errors import SpecError
from convproof.networks.samples import NETS, TESTED, nets, task, trial
from convproof.study.engine import Cell, Options, Report, Result, Results

LEVEL = 0.95
STEPS = {False: 500, True: 120}
TASKS = {False: ("digits", "photographs"), True: ("digits",)}
COUNTS = {False: (50, 100, 200, 400, 800), True: (50, 400)}
SEEDS = {"quick": 4, "usual": 6, "full": 30}


def evaluate(cell: Cell) -> Result:
    """One net, trained and tested; the learner's name is "task/net/steps"."""
    name, kind, steps = cell.learner.split("/")
    return dict(trial(name, kind, cell.n, cell.seed, int(steps)))


def interval(values: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The mean and half the width of its 95% interval by Student's t."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean()), float(error * student.ppf((1 + LEVEL) / 2, len(values) - 1))


@dataclass(frozen=True)
class Digits:
    """The study, set up."""

    cells: tuple[Cell, ...]
    settings: dict[str, Any]
    evaluate: Callable[[Cell], Result] = evaluate

    def wanted(self, results: Results) -> list[Cell]:
        """All of them."""
        return [cell for cell in self.cells if cell not in results]

    def remaining(self, results: Results) -> int:
        """How many are to come."""
        return len(self.wanted(results))

    def report(self, results: Results) -> Report:
        """Accuracies with intervals, and the difference seed by seed: the same images for both."""
        lines, rows = [], []
        for name in dict.fromkeys(cell.learner.split("/")[0] for cell in self.cells):
            for shown in ("plain", "shifted"):
                title = "test images" if shown == "plain" else "test images moved by one pixel"
                lines += [f"{name}, {title}: accuracy in percent",
                          f"{'samples':>8}" + "".join(f"{net:>20}" for net in NETS)
                          + f"{'difference':>20}"]  # fmt: skip
                for count in sorted({c.n for c in self.cells if c.learner.startswith(name)}):
                    found = {net: self._values(results, name, net, count, shown) for net in NETS}
                    found["difference"] = found[NETS[0]] - found[NETS[1]]
                    spread = {key: interval(100 * values) for key, values in found.items()}
                    lines.append(
                        f"{count:>8}"
                        + "".join(f"{f'{m:.1f} +- {h:.1f}':>20}" for m, h in spread.values())
                    )
                    rows.append({"task": name, "images": shown, "samples": count,
                                 "intervals": spread})  # fmt: skip
                lines.append("")
        lines += [
            f"Means over {self.settings['seeds']} seeds with {LEVEL:.0%} intervals (Student's t); "
            f"{TESTED} test images a seed.",
            "Both nets see the same images in the same order, for the same number of steps; "
            f"parameters: {self.settings['parameters']}.",
        ]
        return Report("\n".join(lines), {"rows": rows, "settings": self.settings}, True)

    def _values(
        self, results: Results, name: str, net: str, count: int, shown: str
    ) -> np.ndarray[Any, Any]:
        mine = [c for c in self.cells if c.learner.startswith(f"{name}/{net}/") and c.n == count]
        return np.array([results[cell][shown] for cell in sorted(mine)])


def study(options: Options) -> Digits:
    """The study as the options say.

    Raises:
        SpecError: if a learner is named: this study has its own.
        MissingExtra: without scikit-learn, which has the images.
    """
    from convproof.networks.sequential import Sequential

    if options.learner is not None:
        raise SpecError.of("--learner", options.learner, "nothing here: only separation takes one")
    length = "quick" if options.quick else "full" if options.full else "usual"
    quick = options.quick
    cells, sizes = [], {}
    steps = STEPS[quick] * (2 if length == "full" else 1)
    for name in TASKS[quick]:
        data = task(name, 0)
        shape, every = data.x.shape[1:], len(data.x)
        built = nets(shape, data.classes)
        for net in NETS:
            parameters = Sequential(built[net]).init(0, shape).parameters
            sizes[f"{name}, {net}"] = sum(array.size for array in parameters.values())
        counts = [*COUNTS[quick], *([] if quick else [every])]
        cells += [
            Cell(f"{name}/{net}/{steps}", shape[0], n, seed)
            for n in counts
            for net in NETS
            for seed in range(SEEDS[length])
        ]
    settings = {
        "study": "digits", "full": options.full, "quick": options.quick, "seeds": SEEDS[length],
        "parameters": sizes, "convproof": __version__, "numpy": np.__version__,
        "python": platform.python_version(),
    }  # fmt: skip
    return Digits(tuple(cells), settings)
