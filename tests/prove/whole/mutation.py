"""Every Coq statement, changed in one place: `python tests/prove/whole/mutation.py [FILE]...`.

A theorem that is held against the changed statement has to be refused.  Without arguments the
whole set of every file is put to Coq, which takes hours (there are 60000), and what it accepts is
printed: statements that say less than they seem to, or the same in other words.  `--sample N` takes
N of each file, `--kinds N` of the derivations' theorems N of each kind: the same thing changed in
theorems about the same goal, of whatever rank, border, divisor or rounding.  Both by `--seed`.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from convproof.prove.coq import kernel, library
from convproof.prove.coq.sources import DERIVED, sources

RELATIONS = {
    "<=": ("<",), "<": ("<=",), ">=": (">",), ">": (">=",), "<=?": ("<?",), "<?": ("<=?",),
    ">=?": (">?",), ">?": (">=?",), "=": ("<>",), "<>": ("=",), "=?": ("<=?",), "&&": ("||",),
    "||": ("&&",), "+": ("-",), "-": ("+",),
}  # fmt: skip
BINDERS = {"forall": ",", "exists": ",", "fun": "=>", "let": "in"}
TOKEN = re.compile(r"<->|->|/\\|\\/|:=|=>|<=\?|>=\?|<\?|>\?|=\?|<=|>=|<>|&&|\|\||[\w'.@]+|\S|\s+")
# For one mutant: to unfold two different sums may take for ever, and is a refusal; what is right,
# and what says the same in other words, takes a twentieth of a second.  The kernel alone is asked
# (`exact_no_check`): that which elaborates terms would try every way to unify them first.
SECONDS = 2


@dataclass(frozen=True)
class Mutant:
    """A statement with one thing changed; `theorem` is to be refused by it."""

    file: str
    theorem: str
    change: str
    text: str


def tokens(text: str) -> list[str]:
    """The words of a Coq text, blanks included."""
    return TOKEN.findall(text)


def closing(words: list[str], at: int) -> int:
    """Where the bracket that opens at `at` closes."""
    depth = 0
    for place in range(at, len(words)):
        depth += (words[place] in "([{") - (words[place] in ")]}")
        if depth == 0:
            return place
    raise ValueError("a bracket does not close")


def split(words: list[str], operator: str) -> list[int]:
    """Where `operator` stands outside brackets and before any binder."""
    found, place = [], 0
    while place < len(words):
        word = words[place]
        if word in ("(", "[", "{"):
            place = closing(words, place)
        elif word in BINDERS or word in ("match", "if"):
            break
        elif word == operator:
            found.append(place)
        place += 1
    return found


def body(words: list[str]) -> int | None:
    """Where the body of a leading binder begins; None if there is none."""
    start = next((p for p, word in enumerate(words) if not word.isspace()), None)
    if start is None or words[start] not in BINDERS:
        return None
    ends, place = BINDERS[words[start]], start + 1
    while place < len(words):
        if words[place] in ("(", "[", "{"):
            place = closing(words, place)
        elif words[place] == ends:
            return place + 1
        place += 1
    return None


def weaker(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each place where a part is dropped, turned or added, in a formula of propositions."""
    begin = body(words)
    if begin is not None:
        if words[[w.isspace() for w in words].index(False)] != "let":
            yield "a hypothesis added", [*words[:begin], " 0%nat = 1%nat ->", *words[begin:]]
        yield from _inside(words, begin, len(words), weaker)
        return
    if arrows := split(words, "->"):
        first = arrows[0]
        yield "a hypothesis dropped", words[first + 1 :]
        yield from _inside(words, 0, first, weaker)
        yield from _inside(words, first + 1, len(words), weaker)
        return
    for operator, others in (("<->", ("->",)), ("\\/", ("/\\",)), ("/\\", ("\\/",))):
        places = split(words, operator)
        if not places:
            continue
        ends = [-1, *places, len(words)]
        for one, other in pairwise(ends):
            rest = words[:one] + words[other:] if one >= 0 else words[other + 1 :]
            yield f"a part of {operator} dropped", rest
            yield from _inside(words, one + 1, other, weaker)
        for place in places:
            for new in others:
                yield f"{new} for {operator}", [*words[:place], new, *words[place + 1 :]]
        if operator == "<->":
            left, right = words[: places[0]], words[places[0] + 1 :]
            yield "<- for <->", ["(", *right, ")", "->", "(", *left, ")"]
        return
    yield from _brackets(words)


