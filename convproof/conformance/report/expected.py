"""Expected-failures files: what a target is known to break; a stale entry is an error.

One entry a line, `LAW OP  # reason`; empty lines and lines that start with # are comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from convproof.conformance.report.result import CheckResult
from convproof.errors import SpecError
from convproof.laws import LAWS
from convproof.laws.op import OPS

Entry = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """A result beside what was expected: (law, op) pairs.

    `stale` are entries whose law was judged and held; `idle` those whose law was not judged, or
    not to the end of the plan.
    """

    unexpected: tuple[Entry, ...]
    known: tuple[Entry, ...]
    stale: tuple[Entry, ...]
    idle: tuple[Entry, ...]

    @property
    def ok(self) -> bool:
        """Nothing fails that was not expected to, and everything expected to fail does."""
        return not self.unexpected and not self.stale

    def lines(self) -> list[tuple[str, str]]:
        """For a person; (style, text)."""
        out = [("", "")]
        for entries, style, text in (
            (self.known, "dim", "expected failures, which failed"),
            (self.idle, "dim", "expected failures not met, their law not judged to the end"),
            (self.stale, "bad", "stale: expected to fail, and held; take them out of the file"),
            (self.unexpected, "bad", "unexpected failures"),
        ):
            if entries:
                out.append((style, f"{text}:"))
                out += [(style, f"  {law} {op}") for law, op in entries]
        return out


def read(path: Path) -> dict[Entry, str]:
    """(law, op) -> reason.

    Raises:
        SpecError: if the file cannot be read, or a line names no law or no op.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is a directory, a device or a pipe")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError.of("--expected-failures", str(path), f"a file to read ({error})") from None
    entries: dict[Entry, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        entry, _, reason = line.partition("#")
        words = entry.split()
        if not words:
            continue
        where = f"{path}, line {number}"
        if len(words) != 2:
            raise SpecError.of(where, entry.strip(), "LAW OP  # reason")
        law, op = words
        if law not in LAWS:
            raise SpecError.one_of(where, law, LAWS)
        if op not in OPS:
            raise SpecError.one_of(where, op, OPS)
        if (law, op) in entries:
            raise SpecError.of(where, entry.strip(), "an entry that is not there already")
        entries[law, op] = reason.strip()
    return entries


def cut_short(result: CheckResult, op: str) -> bool:
    """Whether planned calls of this op were left out, so that what held may yet break."""
    return any(note.startswith(f"{op}: ") and "left out" in note for note in result.notes)


def judge(result: CheckResult, entries: dict[Entry, str]) -> Judged:
    """Hold a result to what was expected."""
    failed = [(failure.law, failure.op) for failure in result.failures]
    held = {
        (item.law, item.op)
        for item in result.exercises
        if item.status == "held" and not cut_short(result, item.op)
    }
    return Judged(
        unexpected=tuple(pair for pair in failed if pair not in entries),
        known=tuple(pair for pair in entries if pair in failed),
        stale=tuple(pair for pair in entries if pair in held and pair not in failed),
        idle=tuple(pair for pair in entries if pair not in held and pair not in failed),
    )
