"""Coq's kernel: the library, the generated theorems, `coqc`, and what each theorem rests on.

Files are written to a temporary directory and checked there; after each file an audit prints the
assumptions of its theorems.  A file that does not check leaves its theorems unproved, in plain
sight; nothing is assumed from a file's presence.
"""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade
from convproof.prove.coq.derived import conv_file, pool_file
from convproof.prove.coq.library import needs, shipped, theorems
from convproof.prove.coq.obligations import lemmas_file, obligations_file, theorem_name
from convproof.prove.facts.catalogue import files
from convproof.prove.facts.obligation import Obligation

INSTALL = "Coq is not installed (Debian: apt-get install coq)"
CLOSED = "Closed under the global context"
TIMEOUT_SECONDS = 120.0


@dataclass(frozen=True)
class Source:
    """A Coq file: what it needs, how its text is made, and the theorems to be audited."""

    name: str
    needs: tuple[str, ...]
    text: Callable[[], str]
    theorems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What `coqc` said of one file: `assumptions` by theorem, or the error."""

    name: str
    assumptions: dict[str, str]
    error: str = ""


def _library() -> list[Source]:
    return [
        Source(name, needs(text), functools.partial(str, text), theorems(text))
        for name, text in shipped().items()
    ]


def _obligations(name: str, items: tuple[Obligation, ...]) -> Source:
    theorems = tuple(theorem_name(item.id) for item in items)
    needs = ("Settle", "Lemmas")
    return Source(f"Obligations_{name}", needs, lambda: obligations_file(items), theorems)


LIBRARY = ("Sums", "Axis", "Layers", "Pooling", "Same")


@functools.cache
def sources() -> dict[str, Source]:
    """Every file by name, each after those it needs."""
    found = [
        *_library(),
        Source("Lemmas", ("Settle",), lemmas_file),
        *(_obligations(name, items) for name, items in files().items()),
    ]
    for rank in (1, 2, 3):
        name = f"conv{rank}d"
        both = (f"{name}_grad_x_is_adjoint", f"{name}_grad_kernel_is_adjoint")
        found.append(Source(name, LIBRARY, functools.partial(conv_file, name), both))
        for kind in ("avg_pool", "max_pool"):
            name = f"{kind}{rank}d"
            one = (f"{name}_grad_x_is_adjoint",)
            found.append(Source(name, LIBRARY, functools.partial(pool_file, name), one))
    return {source.name: source for source in found}


@functools.cache
def home_of() -> dict[str, str]:
    """The file of every audited theorem."""
    return {theorem: source.name for source in sources().values() for theorem in source.theorems}


def available() -> str | None:
    """The path of `coqc`, or None."""
    return shutil.which("coqc")


@functools.cache
def version() -> str | None:
    """Coq's version, as `coqc` prints it; None without Coq."""
    if available() is None:
        return None
    said = subprocess.run(["coqc", "--print-version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[0]


@functools.cache
def _directory() -> Path:
    made = Path(tempfile.mkdtemp(prefix="convproof-coq-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


_locks: dict[str, threading.Lock] = {}
_guard = threading.Lock()
_done: dict[str, Checked] = {}


def check(name: str) -> Checked:
    """Check one file (those it needs first), once a process; safe to call from several threads."""
    source = sources()[name]
    with _guard:
        lock = _locks.setdefault(name, threading.Lock())
    with lock:
        if name not in _done:
            _done[name] = _check(source)
        return _done[name]


def _check(source: Source) -> Checked:
    for need in source.needs:
        below = check(need)
        if below.error:
            return Checked(source.name, {}, f"{need}: {below.error}")
    try:
        text = source.text()
    except ConvproofError as error:  # a derivation that has no form in Coq proves nothing
        return Checked(source.name, {}, str(error))
    return compile_text(source.name, text, source.theorems)


def audited(text: str, theorems: Iterable[str]) -> str:
    """`text`, then for each theorem its name and what it rests on, to be printed by `coqc`."""
    lines = [
        f'Goal True. idtac "theorem" "{theorem}". Abort.\nPrint Assumptions {theorem}.'
        for theorem in theorems
    ]
    return "\n".join([text, *lines]) + ("\n" if lines else "")


def compile_text(name: str, text: str, theorems: Iterable[str] = ()) -> Checked:
    """Run `coqc` on `text`, and read what each theorem rests on."""
    file = _directory() / f"{name}.v"
    file.write_text(audited(text, theorems), encoding="utf-8")
    said = _coqc(file)
    if isinstance(said, str):
        return Checked(name, {}, said)
    parts = re.split(r"^theorem (\S+)$", said.stdout, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return Checked(name, {theorem: " ".join(rests.split()) for theorem, rests in pairs})


def _coqc(file: Path) -> subprocess.CompletedProcess[str] | str:
    command = ["coqc", "-q", "-R", ".", "Convproof", file.name]
    try:
        said = subprocess.run(
            command,
            cwd=file.parent,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"coqc timed out after {TIMEOUT_SECONDS:.0f} s"
    except OSError as error:
        return f"coqc could not be run: {error}"
    if said.returncode:
        return " ".join(said.stderr.split())[-400:] or f"coqc: exit code {said.returncode}"
    return said


def start() -> threading.Thread | None:
    """Check every file in the background, so that the solvers can work meanwhile."""
    if available() is None:
        return None
    thread = threading.Thread(target=lambda: [check(name) for name in sources()], daemon=True)
    thread.start()
    return thread


def closed(theorems: Iterable[str]) -> Evidence:
    """The kernel's word that it has every theorem without assumptions; OPEN where it has not."""
    names = tuple(theorems)
    missing: dict[str, str] = {}
    shown: dict[str, str] = {}
    for theorem in names:
        file = check(home_of()[theorem])
        shown[theorem] = file.assumptions.get(theorem, "not proved")
        if shown[theorem] != CLOSED:
            missing[theorem] = file.error or shown[theorem]
    details = {"coq": version(), "theorems": shown}
    if missing:
        theorem, why = next(iter(missing.items()))
        return Evidence(Grade.OPEN, f"kernel: {theorem}: {why}", details)
    count = f"{len(names)} theorem{'s' * (len(names) > 1)}"
    return Evidence(
        Grade.PROVED_KERNEL, f"kernel: {count} by Coq {version()}: {CLOSED.lower()}", details
    )


def proof_files() -> dict[str, str]:
    """Every Coq file by file name, as it is checked."""
    return {
        f"{source.name}.v": audited(source.text(), source.theorems) for source in sources().values()
    }
