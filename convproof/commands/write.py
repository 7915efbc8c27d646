"""`convproof write`: a pytest file of the laws for one target, which its owner keeps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.commands.values import convention, count, natural, seconds
from convproof.errors import SpecError, TargetError
from convproof.files import check_writable, write

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
the file holds what was found: how the target is called, the laws as tests, what is known to fail,
and each counterexample as a test of its own.

example:
  convproof write mine.py -o tests/test_conv_laws.py

exit code: 0 the file was written, 2 a mistake in the arguments
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "write",
        help="write a pytest file of the laws for a target",
        description="Check a target once and write a readable pytest file of the laws for it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("target", metavar="TARGET", nargs="?", help="as for 'convproof check'")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    parser.add_argument("--op", action="append", metavar="OP", help="this op only; repeatable")
    parser.add_argument("--law", action="append", metavar="ID", help="this law or family only")
    parser.add_argument("--layout", choices=("channels_first", "channels_last"))
    parser.add_argument("--convention", action="append", default=[], type=convention)
    parser.add_argument("--examples", type=count, metavar="N", help="calls for each op")
    parser.add_argument("--seed", type=natural, default=0, metavar="S")
    parser.add_argument("--timeout", type=seconds, metavar="SECONDS", help="for one call")
    parser.set_defaults(run=run, strangers=True)


def run(args: argparse.Namespace) -> int:
    """Check once, write the file; what it found wrong is in it, as expected to fail."""
    from convproof.commands import config
    from convproof.conformance.report.suite import suite
    from convproof.conformance.run.engine import check
    from convproof.conformance.sandbox.isolated import opened

    config.apply(args)
    if args.output.suffix != ".py":
        raise SpecError.of("--output", str(args.output), "a Python file, such as test_laws.py")
    check_writable("--output", args.output)
    one = args.op[0] if args.op and len(args.op) == 1 and ":" in args.target else None
    with opened(args.target, op=one, layout=args.layout, timeout=args.timeout) as target:
        if args.convention:
            declared = target.conventions.declared() | dict(args.convention)
            target.conventions = type(target.conventions).of(declared)
        missing = [op for op in args.op or () if op not in target.ops]
        if missing:
            raise TargetError(f"--op {missing[0]}: {args.target} has only {sorted(target.ops)}")
        chosen = {"ops": args.op, "laws": args.law, "examples": args.examples}
        result = check(target, **chosen, seed=args.seed)
        ops = sorted(args.op or target.ops)
        given = {
            "laws": args.law,
            "examples": args.examples,
            "seed": args.seed or None,
            "timeout": args.timeout,
            "layout": args.layout,
            "conventions": dict(args.convention) or None,
        }
        options = {name: value for name, value in given.items() if value is not None}
        text = suite(target, args.target, result, args.output, ops=ops, options=options)
    write(args.output, text)
    failing = len(result.failures)
    known = f"; {failing} known to fail, marked so" if failing else ""
    print(f"{args.output}: the laws of {', '.join(ops)} as tests{known}")
    return 0
