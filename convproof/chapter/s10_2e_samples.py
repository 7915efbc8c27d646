"""10.2, (10.12)-(10.14) and their conclusion: packings, labels, and how many samples it takes."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import sympy as sp

from convproof.chapter.claim import claim
from convproof.chapter.parts import certified, cited, proved, refuted, tested, undone
from convproof.chapter.rotations import EXPECTATION, JOINED, formula_counted, steps
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.theory.bounds import lower_bound, upper_bound
from convproof.theory.distance import angle_distance, target
from convproof.theory.groups import Matrix, exact, rational
from convproof.theory.networks import FullyConnected
from convproof.theory.optimisers import sgd
from convproof.theory.small_ball import small_ball_bits, small_ball_bits_exact
from convproof.theory.training import exact_problem, train

_MEASURED = Hypothesis(
    "the functions learned, the targets and success on each of them are measurable",
    "targets are signs of polynomials, learners are programs",
)
_COVERING = "a maximal packing's balls of radius delta cover the space (else it is not maximal)"


def _arc(distance: float) -> float:
    """The angle between two plane rotations at this Frobenius distance, 2 sqrt(2) sin(angle/2)."""
    return 2 * math.asin(min(1.0, distance / (2 * math.sqrt(2))))


def _most(distance: float) -> int:
    """How many plane rotations can be `distance` apart: gaps of at least its arc fill one turn."""
    return max(1, math.floor(2 * math.pi / _arc(distance) + 1e-12))


def _ratio(radius: float) -> float:
    """The volume of SO(2) over that of a ball."""
    return math.pi / _arc(radius)


@claim(
    "eq-10.12",
    "chapter, (10.12)",
    "Disjoint balls of radius delta/2 show that a packing as large as the volume ratio exists.",
    Grade.REFUTED,
    replaced_by="eq-10.12-corrected",
)
def eq_10_12() -> Evidence:
    delta = 2 * math.sqrt(2) * math.sin(2 * math.pi / 5)  # two fifths of a turn apart
    if _ratio(delta / 2) <= _most(delta):
        return undone("the ratio is no larger than the packing")
    return refuted(
        "disjoint balls fit into the space, so their ratio bounds a packing from above: on SO(2) "
        "it exceeds the largest packing",
        group="SO(2)",
        delta=delta,
        largest_packing=_most(delta),
        volume_ratio=_ratio(delta / 2),
    )


def _circle() -> Evidence:
    cases = 0
    for step in range(1, 200):
        delta = 2 * math.sqrt(2) * step / 200
        if not _ratio(delta) <= _most(delta) <= _ratio(delta / 2) + 1e-9:
            return refuted("a volume bound does not hold on SO(2)", delta=delta)
        cases += 1
    return tested(f"both bounds on SO(2) at {cases} distances", cases)


@claim(
    "eq-10.12-corrected",
    "correction of eq-10.12",
    "A maximal family of M points, no two within delta, covers: M times the largest ball of "
    "radius delta is the whole volume or more. Of any such family, M times the smallest ball of "
    "radius delta/2 is the whole or less.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.TESTED,
    assumes=(
        Hypothesis("volume is additive and monotone", "what a measure is"),
        Hypothesis("balls have a volume", "they are open or closed"),
        Hypothesis(
            "two balls of radius delta/2 that meet have centres within delta",
            "the triangle inequality",
        ),
        Hypothesis(
            "a maximal family exists",
            "packing_exists, where the points are finitely many; the second bound, elsewhere",
        ),
    ),
)
def eq_10_12_corrected() -> list[Evidence]:
    theorems = (
        "maximal_packing_covers",
        "packing_exists",
        "packing_lower_bound",
        "packing_upper_bound",
    )
    return proved(theorems=theorems, shapes=_circle())


def _orbit_dimension(d: int) -> int:
    """The rank of A -> QA - AQ on the skew matrices: the dimension of the orbit of Q."""
    half = np.diag([1] * (d // 2) + [-1] * (d // 2))
    images = []
    for i, j in itertools.combinations(range(d), 2):
        skew = np.zeros((d, d), dtype=int)
        skew[i, j], skew[j, i] = 1, -1
        images.append((half @ skew - skew @ half).ravel().tolist())
    return int(sp.Matrix(images).rank())


@claim(
    "eq-10.13",
    "chapter, (10.13)",
    "A packing of exp(Omega(d^2)) rotations in O(d), of dimension d(d-1)/2, is as many "
    "different functions.",
    Grade.REFUTED,
    replaced_by="eq-10.13-corrected",
)
def eq_10_13() -> Evidence:
    q, first = sp.diag(1, 1, -1, -1), sp.eye(4)
    second = sp.diag(-1, 1, 1, 1)
    if first.T * q * first != second.T * q * second:
        return undone("the two rotations give different forms")
    return refuted(
        "rotations far apart can be one function: what is counted is not the functions",
        R1=first.tolist(),
        R2=second.tolist(),
        squared_distance=int(((first - second).T * (first - second)).trace()),
        form_of_both=(second.T * q * second).tolist(),
        dimension_of_O_4=6,
        dimension_of_functions=_orbit_dimension(4),
    )


@claim(
    "eq-10.13-corrected",
    "correction of eq-10.13",
    "The functions h* o R form the Grassmannian of dimension d^2/4, and its largest packings, at a "
    "distance that is a small enough share of its diameter, have exp(Omega(d^2)) members.",
    Grade.CITED,
)
def eq_10_13_corrected() -> Evidence | list[Evidence]:
    sizes = (2, 4, 6, 8)
    for d in sizes:
        if 4 * _orbit_dimension(d) != d * d:
            return refuted("the orbit of Q has another dimension", d=d)
    told = ", ".join(map(str, sizes))
    return [
        certified(f"the functions h* o R form an orbit of dimension d^2/4, d = {told}", len(sizes)),
        cited(
            f"{_COVERING}; so log M grows like d^2/4 times log(C/delta), C like sqrt d: "
            "Omega(d^2) for delta a fixed fraction of C, below 1"
        ),
    ]


def _best_success(members: int, samples: int) -> float:
    """The best learner's chance on a uniform target, over all ways to label, by enumeration."""
    strings = range(2**samples)
    best = 0
    for labels in itertools.product(strings, repeat=members):
        right = 0
        for string in strings:  # one guess for each string of labels
            right += any(label == string for label in labels)
        best = max(best, right)
    return best / members


