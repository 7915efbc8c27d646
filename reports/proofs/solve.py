"""python3 solve.py z3|cvc5 FILE...: what the solver of that Python package says of each file."""

import sys
from pathlib import Path

name, *files = sys.argv[1:]
SECONDS = 60  # for each file


def z3_says(text):
    import z3

    solver = z3.Solver()
    solver.set("timeout", 1000 * SECONDS)
    solver.from_string(text)
    return str(solver.check())


def cvc5_says(text):
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("tlimit-per", str(1000 * SECONDS))
    symbols = cvc5.SymbolManager(manager)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "file")
    said = []
    while not (command := parser.nextCommand()).isNull():
        said.append(command.invoke(solver, symbols).strip())
    return " ".join(filter(None, said))


for file in files:
    says = z3_says if name == "z3" else cvc5_says
    print(says(Path(file).read_text()), file, flush=True)
