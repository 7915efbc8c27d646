"""`convproof generate`: one layer as a module of its own that imports only NumPy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.commands.layer import add_layer_options, layer
from convproof.errors import SpecError
from convproof.files import check_writable, write
from convproof.printable import printable
from convproof.spec import AvgPool, Conv, MaxPool, Spec

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof generate conv2d --kernel 3x3 --stride 2 --padding same -o conv.py
  convproof generate conv1d --kernel 5 --dilation 2 --groups 4 --activation relu
  convproof generate max_pool2d --window 2 > pool.py

The module has forward and backward on channels-last arrays, and says in its header which
derivation it comes from and at which shapes it was certified, if it is small enough for that.

exit code: 0 written, 2 a mistake in the arguments (nothing is written then)
"""
OPERATIONS = tuple(f"{kind}{rank}d" for kind in ("conv", "max_pool", "avg_pool") for rank in "123")


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "generate",
        help="write one layer's stand-alone NumPy code",
        description="Write one layer's forward and backward as a module that imports only NumPy.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("operation", help=", ".join(OPERATIONS))
    add_layer_options(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Certify the layer's code and print or write it."""
    if args.operation not in OPERATIONS:
        raise SpecError.one_of("operation", args.operation, OPERATIONS)
    spec = layer(args.operation, args) or _default(args.operation)
    if args.output is not None:
        check_writable("--output", args.output)
    from convproof.certify.standalone import module

    made = module(spec)
    if args.output is None:
        sys.stdout.write(made.text)
    else:
        write(args.output, made.text)
        print(f"{printable(str(args.output))}: {args.operation}, forward and backward")
    if not made.shapes:
        print("convproof: not certified: the layer is too large for it", file=sys.stderr)
    return 0


def _default(operation: str) -> Spec:
    """The layer of the operation when no option says otherwise: 3 taps, or a window of 2."""
    kind, rank = operation[:-2], int(operation[-2])
    if kind == "conv":
        return Conv((3,) * rank)
    return MaxPool((2,) * rank) if kind == "max_pool" else AvgPool((2,) * rank)
