"""python3 solve.py z3|cvc5 SECONDS FILE...: what the solver of that Python package says of each
file, in so many seconds for each; without files, its version."""

import sys
from pathlib import Path

name, seconds, *files = [*sys.argv[1:], "0"] if len(sys.argv) == 2 else sys.argv[1:]
milliseconds = 1000 * int(seconds)


def z3_says(text):
    import z3

    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.from_string(text)
    return str(solver.check())


def cvc5_says(text):
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("tlimit-per", str(milliseconds))
    symbols = cvc5.SymbolManager(manager)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "file")
    said = []
    while not (command := parser.nextCommand()).isNull():
        said.append(command.invoke(solver, symbols).strip())
    return " ".join(filter(None, said))


if not files:
    package = __import__(name)
    print(package.get_version_string() if name == "z3" else package.__version__)
for file in files:
    said = (z3_says if name == "z3" else cvc5_says)(Path(file).read_text())
    print("unknown" if said.startswith("unknown (") else said, file, flush=True)  # with a reason
