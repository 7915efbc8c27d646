"""No theorem stands alone: a claim cites it, so that one that cites less leaves it alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from convproof.chapter import contents
from convproof.prove.coq import library
from convproof.prove.facts.catalogue import obligations

CHAPTER = Path(contents.__file__).parent


def words() -> set[str]:
    """Every word that a file of the chapter gives as text; f"pick{rank}" as pick{}."""
    found = set()
    for path in CHAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
                found.add("".join(map(str, parts)))
    kinds = found & {"real", "algebraic"}  # f"{kind}_{law}"
    laws = found & {"constant", "add", "mul", "scale"}
    return found | {f"{kind}_{law}" for kind in kinds for law in laws}


def idle(cited: set[str]) -> list[str]:
    """The library's theorems and the obligations that no claim cites."""
    theorems = [one for text in library.shipped().values() for one in library.theorems(text)]
    numbered = {one: re.sub(r"[123]$", "{}", one) for one in theorems}
    found = [one for one in theorems if one not in cited and numbered[one] not in cited]
    # Obligations of the arithmetic of convolution are claims, each by its own name.
    return found + [one for one in obligations() if one not in cited | set(contents.claims())]


def test_every_theorem_is_cited() -> None:
    assert idle(words()) == []


def test_a_claim_that_cites_one_theorem_less_leaves_it_alone() -> None:
    for one in ("formula_from_below", "edge-has-one-tap", "minibatch_gradient", "pigeonhole"):
        assert idle(words() - {one}) == [one]
