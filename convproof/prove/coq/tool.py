"""`coqc` and its second judge `coqchk`: run with a limit, and believed only after controls.

A tool that accepts everything, nothing, or prints what is wanted is found out by asking it things
whose answer is known: a true lemma, a false one, a wrong statement of a true one, an axiom.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from convproof.prove.tools import INSTALL_COQ

CLOSED = "Closed under the global context"
INSTALL = f"Coq is not installed (Debian: {INSTALL_COQ})"
CONTROL_SECONDS = 60.0  # each takes half a second where nothing else runs
VERSIONS = ((8, 16), (9, 0))  # from the first on, before the second
NO_FILE = "coqc says yes and leaves no compiled file"
# Axioms of Coq's real numbers, and the excluded middle that its calculus rests on: as `Print
# Assumptions` names them, and by the full names that coqchk tells, where an axiom of ours that
# borrows such a name is seen for what it is.  The last is an artefact of a sealed module that
# coqchk lists for every file.
PERMITTED = re.compile(
    r"(ClassicalDedekindReals\.)?(sig_forall_dec|sig_not_dec)"
    r"|(FunctionalExtensionality\.)?functional_extensionality_dep"
    r"|(Classical_Prop\.)?classic"
)
COQS_OWN = re.compile(
    r"Coq\.Reals\.ClassicalDedekindReals\.(sig_forall_dec|sig_not_dec)"
    r"|Coq\.Logic\.FunctionalExtensionality\.functional_extensionality_dep"
    r"|Coq\.Logic\.Classical_Prop\.classic"
    r"|Coq\.ssr\.ssrunder\..*"
)


@dataclass(frozen=True)
class Said:
    """What a call came to: its exit code (None: it did not end in time) and its words."""

    code: int | None
    out: str
    err: str

    @property
    def trouble(self) -> str:
        """Why the call did not succeed, in a line."""
        if self.code is None:
            return "it did not answer in time"
        return " ".join((self.err or self.out).split())[-400:] or f"exit code {self.code}"


def run(command: list[str], folder: Path, seconds: float) -> Said:
    """Run a tool; after `seconds` it and everything it started is killed."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,  # files, not pipes: a grandchild that keeps a pipe open would hang us
                stderr=err,
                start_new_session=True,
            )
        except OSError as error:
            return Said(127, "", f"{command[0]} could not be run: {error}")
        try:
            code: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _kill(process)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read(1_000_000))
    return Said(code, *texts)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it may have ended already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def coqc(folder: Path, name: str, seconds: float) -> Said:
    """Compile `name`.v; an answer of 0 without a compiled file is none."""
    compiled = folder / f"{name}.vo"
    compiled.unlink(missing_ok=True)
    said = run(["coqc", "-q", "-R", ".", "Convproof", f"{name}.v"], folder, seconds)
    if said.code == 0 and not (compiled.is_file() and compiled.stat().st_size):
        return Said(1, said.out, NO_FILE)
    return said


def coqchk(folder: Path, names: list[str], seconds: float) -> tuple[str, list[str]]:
    """What is wrong with the compiled files ("" for nothing), and the axioms of ours in them."""
    asked = [word for name in names for word in ("-norec", f"Convproof.{name}")]
    said = run(["coqchk", "-silent", "-o", *asked, "-R", ".", "Convproof"], folder, seconds)
    if said.code != 0:
        return f"coqchk: {said.trouble}", []
    told = said.out + said.err  # the summary is printed to stderr
    parts = dict(re.findall(r"^\* ([^:\n]+):(.*?)(?=^\* |\Z)", told, re.MULTILINE | re.DOTALL))
    if "Axioms" not in parts or len(parts) < 5:
        return "coqchk printed no summary", []
    doubtful = [title for title in parts if title not in ("Axioms", "Theory")]
    unsafe = [title for title in doubtful if parts[title].strip() != "<none>"]
    if unsafe:
        return f"coqchk: {unsafe[0]}", []
    axioms = [axiom for axiom in parts["Axioms"].split() if axiom != "<none>"]
    return "", [axiom for axiom in axioms if not COQS_OWN.fullmatch(axiom)]


