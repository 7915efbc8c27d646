"""A pytest file of the laws for one target, which its owner keeps."""

from __future__ import annotations

import os
import pprint
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from convproof.conformance.report.repro import answer_lines, call_lines
from convproof.conformance.report.result import CheckResult, Failure
from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.target import Target
from convproof.laws.op import Op
from convproof.printable import printable

_LARGEST = 2_000  # entries of a counterexample's arrays that a file is to be read with


def suite(
    target: Target,
    text: str,
    result: CheckResult,
    path: Path,
    *,
    ops: list[str],
    options: Mapping[str, Any],
) -> str:
    """The file.

    Args:
        target: what was judged.
        text: what names it: "mine.py", "mine.py:conv2d", "package.module", "torch".
        result: what came of it.
        path: where the file will be; a target that is a file is named from there.
        ops: the ops judged.
        options: of `convproof.parametrize_with_laws`, where they are not its defaults.
    """
    broken = [failure for failure in result.failures if _shown(failure)]
    adapters = {op: target.adapter(op).renamed() for op in ops}
    used = {failure.case.op for failure in broken}
    place, here = _place(text, path)
    body = [
        f'"""The laws of convolution and pooling, held against {printable(text)}.',
        "",
        f"Written by `convproof write {printable(text)}`, and yours to change.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        *(["import sys", "from pathlib import Path", ""] if here else []),
        "import numpy as np",
        *(["import pytest"] if broken else []),
        "",
        "import convproof",
        "",
        *(["HERE = Path(__file__).resolve().parent"] if here else []),
        f"TARGET = {place}",
        *_expected(result.failures),
        "",
        "",
        "@convproof.parametrize_with_laws(",
        f"    TARGET, ops={ops!r}, expected_failures=EXPECTED{_given(options)}",
        ")",
        "def test_law(target, check):",
        "    check(target)",
    ]
    for op, adapter in adapters.items():
        body += ["", "", f"# {op}, as it is called: {_layout(adapter)}.", ""]
        body += _lines(adapter, here)
        if op not in used:
            continue
        for failure in broken:
            if failure.case.op == op:
                body += ["", "", *_regression(failure, adapter)]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(body)) + "\n"


def _shown(failure: Failure) -> bool:
    """Whether one call shows it, which a reader can take in."""
    small = sum(array.size for array in failure.case.arrays.values()) <= _LARGEST
    return isinstance(failure.expected, np.ndarray) and not failure.before and small


def _place(text: str, path: Path) -> tuple[str, str]:
    """(an expression of what names the target, the file's folder from where the suite is)."""
    place, colon, name = text.partition(".py")
    if not (colon and (not name or name.startswith(":"))):
        return repr(text), ""
    file = Path(f"{place}.py").resolve()
    near = Path(os.path.relpath(file, path.resolve().parent))
    end = f" + {name!r}" if name else ""
    return f"str(HERE / {near.as_posix()!r}){end}", near.parent.as_posix()


def _expected(failures: tuple[Failure, ...]) -> list[str]:
    """What is known to fail: a test of it that passes is an error, and its line to be deleted."""
    known = {
        (failure.law, failure.op): printable((*failure.diagnosis, failure.reason)[0])
        for failure in failures
    }
    return f"EXPECTED = {pprint.pformat(known, width=96)}".splitlines()


def _given(options: Mapping[str, Any]) -> str:
    return "".join(f", {name}={value!r}" for name, value in options.items())


def _layout(adapter: Adapter) -> str:
    space = "DHW"[-Op.of(adapter.op).rank :]
    last = adapter.layout == "channels_last"
    return f"x (N, {', '.join(space)}, C)" if last else f"x (N, C, {', '.join(space)})"


def _lines(adapter: Adapter, here: str) -> list[str]:
    """The adapter, a file of its own named from where the suite is."""
    lines = adapter.lines()
    if here:
        at = next(i for i, line in enumerate(lines) if line.startswith("sys.path.insert"))
        lines[at] = f"sys.path.insert(0, str(HERE / {here!r}))"
        lines = [line for line in lines if line != "import sys"]
    return lines


def _regression(failure: Failure, adapter: Adapter) -> list[str]:
    """The smallest call that breaks a law, as a test that fails until it is mended."""
    name = re.sub(r"\W", "_", f"test_{failure.case.op}_{failure.law}")
    case, expected = failure.case, failure.expected
    lines, close = answer_lines(case, expected, failure.got, failure.result, adapter)
    why = printable(" ".join((*failure.diagnosis, failure.reason)[0].split()))
    return [
        f"@pytest.mark.xfail(strict=True, reason={why!r})",
        f"def {name}():",
        *(f"    {line}" if line else "" for line in [*call_lines(case, adapter), *lines]),
        "    assert got.shape == expected.shape",
        f"    assert {close}",
    ]
