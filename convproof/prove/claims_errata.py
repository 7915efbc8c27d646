"""Errata of 10.2 that a small exact computation settles; the rest of 10.2 is judged elsewhere."""

from __future__ import annotations

from convproof.evidence import Evidence, Grade, Status
from convproof.judgement import Finding, Judgement
from convproof.prove.settle import holds, refuted

PAPER = (
    "Z. Li, Y. Zhang, S. Arora: Why are convolutional nets more sample-efficient than "
    "fully-connected nets? ICLR 2021 (arXiv:2010.08515)"
)


def _venue() -> Finding:
    return refuted(
        "the paper appeared at ICLR 2021",
        Evidence(Grade.CITED, PAPER),
        chapter="ICML 2021",
        paper="ICLR 2021",
    )


def claims() -> list[Judgement]:
    """The claims on the chapter's errata, none of them judged yet."""
    return [
        Judgement(
            "footnote-2",
            "chapter, footnote 2",
            "The paper behind 10.2 is of ICML 2021.",
            _venue,
            Status.REFUTED,
            "footnote-2-corrected",
        ),
        Judgement(
            "footnote-2-corrected",
            "correction of footnote-2",
            "The paper behind 10.2 is of ICLR 2021.",
            lambda: holds("as published", Evidence(Grade.CITED, PAPER)),
        ),
    ]
