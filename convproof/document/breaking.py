"""A formula in MathML as pieces between which a narrow page may break it.

No browser breaks a line within a `math` element (MathML Core leaves it out), so a long formula is
written as several, cut where a printer would: before a relation, before a sum's next term, between
two factors; never within brackets, a fraction or an index.  What stands on either side of an arrow
stays together where it can.
"""

from __future__ import annotations

import re
from html.entities import html5
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ARROWS = frozenset("⟺⟹⇔⇒→")
RELATIONS = frozenset("=≤≥<>≠∈") | ARROWS
TERMS = frozenset("+-\N{MINUS SIGN}")
OPEN, CLOSE = frozenset("([{⌊⌈"), frozenset(")]}⌋⌉")
_NAMED, _XML = re.compile(r"&([A-Za-z]\w*);"), frozenset(("lt", "gt", "amp", "quot", "apos"))
ENTRIES = frozenset(("msub", "msubsup"))


def pieces(mathml: str, display: bool = True) -> str:
    """The same formula, as one `math` element or as several that follow each other.

    >>> pieces("<math><mi>a</mi><mo>=</mo><mi>b</mi></math>").count("<math")
    2
    >>> pieces("<math><mo>(</mo><mi>a</mi><mo>=</mo><mi>b</mi><mo>)</mo></math>").count("<math")
    1
    """
    children = list(ElementTree.fromstring(_NAMED.sub(_letter, mathml)))
    cuts = [0, *(n for n in range(1, len(children)) if _may_break(children, n)), len(children)]
    sides: list[list[str]] = [[]]
    for first, last in pairwise(cuts):
        part = children[first:last]
        if first:
            _keep_space(part)
        if sides[-1] and any(_is(child, ARROWS) for child in part):
            sides.append([])
        sides[-1].append(_piece(part, display))
    if len(sides) == 1:
        return "<wbr>".join(sides[0])
    return "<wbr>".join(f'<span class="side">{"<wbr>".join(side)}</span>' for side in sides)


def _letter(found: re.Match[str]) -> str:
    """The letter that HTML has a name for, and XML has not."""
    return found[0] if found[1] in _XML else html5.get(f"{found[1]};", found[0])


def _may_break(children: list[Element], n: int) -> bool:
    """Whether a line may end before the `n`-th child."""
    depth = sum(_is(child, OPEN) - _is(child, CLOSE) for child in children[:n])
    before, here = children[n - 1], children[n]
    if depth or before.tag == "mspace":
        return False  # a space stays with what it is the space of
    if here.tag == "mspace":
        return n + 1 < len(children) and _is(children[n + 1], RELATIONS)
    if _is(here, RELATIONS | TERMS):
        return not _is(before, RELATIONS | TERMS)
    # between two factors; the d of a gradient stays with the entry that it is of
    starts = here.tag in ENTRIES or _leads(children, n)
    return before.tag in ENTRIES | {"mfrac"} and starts


def _leads(children: list[Element], n: int) -> bool:
    """Whether the `n`-th child is the d of the entry that follows."""
    return (
        children[n].tag in ("mi", "mrow")
        and n + 1 < len(children)
        and children[n + 1].tag in ENTRIES
    )


def _is(child: Element, signs: frozenset[str]) -> bool:
    return child.tag == "mo" and (child.text or "") in signs


def _keep_space(part: list[Element]) -> None:
    """A sign that is the first of its element would be a prefix, and lose its space."""
    first = next(child for child in part if child.tag != "mspace")
    if _is(first, RELATIONS | TERMS):
        first.set("form", "infix")


def _piece(children: list[Element], display: bool) -> str:
    math = Element("math", {"displaystyle": "true"} if display else {})
    math.extend(children)
    return ElementTree.tostring(math, encoding="unicode")
