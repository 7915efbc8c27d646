"""The `convproof` command: a parser put together from `commands`, and one line for a mistake."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import convproof
from convproof.errors import ConvproofError

COMMANDS = ("check", "prove", "derive", "generate", "report", "bench", "study")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; each command's file adds its own part."""
    parser = argparse.ArgumentParser(
        prog="convproof",
        description="Derive, prove, generate and check convolution and pooling.",
    )
    parser.add_argument("--version", action="version", version=f"convproof {convproof.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"convproof.commands.{name}").add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 and 1 are its verdict, 2 is a mistake in how it was asked."""
    args = build_parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except (ConvproofError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our pipe has gone: nothing is left to say to it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 141
        print(f"convproof: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("convproof: interrupted; finished work is kept", file=sys.stderr)
        return 130
