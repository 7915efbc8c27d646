"""What a function's own text says that it was written for."""

from __future__ import annotations

import functools
import linecache
import re
import sys
from collections.abc import Iterable
from typing import Any

from convproof.conformance.target.sources import source_of

_HALF = re.compile(r"float_?16|fp16|\.half\b|half[ _-](precision|sum)", re.IGNORECASE)


def names_half(function: Any) -> bool:
    """Whether the module of a function names half precision anywhere; True if it has no text.

    Code that follows the dtype of its arrays sums in half precision what it is handed in half
    precision. That is a mistake of code that knows of the type, and a limit of code that does not.
    """
    texts = list(_texts(function, 3))
    return not texts or any(_HALF.search(text) for text in texts)


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
