"""`generated/costs.py`: what each generated function costs, as formulas in the sizes of a call.

Why formulas, and not a count of the program whenever a layer is planned: programs are made of
SymPy, which takes half a second to import and which no call loads.  Formulas are read in a
millisecond (compiled) and evaluated in some ten microseconds, once for each layer.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Symbol, cse

from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES
from convproof.lower import integers
from convproof.lower.assemble import TUPLES, name, shapes_of
from convproof.lower.cost import FEATURES, count
from convproof.lower.layout import WIDTH, fitted
from convproof.lower.program import Program

PRICED = ("forward", "gradient_x", "gradient_kernel", "winner", "axis_winners")
HEAD = '''\
"""What each generated function costs, counted from its program by `convproof.lower.cost`.

Written by `python -m convproof.emit`, never edited: a test compares.  A function takes the sizes of
a call by their letters, and gives:
{features}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Sizes: TypeAlias = Mapping[str, int]
Counts: TypeAlias = tuple[float, ...]
CACHED = 2**20  # numbers that the caches hold
FEW = 32


def far(numbers: float) -> float:
    """How many of a loop's numbers come from beyond the cache."""
    return numbers if numbers > CACHED else 0


def few(numbers: float) -> int:
    """Whether so few numbers lie together that they are copied pixel by pixel."""
    return 1 if numbers <= FEW else 0


'''
FUNCTION = '''\
def {name}(s: Sizes) -> Counts:
    """The counts of `{module}.{function}`."""
{lines}
'''


def text(found: Sequence[tuple[str, Derivation, Sequence[Program]]]) -> str:
    """The module, for the programs of each generated module."""
    features = "\n".join(f"  {name}: {what};" for name, what in FEATURES.items())
    words = "\n".join(f'    "{name}",' for name in FEATURES)
    parts = [f"{HEAD.format(features=features[:-1] + '.')}FEATURES = (\n{words}\n)\n"]
    names = []
    for module, derivation, programs in found:
        for program in programs:
            if program.name.startswith(PRICED):
                parts.append(_function(module, derivation, program))
                names.append((module, program.name))
    table = "\n".join(f'    ("{m}", "{f}"): {m}_{f},' for m, f in names)
    kind = "dict[tuple[str, str], Callable[[Sizes], Counts]]"
    return "\n\n".join(parts) + f"\n\nCOUNTS: {kind} = {{\n{table}\n}}\n"


def _function(module: str, derivation: Derivation, program: Program) -> str:
    counts = list(count(program, _shapes(derivation, program)).values())
    shared, results = cse(counts, (Symbol(f"a{i}") for i in range(10**6)))
    letters = sorted({s.name for one in counts for s in one.free_symbols})
    lines = [_unpacked(letters[i : i + 6]) for i in range(0, len(letters), 6)]
    lines += [_sum(f"    {left} = ", right) for left, right in shared]
    lines += ["    return (", *(_sum("        ", one, ",") for one in results), "    )"]
    head = FUNCTION.format(
        name=f"{module}_{program.name}", module=module, function=program.name,
        lines="\n".join(lines),
    )  # fmt: skip
    return head


def _sum(begin: str, expr: Expr, end: str = "") -> str:
    """A statement; a term a line, in brackets, where one line does not hold it."""
    line = f"{begin}{integers.text(expr)}{end}"
    if len(line) <= WIDTH:
        return line
    if not expr.is_Add:
        return fitted(line)
    margin = " " * (len(begin) - len(begin.lstrip()))
    first, *rest = map(integers.text, expr.as_ordered_terms())
    terms = [fitted(f"{margin}    {term}") for term in (first, *(f"+ {one}" for one in rest))]
    return "\n".join([f"{begin}(", *terms, f"{margin}){end}"])


def _unpacked(letters: Sequence[str]) -> str:
    values = ", ".join(f's["{letter}"]' for letter in letters)
    return f"    {', '.join(letters)} = {values}"


def _shapes(derivation: Derivation, program: Program) -> dict[str, tuple[Expr, ...]]:
    """What the program's parameters are, in the letters of the calculus."""
    known = {name(array): shape for array, shape in shapes_of(derivation).items()}
    axes = AXIS_NAMES[int(derivation.name[-2])]
    for param, prefix in TUPLES.items():
        known[param] = tuple(Symbol(prefix + axis, integer=True, positive=True) for axis in axes)
    return {param: known[param] for param in program.params if param in known}
