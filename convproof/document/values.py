"""How values are shown: the same on every machine, and never as markup or terminal control."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_ESCAPED = re.compile(r"([\\`*_{}\[\]<>|#$~])")
# Format and control characters, surrogates, private and unassigned ones: nothing a reader sees.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def clean(text: str, keep: str = "") -> str:
    r"""`text` with every character that is not to be seen written as an escape.

    >>> print(clean("a\x1b[31mb\u202e"))
    a\x1b[31mb\u202e
    """
    return "".join(
        ch
        if ch in keep or unicodedata.category(ch) not in _UNSEEN
        else ch.encode("unicode_escape", "backslashreplace").decode("ascii")
        for ch in text
    )


def text(value: Any) -> str:
    """A value in one line; floats to six digits, which rounding does not reach.

    >>> text([0.1 + 0.2, 1, "a"])
    '[0.3, 1, a]'
    """
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(item) for item in value) + "]"
    return clean(" ".join(str(value).split()))


def sentence(value: Any) -> str:
    """`text(value)` with comparisons set as a printer would.

    >>> sentence("0 <= i < n, S*o >= 1 and a != b")
    '0 ≤ i < n, S·o ≥ 1 and a ≠ b'
    """
    found = re.sub(r"(?<=\w)\*(?=[\w(])", "\N{MIDDLE DOT}", text(value))
    for plain, sign in (("<=", "\N{LESS-THAN OR EQUAL TO}"), (">=", "\N{GREATER-THAN OR EQUAL TO}"),
                        ("!=", "\N{NOT EQUAL TO}")):  # fmt: skip
        found = found.replace(plain, sign)
    return found


def escaped(value: Any) -> str:
    r"""`text(value)` with what Markdown would read as markup escaped.

    >>> print(escaped("K_vert * [x] < 1 | 2"))
    K\_vert \* \[x\] \< 1 \| 2
    """
    return _ESCAPED.sub(r"\\\1", text(value))


def code(value: Any) -> str:
    """`text(value)` as inline code, whatever backticks it holds.

    >>> code("a`b")
    '``a`b``'
    """
    shown = text(value)
    fence = "`"
    while fence in shown:
        fence += "`"
    pad = " " if shown[:1] == "`" or shown[-1:] == "`" or not shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
