"""The `convproof` command: a parser put together from `commands`, and one line for a mistake."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

import convproof
import convproof.commands
from convproof.commands.ending import say_before_the_end
from convproof.commands.streams import prepare
from convproof.errors import ConvproofError
from convproof.printable import internal, printable

# The order of `--help`; a command's file that is not named here comes after these.
FIRST = ("check", "write", "grade", "prove", "derive", "generate", "report", "figure", "bench")

HELD, FAILED, MISTAKE, INTERNAL, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that says a mistake in one line, with where to look for help."""

    def error(self, message: str) -> NoReturn:
        """Print the one line and leave with code 2."""
        one_line = " ".join(message.split())
        self.exit(MISTAKE, f"{self.prog}: {one_line} (see '{self.prog} --help')\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; each command's file adds its own part."""
    parser = Parser(
        prog="convproof",
        description="Derive, prove, generate and check convolution and pooling.",
        epilog="example: convproof check scipy",
    )
    parser.add_argument("--version", action="version", version=f"convproof {convproof.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in command_modules():
        module.add(commands)
    return parser


def command_modules() -> list[ModuleType]:
    """Every file of `commands` that declares a command."""
    names = [found.name for found in pkgutil.iter_modules(convproof.commands.__path__)]
    names.sort(key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    modules = [importlib.import_module(f"convproof.commands.{name}") for name in names]
    return [module for module in modules if hasattr(module, "add")]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 and 1 are its verdict, 2 is a mistake in how it was asked, 3 is ours.

    With no `argv`, as the program itself, a command that runs a stranger's code does so in a child.
    """
    if argv is None:
        say_before_the_end()
    if argv is None and (wrong := prepare()):
        print(f"convproof: {wrong}", file=sys.stderr)
        return MISTAKE
    try:
        args = build_parser().parse_args(argv)
    except KeyboardInterrupt:
        return INTERRUPTED

    def command() -> int:
        return _run(args)

    if argv is None and getattr(args, "strangers", False):
        from convproof.commands.supervise import supervised

        return supervised(command)
    return command()


def _run(args: argparse.Namespace) -> int:
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of our pipe has gone: nothing is left to say to it, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (ConvproofError, OSError) as error:
        print(f"convproof: {printable(' '.join(str(error).split()))}", file=sys.stderr)
        return MISTAKE
    except KeyboardInterrupt:
        print("convproof: interrupted; finished work is kept", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        print(f"convproof: {internal(error)}", file=sys.stderr)
        return INTERNAL
