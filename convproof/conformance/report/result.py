"""What a run came to: failures people can use, and what was and was not exercised."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convproof.laws.case import Case, array_from_dict, array_to_dict
from convproof.laws.law import LAWS


@dataclass(frozen=True)
class Failure:
    """One broken law: the smallest call that shows it, and what is known about the cause.

    `before` are calls that must be made first, where the target keeps something between calls.
    `follows` names the laws (of any op) whose breaks this one explains.  Arrays are channels last;
    positions in the reason and the diagnosis are in the target's own `layout`.
    """

    law: str
    op: str
    statement: str
    reason: str
    case: Case
    expected: Any
    got: Any
    result: str = ""
    diagnosis: tuple[str, ...] = ()
    script: str | None = None
    before: tuple[Case, ...] = ()
    follows: tuple[str, ...] = ()
    found_after: float = 0.0
    found_in: str = ""
    calls_until_found: int = 0
    layout: str = "channels_last"

    @property
    def headline(self) -> str:
        """Which op breaks which law: the op of the failing call, where another's calls met it."""
        text = f"{self.case.op} breaks the law {self.law!r}"
        if self.case.op != self.op:
            text += f" (met among the calls of {self.op})"
        return text

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "law": self.law,
            "op": self.op,
            "statement": self.statement,
            "reason": self.reason,
            "result": self.result,
            "case": self.case.to_dict(),
            "call": self.case.describe(),
            "expected": plain(self.expected),
            "got": plain(self.got),
            "diagnosis": list(self.diagnosis),
            "script": self.script,
            "before": [case.to_dict() for case in self.before],
            "follows": list(self.follows),
            "found_after_seconds": round(self.found_after, 3),
            "found_in": self.found_in,
            "calls_until_found": self.calls_until_found,
            "layout": self.layout,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Failure:
        """What `to_dict` gave, from JSON too."""
        return cls(
            data["law"],
            data["op"],
            data["statement"],
            data["reason"],
            Case.from_dict(data["case"]),
            _unplain(data["expected"]),
            _unplain(data["got"]),
            data["result"],
            tuple(data["diagnosis"]),
            data["script"],
            tuple(Case.from_dict(case) for case in data["before"]),
            tuple(data["follows"]),
            data["found_after_seconds"],
            data["found_in"],
            data["calls_until_found"],
            data.get("layout", "channels_last"),
        )

    def __str__(self) -> str:
        equation = LAWS[self.law].formula(self.op) if self.law in LAWS else ""
        lines = [
            f"{self.headline}: {self.reason}",
            f"  law       {self.statement}",
        ]
        if equation:
            lines.append(f"            {equation}")
        lines.append(f"  call      {self.case.describe()}")
        if self.layout != "channels_last":
            lines.append("            (sizes and arrays here are channels last)")
        for number, case in enumerate(self.before, 1):
            lines.append(f"  after     {number}. {case.describe()}")
        for name, array in self.case.arrays.items():
            lines.append(_block(f"  {name}", array))
        lines += [_block("  expected", self.expected), _block("  got", self.got)]
        lines += [f"  diagnosis {text}" for text in self.diagnosis]
        if self.follows:
            lines.append(f"  follows   from this: {', '.join(self.follows)}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Exercise:
    """What one law did to one op: calls judged, or why it was not applied."""

    law: str
    op: str
    status: str
    count: int = 0
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "law": self.law,
            "op": self.op,
            "status": self.status,
            "count": self.count,
            "reason": self.reason,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Exercise:
        """What `to_dict` gave."""
        return cls(**data)


@dataclass(frozen=True)
class CheckResult:
    """A finished run.  `ok` says that no law was found broken and that something was judged."""

    target: str
    failures: tuple[Failure, ...]
    exercises: tuple[Exercise, ...]
    calls: int
    seconds: float
    seed: int
    not_exercised: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    conventions: Mapping[str, str] = field(default_factory=dict)
    coverage: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """No law broken, and at least one held on at least one call."""
        return not self.failures and any(e.status == "held" for e in self.exercises)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return {
            "target": self.target,
            "ok": self.ok,
            "calls": self.calls,
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
            "failures": [failure.to_dict() for failure in self.failures],
            "exercises": [exercise.to_dict() for exercise in self.exercises],
            "not_exercised": list(self.not_exercised),
            "limitations": list(self.limitations),
            "conventions": dict(self.conventions),
            "coverage": plain(dict(self.coverage)),
            "notes": list(self.notes),
        }

    def to_json(self) -> str:
        """The whole result as JSON; NaN and infinities as text."""
        return json.dumps(_finite(self.to_dict()), indent=2, allow_nan=False) + "\n"

    def to_junit(self) -> str:
        """The result as JUnit XML: a test case for each law and op."""
        broken = {(failure.law, failure.op): failure for failure in self.failures}
        cases: list[tuple[str, str, Exercise | None]] = [(e.law, e.op, e) for e in self.exercises]
        cases += [(*key, None) for key in broken if key not in {c[:2] for c in cases}]
        skipped = sum(1 for *_, e in cases if e is not None and e.status in _SKIPS)
        suite = ET.Element(
            "testsuite",
            name=f"convproof {self.target}",
            tests=str(len(cases)),
            failures=str(len(broken)),
            errors="0",
            skipped=str(skipped),
            time=f"{self.seconds:.3f}",
        )
        for law, op, exercise in cases:
            item = ET.SubElement(suite, "testcase", classname=f"{self.target}.{op}", name=law)
            if (law, op) in broken:
                failure = broken[law, op]
                child = ET.SubElement(item, "failure", message=_xml(failure.reason))
                child.text = _xml(str(failure))
            elif exercise is not None and exercise.status in _SKIPS:
                ET.SubElement(item, "skipped", message=_xml(exercise.reason))
        return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suite, encoding="unicode")

    def __str__(self) -> str:
        verdict = (
            "every law held"
            if self.ok
            else (f"{len(self.failures)} broken" if self.failures else "nothing was judged")
        )
        lines = [
            f"{self.target}: {verdict} ({self.calls} calls, {self.seconds:.1f} s, "
            f"seed {self.seed})",
            "",
        ]
        ops = list(dict.fromkeys(e.op for e in self.exercises))
        laws = list(dict.fromkeys(e.law for e in self.exercises))
        cells = {(e.law, e.op): _cell(e) for e in self.exercises}
        wide = max([len(law) for law in laws], default=3)
        columns = [max([len(op), *(len(cells.get((law, op), "")) for law in laws)]) for op in ops]
        head = f"{'law':<{wide}}  " + "  ".join(
            f"{op:>{w}}" for op, w in zip(ops, columns, strict=True)
        )
        lines += [head.rstrip(), "-" * len(head)]
        for law in laws:
            row = "  ".join(
                f"{cells.get((law, op), '.'):>{w}}" for op, w in zip(ops, columns, strict=True)
            )
            lines.append(f"{law:<{wide}}  {row}".rstrip())
        lines.append("(a number: so many calls held; n/a: not applied; .: not a law of that op)")
        for title, items in (
            ("conventions", [f"{k}: {v}" for k, v in self.conventions.items()]),
            ("limitations, declared or found", self.limitations),
            ("never exercised", self.not_exercised),
            ("notes", self.notes),
        ):
            if items:
                lines += ["", f"{title}:", *(f"  {item}" for item in items)]
        for failure in self.failures:
            lines += ["", str(failure)]
        return "\n".join(lines)


_SKIPS = ("not applied", "follows", "not run")


def _cell(exercise: Exercise) -> str:
    words = {"broken": "BROKEN", "not applied": "n/a", "follows": "follows", "not run": "not run"}
    return words.get(exercise.status, str(exercise.count))


def _block(name: str, value: Any) -> str:
    head = f"{name:<11} "
    if isinstance(value, np.ndarray):
        text = f"shape {value.shape} {value.dtype}"
        if value.size <= 100:
            with np.printoptions(linewidth=100 - len(head)):
                text += "\n" + np.array2string(value)
        else:
            first = ", ".join(str(item) for item in value.ravel()[:8].tolist())
            text += f": {first}, ... ({value.size} numbers; all of them in the JSON)"
    else:
        text = str(value)
    return head + text.replace("\n", "\n" + " " * len(head))


def plain(value: Any) -> Any:
    """`value` as JSON knows it, large arrays cut."""
    if isinstance(value, np.ndarray):
        return array_to_dict(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def _unplain(value: Any) -> Any:
    if isinstance(value, dict) and {"dtype", "shape", "values"} <= set(value):
        return array_from_dict(value)
    return value


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value


def _xml(text: str) -> str:
    return "".join(ch for ch in text if ch in "\n\t" or ch >= " ")
