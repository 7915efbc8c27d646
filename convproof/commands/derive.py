"""`convproof derive`: the derivation of a layer, as text, LaTeX, Markdown, HTML or PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.commands.layer import add_layer_options, input_shape, layer
from convproof.document.printers import PRINTERS
from convproof.errors import SpecError
from convproof.files import check_writable, write
from convproof.printable import printable

if TYPE_CHECKING:
    from convproof.derive import Derivation
    from convproof.document.model import Document
    from convproof.evidence import Verdict

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof derive conv2d                          all 2-D convolutions at once, sizes as symbols
  convproof derive conv2d --stride 2 --padding same --format latex
  convproof derive max_pool2d --window 3x2 -o pool.pdf
  convproof derive conv2d --input 28x28x1 --kernel 5x5x1x8 --stride 2 --padding 2 -o layer.html
  convproof derive update-step                     one training step carries a rotation along

exit code: 0 printed (with --check: and every step replayed), 1 a step did not replay, 2 a mistake
"""
FORMATS = ("text", "latex", "markdown", "html", "pdf")
SUFFIXES = {".tex": "latex", ".md": "markdown", ".html": "html", ".pdf": "pdf", ".txt": "text"}


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "derive",
        help="derive a layer's output size, forward and gradients, step by step",
        description="Derive a layer from its definition and print the steps. With no option of "
        "the layer, for all layers of the kind at once.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("operation", help="conv2d, max_pool1d, avg_pool3d, pad_reflect, ...")
    parser.add_argument(
        "--input", metavar="HxWxC", help="explain the layer on an image of this shape"
    )
    add_layer_options(parser)
    parser.add_argument("--format", metavar="FORMAT", help="|".join(FORMATS) + " (default: text)")
    parser.add_argument("--full", action="store_true", help="every recorded step, as it is checked")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here instead")
    parser.add_argument("--check", action="store_true", help="replay every step exactly as well")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Derive, print or write, and with --check replay."""
    form = _format(args)
    if args.output is not None:
        check_writable("--output", args.output)
    derivation = _derivation(args)
    verdict = derivation.check() if args.check else None
    content = PRINTERS[form](_page(args, derivation, verdict))
    if args.output is not None:
        write(args.output, content)
    elif isinstance(content, bytes):
        raise SpecError.of("--format", form, "pdf only with -o FILE", "a terminal shows no pages")
    else:
        sys.stdout.write(content)
    if verdict is None:
        if args.output is not None:
            where = printable(str(args.output))
            print(f"{where}: {args.operation} derived; --check replays its steps")
        return 0
    print(f"{verdict.status.value}: {verdict.reason}", file=sys.stderr)
    return 0 if verdict.holds else 1


def _format(args: argparse.Namespace) -> str:
    """The format asked for, or the one that the file's name says."""
    suffix = args.output.suffix if args.output is not None else ""
    form = str(args.format or SUFFIXES.get(suffix, "text"))
    if form not in FORMATS:
        raise SpecError.one_of("--format", form, FORMATS)
    return form


def _page(args: argparse.Namespace, derivation: Derivation, verdict: Verdict | None) -> Document:
    """The layer explained, the derivation as it is told, or with --full every recorded step."""
    from convproof.derive.page import every_step
    from convproof.report.pages import checked

    if args.input is not None and derivation.spec is not None:
        from convproof.explain import explain

        shape = input_shape(args.input, derivation.spec.rank)
        return explain(derivation.spec, shape).document
    if args.full:
        return every_step(derivation)
    return derivation.page("" if verdict is None else checked(verdict, derivation.compare()))


def _derivation(args: argparse.Namespace) -> Derivation:
    from convproof.derive import NAMES, derive

    name = args.operation.replace("-", "_")
    if name not in (*NAMES, "update_step"):
        raise SpecError.one_of("operation", args.operation, (*NAMES, "update-step"))
    shape = None
    if args.input is not None:
        if name == "update_step" or name.startswith("pad_"):
            raise SpecError.of("--input", args.input, f"only with a layer, not with {name}")
        shape = input_shape(args.input, int(name[-2]))
    spec = layer(name, args, shape)
    if name == "update_step":
        from convproof.theory.update_step import update_step

        return update_step()
    return derive(name if spec is None else spec)
