"""Text of others, made harmless to a terminal, a file and a reader."""

from __future__ import annotations

import os
import sys
import traceback
import unicodedata

import convproof

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


def internal(error: BaseException) -> str:
    """One line for a mistake of ours: what, where, and what to do with it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}; " if frames else ""
    what = printable(" ".join(f"{type(error).__name__}: {error}".split()))
    version = f"convproof {convproof.__version__}, Python {sys.version.split()[0]}"
    return f"an error of its own, no verdict: {what} ({where}{version}): please report this line"
