"""The `convproof` command: a parser put together from `commands`, and one line for a mistake."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

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

    def _print_message(self, message: str, file: Any = None) -> None:
        """Write it; that it could not be written is no secret, as it is to `argparse`."""
        if message:
            print(message, end="", file=file or sys.stderr, flush=True)


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
        _tell(wrong)
        return MISTAKE
    try:
        args = build_parser().parse_args(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _unread()
    except OSError as error:  # help that could not be written
        _tell(str(error))
        return MISTAKE

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
        return _unread()
    except (ConvproofError, OSError) as error:
        _tell(printable(" ".join(str(error).split())))
        return MISTAKE
    except KeyboardInterrupt:
        _tell("interrupted; finished work is kept")
        return INTERRUPTED
    except Exception as error:
        _tell(internal(error))
        return INTERNAL


def _unread() -> int:
    """The reader of our pipe has gone: nothing is left to say to it, at exit neither."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED


def _tell(line: str) -> None:
    """Say a line on stderr; where it cannot be said, the exit code is what it is all the same."""
    try:
        print(f"convproof: {line}", file=sys.stderr, flush=True)
    except OSError:  # a full disk: what is left in the buffer would fail once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
