"""How this package compares with others, from what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from convproof.document.model import Block, Document, Heading, Line, Mono, Picture, Table, words
from convproof.figures import FIGURES
from convproof.study.measurements import command, is_there, made, measurement, ratios


def compare_page() -> Document:
    """The page: a part for each measurement that there is."""
    return Document("How it compares", tuple(_blocks()))


def _blocks() -> Iterator[Block]:
    yield words("Every figure is from a file of measurements and has the command that renews it.")
    if is_there("detection"):
        yield Heading(2, "Mistakes found", "detection")
        yield detection_table(measurement("detection"))
        if measurement("detection").get("sample"):
            yield words(f"On {measurement('detection')['sample']}.")
        yield from _source("detection", "kill-rates")
    if is_there("speed"):
        yield Heading(2, "Speed", "speed")
        yield speed_table(measurement("speed"))
        yield from _source("speed", "speed-ratios")
    if is_there("separation"):
        yield Heading(2, "Samples needed", "separation")
        yield separation_table(measurement("separation"))
        yield from _source("separation", "separation")


def _source(name: str, picture: str) -> Iterator[Block]:
    shown = FIGURES[picture]
    yield Picture(shown.draw(), shown.alt, f"figures/{picture}.svg")
    yield words(f"Measured with {made(name)}: ", Mono(command(name)), ".")


def detection_table(data: dict[str, Any]) -> Table:
    """Wrong implementations found, right ones accused, and how long it took, by checker."""
    rows: list[list[Line]] = [
        [
            (row["checker"],),
            (f"{row['killed']} of {row['wrong']} ({100 * row['kill_rate']:.1f} %)",),
            (_asked(row),),
            (f"{row['false_alarms']} of {row['right_runs']}",),
            (f"{row['right_lines']} of {row['lines']}" if row["lines"] else "-",),
            (_seconds(row["median_seconds_to_detection"]),),
        ]
        for row in data["rows"]
    ]
    heads = ("wrong ones found", "of those it can be asked about", "right ones accused")
    return Table(("checker", *heads, "right first lines", "median time to find"), rows)


def _asked(row: dict[str, Any]) -> str:
    """What was found of the entries that the checker has a way to ask about."""
    asked = row["expressible"]
    return f"{row['killed']} of {asked}" if asked != row["wrong"] else "all"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2g} s"


def speed_table(data: dict[str, Any]) -> Table:
    """Our time over the other's: the median, the range, and how often we are the slower one."""
    rows: list[list[Line]] = []
    for rival, name in (("windows", "plain sliding windows"), ("torch", "PyTorch")):
        found = sorted(ratio for _, ratio in ratios(data["timings"], rival))
        if found:
            slower = sum(ratio > 1.05 for ratio in found)
            rows.append(
                [
                    (name,),
                    (f"{statistics.median(found):.2f}",),
                    (f"{found[0]:.2f} to {found[-1]:.2f}",),
                    (f"{slower} of {len(found)}",),
                ]
            )
    return Table(("beside", "median ratio of times", "range", "slower than it on"), rows)


def separation_table(data: dict[str, Any]) -> Table:
    """The exponent of each learner's need of samples."""
    symmetry = {row["learner"]: row["symmetry"] for row in data["rows"]}
    rows: list[list[Line]] = [
        [
            (item["learner"],),
            (symmetry[item["learner"]],),
            (f"d^{item['slope']:.2f} ({item['low']:.2f} to {item['high']:.2f})",),
        ]
        for item in data["slopes"]
    ]
    return Table(("learner", "equivariant under", "samples grow like"), rows)
