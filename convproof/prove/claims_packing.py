"""Errata of (10.12)-(10.14) by the smallest cases: the circle SO(2), the orbit of Q, a coin."""

from __future__ import annotations

import itertools
import math

import numpy as np
import sympy as sp

from convproof.evidence import Evidence, Grade, Status
from convproof.judgement import Finding, Judgement
from convproof.prove.settle import certified, failed, holds, refuted, undone

COVERING = "a maximal packing's balls of radius delta cover the space (else it is not maximal)"


def _arc(distance: float) -> float:
    """The angle between two plane rotations at this Frobenius distance, 2 sqrt(2) sin(angle/2)."""
    return 2 * math.asin(min(1.0, distance / (2 * math.sqrt(2))))


def _most(distance: float) -> int:
    """How many plane rotations can be `distance` apart: gaps of at least its arc fill one turn."""
    return max(1, math.floor(2 * math.pi / _arc(distance) + 1e-12))


def _ratio(radius: float) -> float:
    """The volume of SO(2) over that of a ball."""
    return math.pi / _arc(radius)


def _upper_taken_for_lower() -> Finding:
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


def _both_sides() -> Finding:
    cases = 0
    for step in range(1, 200):
        delta = 2 * math.sqrt(2) * step / 200
        if not _ratio(delta) <= _most(delta) <= _ratio(delta / 2) + 1e-9:
            return failed("a volume bound does not hold on SO(2)", delta=delta)
        cases += 1
    return holds(
        f"{cases} distances on SO(2); the covering argument",
        Evidence(Grade.TESTED, f"both bounds on SO(2) at {cases} distances", {"cases": cases}),
        Evidence(Grade.CITED, f"the Gilbert-Varshamov argument: {COVERING}"),
    )


def _rotations_are_not_functions() -> Finding:
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


def _orbit_dimension(d: int) -> int:
    """The rank of A -> QA - AQ on the skew matrices: the dimension of the orbit of Q."""
    half = np.diag([1] * (d // 2) + [-1] * (d // 2))
    images = []
    for i, j in itertools.combinations(range(d), 2):
        skew = np.zeros((d, d), dtype=int)
        skew[i, j], skew[j, i] = 1, -1
        images.append((half @ skew - skew @ half).ravel().tolist())
    return int(sp.Matrix(images).rank())


def _grassmannian() -> Finding:
    sizes = (2, 4, 6, 8)
    for d in sizes:
        if 4 * _orbit_dimension(d) != d * d:
            return failed("the orbit of Q has another dimension", d=d)
    return holds(
        f"d = {', '.join(map(str, sizes))}; the volume bound",
        certified("the functions h* o R form an orbit of dimension d^2/4, exactly", len(sizes)),
        Evidence(
            Grade.CITED,
            f"{COVERING}; so log M grows like d^2/4 times log(C/delta), C like sqrt d: "
            "Omega(d^2) for delta a fixed fraction of C",
        ),
    )


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


def _coin() -> Finding:
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


def _counted() -> Finding:
    cases = 0
    for members, samples in itertools.product(range(1, 6), range(3)):
        if _best_success(members, samples) * members > 2**samples:
            return failed("a learner beats 2^n / M", members=members, samples=samples)
        cases += 1
    # Why more than 2e: the midpoint of two functions at distance 2e is within e of both.
    near, far, between = (0, 0, 0, 0), (1, 1, 0, 0), (1, 0, 0, 0)
    apart = sum(u != v for u, v in zip(near, far, strict=True))
    both = {sum(u != v for u, v in zip(between, f, strict=True)) for f in (near, far)}
    if apart != 2 or both != {1}:
        return failed("the midpoint is not within half the distance of both")
    return holds(
        f"{cases} cases enumerated",
        Evidence(
            Grade.TESTED,
            f"every labelling and learner, M <= 5 and n <= 2: success at most 2^n/M ({cases} "
            "cases); at distance exactly 2e one hypothesis is within e of two members",
            {"cases": cases},
        ),
        Evidence(Grade.CITED, "pigeonhole: n labels take at most 2^n values, one output for each"),
    )


def claims() -> list[Judgement]:
    """The claims on packings, none of them judged yet."""
    return [
        Judgement(
            "eq-10.12",
            "chapter, (10.12)",
            "Disjoint balls of radius delta/2 show that a packing as large as the volume ratio "
            "exists.",
            _upper_taken_for_lower,
            Status.REFUTED,
            "eq-10.12-corrected",
        ),
        Judgement(
            "eq-10.12-corrected",
            "correction of eq-10.12",
            "The largest packing lies between Vol/Vol(ball of radius delta) and "
            "Vol/Vol(ball of radius delta/2).",
            _both_sides,
        ),
        Judgement(
            "eq-10.13",
            "chapter, (10.13)",
            "A packing of exp(Omega(d^2)) rotations in O(d), of dimension d(d-1)/2, is as many "
            "different functions.",
            _rotations_are_not_functions,
            Status.REFUTED,
            "eq-10.13-corrected",
        ),
        Judgement(
            "eq-10.13-corrected",
            "correction of eq-10.13",
            "The functions h* o R form the Grassmannian of dimension d^2/4, and its packings have "
            "exp(Omega(d^2)) members.",
            _grassmannian,
        ),
        Judgement(
            "eq-10.14",
            "chapter, (10.14)",
            "A learner that finds one of M functions with probability 1 - delta needs n >= log2 M "
            "samples.",
            _coin,
            Status.REFUTED,
            "eq-10.14-corrected",
        ),
        Judgement(
            "eq-10.14-corrected",
            "correction of eq-10.14",
            "Of M functions more than 2e apart, a learner to error e with probability 1 - delta "
            "needs 2^n >= M(1 - delta).",
            _counted,
        ),
    ]
