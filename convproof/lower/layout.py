"""Text in lines of at most `WIDTH`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

WIDTH = 100


def docstring(text: str) -> list[str]:
    """A docstring's lines, with the sentence's rest below where it is too long for one."""
    if len(text) <= WIDTH - 10:
        return [f'"""{text}"""']
    first, rest = text.split("; ", 1)
    return [f'"""{first}.', "", f"{rest[0].upper()}{rest[1:]}", '"""']


def fitted(line: str) -> str:
    """A statement in lines of at most `WIDTH`: what stands in a bracket goes on lines of its own.

    The bracket is the first of the outermost ones whose contents make the rest fit.
    """
    if len(line) <= WIDTH:
        return line
    margin = " " * (len(line) - len(line.lstrip()))
    if line.lstrip().startswith("from "):
        head, names = line.split(" import ")
        parts = [f"{margin}    {name}," for name in names.split(", ")]
        return "\n".join([f"{head} import (", *parts, f"{margin})"])
    spans = _brackets(line)
    start, end = max(spans, key=lambda span: span[1] - span[0])
    inside = line[start + 1 : end]
    whole = f"{margin}    {inside},"
    if line[:start].endswith(("(", "[", " ")) or _top_commas(inside) == []:
        whole = whole[:-1]
    parts = [whole]
    if len(whole) > WIDTH:
        cuts = [-1, *_top_commas(inside), len(inside)]
        pieces = [inside[a + 1 : b].strip() for a, b in pairwise(cuts)]
        parts = fitted_pieces(pieces, f"{margin}    ")
    return "\n".join([line[: start + 1], *parts, _tail(margin, line[end:])])


def _tail(margin: str, rest: str) -> str:
    """What follows a bracket that was broken, from the bracket on."""
    whole = margin + rest
    if len(whole) <= WIDTH or "(" not in rest:
        return whole
    space = " " if rest[1] == " " else ""
    return margin + rest[0] + space + fitted(margin + rest[1:].lstrip()).removeprefix(margin)


def fitted_pieces(pieces: Sequence[str], margin: str) -> list[str]:
    """Arguments, a line each."""
    return [line for piece in pieces for line in fitted(f"{margin}{piece},").split("\n")]


def _brackets(line: str) -> list[tuple[int, int]]:
    """The outermost brackets of a line."""
    spans, depth, start = [], 0, 0
    for place, letter in enumerate(line):
        if letter in "([{":
            depth += 1
            start = place if depth == 1 else start
        elif letter in ")]}":
            depth -= 1
            if depth == 0:
                spans.append((start, place))
    return spans


def _top_commas(text: str) -> list[int]:
    """Where a text's commas outside of all brackets are."""
    inner = [range(a, b) for a, b in _brackets(text)]
    return [i for i, letter in enumerate(text) if letter == "," and not any(i in r for r in inner)]
