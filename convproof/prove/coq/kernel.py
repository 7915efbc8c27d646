"""Coq's kernel: each file compiled, each theorem held against its statement, and what it rests on.

After a file, a second one states what its theorems are to say, apart from the file, and prints what
each rests on; with one wrong statement in it, it has to be refused.  `coqchk` then judges the
compiled files.  A file that does not check leaves its
theorems unproved, in plain sight; nothing is assumed from a file's presence.
"""

from __future__ import annotations

import atexit
import functools
import random
import re
import shutil
import tempfile
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from convproof.errors import ConvproofError
from convproof.evidence import Evidence, Grade
from convproof.prove import kept
from convproof.prove.coq import tool
from convproof.prove.coq.library import meanings
from convproof.prove.coq.sources import DERIVED, Source, home, sources
from convproof.prove.coq.tool import CLOSED, INSTALL, PERMITTED

__all__ = ["INSTALL", "available", "check", "closed", "compile_text", "proof_files", "start"]
TIMEOUT_SECONDS = 300.0
Stated = Mapping[str, tuple[str, ...]]  # by theorem, all that it must say
_NAMED = re.compile(r"Convproof\.(\w+)\.\w+_statement")
HEAD = "Require Import ZArith Bool List.\nImport ListNotations.\nOpen Scope Z_scope."


@dataclass(frozen=True)
class Checked:
    """What came of one file: `assumptions` by theorem, or the error."""

    name: str
    assumptions: dict[str, str] = field(default_factory=dict)
    error: str = ""


def available() -> str | None:
    """The path of `coqc`, or None."""
    return shutil.which("coqc")


