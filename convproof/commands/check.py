"""`convproof check`: hold an implementation to the laws and show what came of it."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.commands.values import address, convention, count, natural, seconds
from convproof.commands.watch import noticed, watched
from convproof.contents import defining
from convproof.errors import MissingExtra, SpecError, TargetError
from convproof.files import check_writable, package_stamp, write
from convproof.printable import printable

if TYPE_CHECKING:
    from convproof.conformance.report.result import CheckResult
    from convproof.conformance.target.target import Target

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

INTERNAL = 3  # exit code: convproof itself failed
CAMPAIGNS = Path(".convproof") / "campaigns"
CAMPAIGN_EXAMPLES = 10_000  # calls for each op, where --examples does not say

LIBRARIES = Path(__file__).parents[1] / "conformance" / "target" / "libraries" / "__init__.py"

EPILOG = """\
a TARGET is
  mine.py                       every conv2d, max_pool2d, conv2d_backward, ... that the file defines
  mine.py:conv2d                one function; say --op OP where its name does not tell what it is
  package.module[:function]     the same of an importable module
LIBRARIES
  all-installed                 each library that is here, and which are not; with --json FILE the
                                rows of those that are not stay in the file

examples:
  convproof check mine.py:conv2d
  convproof check homework.py --timeout 5         5 s for one call: what hangs is a broken law
  convproof check torch --op conv2d --op conv2d_backward --seed 7
  convproof check mine.py --json result.json --junit result.xml
  convproof check mine.py --strict --require-all --quiet --report result.html      for CI
  convproof check torch --examples 100000 --jobs 2 --resume runs/torch   a campaign: Ctrl-C, and
                                                  the same line again goes on where it stopped

a file runs in a process of its own, without convproof, and has 30 s for one call (--timeout). a
library runs in the process of its judge, unless --timeout is given, which treats it as a file: it
is told if it ends that process, not if it alters the judge. the process that this command itself
is can be killed by force (SIGKILL): then there is no word, and an exit code that is none of these.
a target runs as you do, and may write to your terminal what it likes: the exit code is not its own.

[tool.convproof] in a pyproject.toml keeps options: target, op, layout, conventions, timeout, ...

exit code: 0 every law held, 1 a law is broken, 2 a mistake in the arguments, 3 convproof failed
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        help="hold an implementation to the laws",
        description="Hold an implementation of convolution or pooling to the laws.",
        epilog=EPILOG.replace("LIBRARIES", _libraries()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("target", metavar="TARGET", nargs="?", help="see below")
    parser.add_argument(
        "--op", action="append", metavar="OP", help="judge this op only; repeatable"
    )
    parser.add_argument(
        "--law",
        action="append",
        metavar="ID",
        help="hold it to this law or family only; repeatable",
    )
    parser.add_argument("--layout", choices=("channels_first", "channels_last"))
    parser.add_argument(
        "--convention",
        action="append",
        default=[],
        type=convention,
        metavar="NAME=VALUE",
        help="declare a lawful choice, e.g. nan=ignored, ties=last, count_include_pad=false",
    )
    parser.add_argument("--examples", type=count, metavar="N", help="calls for each op")
    parser.add_argument("--seed", type=natural, default=0, metavar="S")
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        help="for one call; a library too then runs in a process of its own (30 for a file)",
    )
    parser.add_argument("--jobs", type=count, metavar="N", help="a campaign in so many processes")
    parser.add_argument(
        "--dask", type=address, metavar="ADDRESS", help="a campaign on a Dask cluster"
    )
    parser.add_argument(
        "--resume",
        metavar="DIR",
        type=Path,
        help="where a campaign keeps what is done, and goes on from "
        f"(by default a directory of its own in {CAMPAIGNS})",
    )
    parser.add_argument(
        "--dtype", choices=("float16", "float32", "float64"), help="judge calls of this alone"
    )
    parser.add_argument("--device", metavar="DEV", help="where a target of tensors gets them: cuda")
    parser.add_argument("--fail-fast", action="store_true", help="stop at the first broken law")
    parser.add_argument("--max-seconds", type=seconds, metavar="S", help="for all calls of a run")
    parser.add_argument("--strict", action="store_true", help="limits count as failures")
    parser.add_argument(
        "--allow", action="append", metavar="LIMIT", help="a limit that is known; repeatable"
    )
    parser.add_argument(
        "--require-all",
        action="store_true",
        help="fail on functions, dtypes or parameters of the target that nobody judged",
    )
    parser.add_argument(
        "--long", action="store_true", help="of a failure too, the table of laws and every script"
    )
    parser.add_argument("--quiet", action="store_true", help="print the closing line alone")
    parser.add_argument("--report", metavar="FILE.html", type=Path, help="a page to hand on")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the result here; - prints")
    parser.add_argument("--junit", metavar="FILE", type=Path, help="write JUnit XML here")
    parser.add_argument(
        "--expected-failures",
        metavar="FILE",
        type=Path,
        help="lines 'LAW OP [# reason]' of failures that are known; a line that no longer fails "
        "is an error",
    )
    parser.set_defaults(run=run, strangers=True)


