"""What a function's own text says that it was written for."""

from __future__ import annotations

import functools
import linecache
import re
import sys
from collections.abc import Iterable
from typing import Any

from convproof.conformance.target.sources import source_of

_HALF = re.compile(r"float_?16|fp_?16|\bb?f16\b|\.half\b|half[ _-](precision|sum)", re.IGNORECASE)


def names_half(function: Any) -> bool:
    """Whether the module of a function names half precision anywhere; True if it has no text.

    Code that follows the dtype of its arrays sums in half precision what it is handed in half
    precision. That is a mistake of code that knows of the type, and a limit of code that does not.
    """
    texts = list(_texts(function, 3))
    return not texts or any(_HALF.search(text) for text in texts)


def promises(functions: Iterable[Any]) -> frozenset[str]:
    """What the documentation of functions, or of their modules, promises of odd numbers.

    "nan": which results a NaN or an infinity reaches. "rounded": images of integers are answered
    in integers, rounded or clipped.

    >>> def mean(x, k): "A window with NaN gives NaN, the others are means."
    >>> sorted(promises([mean])), sorted(promises([len]))
    (['nan'], [])
    """
    found: set[str] = set()
    for function in functions:
        module = sys.modules.get(str(getattr(function, "__module__", None)))
        if not isinstance(getattr(function, "__doc__", None), str) or module is sys.modules.get(
            "builtins"
        ):
            continue
        for text in (function.__doc__, getattr(module, "__doc__", None)):
            if isinstance(text, str):
                found |= {name for name, said in _PROMISED.items() if said.search(text)}
                found -= {name for name, said in _DENIED.items() if said.search(text)}
    return frozenset(found)


_PROMISED = {
    "nan": re.compile(r"\bnans?\b", re.IGNORECASE),
    "rounded": re.compile(
        r"(\b(u?int\d*|integers?|bytes?|dtype|photo\w*)\b[^.]*\b(round|clip|saturat)"
        r"|\b(round|clip|saturat)\w*[^.]*\b(u?int\d*|integers?|bytes?|dtype|photo\w*)\b)",
        re.IGNORECASE,
    ),
}
_DENIED = {
    "nan": re.compile(
        r"\b(only|all|be|must|plane of|numbers?)\b[^.\n]*\bfinite\b|\bno nans?\b"
        r"|\bfinite (numbers|values|input|images?|data)|\b(spread|smear|spoil|pollut|contaminat)",
        re.IGNORECASE,
    )
}


def follows(functions: Iterable[Any]) -> str:
    """The library whose behaviour documentation promises, of functions or of their modules.

    >>> def pool(x): "AveragePool, with the semantics of torch.nn.AvgPool2d."
    >>> follows([pool]), follows([len])
    ('PyTorch', '')
    """
    for function in functions:
        module = sys.modules.get(str(getattr(function, "__module__", None)))
        for text in (getattr(function, "__doc__", None), getattr(module, "__doc__", None)):
            if isinstance(text, str) and not _UNLIKE.search(text):
                found = [name for name, word in _LIBRARIES.items() if word.search(text)]
                if len(found) == 1:
                    return found[0]
    return ""


_LIBRARIES = {
    "PyTorch": re.compile(r"\b(py)?torch\b", re.IGNORECASE),
    "ONNX": re.compile(r"\bonnx\b", re.IGNORECASE),
    "TensorFlow": re.compile(r"\b(tensorflow|keras|tf\.)", re.IGNORECASE),
}
_UNLIKE = re.compile(
    r"\b(unlike|differ\w*|not (as|like)|other than|instead of|in contrast)\b", re.IGNORECASE
)


def _texts(function: Any, depth: int) -> list[str]:
    """The texts of the modules of a function and of what it is made from."""
    found = []
    module = sys.modules.get(str(getattr(function, "__module__", None)))
    text = source_of(module)
    if text is not None and not str(function.__module__).startswith(("functools", "builtins")):
        found.append(text)
    elif module is None and hasattr(function, "__code__"):  # run from a file that was not imported
        found.append("".join(linecache.getlines(function.__code__.co_filename)))
        found = [text for text in found if text]
    if depth:
        for part in _parts(function):
            found += _texts(part, depth - 1)
    return found


def _parts(function: Any) -> list[Any]:
    """The functions inside a partial, a closure, a wrapper or a bound method."""
    inner = [function.func] if isinstance(function, functools.partial) else []
    inner += [
        getattr(function, name) for name in ("__wrapped__", "__self__") if hasattr(function, name)
    ]
    for cell in getattr(function, "__closure__", None) or ():
        try:
            inner.append(cell.cell_contents)
        except ValueError:  # not filled yet
            continue
    return [part for part in inner if callable(part) or hasattr(part, "__dict__")]