@claim(
    "eq-10.14",
    "chapter, (10.14)",
    "A learner that finds one of M functions with probability 1 - delta needs n >= log2 M samples.",
    Grade.REFUTED,
    replaced_by="eq-10.14-corrected",
)
def eq_10_14() -> Evidence:
    members, samples = 2, 0
    success = _best_success(members, samples)
    if samples >= math.log2(members) or success < 0.5:
        return undone("a guess does not succeed half the time")
    return refuted(
        "a guess needs no samples and is right half the time: the bound drops log2(1 - delta)",
        M=members,
        n=samples,
        success=success,
        log2_M=math.log2(members),
    )


def _enumerated() -> Evidence:
    cases = 0
    for members, samples in itertools.product(range(1, 6), range(3)):
        if _best_success(members, samples) * members > 2**samples:
            return refuted("a learner beats 2^n / M", members=members, samples=samples)
        cases += 1
    # Why more than 2e: the midpoint of two functions at distance 2e is within e of both.
    near, far, between = (0, 0, 0, 0), (1, 1, 0, 0), (1, 0, 0, 0)
    apart = sum(u != v for u, v in zip(near, far, strict=True))
    both = {sum(u != v for u, v in zip(between, f, strict=True)) for f in (near, far)}
    if apart != 2 or both != {1}:
        return refuted("the midpoint is not within half the distance of both")
    return tested(
        f"every labelling and learner, M <= 5 and n <= 2: success at most 2^n/M ({cases} cases); "
        "at distance exactly 2e one hypothesis is within e of two members",
        cases,
    )


