#!/bin/sh
# check.sh [-j JOBS] [--quick] [--seconds N]: judges everything in this folder, without convproof,
# with what is here of coqc, coqchk, z3 and cvc5; a solver may be a program or a package of the
# python3 that is found (or of $PYTHON).
#   -j JOBS      so many at once (default: all cores)
#   --quick      the proofs of single derivations (Derived_) are left out, and a query has 20
#                seconds; the last line says that this was not the whole
#   --seconds N  a query's time, for each solver (default 60)
# Ends with 0 iff all that was to be judged is as it should be, 1 if something is not, 2 if
# something that it could not judge is all that is missing.
# proofs/: compiled in the order of ORDER, the files between two empty lines at a time; each Audit_
# file holds the theorems of one file against their statements and prints what they rest on; coqchk
# judges all that was compiled.  smt/ and controls/: the answer is in the name.
# A query is judged where a solver gives the answer in its name and none gives another; one that has
# no answer in time has not judged it, which is said.  README.md says more.
cd "$(dirname "$0")" || exit 1
set -f
usage() { echo "check.sh [-j JOBS] [--quick] [--seconds N]: $1" >&2; exit 2; }
number() { case $1 in ''|*[!0-9]*|0) usage "'$1' is no number";; esac; }
cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
quick=""
seconds=""
while [ $# -gt 0 ]; do
  case $1 in
    -j) number "$2"; cores=$2; shift;;
    -j*) number "${1#-j}"; cores=${1#-j};;
    --quick) quick=yes;;
    --seconds) number "$2"; seconds=$2; shift;;
    *) usage "no option '$1'";;
  esac
  shift
done
[ -n "$seconds" ] || seconds=${quick:+20}
seconds=${seconds:-60}
bad=0
missing=""
python=${PYTHON:-python3}
fail() { echo "FAIL: $*"; bad=1; }
within=""
command -v timeout >/dev/null && within=timeout
[ -n "$LIMIT" ] || LIMIT=${within:+timeout 900} # for each file of proofs
MINUTE=${within:+timeout $seconds} # for each query put to a program
BATCH=${within:+timeout $((20 * (seconds + 5)))} # for twenty of them put to a package
export LIMIT MINUTE
limit() { $LIMIT "$@"; }
files() { set +f; for file in $1; do [ -e "$file" ] && echo "$file"; done; set -f; }

# Nothing is another file than it was.
sum=""
command -v shasum >/dev/null && sum="shasum -a 256"
command -v sha256sum >/dev/null && sum=sha256sum
if [ -z "$sum" ]; then missing="$missing sha256sum or shasum: SUMS is not compared;"
elif [ ! -s SUMS ]; then fail "SUMS is missing"
else
  $sum -c SUMS 2>/dev/null | grep -v ": OK$" | sed "s/^/FAIL: SUMS: /" >SUMS.said
  cat SUMS.said; [ -s SUMS.said ] && bad=1
  for file in $(files "proofs/*.v smt/*.smt2 controls/*.v controls/*.smt2"); do
    grep -q "  $file$" SUMS || fail "$file is not in SUMS"
  done
  echo "SUMS: $($sum <SUMS | cut -c1-64)"
fi

# Nothing is left out: each control is there, and each file of proofs with its audit is in ORDER.
for file in controls/False.v controls/Axiom.v controls/true.sat.smt2 controls/false.unsat.smt2; do [ -s "$file" ] || fail "$file is missing"; done
for file in $(files "proofs/*.v"); do
  name=${file##*/}; name=${name%.v}
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
[ -s "$1.vo" ] || echo "FAIL: coqc leaves no $1.vo"
case "$1" in Audit_*)
  grep -q "^theorem " "$1.said" && ! grep -qE "^(Axioms:|Closed under)" "$1.said" \
    && echo "FAIL: coqc does not say what $1 rests on"
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

SINGLE="^(Audit_)?Derived_"
chosen() { if [ -n "$quick" ]; then grep -vE "$SINGLE" proofs/ORDER; else cat proofs/ORDER; fi; }

