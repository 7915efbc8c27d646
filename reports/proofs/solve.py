"""python3 solve.py z3|cvc5 FILE: what the solver of that Python package says of the file."""

import sys
from pathlib import Path

name, text = sys.argv[1], Path(sys.argv[2]).read_text()
if name == "z3":
    import z3

    solver = z3.Solver()
    solver.from_string(text)
    print(solver.check())
else:
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    symbols = cvc5.SymbolManager(manager)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "file")
    while not (command := parser.nextCommand()).isNull():
        said = command.invoke(solver, symbols).strip()
        if said:
            print(said)
