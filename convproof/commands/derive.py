"""`convproof derive`: the derivation of a layer, as text, LaTeX or Markdown."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convproof.commands.layer import add_layer_options, layer
from convproof.errors import SpecError
from convproof.files import check_writable, write

if TYPE_CHECKING:
    from convproof.derive import Derivation

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof derive conv2d                          all 2-D convolutions at once, sizes as symbols
  convproof derive conv2d --stride 2 --padding same --format latex
  convproof derive max_pool2d --window 3x2 --format markdown -o pool.md
  convproof derive update-step                     one training step carries a rotation along

exit code: 0 printed (with --check: and every step replayed), 1 a step did not replay, 2 a mistake
"""
FORMATS = ("text", "latex", "markdown", "html", "pdf")


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
    add_layer_options(parser)
    parser.add_argument("--format", default="text", metavar="FORMAT", help="|".join(FORMATS))
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here instead")
    parser.add_argument("--check", action="store_true", help="replay every step exactly as well")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Derive, print or write, and with --check replay."""
    _check_format(args.format)
    if args.output is not None:
        check_writable("--output", args.output)
    derivation = _derivation(args)
    text = _heading(derivation, args.format) + _shown(derivation, args.format).rstrip() + "\n"
    if args.output is None:
        sys.stdout.write(text)
    else:
        write(args.output, text)
    if not args.check:
        return 0
    verdict = derivation.check()
    print(f"{verdict.status.value}: {verdict.reason}", file=sys.stderr)
    return 0 if verdict.holds else 1


def _check_format(name: str) -> None:
    if name not in FORMATS:
        raise SpecError.of("--format", name, "one of " + ", ".join(FORMATS))
    if name in ("html", "pdf"):
        raise SpecError.of(
            "--format",
            name,
            "text, latex or markdown as yet",
            "write --format latex and give it to pdflatex, or --format markdown to a renderer "
            "that shows formulas",
        )


def _shown(derivation: Derivation, form: str) -> str:
    if form == "latex":
        return derivation.to_latex()
    return derivation.to_markdown() if form == "markdown" else str(derivation)


def _heading(derivation: Derivation, form: str) -> str:
    """Which layer it is, where its numbers were put in: defaults included."""
    if derivation.spec is None:
        return ""
    before, after = {"latex": ("% ", "\n"), "markdown": ("`", "`\n\n")}.get(form, ("", "\n\n"))
    return f"{before}{derivation.spec!r}{after}"


def _derivation(args: argparse.Namespace) -> Derivation:
    from convproof.derive import NAMES, derive

    name = args.operation.replace("-", "_")
    if name not in (*NAMES, "update_step"):
        raise SpecError.of(
            "operation", args.operation, "one of " + ", ".join((*NAMES, "update-step"))
        )
    spec = layer(name, args)
    if name == "update_step":
        from convproof.theory.update_step import update_step

        return update_step()
    return derive(name if spec is None else spec)