proofs() {
  limit coqc -q controls/False.v >/dev/null 2>&1 && fail "coqc accepts a false lemma"
  limit coqc -q controls/Axiom.v 2>/dev/null | grep -q "it : " || fail "coqc does not list an axiom"
  set +f; rm -f proofs/*.vo; set -f # what lies here was judged by nobody
  chosen >ORDER.said
  ( cd proofs && wave=""
    left() { echo "FAIL: not all of it was judged"; }
    together() {
      [ -z "$wave" ] || echo "$wave" | xargs -P "$cores" -n 1 sh -c "$COMPILE" sh || left
    }
    while read -r name; do
      if [ -n "$name" ]; then wave="$wave $name"; else together; wave=""; fi
    done <../ORDER.said
    together
    all=$(grep -c . ../ORDER.said)
    [ "$all" -gt 0 ] || exit 0
    share=$(((all + cores - 1) / cores))
    grep . ../ORDER.said | xargs -P "$cores" -n $share sh -c "$CHECK" sh || left
  ) >proofs.said
  grep FAIL proofs.said && bad=1
  said=$(coqc --print-version 2>&1 | head -1)
  echo "proofs: $(grep -c . ORDER.said) of $(grep -c . proofs/ORDER) files, coqc ${said%% *}"
}

# One query put to a program: "ANSWER FILE".  What ends otherwise than well has not answered.
ASK='
set -f
said=$($MINUTE "$TOOL" "$1" 2>&1)
case $? in 0) echo $said "$1";; 124) echo "timeout $1";; *) echo $said "(ended badly) $1";; esac'

packaged() { "$python" -c "import $1" 2>/dev/null; }
answers() {  # answers TOOL: a line "ANSWER FILE" for each file, by the package or the program
  if packaged "$1"; then
    echo "$asked" | xargs -P "$cores" -n 20 $BATCH "$python" solve.py "$1" "$seconds"
  else
    TOOL=$1; export TOOL
    echo "$asked" | xargs -P "$cores" -n 1 sh -c "$ASK" sh
  fi
}
version() { if packaged "$1"; then "$python" solve.py "$1"; else "$1" --version 2>&1 | head -1; fi; }

if command -v coqc >/dev/null && command -v coqchk >/dev/null; then
  proofs
else
  missing="$missing coqc and coqchk (apt-get install coq): proofs/ is not judged;"
fi
asked=$(files "controls/*.smt2 smt/*.smt2")
here=""
for tool in z3 cvc5; do
  case $tool in z3) package=z3-solver;; *) package=$tool;; esac
  if ! command -v $tool >/dev/null && ! packaged $tool; then
    missing="$missing $tool (pip install $package): smt/ is not judged by it;"
    continue
  fi
  here="$here $tool"
  answers $tool >$tool.said 2>&1
  echo "$tool: $(echo "$asked" | grep -c .) files, $(version $tool)"
done
alone=0
for file in $asked; do
  wanted=${file%.smt2}; wanted=${wanted##*.}
  case $wanted in sat|unsat);; *) missing="$missing $file: no answer was known;"; continue;; esac
  by=""; not=""
  for tool in $here; do
    said=$(grep " $file$" $tool.said | sed "s| $file$||")
    case "$file $said" in "$file $wanted") by="$by $tool";;
      smt/*" unknown" | smt/*" timeout" | smt/*" " | smt/*" (ended badly)") not="$not $tool";;
      *) fail "$tool says $said of $file";;
    esac
  done
  [ -n "$not" ] || continue
  if [ -z "$by" ]; then missing="$missing no answer in $seconds s to $file by$not;"
  else alone=$((alone + 1)); echo "BY$by ALONE: $file:$not has no answer in $seconds s"
  fi
done
[ -z "$missing" ] || echo "NOT HERE:$missing"
[ $bad = 0 ] || exit 1
[ -z "$missing" ] || exit 2
less=""
[ $alone = 0 ] || less="; of the queries $alone by one solver alone, named above"
[ -z "$quick" ] || less="$less; --quick left out $(grep -cE "$SINGLE" proofs/ORDER) files of proofs"
echo "all as it should be$less"
