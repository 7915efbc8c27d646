"""`convproof findings`: what was found in released libraries, and whether it still happens."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.errors import SpecError
from convproof.files import check_writable, write

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof findings                       run the lines of each where its library is installed
  convproof findings --library opencv      of one library
  convproof findings --show ID             print the lines of one, to run or to report
  convproof findings --library opencv --python old/bin/python
                                           with the release that another environment has

exit code: 0 all that could be run happen as recorded; 1 one does not; 2 a mistake
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "findings",
        help="see whether what was found in libraries still happens",
        description="Run the lines of each finding in a fresh process, without convproof.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--library", action="append", metavar="NAME", help="repeatable")
    parser.add_argument("--show", metavar="ID", help="print one finding and its lines; run nothing")
    parser.add_argument(
        "--python",
        metavar="PROGRAM",
        default=sys.executable,
        help="the interpreter that runs the lines; it need not have convproof",
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the answers here")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run them, say what came of each; 0 if all that ran happen as recorded."""
    from convproof.conformance.findings.again import again
    from convproof.conformance.findings.finding import findings

    found = findings()
    libraries = sorted({one.library for one in found})
    for name in args.library or ():
        if name not in libraries:
            raise SpecError.one_of("--library", name, libraries)
    if args.show is not None:
        chosen = {one.id: one for one in found}
        if args.show not in chosen:
            raise SpecError.one_of("--show", args.show, chosen)
        one = chosen[args.show]
        print(f"# {one.library} ({one.version}): {one.what}\n{one.script.strip()}")
        return 0
    if args.json is not None:
        check_writable("--json", args.json)
    if shutil.which(args.python) is None:
        raise SpecError.of("--python", args.python, "a program that runs Python")
    rows = []
    for one in found:
        if args.library and one.library not in args.library:
            continue
        answer = again(one, python=args.python)
        mark = {"happens": "still happens", "gone": "GONE", "other": "UNDECIDED", "absent": "-"}
        here = f" ({answer.version})" if answer.version else ""
        print(f"{one.id}: {mark[answer.word]}{here}: {answer.said}", flush=True)
        rows.append({"id": one.id, **answer.__dict__})
    count = {word: sum(row["word"] == word for row in rows) for word in mark}
    print(
        f"{count['happens']} still happen, {count['gone']} are gone, {count['other']} undecided, "
        f"{count['absent']} not run: their library is absent"
    )
    if args.json is not None:
        from convproof import __version__
        from convproof.bench import made

        text = {"convproof": __version__, "made": made(), "findings": rows}
        write(args.json, json.dumps(text, indent=1) + "\n")
    sys.stdout.flush()
    if len(rows) == count["absent"]:
        print("nothing was run")
        return 1
    return 1 if count["gone"] or count["other"] else 0
