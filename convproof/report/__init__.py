"""The report: derivations and ledger as Markdown.  It prints what others found, nothing more."""

from convproof.report.pages import build

__all__ = ["build"]