def _libraries() -> str:
    """The known names; none of them is imported for the sake of a help text."""
    names = ", ".join(name.removesuffix("_") for name in defining(str(LIBRARIES), "target"))
    return textwrap.fill(names, 92, initial_indent="  ", subsequent_indent="  ")


def run(args: argparse.Namespace) -> int:
    """Check, print, write; 0 if every law held (or failed as expected), 1 if one is broken."""
    from convproof.commands import config, installed
    from convproof.conformance.report import expected

    config.apply(args)
    for option in ("json", "junit", "report"):  # where they are meant: a target may move us
        path = getattr(args, option)
        if path is not None and str(path) != "-":
            setattr(args, option, path.absolute())
        _check_writable(f"--{option}", path)
    if args.target == installed.ALL:
        return installed.run(args)
    known = expected.read(args.expected_failures) if args.expected_failures else None
    if args.jobs or args.dask or args.resume:
        result = _campaign(args)
    else:
        result = _single(args)
    judged = expected.judge(result, known) if known is not None else None
    ok = result.ok
    if judged is not None:  # of nothing judged, nothing was expected either
        any_judged = any(item.status in ("held", "broken") for item in result.exercises)
        ok = (
            judged.ok
            and any_judged
            and not result.unfinished
            and not (args.strict and result.undeclared)
        )
    verdicts = [] if judged is None else judged.lines()
    if args.require_all and result.not_judged:
        ok = False
        verdicts += [
            ("bad", f"✗ --require-all: not judged: {'; '.join(map(str, result.not_judged))}")
        ]
    _output(result, args, verdicts)
    if result.unfinished:
        print(f"convproof: {printable(result.unfinished[0])}", file=sys.stderr)
        return INTERNAL
    return 0 if ok else 1


def _single(args: argparse.Namespace) -> CheckResult:
    """One run, here or in a worker."""
    from convproof.conformance.sandbox.isolated import opened

    one = args.op[0] if args.op and len(args.op) == 1 else None
    with noticed(f"to load {args.target}"):
        target = opened(
            args.target,
            op=_told(args.target, one),
            layout=args.layout,
            timeout=args.timeout,
            device=args.device,
            apart=True,
            meanwhile=_engine,
        )
    if args.dtype:
        target.take(args.dtype)
    if args.convention:
        declared = target.conventions.declared() | dict(args.convention)
        target.conventions = type(target.conventions).of(declared)
    try:
        before = package_stamp()
        result = _checked(target, args)
        return _unaltered(result, before)
    finally:
        target.close()


def _unaltered(result: CheckResult, before: dict[str, tuple[int, int]]) -> CheckResult:
    """The result, unfinished if convproof's own files were changed meanwhile: by a target, say."""
    now = package_stamp()
    changed = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    if not changed:
        return result
    said = f"convproof/{changed[0]} was changed while the target ran: nothing here can be believed"
    return dataclasses.replace(result, unfinished=(*result.unfinished, said))


