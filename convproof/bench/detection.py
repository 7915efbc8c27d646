"""How many mistakes each checker finds on the corpus, how many false alarms, how fast."""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from convproof import __version__
from convproof.bench import Keep, Options, Whole, pick
from convproof.bench.corpus import Entry, load
from convproof.bench.rivals import RIVALS, Judge
from convproof.errors import MissingExtra

KINDS = ("easy", "parameter-bound", "thin-slice", "stateful", "reported")
OWN = "convproof"


@dataclass(frozen=True)
class Verdict:
    """Our own answer: whether it passed, what was said first, which ops nobody looked at."""

    passed: bool
    law: str = ""
    line: str = ""
    reason: str = ""  # what a reader has where there is no diagnosis
    unjudged: tuple[str, ...] = ()


OwnJudge = Callable[[Entry, int], Verdict]


def own_judge(entry: Entry, seed: int) -> Verdict:
    """`convproof.check` at its defaults, stopping at the first failure."""
    from convproof.conformance import Target, check

    functions: dict[str, Any] = entry.build()
    target = Target(entry.name, conventions=dict(entry.conventions) or None, **functions)
    result = check(target, seed=seed, fail_fast=True)
    if result.failures:
        first = result.failures[0]
        return Verdict(
            False, first.law, first.diagnosis[0] if first.diagnosis else "", first.reason
        )
    judged = {item.op for item in result.exercises if item.status == "held"}
    return Verdict(bool(result.ok), unjudged=tuple(op for op in functions if op not in judged))


@dataclass(frozen=True)
class Judged:
    """One checker's answer on one entry; `passed` is None where it could not be asked."""

    checker: str
    entry: str
    kind: str
    seed: int
    passed: bool | None
    seconds: float
    error: str = ""
    law: str = ""
    line: str = ""
    right_line: bool | None = None
    unjudged: tuple[str, ...] = ()


@dataclass
class Detection(Whole):
    """All answers so far, as a table and as data."""

    checkers: tuple[str, ...]
    judged: list[Judged] = field(default_factory=list)
    corpus: tuple[int, int] = (0, 0)  # wrong and right entries there are, asked or not

    def of(self, checker: str, right: bool) -> list[Judged]:
        """One checker's answers on the right entries, or on the wrong ones."""
        return [j for j in self.judged if j.checker == checker and (j.kind == "right") is right]

    def row(self, checker: str) -> dict[str, Any]:
        """The figures of one checker."""
        wrong, right = self.of(checker, False), self.of(checker, True)
        killed = [j for j in wrong if j.passed is False]
        asked = [j for j in right if j.passed is not None]
        by_kind = Counter(j.kind for j in killed)
        among = Counter(j.kind for j in wrong)
        return {
            "checker": checker,
            "wrong": len(wrong),
            "expressible": sum(j.passed is not None for j in wrong),
            "killed": len(killed),
            "kill_rate": len(killed) / len(wrong) if wrong else None,
            "by_kind": {kind: [by_kind[kind], among[kind]] for kind in KINDS},
            "right_runs": len(asked),
            "false_alarms": sum(j.passed is False for j in asked),
            "median_seconds_to_detection": statistics.median(j.seconds for j in killed)
            if killed
            else None,
            "median_seconds_on_right": statistics.median(j.seconds for j in asked)
            if asked
            else None,
            "right_lines": sum(j.right_line is True for j in killed),
            "lines": sum(j.right_line is not None for j in killed),
            "unjudged": sorted({f"{j.entry}: {op}" for j in asked for op in j.unjudged}),
            "survivors": sorted(j.entry for j in wrong if j.passed is not False),
            "alarms": sorted({j.entry for j in asked if j.passed is False}),
            "broken": sorted({j.entry for j in wrong + right if j.error}),
        }

    @property
    def sample(self) -> str:
        """Which part of the corpus was asked, in words; empty if it was all of it."""
        asked = {(j.entry, j.kind == "right") for j in self.judged}
        right = sum(one for _, one in asked)
        if (len(asked) - right, right) == self.corpus:
            return ""
        return (
            f"a sample: {len(asked) - right} of the corpus's {self.corpus[0]} wrong entries, "
            f"{right} of its {self.corpus[1]} right ones"
        )

    def plain(self) -> Mapping[str, Any]:
        """Figures and single answers, as JSON data."""
        return {
            "benchmark": "detection",
            "version": __version__,
            "corpus": dict(zip(("wrong", "right"), self.corpus, strict=True)),
            "sample": self.sample,
            "rows": [self.row(checker) for checker in self.checkers],
            "answers": [asdict(j) for j in self.judged],
        }

    def text(self) -> str:
        """The table, one line a checker, and what it leaves open."""
        rows = [self.row(checker) for checker in self.checkers]
        head = [
            "checker",
            "killed",
            "rate",
            *KINDS,
            "not asked",
            "false alarms",
            "to detect",
            "right",
        ]
        table = [head] + [
            [
                row["checker"],
                f"{row['killed']}/{row['wrong']}",
                "-" if row["kill_rate"] is None else f"{100 * row['kill_rate']:.1f}%",
                *("{}/{}".format(*row["by_kind"][kind]) for kind in KINDS),
                str(row["wrong"] - row["expressible"]),
                f"{row['false_alarms']}/{row['right_runs']}",
                seconds(row["median_seconds_to_detection"]),
                seconds(row["median_seconds_on_right"]),
            ]
            for row in rows
        ]
        widths = [max(len(line[i]) for line in table) for i in range(len(head))]
        lines = [
            "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
            for line in table
        ]
        lines += [self.sample] if self.sample and sum(self.corpus) else []
        for row in rows:
            if row["checker"] == OWN:
                lines += [f"{OWN} missed: {name}" for name in row["survivors"]]
                lines += [f"{OWN} accused: {name}" for name in row["alarms"]]
                lines += [f"{OWN} did not look at {name}" for name in row["unjudged"]]
                if row["lines"]:
                    told, killed = row["right_lines"], row["lines"]
                    lines.append(f"right first lines: {told}/{killed} ({100 * told / killed:.1f}%)")
                    lines += [
                        f"  {j.entry}: {j.line[:100] or j.law}"
                        for j in self.of(OWN, False)
                        if j.passed is False and j.right_line is False
                    ]
        return "\n".join([*lines, NOTES])


