"""One signal patch among k: what locality and weight sharing are worth, after Lahoti and others.

An input is k patches of size p with noise of deviation s in every coordinate; one patch, at random,
has y w added, w a fixed unit vector, y = -1 or 1 the label.  Three nets f(x) = sum_j g(v_j . x)
with the same thresholds g(z) = relu(z - b) - relu(-z - b) differ in v_j alone: free (fully
connected), zero outside patch j (locally connected), and one vector moved along (convolutional).
Lahoti, Karp, Winston, Singh, Li (ICLR 2024): samples of order s^2 k^2 p, s^2 k p and s^2 (k + p).
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import expit

from convproof import __version__
from convproof.errors import SpecError
from convproof.study.engine import Cell, Options, Report, Result, Results
from convproof.study.search import Search
from convproof.study.summary import Needed, exponent, needed
from convproof.theory.groups import Matrix

ERROR, TESTED, SEED = 0.1, 10_000, 2024
PATCH, NOISE, STEPS, RATE = 8, 0.25, 400, 0.5
KINDS = ("fully-connected", "locally-connected", "convolutional")


def inputs(k: int, n: int, stream: tuple[int, ...]) -> tuple[Matrix, Matrix]:
    """Inputs (n, k, PATCH) and labels (n,); those of fewer samples are the first of these."""
    rng = np.random.default_rng([SEED, k, *stream])
    kinds = np.random.default_rng([SEED, k, 7, *stream])
    x = NOISE * rng.standard_normal((n, k, PATCH))
    drawn = kinds.random((n, 2))
    y = np.where(drawn[:, 0] < 0.5, 1.0, -1.0)
    place = np.minimum((drawn[:, 1] * k).astype(int), k - 1)
    x[np.arange(n), place] += y[:, None] * signal()
    return x, y


def signal() -> Matrix:
    """The unit vector w."""
    w = np.random.default_rng(SEED).standard_normal(PATCH)
    return np.asarray(w / np.linalg.norm(w))


@lru_cache(maxsize=2)
def tested(k: int) -> tuple[Matrix, Matrix]:
    """The inputs that errors are measured on."""
    return inputs(k, TESTED, (1,))


def tie(kind: str, slope: Matrix) -> Matrix:
    """What a kind of net makes of the gradient of the free weights (k units, k patches, PATCH).

    >>> tie("convolutional", np.ones((2, 2, 1)))[:, :, 0]
    array([[2., 0.],
           [0., 2.]])
    """
    if kind == "fully-connected":
        return slope
    k = len(slope)
    own = np.zeros_like(slope)
    diagonal = slope[np.arange(k), np.arange(k)]
    if kind == "convolutional":  # shared weights: the sum over the copies (10.1.5)
        diagonal = np.broadcast_to(diagonal.sum(axis=0), diagonal.shape)
    own[np.arange(k), np.arange(k)] = diagonal
    return own


def fit(kind: str, x: Matrix, y: Matrix, seed: int) -> Callable[[Matrix], Matrix]:
    """Gradient descent with momentum on the logistic loss; one net, its weights tied by `tie`."""
    n, k, p = x.shape
    rng = np.random.default_rng([SEED, 3, seed])
    start = rng.standard_normal((k, k, p)) / np.sqrt(k * p if kind == "fully-connected" else p)
    if kind == "convolutional":
        start[:] = start[0, 0]
    weight = np.where(tie(kind, np.ones_like(start)) != 0, start, 0.0)
    threshold, speed, fall = 0.1, np.zeros_like(weight), 0.0
    flat = x.reshape(n, -1)
    for _ in range(STEPS):
        before = flat @ weight.reshape(k, -1).T
        up, down = before > threshold, before < -threshold
        value = ((before - threshold) * up + (before + threshold) * down).sum(axis=1)
        pull = -y * expit(-y * value) / n
        inner = pull[:, None] * (up | down)
        slope = tie(kind, (inner.T @ flat).reshape(k, k, p))
        if kind == "convolutional":
            slope = slope / k  # k copies move together: the step of one
        speed = 0.9 * speed - RATE * slope
        fall = 0.9 * fall - RATE / k * float((pull[:, None] * (down * 1.0 - up)).sum())
        weight, threshold = weight + speed, max(0.0, threshold + fall)

    def predict(z: Matrix) -> Matrix:
        found = z.reshape(len(z), -1) @ weight.reshape(k, -1).T
        soft = np.sign(found) * np.maximum(np.abs(found) - threshold, 0)
        return np.asarray(np.sign(soft.sum(axis=1)))

    return predict


def evaluate(cell: Cell) -> Result:
    """Train one net once; `d` is k, the number of patches."""
    x, y = inputs(cell.d, cell.n, (2, cell.seed))
    z, truth = tested(cell.d)
    wrong = fit(cell.learner, x, y, cell.seed)(z) != truth
    return {"error": float(np.mean(wrong))}


def won(result: Mapping[str, float]) -> bool:
    """Whether the error rate was reached."""
    return result["error"] <= ERROR


@dataclass(frozen=True)
class Locality:
    """The study, set up."""

    searches: tuple[Search, ...]
    settings: dict[str, Any]
    evaluate: Callable[[Cell], Result] = evaluate

    def wanted(self, results: Results) -> list[Cell]:
        """All searches' next cells."""
        return [cell for search in self.searches for cell in search.wanted(results)]

    def remaining(self, results: Results) -> int:
        """About how many cells are to come."""
        return sum(search.remaining(results) for search in self.searches)

    def report(self, results: Results) -> Report:
        """The table, and whether each bias saves samples at every k."""
        found: dict[str, dict[int, Needed]] = {kind: {} for kind in KINDS}
        for search in self.searches:
            sizes, successes = search.outcome(results)
            found[search.learner][search.d] = needed(sizes, successes, SEED + search.d)
        lines = [f"{'k':>4}" + "".join(f"{kind:>32}" for kind in KINDS)]
        rows: list[dict[str, Any]] = []
        for k in sorted(found[KINDS[0]]):
            shown = [found[kind][k] for kind in KINDS]
            cells = (f"{i.n:.4g} ({i.low:.4g} to {i.high:.4g})" for i in shown)
            lines.append(f"{k:>4}" + "".join(f"{cell:>32}" for cell in cells))
            rows += [
                {"learner": kind, "d": k, "n": i.n, "low": i.low, "high": i.high}
                for kind, i in zip(KINDS, shown, strict=True)
            ]
        lines.append("")
        slopes = []
        for kind in KINDS:
            dims = sorted(found[kind])
            if len(dims) > 1:
                value, low, high = exponent(dims, [found[kind][k] for k in dims])
                lines.append(f"{kind}: n grows like k^{value:.2f} ({low:.2f} to {high:.2f})")
                slopes.append({"learner": kind, "slope": value, "low": low, "high": high})
        lines += [
            "",
            f"n: where half of the seeds reach error {ERROR}; k patches of size {PATCH}, one with "
            f"the signal, noise {NOISE}.",
        ]
        largest = max(found[KINDS[0]])
        free, local, shared = (found[kind][largest] for kind in KINDS)
        ok = free.low > local.high and local.low > shared.high
        lines.append(
            f"at k = {largest} locality and then sharing each save samples: intervals apart"
            if ok
            else f"NOT SEEN at k = {largest}: the intervals are not apart in the order expected"
        )
        data = {"rows": rows, "slopes": slopes, "error": ERROR, "settings": self.settings}
        return Report("\n".join(lines), data, ok)


def study(options: Options) -> Locality:
    """The study as the options say.

    Raises:
        SpecError: if a learner is named: this study has its own.
    """
    if options.learner is not None:
        raise SpecError.of("--learner", options.learner, "nothing here: only separation takes one")
    settings = {
        "study": "locality", "full": options.full, "quick": options.quick, "seed": SEED,
        "patch": PATCH, "noise": NOISE, "steps": STEPS, "rate": RATE, "error": ERROR,
        "convproof": __version__, "numpy": np.__version__, "python": platform.python_version(),
    }  # fmt: skip
    counts = (4, 6) if options.quick else (4, 6, 8, 12, 16, 24) if options.full else (4, 6, 8)
    seeds = 4 if options.quick else 24 if options.full else 10
    searches = [
        Search(kind, k, 4, seeds, 50_000, won, scouts=2 if options.quick else 4)
        for k in reversed(counts)
        for kind in KINDS
    ]
    return Locality(tuple(searches), settings)
