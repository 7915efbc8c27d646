"""`convproof study`: long experiments by name."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from convproof.errors import SpecError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# name -> the module of convproof.study that runs it
STUDIES: dict[str, str] = {}

EPILOG = """\
example:
  convproof study NAME                             this version has no studies yet
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "study",
        help="run a long experiment (this version has none yet)",
        description="Run a long experiment by its name. This version has none yet.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="the study")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Refuse the name: there is nothing to run."""
    raise SpecError.of("study", args.name, "no name yet: this version has no studies")
