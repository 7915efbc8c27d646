"""The shipped Coq files: which are there, what each needs, which theorems it states.

Nothing is listed by hand: a file in this folder is part of the library, its `Require` lines say
what it needs, and every `Theorem` in it is audited.
"""

from __future__ import annotations

import re
from importlib import resources

_COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
_NEEDS = re.compile(r"^From Convproof Require (?:Import|Export) ([^.]*)\.", re.MULTILINE)
_STATEMENT = re.compile(r"^Definition (\w+)_statement\b", re.MULTILINE)
_THEOREM = re.compile(r"^Theorem (\w+)", re.MULTILINE)


def bare(text: str) -> str:
    """`text` without its comments (the library nests none)."""
    return _COMMENT.sub("", text)


def needs(text: str) -> tuple[str, ...]:
    """The files of ours that a Coq file imports."""
    return tuple(name for line in _NEEDS.findall(bare(text)) for name in line.split())


def theorems(text: str) -> tuple[str, ...]:
    r"""Every theorem a Coq file states; lemmas are its own business.

    >>> theorems("Lemma l : True.\nTheorem t : True.\nProof. exact I. Qed.")
    ('t',)
    """
    return tuple(_THEOREM.findall(bare(text)))


def shipped() -> dict[str, str]:
    """The text of every shipped file by name, each after those it needs."""
    folder = resources.files("convproof").joinpath("prove", "coq")
    texts = {
        place.name.removesuffix(".v"): place.read_text(encoding="utf-8")
        for place in folder.iterdir()
        if place.name.endswith(".v")
    }
    ordered: dict[str, str] = {}

    def visit(name: str) -> None:
        for need in needs(texts[name]):
            if need in texts:
                visit(need)
        ordered.setdefault(name, texts[name])

    for name in sorted(texts):
        visit(name)
    return ordered


def pinned() -> dict[str, str]:
    """By theorem, the statement that is kept apart from its proof, by its full name.

    Files whose name begins with `Statements` hold them: `Definition NAME_statement : Prop := ...`.
    """
    return {
        theorem: f"Convproof.{name}.{theorem}_statement"
        for name, text in shipped().items()
        if name.startswith("Statements")
        for theorem in _STATEMENT.findall(bare(text))
    }
