#!/bin/sh
# Judges everything in this folder, without convproof, with what is here of coqc, coqchk, z3 and
# cvc5; a solver may be a program or a package of the python3 that is found (or of $PYTHON).
# Ends with 0 iff all of it is as it should be, 1 if something is not, 2 if something that it could
# not judge is all that is missing.
# proofs/: compiled in the order of ORDER, the files between two empty lines at a time, on all
# cores; each Audit_ file holds the theorems of one file against their statements and prints what
# they rest on; coqchk judges all that was compiled.  smt/ and controls/: the answer is in the name.
# The solvers that gave them are named in TRUST.md; one of another version may have no answer in a
# minute, which is said, and then the file is not judged by it.
cd "$(dirname "$0")" || exit 1
bad=0
missing=""
python=${PYTHON:-python3}
fail() { echo "FAIL: $*"; bad=1; }
[ -n "$LIMIT" ] || ! command -v timeout >/dev/null || LIMIT="timeout 900" # for each file
export LIMIT
limit() { $LIMIT "$@"; }
[ -n "$MINUTE" ] || [ -z "$LIMIT" ] || MINUTE="timeout 60"
cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# Nothing is another file than it was.
sum=""
command -v shasum >/dev/null && sum="shasum -a 256"
command -v sha256sum >/dev/null && sum=sha256sum
if [ -z "$sum" ]; then missing="$missing sha256sum or shasum: SUMS is not compared;"
elif [ ! -s SUMS ]; then fail "SUMS is missing"
else
  $sum -c SUMS 2>/dev/null | grep -v ": OK$" | sed "s/^/FAIL: SUMS: /" >SUMS.said
  cat SUMS.said; [ -s SUMS.said ] && bad=1
  for file in proofs/*.v smt/*.smt2 controls/*.v controls/*.smt2; do
    [ ! -e "$file" ] || grep -q "  $file$" SUMS || fail "$file is not in SUMS"
  done
  echo "SUMS: $($sum <SUMS | cut -c1-64)"
fi

# Nothing is left out: each control is there, and each file of proofs with its audit is in ORDER.
for file in controls/False.v controls/Axiom.v controls/true.sat.smt2 controls/false.unsat.smt2; do [ -s "$file" ] || fail "$file is missing"; done
for file in proofs/*.v; do
  name=${file##*/}; name=${name%.v}; [ -e "$file" ] || continue
  for one in "$name" "Audit_${name#Audit_}"; do
    grep -qx "$one" proofs/ORDER || fail "$one is not in ORDER"
  done
done

# An axiom's name begins its line; its type may stand on the next.
COMPILE='
permitted="(ClassicalDedekindReals[.])?(sig_forall_dec|sig_not_dec)( |$)"
permitted="$permitted|(FunctionalExtensionality[.])?functional_extensionality_dep( |$)"
permitted="$permitted|(Classical_Prop[.])?classic( |$)"
$LIMIT coqc -q -R . Convproof "$1.v" >"$1.said" 2>&1
case $? in 0);; 124) echo "FAIL: coqc gives no answer in time to $1";;
  *) echo "FAIL: coqc refuses $1";; esac
case "$1" in Audit_*)
  sed -n "/^Axioms:/,/^theorem /p" "$1.said" | grep "^[^ ]" \
    | grep -vE "^(Axioms:|theorem |$permitted)" | sed "s/^/FAIL: axiom /";;
esac'
# Every kind of doubt that coqchk tells of has to be none, and no axiom is one of these files.
CHECK='
for name in "$@"; do modules="$modules -norec Convproof.$name"; done
$LIMIT coqchk -silent -o $modules -R . Convproof >"$1.chk" 2>&1
case $? in 0);; 124) echo "FAIL: coqchk gives no answer in time";;
  *) echo "FAIL: coqchk: $(tail -1 "$1.chk")";; esac
[ "$(grep -c "^[*] " "$1.chk")" -ge 5 ] || echo "FAIL: coqchk prints no summary"
grep "^[*] " "$1.chk" | grep -vE "Theory:|Axioms:|<none>" | sed "s/^/FAIL: coqchk lists /"
grep -E "^    Convproof[.]" "$1.chk" | sed "s/^/FAIL: coqchk lists /"'

proofs() {
  limit coqc -q controls/False.v >/dev/null 2>&1 && fail "coqc accepts a false lemma"
  limit coqc -q controls/Axiom.v 2>/dev/null | grep -q "it : " || fail "coqc does not list an axiom"
  ( cd proofs && wave=""
    left() { echo "FAIL: not all of it was judged"; }
    together() {
      [ -z "$wave" ] || echo "$wave" | xargs -P "$cores" -n 1 sh -c "$COMPILE" sh || left
    }
    while read -r name; do
      if [ -n "$name" ]; then wave="$wave $name"; else together; wave=""; fi
    done <ORDER
    together
    all=$(grep -c . ORDER)
    share=$(((all + cores - 1) / cores))
    grep . ORDER | xargs -P "$cores" -n $share sh -c "$CHECK" sh || left
  ) >proofs.said
  grep FAIL proofs.said && bad=1
  echo "proofs: $(grep -c . proofs/ORDER) files"
}

answers() {  # answers TOOL: a line "ANSWER FILE" for each file, by the package or the program
  if "$python" -c "import $1" 2>/dev/null; then
    echo "$asked" | limit xargs -P "$cores" -n 40 "$python" solve.py "$1"
  else
    for file in $asked; do echo "$($MINUTE "$1" "$file" 2>&1 | head -1) $file"; done
  fi
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
  asked=$(for file in controls/*.smt2 smt/*.smt2; do [ -e "$file" ] && echo "$file"; done)
  answers $tool >$tool.said 2>&1
  late=""
  for file in $asked; do
    wanted=${file%.smt2}; wanted=${wanted##*.}
    said=$(grep " $file$" $tool.said | sed "s| $file$||")
    case "$file $said" in "$file $wanted") continue;;
      smt/*" unknown" | smt/*" timeout" | smt/*" ") late="$late $file";;
      *) fail "$tool says $said of $file";;
    esac
  done
  [ -z "$late" ] || missing="$missing $tool has no answer in a minute to$late;"
  echo "$tool: $(echo "$asked" | wc -l) files"
done
[ -z "$missing" ] || echo "NOT HERE:$missing"
[ $bad = 0 ] || exit 1
[ -z "$missing" ] || exit 2
echo "all as it should be"
