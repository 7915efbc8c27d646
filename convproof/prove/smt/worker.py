"""One solver in a process of its own: `python -m convproof.prove.smt.worker z3`.

Questions come in and answers go out as lines of JSON.  A solver that crashes, prints or never
answers does so here; whoever asked can end this process and go on.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from typing import IO, Any

Said = tuple[str, dict[str, int] | None]


def z3(text: str, names: Sequence[str], timeout: float) -> Said:
    """What z3 says of the script, and a model's values of `names`."""
    z3 = importlib.import_module("z3")
    solver = z3.SolverFor("QF_NIA")
    solver.set("timeout", int(1000 * timeout))
    solver.set("random_seed", 0)
    solver.from_string(text)
    answer = str(solver.check())
    if answer != "sat":
        stopped = answer == "unknown" and solver.reason_unknown() in ("timeout", "canceled")
        return ("timeout" if stopped else answer), None
    model = solver.model()
    values = {name: model.eval(z3.Int(name), model_completion=True).as_long() for name in names}
    return "sat", values


def cvc5(text: str, names: Sequence[str], timeout: float) -> Said:
    """What cvc5 says of the script, and a model's values of `names`."""
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
        return answer, ({} if answer == "sat" else None)
    said = feed(f"(get-value ({' '.join(names)}))")
    pairs = re.findall(r"\(([^\s()]+) (?:\(- (\d+)\)|(\d+))\)", said)
    return "sat", {name: -int(minus) if minus else int(plus) for name, minus, plus in pairs}


SOLVERS: dict[str, Callable[[str, Sequence[str], float], Said]] = {"z3": z3, "cvc5": cvc5}


def version(name: str) -> str:
    """The version of the solver that is installed."""
    module: Any = importlib.import_module(name)
    return str(module.get_version_string() if name == "z3" else module.__version__)


def serve(name: str, questions: IO[str], answers: IO[str]) -> None:
    """Tell the version, then answer every line."""
    print(json.dumps({"version": version(name)}), file=answers, flush=True)
    for line in questions:
        asked = json.loads(line)
        start = time.perf_counter()
        result, model = SOLVERS[name](asked["text"], asked["names"], asked["timeout"])
        said = {"result": result, "model": model, "seconds": time.perf_counter() - start}
        print(json.dumps(said), file=answers, flush=True)


if __name__ == "__main__":
    # What a solver prints must not stand between the answers.
    told = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    serve(sys.argv[1], sys.stdin, told)
