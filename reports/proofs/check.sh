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
        grep -E "^[A-Za-z_.]+ :" "$name.said" | grep -vE "$permitted" | sed "s/^/FAIL: axiom /";;
      esac
      modules="$modules -norec Convproof.$name"
    done <ORDER
    [ -n "$modules" ] || exit 0
    limit coqchk -silent -o $modules -R . Convproof >coqchk.said 2>&1 || echo "FAIL: coqchk"
    grep -q "^CONTEXT SUMMARY" coqchk.said || echo "FAIL: coqchk prints no summary"
    grep -E "^    Convproof\." coqchk.said | sed "s/^/FAIL: coqchk lists an axiom /"
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