@claim(
    "eq-10.14-corrected",
    "correction of eq-10.14",
    "Of M functions more than 2e apart, a learner that is within e of each of them with "
    "probability s or more from n labels has M s <= 2^n: so 2^n >= M(1 - delta).",
    Grade.PROVED_KERNEL,
    without_coq=Grade.TESTED,
    assumes=(
        Hypothesis("the labels are binary", "the target's values are"),
        Hypothesis("distance is symmetric and within the triangle inequality", "eq-10.10"),
        _MEASURED,
    ),
)
def eq_10_14_corrected() -> list[Evidence]:
    theorems = (
        *("close_to_at_most_one", "pigeonhole", "successes", "samples_needed"),
        *("mean_none", "mean_add", "mean_mono"),  # what is asked of an expectation is met by means
    )
    return proved(theorems=theorems, shapes=_enumerated())


def _labels(x: Matrix, rotation: Matrix) -> Matrix:
    """h*(R x) on the rows of x, exactly; a zero form counts as 1."""
    forms = ((x @ rotation.T) ** 2) @ target(x.shape[1]).diagonal()
    return np.where(forms >= 0, 1, -1)


def _runs() -> Evidence:
    net, rule = FullyConnected((4, 3, 1), "relu"), sgd(Fraction(1, 10), Fraction(1, 2))
    rng = np.random.default_rng(9)
    runs, wrong, asked = 6, 0, 0
    unit = exact(np.eye(4, dtype=int))
    for _ in range(runs):
        rotation = rational("orthogonal", 4, rng)
        plain, points = exact_problem(net, rng), exact(rng.integers(-5, 6, (20, 4)))
        problem = replace(plain, y=_labels(plain.x, rotation), probe=points)
        turned = problem.turned(rotation)
        errors = []
        for one, target_rotation in ((problem, rotation), (turned, unit)):
            found = net.predict(train(net, one, rule, steps=3, batch=2), one.probe)
            truth = _labels(one.probe, target_rotation)
            errors.append(int(np.sum(np.sign(found) != truth)))
        if errors[0] != errors[1] or not np.array_equal(turned.y, _labels(turned.x, unit)):
            return refuted("the errors differ", errors=errors)
        wrong, asked = wrong + errors[0], asked + len(points)
    return tested(
        f"{runs} pairs of runs in exact fractions, one on h* o R and the rotated one on h*: "
        f"{wrong} errors of {asked} in each of the two",
        runs,
        seed=9,
    )


@claim(
    "reduction",
    "missing in the chapter",
    "An equivariant learner of the one target h* does as well on every h* o R; so with success s "
    "on h* alone, and M rotations of it more than 2e apart, M s <= 2^n.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.TESTED,
    assumes=(
        Hypothesis(
            "R x has the law of x, and the turned start that of the start",
            "N(0, I) is rotation invariant: its density",
        ),
        Hypothesis(
            "the learner is equivariant: on turned inputs with the same labels, the turned "
            "function",
            "problem-10.2.1, for those it names",
        ),
        _MEASURED,
    ),
)
def reduction() -> list[Evidence]:
    return proved(theorems=("success_turns", "one_target_is_all"), shapes=_runs())


def _ricci_is_einstein(k: int, d: int) -> bool:
    """Ric = d - 2 on Gr(k, d), in exact integers: the sum of |[X, E_i]|^2 is (d - 2)|X|^2."""
    block = np.arange(1, k * (d - k) + 1).reshape(k, d - k)

    def lift(b: Matrix) -> Matrix:
        x = np.zeros((d, d), dtype=int)
        x[:k, k:], x[k:, :k] = b, -b.T
        return x

    total = 0
    for place in np.ndindex(k, d - k):
        unit = np.zeros_like(block)
        unit[place] = 1
        bracket = lift(block) @ lift(unit) - lift(unit) @ lift(block)
        total += int((bracket**2).sum())
    return total == (d - 2) * int((lift(block) ** 2).sum())


