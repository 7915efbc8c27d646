"""A folder that a stranger judges again, with coqc, coqchk, z3 and cvc5 alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from importlib import resources

from convproof.chapter.ledger import Ledger
from convproof.prove.coq import kernel
from convproof.prove.coq.sources import home, sources

CONTROLS = {
    "controls/False.v": "Theorem it : 1 + 1 = 3.\nProof. reflexivity. Qed.\n",
    "controls/Axiom.v": "Axiom it : 1 + 1 = 3.\nPrint Assumptions it.\n",
    "controls/true.sat.smt2": "(set-logic QF_NIA)\n(declare-const x Int)\n(assert (> x 3))\n"
    "(check-sat)\n",
    "controls/false.unsat.smt2": "(set-logic QF_NIA)\n(declare-const x Int)\n"
    "(assert (= (* 2 x) 7))\n(check-sat)\n",
}
SOLVE = '''\
"""python3 solve.py z3|cvc5 SECONDS FILE...: what the solver of that Python package says of each
file, in so many seconds for each; without files, its version."""

import sys
from pathlib import Path

name, seconds, *files = [*sys.argv[1:], "0"] if len(sys.argv) == 2 else sys.argv[1:]
milliseconds = 1000 * int(seconds)


def z3_says(text):
    import z3

    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.from_string(text)
    return str(solver.check())


def cvc5_says(text):
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("tlimit-per", str(milliseconds))
    symbols = cvc5.SymbolManager(manager)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "file")
    said = []
    while not (command := parser.nextCommand()).isNull():
        said.append(command.invoke(solver, symbols).strip())
    return " ".join(filter(None, said))


if not files:
    package = __import__(name)
    print(package.get_version_string() if name == "z3" else package.__version__)
for file in files:
    said = (z3_says if name == "z3" else cvc5_says)(Path(file).read_text())
    print("unknown" if said.startswith("unknown (") else said, file, flush=True)  # with a reason
'''


def _packed(name: str) -> str:
    """A file that every pack has, as it is kept beside this one."""
    text = resources.files("convproof.chapter").joinpath("packed", name).read_text("utf-8")
    return text.replace("CONTROLLED", " ".join(CONTROLS))


SCRIPT = _packed("check.sh")


def pack(ledger: Ledger) -> dict[str, str]:
    """Every file of the folder by its path: proofs, audits, queries, controls, and the script."""
    files = {"README.md": _packed("README.md"), "check.sh": SCRIPT, "solve.py": SOLVE, **CONTROLS}
    waves = _waves(_cited(ledger))
    for name in (name for wave in waves for name in wave if name in sources()):
        source = sources()[name]
        files[f"proofs/{name}.v"] = source.text()
        text = kernel.audit(name, source.theorems, source.statements)
        files[f"proofs/Audit_{name}.v"] = text
    files["proofs/ORDER"] = "\n".join("".join(f"{name}\n" for name in wave) for wave in waves)
    listed = "".join(f"{name}.v\n" for wave in waves for name in wave)
    files["proofs/_CoqProject"] = f"-R . Convproof\n{listed}"
    for claim in ledger.values():
        for item in claim.findings:
            for number, query in enumerate(item.details.get("queries", ()), start=1):
                word = re.sub(r"\W+", "-", f"{item.details['obligation']}-{number}-{query['role']}")
                files[f"smt/{word[:80]}.{query['result']}.smt2"] = query["text"] + "\n"
    return sealed(files)


def sealed(files: dict[str, str]) -> dict[str, str]:
    """The files, and beside them what each of them is: a pack that was tampered with says so.

    Who has changed SUMS too is found out by its digest, which is printed where the pack is written
    and where it is judged.
    """
    lines = (f"{digest(text)}  {name}\n" for name, text in sorted(files.items()))
    return {**files, "SUMS": "".join(lines)}


def digest(text: str) -> str:
    """SHA-256 of a file's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _cited(ledger: Ledger) -> set[str]:
    """The files of the theorems that the claims rest on."""
    theorems = {
        name
        for claim in ledger.values()
        for item in claim.findings
        for name in item.details.get("theorems", ())
    }
    return {place for theorem in theorems if (place := home(theorem)) is not None}


def _waves(names: Iterable[str]) -> list[list[str]]:
    """The files in groups, each group after all it needs; with each file's audit behind it."""
    place: dict[str, int] = {}

    def visit(name: str) -> int:
        if name not in place:
            place[name] = max(
                (visit(need) + 1 for need in kernel.needed(sources()[name])), default=0
            )
        return place[name]

    for name in sorted(names):
        visit(name)
    place |= {f"Audit_{name}": found + 1 for name, found in place.items()}
    last = max(place.values(), default=-1)
    return [sorted(one for one in place if place[one] == wave) for wave in range(last + 1)]
