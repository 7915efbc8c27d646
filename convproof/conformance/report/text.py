"""A result of a check as lines for a person: verdict, failures with their planes, what was judged.

Every line is a pair (style, text); styles are words ("bad", "good", "dim", "head", "").  Nothing
here judges: it prints what a record holds.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from convproof.conformance.report.planes import beside, numbers, planes
from convproof.conformance.report.record import Exercise, Finding, Record
from convproof.conformance.target.places import native_shape
from convproof.laws import LAWS
from convproof.laws.by_name import word
from convproof.laws.case import Case
from convproof.laws.op import KINDS, OPS, Op

Line = tuple[str, str]
_MARKS = {"held": "✓", "broken": "✗", "follows": "↳", "not applied": "-", "not run": "○"}
_PLAIN = str.maketrans({"✓": "+", "✗": "X", "↳": ">", "-": "-", "○": "o", "·": ".", "→": "->"})


def lines(result: Record, width: int = 88, *, long: bool = True) -> list[Line]:
    """The whole result; of one with failures, unless `long`, what fits a screen."""
    short = bool(result.failures) and not long
    out: list[Line] = [("head", _headline(result)), ("", "")]
    if result.edges:
        out = [("head", f"right but for calls {result.edges}: every other law held"), *out]
    if result.limits:
        style = "bad" if result.strict and result.undeclared else "head"
        out += [(style, "limits"), *_wrapped(_grouped(map(str, result.limits)), width), ("", "")]
    for number, failure in enumerate(result.failures):
        script = not (short and number)
        out += [*failure_lines(failure, width, script=script), ("", "")]
    out += [_summed(result)] if short else _judged(result, width)
    for title, items in (
        ("decided", list(map(str, result.decided))),
        ("conventions", [f"{key}: {value}" for key, value in result.conventions.items()]),
        ("not judged", [str(item) for item in result.not_judged]),
        ("never exercised", _grouped(result.not_exercised)),
        ("notes", [*_left_out(result.notes), *result.unfinished]),
    ):
        if items:
            out += [("", ""), ("head", title), *_wrapped(items, width)]
    out += [("", ""), _verdict(result)]
    return out


def plain(items: Iterable[Line], encoding: str | None) -> list[Line]:
    """The lines in what a terminal of this encoding can show."""
    try:
        "✓✗↳-○·→".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return [(style, text.translate(_PLAIN)) for style, text in items]
    return list(items)


def _headline(result: Record) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in result.versions.items())
    of = f" ({versions})" if versions else ""
    return (
        f"{result.target}{of} · {result.calls} calls in {result.seconds:.1f} s · seed {result.seed}"
    )


def _verdict(result: Record) -> Line:
    limits, unjudged = _count(result.limits, "limit"), _count(result.not_judged, "not judged", "")
    more = "".join(f"; {text}" for text in (limits, unjudged) if text)
    if result.failures:
        edges = f", {result.edges} alone: every other law held" if result.edges else ""
        return "bad", f"✗ {_count(result.failures, 'law')} broken{edges}{more}"
    held = sum(1 for item in result.exercises if item.status == "held")
    if not held or result.unanswered >= result.calls > 0:
        return "bad", f"✗ nothing was judged: no law held on any call{more}"
    if result.unfinished:
        return "bad", f"✗ no verdict: {_count(result.unfinished, 'part')} came to no end{more}"
    if not result.ok:
        return "bad", f"✗ every law held, but strict: {_count(result.undeclared, 'limit')}"
    return "good", f"✓ every law held{more}: {held} (law, op) pairs on {_answered(result)}"


def _answered(result: Record) -> str:
    """How many calls were answered; refusals, rightful ones too, are not among them."""
    if not result.unanswered:
        return f"{result.calls} calls"
    return f"{result.calls - result.unanswered} answered calls of {result.calls}"


def _count(items: Sequence[object], word: str, plural: str = "s") -> str:
    """How many there are, in words; nothing for none."""
    return f"{len(items)} {word}{plural if len(items) > 1 else ''}" if items else ""


# -- one failure ----------------------------------------------------------------------------------


def failure_lines(failure: Finding, width: int = 88, *, script: bool = True) -> list[Line]:
    """One failure: what, where, why, and how to see it without convproof."""
    out: list[Line] = [("bad", f"✗ {failure.headline}"), ("", "")]
    out += _field("what", failure.reason, width)
    equation = LAWS[failure.law].formula(failure.op) if failure.law in LAWS else ""
    out += _field("the law", failure.statement, width)
    if equation:
        out.append(("dim", " " * 14 + equation))
    for number, text in enumerate(failure.diagnosis):
        out += _field("diagnosis" if not number else "or", text, width, "diagnosis")
    for number, case in enumerate(failure.before, 1):
        out += _field("after" if number == 1 else "", f"{number}. {_call(case)}", width)
    out += _field("the call", _call(failure.case), width)
    out += [*_field("sizes", _sizes(failure.case), width), ("", "")]
    arrays = [*_inputs(failure.case, width - 2), *_answers(failure, width - 2)]
    out += [("", f"  {text}".rstrip()) for text in arrays]
    if failure.more:
        out += _field("more", f"may follow: {failure.case.op} was judged no further", width)
    if failure.follows:
        out += _field("follows", "broken because of this: " + ", ".join(failure.follows), width)
    if failure.script and not script:
        out += _field("script", "--long shows it, and so do --json and --report", width)
    elif failure.script:
        out += [("", ""), ("dim", "  the same without convproof:"), ("", "")]
        out += [("dim", "    " + text) for text in failure.script.rstrip().splitlines()]
    return out


def _field(name: str, text: str, width: int, style: str = "") -> list[Line]:
    parts = textwrap.wrap(text, width - 14, break_long_words=False) or [""]
    return [(style, f"  {name if not n else '':<12}{part}") for n, part in enumerate(parts)]


def _call(case: Case) -> str:
    """The call's parameters, those at their default left out."""
    parts = []
    if case.window is not None:
        parts.append(f"window={_short(case.window)}")
    if case.kernel is None or any(s != 1 for s in case.stride):
        parts.append(f"stride={_short(case.stride)}")
    if case.spelled:
        parts.append(f"padding={word(case.spelled)!r}")
    elif any(lo or hi for lo, hi in case.padding):
        even = all(lo == hi for lo, hi in case.padding)
        parts.append(f"padding={_short([lo for lo, _ in case.padding]) if even else case.padding}")
    if any(d != 1 for d in case.dilation):
        parts.append(f"dilation={_short(case.dilation)}")
    if any(case.output_padding):
        parts.append(f"output_padding={_short(case.output_padding)}")
    if case.groups != 1:
        parts.append(f"groups={case.groups}")
    if case.ceil_mode:
        parts.append("ceil_mode=True")
    if not case.count_include_pad:
        parts.append("count_include_pad=False")
    names = {"x": "x", "kernel": "w", "bias": "b", "dy": "dy"}
    arrays = ", ".join(names[name] for name in case.arrays)
    text = f"{case.op}({', '.join([arrays, *parts])})"
    about = [] if case.x.dtype == np.float64 else [f"{case.x.dtype}"]
    about += [] if case.memory == "plain" else [f"arrays laid out {case.memory!r}"]
    return text + (f" with {', '.join(about)}" if about else "")


