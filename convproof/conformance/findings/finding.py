"""A finding: something a released library does that its own definition says otherwise.

A file `LIBRARY.toml` in this folder holds what was found in a library, most wanted first.
Nothing stands here that was not seen to happen in a fresh process by lines that do without
convproof, and read against the library's documentation; `again` sees whether it still happens.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from convproof.conformance.target.libraries import KNOWN, backend
from convproof.errors import SpecError
from convproof.laws import LAWS
from convproof.laws.op import OPS

FOLDER = Path(__file__).parent
SEVERITIES = ("crash", "foreign memory", "wrong result", "refusal", "hang", "side effect")
# an alarm is how lines end that would never end
SIGNALS = ("SIGSEGV", "SIGFPE", "SIGABRT", "SIGBUS", "SIGILL", "SIGALRM")
WELL = "well"  # how lines end where it does not happen
LONGEST = 16  # lines of a script, imports and all


@dataclass(frozen=True)
class LibraryFinding:
    """What a library does, and how to see it.

    Attributes:
        library: its name as a target.
        id: a name for it, unique.
        kind: the wrong implementation that makes the same mistake, in the corpus or beside it.
        version: the packages it was seen with.
        law: the law that it breaks.
        also: other laws that break by it: what a process that it has harmed does next.
        ops: those it was met in.
        what: what happens, in a sentence or two.
        documented: what the library's documentation says, and where.
        tracker: whether its tracker knows it: an address, or what was searched for in vain.
        severity: as its users would see it; one of `SEVERITIES`.
        ends: how the script ends as long as it happens: the name of an exception or a signal, or
            several with "or" between them where it differs from run to run.
        script: lines that show it, without convproof; they end well where it does not happen.
        since: the first version known to do it, where somebody else says so.
        tried: releases of the library, oldest first -> how the lines ended with it (`WELL`, or
            the name of an exception or a signal), as `convproof findings --python` saw it.
    """

    library: str
    id: str
    kind: str
    version: str
    law: str
    ops: tuple[str, ...]
    what: str
    documented: str
    tracker: str
    severity: str
    ends: str
    script: str
    since: str = ""
    also: tuple[str, ...] = ()
    tried: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def first_seen(self) -> str:
        """From which release on it happens, in words, as far as releases were tried."""
        seen: list[str] = []
        before = ""
        for release, ended in reversed(self.tried.items()):
            if ended not in self.endings:
                otherwise = "it does not happen" if ended == WELL else f"the lines ended by {ended}"
                before = f"{release} ({otherwise})"
                break
            seen.append(release)
        if not seen:
            return ""
        if not before:
            return f"{seen[-1]}, the oldest that was tried, or before"
        return f"{seen[-1]}; the one tried before it was {before}"

    @property
    def endings(self) -> tuple[str, ...]:
        """The ways in which the lines may end as long as it happens."""
        return tuple(self.ends.split(" or "))

    def faults(self) -> list[str]:
        """What is wrong with the entry itself; nothing where it is well-formed."""
        lines = self.script.strip().splitlines()
        last = next(reversed(self.tried), "")
        wrong = {
            f"library={self.library!r}: allowed is one of {', '.join(KNOWN)}": self.library
            not in KNOWN,
            f"law={self.law!r}: there is no such law": self.law not in LAWS,
            f"also={self.also!r}: allowed are other laws": bool(
                {*self.also} - {*LAWS} - {self.law}
            ),
            f"ops={self.ops!r}: allowed is a list of ops": not self.ops or set(self.ops) - {*OPS},
            f"severity={self.severity!r}: allowed is one of {', '.join(SEVERITIES)}": self.severity
            not in SEVERITIES,
            f"ends={self.ends!r}: allowed is an exception or one of {', '.join(SIGNALS)}": not all(
                one in SIGNALS or one.endswith(("Error", "Exception")) for one in self.endings
            ),
            f"tried: its last, {last!r}, is not the release of version": last
            not in self.version.split(",")[0],
            "tried: with its last it does not happen": self.tried.get(last, self.endings[0])
            not in self.endings,
            "script: it imports convproof": "convproof" in self.script,
            f"script: it has {len(lines)} lines; allowed are {LONGEST}": len(lines) > LONGEST,
            "script: it asserts nothing, so it cannot end well": "assert " not in self.script,
        }
        empty = [
            f"{name}: it is empty"
            for name in ("id", "kind", "version", "what", "documented", "tracker")
            if not getattr(self, name).strip()
        ]
        return [text for text, bad in wrong.items() if bad] + empty


def parse(library: str, text: str) -> tuple[LibraryFinding, ...]:
    """The findings of a file.

    Raises:
        SpecError: if it is no TOML, or an entry lacks a field, has another or is ill-formed.
    """
    where = f"{library}.toml"
    try:
        entries: list[Mapping[str, Any]] = tomllib.loads(text).get("finding", [])
    except tomllib.TOMLDecodeError as error:
        raise SpecError.of("findings", where, f"TOML ({error})") from None
    found = []
    for entry in entries:
        listed = {name: tuple(entry.get(name, ())) for name in ("ops", "also")}
        given = {"library": library, "since": "", "tried": {}, **entry, **listed}
        names = {field.name for field in fields(LibraryFinding)}
        if names != set(given):
            odd = ", ".join(sorted(names ^ set(given)))
            raise SpecError.of("findings", where, f"entries of {', '.join(sorted(names))} ({odd})")
        one = LibraryFinding(**given)
        if one.faults():
            raise SpecError.of("findings", f"{where}: {one.id}", "; ".join(one.faults()))
        found.append(one)
    return tuple(found)


@cache
def findings() -> tuple[LibraryFinding, ...]:
    """All that was found, library by library.

    >>> {one.library for one in findings()} >= {"onnx", "opencv"}
    True
    """
    found = [
        one
        for file in sorted(FOLDER.glob("*.toml"))
        for one in parse(file.stem, file.read_text(encoding="utf-8"))
    ]
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        raise SpecError.of("findings", sorted(twice), "names that no other finding has")
    return tuple(found)


def known(library: str, law: str, op: str) -> str:
    """The name of the finding that explains a broken law; empty if none does.

    It may be of the library that this one computes with.
    """
    for name in (library, backend(library)):
        for one in findings():
            if one.library == name and law in (one.law, *one.also) and op in one.ops:
                return one.id
    return ""
