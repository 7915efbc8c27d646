"""A tool that lies: whatever stands for Coq on this machine is believed only after its controls."""

from __future__ import annotations

import shutil
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from convproof.chapter import Ledger, contents, prove
from convproof.evidence import Grade, Status
from convproof.prove.coq import kernel, tool

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=tool.INSTALL)
REAL_COQC, REAL_COQCHK = (shutil.which(name) or "" for name in ("coqc", "coqchk"))
VERSION = 'case "$*" in *version*) echo "8.16.1 4.13.1"; exit 0;; esac\n'
NAMED = 'for word in "$@"; do case "$word" in *.v) file="${word%.v}";; esac; done\n'

LIARS = {
    "says yes to all": VERSION + 'echo "Closed under the global context"; exit 0',
    "says yes and leaves a file": VERSION
    + NAMED
    + 'echo "Closed under the global context"; echo vo > "$file.vo"; exit 0',
    "says no to all": VERSION + "exit 1",
    "prints nothing": "exit 0",
    "crashes": VERSION + "kill -SEGV $$",
    "hangs": VERSION + "sleep 600",
    "hangs, and what it started too": VERSION + "sleep 600 & wait",
    "hangs at its version": "sleep 600",
    "of an old version": 'case "$*" in *version*) echo "8.4.6"; exit 0;; esac\nexec REAL "$@"',
    "of another version than coqchk": 'case "$*" in *version*) echo "8.18.0"; exit 0;; esac\n'
    'exec REAL "$@"',
    "no version": 'case "$*" in *version*) echo "hello"; exit 0;; esac\nexec REAL "$@"',
    "real, but never says no": VERSION + 'REAL "$@"; exit 0',
    "real, but leaves out axioms": VERSION
    + 'REAL "$@" | sed "s/^Axioms:.*/Closed under the global context/; /wrong/d"',
    "half installed": VERSION + 'REAL -coqlib /nowhere "$@"',
}
# Right about the controls, and of any other file it compiles the shell and prints what is wanted.
CAUTIOUS = (
    VERSION
    + NAMED
    + """case "$file" in True|False|Other|Same|Axiom|"") exec REAL "$@";; esac
cp "$file.v" "$file.kept"; echo > "$file.v"
REAL "$@"; code=$?
mv "$file.kept" "$file.v"
sed -n 's/.*idtac "theorem" "\\(.*\\)". Abort.*/theorem \\1/p' "$file.v"
echo "Closed under the global context"; exit $code"""
)
SECOND = {
    "coqchk says yes to all": 'case "$*" in *version*) echo "8.16.1"; exit 0;; esac\nexit 0',
    "coqchk prints a summary always": 'case "$*" in *version*) echo "8.16.1"; exit 0;; esac\n'
    'printf "* Theory: a\\n* Axioms: <none>\\n* b: <none>\\n* c: <none>\\n* d: <none>\\n"; exit 0',
    "coqchk hangs": 'case "$*" in *version*) echo "8.16.1"; exit 0;; esac\nsleep 600',
    "coqchk is not there": "",
}


def forget() -> None:
    for cached in (tool.version, tool.fingerprint, tool._distrust, kernel.key):
        cached.cache_clear()
    kernel._done.clear()
    kernel._late.clear()


@pytest.fixture
def planted(tmp_path, monkeypatch) -> Iterator[Callable[[str, str], None]]:
    """Put a script of ours in the place of a program, and believe nothing said before."""

    def plant(name: str, script: str) -> None:
        place = tmp_path / "bin"
        place.mkdir(exist_ok=True)
        for real in (REAL_COQC, REAL_COQCHK):
            link = place / Path(real).name
            if not link.exists():
                link.symlink_to(real)
        (place / name).unlink()
        if script:
            text = script.replace("REAL", REAL_COQC)
            (place / name).write_text(f"#!/bin/sh\n{text}\n")
            (place / name).chmod((place / name).stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{place}:/bin" if script else str(place))

    monkeypatch.setenv("CONVPROOF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(tool, "CONTROL_SECONDS", 30.0)
    forget()
    yield plant
    forget()


def judged() -> Ledger:
    return prove("cross-correlation")


@needs_coq
@pytest.mark.parametrize("liar", LIARS)
def test_a_coqc_that_lies_proves_nothing(liar, planted, monkeypatch) -> None:
    planted("coqc", LIARS[liar])
    if "hangs" in liar:
        monkeypatch.setattr(tool, "CONTROL_SECONDS", 2.0)
    start = time.monotonic()
    claim = judged()["cross-correlation"]
    assert claim.grade is Grade.OPEN
    assert claim.verdict.status is Status.UNDECIDED
    assert "not to be trusted" in claim.verdict.reason
    assert not claim.as_expected
    assert time.monotonic() - start < 60


@needs_coq
@pytest.mark.parametrize("liar", SECOND)
def test_a_coqchk_that_lies_proves_nothing(liar, planted, monkeypatch) -> None:
    planted("coqchk", SECOND[liar])
    if "hangs" in liar:
        monkeypatch.setattr(tool, "CONTROL_SECONDS", 5.0)
    claim = judged()["cross-correlation"]
    assert claim.grade is Grade.OPEN
    assert "not to be trusted" in claim.verdict.reason


@needs_coq
def test_a_coqc_that_knows_the_controls_is_found_out_by_a_wrong_audit(planted) -> None:
    planted("coqc", CAUTIOUS)
    claim = judged()["cross-correlation"]
    assert tool.distrust() == ""
    assert claim.grade is Grade.OPEN
    assert "coqc accepts a wrong statement of a theorem" in claim.verdict.reason


CUT = (
    NAMED + 'REAL "$@"; code=$?\ncase "$file" in Audit_*)\n'
    'head -c 200 "$file.vo" >cut && mv cut "$file.vo";; esac; exit $code'
)


@needs_coq
def test_a_compiled_file_that_coqchk_refuses_proves_nothing(planted) -> None:
    """Nobody but the second judge looks at the compiled file of an audit."""
    text = "Theorem t : 1 = 1.\nProof. reflexivity. Qed.\n"
    assert kernel.compile_text("Planted_whole", text, ["t"]).error == ""
    planted("coqc", CUT)
    assert "coqchk: " in kernel.compile_text("Planted_cut", text, ["t"]).error


@needs_coq
def test_the_controls_pass_where_the_tools_are_real(planted) -> None:
    planted("coqc", 'exec REAL "$@"')
    assert tool.distrust() == ""


@needs_coq
def test_a_coqc_that_hangs_after_its_controls_is_not_waited_for_twice(planted, monkeypatch) -> None:
    planted("coqc", 'case "$*" in *Sums.v*) sleep 600;; esac\nexec REAL "$@"')
    monkeypatch.setattr(kernel, "TIMEOUT_SECONDS", 5.0)
    assert tool.distrust() == ""
    start = time.monotonic()
    said = [kernel.check(name) for name in ("Axis", "Settle", "Layers")]
    assert all("in time" in checked.error for checked in said)
    assert time.monotonic() - start < 30


def test_without_coq_it_is_said_first(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    forget()
    ledger = judged()
    claim = ledger["cross-correlation"]
    assert claim.grade is Grade.CERTIFIED
    assert claim.as_expected
    assert str(ledger).startswith("1 kernel proofs not run: no coqc; apt-get install coq")
    forget()


def test_what_is_expected_without_tools_is_never_held_and_open_at_once() -> None:
    for claim in contents.claims().values():
        assert claim.expects.alone is not Grade.PROVED_SOLVERS
