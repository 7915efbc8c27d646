"""One claim of the ledger, judged anew."""

from convproof.chapter import Claim, prove


def judged(id: str) -> Claim:
    return prove(id)[id]
