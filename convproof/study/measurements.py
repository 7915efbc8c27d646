"""What was measured for this version: one JSON file each, which pages and pictures are drawn from.

To renew one, run its command; a test says which is stale.  Every file says versions and seeds.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from convproof.errors import SpecError

FOLDER = Path(__file__).parent / "measured"
# name -> the command that measures it anew
COMMANDS = {
    "separation": "convproof study separation --json {file}",
    "optimisers": "convproof study optimisers --json {file}",
    "speed": "convproof bench speed --json {file}",
    "detection": "convproof bench detection --json {file}",
    "libraries": "convproof check all-installed --max-seconds 90 --json {file}",
}


def command(name: str) -> str:
    """How to renew a measurement, from the project's folder.

    >>> command("speed")
    'convproof bench speed --json convproof/study/measured/speed.json'
    """
    return COMMANDS[name].format(file=f"convproof/study/measured/{name}.json")


def is_there(name: str) -> bool:
    """Whether it was measured."""
    return name in COMMANDS and (FOLDER / f"{name}.json").is_file()


@cache
def measurement(name: str) -> dict[str, Any]:
    """What was measured under this name.

    Raises:
        SpecError: if there is none.
    """
    if not is_there(name):
        raise SpecError.of("name", name, f"what was measured: {', '.join(COMMANDS)}")
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    inner = found.get(name, {})  # a benchmark's file has its name around its content
    return {**found, **inner}


def made(name: str) -> str:
    """The versions that a measurement was made with, as words."""
    data = measurement(name)
    tools = {"convproof": data["convproof"], **data["made"]}
    return ", ".join(f"{tool} {version}" for tool, version in tools.items())


def ratios(timings: list[dict[str, Any]], rival: str) -> list[tuple[str, float]]:
    """(workload, our time over a rival's in the best of its layouts), from `bench speed`.

    A row in which one of the two gave a wrong result is left out.
    """
    found = []
    for timing in timings:
        right = {who: t for who, t in timing["seconds"].items() if who not in timing["wrong"]}
        others = [t for who, t in right.items() if who.split(" ")[0] == rival]
        if others and "convproof" in right:
            found.append((timing["workload"], right["convproof"] / min(others)))
    return found
