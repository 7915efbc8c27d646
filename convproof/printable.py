"""Text of others, made harmless to a terminal, a file and a reader."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"
# control characters; formats such as the marks that turn the order of a line round; halves of
# characters; private and unassigned ones; separators that some readers take for a new line
_ESCAPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def printable(text: str) -> str:
    r"""The text, with every character that does more than show itself written as an escape.

    >>> printable("red: \x1b[31m, turned round: \u202e, tab:\t.")
    'red: \\x1b[31m, turned round: \\u202e, tab:\t.'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter
        if letter in _KEPT or unicodedata.category(letter) not in _ESCAPED
        else letter.encode("ascii", "backslashreplace").decode()
        if not letter.isascii()
        else f"\\x{ord(letter):02x}"
        for letter in text
    )
