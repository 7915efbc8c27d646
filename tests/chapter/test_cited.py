"""No theorem stands alone: a claim cites it, or another proof uses it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from convproof.chapter import contents
from convproof.prove.coq import library
from convproof.prove.facts.catalogue import obligations

CHAPTER = Path(contents.__file__).parent


def words() -> set[str]:
    """Every word that a file of the chapter gives as text."""
    found = set()
    for path in CHAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    kinds = {one for one in found if one in ("real", "algebraic")}  # f"{kind}_{law}"
    laws = found & {"constant", "add", "mul", "scale"}
    return found | {f"{kind}_{law}" for kind in kinds for law in laws}


def idle(cited: set[str]) -> list[str]:
    """The library's theorems and the obligations that nobody has a use for."""
    texts = {
        name: library.bare(text)
        for name, text in library.shipped().items()
        if not name.startswith("Statements")
    }
    folder = Path(library.__file__).parent
    generated = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    whole = Counter(re.findall(r"\w+", "\n".join(texts.values())))
    found = []
    for text in texts.values():
        for theorem in library.theorems(text):
            used = whole[theorem] > 1  # beside where it is stated
            stem = re.sub(r"\d$", "{", theorem)  # pick1 is written pick{rank}
            if not used and theorem not in cited and stem not in generated:
                found.append(theorem)
    # Obligations of the arithmetic of convolution are claims, each by its own name.
    return found + [one for one in obligations() if one not in cited | set(contents.claims())]


def test_every_theorem_is_cited_or_used() -> None:
    assert idle(words()) == []


def test_a_claim_that_cites_one_theorem_less_leaves_it_alone() -> None:
    for one in ("formula_from_below", "edge-has-one-tap", "minibatch_gradient"):
        assert idle(words() - {one}) == [one]
