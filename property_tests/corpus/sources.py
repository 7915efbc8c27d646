"""Wrong files: whole files of a student's or an engineer's, each with one slip in its text.

The slips are those of reports in public trackers, named beside them, written into files of ours.
"""

from __future__ import annotations

import functools
import linecache
from pathlib import Path
from typing import Any

from property_tests.corpus.job import Functions
from property_tests.corpus.mutant import Kind, Mutant, register
from property_tests.corpus.witness import Call

FILES = Path(__file__).parent / "files"
Edit = tuple[str, ...]  # old text, new text, and the function it is in where that is not the op's


def source(file: str, op: str = "", edits: tuple[Edit, ...] = ()) -> str:
    """A file's text with some slips in it.

    >>> "def conv2d(" in source("loops")
    True
    """
    text = (FILES / f"{file}.py").read_text()
    for old, new, *where in edits:
        start = text.index(f"def {where[0] if where else op}(")
        end = text.find("\ndef ", start)
        end = len(text) if end < 0 else end
        if old not in text[start:end]:
            raise ValueError(f"{file}.py, {op}: no text {old!r}")
        text = text[:start] + text[start:end].replace(old, new) + text[end:]
    return text


def functions(file: str, op: str = "", edits: tuple[Edit, ...] = ()) -> Functions:
    """The op of such a file, a backward beside its forward; all of them where no op is named."""
    names: dict[str, Any] = {}
    text = source(file, op, edits)
    linecache.cache[f"{file}.py"] = (len(text), None, text.splitlines(keepends=True), f"{file}.py")
    exec(compile(text, f"{file}.py", "exec"), names)
    wanted = {op, op.removesuffix("_backward")} if op else set(names)
    ops = ("conv2d", "max_pool2d", "avg_pool2d")
    known = [*ops, *(f"{name}_backward" for name in ops)]
    return {name: names[name] for name in known if name in names and name in wanted}


def slip(
    name: str, file: str, about: str, report: str, call: Call, *edits: Edit, says: str = ""
) -> None:
    """A wrong file: `report` is where somebody met it, `says` what a first line has to say."""
    build = functools.partial(functions, file, call.op, edits)
    kind: Kind = "reported"
    words = tuple(says.split("|"))
    full = f"{file}-{name}"
    register(Mutant(full, (call.op,), file, kind, about, build, (call,), says=words, report=report))
