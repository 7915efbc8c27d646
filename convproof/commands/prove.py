"""`convproof prove`: the ledger of the chapter's claims, with progress on a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convproof.evidence import Grade
from convproof.files import check_folder, check_writable, write, write_tree

if TYPE_CHECKING:
    from convproof.chapter import Claim, Ledger

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """\
examples:
  convproof prove                                  every claim of the chapter
  convproof prove --claim eq-10.7 --claim eq-10.7-corrected
  convproof prove --json ledger.json               with each obligation's text, solver and time
  convproof prove --require kernel                 without Coq this is a failure

exit code: 0 every verdict and grade is the expected one for the tools that are here, 1 some is not,
2 a mistake in the arguments
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "prove",
        help="judge the chapter's claims and print the ledger",
        description="Judge the claims of the chapter; print each with its verdict and grade.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--claim", action="append", metavar="ID", help="judge this claim only; may be repeated"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the ledger here; - prints")
    parser.add_argument(
        "--require",
        choices=("kernel", "solvers"),
        action="append",
        default=[],
        help="fail where these proofs were not run, instead of expecting less",
    )
    parser.add_argument(
        "--pack",
        metavar="DIR",
        type=Path,
        help="write statements, proofs, queries and a script that judges them without convproof",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Judge, print, and say by the exit code whether every verdict and grade is as expected."""
    from convproof.chapter import prove, select
    from convproof.chapter.pack import digest, pack
    from convproof.commands.judged import keep
    from convproof.document.markdown import markdown
    from convproof.prove.tools import Tools
    from convproof.report.trust import trust_page

    select(args.claim)  # an unknown id is refused before any work
    if args.pack is not None:
        check_folder("--pack", args.pack)
    if args.json is not None and str(args.json) != "-":
        check_writable("--json", args.json)
    with _Progress() as progress:
        ledger = prove(args.claim, progress=progress)
    keep(ledger)
    if args.json and str(args.json) == "-":
        sys.stdout.write(ledger.to_json())
    else:
        _print(ledger)
        sys.stdout.flush()  # the verdicts are out before a full disk can keep them back
        if args.json:
            write(args.json, ledger.to_json())
    if args.pack is not None:
        told = markdown(trust_page(ledger.to_dict(), leads_to=""))
        files = {**pack(ledger), "TRUST.md": told}
        write_tree(args.pack, files)
        print(f"{len(files)} files in {args.pack}; sh {args.pack}/check.sh judges them")
        print(f"SUMS: {digest(files['SUMS'])}")
    lacking = [tool for tool in args.require if not getattr(Tools.here(), tool)]
    for tool in lacking:
        print(f"required, and not here: {tool}", file=sys.stderr)
    return 0 if ledger.ok and not lacking else 1


class _Progress:
    """One line on a terminal's stderr, rewritten; nothing in a pipe."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.status: Any = None

    def __enter__(self) -> Callable[[int, int, Claim, Claim | None], None]:
        if self.shown:
            try:
                from rich.console import Console

                self.status = Console(stderr=True).status("proving")
                self.status.start()
            except ImportError:  # rich is an extra: a plain line does as well
                self.status = None
        return self.step

    def step(self, number: int, total: int, item: Claim, claim: Claim | None) -> None:
        """Show which claim is being judged."""
        if not self.shown or claim is not None:
            return
        line = f"{number}/{total} {item.id}"
        if self.status is not None:
            self.status.update(line)
        else:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self.status is not None:
            self.status.stop()
        elif self.shown:
            sys.stderr.write("\r\x1b[K")


def _rows(ledger: Ledger) -> list[tuple[str, str, str, str, str]]:
    return [
        (
            claim.id,
            claim.verdict.status.value + ("" if claim.as_expected else " (!)"),
            claim.grade.value,
            f"{claim.seconds:.2f}",
            claim.statement,
        )
        for claim in ledger.values()
    ]


def _print(ledger: Ledger) -> None:
    for line in ledger.not_run:
        print(line)
    heads = ("claim", "verdict", "grade", "s", "statement")
    rows = _rows(ledger)
    if sys.stdout.isatty():
        try:
            from rich.console import Console
            from rich.table import Table
        except ImportError:
            _plain(heads, rows)
        else:
            table = Table(*heads)
            for row in rows:
                table.add_row(*row)
            Console().print(table)
    else:
        _plain(heads, rows)
    for line in _remarks(ledger):
        print(line)


def _plain(heads: tuple[str, ...], rows: list[tuple[str, str, str, str, str]]) -> None:
    wide = [max(len(row[column]) for row in (heads, *rows)) for column in range(4)]
    for row in (heads, *rows):
        left = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, wide, strict=False))
        print(f"{left}  {row[-1]}")


def _remarks(ledger: Ledger) -> list[str]:
    """What the table has no room for: witnesses, unexpected verdicts, and the sum."""
    lines = [""]
    for claim in ledger.values():
        if claim.verdict.witness and claim.as_expected:
            shown = ", ".join(
                f"{name}={_short(value)}" for name, value in claim.verdict.witness.items()
            )
            heir = f" -> {claim.replaced_by}" if claim.replaced_by else ""
            lines.append(f"{claim.id}: {claim.verdict.reason} [{shown}]{heir}")
    lines.append("")
    for claim in ledger.values():
        if not claim.as_expected:
            lines.append(
                f"NOT AS EXPECTED {claim.id}: {claim.verdict.status.value}, {claim.grade.value} "
                f"(expected {claim.expected.value}): {claim.verdict.reason}"
            )
    wrong = sum(not claim.as_expected for claim in ledger.values())
    unanswered = sum(claim.grade is Grade.OPEN and claim.as_expected for claim in ledger.values())
    lines.append(
        f"{len(ledger)} claims: {len(ledger) - wrong - unanswered} judged as expected, "
        f"{unanswered} not judged for want of a tool, {wrong} not as expected"
    )
    return lines


def _short(value: Any) -> str:
    text = " ".join(str(value.tolist() if hasattr(value, "tolist") else value).split())
    return text if len(text) <= 60 else text[:57] + "..."
