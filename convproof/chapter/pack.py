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
SCRIPT = """\
#!/bin/sh
# Judges everything in this folder, without convproof. Ends with 0 iff all of it is as it should be.
# proofs/: compiled in the order of ORDER; each Audit_ file holds the theorems of one file against
# their statements and prints what they rest on. smt/ and controls/: the answer is in the name.
cd "$(dirname "$0")" || exit 1
bad=0
fail() { echo "FAIL: $*"; bad=1; }
permitted='sig_forall_dec|sig_not_dec|functional_extensionality_dep'
for tool in coqc coqchk z3 cvc5; do
  command -v $tool >/dev/null || { echo "not here: $tool"; bad=1; }
done
coqc -q controls/False.v >/dev/null 2>&1 && fail "coqc accepts a false lemma"
coqc -q controls/Axiom.v 2>/dev/null | grep -q "it : " || fail "coqc does not list an axiom"
( cd proofs && modules="" && while read -r name; do
    coqc -q -R . Convproof "$name.v" >"$name.said" 2>&1 || echo "FAIL: coqc refuses $name"
    case "$name" in Audit_*)
      grep -E "^[A-Za-z_.]+ :" "$name.said" | grep -vE "$permitted" | sed "s/^/FAIL: axiom /";;
    esac
    modules="$modules -norec Convproof.$name"
  done <ORDER
  [ -n "$modules" ] || exit 0
  coqchk -silent -o $modules -R . Convproof >coqchk.said 2>&1 || echo "FAIL: coqchk"
  grep -E "^    Convproof\\\\." coqchk.said | sed "s/^/FAIL: coqchk lists an axiom /"
) >proofs.said
grep FAIL proofs.said && bad=1
for file in smt/*.smt2 controls/*.smt2; do
  [ -e "$file" ] || continue
  wanted=${file%.smt2}; wanted=${wanted##*.}
  for tool in z3 cvc5; do
    command -v $tool >/dev/null || continue
    said=$($tool "$file" 2>&1 | head -1)
    [ "$said" = "$wanted" ] || fail "$tool says $said of $file"
  done
done
[ $bad = 0 ] && echo "all as it should be"
exit $bad
"""


def pack(ledger: Ledger) -> dict[str, str]:
    """Every file of the folder by its path: proofs, audits, queries, controls, and the script."""
    files = {"check.sh": SCRIPT, **CONTROLS}
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
