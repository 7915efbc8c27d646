"""`convproof grade`: a course's folder of files, a table of them and a page for each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.errors import SpecError, TargetError

if TYPE_CHECKING:
    from convproof.conformance import CheckResult
    from convproof.document.model import Document, Line

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof grade homework -o marks          homework/*.py -> marks/index.html and a page a file
  convproof grade homework --timeout 5 --op conv2d

exit code: 0 every file was judged and held, 1 one did not, 2 a mistake in the arguments
"""
Graded = tuple[str, "CheckResult | None", str]


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "grade",
        help="hold every file of a folder to the laws: a table, and a page for each",
        description="Check each Python file of a folder in a process of its own and write a page "
        "for each, and a table of all. A file that cannot be judged says why.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="the files, one a student")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, default=Path("grades"))
    parser.add_argument("--op", action="append", metavar="OP", help="judge this op only")
    parser.add_argument("--examples", type=int, metavar="N", help="calls for each op")
    parser.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS", help="a call")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.set_defaults(run=run, strangers=True)


def run(args: argparse.Namespace) -> int:
    """Judge each file; write all pages at the end."""
    from convproof.document.html import html
    from convproof.files import check_folder, write_tree

    if not args.folder.is_dir():
        raise SpecError.of("folder", str(args.folder), "a directory of Python files")
    check_folder("--output", args.output)
    files = sorted(path for path in args.folder.glob("*.py") if not path.name.startswith("_"))
    if not files:
        raise SpecError.of("folder", str(args.folder), "a directory with Python files in it")
    graded: list[Graded] = []
    for path in files:
        graded.append(judged(path, args))
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{len(graded)} of {len(files)}: {path.name}")
    pages: dict[str, str | bytes] = {"index.html": html(table(graded))}
    for name, result, word in graded:
        pages[f"{name}.html"] = html(page(name, result, word))
    write_tree(args.output, pages)
    good = sum(result is not None and result.ok for _, result, _ in graded)
    print(f"{good} of {len(files)} files hold every law; {args.output / 'index.html'}")
    return 0 if good == len(files) else 1


def judged(path: Path, args: argparse.Namespace) -> Graded:
    """One file: its result, or why there is none."""
    from convproof.conformance import check

    try:
        result = check(
            str(path), ops=args.op, examples=args.examples, seed=args.seed, timeout=args.timeout
        )
    except TargetError as error:
        return path.stem, None, str(error)
    return path.stem, result, ""


def table(graded: list[Graded]) -> Document:
    """All files: verdict, laws broken, the first line of the first."""
    from convproof.document.model import Document, Link, Table, words

    rows: list[list[Line]] = []
    for name, result, word in graded:
        first = word
        if result is not None and result.failures:
            failure = result.failures[0]
            first = f"{failure.op}: " + (failure.diagnosis or (failure.reason,))[0]
        verdict = "not judged" if result is None else "held" if result.ok else "broken"
        broken = "" if result is None else str(len(result.failures))
        rows.append([(Link(name, f"{name}.html"),), (verdict,), (broken,), (first,)])
    good = sum(result is not None and result.ok for _, result, _ in graded)
    return Document(
        "Graded",
        (
            words(f"{good} of {len(graded)} files hold every law."),
            Table(("file", "verdict", "laws broken", "what is wrong first"), rows),
        ),
    )


def page(name: str, result: CheckResult | None, word: str) -> Document:
    """One file's page."""
    from convproof.conformance.report.page import document
    from convproof.document.model import Document, words

    if result is None:
        return Document(name, (words("Not judged: ", word),))
    return document(result)