@functools.cache
def directory() -> Path:
    """Where this process compiles."""
    made = Path(tempfile.mkdtemp(prefix="convproof-coq-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


_locks: dict[str, threading.Lock] = {}
_guard = threading.Lock()
_done: dict[str, Checked] = {}
_late: list[str] = []  # files that did not check in time: no other is tried after them


def check(name: str) -> Checked:
    """Check one file (those it needs first), once a process; safe to call from several threads."""
    with _guard:
        lock = _locks.setdefault(name, threading.Lock())
    with lock:
        if name not in _done:
            _done[name] = _check(sources()[name])
        return _done[name]


def _check(source: Source) -> Checked:
    if doubt := tool.distrust():
        return Checked(source.name, error=f"not to be trusted: {doubt}")
    for need in needed(source):
        below = check(need)
        if below.error:
            return Checked(source.name, error=f"{need}: {below.error}")
    try:
        text = source.text()
    except ConvproofError as error:  # a derivation that has no form in Coq proves nothing
        return Checked(source.name, error=str(error))
    found = kept.load(key(source.name), source.name, directory())
    if found is not None:
        return Checked(source.name, found)
    checked = compile_text(source.name, text, source.theorems, source.statements)
    if not checked.error:
        kept.store(key(source.name), source.name, directory(), checked.assumptions)
    return checked


def needed(source: Source) -> tuple[str, ...]:
    """The files it imports, and those of its statements."""
    stating = _files(source.statements)
    return tuple(dict.fromkeys((*source.needs, *sorted(stating - {source.name}))))


def _files(stated: Stated) -> set[str]:
    """The files of the statements that are given by their names."""
    named = (_NAMED.fullmatch(one) for several in stated.values() for one in several)
    return {found[1] for found in named if found}


@functools.cache
def key(name: str) -> str:
    """A digest of all that the word on a file depends on: its text, those it needs, the tool."""
    source = sources()[name]
    below = [key(need) for need in needed(source)]
    return kept.digest(
        tool.fingerprint(), source.text(), audit(name, source.theorems, source.statements), *below
    )


def audit(name: str, theorems: Iterable[str], statements: Stated | None) -> str:
    """The file that holds each theorem against its statements, and prints what they rest on.

    Without `statements` nothing is held against anything: what is being written for the first time.
    """
    lines = [f"(* {name}: each theorem against its statement. *)", HEAD]
    known = statements or {}
    imported = _files(known) | {name}
    lines += [f"Require Convproof.{one}." for one in sorted(imported)]
    lines += [] if statements is None else [meanings(name)]
    proved = []
    for theorem in theorems:
        full = f"@Convproof.{name}.{theorem}"
        for number, statement in enumerate(known.get(theorem, ())):
            pin = f"pin_{theorem}" + (f"_{number + 1}" if number else "")
            lines.append(f"Definition {pin} :\n  {statement}\n  := {full}.")
        lines.append(f'Goal True. idtac "theorem" "{theorem}". Abort.')
        proved.append(f"pin_{theorem}" if theorem in known else full)
    if proved:  # together: what they share is walked through once, not for each of them
        together = ",\n  ".join(proved)
        lines += [f"Definition theorems :=\n ({together}).", "Print Assumptions theorems."]
    return "\n".join(lines) + "\n"


def twin(name: str, theorems: Iterable[str], statements: Stated) -> str:
    """The audit with one statement that its theorem does not have, which is to be refused.

    Under the audit's own name, before it: a tool that knows the controls and says yes to all else
    says yes to this too.  "" where nothing is stated.
    """
    names = list(theorems)
    stated = [theorem for theorem in names if theorem in statements]
    if not stated:
        return ""
    one = random.choice(stated)
    wrong = f"0%nat = {random.randint(1, 9)}%nat /\\ ({statements[one][0]})"
    first = [one, *(theorem for theorem in names if theorem != one)]  # so that it ends there
    return audit(name, first, {**statements, one: (wrong,)})


def compile_text(
    name: str, text: str, theorems: Iterable[str] = (), statements: Stated | None = None
) -> Checked:
    """Compile `text`, hold its theorems against `statements`, and have coqchk judge both files."""
    if _late:
        return Checked(name, error=f"not tried: {_late[0]} did not check in time")
    folder, names = directory(), tuple(theorems)
    auditing = f"Audit_{name}"
    wrong, right = twin(name, names, statements or {}), audit(name, names, statements)
    for file, content in ((name, text), (auditing, wrong), (auditing, right)):
        if content is wrong and not wrong:
            continue
        (folder / f"{file}.v").write_text(content, encoding="utf-8")
        said = tool.coqc(folder, file, TIMEOUT_SECONDS)
        if content is wrong and said.code is not None:
            if said.code == 0 or said.err == tool.NO_FILE:
                return Checked(name, error=f"{file}.v: coqc accepts a wrong statement of a theorem")
            continue
        if said.code is None:
            _late.append(name)
        if said.code != 0:
            return Checked(name, error=f"{file}.v: {said.trouble}")
    trouble, axioms = tool.coqchk(folder, [name, auditing], TIMEOUT_SECONDS)
    if trouble:
        return Checked(name, error=trouble)
    # What the theorems of a file rest on is told of all of them together.
    *_, last = parts = re.split(r"^theorem (\S+)$", said.out, flags=re.MULTILINE)
    found = dict.fromkeys(parts[1::2], _rests(last)) if len(parts) > 1 else {}
    own = [axiom for axiom in axioms if axiom.startswith("Convproof.")]
    if set(found) != set(names):
        return Checked(name, error="coqc did not say what each theorem rests on")
    if axioms and found and all(rests == CLOSED for rests in found.values()):
        return Checked(name, error=f"coqchk lists an axiom that coqc does not: {axioms[0]}")
    return Checked(name, found, f"on an axiom of its own: {own[0]}" if own else "")


AXIOMS = "Axioms: "


def _rests(printed: str) -> str:
    """What Print Assumptions printed of a theorem, axioms by their names alone."""
    title, *lines = printed.strip().splitlines() or [""]
    if title != AXIOMS.strip():
        return " ".join(printed.split())
    # a name begins its line; its type, and the lines that go on with it, are indented
    return AXIOMS + " ".join(line.split()[0] for line in lines if line and not line[0].isspace())


def start() -> None:
    """Check what most claims rest on in the background, so that the solvers can work meanwhile.

    The proofs of single derivations are checked when a claim asks for them.
    """
    if available() is None:
        return

    def work() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(check, [name for name in sources() if not name.startswith(DERIVED)]))

    threading.Thread(target=work, daemon=True).start()


def _axioms(rests: str) -> list[str]:
    """The axioms in what a theorem rests on."""
    if rests == CLOSED:
        return []
    return rests.removeprefix(AXIOMS).split() if rests.startswith(AXIOMS) else [rests]


def closed(theorems: Iterable[str]) -> Evidence:
    """The kernel's word that it has every theorem, and on which axioms; OPEN where it has not."""
    names = tuple(theorems)
    missing: dict[str, str] = {}
    shown: dict[str, str] = {}
    axioms: set[str] = set()
    for theorem in names:
        place = home(theorem)
        if place is None:
            missing[theorem] = "no file states it"
            continue
        file = check(place)
        shown[theorem] = file.assumptions.get(theorem, "not proved")
        if theorem not in sources()[file.name].statements:
            missing[theorem] = "it has no statement of its own"
        found = _axioms(shown[theorem])
        axioms |= set(found)
        if file.error or not all(map(PERMITTED.fullmatch, found)):
            missing[theorem] = file.error or shown[theorem]
    details = {"coq": tool.version(), "theorems": shown}
    if missing:
        theorem, why = next(iter(missing.items()))
        return Evidence(Grade.OPEN, f"kernel: {theorem}: {why}", details)
    rest = f"on Coq's axioms {', '.join(sorted(axioms))}" if axioms else CLOSED.lower()
    told = ", ".join(names)
    return Evidence(Grade.PROVED_KERNEL, f"kernel, Coq {tool.version()}: {told}: {rest}", details)


def proof_files() -> dict[str, str]:
    """Every Coq file by file name, as it is checked."""
    found: dict[str, str] = {}
    for source in sources().values():
        found[f"{source.name}.v"] = source.text()
        found[f"Audit_{source.name}.v"] = audit(source.name, source.theorems, source.statements)
    return found
