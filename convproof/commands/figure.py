"""`convproof figure`: one picture, drawn from what it shows."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.files import check_writable, write

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof figure                     the names there are
  convproof figure stride -o stride.svg

exit code: 0 drawn, 2 a mistake in the arguments
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "figure",
        help="draw one of the report's pictures as SVG",
        description="Draw a picture by name, or say which there are.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", nargs="?", help="the picture; none lists them")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw and print or write, or list."""
    from convproof.figures import FIGURES, draw

    if args.name is None:
        for name, one in FIGURES.items():
            print(f"{name:24} {one.alt}")
        return 0
    if args.output is not None:
        check_writable("--output", args.output)
    picture = draw(args.name) + "\n"
    if args.output is None:
        sys.stdout.write(picture)
    else:
        write(args.output, picture)
        print(f"{args.name} in {args.output}")
    return 0
