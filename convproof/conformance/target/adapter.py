"""An adapter: one op of a target, as a few lines that define it in the contract's own words.

The lines are run to make the function that the laws call; they stand in the script that reproduces
a failure; another process makes the same function of them; and a user may copy them.
"""

from __future__ import annotations

import functools
import linecache
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from convproof.laws.by_name import USUAL

Function = Callable[..., Any]
FILE = "<adapter of {}>"  # by which an error of the lines themselves is known
AUTOGRAD = "torch's autograd through"  # how `about` begins where nobody wrote the gradient
_USED = re.compile(r"(?<![.\w])(function|forward)(?=\(| = )")


@dataclass(frozen=True)
class Adapter:
    """One op of a target, and what calls of it can say.

    Attributes:
        op: the op, and the name that the lines define.
        source: the lines.
        parameters: of the function that they define, in order.
        imports: name in the lines -> name in the target's module.
        place: that module's name, or its file; empty for functions that live in memory alone.
        called: what the target calls the function that is judged.
        about: what is taken for the op, where that is no function of such a name.
        takes: the parameters that calls may set, as `Target.accepts` knows them.
        absent: results that nobody computes: "dx", "dkernel", "dbias".
        ignored: parameters of the function that stay at their defaults.
        layout: of the arrays: "channels_first" or "channels_last".
        array: what the target itself is given: "numpy", "torch" or "jax" arrays, or "lists".
        padding: what padding can be said: "any", or a name of `padding.NAMED` or `BUILT_IN`.
        words: "same" and "valid" -> how each is spelled, where they are taken beside numbers.
        same: the rule of `by_name` that "same" stands for.
        only: the one floating dtype that it was seen to answer, or says that it works in.
        square: it was seen to answer with kernels of one size on all axes only.
        needs_bias: it has no way to be called without a bias.
        wide_bias: its bias has the axes of a result.
        lifted: what it lacks of a batch of many channels: "image", "plain" or nothing.
        depthwise: "one filter" for each channel, and no other kernels, or "filters"; else nothing.
        default_stride: where there is no stride: windows move by their size, or by "one".
        stride_by_default: whether a stride that is None means the window's size.
        window: the only one that it has, of a pool where it is built in.
        like: the library whose behaviour its text promises, if it does.
        half: whether it is meant for half precision.
        says: what its text promises of odd numbers (`claims.promises`); "single" for the
            precision that it works in, where it does.
        written: what the lines were made of (`templates.described`).
    """

    op: str
    source: str
    parameters: tuple[str, ...] = ()
    imports: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    called: str = ""
    about: str = ""
    takes: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    layout: str = "channels_first"
    array: str = "numpy"
    padding: str = "any"
    words: Mapping[str, str] = field(default_factory=dict)
    same: str = USUAL
    only: str = ""
    square: bool = False
    needs_bias: bool = False
    wide_bias: bool = False
    lifted: str = ""
    depthwise: str = ""
    default_stride: str = "window"
    stride_by_default: bool = False
    window: tuple[int, ...] = ()
    half: bool = False
    says: frozenset[str] = frozenset()
    like: str = ""
    written: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> Adapter:
        """The same with some attributes changed."""
        return replace(self, **changes)

    def function(self, objects: Mapping[str, Any]) -> Function:
        """The function that the lines define, of the target's own `objects`."""
        space: dict[str, Any] = {"np": np, **objects}
        exec(code_of(self.source, self.op), space)
        made: Function = space[self.op]
        return made

    @property
    def findable(self) -> bool:
        """Whether a script can import what the lines use: it lives in no memory alone."""
        return bool(self.place or not self.imports) and not any(
            "<" in name for name in self.imports.values()
        )

    def lines(self) -> list[str]:
        """The lines of a script that import what the adapter uses, and define the op."""
        found = []
        place = self.place
        if self.imports and place.endswith(".py"):
            path = Path(place).resolve()
            found = ["import sys", "", f"sys.path.insert(0, {str(path.parent)!r})"]
            place = path.stem
        if all(part.isidentifier() for part in (*place.split("."), *self.imports.values())):
            for alias, name in self.imports.items():
                rename = "" if alias == name else f" as {alias}"
                found.append(f"from {place} import {name}{rename}")
        elif self.imports:
            found += ["import importlib", "", f"module = importlib.import_module({place!r})"]
            found += [f"{alias} = module.{name}" for alias, name in self.imports.items()]
        return [*found, "", "", *self.source.splitlines()]

    def renamed(self) -> Adapter:
        """The same with names of its own for what it uses: several can stand in one file."""
        forward = self.op.removesuffix("_backward")
        names = {"function": f"their_{self.op}", "forward": f"their_{forward}_forward"}

        def rename(text: str) -> str:
            return _USED.sub(lambda found: names[found[0]], text)

        imports = {names.get(alias, alias): name for alias, name in self.imports.items()}
        return self.but(source=rename(self.source), imports=imports)

    def plain(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in vars(self).items()
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Adapter:
        """What `plain` gave, from JSON too."""
        made = dict(data)
        for name in ("takes", "absent", "says"):
            made[name] = frozenset(made[name])
        for name in ("parameters", "ignored", "window"):
            made[name] = tuple(made[name])
        return cls(**made)


@functools.lru_cache(maxsize=4096)
def code_of(source: str, op: str) -> CodeType:
    """The lines, compiled; a traceback shows them."""
    name = FILE.format(op)
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    return compile(source, name, "exec")


def is_adapters(filename: str) -> bool:
    """Whether a file of a traceback is an adapter's text."""
    return filename.startswith(FILE.partition("{")[0])
