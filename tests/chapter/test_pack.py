"""The pack judges itself without convproof, and says what was tampered with."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from convproof.chapter import prove
from convproof.chapter.pack import CONTROLS, SCRIPT, SOLVE, pack, sealed
from convproof.files import write_tree
from convproof.prove.coq import kernel

pytest.importorskip("z3")
pytest.importorskip("cvc5")


def judge(folder: Path) -> list[str]:
    done = subprocess.run(
        ["sh", str(folder / "check.sh")], capture_output=True, text=True, timeout=300, check=False
    )
    return [line for line in done.stdout.splitlines() if line.startswith("FAIL")]


@pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
def test_a_pack_is_judged_without_convproof(tmp_path) -> None:
    files = pack(prove("locality"))
    order = files["proofs/ORDER"].split()
    assert order.index("Settle") < order.index("Obligations_translation")
    assert sum(name.endswith(".unsat.smt2") for name in files) >= 3
    write_tree(tmp_path, files)
    assert judge(tmp_path) == []
    stated = tmp_path / "proofs" / "Audit_Obligations_translation.v"
    stated.write_text(stated.read_text().replace(" <= ", " < ", 1))
    assert any("Audit_Obligations_translation" in line for line in judge(tmp_path))


FILES = {
    "right": ("Lemma it : 1 = 1. Proof. reflexivity. Qed.", ""),
    "an axiom of its own": ("Axiom it : 1 = 2.", "axiom"),
    "an axiom with the name of one of Coq's": (
        "Axiom sig_not_dec : 1 = 2. Definition it := sig_not_dec.", "Convproof.Made.sig_not_dec"
    ),
    "unguarded": (
        "Unset Guard Checking. Fixpoint it (n : nat) {struct n} : False := it n.", "unsafe"
    ),
    "universes unchecked": (
        "Unset Universe Checking. Lemma it : 1 = 1. Proof. reflexivity. Qed.", "type-in-type"
    ),
    "does not compile": ("Lemma it : 1 = 2. Proof. reflexivity. Qed.", "coqc refuses Made"),
}  # fmt: skip


@pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_to_be_believed_is_seen(name, tmp_path) -> None:
    text, said = FILES[name]
    made = {"Made": text, "Audit_Made": kernel.audit("Made", ["it"], None)}
    folder = {f"proofs/{file}.v": text + "\n" for file, text in made.items()}
    kept = {
        "check.sh": SCRIPT,
        "solve.py": SOLVE,
        **CONTROLS,
        "proofs/ORDER": "Made\n\nAudit_Made\n",
    }
    write_tree(tmp_path, sealed({**folder, **kept}))
    found = judge(tmp_path)
    assert bool(found) == bool(said)
    assert not said or any(said in line for line in found), found


@pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
def test_no_answer_in_time_is_not_called_a_refusal(tmp_path, monkeypatch) -> None:
    files = {"proofs/Made.v": FILES["right"][0], "proofs/ORDER": "Made\n", "check.sh": SCRIPT}
    write_tree(tmp_path, sealed({**files, "solve.py": SOLVE, **CONTROLS}))
    (tmp_path / "bin").mkdir()
    slow = tmp_path / "bin" / "coqc"
    real = shutil.which("coqc")
    slow.write_text(f'#!/bin/sh\ncase "$*" in *Made*) sleep 90;; esac\nexec {real} "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("LIMIT", "timeout 20")  # the controls take half a second where it is quiet
    said = judge(tmp_path)
    assert "FAIL: coqc gives no answer in time to Made" in said
    assert not any("refuses" in line for line in said)


def solved(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(folder / "check.sh"), *options], capture_output=True, text=True,
        timeout=300, check=False, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("dropped", [*CONTROLS, "Made", "Audit_Made"])
def test_what_is_dropped_is_missed(dropped, tmp_path) -> None:
    order = [name for name in ("Made", "Audit_Made") if name != dropped]
    files = {name: text for name, text in CONTROLS.items() if name != dropped}
    files |= {"proofs/Made.v": "", "proofs/Audit_Made.v": "", "check.sh": SCRIPT}
    write_tree(tmp_path, {**files, "proofs/ORDER": "\n".join(order) + "\n"})
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "grep"):
        (programs / name).symlink_to(shutil.which(name) or "")
    said = solved(tmp_path, PATH=str(programs), PYTHON="/nowhere/python3")
    assert (
        f"FAIL: {dropped} is {'missing' if dropped in CONTROLS else 'not in ORDER'}" in said.stdout
    )
    assert said.returncode == 1


@functools.cache
def asked() -> dict[str, str]:
    """A pack with queries alone."""
    files = pack(prove("groups"))
    kept = {name: text for name, text in files.items() if not name.startswith(("proofs/", "SUMS"))}
    return sealed({**kept, "proofs/ORDER": ""})


@pytest.fixture
def questions(tmp_path) -> Path:
    """A pack with queries alone, and a folder of programs without Coq and the solvers."""
    files = asked()
    write_tree(tmp_path / "pack", files)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "sh", "head", "cat", "rm", "timeout", "grep", "sed", "xargs"):
        (programs / name).symlink_to(shutil.which(name) or "")
    return tmp_path


def test_solvers_may_be_packages_and_what_is_not_here_is_said(questions) -> None:
    path = str(questions / "bin")
    said = solved(questions / "pack", PATH=path, PYTHON=sys.executable)
    assert said.returncode == 2, said.stdout + said.stderr
    assert "coqc and coqchk (apt-get install coq): proofs/ is not judged" in said.stdout
    assert "z3: " in said.stdout
    assert "cvc5: " in said.stdout
    nothing = solved(questions / "pack", PATH=path, PYTHON="/nowhere/python3")
    assert nothing.returncode == 2
    assert "pip install cvc5" in nothing.stdout
    assert "all as it should be" not in nothing.stdout


def program(place: Path, body: str) -> None:
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(0o755)


# What a program of 4.8.12 says of itself, and what is expected of each file.
RIGHT = (
    'case "$1" in --version) echo solver 4.8.12;; *.sat.smt2) echo sat;; *.unsat.smt2) echo unsat;;'
)
SILENT = [
    "echo unknown",
    "echo timeout",
    ":",
    "echo unsat; exit 1",
    "kill -9 $$",
    "exec /bin/sleep 99",
]
OTHER = ["echo sat", "echo '(error)'", "echo garbage", "echo unsat; echo sat"]


@pytest.mark.parametrize("says", [*SILENT, *OTHER])
@pytest.mark.parametrize("both", [False, True])
def test_a_query_is_judged_by_who_answers_it_as_expected(says: str, both: bool, questions) -> None:
    """One solver's silence is told and the other's answer counts; nobody's answer is no judgement,
    and another answer than the one expected is wrong, whoever gives it.
    """
    late = f"case $1 in smt/groups-4-*.unsat.smt2) {says}; exit;; esac\n"
    program(questions / "bin" / "z3", f"{late}{RIGHT} esac")
    program(questions / "bin" / "cvc5", f"{late if both else ''}{RIGHT} esac")
    # Coq's part, of no files: it refuses the false lemma and lists the axiom
    program(questions / "bin" / "coqc", "case $* in *False*) exit 1;; *Axiom*) echo 'it : ';; esac")
    program(questions / "bin" / "coqchk", "exit 0")
    for name in ("sha256sum", "cut"):
        (questions / "bin" / name).symlink_to(shutil.which(name) or "")
    path = str(questions / "bin")
    said = solved(questions / "pack", "--seconds", "1", PATH=path, PYTHON="/nowhere/python3")
    wanted = 1 if says in OTHER else 2 if both else 0
    assert said.returncode == wanted, said.stdout + said.stderr
    alone = said.stdout.count("BY cvc5 ALONE: smt/groups-4-")
    assert alone == (wanted == 0), said.stdout
    assert ("all as it should be; of the queries 1 by one solver alone" in said.stdout) == alone
    assert ("no answer in 1 s to smt/groups-4-" in said.stdout) is (wanted == 2)
    assert ("FAIL: z3 says" in said.stdout) is (wanted == 1)
    assert "z3: 16 files, solver 4.8.12" in said.stdout


def test_a_coqc_that_says_yes_to_all_has_judged_nothing(questions) -> None:
    for name in ("coqc", "coqchk"):
        program(questions / "bin" / name, "exit 0")
    said = solved(questions / "pack", PATH=str(questions / "bin"), PYTHON="/nowhere/python3")
    assert "FAIL: coqc accepts a false lemma" in said.stdout
    assert "FAIL: coqc does not list an axiom" in said.stdout
    assert said.returncode == 1


def test_a_query_whose_answer_nobody_knew_is_not_judged(questions) -> None:
    one = next((questions / "pack" / "smt").glob("*.unsat.smt2"))
    one.rename(one.with_name("groups-0.timeout.smt2"))
    for name in ("z3", "cvc5"):
        program(questions / "bin" / name, f"{RIGHT} *) echo timeout;; esac")
    said = solved(questions / "pack", PATH=str(questions / "bin"), PYTHON="/nowhere/python3")
    assert "smt/groups-0.timeout.smt2: no answer was known" in said.stdout
    assert said.returncode == 2


def test_what_is_quick_says_what_it_left_out_and_jobs_are_a_number(tmp_path) -> None:
    files = {"proofs/Derived_it.v": "no proof", "proofs/Audit_Derived_it.v": "neither"}
    order = "Derived_it\n\nAudit_Derived_it\n"
    kept = {"check.sh": SCRIPT, "solve.py": SOLVE, **CONTROLS, "proofs/ORDER": order}
    write_tree(tmp_path, sealed({**files, **kept}))
    (tmp_path / "bin").mkdir()
    refusing = "case $* in *Axiom*) echo 'it : ';; *) exit 1;; esac"
    for name, body in {"coqc": refusing, "coqchk": "exit 0", "z3": "", "cvc5": ""}.items():
        program(tmp_path / "bin" / name, body or f"{RIGHT} esac")
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    (tmp_path / "proofs" / "Derived_it.vo").write_text("compiled by somebody before")
    whole = solved(tmp_path, "-j", "2", PATH=path, PYTHON="/nowhere/python3")
    assert "FAIL: coqc refuses Derived_it" in whole.stdout
    assert "FAIL: coqc leaves no Derived_it.vo" in whole.stdout
    assert "FAIL: coqchk prints no summary" in whole.stdout
    assert whole.returncode == 1
    quick = solved(tmp_path, "-j1", "--quick", PATH=path, PYTHON="/nowhere/python3")
    assert quick.stdout.endswith("as it should be; --quick left out 2 files of proofs\n")
    assert quick.returncode == 0
    for wrong in (["-j", "many"], ["-j"], ["--seconds", "0"], ["proofs"]):
        refused = solved(tmp_path, *wrong, PATH=path)
        assert refused.returncode == 2
        assert refused.stderr.startswith("check.sh [-j JOBS] [--quick] [--seconds N]: ")


@pytest.mark.parametrize("name", ["z3", "cvc5"])
def test_a_package_without_an_answer_says_so_in_one_word(name: str, tmp_path) -> None:
    hard = "(set-logic QF_NIA)\n" + "".join(f"(declare-const {x} Int)\n" for x in "xyz")
    hard += "(assert (> x 1))(assert (> y 1))(assert (> z 1))\n"
    hard += "(assert (= (+ (* x x x) (* y y y)) (* z z z)))\n(check-sat)\n"
    (tmp_path / "hard").write_text(hard)
    (tmp_path / "solve.py").write_text(SOLVE)
    command = [sys.executable, "solve.py", name, "1", "hard"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout == "unknown hard\n"


def test_a_wrong_answer_is_seen_by_a_solver_that_is_a_package(questions) -> None:
    (wrong,) = list((questions / "pack" / "controls").glob("false.unsat.smt2"))
    wrong.write_text(wrong.read_text().replace("7", "8"))
    said = solved(questions / "pack", PATH=str(questions / "bin"), PYTHON=sys.executable)
    assert said.returncode == 1
    assert "FAIL: cvc5 says sat of controls/false.unsat.smt2" in said.stdout
    assert "FAIL: z3 says sat of controls/false.unsat.smt2" in said.stdout


@pytest.mark.parametrize("how", ["changed", "dropped", "added", "no sums", "another digest"])
def test_a_file_that_is_another_than_it_was_is_seen(how: str, questions) -> None:
    """A query that was made easy has the answer expected, and is another file."""
    for name in ("sha256sum", "cut"):
        (questions / "bin" / name).symlink_to(shutil.which(name) or "")
    folder, path = questions / "pack", str(questions / "bin")
    (folder / "controls" / "False.glob").write_text("")  # what coqc leaves, judged before
    right = solved(folder, PATH=path, PYTHON="/nowhere/python3")
    assert right.returncode == 2
    assert "FAIL" not in right.stdout
    query = next((folder / "smt").glob("*.unsat.smt2"))
    easy = query.read_text().replace("(check-sat)", "(assert false)\n(check-sat)")
    if how == "dropped":
        query.unlink()
    elif how == "no sums":
        (folder / "SUMS").unlink()
    else:
        (query.with_name("more.unsat.smt2") if how == "added" else query).write_text(easy)
    if how == "another digest":
        texts = {one: (folder / one).read_text() for one in asked() if one != "SUMS"}
        (folder / "SUMS").write_text(sealed(texts)["SUMS"])
    said = solved(folder, PATH=path, PYTHON="/nowhere/python3")
    first, second = (text.stdout.partition("SUMS: ")[2] for text in (right, said))
    assert ("FAIL" in said.stdout) is (how != "another digest")
    assert (first != second) or how != "another digest"
