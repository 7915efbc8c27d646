"""Seeing whether a finding still happens: its lines in a fresh process, and how that ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Literal

from convproof.conformance.findings.finding import LibraryFinding
from convproof.conformance.target.libraries import extra, is_here, versions

SECONDS = 120.0  # importing a large library is most of it

Word = Literal["happens", "gone", "other", "absent"]


@dataclass(frozen=True)
class Answer:
    """What came of a finding's lines.

    `word` is "happens" (they ended as recorded), "gone" (they ended well), "other" (they ended in
    a third way, or not at all: it is not known) or "absent" (the library is not installed);
    `said` tells it in words; `version` is the library's here.
    """

    word: Word
    said: str
    version: str = ""


def again(finding: LibraryFinding, seconds: float = SECONDS) -> Answer:
    """Run a finding's lines where its library is installed."""
    if not is_here(finding.library):
        return Answer("absent", f"pip install 'convproof[{extra(finding.library)}]'")
    here = ", ".join(f"{name} {version}" for name, version in versions(finding.library).items())
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-c", finding.script],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                text=True,
                errors="replace",
            )
        except subprocess.TimeoutExpired:
            return Answer("other", f"no end within {seconds:g} s", here)
    ended = _ended(done.returncode, done.stderr)
    if ended == finding.ends:
        return Answer("happens", f"ended by {ended}, as recorded", here)
    if not ended:
        return Answer("gone", "it does not happen any more", here)
    return Answer("other", f"ended by {ended}, not by {finding.ends}", here)


def _ended(status: int, errors: str) -> str:
    """The signal or the exception that ended a process; empty if it ended well."""
    if status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    if status == 0:
        return ""
    last = next((line for line in reversed(errors.splitlines()) if line[:1].isalpha()), "")
    name = last.partition(":")[0].rpartition(".")[2]
    return name or f"exit code {status}"
