"""What every right implementation obeys: one file a family; `LAWS` holds them all by id."""

from __future__ import annotations

from convproof.laws import answers, definition, purity
from convproof.laws.law import LAWS, Broken, Law, NotApplied

__all__ = ["LAWS", "Broken", "Law", "NotApplied", "answers", "definition", "purity"]