def _inside(words: list[str], begin: int, end: int, how: object) -> Iterator[tuple[str, list[str]]]:
    for change, part in how(words[begin:end]):  # type: ignore[operator]  # one of the two above
        yield change, [*words[:begin], *part, *words[end:]]


def _brackets(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """What stands in brackets, or after a binder in the middle."""
    place = 0
    while place < len(words):
        if words[place] == "(":
            end = closing(words, place)
            yield from _inside(words, place + 1, end, weaker)
            place = end
        elif words[place] in BINDERS:
            yield from _inside(words, place, len(words), weaker)
            return
        place += 1


def changed(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each relation and each sign replaced by its neighbour."""
    for place, word in enumerate(words):
        for new in RELATIONS.get(word, ()):
            yield f"{new} for {word} at {place}", [*words[:place], new, *words[place + 1 :]]
        if word == "1":
            yield f"2 for 1 at {place}", [*words[:place], "2", *words[place + 1 :]]


def mutants(name: str) -> Iterator[Mutant]:
    """Every changed statement of one file; those given by name are changed where they are."""
    for theorem, stated in sources()[name].statements.items():
        text = stated[0]
        yield Mutant(name, theorem, "True", "True")
        yield Mutant(name, theorem, "a hypothesis in front", f"0%nat = 1%nat -> ({text})")
        for change, words in (*weaker(tokens(text)), *changed(tokens(text))):
            yield Mutant(name, theorem, change, "".join(words))
    for word, text in library.told(name).items():
        if word.startswith("mean_"):
            head, _, meaning = text.removesuffix(":= eq_refl.").partition("=\n")
            what = head.partition(":")[2].strip()
            for change, words in changed(tokens(meaning)):
                yield Mutant(name, what, change, "".join(words))


def asked(number: int, mutant: Mutant) -> str:
    """The lines that hold a theorem (or the meaning of a word) against a mutant."""
    if mutant.theorem.startswith("@"):
        said = f"{mutant.theorem} = ({mutant.text})"
        proof = f"(@eq_refl _ {mutant.theorem})"
    else:
        said, proof = mutant.text, f"@Convproof.{mutant.file}.{mutant.theorem}"
    return (
        f"Timeout {SECONDS} Definition made_{number} : Prop :=\n{said}.\n"
        f"Timeout {SECONDS} Definition passed_{number} : made_{number} :="
        f" ltac:(exact_no_check {proof}).\n"
    )


def survivors(chosen: Iterable[Mutant]) -> tuple[list[Mutant], int]:
    """Mutants that Coq accepts, and how many are formulas at all; one run for all of them.

    Raises:
        AssertionError: if a file does not check, or Coq did not come to the end.
    """
    listed = list(chosen)
    files = sorted({one.file for one in listed})
    for name in files:
        assert kernel.check(name).error == "", name
    # Elaboration would have set the universes of the two sides equal; without it they are not
    # compared, which can only accept more.
    lines = [kernel.HEAD, *(f"Require Convproof.{name}." for name in files)]
    lines.append("Unset Universe Checking.")
    lines += [asked(number, one) for number, one in enumerate(listed)]
    # A control at the end: what is right is accepted.
    name = files[0]
    theorem, stated = next(iter(sources()[name].statements.items()))
    lines.append(asked(len(listed), Mutant(name, theorem, "nothing", stated[0])))
    done = subprocess.run(
        ["coqtop", "-q", "-R", ".", "Convproof"],
        input="\n".join(lines), capture_output=True, text=True, check=False,
        cwd=kernel.directory(), timeout=10 * SECONDS * len(listed) + 600,  # others may be at work
    )  # fmt: skip
    made = {int(n) for n in re.findall(r"^made_(\d+) is defined", done.stdout, re.MULTILINE)}
    passed = {int(n) for n in re.findall(r"^passed_(\d+) is defined", done.stdout, re.MULTILINE)}
    assert {len(listed)} <= made & passed, "what is right is not accepted"
    passed.discard(len(listed))
    if late := len(re.findall("^Error: Timeout!", done.stderr + done.stdout, re.MULTILINE)):
        print(
            f"{late} of {len(listed)} not answered in {SECONDS} s, and so not refused", flush=True
        )
    return [listed[number] for number in sorted(passed)], len(made) - 1


def reason(mutant: Mutant) -> str:
    """Why a mutant may be accepted; "" if it may not.

    A counterexample in numbers says what the kernel computes: where another pixel has the same
    value, that is another such counterexample, and as good.
    """
    (stated, *_) = sources()[mutant.file].statements[mutant.theorem]
    numbers = re.match(r"\d+ for \d+ at", mutant.change)
    return "an example in numbers" if numbers and "forall" not in stated else ""


def sample(names: Iterable[str], count: int, seed: int) -> list[Mutant]:
    """Some mutants of each file, chosen by a seed."""
    found: list[Mutant] = []
    for name in names:
        every = list(mutants(name))
        found += random.Random(f"{seed} {name}").sample(every, min(count, len(every)))
    return found


def kind(mutant: Mutant) -> tuple[str, str]:
    """What is changed, and the goal that the theorem is about: not the rank, nor the variant."""
    what = re.sub(r"_?(ceil|pixels|circular|reflect|replicate)\b|\dd", "", mutant.file)
    goal = re.sub(r"_[THW]$", "", mutant.theorem.rpartition("d_")[2])
    return f"{what} {goal}", re.sub(r" at \d+$", "", mutant.change)


def by_kind(names: Iterable[str], count: int, seed: int) -> list[Mutant]:
    """Some mutants of each kind, chosen by a seed from all files together."""
    kinds: dict[tuple[str, str], list[Mutant]] = {}
    for name in names:
        for one in mutants(name):
            kinds.setdefault(kind(one), []).append(one)
    found: list[Mutant] = []
    for told, every in kinds.items():
        found += random.Random(f"{seed} {told}").sample(every, min(count, len(every)))
    told = f"{sum(map(len, kinds.values()))} mutants of {len(kinds)} kinds"
    print(f"{told}, {len(found)} taken by seed {seed}", flush=True)
    return found


def tell(name: str, some: list[Mutant], of: int) -> int:
    """Put mutants to Coq, print what came of it, and count those without a reason."""
    left, formulas = survivors(some)
    told = f"{name}: {len(some)} of {of} mutants, {formulas} formulas"
    print(f"{told}, {len(left)} survive", flush=True)
    for one in left:
        print(f"  {one.file}.{one.theorem}: {one.change}: {reason(one) or 'NO REASON'}")
    return sum(not reason(one) for one in left)


def main(arguments: list[str]) -> int:
    """Put every mutant to Coq, or a sample; what survives is printed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--kinds", type=int)
    parser.add_argument("--seed", type=int, default=12)
    asked = parser.parse_args(arguments)
    names, bad = asked.names or list(sources()), 0
    if asked.kinds is not None:
        chosen = by_kind([n for n in names if n.startswith(DERIVED)], asked.kinds, asked.seed)
        for name in sorted({one.file for one in chosen}):
            mine = [one for one in chosen if one.file == name]
            bad += tell(name, mine, sum(1 for _ in mutants(name)))
        return 1 if bad else 0
    for name in names:
        every = list(mutants(name))
        if every:
            some = every if asked.sample is None else sample([name], asked.sample, asked.seed)
            bad += tell(name, some, len(every))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
