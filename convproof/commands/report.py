"""`convproof report`: every derivation and the ledger as Markdown, HTML and PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convproof.report.pages import Derived

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof report                                 into reports/
  convproof report -o /tmp/report

exit code: 0 all as expected, 1 a step or a verdict is not (the report says which), 2 a mistake
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "report",
        help="write all derivations and the ledger as Markdown, HTML and PDF",
        description="Derive everything, replay every step, judge every claim, and write it down. "
        "The files are the same on every machine. What the same sources and tools found before is "
        "not found again.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=Path("reports"), help="default: reports"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="judge and replay anew what was found before"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build every page, then write them: a failure on the way leaves the old report whole."""
    from convproof.commands.judged import ledger, parts, uncovered
    from convproof.document.markdown import markdown
    from convproof.files import check_folder, write_tree
    from convproof.report import build
    from convproof.report.trust import trust_page

    check_folder("--output", args.output)
    expect_tools()
    say = _say if sys.stderr.isatty() else _quiet
    say("the ledger")
    kept, proofs, again = ledger(fresh=args.fresh)
    say("what no certificate runs")
    kept = {**kept, "uncovered": uncovered(fresh=args.fresh)}
    say("the pages")
    pages, as_expected = build(parts(fresh=args.fresh), kept)
    proofs = {**proofs, "TRUST.md": markdown(trust_page(kept, leads_to=""))}
    pages |= {f"proofs/{name}": text for name, text in proofs.items()}
    write_tree(args.output, pages)
    if again:
        print(
            "verdicts as they were found before, by the same sources and tools: --fresh asks anew"
        )
    print(f"{len(pages)} files in {args.output}" + ("" if as_expected else "; NOT all as expected"))
    return 0 if as_expected else 1


def expect_tools() -> None:
    """Make a page and a picture of each kind, and throw them away: what cannot be made later.

    Raises:
        MissingExtra: if what a form or a picture needs is not installed.
    """
    from convproof.document.model import Display, Document
    from convproof.figures.networks import panels, photograph
    from convproof.report.pages import forms

    panels(1)
    photograph(0)
    forms("page", Document("page", [Display("z_{i}", "z_i")]))


def derivations() -> list[Derived]:
    """What the report shows: all layers, the padding modes, and the training step."""
    from convproof.commands.judged import derivation, names

    return [derivation(name) for name in names()]


def _say(name: str) -> None:
    sys.stderr.write(f"\r\x1b[K{name} ...")
    sys.stderr.flush()


def _quiet(name: str) -> None:
    """Say nothing: nobody watches."""
