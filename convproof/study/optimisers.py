"""The symmetries of every optimiser that torch.optim and optax ship, beside the papers' own.

The names come from the installed packages, so that a new optimiser joins by itself.  A row without
a verdict says why: the rule wants what it was not given.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof import __version__
from convproof.errors import MissingExtra, SpecError
from convproof.study.engine import Cell, Options, Report, Result, Results
from convproof.theory.groups import GROUPS
from convproof.theory.optimisers import OPTIMISERS
from convproof.theory.symmetry import optax_rules, symmetries, torch_rules

STEPS = 60


def names() -> list[str]:
    """The optimisers of this package, then those that the installed packages ship."""
    found = list(OPTIMISERS)
    for prefix, shipped in (("torch.optim.", torch_rules.shipped), ("optax.", optax_rules.shipped)):
        try:
            found += [prefix + name for name in shipped()]
        except MissingExtra:
            continue
    return found


def evaluate(cell: Cell) -> Result:
    """The verdicts on one optimiser; `n` is how many steps."""
    try:
        verdicts = symmetries(cell.learner, steps=cell.n, seed=cell.seed)
    except SpecError as error:
        return {"refused": str(error)}
    return {
        group: {
            "status": str(verdict.status),
            "reason": verdict.reason,
            "step": (verdict.witness or {}).get("step"),
            "cause": (verdict.witness or {}).get("cause"),
        }
        for group, verdict in verdicts.items()
    }


def counterpart(name: str) -> str | None:
    """The optimiser of this package with the same name, written after the paper, for a shipped one.

    >>> counterpart("torch.optim.RMSprop"), counterpart("optax.contrib.prodigy")
    ('rmsprop', None)
    """
    bare = name.rpartition(".")[2].lower().replace("_", "")
    known = {own.replace("-", ""): own for own in OPTIMISERS}
    return known.get(bare) if "." in name else None


@dataclass(frozen=True)
class Optimisers:
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
        """The table as Markdown; not as it must be only where a paper's rule and its code part."""
        rows = [told(cell.learner, results[cell]) for cell in self.cells]
        by_name = {row["name"]: row for row in rows}
        lines = [
            f"| optimiser | {' | '.join(GROUPS)} | why |",
            "|---|" + "---|" * len(GROUPS) + "---|",
        ]
        parting = []
        for row in rows:
            lines.append(f"| {row['name']} | {' | '.join(row['shown'])} | {_cell(row['why'])} |")
            own = counterpart(row["name"])
            if own is not None and "refused" not in row:
                for group in GROUPS:
                    mine, theirs = by_name[own][group]["status"], row[group]["status"]
                    if {mine, theirs} == {"held", "refuted"}:
                        parting.append(f"{row['name']}, {group}: {theirs}; {own} here: {mine}")
        lines += ["", f"{len(rows)} optimisers, coupled runs of up to {STEPS} steps."]
        lines += [f"The shipped code parts from the paper's rule: {line}" for line in parting]
        data = {"rows": rows, "parting": parting, "settings": self.settings}
        return Report("\n".join(lines), data, True)


def told(name: str, result: Result) -> dict[str, Any]:
    """A row as it is kept: the verdicts, one word for each group, and why."""
    if "refused" in result:
        why = result["refused"].partition("; ")[2] or result["refused"]
        return {"name": name, **result, "shown": ["-"] * len(GROUPS), "why": why}
    shown = [_shown(result[group]) for group in GROUPS]
    return {"name": name, **result, "shown": shown, "why": _why(result)}


def _shown(item: dict[str, Any]) -> str:
    if item["status"] == "refuted" and item["step"] not in (None, 1):
        return f"refuted from step {item['step']}"
    if item["status"] == "undecided" and item["reason"].startswith("held only within"):
        return " ".join(item["reason"].split()[:4]).rstrip(",")
    return str(item["status"])


def _why(row: dict[str, Any]) -> str:
    for group in GROUPS:
        item = row[group]
        if item["status"] == "refuted":
            return str(item["cause"] or item["reason"]).removeprefix("the cause: ")
    undecided = [row[group]["reason"] for group in GROUPS if row[group]["status"] == "undecided"]
    return str(undecided[0]) if undecided else ""


def _cell(text: str) -> str:
    """Text that fits a Markdown table's cell."""
    return " ".join(text.split()).replace("|", "\\|")[:160]


def study(options: Options) -> Optimisers:
    """The study as the options say; `quick` leaves the packages out.

    Raises:
        SpecError: if a learner is named: this study has its own.
    """
    if options.learner is not None:
        raise SpecError.of("--learner", options.learner, "nothing here: only separation takes one")
    chosen = list(OPTIMISERS) if options.quick else names()
    settings = {
        "study": "optimisers", "full": options.full, "quick": options.quick, "steps": STEPS,
        "convproof": __version__, "numpy": np.__version__, "python": platform.python_version(),
        **{name: _version(name) for name in ("torch", "optax", "jax")},
    }  # fmt: skip
    steps = 1000 if options.full else STEPS
    return Optimisers(tuple(Cell(name, 0, steps, 0) for name in chosen), settings)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "none"
