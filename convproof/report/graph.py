"""The claims as a picture: a row a section, an arrow from what is false or assumed to what is true.

A box is filled with its grade's colour only if all that it rests on in the ledger holds too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from convproof.document.model import anchor
from convproof.document.svg import COLOURS, label, svg

WIDE, HIGH, GAP, COLUMNS, TOP = 150, 22, 10, 5, 24
FILL = {
    "PROVED (kernel)": COLOURS[2],
    "PROVED (solvers)": COLOURS[4],
    "CERTIFIED": COLOURS[0],
    "TESTED": COLOURS[6],
    "MEASURED": COLOURS[1],
    "CITED": COLOURS[7],
    "REFUTED": COLOURS[5],
    "OPEN": "#ffffff",
}
DARK = ("CERTIFIED", "PROVED (kernel)", "REFUTED")  # fills on which white words are read


def needs(claim: Mapping[str, Any], ids: set[str]) -> list[str]:
    """The claims that discharge what this one assumes."""
    said = (item["discharged_by"] or "" for item in claim["hypotheses"])
    return [name for by in said for name in by.replace(",", " ").split() if name in ids]


def sound(claims: list[Mapping[str, Any]]) -> dict[str, bool]:
    """Whether a claim holds and all that it rests on in the ledger does, however far back."""
    by_id = {claim["id"]: claim for claim in claims}
    known: dict[str, bool] = {}

    def ask(name: str, path: tuple[str, ...] = ()) -> bool:
        if name in path:
            return False  # nothing rests on itself
        if name not in known:
            holds = by_id[name]["verdict"]["status"] == "held"
            parts = needs(by_id[name], set(by_id))
            known[name] = holds and all(ask(part, (*path, name)) for part in parts)
        return known[name]

    return {name: ask(name) for name in by_id}


def graph_alt(claims: list[Mapping[str, Any]]) -> str:
    """What the picture shows, in words."""
    fine = sound(claims)
    held = [claim for claim in claims if claim["verdict"]["status"] == "held"]
    bare = [claim["id"] for claim in held if not fine[claim["id"]]]
    but = f"; held, but not all that it rests on: {', '.join(bare)}" if bare else ""
    return (
        f"{len(claims)} claims by section, coloured by grade; {len(held)} held, with arrows from "
        f"false ones to what replaces them{but}."
    )


def claim_graph(claims: list[Mapping[str, Any]], page: str = "") -> str:
    """The picture; each box leads to its claim, on another `page` where that is named."""
    places: dict[str, tuple[float, float]] = {}
    titles: list[tuple[float, str]] = []
    y = 4.0
    for section, group in groupby(claims, key=lambda claim: str(claim["section"])):
        titles.append((y + 12, section.partition(":")[0]))
        y += TOP - 6
        count = 0
        for count, claim in enumerate(group):
            row, column = divmod(count, COLUMNS)
            places[claim["id"]] = (4 + column * (WIDE + GAP), y + row * (HIGH + GAP))
        y += (count // COLUMNS + 1) * (HIGH + GAP) + 6
    fine = sound(claims)

    def parts() -> Iterator[str]:
        for at, title in titles:
            yield label(4, at, title, "start")
        for claim in claims:
            x, top = places[claim["id"]]
            heirs = [claim["replaced_by"]] if claim["replaced_by"] in places else []
            for other in [*heirs, *needs(claim, set(places))]:
                to_x, to_y = places[other]
                yield (
                    f'<path d="M{x + WIDE / 2:g} {top + HIGH:g} Q{(x + to_x) / 2 + WIDE / 2:g} '
                    f'{max(top, to_y) + HIGH + 12:g} {to_x + WIDE / 2:g} {to_y + HIGH:g}" '
                    'fill="none" stroke="#888888" stroke-width="0.8"/>'
                )
        for claim in claims:
            yield _box(claim, places[claim["id"]], fine[claim["id"]], page)
        yield from _legend({claim["grade"] for claim in claims}, y)

    return svg(8 + COLUMNS * (WIDE + GAP), y + 24, "the claims of the chapter", parts())


def _legend(grades: set[str], y: float) -> Iterator[str]:
    """Which colour is which grade's."""
    x = 4.0
    for grade in filter(grades.__contains__, FILL):
        yield (
            f'<rect x="{x:g}" y="{y + 4:g}" width="12" height="12" rx="2" fill="{FILL[grade]}" '
            f'stroke="#888888" stroke-width="0.6"/>'
        )
        yield label(x + 17, y + 14, grade, "start")
        x += 27 + 6.5 * len(grade)


def _box(claim: Mapping[str, Any], place: tuple[float, float], fine: bool, page: str) -> str:
    x, y = place
    grade = claim["grade"]
    shown = fine or grade == "REFUTED"
    ink = "#ffffff" if shown and grade in DARK else "#000000"
    name = claim["id"] if len(claim["id"]) <= 26 else claim["id"][:25] + "..."
    return (
        f'<a href="{page}#{anchor(claim["id"])}"><title>{grade}</title><rect x="{x:g}" y="{y:g}" '
        f'width="{WIDE}" height="{HIGH}" rx="4" fill="{FILL[grade] if shown else "#ffffff"}" '
        f'stroke="{FILL[grade]}" stroke-width="1.5"/><text x="{x + WIDE / 2:g}" y="{y + 15:g}" '
        f'text-anchor="middle" fill="{ink}">{name}</text></a>'
    )
