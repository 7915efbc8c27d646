"""What is believed of what a process says that has run a stranger's file."""

from __future__ import annotations

import ast
from typing import Any

from convproof.conformance.sandbox.protocol import WireNonsense, WireTimeout
from convproof.conformance.target.locate import split_spec
from convproof.conformance.target.meter import METER
from convproof.conformance.target.outcome import (
    TargetCrashed,
    TargetFailure,
    TargetMemory,
    TargetTimeout,
)
from convproof.conformance.target.templates import rewritten
from convproof.errors import TargetError

USED = ("numpy", "torch", "jax", "functools")  # what an adapter's lines may import


def expect(answer: dict[str, Any], message: dict[str, Any]) -> None:
    """An answer to such a message, or the error that it tells of.

    Raises:
        WireNonsense: no worker sends such a thing: somebody else has written it.
    """
    METER.take(answer.get("used"))
    wanted = {"load": "about", "describe": "about", "content": "content"}
    name = wanted.get(message["do"], "outcomes") if answer.get("ok") is True else "error"
    found = answer.get(name)
    kind = {"outcomes": list, "error": str}.get(name, dict)
    several = kind is list and len(found or ()) != len(message["cases"])
    if not isinstance(found, kind) or several:
        raise WireNonsense("its process sent what answers no question that was asked")


def failure(error: Exception) -> TargetFailure:
    """What it is called that no answer came, or one that cannot be taken, from one that lives."""
    if isinstance(error, WireTimeout):
        return TargetTimeout(str(error))
    return (TargetCrashed if isinstance(error, WireNonsense) else TargetMemory)(str(error))


def _source_of(adapter: dict[str, Any]) -> str:
    """The lines that we write for what an adapter says they are made of; a wrapper's as they are.

    Of a wrapper's, which are made of a stranger's class, the imports are looked at.
    """
    text = str(adapter["source"])
    try:
        if adapter["written"]:
            return rewritten(adapter["written"])
        tops = {alias.name for node in ast.walk(ast.parse(text)) for alias in _aliases(node)}
    except (SyntaxError, ValueError, TypeError, KeyError, AttributeError, LookupError):
        return ""
    wrapped = adapter["about"] and all(name.split(".")[0] in USED for name in tops)
    return text if wrapped else ""


def _aliases(node: ast.AST) -> list[ast.alias]:
    if isinstance(node, ast.ImportFrom):
        return [ast.alias(node.module or ".")]
    return node.names if isinstance(node, ast.Import) else []


def plain_about(about: dict[str, Any], spec: str) -> dict[str, Any]:
    """What a process said of a file's functions, with nothing in it that only a `Target` may say.

    That process ran the file, and is believed in how functions are called; not in which ones.
    Of a `Target` that the file makes, its conventions and limits are the file's word too.

    Raises:
        TargetError: if the function that is called is another than the one that was named.
    """
    name = split_spec(spec)[1]
    whole = bool(about["variable"])  # a `Target` says itself what its functions are
    for op, adapter in about["adapters"].items():
        named = f"{name}.functions.{op}" if whole else name
        called = adapter["imports"].get("function", named)
        if name is not None and (whole or not adapter["about"]) and called != named:
            raise TargetError(f"target {spec!r}: {called} would be called as {op}, not {named}")
        if adapter["source"] != _source_of(adapter):
            raise TargetError(
                f"target {spec!r}: the lines by which {op} would be called are not ours"
            )
    if whole:
        return {**about, "spec": spec}
    return {**about, "spec": spec, "allow": (), "conventions": {}, "strict_dtypes": False}