@functools.cache
def version() -> str | None:
    """Coq's version as `coqc` tells it; None where there is none, or it tells none."""
    if shutil.which("coqc") is None:
        return None
    said = run(["coqc", "--print-version"], Path.cwd(), CONTROL_SECONDS)
    found = re.match(r"(\d+\.\d+(\.\d+)?)\b", said.out)
    return found[1] if found and said.code == 0 else None


@functools.cache
def fingerprint() -> str:
    """The version and a digest of the program itself."""
    path = shutil.which("coqc")
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""
    return f"{version()} {digest}"


_asking = threading.Lock()


def distrust() -> str:
    """Why what is installed as Coq is not to be believed; "" if it is. Asked once a process."""
    with _asking:
        return _distrust()


@functools.cache
def _distrust() -> str:
    if shutil.which("coqchk") is None:
        return "half installed: coqc without coqchk"
    number = version()
    if number is None:
        return "coqc does not tell its version"
    if not VERSIONS[0] <= tuple(map(int, number.split(".")[:2])) < VERSIONS[1]:
        return f"coqc is of version {number}: the proofs are written for 8.16 to 8.20"
    with tempfile.TemporaryDirectory(prefix="convproof-control-") as folder:
        other = run(["coqchk", "--version"], Path(folder), CONTROL_SECONDS)
        if number not in other.out:
            return f"coqc is of version {number} and coqchk of another: {other.trouble}"
        return _controls(Path(folder))


def _controls(folder: Path) -> str:
    """Things whose answer is known, with numbers that no script knows before."""
    one, two = random.randint(10, 99), random.randint(10, 99)
    true, false = f"{one} + {two} = {one + two}", f"{one} + {two} = {one + two + 1}"
    proof = "Proof. reflexivity. Qed.\n"
    said: dict[str, Said] = {}
    for name, text in {
        "True": f"Theorem lemma : {true}.\n{proof}",
        "False": f"Theorem lemma : {false}.\n{proof}",
        "Other": f"Require Convproof.True.\nDefinition it : {false} := Convproof.True.lemma.\n",
        "Same": f"Require Convproof.True.\nDefinition it : {true} := Convproof.True.lemma.\n"
        "Print Assumptions it.\n",
        "Axiom": f"Axiom wrong : {false}.\nTheorem it : {false}.\nProof. exact wrong. Qed.\n"
        "Print Assumptions it.\n",
    }.items():
        (folder / f"{name}.v").write_text(text, encoding="utf-8")
        said[name] = coqc(folder, name, CONTROL_SECONDS)
        if said[name].code is None:
            return "coqc does not answer a control in time"
        if name == "True" and said[name].code != 0:
            return f"coqc refuses a true lemma: {said[name].trouble}"
    for name in ("False", "Other"):
        if said[name].code == 0 or said[name].err == NO_FILE or (folder / f"{name}.vo").exists():
            return "coqc accepts a false statement"
    if said["Same"].code != 0 or CLOSED not in said["Same"].out:
        return "coqc does not find a true statement without assumptions"
    if said["Axiom"].code != 0 or "wrong" not in said["Axiom"].out:
        return "coqc does not list an axiom"
    return _second_judge(folder)


def _second_judge(folder: Path) -> str:
    trouble, axioms = coqchk(folder, ["True", "Same"], CONTROL_SECONDS)
    if trouble or axioms:
        return f"coqchk refuses a true lemma: {trouble or axioms[0]}"
    if coqchk(folder, ["Axiom"], CONTROL_SECONDS) != ("", ["Convproof.Axiom.wrong"]):
        return "coqchk does not list an axiom"
    compiled = folder / "True.vo"
    compiled.write_bytes(compiled.read_bytes()[:-200])
    if not coqchk(folder, ["True"], CONTROL_SECONDS)[0]:
        return "coqchk accepts a file that was cut short"
    return ""
