"""The parts of a claim's evidence: proofs for all sizes, computations, citations, witnesses."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from convproof.derive import NAMES, derive
from convproof.derive.checker import definition
from convproof.derive.step import Derivation
from convproof.errors import MissingExtra
from convproof.evidence import Evidence, Grade
from convproof.prove.coq import kernel
from convproof.prove.coq.derivations import derivations
from convproof.prove.coq.obligations import theorem_name
from convproof.prove.coq.sources import DERIVED, home, sources
from convproof.prove.coq.spoken import misread
from convproof.prove.facts.catalogue import obligations
from convproof.prove.facts.strength import doubts
from convproof.prove.smt.discharge import discharge
from convproof.spec import PADDING_MODES, Conv

# What the proofs of derivations go by: a lemma a rule.
RULES = (
    "derive_add", "derive_mul", "derive_zero", "derive_one", "derive_sum", "derive_if",
    "eliminate", "eliminate_span", "split_three", "sum_numbered", "divide_by_stride",
    "count_between", "split_range",
)  # fmt: skip

# Choices of sizes at which a definition is compared: on one axis so many that each of its cases
# occurs, the rarest where a window of ceil mode would start on the padding after the image.
WORLDS = {1: 60, 2: 8, 3: 4}


def by_solvers(*ids: str) -> list[Evidence]:
    """The named obligations, each by both solvers; OPEN where a solver is missing or unsure."""
    known = obligations()
    try:
        return [discharge(known[id]).evidence for id in ids]
    except MissingExtra as missing:
        return [
            Evidence.not_run(f"{id}: {known[id].statement}: not discharged: {missing}")
            for id in ids
        ]


def proved(
    *ids: str, theorems: tuple[str, ...] = (), shapes: Evidence | Iterable[Evidence] = ()
) -> list[Evidence]:
    """What obligations and Coq theorems show for all sizes, with an exact computation beside them.

    With Coq the kernel's word is the part, and the solvers' and the computation's are cross-checks.
    Without Coq the parts are the solvers' word for the obligations and, for the theorems, which
    nothing else covers, the computation on its named shapes.
    """
    computed = [shapes] if isinstance(shapes, Evidence) else list(shapes)
    if kernel.available() is not None:
        solved = [*map(undone, _weak(ids)), *by_solvers(*ids)]
        seen = kernel.closed((*map(theorem_name, ids), *theorems))
        seen = replace(seen, details={**seen.details, "derivations": _derivations(theorems)})
        return [seen, *(item.aside() for item in (*solved, *computed))]
    solved = by_solvers(*ids)
    if not theorems:
        return [*solved, *(item.aside() for item in computed)]
    return [*solved, *(computed or [Evidence.not_run(f"not run: {kernel.INSTALL}")])]


def _weak(ids: Iterable[str]) -> Iterator[str]:
    """Which obligations say less than their sentences: the kernel would prove them as readily."""
    for id in ids:
        for doubt in doubts(obligations()[id]):
            yield f"{id}: it says less than its sentence: {doubt}"


def _derivations(theorems: Iterable[str]) -> list[str]:
    """The derivations that the theorems are about: the first name in that of a theorem's file."""
    places = {place.removeprefix(DERIVED) for place in map(home, theorems) if place}
    return [name for name in NAMES if any(place.startswith(name) for place in places)]


def derived() -> tuple[str, ...]:
    """Every theorem about a layer's derivation: all kinds, variants and dimensions."""
    files = (f"{DERIVED}{name}" for name in derivations())
    return tuple(theorem for file in files for theorem in sources()[file].theorems)


def defined(*names: str) -> list[Evidence]:
    """A cross-check: the derivations that theorems are about start from the definition.

    A theorem says that a formula equals what it is derived from.  Here that is compared with plain
    loops, and what the theorem says with that (on one axis; the printer is the same on others).
    `names` are those of Coq's files ("conv2d_circular", "avg_pool1d_ceil_pixels").
    """
    shown = []
    for name in names:
        rank = next((int(digit) for digit in name if digit.isdigit()), 1)
        verdict = definition(_derivation(name), WORLDS[rank])
        if not verdict.holds:
            return [Evidence.of(Grade.TESTED, verdict.reason, verdict, derivations=[name]).aside()]
        if rank == 1 and (said := _said(name)):
            return [undone(f"a theorem says another thing: {said[0]}").aside()]
        shown.append(verdict.reason.partition(": ")[2])
    told = "; ".join(
        f"{', '.join(name for name, _ in several)}: {reason}"
        for reason, several in itertools.groupby(
            zip(names, shown, strict=True), key=lambda pair: pair[1]
        )
    )
    about = [name for name in NAMES if name in names]
    return [Evidence(Grade.TESTED, told, {"derivations": about}).aside()]


_READ: dict[tuple[str, str], list[str]] = {}  # by name and digest: several claims ask


def _said(name: str) -> list[str]:
    """Where theorems of one axis, read on their own, say another thing than the derivation."""
    right = derivations()[name]()
    key = name, right.digest
    if key not in _READ:
        _READ[key] = misread(name, right)
    return _READ[key]


def _derivation(name: str) -> Derivation:
    """A general derivation; where the border shows pixels, that of a layer of its kind."""
    kind, _, mode = name.partition("_")
    if kind.startswith("conv") and kind[-1] == "d" and mode in PADDING_MODES:
        rank = int(kind[-2])
        pads = ((2, 1), (1, 2), (0, 2))[:rank]
        return derive(Conv((3, 2, 2)[:rank], 2, stride=(2, 1, 2)[:rank], padding=pads,
                           padding_mode=mode))  # fmt: skip
    return derive(name) if name in NAMES else derivations()[name]()


def certified(summary: str, cases: int, **details: Any) -> Evidence:
    """Exact equality on named shapes, for all values of the entries."""
    return Evidence(Grade.CERTIFIED, summary, {"cases": cases, **details})


def tested(summary: str, cases: int, **details: Any) -> Evidence:
    """Held on generated cases, so many of them."""
    return Evidence(Grade.TESTED, summary, {"cases": cases, **details})


def measured(summary: str, **details: Any) -> Evidence:
    """A statistic, with its confidence, sample size and seed in the summary."""
    return Evidence(Grade.MEASURED, summary, details)


def cited(theorem: str) -> Evidence:
    """A theorem used, not proved, with its source."""
    return Evidence(Grade.CITED, theorem)


def refuted(reason: str, **witness: Any) -> Evidence:
    """A counterexample: to a statement expected to be false, or to one expected to hold."""
    return Evidence(Grade.REFUTED, reason, witness)


def undone(reason: str) -> Evidence:
    """No answer where one was expected: a witness that fails, a computation that is unsure."""
    return Evidence(Grade.OPEN, reason)
