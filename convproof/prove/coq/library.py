"""The shipped Coq files: which are there, what each needs, which theorems it states.

Nothing is listed by hand: a file in this folder is part of the library, its `Require` lines say
what it needs, and every `Theorem` in it is audited.
"""

from __future__ import annotations

import functools
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


@functools.cache
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


def told(name: str) -> dict[str, str]:
    """The blocks of a file's statements by name: `pin_`, `made_` and `mean_` something."""
    place = resources.files("convproof").joinpath("prove", "coq", "statements", f"{name}.v")
    if not place.is_file():
        return {}
    blocks = bare(place.read_text(encoding="utf-8")).split("\n\n")
    return {block.split()[1]: block.strip() for block in blocks if block.startswith("Definition ")}


def meanings(name: str) -> str:
    """What the words of a file must mean: each definition's body, each constructor's type."""
    blocks = told(name).items()
    return "\n".join(text for word, text in blocks if word.startswith(("mean_", "made_")))


def pinned() -> dict[str, tuple[str, ...]]:
    """By theorem, every statement that is kept apart from its proof, in full or by its full name.

    The files `statements/` hold each in full; files whose name begins with `Statements` hold
    some a second time, in words of their own, as `Definition NAME_statement : Prop := ...`.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, text in shipped().items():
        for theorem in theorems(text):
            if block := told(name).get(f"pin_{theorem}"):
                full = block.partition(":")[2].rpartition(":=")[0].strip()
                found[theorem] = (full, *found.get(theorem, ()))
        if name.startswith("Statements"):
            for theorem in _STATEMENT.findall(bare(text)):
                named = f"Convproof.{name}.{theorem}_statement"
                found[theorem] = (*found.get(theorem, ()), named)
    return found
