"""The process of a target where convproof is not: the adapters' text, NumPy and the target alone.

What is right only beside convproof, alters its judge, or looks for the expected answer in the
frames of its callers finds nothing to look at here.  `bundle` brings this module over, and what it
imports, under another name; none of it knows a law or an answer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.footprint import Footprint
from convproof.conformance.sandbox.serve import kept, serve
from convproof.conformance.sandbox.signs import Signs
from convproof.conformance.target import capture as guard
from convproof.conformance.target.adapter import Adapter, Function
from convproof.conformance.target.blame import raised_explicitly
from convproof.conformance.target.caller import Caller
from convproof.conformance.target.locate import imported
from convproof.conformance.target.outcome import Outcome
from convproof.errors import TargetError
from convproof.laws.case import Case


class Alone:
    """A target's functions, had by the text of their adapters.

    Args:
        place: the target's file or module.
        adapters: op -> `Adapter.plain()`.
        needs: modules that the adapters' lines import, imported beforehand.
        own_errors: whether every exception is a refusal that the target means.

    Raises:
        TargetError: if the module does not import here, or has not what the adapters use.
    """

    def __init__(
        self,
        place: str,
        adapters: dict[str, Any],
        needs: Sequence[str] = (),
        own_errors: bool = False,
    ) -> None:
        for name in needs:
            _module(name)
        module = _module(place)
        self._found: dict[str, tuple[Adapter, Function]] = {}
        for op, data in adapters.items():
            adapter = Adapter.of(data)
            with guard.guarded():
                function = adapter.function(_objects(module, adapter))
            self._found[op] = adapter, function
        self._caller = Caller(self._found.__getitem__, own_errors)

    def about(self) -> dict[str, Any]:
        """Nothing that the run did not tell it."""
        return {"ops": list(self._found)}

    def call(self, case: Case) -> Outcome:
        """One call."""
        return self._caller.call(case)

    def calls(self, cases: Sequence[Case], *, reuse: bool, threads: int) -> list[Outcome]:
        """Several calls, as `Target.calls`."""
        return self._caller.calls(cases, reuse, threads)


def _module(place: str) -> ModuleType:
    try:
        with guard.guarded(importing=True):
            return imported(place)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not raised_explicitly(error):
            raise
        said = " ".join(str(error).split())[:300]
        raise TargetError(
            f"target {place!r} does not import where convproof is not: "
            f"{type(error).__name__}: {said}"
        ) from None


def _objects(module: ModuleType, adapter: Adapter) -> dict[str, Any]:
    """name in the adapter's lines -> the module's object."""
    found = {}
    for alias, name in adapter.imports.items():
        value: Any = module
        try:
            for part in name.split("."):
                value = getattr(value, part)
        except Exception as error:  # a stranger's `__getattr__` raises whatever it likes
            raise TargetError(
                f"{name} is not in the target where convproof is not: {type(error).__name__}"
            ) from None
        found[alias] = value
    return found


def main(requests: int, answers: int, shared: int, memory: int) -> None:
    """Answer messages; the first says which target it is."""
    kept((requests, answers))
    seen = Footprint()
    place = ""

    def make(message: dict[str, Any]) -> Alone:
        nonlocal place
        place = message["place"]
        return Alone(place, message["adapters"], message["needs"], message["own_errors"])

    def content() -> dict[str, Any]:
        files, base = seen.content(place)
        return {"content": files, "base": base}

    wire.send(answers, {"ok": True, "about": {}})
    serve(make, requests, answers, memory, Signs(shared), content)
    os._exit(0)  # a target's threads and exit hooks are not waited for
