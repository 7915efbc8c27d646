"""One file a command: `add(subparsers)` declares it, and its `run(args)` returns the exit code.

Heavy imports (SymPy, Hypothesis, solvers, torch) happen inside `run`, so that `--help` is quick.
"""
