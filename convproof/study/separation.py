"""How many samples learners of h* need, over d: the separation of section 10.2, measured.

No learner that is equivariant under rotations may succeed below `theory.lower_bound`, none that is
equivariant under permutations below `theory.permutation_lower_bound`: one that does is a mistake
in the learner, the claim that it is equivariant, or the bound, and the study fails.

The full study has the task of the paper's own figure too (`images`).
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy import stats

from convproof import __version__
from convproof.errors import SpecError
from convproof.study import images
from convproof.study.engine import Cell, Options, Report, Result, Results
from convproof.study.images import Images
from convproof.study.learners import LEARNERS, Learner, find
from convproof.study.search import Search
from convproof.study.summary import Needed, exponent, needed
from convproof.theory.bounds import lower_bound, upper_bound
from convproof.theory.groups import Matrix
from convproof.theory.permutations import permutation_lower_bound

ERROR = 0.1  # the error rate to reach, with probability 1/2
TESTED = 10_000  # inputs that an error is measured on
SEED = 2021
# A learner is said to cross a bound if so many successes have a smaller probability below it.
ALARM = 1e-6


@lru_cache(maxsize=2)
def test_inputs(d: int) -> tuple[Matrix, Matrix]:
    """The inputs that errors are measured on, and their labels."""
    x = np.random.default_rng([SEED, d, 1]).standard_normal((TESTED, d))
    return x, labels(x)


def labels(x: Matrix) -> Matrix:
    """h*: the sign of |first half|^2 - |second half|^2."""
    half = x.shape[1] // 2
    return np.where((x[:, :half] ** 2).sum(axis=1) >= (x[:, half:] ** 2).sum(axis=1), 1.0, -1.0)


def evaluate(cell: Cell) -> Result:
    """Train one learner once; samples of one seed are the first ones of a longer stream."""
    if cell.learner in images.LEARNERS:
        return images.evaluate(cell)
    x = np.random.default_rng([SEED, cell.d, 2, cell.seed]).standard_normal((cell.n, cell.d))
    predict = find(cell.learner)(x, labels(x), np.random.default_rng([SEED, 3, cell.seed]))
    inputs, truth = test_inputs(cell.d)
    return {"error": float(np.mean(predict(inputs) != truth))}


def won(result: Mapping[str, float]) -> bool:
    """Whether the error rate was reached."""
    return result["error"] <= ERROR


def floor(symmetry: str, d: int, error: float, delta: float) -> int:
    """The lower bound for learners of a symmetry; 0 for those of none."""
    if symmetry == "orthogonal":
        return int(lower_bound(d, error, delta).samples)
    return int(permutation_lower_bound(d, error, delta).samples) if symmetry == "permutation" else 0


def likelihood(symmetry: str, cell: Cell, successes: int, seeds: int) -> float:
    """The largest probability that the bound gives so many successes at the cell's n.

    2^n outputs reach the error with probability at most 2^(n - b), b the bound's bits.  The error
    is measured: five standard deviations are added, so that a true error above ERROR counts too.
    """
    if symmetry == "nothing" or not successes:
        return 1.0
    error = ERROR + 5 * (ERROR / TESTED) ** 0.5
    bits = floor(symmetry, cell.d, error, 0.0) - 1  # rounded up, there
    return float(stats.binom.sf(successes - 1, seeds, min(1.0, 2.0 ** min(0, cell.n - bits))))


@dataclass(frozen=True)
class Separation:
    """The study, set up."""

    learners: tuple[Learner, ...]
    searches: tuple[Search, ...]
    settings: dict[str, Any]
    images: Images | None = None
    evaluate: Callable[[Cell], Result] = evaluate

    def wanted(self, results: Results) -> list[Cell]:
        """The images, which take longest, and all searches' next cells."""
        return self._images(results) + [
            cell for search in self.searches for cell in search.wanted(results)
        ]

    def _images(self, results: Results) -> list[Cell]:
        pictures = self.images.cells() if self.images else []
        return [cell for cell in pictures if cell not in results]

    def remaining(self, results: Results) -> int:
        """About how many cells are to come."""
        searched = sum(search.remaining(results) for search in self.searches)
        return searched + len(self._images(results))

    def report(self, results: Results) -> Report:
        """The table, the exponents, and whether a bound was crossed."""
        lines = [f"{'learner':<16} {'d':>5} {'n':>8}  {'95 % interval':<16} {'at least':>8}"]
        rows: list[dict[str, Any]] = []
        slopes: list[dict[str, Any]] = []
        wrong: list[str] = []
        for learner in self.learners:
            found: list[Needed] = []
            own = sorted((s for s in self.searches if s.learner == learner.name), key=_by_d)
            dims = [search.d for search in own]
            for search in own:
                sizes, successes = search.outcome(results)
                found.append(needed(sizes, successes, SEED + search.d))
                least = floor(learner.symmetry, search.d, ERROR, 0.5)
                wrong += self._crossings(learner, search, results)
                item = found[-1]
                rows.append(
                    {"learner": learner.name, "symmetry": learner.symmetry, "d": search.d,
                     "n": item.n, "low": item.low, "high": item.high, "bound": least}
                )  # fmt: skip
                between = f"{item.low:.4g} to {item.high:.4g}"
                lines.append(
                    f"{_short(learner.name):<16} {search.d:>5} {item.n:>8.4g}  {between:<16} "
                    f"{least or '-':>8}"
                )
            if len(found) > 1:
                value, low, high = exponent(dims, found)
                slopes.append({"learner": learner.name, "slope": value, "low": low, "high": high})
        lines.append("")
        lines += [
            f"{_short(s['learner'])}: n grows like d^{s['slope']:.2f} ({s['low']:.2f} to "
            f"{s['high']:.2f})"
            for s in slopes
        ]
        enough = upper_bound(ERROR, 0.5).samples
        lines += [
            "",
            f"n: where half of the seeds reach error {ERROR}; at least: the bound for learners "
            "equivariant under rotations (Adam, ridge-squares: permutations).",
            f"The worst threshold of the ConvNet of Problem 10.2.2 needs {enough} at every d.",
        ]
        pictures: list[dict[str, Any]] = []
        if self.images is not None:
            table, pictures, crossed = self.images.table(results)
            lines += ["", *table]
            wrong += crossed
        lines += [f"CROSSED: {line}" for line in wrong]
        verdict = "a bound was crossed: see above" if wrong else "no bound was crossed"
        lines.append(verdict)
        data = {"rows": rows, "slopes": slopes, "crossed": wrong, "error": ERROR}
        data |= {"images": pictures} if pictures else {}
        return Report("\n".join(lines), {**data, "settings": self.settings}, not wrong)

    def _crossings(self, learner: Learner, search: Search, results: Results) -> list[str]:
        """Every n at which the learner succeeds more often than its bound allows."""
        by_n: dict[int, list[Result]] = {}
        for cell, result in results.items():
            if cell.learner == search.learner and cell.d == search.d:
                by_n.setdefault(cell.n, []).append(result)
        found = []
        for n, group in sorted(by_n.items()):
            wins = sum(won(result) for result in group)
            chance = likelihood(learner.symmetry, search.cell(n, 0), wins, len(group))
            if chance < ALARM / len(by_n):
                found.append(
                    f"{_short(learner.name)} at d = {search.d}, n = {n}: {wins} of {len(group)} "
                    f"reach error {ERROR}; for a learner equivariant under {learner.symmetry} maps "
                    f"the probability is at most {chance:.1e}"
                )
        return found