def _campaign(args: argparse.Namespace) -> CheckResult:
    """Many runs in parallel, each kept when it is done."""
    from convproof.conformance.campaign.campaign import campaign

    names = "fail_fast convention max_seconds dtype device allow strict require_all"
    unshared = {f"--{name.replace('_', '-')}": getattr(args, name) for name in names.split()}
    for option, given in unshared.items():
        if given:
            raise SpecError.of(option, given, "nothing with --jobs, --dask or --resume")
    if args.jobs and args.dask:
        raise SpecError.of("--jobs", args.jobs, "nothing with --dask, which has its own workers")
    slug = "".join(letter if letter.isalnum() else "-" for letter in args.target).strip("-")
    folder = args.resume or CAMPAIGNS / f"{slug}-{args.seed}"
    shown = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown:
            sys.stderr.write(f"\r\x1b[K{done} of {total} parts; kept in {folder}")
            sys.stderr.flush()

    try:
        return campaign(
            args.target,
            examples=args.examples or CAMPAIGN_EXAMPLES,
            directory=folder,
            jobs=args.jobs or 1,
            dask_address=args.dask,
            seed=args.seed,
            ops=args.op,
            laws=args.law,
            layout=args.layout,
            timeout=args.timeout,
            progress=progress,
        )
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")


def _told(target: str, op: str | None) -> str | None:
    """`--op` as the op of a function that is named; of a whole module it is a selection."""
    return op if ":" in target else None


def _engine() -> Callable[..., CheckResult]:
    """What judges; its imports take a while."""
    try:
        from convproof.conformance.run.engine import check
    except ImportError as error:
        raise MissingExtra.of(error.name or "hypothesis", "check", "convproof check") from None
    return check


def _checked(target: Target, args: argparse.Namespace) -> CheckResult:
    check = _engine()
    missing = [op for op in args.op or () if op.removesuffix("*") not in target.ops]
    if missing:
        has = ", ".join(sorted(target.ops))
        raise TargetError(f"--op {missing[0]}: {args.target} has no such op; it has {has}")
    says = not (args.quiet or str(args.json) == "-")
    with watched(target, says):
        return check(
            target,
            ops=args.op,
            laws=args.law,
            examples=args.examples,
            seed=args.seed,
            max_seconds=args.max_seconds,
            fail_fast=args.fail_fast,
            allow=args.allow or (),
            strict=args.strict,
        )


# -- output ---------------------------------------------------------------------------------------


def _output(result: CheckResult, args: argparse.Namespace, verdicts: list[tuple[str, str]]) -> None:
    """The verdict first, then the files; neither of them keeps the other back."""
    with contextlib.ExitStack() as unsaid:
        try:
            _say(result, args, verdicts)
        except OSError as error:  # a full disk, a reader that has gone: told when all is done
            unsaid.callback(_raise, error)
        for path, make in (
            (args.junit, result.to_junit),
            (args.json if str(args.json) != "-" else None, result.to_json),
            (args.report, result.to_html),
        ):
            if path is not None:
                try:
                    write(path, make())
                except OSError as error:  # the others may lie elsewhere
                    unsaid.callback(_raise, error)


def _raise(error: OSError) -> None:
    raise error


def _say(result: CheckResult, args: argparse.Namespace, verdicts: list[tuple[str, str]]) -> None:
    from convproof.conformance.report import text as show

    if args.json and str(args.json) == "-":
        sys.stdout.write(result.to_json())
    else:
        width = min(max(shutil.get_terminal_size((88, 24)).columns, 60), 100)
        lines = show.lines(result, width, long=args.long)
        lines = lines[-1:] if args.quiet else lines
        _print(show.plain([*lines, *verdicts], sys.stdout.encoding))
    sys.stdout.flush()  # the verdict is out before a full disk can keep it back


_COLOURS = {"bad": "31", "good": "32", "dim": "2", "head": "1", "diagnosis": "33"}


def _print(lines: list[tuple[str, str]]) -> None:
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for style, text in lines:
        text, code = printable(text), _COLOURS.get(style)
        print(f"\x1b[{code}m{text}\x1b[0m" if colour and code and text else text)


def _check_writable(option: str, path: Path | None) -> None:
    """Refuse a file that cannot be written before the work, not after it."""
    if path is None or (option == "--json" and str(path) == "-"):
        return
    check_writable(option, path)
