"""The chapter's claims in the chapter's order: statement, hypotheses, judge and expected grade."""

from convproof.chapter.claim import Claim
from convproof.chapter.contents import select
from convproof.chapter.ledger import Ledger, prove

__all__ = ["Claim", "Ledger", "prove", "select"]
