"""A folder that a stranger judges again, with coqc, coqchk, z3 and cvc5 alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
"""python3 solve.py z3|cvc5 FILE: what the solver of that Python package says of the file."""

import sys
from pathlib import Path

name, text = sys.argv[1], Path(sys.argv[2]).read_text()
if name == "z3":
    import z3

    solver = z3.Solver()
    solver.from_string(text)
    print(solver.check())
else:
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    symbols = cvc5.SymbolManager(manager)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "file")
    while not (command := parser.nextCommand()).isNull():
        said = command.invoke(solver, symbols).strip()
        if said:
            print(said)
'''
SCRIPT = """\
#!/bin/sh
# Judges everything in this folder, without convproof, with what is here of coqc, coqchk, z3 and
# cvc5; a solver may be a program or a package of the python3 that is found (or of $PYTHON).
# Ends with 0 iff all of it is as it should be, 1 if something is not, 2 if something that it could
# not judge is all that is missing.
# proofs/: compiled in the order of ORDER; each Audit_ file holds the theorems of one file against
# their statements and prints what they rest on. smt/ and controls/: the answer is in the name.
cd "$(dirname "$0")" || exit 1
bad=0
missing=""
python=${PYTHON:-python3}
fail() { echo "FAIL: $*"; bad=1; }
limit() { if command -v timeout >/dev/null; then timeout 600 "$@"; else "$@"; fi; }
permitted='sig_forall_dec|sig_not_dec|functional_extensionality_dep'

proofs() {
  limit coqc -q controls/False.v >/dev/null 2>&1 && fail "coqc accepts a false lemma"
  limit coqc -q controls/Axiom.v 2>/dev/null | grep -q "it : " || fail "coqc does not list an axiom"
  ( cd proofs && modules="" && while read -r name; do
      limit coqc -q -R . Convproof "$name.v" >"$name.said" 2>&1 || echo "FAIL: coqc refuses $name"
      case "$name" in Audit_*)
        # an axiom's name begins its line; its type may stand on the next
        sed -n "/^Axioms:/,/^theorem /p" "$name.said" | grep "^[^ ]" \\
          | grep -vE "^(Axioms:|theorem )|$permitted" | sed "s/^/FAIL: axiom /";;
      esac
      modules="$modules -norec Convproof.$name"
    done <ORDER
    [ -n "$modules" ] || exit 0
    limit coqchk -silent -o $modules -R . Convproof >coqchk.said 2>&1 || echo "FAIL: coqchk"
    grep -q "^CONTEXT SUMMARY" coqchk.said || echo "FAIL: coqchk prints no summary"
    grep -E "^    Convproof\\." coqchk.said | sed "s/^/FAIL: coqchk lists an axiom /"
  ) >proofs.said
  grep FAIL proofs.said && bad=1
  echo "proofs: $(wc -l <proofs/ORDER) files"
}

solve() {  # solve TOOL FILE: by the program, or by the package
  if command -v "$1" >/dev/null; then limit "$1" "$2"; else limit "$python" solve.py "$1" "$2"; fi
}

if command -v coqc >/dev/null && command -v coqchk >/dev/null; then
  proofs
else
  missing="$missing coqc and coqchk (apt-get install coq): proofs/ is not judged;"
fi
for tool in z3 cvc5; do
  case $tool in z3) package=z3-solver;; *) package=$tool;; esac
  if ! command -v $tool >/dev/null && ! "$python" -c "import $tool" 2>/dev/null; then
    missing="$missing $tool (pip install $package): smt/ is not judged by it;"
    continue
  fi
  asked=0
  for file in controls/*.smt2 smt/*.smt2; do
    [ -e "$file" ] || continue
    wanted=${file%.smt2}; wanted=${wanted##*.}
    said=$(solve $tool "$file" 2>&1 | head -1)
    [ "$said" = "$wanted" ] || fail "$tool says $said of $file"
    asked=$((asked + 1))
  done
  echo "$tool: $asked files"
done
[ -z "$missing" ] || echo "NOT HERE:$missing"
[ $bad = 0 ] || exit 1
[ -z "$missing" ] || exit 2
echo "all as it should be"
"""


def pack(ledger: Ledger) -> dict[str, str]:
    """Every file of the folder by its path: proofs, audits, queries, controls, and the script."""
    files = {"check.sh": SCRIPT, "solve.py": SOLVE, **CONTROLS}
    names = _ordered(_cited(ledger))
    order: list[str] = []
    for name in names:
        source = sources()[name]
        files[f"proofs/{name}.v"] = source.text()
        text = kernel.audit(name, source.theorems, source.statements)
        files[f"proofs/Audit_{name}.v"] = text
        order += [name, f"Audit_{name}"]
    files["proofs/ORDER"] = "".join(f"{name}\n" for name in order)
    listed = "".join(f"{name}.v\n" for name in order)
    files["proofs/_CoqProject"] = f"-R . Convproof\n{listed}"
    for claim in ledger.values():
        for item in claim.findings:
            for number, query in enumerate(item.details.get("queries", ()), start=1):
                word = re.sub(r"\W+", "-", f"{item.details['obligation']}-{number}-{query['role']}")
                files[f"smt/{word[:80]}.{query['result']}.smt2"] = query["text"] + "\n"
    return files


def _cited(ledger: Ledger) -> set[str]:
    """The files of the theorems that the claims rest on."""
    theorems = {
        name
        for claim in ledger.values()
        for item in claim.findings
        for name in item.details.get("theorems", ())
    }
    return {place for theorem in theorems if (place := home(theorem)) is not None}


def _ordered(names: Iterable[str]) -> list[str]:
    """The files, each after those it needs."""
    found: list[str] = []

    def visit(name: str) -> None:
        for need in kernel.needed(sources()[name]):
            visit(need)
        if name not in found:
            found.append(name)

    for name in sorted(names):
        visit(name)
    return found
