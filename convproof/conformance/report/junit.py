"""A result as JUnit XML: a test case for each law and op, which CI systems show."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from convproof.conformance.report.record import Exercise, Record
from convproof.conformance.report.text import failure_lines

_SKIPS = ("not applied", "follows", "not run")
# What XML 1.0 cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF.
_NOT_XML = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def junit(result: Record) -> str:
    """The XML: broken laws fail, undeclared limits of a strict run and empty runs are errors."""
    broken = {(failure.law, failure.op): failure for failure in result.failures}
    cases: list[tuple[str, str, Exercise | None]] = [(e.law, e.op, e) for e in result.exercises]
    cases += [(*key, None) for key in broken if key not in {case[:2] for case in cases}]
    skipped = sum(1 for *_, e in cases if e is not None and e.status in _SKIPS)
    errors = [str(limit) for limit in result.undeclared] if result.strict else []
    errors += result.unfinished
    if not result.ok and not result.failures and not errors:
        errors = ["nothing was judged: no law held on any call"]
    suite = ET.Element(
        "testsuite",
        name=_xml(f"convproof {result.target}"),
        tests=str(len(cases) + len(errors)),
        failures=str(len(broken)),
        errors=str(len(errors)),
        skipped=str(skipped),
        time=f"{result.seconds:.3f}",
    )
    for text in errors:
        item = ET.SubElement(suite, "testcase", classname=_xml(result.target), name="limits")
        ET.SubElement(item, "error", message=_xml(text))
    for law, op, exercise in cases:
        item = ET.SubElement(suite, "testcase", classname=_xml(f"{result.target}.{op}"), name=law)
        if (law, op) in broken:
            failure = broken[law, op]
            child = ET.SubElement(item, "failure", message=_xml(failure.reason))
            child.text = _xml("\n".join(text for _, text in failure_lines(failure)))
        elif exercise is not None and exercise.status in _SKIPS:
            ET.SubElement(item, "skipped", message=_xml(exercise.reason))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suite, encoding="unicode")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
