"""Which statements the ledger holds, in the order of the chapter, and who judges each of them.

`CHAPTER` lists the ids in order, with the statement a claim has while nobody judges it: such a
claim stands in the ledger as OPEN, so that nothing is left out by silence.  `PROVIDERS` are module
paths, looked up only when the ledger is made: a room below need not know that the ledger exists.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable

from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade, Status, Verdict
from convproof.judgement import Finding, Judgement

# Each of these modules has `claims() -> Iterable[Judgement]`; the first that knows an id has it.
PROVIDERS = (
    "convproof.prove.claims_errata",
    "convproof.theory.claims",
    "convproof.prove.claims_packing",
    "convproof.prove.claims_kernels",
    "convproof.prove.claims_formulas",
    "convproof.prove.claims_behaviour",
    "convproof.prove.claims_gradients",
)

# Section 10.2, for another room to judge; what stands in 10.1 is stated by its providers.
OPEN: tuple[tuple[str, str, str], ...] = (
    (
        "orthogonal-equivariance",
        "chapter, 10.2",
        "Most standard training algorithms for fully connected nets are orthogonally equivariant.",
    ),
    (
        "problem-10.2.1",
        "chapter, Problem 10.2.1",
        "SGD from Gaussian initialisation learns the rotated function from rotated data.",
    ),
    (
        "problem-10.2.2",
        "chapter, Problem 10.2.2",
        "A simple ConvNet learns h* to 95% accuracy from O(1) samples.",
    ),
    ("eq-10.10", "chapter, (10.10)", "The probability of disagreement is a distance on H_rot."),
    (
        "eq-10.11",
        "chapter, (10.11)",
        "dist(h* o R1, h* o R2) >= c ||R1 - R2||_F for some constant c > 0.",
    ),
    (
        "problem-10.2.3",
        "chapter, Problem 10.2.3",
        "h* o R1 and h* o R2 disagree on x iff the product of their quadratic forms is negative.",
    ),
    (
        "footnote-3",
        "chapter, footnote 3",
        "The probability of disagreement is that of v1 . v2 being negative.",
    ),
    (
        "eq-10.12",
        "chapter, (10.12)",
        "Disjoint balls of radius delta/2 show that a packing of about (C/delta)^D exists.",
    ),
    ("eq-10.13", "chapter, (10.13)", "A packing of O(d) has exp(Omega(d^2)) members."),
    (
        "eq-10.14",
        "chapter, (10.14)",
        "A learner that tells M functions apart needs n >= log2 M samples.",
    ),
    (
        "reduction",
        "missing in the chapter",
        "An equivariant learner of the one target h* does as well on every h* o R.",
    ),
    (
        "sample-separation",
        "chapter, 10.2",
        "Orthogonally equivariant learners need Omega(d^2) samples where a ConvNet needs O(1).",
    ),
)

# Where each claim stands in the ledger; a correction follows what it replaces.
CHAPTER = (
    "locality",
    "eq-10.1",
    "convolution-name",
    "eq-10.2",
    "eq-10.3",
    "eq-10.4",
    "footnote-1",
    "eq-10.5",
    "eq-10.6",
    "padding-and-stride",
    "eq-10.7",
    "eq-10.8",
    "tap-slices",
    "groups",
    "translation-equivariance",
    "eq-10.9",
    "local-invariance",
    "avg-pooling",
    "stack",
    "gradient-pooling",
    "input-gradient",
    "max-pool-gradient",
    "fc-simulates-conv",
    "footnote-2",
    *(id for id, _, _ in OPEN),
    *(f"dumoulin-visin-{number}" for number in range(1, 16)),
)


def _open(id: str, source: str, statement: str) -> Judgement:
    def judge() -> Finding:
        reason = "nobody has judged this statement yet"
        return Finding(
            Verdict.undecided(reason, Status.OPEN), Grade.OPEN, (Evidence(Grade.OPEN, reason),)
        )

    return Judgement(id, source, statement, judge, expected=Status.OPEN)


def _provided(path: str) -> Iterable[Judgement]:
    if importlib.util.find_spec(path) is None:
        return ()
    found: Iterable[Judgement] = importlib.import_module(path).claims()
    return found


def judgements(providers: Iterable[str] = PROVIDERS) -> dict[str, Judgement]:
    """Every judgement by id: the chapter's order, each correction right after what it replaces."""
    found: dict[str, Judgement] = {}
    for path in providers:
        own: set[str] = set()
        for item in _provided(path):
            if item.id in own:
                raise ConvproofError(f"{path} provides claim {item.id!r} twice")
            own.add(item.id)
            found.setdefault(item.id, item)
    for id, source, statement in OPEN:
        found.setdefault(id, _open(id, source, statement))
    return {id: found[id] for id in _ordered(found)}


def _ordered(found: dict[str, Judgement]) -> list[str]:
    """The chapter's ids first, then the others; each followed by the claim that replaces it."""
    order: list[str] = []

    def place(id: str | None) -> None:
        if id in found and id not in order:
            order.append(id)
            place(found[id].replaced_by)

    heirs = {item.replaced_by for item in found.values()}
    for id in CHAPTER:
        place(id)
    for id in found:
        if id not in heirs:
            place(id)
    for id in found:
        place(id)
    return order