def _lipschitz() -> Evidence:
    rng, cases = np.random.default_rng(8), 60
    for case in range(cases):
        phi = rng.uniform(0, math.pi / 2, 1 + case % 6)
        if angle_distance(phi).low > 2 / math.pi * math.sqrt(np.mean(phi**2)):
            return refuted("not Lipschitz", phi=phi)
    return tested(f"{cases} sets of angles: dist <= (2/pi) sqrt(mean phi^2)", cases, seed=8)


@claim(
    "lipschitz-step",
    "section 10.2, a step of sample-separation-concentration",
    "(2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2) <= (2/pi) sqrt(mean of phi_j^2) for all angles "
    "phi_1, ..., phi_(d/2) in [0, pi/2], s uniform on the sphere.",
    Grade.PROVED_KERNEL,
    without_coq=Grade.TESTED,
    assumes=(
        EXPECTATION,
        Hypothesis("E s_j^2 = 1/(d/2)", "the coordinates have one law, and their squares add to 1"),
    ),
)
def lipschitz_step() -> list[Evidence]:
    return proved(theorems=("formula_from_above",), shapes=(_lipschitz(), steps("E")))


_REDUCED = Hypothesis("an equivariant learner of h* does as well on every h* o R", "reduction")


def _numbers(bound: str) -> Evidence:
    """What a bound says at error 0.05, beside what is enough."""
    needed = {d: lower_bound(d, 0.05).others[bound] for d in (10, 100, 1000)}
    told = ", ".join(f"{n} at d = {d}" for d, n in needed.items())
    enough = upper_bound(0.05).samples
    return certified(
        f"the two formulas at error 0.05: needed (with probability 1/2) {told}; enough {enough}",
        len(needed) + 1,
    )


def _two_routes() -> Evidence:
    """The small-ball bound in floats and, written apart, to 30 digits; d^2 times a constant."""
    shares, cases = [], 0
    for k in (2, 10, 100, 1000):
        fast = float(small_ball_bits(np.array(k), 0.05))
        exactly = float(small_ball_bits_exact(k, Fraction(1, 20), 30))
        if abs(fast - exactly) > 64 * 2.0**-53 * k * k:  # the rounding that it declares
            return refuted("the two routes to the bound differ", k=k, one=fast, other=exactly)
        shares.append(exactly / (2 * k) ** 2)
        cases += 1
    told = ", ".join(f"{share:.4f}" for share in shares)
    return certified(f"the bound's bits over d^2, by two routes, d = 4 to 2000: {told}", cases)


@claim(
    "sample-separation",
    "section 10.2",
    "Every O(d)-equivariant learner needs (d^2/8) log2(1/(4 m (1 - m))) - log2(1/(1 - delta)) "
    "samples, m < 1/2 the largest mean of sin^2(phi_j) that two targets at most 2e apart can have "
    "(nothing is said where it is larger); a ConvNet a number that d does not enter.",
    Grade.MEASURED,
    assumes=(_REDUCED, JOINED),
)
def sample_separation() -> list[Evidence]:
    return [steps("F"), formula_counted(), _two_routes(), _numbers("small ball")]


@claim(
    "sample-separation-concentration",
    "section 10.2, by concentration",
    "At every error e < 1/2 such a learner needs pi^2/(16 ln 2) d (d - 2) (1/2 - e)^2 - log2(1/(1 "
    "- delta)) samples.",
    Grade.CITED,
    assumes=(_REDUCED, JOINED),
)
def sample_separation_concentration() -> list[Evidence]:
    if not all(_ricci_is_einstein(k, 2 * k) for k in (1, 2, 3, 4)):
        return [refuted("the Ricci curvature is not d - 2", k=4)]
    return [
        certified("Ric = d - 2 on Gr(d/2, d), d = 2, 4, 6, 8, in integers", 4),
        *proved(theorems=("formula_from_above",), shapes=steps("E")),
        _lipschitz(),  # of what the code computes
        formula_counted(),
        cited("concentration of Lipschitz functions where Ric >= d - 2 (Bakry and Emery 1985)"),
        _numbers("concentration"),
    ]