NOTES = """\
"not asked": mistakes that a checker has no way to be asked about; they count as missed.
gradcheck and check_grads get three layers (two poolings) and, where an entry has one pass only,
a right other pass; check_grads calls NumPy by pure_callback. ONNX: the node tests of Conv, MaxPool
and AveragePool that the contract can express, forward only. "to detect" and "right" are medians.
A first line of a diagnosis is right if it has the words that the corpus lists for the entry."""


def seconds(value: float | None) -> str:
    """A duration for the table.

    >>> seconds(0.1234), seconds(None)
    ('0.123 s', '-')
    """
    return "-" if value is None else f"{value:.3f} s"


def judge_one(checker: str, judge: OwnJudge | Judge, entry: Entry, seed: int) -> Judged:
    """One answer, timed; a checker that breaks down on an entry has not judged it."""
    start = time.perf_counter()
    answer: Verdict | bool | None = None
    error = ""
    try:
        answer = judge(entry, seed)
    except Exception as trouble:
        error = f"{type(trouble).__name__}: {trouble}"[:200]
    took = time.perf_counter() - start
    if not isinstance(answer, Verdict):
        return Judged(checker, entry.name, entry.kind, seed, answer, took, error)
    told = None if answer.passed else load().right_line(entry, answer.law, answer.line)
    if told is False and not answer.line:
        told = load().right_line(entry, answer.law, answer.reason)
    more = (answer.law, answer.line or answer.reason, told, answer.unjudged)
    return Judged(checker, entry.name, entry.kind, seed, answer.passed, took, error, *more)


def judges(against: Sequence[str] | None) -> dict[str, OwnJudge | Judge]:
    """Our own checker and the rivals: those asked for, or those whose packages are installed."""
    found: dict[str, OwnJudge | Judge] = {OWN: own_judge}
    for name in pick("against", tuple(RIVALS) if against is None else against, tuple(RIVALS)):
        try:
            found[name] = RIVALS[name]()
        except MissingExtra as missing:
            if against is not None:
                raise
            print(f"bench detection: {missing}", file=sys.stderr)
    return found


def measure(options: Options, keep: Keep) -> Detection:
    """Put every entry to every checker: wrong ones once, right ones once a seed.

    Raises:
        SpecError: for a rival or an entry that does not exist.
        MissingExtra: for a rival asked for by name whose package is missing.
    """
    entries = load().entries()
    asked = pick("only", options.only, [entry.name for entry in entries]) or None
    chosen = [entry for entry in entries if asked is None or entry.name in asked]
    panel = judges(options.against)
    right = sum(entry.right for entry in entries)
    outcome = Detection(tuple(panel), corpus=(len(entries) - right, right))
    shows = sys.stderr.isatty()
    for number, entry in enumerate(chosen, 1):
        for name, judge in panel.items():
            for seed in range(options.seeds if entry.right else 1):
                outcome.judged.append(judge_one(name, judge, entry, seed))
        if shows:
            print(f"\r{number}/{len(chosen)} {entry.name:<44}", end="", file=sys.stderr, flush=True)
        keep(outcome)
    if shows:
        print(file=sys.stderr)
    return outcome