def _by_d(search: Search) -> int:
    return search.d


def _short(name: str) -> str:
    """A user's learner by its file's name."""
    path, colon, function = name.rpartition(":")
    return f"{Path(path).name}{colon}{function}" if colon else name


def study(options: Options) -> Separation:
    """The study as the options say.

    Raises:
        SpecError: for a learner that cannot be found.
    """
    learners = list(LEARNERS.values())
    settings: dict[str, Any] = {
        "study": "separation", "full": options.full, "quick": options.quick, "error": ERROR,
        "seed": SEED, "tested": TESTED, "convproof": __version__, "numpy": np.__version__,
        "scipy": scipy.__version__, "python": platform.python_version(),
    }  # fmt: skip
    if options.learner is not None:
        name = options.learner
        if name in LEARNERS:
            learners = [LEARNERS[name]]
        else:
            path, _, function = name.rpartition(":")
            find(name)  # a mistake is told before any work
            name = f"{Path(path).resolve()}:{function}"
            if options.claims not in ("orthogonal", "permutation", "nothing"):
                raise SpecError.of("--claims", options.claims, "orthogonal, permutation or nothing")
            mine = Learner(
                name,
                find(name),
                options.claims,
                (8, 16, 24),
                (8, 16, 32, 64),
                lambda d: d,
            )
            learners = [mine, LEARNERS["convnet"], LEARNERS["ridge-quadratic"]]
            text = Path(path).read_bytes()
            settings["learner"] = [_short(name), hashlib.sha256(text).hexdigest()[:16]]
            settings["claims"] = options.claims
    # both together: every part of the full study, each of them tiny, to try it out
    seeds = 4 if options.quick else 24 if options.full else 10
    most = 200_000 if options.full else 20_000
    searches = []
    for learner in learners:
        for d in (
            learner.dims[:2] if options.quick else learner.full if options.full else learner.dims
        ):
            first = max(1, learner.first(d))
            searches.append(
                Search(learner.name, d, first, seeds, most, won, scouts=2 if options.quick else 4)
            )
    # the longest first, so that no process is left with one at the end
    searches.sort(key=lambda search: (-search.d * search.first, search.learner))
    pictures = None
    if options.full and options.learner is None:
        small = Images(4, (16, 128, 1024), 3)
        pictures = small if options.quick else Images(32, (10, 100, 1_000, 10_000), 5)
    return Separation(tuple(learners), tuple(searches), settings, pictures)
