"""Two independent SMT solvers, asked the same question in the same words."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from convproof.errors import MissingExtra

# Normal answers take well under a second; the limit leaves room for a busy machine.
TIMEOUT_SECONDS = 20.0
PURPOSE = "discharging an obligation"


@dataclass(frozen=True)
class Answer:
    """What one solver said: "unsat", "sat" (then with a model), "unknown" or "timeout"."""

    solver: str
    version: str
    result: str
    seconds: float
    model: Mapping[str, int] | None = None


def _z3(text: str, names: Sequence[str], timeout: float) -> tuple[str, dict[str, int] | None]:
    z3 = importlib.import_module("z3")
    context = z3.Context()  # contexts are not shared between threads
    solver = z3.SolverFor("QF_NIA", ctx=context)
    solver.set("timeout", int(1000 * timeout))
    solver.set("random_seed", 0)
    solver.from_string(text)
    answer = str(solver.check())
    if answer != "sat":
        stopped = answer == "unknown" and solver.reason_unknown() in ("timeout", "canceled")
        return ("timeout" if stopped else answer), None
    model = solver.model()
    values = {
        name: model.eval(z3.Int(name, context), model_completion=True).as_long() for name in names
    }
    return "sat", values


def _cvc5(text: str, names: Sequence[str], timeout: float) -> tuple[str, dict[str, int] | None]:
    cvc5 = importlib.import_module("cvc5")
    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("produce-models", "true")
    solver.setOption("tlimit-per", str(int(1000 * timeout)))
    symbols = cvc5.SymbolManager(manager)

    def feed(commands: str) -> str:
        parser = cvc5.InputParser(solver, symbols)
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, commands, "obligation")
        said = ""
        while not (command := parser.nextCommand()).isNull():
            said = command.invoke(solver, symbols).strip() or said
        return said

    start = time.perf_counter()
    answer = feed(text)
    if answer not in ("sat", "unsat"):
        stopped = time.perf_counter() - start >= 0.9 * timeout
        return ("timeout" if stopped else "unknown"), None
    if answer == "unsat" or not names:
        return answer, None
    said = feed(f"(get-value ({' '.join(names)}))")
    pairs = re.findall(r"\(([^\s()]+) (?:\(- (\d+)\)|(\d+))\)", said)
    return "sat", {name: -int(minus) if minus else int(plus) for name, minus, plus in pairs}


SOLVERS: dict[str, Callable[..., tuple[str, dict[str, int] | None]]] = {"z3": _z3, "cvc5": _cvc5}


def versions() -> dict[str, str]:
    """The installed solvers; raises `MissingExtra` (extra `prove`) if one is missing."""
    found: dict[str, str] = {}
    for name in SOLVERS:
        try:
            module: Any = importlib.import_module(name)
        except ImportError as error:
            raise MissingExtra.of(name, "prove", PURPOSE) from error
        found[name] = str(module.get_version_string() if name == "z3" else module.__version__)
    return found


def installed() -> dict[str, str | None]:
    """The solvers' versions; None for one that is not installed."""
    try:
        return dict(versions())
    except MissingExtra:
        return dict.fromkeys(SOLVERS)


def ask(text: str, names: Sequence[str] = (), timeout: float = TIMEOUT_SECONDS) -> list[Answer]:
    """Every solver's answer to one SMT-LIB script; `names` are read from a model."""
    known = versions()

    def one(name: str) -> Answer:
        start = time.perf_counter()
        result, model = SOLVERS[name](text, names, timeout)
        return Answer(name, known[name], result, time.perf_counter() - start, model)

    # One after the other: cvc5 holds Python's lock while it thinks, so threads would gain nothing.
    return [one(name) for name in SOLVERS]
