"""A wrapper: a few lines of Python that make one op of what a module has."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from convproof.conformance.target.adapter import FILE

Function = Callable[..., Any]
_MARK = "_convproof_wrapper"
_NAME = re.compile(r"^(def )?function\b", re.MULTILINE)


@dataclass(frozen=True)
class Wrapper:
    """Lines that define one op.

    Attributes:
        op: what is computed by the function that the lines define, which is named `function`.
        source: the lines.
        uses: name in the lines -> name in the target's module.
        about: what is taken for the op, in words.
        absent: results that nobody computes here: "dx", "dkernel", "dbias".
        instead: whether it stands for a function that can be called without it.
        whole: whether it is for calls of whole batches alone, not image by image.
        window: of a pool, the only one that it has.
        unsure: whether only right numbers can show that it is the op at all.
    """

    op: str
    source: str
    uses: Mapping[str, str]
    about: str
    absent: frozenset[str] = field(default_factory=frozenset)
    instead: bool = False
    whole: bool = False
    window: tuple[int, ...] = ()
    unsure: bool = False

    def function(self, module: ModuleType) -> Function:
        """The function that the lines make of what `module` has."""
        objects = {alias: (name, getattr(module, name)) for alias, name in self.uses.items()}
        space: dict[str, Any] = {"np": np, **{alias: item for alias, (_, item) in objects.items()}}
        exec(compile(self.source, FILE.format(self.op), "exec"), space)
        made: Function = space["function"]
        setattr(made, _MARK, (self, objects))
        made.__module__ = module.__name__
        return made

    def text(self, name: str) -> str:
        """The lines, with another name for the function that they define."""
        return _NAME.sub(lambda found: f"{found[1] or ''}{name}", self.source)

    def objects_of(self, made: Function) -> dict[str, tuple[str, Any]]:
        """name in the lines -> (its name in the target's module, the object)."""
        found: dict[str, tuple[str, Any]] = getattr(made, _MARK)[1]
        return found


def wrapper_of(function: Any) -> Wrapper | None:
    """The wrapper that a function was made by, if it was."""
    found = getattr(function, _MARK, None)
    return found[0] if isinstance(found, tuple) and isinstance(found[0], Wrapper) else None


def alias(name: str, op: str) -> str:
    """What the lines for `op` call the module's `name`: never like what they define."""
    return f"own_{name}" if name in (op, "function", "forward") else name


def declared_by(function: Any) -> Mapping[str, inspect.Parameter]:
    """What a function says that it takes; nothing where it does not say, or says nonsense."""
    try:
        return inspect.signature(function).parameters
    except Exception:  # `__wrapped__` in a circle, a `__signature__` that is none
        return {}


@dataclass(frozen=True)
class Parameters:
    """Some parameters of a function, as text: to declare them, and to hand them on."""

    names: tuple[str, ...]
    declared: str
    passed: str
    each: tuple[str, ...] = field(default=(), repr=False)  # every one declared, and the star


def parameters(function: Function, without: tuple[str, ...] = ()) -> Parameters | None:
    """The parameters that can be written down; None where a required one cannot.

    >>> parameters(lambda x, k=2, *, stride=None: 0, ("k",))
    Parameters(names=('x', 'stride'), declared='x, *, stride=None', passed='x, stride=stride')
    """
    try:
        own = list(inspect.signature(function).parameters.values())
    except Exception:  # as in `declared_by`; None: it does not say, which is not that it takes none
        return None
    required: list[str] = []
    optional: list[str] = []
    passed: list[str] = []
    named = False  # from here on by name
    names: list[str] = []
    for p in own:
        if p.name in without or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            named = True
            continue
        if p.default is p.empty:
            (optional if p.kind is p.KEYWORD_ONLY else required).append(p.name)
        elif _written(p.default) is None:
            named = True
            continue
        else:
            optional.append(f"{p.name}={_written(p.default)}")
        by_name = (named or p.kind is p.KEYWORD_ONLY) and p.kind is not p.POSITIONAL_ONLY
        passed.append(f"{p.name}={p.name}" if by_name else p.name)
        names.append(p.name)
    declared = [*required, *(["*"] if optional else []), *optional]
    return Parameters(tuple(names), ", ".join(declared), ", ".join(passed), tuple(declared))


def _written(default: Any) -> str | None:
    """A default as source; None where it has none. A stranger's class is not asked for its text."""
    if not _is_plain(default):
        return None
    text = repr(default)
    try:
        return text if ast.literal_eval(text) == default else None
    except (ValueError, SyntaxError, TypeError):
        return None


def _is_plain(value: Any) -> bool:
    if type(value) in (tuple, list, set):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(map(_is_plain, (*value, *value.values())))
    return value is None or type(value) in (bool, int, float, complex, str, bytes)


def words_in(code: Any) -> list[str]:
    """Every text among the constants of a function's code, in tuples and inner functions too."""
    found: list[str] = []
    for item in getattr(code, "co_consts", ()):
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, (tuple, frozenset)):
            found += [text for text in item if isinstance(text, str)]
        elif hasattr(item, "co_consts"):
            found += words_in(item)
    return found


def used_by(code: Any) -> set[str]:
    """The names that code refers to, in comprehensions and inner functions too."""
    inner = [item for item in getattr(code, "co_consts", ()) if hasattr(item, "co_names")]
    return set(getattr(code, "co_names", ())).union(*map(used_by, inner))
