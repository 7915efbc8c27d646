"""The 15 relationships of Dumoulin and Visin's guide to convolution arithmetic."""

from __future__ import annotations

from convproof.chapter.claim import Claim, claim
from convproof.chapter.parts import proved
from convproof.evidence import Evidence, Grade
from convproof.prove.facts import dumoulin
from convproof.prove.facts.obligation import Obligation


def _stated(item: Obligation) -> Claim:
    @claim(
        item.id,
        "Dumoulin & Visin, arXiv:1603.07285v2, relationship " + item.id.rpartition("-")[2],
        item.statement,
        Grade.PROVED_KERNEL,
        without_coq=Grade.PROVED_SOLVERS,
        alone=Grade.OPEN,
    )
    def judge() -> list[Evidence]:
        return proved(item.id)

    return judge


RELATIONSHIPS = tuple(_stated(item) for item in dumoulin.OBLIGATIONS)
