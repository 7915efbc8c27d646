"""Seeing whether a finding still happens: its lines in a fresh process, and how that ends."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from convproof.conformance.findings.finding import LibraryFinding
from convproof.conformance.target.libraries import distributions, extra
from convproof.errors import SpecError

SECONDS = 120.0  # importing a large library is most of it

Word = Literal["happens", "gone", "other", "absent"]


@dataclass(frozen=True)
class Answer:
    """What came of a finding's lines.

    `word` is "happens" (they ended as recorded), "gone" (they ended well), "other" (they ended in
    a third way, or not at all: it is not known) or "absent" (the library is not installed);
    `said` tells it in words; `version` is the library's here; `ended` is what ended the lines,
    a signal or an exception, and empty if nothing did.
    """

    word: Word
    said: str
    version: str = ""
    ended: str = ""


# What another interpreter has of a library: it need not have convproof.
ITS_VERSIONS = """
import importlib.metadata as m, importlib.util, json, sys
found = {}
for package, distribution in json.loads(sys.argv[1]).items():
    if importlib.util.find_spec(package) is None:
        sys.exit(1)
    try:
        found[package] = m.version(distribution)
    except m.PackageNotFoundError:
        others = m.packages_distributions().get(package, [])
        found[package] = m.version(others[0]) if others else "unknown"
print(json.dumps(found))
"""


def again(
    finding: LibraryFinding, seconds: float = SECONDS, python: str = sys.executable
) -> Answer:
    """Run a finding's lines where its library is installed.

    `python` is the interpreter that runs them: one that has another release of the library, say.
    """
    found = _versions(finding.library, python)
    if found is None:
        return Answer("absent", f"pip install 'convproof[{extra(finding.library)}]'")
    here = ", ".join(f"{name} {version}" for name, version in found.items())
    if found_at := shutil.which(python):  # the lines run in another folder
        python = str(Path(found_at).absolute())
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [python, "-c", finding.script],
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
    if ended in finding.endings:
        return Answer("happens", f"ended by {ended}, as recorded", here, ended)
    if not ended:
        return Answer("gone", "it does not happen", here)
    return Answer("other", f"ended by {ended}, not by {finding.ends}", here, ended)


def _versions(library: str, python: str) -> dict[str, str] | None:
    """The versions of a library's packages that an interpreter has; None if it lacks one."""
    asked = [python, "-c", ITS_VERSIONS, json.dumps(distributions(library))]
    try:
        done = subprocess.run(
            asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS
        )
        found: dict[str, str] | None = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise SpecError.of("python", python, "a program that runs Python") from None
    return found


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
