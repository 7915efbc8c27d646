"""The symmetries of every optimiser that the installed packages ship, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from convproof.document.model import (
    Block,
    Document,
    Heading,
    Line,
    Link,
    Mono,
    Strong,
    Table,
    bullets,
    words,
)
from convproof.document.values import text

GROUPS = ("sign", "permutation", "orthogonal")
TITLES = {
    "": "As the papers have them",
    "torch.optim": "torch.optim",
    "optax": "optax",
    "optax.contrib": "optax.contrib",
}


def optimisers_page(data: Mapping[str, Any], made: str, command: str) -> Document:
    """The page, from what `convproof study optimisers --json` wrote."""
    return Document("The symmetries of optimisers", tuple(_blocks(data, made, command)))


def _blocks(data: Mapping[str, Any], made: str, command: str) -> Iterator[Block]:
    rows = data["rows"]
    yield words(
        "Problem 10.2.1: training with an update rule U learns the rotated function from rotated "
        "data if U(W R', {G R'}) = U(W, {G}) R'. Each rule was run twice, from coupled starts, for "
        f"up to {data['settings']['steps']} steps, gradients from 1e-3 to 1e3: held means that the "
        "runs differ by rounding alone, refuted that they do not, from the step named on. Tested, "
        "not proved. Rules with a random part were compared in law."
    )
    yield words(
        f"{len(rows)} optimisers; the names are those that the installed packages have. Measured "
        f"with {made}, seed 0. To measure anew: ",
        Mono(command),
        ".",
    )
    yield from _parting(data)
    for package, group in groupby(rows, key=lambda row: str(row["name"]).rpartition(".")[0]):
        yield Heading(2, TITLES.get(package, package), package.replace(".", "-") or "papers")
        yield Table(("optimiser", *GROUPS, "why"), [_row(row) for row in group])


def _parting(data: Mapping[str, Any]) -> Iterator[Block]:
    """Where shipped code is not its algorithm."""
    yield Heading(2, "Where the shipped code parts from the paper", "parting")
    if data["parting"]:
        yield bullets([text(line) for line in data["parting"]])
    else:
        yield words("Nowhere, as far as these runs tell, for those that are in both tables.")
    late = [
        row["name"]
        for row in data["rows"]
        if any(word.startswith("refuted from") for word in row["shown"])
    ]
    if late:
        yield words("Refuted only after some steps: ", ", ".join(late), ".")
    coarse = [row["name"] for row in data["rows"] if "held only within" in " ".join(row["shown"])]
    if coarse:
        yield words(
            "Held only within the coarser precision that the code computes in, and so undecided: ",
            ", ".join(coarse),
            ".",
        )


def _row(row: Mapping[str, Any]) -> list[Line]:
    """No verdict stands out like a refutation."""
    marked: list[Line] = [
        (Strong(word),) if word.startswith("refuted") else (word,) for word in row["shown"]
    ]
    return [(str(row["name"]).rpartition(".")[2],), *marked, (text(row["why"]),)]


def line_of_index(data: Mapping[str, Any]) -> Line:
    """What the contents page says of it."""
    return (
        Link("The symmetries of optimisers", "optimisers.md"),
        f": {len(data['rows'])} update rules, those of torch.optim and optax among them.",
    )