def _sizes(case: Case) -> str:
    """How large everything is, by name: N, C, and D, H, W as far as there are."""
    axes = ("D", "H", "W")[3 - case.rank :]
    space = " ".join(f"{a}={n}" for a, n in zip(axes, case.space, strict=True))
    parts = [f"x: N={len(case.x)} {space} C={case.x.shape[-1]}"]
    if case.kernel is not None:
        taps = " ".join(f"K{a}={n}" for a, n in zip(axes, case.taps, strict=True))
        inputs, outputs = case.x.shape[-1] // case.groups, case.outputs
        parts.append(f"w: {taps} in={inputs} out={outputs}")
    if case.dy is not None:
        out = " ".join(f"{a}={n}" for a, n in zip(axes, case.dy.shape[1:-1], strict=True))
        parts.append(f"dy: {out}")
    return "; ".join(parts)


def _short(values: Sequence[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else f"({', '.join(map(str, values))})"


def _inputs(case: Case, width: int) -> list[str]:
    """The arrays of the call as planes, side by side where they fit."""
    blocks = []
    for name, label in (("x", "x"), ("kernel", "w"), ("dy", "dy")):
        array = case.arrays.get(name)
        if array is not None:
            blocks += planes(label, array, "kernel" if name == "kernel" else "x")
    if case.bias is not None:
        blocks.append(["b", numbers(case.bias)])
    return beside(blocks, width)


def _answers(failure: Finding, width: int) -> list[str]:
    """Expected and got, the wrong entries marked."""
    expected, got = failure.expected, failure.got
    if not isinstance(expected, np.ndarray) or not isinstance(got, np.ndarray):
        pair = (("expected", expected), ("got", got))
        return [text for name, value in pair for text in _text(name, _shape(failure, value), width)]
    role = "kernel" if failure.result == "dkernel" else "x"
    wrong = None
    if expected.shape == got.shape:
        with np.errstate(invalid="ignore"):
            wrong = ~((expected == got) | ((expected != expected) & (got != got)))
    right = planes(f"expected {failure.result}".rstrip(), expected, role, wrong)
    came = planes(f"got {failure.result}".rstrip(), got, role, wrong)
    both = [block for pair in itertools.zip_longest(right, came) for block in pair if block]
    return beside(both, width)


def _shape(failure: Finding, value: Any) -> Any:
    """A shape in the target's own order; anything else as it is."""
    if not isinstance(value, tuple) or failure.law != "shape":
        return value
    return native_shape(value, failure.result, failure.case.rank, failure.layout)


def _text(name: str, value: Any, width: int) -> list[str]:
    if isinstance(value, np.ndarray):
        return beside(planes(name, value, "x"), width)
    return [
        f"{name if not n else '':<12}{part}"
        for n, part in enumerate(textwrap.wrap(str(value), width - 12) or [""])
    ]


# -- what was judged ------------------------------------------------------------------------------


def _judged(result: Record, width: int) -> list[Line]:
    """A row a law, a mark an op."""
    ops = [op for op in sorted(OPS, key=_by_kind) if any(e.op == op for e in result.exercises)]
    if not ops:
        return []
    cells = {(item.law, item.op): item for item in result.exercises}
    laws = list(dict.fromkeys(item.law for item in result.exercises))
    wide = max(len("law"), *(len(name) for name in laws))
    groups = [list(items) for _, items in itertools.groupby(ops, key=lambda op: _by_kind(op)[:2])]
    heads, subs = [], []
    for group in groups:
        name = group[0].replace("_backward", "'")
        name = name[:-2] if name.endswith("d") else name.replace("d'", "'")[:-2] + "'"
        span = max(len(name), 2 * len(group) - 1)
        heads.append(f"{name:<{span}}")
        subs.append(f"{' '.join(str(Op.of(op).rank) for op in group):<{span}}")
    out: list[Line] = [
        ("head", f"{'law':<{wide}}  {'calls':>6}  {'  '.join(heads)}".rstrip()),
        ("dim", f"{'':<{wide}}  {'':>6}  {'  '.join(subs)}".rstrip()),
    ]
    idle = []
    for law in laws:
        mine = [item for item in result.exercises if item.law == law]
        if all(item.status == "not run" for item in mine):
            idle.append(law)
            continue
        calls = sum(item.count for item in mine)
        marks = [
            f"{' '.join(_mark(cells.get((law, op))) for op in group):<{len(head)}}"
            for group, head in zip(groups, heads, strict=True)
        ]
        style = "bad" if any(item.status == "broken" for item in mine) else ""
        out.append((style, f"{law:<{wide}}  {calls or '':>6}  {'  '.join(marks)}".rstrip()))
    if idle:
        said = f"not run: {', '.join(idle)}"
        out += [("dim", part) for part in textwrap.wrap(said, width, subsequent_indent="  ")]
    legend = (
        "✓ held  ✗ broken  ↳ follows from another  - not applied  ○ not run  · no law of that op"
    )
    out += [("dim", part) for part in textwrap.wrap(f"{legend}  (' backward)", width)]
    return out


def _summed(result: Record) -> Line:
    """The table of laws as one line."""
    counts = Counter(item.status for item in result.exercises)
    said = ", ".join(f"{counts[status]} {status}" for status in _MARKS if counts[status])
    return "dim", f"laws and ops: {said} (--long lists them)"


def _mark(exercise: Exercise | None) -> str:
    return "·" if exercise is None else _MARKS.get(exercise.status, "?")


def _by_kind(op: str) -> tuple[int, bool, int]:
    named = Op.of(op)
    return KINDS.index(named.kind), named.backward, named.rank


def _grouped(items: Iterable[str]) -> list[str]:
    """Lines of the form "op: parameter (reason)" with the same parameter and reason, on one."""
    groups: dict[str, list[str]] = {}
    for item in items:
        op, colon, rest = item.partition(": ")
        groups.setdefault(rest if colon else item, []).append(op if colon else "")
    return [
        f"{rest}: {', '.join(ops)}" if any(ops) else rest
        for rest, ops in ((rest, list(dict.fromkeys(ops))) for rest, ops in groups.items())
    ]


_LEFT_OUT = re.compile(r"(\w+): (\d+) of (\d+) planned calls \([\w ]+\) were left out")


def _left_out(notes: Sequence[str]) -> list[str]:
    """The notes, those on calls left out for lack of time put together."""
    sums: dict[str, list[int]] = {}
    rest = []
    for note in notes:
        found = _LEFT_OUT.match(note)
        if found is None:
            rest.append(note)
            continue
        both = sums.setdefault(found[1], [0, 0])
        both[0] += int(found[2])
        both[1] += int(found[3])
    if sums:
        said = ", ".join(f"{op} {left} of {total}" for op, (left, total) in sums.items())
        rest.append(
            f"planned calls left out for lack of time (--examples N sets no budget): {said}"
        )
    return rest


def _wrapped(items: Iterable[str], width: int) -> Iterator[Line]:
    for item in items:
        for number, part in enumerate(textwrap.wrap(item, width - 4) or [""]):
            yield "", ("  " if not number else "    ") + part
